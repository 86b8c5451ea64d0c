"""What a figure is: how it is read, printed and drawn."""
