"""The table that is printed: a line for each kind of work, a column for each program."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: The columns behind this program's own, and how each is called.
PROGRAMS: Final = ("Harlequin", "VisiData", "DuckDB", "Polars", "Textual")
_PLACES: Final = {"ms": 1, "s": 2, "MiB": 0}


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked: a figure that may be so much at most."""

    told: str
    found: float
    most: float

    @property
    def met(self) -> bool:
        """Tell whether it is met."""
        return self.found <= self.most

    def __str__(self) -> str:
        sign, than = ("✓", "≤") if self.met else ("✗", ">")
        return f"{sign} {_short(self.found)} {than} {_short(self.most)} {self.told}"


def _short(figure: float) -> str:
    return f"{figure:.3g}" if figure < 100 else f"{figure:,.0f}"


@dataclass(frozen=True, slots=True)
class Line:
    """What a kind of work cost here, and elsewhere; where it is not done, why."""

    work: str
    unit: str
    ours: float
    others: Mapping[str, float | str]
    goals: Sequence[Goal] = field(default=())

    def cells(self) -> list[str]:
        """Return what stands in the line: elsewhere its figure, and how many times that ours is."""
        shown = (self._other(self.others.get(name, "–")) for name in PROGRAMS)
        goals = "<br>".join(map(str, self.goals)) or "–"
        return [self.work, f"**{self._figure(self.ours)}**", *shown, goals]

    def _other(self, figure: float | str) -> str:
        if isinstance(figure, str):
            return figure
        return f"{self._figure(figure)} ({self.ours / figure:.2f})"

    def _figure(self, figure: float) -> str:
        return f"{figure:,.{_PLACES[self.unit]}f} {self.unit}"


def shown(lines: Iterable[Line], versions: Mapping[str, str]) -> str:
    """Return the table as Markdown."""
    named = [f"{name} {versions[name]}" for name in PROGRAMS]
    rows = [["", "lkjip", *named, "goal"], ["---"] * (len(PROGRAMS) + 3)]
    rows += [line.cells() for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


class Taken:
    """Figures of runs done in turn, by program and kind."""

    def __init__(self) -> None:
        self._figures: dict[tuple[str, str], list[float]] = {}

    def add(self, program: str, **figures: float) -> None:
        """Keep what a run took."""
        for kind, figure in figures.items():
            self._figures.setdefault((program, kind), []).append(figure)

    def middle(self, program: str, kind: str) -> float:
        """Return the median."""
        return statistics.median(self._figures[program, kind])

    def middles(self, kind: str) -> Mapping[str, float]:
        """Return every program's median."""
        return {name: self.middle(name, each) for name, each in self._figures if each == kind}

    def least(self, program: str, kind: str) -> float:
        """Return the best run's figure."""
        return min(self._figures[program, kind])

    def late(self, program: str, kind: str) -> float:
        """Return what nineteen of twenty runs do not exceed."""
        return p95(self._figures[program, kind])

    def ratio(self, kind: str, one: str, other: str) -> float:
        """Return the median of one run's figure to that of the run beside it."""
        pairs = zip(self._figures[one, kind], self._figures[other, kind], strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)


def p95(figures: Iterable[float]) -> float:
    """Return what nineteen of twenty do not exceed."""
    ordered = sorted(figures)
    return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
