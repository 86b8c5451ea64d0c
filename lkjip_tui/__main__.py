"""`python -m lkjip_tui` is the command `lkjip`."""

from lkjip_tui.cli import main

main()
