"""The program's door: `lkjip`, and `python -m lkjip_tui`.

A file that is only to be opened does not wait for the command line to be loaded. Whatever is more
than that, or goes wrong, is the command line's.
"""

import gc
import sys
from pathlib import Path

from lkjip_tui import language
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.paths import is_writable


def main() -> None:
    """Run what was asked for, and leave with its exit code."""
    # While everything is new there is no garbage, and looking for it took a seventh of the start.
    # The screens begin to collect once they show something.
    gc.disable()
    code = _opened(sys.argv[1:])
    if code is None:
        gc.enable()
        from lkjip_tui.cli import run  # noqa: PLC0415 - see above

        code = run(sys.argv[1:])
    sys.exit(code)


def _opened(arguments: list[str]) -> int | None:
    """Show a file that can be written, for `open FILE`, and return the exit code.

    None for anything else, and for a file that did not open: nothing was shown then.
    """
    if len(arguments) != 2 or arguments[0] != "open" or arguments[1].startswith("-"):  # noqa: PLR2004
        return None
    file = Path(arguments[1])
    if not is_writable(file):
        return None
    from lkjip_tui.tui import run  # noqa: PLC0415

    language.use(language.from_environment())
    try:
        return run(file)
    except LkjipError:
        return None


if __name__ == "__main__":
    main()
