"""The acts that lay a table out: sorting, filtering, columns hidden, frozen, wider, elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final, TypeAlias

from textual import work
from textual.app import ComposeResult
from textual.widgets import Input

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.query.header import Column
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.arrangement import Arrangement, Filter
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.line_box import LineBox
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.query_model import QueryModel, Shown
from lkjip_tui.tui.told import Told

#: What a condition in SQL begins with in the filter line.
CONDITION: Final = "="
#: Seconds without a change after which a layout is remembered.
_A_WHILE: Final = 0.5


Ready: TypeAlias = Callable[[bool], Awaitable[bool]]
"""Reads what is lacking of the rows that show, so that they can be arranged and looked through.

It is told whether only the database can do that. False when that failed, which is told.
"""


async def at_once(_in_database: bool) -> bool:  # noqa: FBT001 - it is a Ready
    """Lack nothing."""
    return True


class Arranger(EndsWork):
    """Changes the arrangement of the model that a grid shows; its line filters the rows."""

    DEFAULT_CSS = "Arranger { height: auto; }"

    def __init__(
        self,
        memory: Memory | None,
        shown: Shown,
        reading: LongRead,
        *,
        empty: Callable[[QueryModel], str],
        arranged: Callable[[], None],
        ready: Ready = at_once,
    ) -> None:
        """`empty` says why no row shows, `arranged` is called when others show.

        Without a memory nothing is remembered. `ready` is waited for before rows are arranged.
        """
        super().__init__()
        self._empty = empty
        self._memory = memory
        self._shown = shown
        self._reading = reading
        self._arranged = arranged
        self._ready = ready
        self._has_told_why_not = False

    def compose(self) -> ComposeResult:
        """Lay out the line, which is not seen until it is asked for."""
        yield LineBox(_("Rows that hold…  or in SQL, as = realization > 0"))

    def remembered(self, place: str) -> Arrangement:
        """Return how the user laid out a table the last time."""
        held = {} if self._memory is None else self._memory.layout(place)
        return Arrangement.remembered(held)

    # Rows

    def do_sort(self) -> None:
        """Sort by the cursor's column."""
        if found := self._shown.cell():
            self.sort(found[0].name)

    def do_sort_also(self) -> None:
        """Sort by the cursor's column within what is sorted already."""
        if found := self._shown.cell():
            self.sort(found[0].name, also=True)

    def sort(self, column: str, *, also: bool = False) -> None:
        """Sort by a column: up, then down, then as the table comes."""
        if self._model is not None:
            self._arrange(self._model.arrangement.sorted_by(column, add=also))

    def do_filter_value(self) -> None:
        """Show the rows that hold what the cursor's cell holds."""
        if self._model is not None and (found := self._shown.cell()):
            column, row = found
            text = self._model.cells.text(column, row)
            self._add(Filter("value", text, column.name, row[column.name]))

    def do_narrow(self) -> None:
        """Show only rows that hold a text, or fulfil a condition."""
        self.query_one(LineBox).begin()

    def do_all_rows(self) -> None:
        """Take every filter away."""
        if self._model is not None:
            self._close_line()
            self._arrange(replace(self._model.arrangement, filters=()))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the rows while a text is typed; a condition waits for Enter."""
        event.stop()
        model = self._model
        if model is not None and model.is_held and not event.value.startswith(CONDITION):
            self._filter_by(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Narrow the rows and go to them."""
        event.stop()
        event.input.set_class(bool(event.value), "open")
        self._shown.grid.focus()
        self._filter_by(event.value, anew=True)  # what it left out may have changed since

    def _filter_by(self, text: str, *, anew: bool = False) -> None:
        """Let what the line says be the one text or condition that narrows the rows."""
        if self._model is None:
            return
        values = [f for f in self._model.arrangement.filters if f.kind == "value"]
        condition = text.removeprefix(CONDITION).strip()
        if text.startswith(CONDITION) and condition:
            values.append(Filter("sql", condition))
        elif text.strip() and not text.startswith(CONDITION):
            values.append(Filter("text", text.strip()))
        wanted = replace(self._model.arrangement, filters=tuple(values))
        if anew or wanted != self._model.arrangement:
            self._arrange(wanted)

    def _add(self, wanted: Filter) -> None:
        if self._model is not None and wanted not in self._model.arrangement.filters:
            filters = (*self._model.arrangement.filters, wanted)
            self._arrange(replace(self._model.arrangement, filters=filters))

    def begin(self, model: QueryModel) -> None:
        """Lay out a model that is about to be shown, as far as that needs no database."""
        self._close_line()
        if not _needs_database(model):
            model.arrange(model.arrangement, model.ordered(model.arrangement, None))

    async def again(self, row_key: str, row: int, *, needed: bool) -> None:
        """Sort and filter what is shown anew where only the database can.

        The cursor goes to the row with this key, or to the row of that number where it does not
        show. A row that is `needed` shows with all others where the filters leave it out.
        """
        model = self._model
        if model is None or not _needs_database(model):
            return
        with keys_waiting(self):
            wanted = model.arrangement
            is_read = await self._read(model, wanted, row_key)
            if is_read and needed and model.leaves_out(row_key):
                is_read = await self._read(model, replace(wanted, filters=()), row_key)
            if is_read:
                self._put(model, row_key, row)
            elif model is self._model and not model.is_held:
                # All rows show as they come: nothing may say otherwise.
                model.arrange(replace(wanted, sort=(), filters=()), None)
                self._show(model)
                self._arranged()

    def _close_line(self) -> None:
        box = self.query_one(LineBox)
        with box.prevent(Input.Changed):
            box.value = ""
        box.remove_class("open")

    # Columns

    def do_freeze(self) -> None:
        """Let the columns up to the cursor's stay at the left; once more lets them go."""
        if self._model is not None:
            wanted = self._shown.grid.cursor_column + 1
            frozen = None if self._model.arrangement.frozen == wanted else wanted
            self._lay_out(replace(self._model.arrangement, frozen=frozen))
            if frozen is not None and (stay := self._shown.grid.frozen) < frozen:
                told = plural(
                    "There is room for {count} column to stay.",
                    "There is room for {count} columns to stay.",
                    stay,
                )
                self._tell(told.format(count=stay))

    def do_hide(self) -> None:
        """Hide the chosen columns."""
        if (model := self._model) is None:
            return
        names = {model.shown[number].name for number in self._shown.grid.block.columns}
        if len(names) == len(model.shown):
            self._tell(_("One column must stay."))
            return
        self._lay_out(replace(model.arrangement, hidden=model.arrangement.hidden | names))

    def do_show_columns(self) -> None:
        """Show every column."""
        if self._model is not None:
            self._lay_out(replace(self._model.arrangement, hidden=frozenset()))

    def do_column_left(self) -> None:
        """Move the cursor's column to the left."""
        self._move(-1)

    def do_column_right(self) -> None:
        """Move the cursor's column to the right."""
        self._move(1)

    def do_own_layout(self) -> None:
        """Lay the table out as it comes."""
        if self._model is not None:
            self._close_line()
            self._arrange(Arrangement())

    def resize(self, column: int, width: int | None) -> None:
        """Let a column take so many cells, None as many as it needs."""
        if self._model is not None:
            name = self._model.shown[column].name
            others = {n: w for n, w in self._model.arrangement.widths.items() if n != name}
            widths = others if width is None else {**others, name: width}
            self._lay_out(replace(self._model.arrangement, widths=widths))

    def _move(self, step: int) -> None:
        model, found = self._model, self._shown.cell()
        if model is not None and found is not None:
            names = [column.name for column in model.cells.shown]
            self._lay_out(model.arrangement.moved(names, found[0].name, step), found[0])

    # Inside

    @property
    def _model(self) -> QueryModel | None:
        return self._shown.model

    def _lay_out(self, wanted: Arrangement, column: Column | None = None) -> None:
        """Show the columns another way; the cursor stays on its column, or goes to this one."""
        model = self._model
        if model is None:
            return
        here = column or model.shown[self._shown.grid.cursor_column]
        model.arrange(wanted, model.order)
        grid = self._shown.grid
        self._show(model)
        if here in model.shown:
            grid.move_to(grid.cursor_row, model.shown.index(here))
        self._done(model)

    @work(exclusive=True, group="arrange")
    async def _arrange(self, wanted: Arrangement) -> None:
        """Show other rows; the cursor stays on its row where that is shown."""
        with keys_waiting(self):
            is_ready = await self._ready(any(each.kind == "sql" for each in wanted.filters))
            model = self._model
            if not is_ready or model is None:
                return
            key = model.key(self._shown.grid.cursor_row)
            if await self._read(model, wanted, key):
                self._put(model, key, 0)
            elif model is self._model and (box := self.query_one(LineBox)).has_class("open"):
                box.focus()  # what is typed next mends the condition

    async def _read(self, model: QueryModel, wanted: Arrangement, row_key: str) -> bool:
        """Arrange a model, and find the row with a key.

        False when that failed, which is told, or another model is shown now.
        """
        session = model.session()
        try:
            put = await self._reading.run(
                self, session, lambda session: model.arranged(wanted, session, row_key)
            )
        except LkjipError as error:
            self._tell(str(error), error=True)
            self._has_told_why_not = True
            return False
        if model is not self._model:
            session.close()
            return False
        put()
        if self._has_told_why_not:
            self._tell("")
            self._has_told_why_not = False
        return True

    def _put(self, model: QueryModel, row_key: str, row: int) -> None:
        """Show what was arranged, the cursor on the row with a key, or else on that number."""
        grid = self._shown.grid
        self._show(model)
        found = model.position(row_key)
        grid.move_to(row if found is None else found, grid.cursor_column)
        self._done(model)

    def _show(self, model: QueryModel) -> None:
        self._shown.grid.show_columns(frozen=model.frozen, empty=self._empty(model))

    def _done(self, model: QueryModel) -> None:
        self._arranged()
        self.set_timer(_A_WHILE, lambda: self._remember(model))

    def _remember(self, model: QueryModel) -> None:
        place, layout = model.cells.query.full_name, model.arrangement.kept()
        if self._memory is not None and layout != self.remembered(place).kept():
            self._memory.laid_out(place, layout)

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(Told(text, error))


def _needs_database(model: QueryModel) -> bool:
    wanted = model.arrangement
    if model.is_held:
        return any(each.kind == "sql" for each in wanted.filters)
    return bool(wanted.sort or wanted.filters)
