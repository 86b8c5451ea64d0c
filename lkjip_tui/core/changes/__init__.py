"""Acts: how they are made, done, told, and taken back."""
