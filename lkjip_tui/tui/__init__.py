"""The screens: what the workbench shows and the keys that act on it."""
