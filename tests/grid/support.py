"""A model that is made up on the spot, and an app around a grid that notes what it is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.pilot import Pilot

from lkjip_tui.grid import (
    CellEditor,
    ChoiceList,
    Echo,
    Grid,
    GridCell,
    GridColumn,
    GridModel,
    GridRow,
    KeysInOrder,
    keys,
)

HOSTILE = (
    "[/]",
    "[/x]",
    "[A]",
    "[@click=app.quit]x[/]",
    "[b]bold[/b]",
    "\x1b[31mred\x1b[0m",
    "a\u202eb",
    "line\nline",
    "tab\tstop",
    "\ud800",
    "漢字かな",
    "x" * 10_000,
    "漢" * 10_000,
)

SIZES = [(20, 5), (80, 24), (160, 45)]
MOST_SIZES_SLOW = [SIZES[0], *(pytest.param(size, marks=pytest.mark.slow) for size in SIZES[1:])]
"""For what takes seconds at each size."""


@dataclass
class Ledger:
    """As many rows as asked for; counts how often, and how many, rows are read."""

    row_count: int = 10
    column_count: int = 4
    factor: int = 1
    read_counts: list[int] = field(default_factory=list)

    @property
    def columns(self) -> Sequence[GridColumn]:
        """A text, then figures."""
        return (
            GridColumn("name", "Uraian"),
            *(
                GridColumn(f"amount_{i}", f"Jumlah {i}", right=True)
                for i in range(1, self.column_count)
            ),
        )

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return made-up rows."""
        self.read_counts.append(stop - start)
        return [
            GridRow(
                (
                    GridCell(f"Baris {row}"),
                    *(
                        GridCell(str(row * column * self.factor))
                        for column in range(1, self.column_count)
                    ),
                )
            )
            for row in range(start, stop)
        ]


@dataclass(frozen=True)
class Table:
    """Rows that stand in the test."""

    columns: Sequence[GridColumn]
    all_rows: Sequence[GridRow]

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self.all_rows)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return some of them."""
        return self.all_rows[start:stop]


def table(*texts: Sequence[str], columns: Sequence[GridColumn] = ()) -> Table:
    """Return a table of plain texts, under headings A, B, C unless given."""
    width = max(map(len, texts), default=1)
    named = columns or [GridColumn(c, c) for c in "ABCDEFGHIJ"[:width]]
    return Table(named, [GridRow([GridCell(text) for text in row]) for row in texts])


class GridApp(KeysInOrder[None]):
    """A grid with its editors beside it, opened as an application would."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "note('delete')", show=False),
        Binding("ctrl+g", "note('go')", show=False),
        Binding("ctrl+z", "note('undo')", show=False),
        Binding("f8", "note('explain')", show=False),
        Binding("f2", "edit", show=False),
    ]

    def __init__(self, model: GridModel, **options: object) -> None:
        super().__init__()
        self.shown = model
        self.options = options
        self.told: list[Message] = []
        self.notes: list[object] = []
        self.choices: Sequence[tuple[object, str]] | None = None
        self.refuses = False
        self.edited = (0, 0)

    def compose(self) -> ComposeResult:
        """Compose the grid and its editors in one container."""
        with Container():
            yield Grid()
            yield CellEditor()
            yield ChoiceList()

    def on_mount(self) -> None:
        """Show the model."""
        self.grid.show(self.shown, **self.options)  # type: ignore[arg-type]
        self.grid.focus()

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def editor(self) -> CellEditor:
        """The editor."""
        return self.query_one(CellEditor)

    @property
    def cursor(self) -> tuple[int, int]:
        """The cursor's row and column."""
        return self.grid.cursor_row, self.grid.cursor_column

    def screen_lines(self) -> list[str]:
        """Return what is on the screen, line by line."""
        strips = self.screen._compositor.render_strips()  # noqa: SLF001 - the drawn screen
        return [strip.text for strip in strips]

    def screen_text(self) -> str:
        """Return what is on the screen."""
        return "\n".join(self.screen_lines())

    def told_of(self, kind: type[Message]) -> list[Message]:
        """Return the messages of a kind that have come."""
        return [message for message in self.told if isinstance(message, kind)]

    def action_note(self, what: str) -> None:
        """Note that a command of the application ran, and where the cursor was."""
        self.notes.append((what, *self.cursor) if what == "delete" else what)

    def action_edit(self) -> None:
        """Edit the cursor's cell, as a command of the application does."""
        self.grid.action_edit()

    def on_grid_cursor_moved(self, message: Grid.CursorMoved) -> None:
        """Note it."""
        self.told.append(message)

    def on_grid_fold_toggled(self, message: Grid.FoldToggled) -> None:
        """Note it."""
        self.told.append(message)

    def on_grid_heading_clicked(self, message: Grid.HeadingClicked) -> None:
        """Note it."""
        self.told.append(message)

    def on_grid_column_resized(self, message: Grid.ColumnResized) -> None:
        """Note it."""
        self.told.append(message)

    def on_grid_edit_requested(self, message: Grid.EditRequested) -> None:
        """Open the editor or the list over the cell."""
        self.told.append(message)
        self.edited = message.row, message.column
        grid = message.grid
        region = grid.cell_region(*self.edited).translate(grid.virtual_region.offset)
        if (choices := self.choices) is not None:
            self.query_one(ChoiceList).open(
                region,
                lambda typed: [it for it in choices if typed.casefold() in it[1].casefold()],
                2,
                none="nothing to choose",
                unmatched="no such option",
                typed=message.text or "",
            )
            return
        row = grid.model.rows(message.row, message.row + 1)[0]
        text = row.cells[message.column].text
        self.editor.open(region, text, check=check, begun=message.text)

    def on_cell_editor_accepted(self, message: CellEditor.Accepted) -> None:
        """Note what was typed where, and go on."""
        if self.refuses:
            message.editor.refuse("refused: [/] no", "holds [b]5[/b]")
            return
        self.notes.append((*self.edited, message.text, message.direction))
        down, right = {"down": (1, 0), "right": (0, 1), "left": (0, -1), "stay": (0, 0)}[
            message.direction
        ]
        self.grid.move_to(self.edited[0] + down, self.edited[1] + right)
        message.editor.close()

    def on_cell_editor_cancelled(self, message: CellEditor.Cancelled) -> None:
        """Note it."""
        self.notes.append("cancelled")
        self.told.append(message)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Note what was chosen."""
        self.notes.append(message.value)

    def on_choice_list_cancelled(self, message: ChoiceList.Cancelled) -> None:
        """Note it."""
        self.notes.append("cancelled")
        self.told.append(message)


def check(text: str) -> Echo:
    """Read a text as an application would."""
    if text.isdigit():
        return Echo(f"reads as [b]{int(text):,}[/b]")
    return Echo(f"not a number: {text}", error=True)


async def keys_acted(app: KeysInOrder[None]) -> None:
    """Wait until every key that was pressed has acted, but not for its drawing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_DRAWN", 0)
        app._hurried.set()  # noqa: SLF001 - as the next key would
        await app._keys.join()  # noqa: SLF001 - what waits to act


async def press(app: KeysInOrder[None], pilot: Pilot[None], *names: str) -> None:
    """Press keys and wait once until all have acted; Pilot waits several times at each."""
    for key in names:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
        await asyncio.sleep(0)
    await keys_acted(app)
    await pilot.pause()


async def press_at_once(app: KeysInOrder[None], pilot: Pilot[None], *names: str) -> None:
    """Send keys as a slow line does, all in one go, and wait until they have acted."""
    for key in names:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(20):
        await pilot.pause()
