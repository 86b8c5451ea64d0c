"""Tests of the core, on real DuckDB files."""
