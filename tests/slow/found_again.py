"""What a file holds after its program was killed, held against what the program had shown."""

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from lkjip_tui.core.workspace import Workspace
from tests.core.support import Facts, facts_of, inside

_T = TypeVar("_T")

#: What stays beside a file for a while alone. A log stays that is in the file already, when the
#: driver was killed before it removed that: it passes over it, and the next change begins it anew.
_LITTER: Final = re.compile(r"\.(?:part|opening|original|rollback)\b")


@dataclass(frozen=True, slots=True)
class Done:
    """An act: what kind, how many values or rows it changes, and a text among those.

    Nothing for what is not known.
    """

    kind: str
    changes: int | None = None
    mark: str = ""


@dataclass(slots=True)
class Ledger:
    """What a file shall hold: acts that were shown as saved, and the one that was on its way."""

    held: int = 0
    shown: list[Done] = field(default_factory=list)
    begun: Done | None = None
    kills: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    found: int = 0
    unshown: int = 0

    def begin(self, done: Done) -> None:
        """Note what is about to be done."""
        self.begun = done

    def end(self) -> None:
        """Note that it was shown as saved."""
        assert self.begun
        self.shown.append(self.begun)
        self.begun = None

    def __str__(self) -> str:
        told = [f"{number} {kind}" for kind, number in (self.kills + self.kinds).items()]
        return (
            f"{self.kills.total()} kills, {self.found} acts shown as saved, all found again,"
            f" {self.unshown} found that were not shown yet; {', '.join(told)}"
        )

    def settle(self, workspace: Workspace) -> None:
        """Find again what was shown, and nothing in half; what is found now is held from now on."""
        assert workspace.loss is None
        acts = inside(workspace).database.read(
            "select act_id, count(*), string_agg(coalesce(after, ''), ' '), min(journal_id),"
            " max(journal_id) from journal group by act_id order by act_id"
        )
        assert [act[0] for act in acts] == list(range(1, len(acts) + 1))
        rows = [0, *(act[4] for act in acts)]
        assert [act[3] for act in acts] == [last + 1 for last in rows[:-1]]
        new = acts[self.held :]
        on_its_way = [self.begun] if self.begun else []
        expected = [*self.shown, *on_its_way]
        assert len(self.shown) <= len(new) <= len(expected), (self.shown, self.begun, new)
        for (_act, count, after, _first, _last), done in zip(new, expected, strict=False):
            assert done.mark in after, (done, after)
            if done.changes is not None:
                assert count == done.changes, done
        self.found += len(self.shown)
        self.unshown += len(new) - len(self.shown)
        self.kinds.update(done.kind for done in self.shown)
        self.held, self.shown, self.begun = len(acts), [], None
        agree(workspace)


def agree(workspace: Workspace) -> None:
    """Prove that the facts are what the journal says of them: the last of each value and row."""
    parts = inside(workspace)
    for table in parts.facts.tables:
        key = parts.facts.tables[table].key
        same = " and ".join(
            f"t.{name}::varchar = json_extract_string(told_key, '$.{name}')" for name in key
        )
        there = f"exists (from {table} as t where {same})"
        wrong = parts.database.value(
            "select count(*) from (select fact_key as told_key, arg_max(action, journal_id) as last"
            " from journal where table_name = ? and action <> 'update' group by all)"
            f" where (last = 'insert') <> {there}",
            [table],
        )
        assert wrong == 0, table
        for name, column in parts.facts.tables[table].columns.items():
            wrong = parts.database.value(
                "with told as (select fact_key as told_key, arg_max(action, journal_id) as last,"
                " arg_max_null(after, journal_id) as told_value from journal where table_name = ?"
                " and (column_name = ? or action <> 'update') group by all)"
                f" select count(*) from told where last = 'update' and not exists ("
                f" from {table} as t where {same} and t.{name} is not distinct from"
                f" cast(told_value as {column.type}))",
                [table, name],
            )
            assert wrong == 0, (table, name)


def require_nothing_left(folder: Path) -> None:
    """Prove that what an opening or a copy that was cut off left is gone after the next opening."""
    left = [path.name for path in folder.iterdir() if _LITTER.search(path.name)]
    assert left == []


def look(file: Path, ledger: Ledger, aside: Path, ask: Callable[[Workspace], _T]) -> _T:
    """Settle with a copy of all that stands beside a file, and return what is asked about it.

    The program is the next to open the original.
    """
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(file.parent, aside)
    with Workspace.open(aside / file.name) as workspace:
        ledger.settle(workspace)
    require_nothing_left(aside)
    with Workspace.open(aside / file.name) as workspace:
        assert workspace.loss is None
        return ask(workspace)


def take_all_back(file: Path, start: Facts) -> None:
    """Prove that undo leads back to what the file held at first, and nothing is left over."""
    with Workspace.open(file) as workspace:
        assert workspace.loss is None
        workspace.undo_to(0)
        assert facts_of(workspace) == start
    require_nothing_left(file.parent)


def chance(seed: int) -> random.Random:
    """Return the same instants each time."""
    return random.Random(seed)  # noqa: S311 - nothing secret
