"""Any keys, texts, pastes, clicks and sizes, in any order on any screen of the whole program."""

import asyncio
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.screen import ModalScreen, Screen

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui import workbench
from lkjip_tui.tui.app import LkjipApp
from lkjip_tui.tui.commands import BY_ID, COMMANDS
from lkjip_tui.tui.help import Help
from lkjip_tui.tui.key_settings import KeySettings
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.palette import Palette
from lkjip_tui.tui.query_model import QueryModel
from lkjip_tui.tui.start import Start
from lkjip_tui.tui.view import View
from lkjip_tui.tui.workbench import Workbench
from tests.core.support import digest_of
from tests.core.test_undo import dangling
from tests.fuzz.running import AS_FOUND
from tests.tui.conftest import Desk

Step: TypeAlias = tuple[Any, ...]
"""What a person does: its name, and what it is done with."""

#: Seconds in which whatever was asked for is done, or at least Esc is heard.
_PATIENCE = 60
#: From this size on the cursor's cell is drawn, with so many letters at least.
_WIDE, _HIGH, _BEGIN = 80, 24, 3
#: Letters that are typed at most; more are pasted.
_BY_HAND = 60
#: How often Esc is pressed to come from anywhere back to the file.
_ESCAPES = 15

_PLAIN = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab"),
    *("enter", "escape", "backspace", "delete", "space", "shift+down", "shift+right", "shift+up"),
    *("ctrl+home", "ctrl+end", "ctrl+a", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+left", "alt+x"),
)
_COMMANDED = tuple(dict.fromkeys(key for command in COMMANDS for key in command.keys))
_WRITING = (
    *("undo", "undo", "redo", "insert_row", "insert_row", "duplicate_row", "delete_row", "clear"),
    *("move_row_up", "move_row_down", "put_under", "fill_down", "fill_right", "fill_series", "cut"),
    *("paste", "replace", "start_year", "revise", "accept", "rule_off", "undo_act", "undo_to_here"),
    *("restore", "back_up", "history", "findings", "sort", "filter_value", "hide", "year", "copy"),
)
_TEXTS = (
    *("7", "12,5", "1.234", "Rp 5.000.000", "-", "0", "81 Baik", "WTP", "2022", "2021", "revised"),
    *("Ya", "x", "[/b]", "[@click=app.quit]x", "\u202etxt", "a\u0301", "é", "漢字", "'", '"', "%"),
    *("a", "gaji", "Penyediaan", "= realization > 5", "= budget_revised", "= (", "=", "*", "["),
    *("sql", "penyerapan", "history", "riwayat", "findings", "programs", "years", "lacking"),
    "select 1",
    "select * from sheet.activities",
    "select p.name from report.budget_summary as p",
    "update program set name = 'x'",
    "delete from indicator_result",
    "select $n",
    "from range(9)",
    "insert into objective (number, name) values (9, 'y')",
    "select * from journal; select 2",
    "1e5",
    "999999999999999999999",
    "9" * 40,
    "a" * 60,
    "lkjip",
    "out.csv",
    "out.xlsx",
    "out.md",
)
_TABLES = (
    "7\t8\n9\t10",
    "1\n2\n3\n",
    "Nama\tAnggaran\nX\t5",
    "name;realization\nx;7",
    "a,b\n1,2\n",
    "| Nama | Realisasi |\n|---|---|\n| Penyediaan Gaji dan Tunjangan ASN | 5 |",
    "\t\n\t",
    "\n",
    "Kode\tRealisasi\n7.01.01.2.02.01\t44.000\n",
    "x" * 2000,
    "1\r\n2\r\n",
    "\x1b[31m",
)
_SIZES = ((120, 36), (80, 24), (20, 5), (40, 10), (200, 60), (1, 1), (10, 3), (80, 5), (30, 40))
_NO_PATH = st.characters(exclude_characters="/~\\", exclude_categories=["Cs", "Cc"])
_AT = st.integers(0, 199)

