"""What is measured: `python -m tests.bench` prints this program beside others, in one table.

`start`, `query`, `move`, `edit`, `imports` and `exports` each measure one kind of work on the
files that `ground` makes; `probe` sees what a program in a `terminal` shows, and `plain` holds what
needs no terminal.
"""
