"""What stands before a name: a code that tells its thing, or a number in some list."""

import re
from typing import Final

#: The nomenclature has X in it where a code is for any urusan.
_CODED: Final = re.compile(r"\s*((?:[\dX]+\.)+[\dX]+)\.?(?:[\s:–-]+(.*))?", re.DOTALL)
#: `1.`, `IV)`, `a.`; without a blank behind it only before a word: C.V. and 1.5 begin with none.
_ENUMERATED: Final = re.compile(
    r"\A\s*(?:\d{1,3}|[ivxlc]{1,6}|[a-z])(?:\)\s*|\.(?:\s+|(?=[^\W\d_]{3})))", re.IGNORECASE
)


def coded(text: str) -> tuple[str, str] | None:
    """Return the code at the beginning of a text, and the rest; None when there is no code."""
    match = _CODED.fullmatch(text)
    return (match[1], (match[2] or "").strip()) if match else None


def unnumbered(text: str) -> str:
    """Return a text without the number of its place in a list."""
    return _ENUMERATED.sub("", text, count=1)