_ends = st.sampled_from(["enter", "enter", "enter", "tab", "f5", "f5", "escape", "ctrl+q"])
_blocks = st.sampled_from(_TABLES)
figures = st.sampled_from(["7", "12,5", "0", "1.000.000", "", "x", "[/b]", "Baru", "81 Baik", "2"])
texts = st.sampled_from(_TEXTS) | st.text(_NO_PATH, max_size=8)
_keys = st.sampled_from(_PLAIN) | st.sampled_from(_COMMANDED)
steps = st.one_of(
    *[st.tuples(st.just("fact"), st.integers(0, 500), st.integers(0, 9), figures, _ends)] * 4,
    st.tuples(st.just("keys"), _keys),
    st.tuples(st.just("keys"), _keys, _keys),
    st.tuples(st.just("burst"), _keys, _keys, _keys, _keys),
    st.tuples(st.just("type"), texts),
    st.tuples(st.just("type"), texts, st.sampled_from(["enter", "tab", "f5", "escape", "f2"])),
    st.tuples(st.just("act"), st.sampled_from([command.id for command in COMMANDS])),
    st.tuples(st.just("act"), st.sampled_from([command.id for command in COMMANDS])),
    st.tuples(st.just("out")),
    *[st.tuples(st.just("fact"), st.integers(0, 500), st.integers(0, 9), _blocks, _ends)] * 2,
    *[st.tuples(st.just("sure"), st.sampled_from(_WRITING), _ends)] * 4,
    st.tuples(st.just("place"), st.sampled_from(range(8, 24))),
    st.tuples(st.just("place"), st.integers(0, 60)),
    st.tuples(st.just("paste"), st.sampled_from(_TABLES) | texts),
    st.tuples(st.just("click"), _AT, _AT, st.sampled_from([1, 1, 1, 3]), st.integers(1, 2)),
    st.tuples(st.just("draw"), _AT, _AT, _AT, _AT),
    st.tuples(st.just("wheel"), _AT, _AT, st.booleans()),
    st.tuples(st.just("size"), st.sampled_from(_SIZES)),
)
days = st.fixed_dictionaries(
    {
        "begin": st.sampled_from([*["file"] * 9, "read only", "start"]),
        "profile": st.sampled_from(["default", "default", "vim"]),
        "counted": st.sampled_from([False, False, True]),
        "steps": st.lists(steps, min_size=30, max_size=80),
    }
)


