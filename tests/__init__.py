"""The tests: one package a part of the program."""
