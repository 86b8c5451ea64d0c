"""The program's door: `lkjip`, and `python -m lkjip_tui`.

A file that is only to be opened does not wait for the command line to be loaded. Whatever is more
than that, or goes wrong, is the command line's.
"""

import gc
import os
import sys
from pathlib import Path

from lkjip_tui import language
from lkjip_tui.core.errors import LkjipError


def main() -> None:
    """Run what was asked for, and leave with its exit code."""
    # While everything is new there is no garbage, and looking for it took a seventh of the start.
    # The screens begin to collect once they show something.
    gc.disable()
    if not _opened(sys.argv[1:]):
        gc.enable()
        from lkjip_tui.cli import run  # noqa: PLC0415 - see above

        sys.exit(run(sys.argv[1:]))


def _opened(arguments: list[str]) -> bool:
    """Show a file that can be written, for `open FILE`; False for anything else."""
    if len(arguments) != 2 or arguments[0] != "open" or arguments[1].startswith("-"):  # noqa: PLR2004
        return False
    file = Path(arguments[1])
    if not (os.access(file, os.W_OK) and os.access(file.absolute().parent, os.W_OK)):
        return False
    from lkjip_tui.tui import run  # noqa: PLC0415

    language.use(language.from_environment())
    try:
        run(file)
    except LkjipError:
        return False
    return True


if __name__ == "__main__":
    main()
