"""Makes a frozen edition: whole, proved and recorded in the journal, or not at all."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from lkjip_tui import __version__
from lkjip_tui.core import editions
from lkjip_tui.core.editions import Edition
from lkjip_tui.core.errors import FileError, IsStopped, LkjipError, system_reason
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.storage.companions import is_plain
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.system import sync_folder
from lkjip_tui.transfer import export, report_files
from lkjip_tui.transfer.forms import FileForm
from lkjip_tui.transfer.report_blocks import Problem

_TABLES = "tables"


def freeze(
    workspace: Workspace, name: str, year: int, session: Session
) -> tuple[Edition, Sequence[Problem]]:
    """Freeze what the file holds now, with a year's report and its tables in every form.

    Returns with it the names in the report that have nothing to say.

    Raises FileError or UsageError, QueryError for a table that fails, Interrupted when the
    session is; nothing is left then.
    """
    editions.require_new(workspace.path, name)
    folder = editions.folder_of(workspace.path) / name
    try:
        with _part(folder) as part:
            copy = part / workspace.path.name
            workspace.back_up(copy, lambda: session.is_stopped)
            queries = workspace.path.parent / "queries"
            if queries.is_dir():  # the tables of one's own are made by these
                shutil.copytree(queries, part / "queries", ignore=_what_is_elsewhere)
            with workspace.beside(copy) as frozen:
                session.require_unstopped()
                # Of the copy, so that all of the edition is of one moment.
                _export(frozen, part / _TABLES, year, lambda: session.is_stopped)
                _written, problems = report_files.write(
                    frozen,
                    year,
                    part / f"lkjip-{year}.docx",
                    is_stopped=lambda: session.is_stopped,
                )
                origin = frozen.origin()
                told = {
                    "name": name,
                    "fiscal_year": year,
                    "office": origin.office,
                    "frozen_at": origin.at.isoformat(timespec="seconds"),
                    "program": f"lkjip {__version__}",
                    "file_id": str(origin.file_id),
                    "journal_id": origin.journal_id,
                    "database": copy.name,
                }
            session.require_unstopped()
            editions.seal(part, told)
            part.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise FileError(
            _("{file} cannot be written: {reason}.").format(
                file=folder, reason=system_reason(error)
            ),
            _("Free some space in its folder."),
        ) from error
    edition = Edition.read(folder)
    try:
        workspace.editions.record(edition)
    except LkjipError:
        if not workspace.editions.is_recorded(edition):
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return edition, problems


def _what_is_elsewhere(folder: str, names: Sequence[str]) -> Sequence[str]:
    """Return what is no file or folder itself: an edition is handed on, and all that it holds."""
    there = [Path(folder, name) for name in names]
    return [
        path.name for path in there if path.is_symlink() or not (path.is_dir() or is_plain(path))
    ]


def _export(frozen: Workspace, folder: Path, year: int, is_stopped: IsStopped) -> None:
    tables = [export.of_query(frozen, table, year) for table in frozen.registry.of_kind(Kind.TABLE)]
    _written, failed = export.export(tables, folder, list(FileForm), is_stopped=is_stopped)
    if failed:
        raise failed[0]


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which is gone afterwards unless it has another name by then."""
    folder.parent.mkdir(exist_ok=True)
    for left in folder.parent.glob(".*.part"):  # of an edition that was cut off
        shutil.rmtree(left, ignore_errors=True)
    part = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}.part")
    part.mkdir()
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
