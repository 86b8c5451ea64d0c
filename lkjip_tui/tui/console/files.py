"""Opens a file of elsewhere as a table that statements read, and looks at it."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_dropped
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import Ask, Choose, path_of
from lkjip_tui.tui.told import Told

if TYPE_CHECKING:
    from lkjip_tui.core.sql.file_tables import FileTable
    from lkjip_tui.tui.console.pane import SqlPane

_T = TypeVar("_T")


class SqlFiles:
    """What the console does with files of figures."""

    def __init__(self, workspace: Workspace, pane: "SqlPane") -> None:
        self._workspace, self._pane = workspace, pane

    def do_open_table(self) -> None:
        """Ask for a file, and make a table of it."""
        self._pane.run_worker(self._open())

    async def _open(self) -> None:
        app, pane = self._pane.app, self._pane
        offered = f"{self._workspace.path.absolute().parent}/"
        about = _(".csv, .xlsx, .xls, .ods and .parquet; it becomes files.NAME until the program"
                  " ends, and the office's file holds nothing of it.")  # fmt: skip
        while answer := await app.push_screen_wait(
            Ask(_("Open a file as a table"), offered, about)
        ):
            try:
                sheets = await self._off_screen(
                    partial(_sheets, path_of(answer, self._workspace.path.parent))
                )
                sheet = None
                if len(sheets) > 1:
                    sheet = await app.push_screen_wait(Choose(_("Which sheet?"), sheets))
                    if sheet is None:
                        return
                self._tell(_("Reading {file} …").format(file=answer))
                table, told = await self._off_screen(partial(self._kept, answer, sheet))
            except LkjipError as error:
                offered, about = answer, str(error)
                self._tell("")
            else:
                pane.editor.begin(f"select *\nfrom {table.name}")
                pane.editor.read_names()
                await app.run_action("command('run')")
                self._tell(" ".join(filter(None, [_said(table), told])))
                return

    def _kept(self, answer: str, sheet: str | None) -> "tuple[FileTable, str]":
        from lkjip_tui.transfer import file_table  # noqa: PLC0415 - not before it is asked for

        file = path_of(answer, self._workspace.path.parent).absolute()
        rows = file_table.read(file, sheet)
        return self._workspace.console.keep_file(file, sheet or "", rows), rows.told

    async def _off_screen(self, act: Callable[[], _T]) -> _T:
        """Do something off the screen; keys meanwhile would fall on what is not there yet."""
        with keys_dropped(self._pane):
            return await asyncio.to_thread(act)

    def _tell(self, text: str) -> None:
        self._pane.post_message(Told(text))


def _sheets(file: Path) -> list[str]:
    from lkjip_tui.transfer import source  # noqa: PLC0415 - not before it is asked for

    return list(source.sheets(file))


def _said(table: "FileTable") -> str:
    rows = plural("{count} row", "{count} rows", table.count)
    rows = rows.format(count=show(table.count, Kind.COUNT))
    return _("{table}: {rows}.").format(table=table.name, rows=rows)
