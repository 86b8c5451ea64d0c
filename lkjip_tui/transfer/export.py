"""Writes tables as files: each whole or not at all, none over another's unless asked."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from lkjip_tui import paths
from lkjip_tui.core.cursors import Stream
from lkjip_tui.core.errors import FileError, QueryError, UsageError
from lkjip_tui.core.queries import Kind, Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import machine, markdown, printed, records
from lkjip_tui.transfer.forms import FileForm
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.records import Records


@dataclass(frozen=True, slots=True)
class Exportable:
    """What can be written in any form: as printed tables, or as records under their names.

    `headings` are the printed words for the records' names, where there are such.
    """

    name: str
    tables: Callable[[], Iterable[PrintedTable]]
    records: Callable[[], Records]
    headings: Callable[[], Mapping[str, str]] = dict


def of_query(workspace: Workspace, query: Query, year: int) -> Exportable:
    """Return a view of a year; a report table goes by its bare name, others by their full one."""
    return Exportable(
        query.name if query.kind is Kind.TABLE else query.full_name,
        lambda: printed.of_query(workspace, query, year),
        lambda: records.of_query(workspace, query, year),
        lambda: printed.headings(workspace.cells(query), workspace.names(year)),
    )


def of_statement(run: Callable[[], Stream]) -> Exportable:
    """Return the result of a statement; `run` gives it anew, not begun, each time it is read."""
    return Exportable(
        "result",
        lambda: [printed.of_records("", records.of_stream(run()))],
        lambda: records.of_stream(run()),
    )


def export(
    wanted: Iterable[Exportable],
    folder: Path,
    forms: Sequence[FileForm],
    *,
    spreadsheet: bool = False,
    replace: bool = False,
) -> tuple[list[Path], list[QueryError]]:
    """Write each in each form, once, into a folder; return the files and why others failed.

    `spreadsheet` makes CSV for an Indonesian Excel. A query that fails harms no other. Raises
    FileError when a file cannot be written, naming those written before it; without `replace`
    it is raised before anything is written when one of them is there already.
    """
    files = {folder / f"{what.name}.{form}": (what, form) for what in wanted for form in forms}
    there = [file.name for file in files if os.path.lexists(file)]
    if there and not replace:
        raise FileError(
            _("{files} in {folder} would be replaced; nothing was written.").format(
                files=", ".join(there), folder=folder
            ),
            _("Name another folder, or replace them with --force."),
        )
    written: list[Path] = []
    failed: list[QueryError] = []
    for file, (what, form) in files.items():
        try:
            _write(what, form, file, spreadsheet=spreadsheet)
        except QueryError as error:
            failed.append(QueryError(f"{file.name}: {error.message}", error.hint))
        except FileError as error:
            before = ", ".join(path.name for path in written)
            told = _("Written before it: {files}.").format(files=before)
            raise FileError(error.message, told if written else error.hint) from error
        else:
            written.append(file)
    return written, failed


def export_one(what: Exportable, file: Path) -> None:
    """Write one to a new file, in the form that its ending names.

    Raises UsageError for an ending that names none, FileError when the file is there already or
    cannot be written.
    """
    form = next((form for form in FileForm if file.suffix == f".{form}"), None)
    if form is None:
        raise UsageError(
            _("The name {file} does not say which form is meant.").format(file=file.name),
            _("End it with {endings}.").format(endings=" · ".join(f".{form}" for form in FileForm)),
        )
    if os.path.lexists(file):
        raise FileError(
            _("{file} is already there; it was left as it is.").format(file=file),
            _("Name another file."),
        )
    _write(what, form, file)


def _write(what: Exportable, form: FileForm, file: Path, *, spreadsheet: bool = False) -> None:
    try:
        with _appearing(file) as out:
            if form is FileForm.MD:
                markdown.write(out, what.tables())
            elif spreadsheet:
                out.write("\ufeff")
                machine.write_spreadsheet_csv(out, what.records(), what.headings())
            else:
                machine.write_csv(out, what.records())
    except OSError as error:
        raise FileError(
            _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror),
            _("Name a folder with space that you may write to."),
        ) from error


@contextmanager
def _appearing(file: Path) -> Iterator[TextIO]:
    """Open a file that stands under its name only once all of it is on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{uuid4().hex[:8]}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
        paths.sync_folder(file.parent)
    finally:
        part.unlink(missing_ok=True)
