"""What a report is made of, in its order; how it looks on paper is not told here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from lkjip_tui.transfer.charts import Chart
from lkjip_tui.transfer.passages import Text
from lkjip_tui.transfer.printed import PrintedTable

CONTENTS_DEPTH: Final = 2
"""The deepest level of headings that the list of contents shows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A name in a passage that has nothing to say: where it stands, and why."""

    place: str
    name: str
    reason: str

    def __str__(self) -> str:
        """Return it as it is told."""
        return f"{self.place}: {{{self.name}}}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a chapter (1) or of what stands in it (2 and more), and its mark before it."""

    level: int
    mark: str
    text: Text


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or an item of a list with its mark, `depth` steps to the right."""

    text: Text
    mark: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Signed:
    """The lines of a signature, place and date first; `name` is the number of the name's."""

    lines: Sequence[Text]
    name: int


Block: TypeAlias = Heading | Words | Signed | PrintedTable | Chart


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the lines of its title, what precedes chapter I, the rest, and what is wrong."""

    title: Sequence[str]
    front: Sequence[Block]
    body: Sequence[Block]
    problems: Sequence[Problem]
