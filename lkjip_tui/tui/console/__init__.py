"""The SQL console: its editor, what statements give, its windows."""
