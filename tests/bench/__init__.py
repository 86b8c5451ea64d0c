"""What is measured: `python -m tests.bench` prints this program beside others, in one table.

`start`, `query`, `move`, `edit`, `imports` and `exports` each measure one kind of work on the
files that `ground` makes; `probe` sees what a program in a `terminal` shows, and `plain` holds what
needs no terminal. `waiting` and `long_use` are programs of their own: they measure this one alone,
how long its screen stands still and what hours of use leave in memory.
"""
