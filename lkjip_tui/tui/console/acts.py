"""What the console does with the catalogue, and to save a statement as a query of one's own."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.errors import FileError, LkjipError, QueryError, system_reason
from lkjip_tui.core.query.header import Words
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.sql import parameters
from lkjip_tui.core.sql.drafting import Draft, Drafting
from lkjip_tui.core.sql.fact_columns import lacking
from lkjip_tui.core.sql.saved_query import Fields, body_of, completed, fields_of
from lkjip_tui.core.sql.sql_catalogue import Entry, entries
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.grid.layout import fit, width_of
from lkjip_tui.language import _
from lkjip_tui.tui.console.buffers import write_whole
from lkjip_tui.tui.dialogs import Choose, Confirm, shown_path
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.stoppable import Stoppable
from lkjip_tui.tui.told import DeleteQuery, QuerySaved, Told

if TYPE_CHECKING:
    from lkjip_tui.tui.console.catalogue import Wanted
    from lkjip_tui.tui.console.pane import SqlPane

#: Lines of a statement that a question shows of it, and letters that one has room for.
_MOST_LINES: Final = 9
_MOST_LETTERS: Final = 68


class CatalogueActs:
    """What the console does with the catalogue."""

    def __init__(self, pane: "SqlPane", workspace: Workspace) -> None:
        self._pane = pane
        self._workspace = workspace
        self._looked = ""

    def do_catalogue(self) -> None:
        """List what the file holds; what is chosen comes into the editor."""
        self._pane.run_worker(self._open(), group="catalogue", exclusive=True)

    async def _open(self) -> None:
        from lkjip_tui.tui.console.catalogue import SqlCatalogue  # noqa: PLC0415 - opened seldom

        workspace, known = self._workspace, self._pane.editor.area.names

        def read() -> tuple[Names, list[Entry]]:
            with workspace.session() as session:
                names = known if known.relations else Names.read(session, workspace.registry)
            return names, entries(names, workspace.registry, workspace.fact_tables)

        with keys_waiting(self._pane):
            try:
                names, listed = await asyncio.to_thread(read)
            except LkjipError as error:
                self._pane.post_message(Told(str(error), error=True))
                return
            window = SqlCatalogue(workspace, names, listed, self._pane.year)
            await self._pane.app.push_screen(window, self._take)

    def _take(self, wanted: "Wanted | None") -> None:
        editor = self._pane.editor
        if wanted is None:
            return
        if wanted.act == "delete":
            self._pane.post_message(DeleteQuery(wanted.text))
            return
        if wanted.act == "open":
            self._pane.run_worker(self._open_refused(wanted.text))
            return
        if wanted.act == "put":
            editor.put_in(_apart(wanted.text, editor.area.text, min(editor.area.chosen_offsets)))
            return
        if self._looked and editor.area.text == self._looked:
            editor.put_whole(wanted.text)  # it was not typed, and is not missed
        else:
            editor.begin(wanted.text)
        if wanted.act == "run":
            self._looked = wanted.text
            run = partial(self._pane.app.run_action, "command('run')")
            self._pane.app.call_later(run)

    async def _open_refused(self, file: str) -> None:
        """Show the text of a query file that was refused, and say why it was."""
        refused = self._workspace.registry.refused
        told = next((str(each.error) for each in refused if each.file == file), "")
        try:
            await self._pane.editor.open_file(Path(file))
        except LkjipError as error:
            told = str(error)
        self._pane.post_message(Told(told, error=True))


def _apart(name: str, text: str, at: int) -> str:
    """Return a name with a blank before it where it would become one with another."""
    before = text[at - 1 : at] if at else ""
    return f" {name}" if before.isalnum() or before in {"_", '"', ")", ","} else name


class SaveActs(Stoppable[LongRead]):
    """What the console does to save a statement as a query."""

    def __init__(self, pane: "SqlPane", workspace: Workspace) -> None:
        super().__init__(LongRead())
        self._pane = pane
        self._workspace = workspace

    def do_save_query(self) -> None:
        """Ask what the statement shall be, and save it as that."""
        self._pane.run_worker(self._save(), group="save", exclusive=True)

    async def _save(self) -> None:
        try:
            await self._ask_and_save()
        except LkjipError as error:
            self._pane.post_message(Told(str(error), error=True))

    async def _ask_and_save(self) -> None:
        from lkjip_tui.tui.console.save import KINDS, SaveQuery  # noqa: PLC0415 - likewise

        app = self._pane.app
        found = self._pane.editor.to_run()
        if len(found) != 1:
            raise QueryError(_("One statement is saved."), _("Put the cursor into it."))
        statement = found[0].text
        kinds = {_(words): kind for kind, words in KINDS.items()}
        chosen = await app.push_screen_wait(Choose(_("Save the statement as"), list(kinds)))
        if chosen is None:
            return
        kind = kinds[chosen]
        draft = await self._draft(body_of(statement)[1], kind)
        notes = [*draft.told, *(self._kept_from_writing(draft) if kind is Kind.SHEET else ())]
        if notes:
            told = "\n".join([*(f"○ {each}" for each in notes), "", _cut(draft.select)])
            question = _("For a view it becomes")
            if not await app.push_screen_wait(Confirm(question, told, _("go on"))):
                return
        fields = fields_of(statement, kind, _("One statement that reads; F5 runs it."))
        same = [
            each
            for each in self._workspace.registry.of_kind(kind)
            if fields.title.id and each.header.title == fields.title
        ]
        ours = next((each.name for each in same if each.is_own), "")
        file = self._pane.editor.file  # also one that the program refused
        if file is not None:
            lies = await asyncio.to_thread(file.parent.resolve)
            ours = file.stem if lies == await asyncio.to_thread(self._folder, kind) else ours
        fields = replace(fields, name=ours)  # it was opened to be changed
        names = self._pane.editor.area.names
        view = ours or next((each.name for each in same), "")
        held = names.relation([kind, view])
        before = [column.name for column in held.columns] if held and len(held.path) > 1 else []
        fields = completed(fields, draft, self._workspace.registry, before)
        require, changed = self._workspace.require_facts, fields.title
        while filled := await app.push_screen_wait(SaveQuery(fields, draft, require)):
            fields, text = filled
            if await self._write(fields, text, changed):
                return

    def _kept_from_writing(self, draft: Draft) -> Iterator[str]:
        """Say of each fact of a sheet what it lacks to be edited there."""
        told = _("“{column}” cannot be edited there; select beside it: {needed}.")
        for column, needed in lacking(draft.own, self._workspace.registry).items():
            yield told.format(column=column, needed=", ".join(needed))

    async def _draft(self, statement: str, kind: Kind) -> Draft:
        """Return the statement as a view's select, tried out; raises what is wrong with it."""
        workspace = self._workspace
        asked = workspace.console.parameters(statement)
        if others := parameters.in_order([statement], asked):
            raise QueryError(
                _("A view has no parameters: ${name} stands for nothing there.").format(
                    name=others[0]
                ),
                _("Write the value itself."),
            )
        workspace.console.stream(statement).close()  # what could change something is refused
        known, years = self._pane.editor.area.names, workspace.office.years

        def read(session: Session) -> Draft:
            names = known if known.relations else Names.read(session, workspace.registry)
            more = None if workspace.read_only else workspace.another_year
            drafting = Drafting(
                session, names, workspace.registry, kind=kind, years=years, another_year=more
            )
            return drafting.draft(statement)

        session = workspace.session()
        draft = await self._work.run(self._pane, session, read)
        session.close()
        return draft

    def _folder(self, kind: Kind) -> Path:
        """Return where queries of one's own of a kind lie."""
        return (self._workspace.path.parent / "queries").resolve() / kind.folder

    async def _write(self, fields: Fields, text: str, changed: Words) -> bool:
        """Write the file, after asking where something stands there; False if it shall not be.

        `changed` is the title of what was opened to be changed.
        """
        app = self._pane.app
        file = await asyncio.to_thread(self._folder, fields.kind) / f"{fields.name}.sql"
        full_name = f"{fields.kind}.{fields.name}"
        held = self._workspace.registry.queries.get(full_name)
        question = told = ""
        there = await asyncio.to_thread(_text_of, file)
        if there is not None:
            question = _("Write over {file}?").format(file=shown_path(file))
            told = _("It holds another query of yours.")
            if changed.id and fields_of(there, fields.kind).title == changed:
                told = _("This replaces “{title}” as it was saved before.").format(title=changed.id)
        elif held is not None and not held.is_own:
            question = _("Let it stand in the place of {name}?").format(name=full_name)
            told = _("That comes with the program: “{title}”. It comes back with your file gone.")
            told = told.format(title=held.title())
        if question and not await app.push_screen_wait(Confirm(question, told, _("write"))):
            return False
        await asyncio.to_thread(_put, file, text)
        self._pane.post_message(QuerySaved(full_name, str(file)))
        return True


def _text_of(file: Path) -> str | None:
    """Return what a file holds, as far as it can be read; None where there is none."""
    try:
        return file.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError:
        return ""


def _put(file: Path, text: str) -> None:
    """Write a file whole, in a folder that is there then; raises FileError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
    except OSError as error:
        told = _("{file} cannot be written: {reason}")
        raise FileError(told.format(file=file, reason=system_reason(error))) from error


def _cut(statement: str) -> str:
    """Return as much of a statement as a question has room for."""
    lines: list[str] = []
    room = _MOST_LINES
    for line in statement.split("\n"):
        if room <= 0:
            return "\n".join([*lines, "…"])
        lines.append(fit(line, room * _MOST_LETTERS).rstrip())
        room -= 1 + width_of(line) // _MOST_LETTERS
    return "\n".join(lines)