class Session:
    """The program from its start to its end, and what a person does meanwhile."""

    def __init__(self, user: Desk) -> None:
        self._user = user

    async def do(self, step: Step) -> None:
        """Take one step, and wait until it has acted."""
        name, *values = step
        await getattr(self, f"_do_{name}")(*values)

    async def _do_keys(self, *keys: str) -> None:
        for key in keys:
            await self.press(key)

    async def _do_burst(self, *keys: str) -> None:
        await self.press(*keys)

    async def _do_type(self, text: str, *ends: str) -> None:
        await self.press(*map(_character_to_key, text), text=text)
        await self.press(*ends)

    async def _do_act(self, name: str) -> None:
        await self.press("ctrl+p")
        await self._choose(BY_ID[name].label)

    async def _do_place(self, number: int) -> None:
        bench = self._user.app.workbench
        if bench is not None:
            places = list(bench.workspace.registry.queries)
            await self.press("ctrl+g")
            await self._choose(places[number % len(places)].partition(".")[2])

    async def _do_fact(self, row: int, which: int, text: str, end: str) -> None:
        """Go to a cell that can be written to, and type, or paste, a text there."""
        bench = self._user.app.workbench
        if bench is None or self._user.app.screen is not bench or not bench.place:
            return
        pane = bench.query_pane
        if bench.pane is pane and (model := pane.model) is not None and model.row_count:
            at = model.row(row % model.row_count)
            columns = [each for each in model.shown if model.cells.target(each, at) is not None]
            if columns:
                column = columns[which % len(columns)].name
                await bench.open_place(bench.place, row_key=str(at["row_key"]), column=column)
        if len(text) > _BY_HAND or "\n" in text or "\t" in text:
            await self._do_paste(text)
            await self.press(end)
        else:
            await self._do_type(text, end)

    async def _do_sure(self, name: str, end: str) -> None:
        """Do what asks first, and answer."""
        await self._do_act(name)
        await self.press(end)

    async def _do_out(self) -> None:
        for _press in range(3):
            if isinstance(self._user.app.screen, ModalScreen):
                await self.press("escape")

    async def _do_paste(self, text: str) -> None:
        await self._act([events.Paste(text)])

    async def _do_click(self, x: int, y: int, button: int, times: int) -> None:
        at = self._at(x, y)
        for kind in (events.MouseDown, events.MouseUp) * times:
            await self._act([_mouse(kind, at, at, button)])

    async def _do_draw(self, x: int, y: int, to_x: int, to_y: int) -> None:
        start, end = self._at(x, y), self._at(to_x, to_y)
        await self._act([_mouse(events.MouseDown, start, start, 1)])
        await self._act([_mouse(events.MouseMove, end, start, 1)])
        await self._act([_mouse(events.MouseUp, end, end, 1)])

    async def _do_wheel(self, x: int, y: int, down: bool) -> None:  # noqa: FBT001
        kind = events.MouseScrollDown if down else events.MouseScrollUp
        await self._act([_mouse(kind, self._at(x, y), self._at(x, y), 0)])

    async def _do_size(self, wanted: tuple[int, int]) -> None:
        size = Size(*wanted)
        setattr(self._user.app._driver, "_size", size)  # noqa: B010, SLF001 - the terminal
        await self._act([events.Resize(size, size)])

    async def press(self, *keys: str, text: str = "") -> None:
        """Press keys at once; `text` are the characters that they type."""
        known = {"space": " ", "enter": "\r", "tab": "\t"}
        typed = text or [known.get(key, key if len(key) == 1 else None) for key in keys]
        await self._act([events.Key(*pair) for pair in zip(keys, typed, strict=True)])

    async def _choose(self, words: str) -> None:
        """Take in the palette what is called so; close it where nothing is."""
        await self._act([events.Paste(words)])
        await self.press("enter")
        if isinstance(self._user.app.screen, Palette):
            await self.press("escape")

    def _at(self, x: int, y: int) -> tuple[int, int]:
        size = self._user.app.size
        return x % max(size.width, 1), y % max(size.height, 1)

    async def _act(self, made: Sequence[events.Event]) -> None:
        for event in made:
            self._user._send(event)  # noqa: SLF001 - as the terminal does
            await asyncio.sleep(0)
        await self._settled(made)

    async def _settled(self, done: object) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._user._settle()  # noqa: SLF001 - as its own keys do
        except TimeoutError:
            pytest.fail(f"no answer to {done}\n{self._user.screen()}")

    async def is_heard(self) -> None:
        """See that Esc leads back to the file, that F1 helps there, and Esc leaves the help."""
        user = self._user
        for _press in range(_ESCAPES):
            bench = user.app.workbench
            if user.app.screen is bench and not bench.is_editing:
                break
            if isinstance(user.app.screen, Start):
                break
            await self.press("escape")
        screen: Screen[Any] = user.app.screen
        assert isinstance(screen, Workbench | Start), f"not left by Esc: {user.screen()}"
        await self.press("f1")
        shown: Screen[Any] = user.app.screen
        assert isinstance(shown, Help), f"no help: {user.screen()}"
        await self.press("escape")
        assert user.app.screen is screen, f"help stays: {user.screen()}"

    def shows_the_file(self) -> None:
        """See that each cell that shows is what the file holds, as it would print it."""
        app, bench = self._user.app, self._user.app.workbench
        if bench is None or not app.is_running or app.screen is not bench or not bench.place:
            return
        pane = bench.query_pane
        shown = pane.model
        if bench.pane is not pane or shown is None or bench.is_editing or pane.is_at_work:
            return
        query = bench.workspace.registry.queries.get(bench.place)
        if query is None or shown.cells.query is not query or shown.fault:
            return
        view = View.read(bench.workspace, query, pane.year)
        cells = bench.workspace.cells(query)
        held = QueryModel(cells, view.rows, view.names, set())
        names = [column.name for column in held.columns]
        for number, drawn in enumerate(shown.rows(0, shown.row_count)):
            key = str(shown.row(number)["row_key"])
            at = held.position(key)
            assert at is not None, f"{key} shows, and is not in the file"
            (there,) = held.rows(at, at + 1)
            for column, cell in zip(shown.columns, drawn.cells, strict=True):
                text = there.cells[names.index(column.name)].text
                if cells.columns[column.name].once and "" in {cell.text, text}:
                    continue  # it stands in the first of several rows alone
                assert cell.text.strip() == text.strip(), (query.full_name, key, column.name)
        grid = pane.grid
        if shown.row_count and shown.shown and app.size.width >= _WIDE and app.size.height >= _HIGH:
            (drawn,) = shown.rows(grid.cursor_row, grid.cursor_row + 1)
            text = drawn.cells[grid.cursor_column].text.strip()[:_BEGIN].strip()
            assert text in self._user.screen(), f"not drawn: {text}\n{self._user.screen()}"


