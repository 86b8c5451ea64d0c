"""Tests of the grid and its editors, over models that are made up."""
