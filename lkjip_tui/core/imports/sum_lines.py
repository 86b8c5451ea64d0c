"""Which lines of a source sum up others, or give their mean: told by their words.

They are no things. A thing may begin with the same words where it has a code, or where the file
has one of that very name; among indicators most that begin so are things (“Jumlah pengunjung”).
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

from lkjip_tui.core.imports.recognition import is_total, name_key

_SUM: Final = re.compile(
    r"\s*(?:(?:sub|grand)\s*-?\s*)?(?:jumlah|jml|jlh|total)(?![^\W_])\s*[:.]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_MEAN: Final = re.compile(
    r"\s*(?:nilai\s+)?(?:rata\s*-?\s*(?:rata|2)|rerata|average)(?![^\W_])\s*:?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE: Final = re.compile(r"(?:jumlah|jml|jlh|total|grand).*(?:total|akhir|umum|semua|seluruh)")
#: Levels: a sum of one may be of that above it, or of all.
_LEVELS: Final = ("program", "kegiatan", "subkegiatan")
#: What tables of indicators have sums and means of; all else that is counted is an indicator.
_OF_FIGURES: Final = re.compile(
    r"(?:(?:persentase|tingkat|prosentase)\s+)?"
    r"(?:capaian|pencapaian|realisasi|target|anggaran|belanja|pagu)\b",
    re.IGNORECASE,
)


class SumLines:
    """Tells sums and means as a source's lines come.

    `known` are the names that the file has, by `name_key`; `of_money` says that the table's things
    are what money is for.
    """

    def __init__(self, known: Collection[str], *, of_money: bool) -> None:
        self._known, self._of_money = known, of_money
        self._called_so: set[str] = set()

    def label(self, row: Sequence[str], named: Sequence[tuple[str, str]], unit: str = "") -> str:
        """Return what a line calls itself where it is a sum or a mean, else nothing.

        `named` are codes and names of the things that it would be, `unit` what it is counted in.
        """
        first = next((t for t in row if (key := name_key(t)) and not key.isdecimal()), "")
        if is_total(row):
            return first.strip()
        for code, name in named or [("", first)]:
            if self._is_sum_of_another(name) or (not code and self._is_no_thing(name, unit)):
                return name.strip()
        self._called_so.update(name_key(name) for _code, name in named)
        return ""

    def _is_sum_of_another(self, name: str) -> bool:
        return bool(rest := sum_of(name)) and name_key(rest) in self._called_so

    def _is_no_thing(self, name: str, unit: str) -> bool:
        sums, is_of_mean = _SUM.fullmatch(name), is_mean(name)
        if not (sums or is_of_mean) or name_key(name) in self._known:
            return False
        if self._of_money:
            return True
        rest = sum_of(name) if sums else _mean_of(name)
        of_figures = _OF_FIGURES.match(rest) is not None
        return (of_figures or (is_of_mean and not rest)) and not unit.strip()


def sum_of(name: str) -> str:
    """Return what a sum says that it is of, nothing when it does not say so."""
    found = _SUM.fullmatch(name)
    return found[1] if found else ""


def is_of_all(name: str) -> bool:
    """Say whether a sum says that it is the last of all."""
    return _WHOLE.match(name_key(name)) is not None


def named_thing(name: str) -> str:
    """Return how the thing begins that a sum says it is of, by `name_key`; nothing for a level."""
    wanted = name_key(sum_of(name))
    return "" if wanted in _LEVELS else wanted


def is_mean(name: str) -> bool:
    """Say whether a name begins as means do."""
    return _MEAN.fullmatch(name) is not None


def _mean_of(name: str) -> str:
    found = _MEAN.fullmatch(name)
    return found[1] if found else ""
