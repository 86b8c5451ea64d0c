"""Writes tables as files in the forms that are wanted, and what tells where they come from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from lkjip_tui.core.errors import FileError, Interrupted, IsStopped, QueryError
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.storage.cursors import Stream
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import machine, manifest, markdown, printed, records
from lkjip_tui.transfer.files import appearing, require_absent
from lkjip_tui.transfer.forms import FileForm, ending_of
from lkjip_tui.transfer.manifest import TableSet
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.records import Records


@dataclass(frozen=True, slots=True)
class Exportable:
    """What can be written in any form: as printed tables, or as records under their names.

    `headings` are the printed words for the records' names, where there are such; `full_name` is
    what a view goes by, `name` what its file does.
    """

    name: str
    tables: Callable[[], Iterable[PrintedTable]]
    records: Callable[[], Records]
    headings: Callable[[], Mapping[str, str]] = dict
    title: str = ""
    full_name: str = ""


def of_query(workspace: Workspace, query: Query, year: int) -> Exportable:
    """Return a view of a year; a report table goes by its bare name, others by their full one."""
    return Exportable(
        query.name if query.kind is Kind.TABLE else query.full_name,
        lambda: printed.of_query(workspace, query, year),
        lambda: records.of_query(workspace, query, year),
        lambda: printed.headings(workspace.cells(query), workspace.names(year)),
        query.title(),
        query.full_name,
    )


def of_statement(run: Callable[[], Stream]) -> Exportable:
    """Return the result of a statement; `run` gives it anew, not begun, each time it is read."""
    return Exportable(
        "result",
        lambda: [printed.of_records("", records.of_stream(run()))],
        lambda: records.of_stream(run()),
    )


def of_report(workspace: Workspace, year: int) -> list[Exportable]:
    """Return all tables of a year's report."""
    return [of_query(workspace, query, year) for query in workspace.registry.of_kind(Kind.TABLE)]


def export(
    wanted: Iterable[Exportable],
    folder: Path,
    forms: Sequence[FileForm],
    *,
    spreadsheet: bool = False,
    replace: bool = False,
    table_set: TableSet | None = None,
    is_stopped: IsStopped = bool,
) -> tuple[list[Path], list[QueryError]]:
    """Write each in each form, once, into a folder; return the files and why others failed.

    `spreadsheet` makes CSV for an Indonesian Excel. With a `table_set` a manifest is written
    behind them. A query that fails harms no other. Raises FileError when a file cannot be
    written and Interrupted once it `is_stopped`, naming those written before it; without `replace`
    FileThere is raised before anything is written when one of them is there already.
    """
    files = {folder / f"{what.name}.{form}": (what, form) for what in wanted for form in forms}
    listed = folder / manifest.NAME
    if not replace:
        require_absent([*files, *[listed] * bool(table_set)])
    written: list[Path] = []
    failed: list[QueryError] = []
    told: list[dict[str, object]] = []
    about = table_set.foot if table_set else ""
    try:
        for what, found in groupby(files.items(), key=lambda item: item[1][0]):
            before = len(written)
            for file, (_what, form) in found:
                try:
                    _write(what, form, file, is_stopped, spreadsheet=spreadsheet, about=about)
                except QueryError as error:
                    failed.append(QueryError(f"{file.name}: {error.message}", error.hint))
                else:
                    written.append(file)
            if table_set and written[before:]:
                told.append(manifest.described(
                    what.full_name, what.title, what.records(), written[before:]
                ))  # fmt: skip
        if table_set:
            with appearing(listed, is_stopped) as out:
                out.write(table_set.manifest(told).encode())
            written.append(listed)
    except (FileError, Interrupted) as error:
        names = ", ".join(path.name for path in written)
        hint = _("Written before it: {files}.").format(files=names)
        raise type(error)(error.message, hint if written else error.hint) from error
    return written, failed


def export_one(
    what: Exportable, file: Path, *, replace: bool = False, is_stopped: IsStopped = bool
) -> None:
    """Write one to a file, in the form that its ending names.

    Raises UsageError for an ending that names none, FileThere when the file is there already and
    is not to be replaced, FileError when it cannot be written, Interrupted once it `is_stopped`.
    """
    form = FileForm(ending_of(file, list(FileForm)))
    if not replace:
        require_absent([file])
    _write(what, form, file, is_stopped)


def _write(
    what: Exportable,
    form: FileForm,
    file: Path,
    is_stopped: IsStopped,
    *,
    spreadsheet: bool = False,
    about: str = "",
) -> None:
    with appearing(file, is_stopped) as out:
        match form:
            case FileForm.XLSX:
                from lkjip_tui.transfer import xlsx  # noqa: PLC0415 - for who wants it

                xlsx.write(out, what.tables(), what.title or what.name, about, is_stopped)
            case FileForm.DOCX:
                from lkjip_tui.transfer import docx  # noqa: PLC0415 - likewise

                docx.write(out, what.tables(), is_stopped)
            case _:
                _write_text(out, what, form, spreadsheet=spreadsheet)


def _write_text(out: BinaryIO, what: Exportable, form: FileForm, *, spreadsheet: bool) -> None:
    text = TextIOWrapper(out, "utf-8", newline="")
    try:
        if form is FileForm.MD:
            markdown.write(text, what.tables())
        elif spreadsheet:
            text.write("\ufeff")
            machine.write_spreadsheet_csv(text, what.records(), what.headings())
        else:
            machine.write_csv(text, what.records())
    finally:
        text.detach()