def _mouse(
    kind: type[events.MouseEvent], at: tuple[int, int], before: tuple[int, int], button: int
) -> events.MouseEvent:
    moved = at[0] - before[0], at[1] - before[1]
    return kind(None, *at, *moved, button, False, False, False, *at)  # noqa: FBT003


@cache
def _example() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "sooko.duckdb")
        Workspace.create_example(path).close()
        return path.read_bytes()


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """Let whatever a person may write be in one folder."""
    before = Path.cwd()
    with pytest.MonkeyPatch.context() as patch:
        for name, part in (("HOME", ""), ("XDG_CONFIG_HOME", "c"), ("XDG_STATE_HOME", "s"),
                           ("XDG_DATA_HOME", "d")):  # fmt: skip
            patch.setenv(name, str(folder / part))
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


async def _one_session(
    path: Path, day: dict[str, Any], todo: list[Step], keys: KeySettings
) -> None:
    """Use the program until it ends or nothing is left to do."""
    workspace = None
    if day["begin"] != "start":
        workspace = Workspace.open(path, read_only=day["begin"] == "read only")
    app = LkjipApp(workspace, memory=Memory(path.parent / "state.json"), keys=keys)
    errors: list[str] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: errors.append(str(context)))
    try:
        async with app.run_test(size=(120, 36), notifications=True, tooltips=True) as pilot:
            user = Desk(app, pilot)
            session = Session(user)
            await session.press("f24")
            while todo and app.is_running:
                step = todo.pop(0)
                await session.do(step)
                if user.app.is_running:
                    session.shows_the_file()
                elif day["profile"] == "default":  # letters quit nothing, either
                    assert {"ctrl+q", "quit"} & {*map(str, step)}, f"ended by {step}"
            if app.is_running:
                await session.is_heard()
                session.shows_the_file()
                await session.press("ctrl+q")
                assert not app.is_running, f"Ctrl+Q ends nothing\n{user.screen()}"
    finally:
        if app.workspace is not None:
            app.workspace.close()
    assert not errors, errors


async def _day(path: Path, day: dict[str, Any], todo: list[Step]) -> None:
    keys = KeySettings.parse(f'profile = "{day["profile"]}"', path.parent / "keys.toml")
    while todo:
        await _one_session(path, day, todo, keys)


def live(day: dict[str, Any]) -> None:
    """Do all of it on the example office, and hold the file against the laws."""
    crashed: list[str] = []
    with TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        folder = Path(home)
        if not day["counted"]:
            patch.setattr(workbench, "_AFTER_A_CHANGE", 3_600)
        patch.setattr(threading, "excepthook", lambda found: crashed.append(repr(found)))
        path = folder / "sooko.duckdb"
        path.write_bytes(_example())
        first = copyfile(path, folder / "first.duckdb")
        with Workspace.open(Path(first)) as workspace:
            start = digest_of(workspace)
        with _at_home(folder):
            asyncio.run(_day(path, day, list(day["steps"])))
        assert not crashed, crashed
        with Workspace.open(path) as workspace:
            assert workspace.loss is None
            end = digest_of(workspace)
            assert day["begin"] != "read only" or end == start
            assert dangling(workspace) == []
            count = 0
            while workspace.undo() is not None:
                count += 1
            assert digest_of(workspace) == start, "undoing all does not lead back"
            for _act in range(count):
                workspace.redo()
            assert digest_of(workspace) == end, "redoing all does not lead there again"


@AS_FOUND
@given(days)
def test_no_keys_end_the_program_or_lose_what_was_saved(day: dict[str, Any]) -> None:
    """A slip of the hand would cost the user the work of an hour."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    live(day)


LAWS = (test_no_keys_end_the_program_or_lose_what_was_saved,)
