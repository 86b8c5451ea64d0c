"""Texts, files and keys that nobody thought of, against laws that hold of any."""
