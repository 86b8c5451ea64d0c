"""What holds of whatever is done to cells and rows, however the rows are laid out meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
import regex
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.changes.plan import Plan
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Block
from lkjip_tui.tui.arrangement import Arrangement, Filter
from lkjip_tui.tui.block_texts import filled_down, replaced, series
from lkjip_tui.tui.pasting import Paste
from lkjip_tui.tui.query_model import QueryModel
from tests.core.support import YEAR, digest_of, rows_of
from tests.tui.models import is_fact, model_of

#: Sheets with the columns that a user writes to; each cell of them is a fact of its own.
_SHEETS = {
    "activities": ("name", "budget_initial", "budget_revised", "realization"),
    "services": ("name", "target", "realization"),
    "indicators": ("name", "objective_id", "formula"),
}
_TEXTS = ("7", "12", "33", "Rp 5", " 7,00 ", "45,-", "", ".393.066", "x", "[/b]")

_Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a sheet are laid out while something is done to them."""

    sort: tuple[tuple[str, bool], ...]
    filtered_by: str
    folded: tuple[int, ...]

    def of(self, workspace: Workspace, name: str) -> QueryModel:
        """Return the rows of a sheet so laid out."""
        filters = (Filter("text", self.filtered_by),) if self.filtered_by else ()
        rows = rows_of(workspace, name)
        folded = [str(rows[number % len(rows)]["row_key"]) for number in self.folded]
        return model_of(
            workspace, name, folded=folded, arrangement=Arrangement(sort=self.sort, filters=filters)
        )


layouts = st.builds(
    Layout,
    sort=st.lists(
        st.tuples(st.sampled_from(["name", "realization"]), st.booleans()), max_size=2, unique=True
    ).map(tuple),
    filtered_by=st.sampled_from(["", "", "", "a", "Penyediaan", "5"]),
    folded=st.lists(st.integers(0, 50), max_size=2).map(tuple),
)
blocks = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(_TEXTS), min_size=width, max_size=width), min_size=1, max_size=9
    )
)


def _values(workspace: Workspace, name: str) -> dict[_Cell, object]:
    """Return every cell of a sheet that a user may write to."""
    model = model_of(workspace, name)
    columns = [model.cells.columns[each] for each in _SHEETS[name]]
    return {
        (str(row["row_key"]), column.name): row[column.name]
        for row in model.every_row()
        for column in columns
        if is_fact(model, column, row)
    }


def _planned(
    workspace: Workspace, model: QueryModel, step: "Step", at: int
) -> tuple[Plan, set[_Cell]]:
    """Return what a step on cells would do, and the cells that it is about as the screen is."""
    columns = _SHEETS[model.cells.query.name]
    first = [column.name for column in model.shown].index(columns[step.which % len(columns)])
    across = model.shown[first : first + len(step.texts[0])]
    down = range(at, min(at + len(step.texts), model.row_count))
    block = Block(down, range(first, first + len(across)))
    match step.what:
        case "fill":
            entries = filled_down(model, block)
            down = range(max(at - 1, 0), down.stop) if len(down) == 1 else down
        case "series":
            entries = series(model, block)
        case "replace":
            entries = replaced(model, block, regex.compile("1|a"), "2")
        case _:
            text = "\n".join(map("\t".join, step.texts))
            place = Paste(model, Block(range(at, at + 1), range(first, first + 1)), text)
            passes = step.what == "paste facts"
            found, _notes = place.entries(pass_computed=passes)
            entries = [entry for entry in found if entry.new is None]
            down = range(at, model.row_count if passes else down.stop)
    keys = [str(model.row(number)["row_key"]) for number in down]
    plan = workspace.plan(model.cells.query, entries, step.what, typed=False)
    return plan, {(key, column.name) for key in keys for column in across}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done at a row of a sheet, and how its rows are laid out then."""

    what: str
    name: str
    layout: Layout
    at: int
    which: int
    texts: Sequence[Sequence[str]]

    def take(self, workspace: Workspace) -> None:
        """Do it, and see that nothing has changed but what it is about."""
        model, before = self.layout.of(workspace, self.name), _values(workspace, self.name)
        if not model.row_count:
            return
        at = self.at % model.row_count
        row, query = model.row(at), model.cells.query
        match self.what:
            case "insert":
                new = workspace.insert(query, {**workspace.names(YEAR), **row})
                named = {cell for cell in _values(workspace, self.name) if cell[0] == new.row_key}
            case "delete":
                beneath = {str(row["row_key"]), *_beneath(model_of(workspace, self.name), row)}
                try:
                    workspace.apply(workspace.deletion(query, [row], YEAR))
                except EditRefused:
                    beneath = set()
                named = {cell for cell in before if cell[0] in beneath}
            case _:
                plan, named = _planned(workspace, model, self, at)
                workspace.apply(plan)
        after = _values(workspace, self.name)
        changed = {
            cell for cell in before | after if before.get(cell, self) != after.get(cell, self)
        }
        assert changed <= named


def _beneath(model: QueryModel, row: ViewRow) -> Iterator[str]:
    """Yield the keys of the rows that lie beneath a row of a tree."""
    above = str(row["row_key"]).split("/")[0]
    for each in model.every_row() if above in {"program", "activity", "objective"} else ():
        if each[f"{above}_id"] == row[f"{above}_id"]:
            yield str(each["row_key"])


_STEPS = st.builds(
    Step,
    what=st.sampled_from(
        ("paste", "paste", "paste facts", "fill", "series", "replace", "insert", "delete")
    ),
    name=st.sampled_from(sorted(_SHEETS)),
    layout=layouts,
    at=st.integers(0, 60),
    which=st.integers(0, 3),
    texts=blocks,
)


@pytest.mark.slow
@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),  # making a failure smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(_STEPS, min_size=6, max_size=8), restarts=st.booleans())
def test_what_is_done_stays_among_the_rows_that_show_and_is_taken_back_whole(
    example: Path, steps: Sequence[Step], *, restarts: bool
) -> None:
    """A figure in a row that was hidden is seen by nobody until the report is printed."""
    with TemporaryDirectory() as folder:
        path = copyfile(example, Path(folder) / "office.duckdb")
        workspace = Workspace.open(path)
        try:
            start = digest_of(workspace)
            for step in steps:
                step.take(workspace)
            end = digest_of(workspace)
            if restarts:
                workspace.close()
                workspace = Workspace.open(path)
            count = 0
            while workspace.undo() is not None:
                count += 1
            assert digest_of(workspace) == start
            if restarts:
                workspace.close()
                workspace = Workspace.open(path)
            for _act in range(count):
                workspace.redo()
            assert digest_of(workspace) == end
        finally:
            workspace.close()
