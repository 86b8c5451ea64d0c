"""What codes say: those of Permendagri 90/2019, those of accounts, and an office's own count."""

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

#: Levels by the number of their codes' parts: 1 is urusan, 2 bidang.
_PARTS: Final = {3: "program", 5: "activity", 6: "sub_activity"}
#: The tables of things that bear these codes; budgets are given for them.
TABLES: Final = frozenset(_PARTS.values())
_KEGIATAN: Final = 5
_NOMENCLATURE: Final = re.compile(
    r"[\dX]\.(?:\d\d|XX)(?:\.\d\d(?:\.\d\.\d\d(?:\.\d{2}(?:\d\d)?)?)?)?"
)
#: Accounts (`5.1.02.01`) have one digit in their second part, where the nomenclature has two.
_ACCOUNT: Final = re.compile(r"[4-9](?:\.\d(?:\.\d\d)*(?:\.\d{4})?)?")
_ACCOUNT_NAME: Final = re.compile(r"(?:belanja|pendapatan|pembiayaan|beban)\b", re.IGNORECASE)
_PROGRAM: Final = re.compile(r"program\b", re.IGNORECASE)


class Coded(NamedTuple):
    """A code, the name behind it, and the table that the thing is known to be of; empty if none."""

    code: str
    name: str
    table: str


def table_of(code: str) -> str | None:
    """Return the table of a thing by its code: empty for what is no thing, None if nothing says."""
    if _NOMENCLATURE.fullmatch(code):
        return _PARTS.get(_depth(code), "")
    return "" if _ACCOUNT.fullmatch(code) else None


def own_codes(things: Sequence[Coded], tables: Sequence[str]) -> Collection[str]:
    """Return the codes by which an office counts its things itself: 1, 1.1, 1.1.1, 2 and so on.

    What looks like the nomenclature is none where it counts the whole tree: 1, 1.01, 1.01.01 have
    as many depths as there are levels. The nomenclature has its programs at the third, and goes on
    with kegiatan of five parts.
    """
    fitting = [each for each in things if _NOMENCLATURE.fullmatch(each.code)]
    if not fitting or TABLES.isdisjoint(tables):
        return _no_accounts(things)
    if not any(map(_is_official, fitting)):
        own = _no_accounts(things)
        if len(set(map(_depth, own))) == len(tables):
            return own
    return _no_accounts([each for each in things if not _NOMENCLATURE.fullmatch(each.code)])


def is_elsewhere(code: str, above: str) -> bool:
    """Say whether two codes of the nomenclature name different things; X stands for any."""
    if not (_NOMENCLATURE.fullmatch(code) and _NOMENCLATURE.fullmatch(above)):
        return False
    pairs = zip(code.split("."), above.split("."), strict=False)
    return any(own != other and "X" not in own + other for own, other in pairs)


def above(code: str) -> Sequence[str]:
    """Return the codes that the thing above may have; a kegiatan has a digit more than its like."""
    parts = code.split(".")
    return [".".join(parts[:count]) for count in (len(parts) - 1, len(parts) - 2) if count > 0]


def _depth(code: str) -> int:
    return code.count(".") + 1


def _is_official(thing: Coded) -> bool:
    """Say whether what has the shape of the nomenclature can be nothing else."""
    if "X" in thing.code or _depth(thing.code) >= _KEGIATAN:
        return True
    is_program = thing.table == "program" or _PROGRAM.match(thing.name) is not None
    return is_program and _PARTS.get(_depth(thing.code)) == "program"


def _no_accounts(things: Sequence[Coded]) -> Collection[str]:
    """Return the codes that are no accounts: a 4 looks like one, but comes after a 3."""
    own: set[str] = set()
    for thing in things:
        if not (_ACCOUNT.fullmatch(thing.code) and _is_account(thing, own)):
            own.add(thing.code)
    return own


def _is_account(thing: Coded, own: Collection[str]) -> bool:
    """Say whether what has the shape of an account is one, and does not go on an own count."""
    whole, dot, last = thing.code.rpartition(".")
    before = f"{whole}{dot}{int(last) - 1}"
    return (whole not in own and before not in own) or _ACCOUNT_NAME.match(thing.name) is not None
