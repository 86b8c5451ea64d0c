"""A file of elsewhere taken into the table that is shown, through the preview."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lkjip_tui import garbage
from lkjip_tui.core.acts import BulkAct
from lkjip_tui.core.errors import (
    Interrupted,
    LkjipError,
    SavedUnmarked,
    UnheadedError,
    UsageError,
)
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_dropped
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import Ask, Choose, path_of
from lkjip_tui.tui.long_act import LongAct
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.query_pane import QueryPane
from lkjip_tui.tui.stoppable import Stoppable

if TYPE_CHECKING:
    from lkjip_tui.core.imports.importing import Import
    from lkjip_tui.transfer.source import Source
    from lkjip_tui.tui.preview import Preview
    from lkjip_tui.tui.workbench import Workbench

_T = TypeVar("_T")


class ImportCommands(Stoppable[LongAct]):
    """Acts of a workbench that take a file in."""

    def __init__(self, workspace: Workspace, bench: "Workbench", memory: Memory) -> None:
        super().__init__(LongAct(bench, bench.tell))
        self._workspace, self._bench, self._memory = workspace, bench, memory

    def do_import(self) -> None:
        """Take figures and names over from a file."""
        self._bench.run_worker(self._import())

    async def _import(self) -> None:
        bench = self._bench
        model = bench.pane.model if isinstance(bench.pane, QueryPane) else None
        query = model.cells.query if model is not None else None
        if query is None or not query.header.edits:
            bench.tell(_("Nothing can be imported here: go to the sheet that the file belongs to."))
            return
        title = _("Import into {table}").format(table=query.title())
        source = await self._asked(title)
        if source is not None:
            await self._take_in(query, title, source)
            rows = [*source.block.rows]
            del source
            await asyncio.to_thread(garbage.let_go, rows)

    async def _asked(self, title: str) -> "Source | None":
        """Ask for a file, and for its sheet where it has several, until one is read."""
        bench = self._bench
        file = f"{self._workspace.path.absolute().parent}/"
        about = _(".csv, .xlsx, .xls, .ods and .parquet; nothing is written before you have seen"
                  " what would change.")  # fmt: skip
        while answer := await bench.app.push_screen_wait(Ask(title, file, about)):
            try:
                path = path_of(answer, self._workspace.path.parent)
                told = _("Reading {file}").format(file=answer)
                sheets = await self._ask(told, partial(_sheets, path))
                sheet = None
                if len(sheets) > 1:
                    bench.tell("")
                    sheet = await bench.app.push_screen_wait(Choose(_("Which sheet?"), sheets))
                    if sheet is None:
                        return None
                return await self._ask(told, partial(_read, path, sheet))
            except Interrupted as error:
                bench.tell(error.message)
                return None
            except LkjipError as error:
                file, about = answer, str(error)
        return None

    async def _take_in(self, query: Query, title: str, source: "Source") -> None:
        """Compare and show, as often as the user says otherwise what headings are."""
        from lkjip_tui.core.imports import source_columns  # noqa: PLC0415 - when needed
        from lkjip_tui.transfer import imported  # noqa: PLC0415 - likewise
        from lkjip_tui.tui.import_proposal import ImportProposal  # noqa: PLC0415 - likewise
        from lkjip_tui.tui.preview import Preview  # noqa: PLC0415 - likewise

        bench, workspace, year = self._bench, self._workspace, self._bench.year
        told = source_columns.headings(source.block)
        said, is_said = self._memory.columns(query.full_name, told), False
        while True:
            cells, names = workspace.cells(query), workspace.names(year)

            def compare(said: Mapping[str, str] = said) -> "Import":
                return workspace.compare(query, year, source.block, said)

            try:
                compared = await self._ask(_("Comparing"), compare, lambda it: it.close())
            except UsageError as error:
                bench.tell("")
                is_unheaded = isinstance(error, UnheadedError)
                about = error.message if is_unheaded else str(error)  # its hint is no key's
                headings = [(text, None) for text in told]
                answer = await self._said(query, source, headings, said, about)
            except LkjipError as error:
                bench.tell_failure(error)
                return
            else:
                try:
                    proposal = await self._off_screen(
                        partial(ImportProposal, compared, self._do, cells, names)
                    )
                    notes = [source.told, *imported.columns(compared, cells, names)]
                    bench.tell("")
                    decided = await self._decided(
                        partial(
                            Preview,
                            title,
                            proposal,
                            notes,
                            other=_("which columns"),
                            stop=workspace.stop_writing,
                        ),
                        partial(self._said, query, source, compared.headings(), said),
                    )
                    if decided is False:
                        bench.tell(_("Nothing was changed."))
                    elif decided is True and is_said:
                        self._memory.said(query.full_name, told, said)
                    if isinstance(decided, bool):
                        return
                    answer = decided
                finally:
                    await asyncio.to_thread(compared.close)
            if answer is None:
                return
            said, is_said = answer, True

    async def _decided(
        self,
        preview: Callable[[], "Preview"],
        say_columns: Callable[[], Awaitable[Mapping[str, str] | None]],
    ) -> bool | Mapping[str, str]:
        """Show what would be; returns whether it was done, or what other columns are meant."""
        is_unsaved = False
        while True:
            shown = preview()
            shown.is_unsaved = is_unsaved
            done = await self._bench.app.push_screen_wait(shown)
            if done is not None:
                return done
            is_unsaved = shown.is_unsaved
            if (said := await say_columns()) is not None:
                return said

    async def _said(
        self,
        query: Query,
        source: "Source",
        headings: Sequence[tuple[str, str | None]],
        said: Mapping[str, str],
        about: str = "",
    ) -> Mapping[str, str] | None:
        """Ask which column each heading is; None when the user leaves it."""
        from lkjip_tui.core.imports import source_columns  # noqa: PLC0415 - when needed
        from lkjip_tui.transfer import imported  # noqa: PLC0415 - likewise
        from lkjip_tui.tui.heading_window import HeadingWindow  # noqa: PLC0415 - likewise

        cells, names = self._workspace.cells(query), self._workspace.names(self._bench.year)
        columns = source_columns.choices(cells, source_columns.levels_of(query))
        words = imported.heading_words(cells, names, columns)
        taken = [name for _heading, name in headings if name is not None]
        others = imported.heading_words(cells, names, taken)
        rows = source.block.rows
        last = rows[len(rows) // 2] if rows else ()
        examples = [last[at] if at < len(last) else "" for at in range(len(headings))]
        return await self._bench.app.push_screen_wait(
            HeadingWindow(headings, examples, words, said, others=others, about=about)
        )

    async def _do(self, compared: "Import") -> str | None:
        """Take the source in, and show it; returns why it cannot be, None when it is done."""
        from lkjip_tui.transfer import imported  # noqa: PLC0415 - when needed

        bench, counts = self._bench, await self._off_screen(lambda: compared.counts)
        if not counts.changed and not counts.new_rows:
            told = _("The file holds all of it already; nothing was changed.")
            bench.tell(
                told if counts.unchanged else _("Nothing of the source could be taken over.")
            )
            return None
        act: BulkAct | None = None
        try:
            act = await self._off_screen(lambda: self._workspace.take_in(compared))
        except SavedUnmarked as error:  # it is done all the same
            bench.tell(str(error), error=True)
        except LkjipError as error:
            return str(error)
        pane = bench.pane
        if isinstance(pane, QueryPane):
            await pane.reload()
        if act is not None:
            bench.changed(_("import: {counts}").format(counts=imported.summary(counts)))
        return None

    async def _ask(
        self, told: str, act: Callable[[], _T], leave: Callable[[_T], object] = type
    ) -> _T:
        """Do alike what can be stopped."""
        with keys_dropped(self._bench):
            return await self._work.ask(told, act, leave)

    async def _off_screen(self, act: Callable[[], _T]) -> _T:
        """Do something off the screen; raises what it raises.

        Keys meanwhile would fall on a preview that nobody has seen yet.
        """
        with keys_dropped(self._bench):
            return await asyncio.to_thread(act)


def _sheets(file: Path) -> list[str]:
    from lkjip_tui.transfer import source  # noqa: PLC0415 - not before it is asked for

    return list(source.sheets(file))


def _read(file: Path, sheet: str | None) -> "Source":
    from lkjip_tui.transfer import source  # noqa: PLC0415 - not before it is asked for

    return source.read(file, sheet)
