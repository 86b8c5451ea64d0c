"""The report tables of the example, held against files."""
