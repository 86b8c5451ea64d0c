"""Frozen editions of a file: a copy with its exports in a folder, and a manifest that proves them.

They stand in `X.duckdb.editions/NAME/`. The manifest holds the hash of every file in the folder,
and the file's journal the hash of the manifest, so that whatever was changed since is told.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID

from lkjip_tui.core import differences
from lkjip_tui.core.changes.chronicle import Chronicle
from lkjip_tui.core.changes.journal import Journal
from lkjip_tui.core.differences import Difference, Side
from lkjip_tui.core.errors import FileDamaged, FileError, UsageError
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.storage.companions import is_plain
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.language import _, mark
from lkjip_tui.system import sync_folder

if TYPE_CHECKING:
    from lkjip_tui.core.workspace import Workspace

#: What the journal calls an edition; it is no fact, and not undone.
TABLE: Final = "edition"
FREEZE: Final = mark("freeze an edition")
MANIFEST: Final = "edition.json"

_LONGEST: Final = 100
_UNFIT: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]|^[. ]|[. ]$')


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of one year; `files` are the hashes by their paths within `folder`.

    `journal_id` is the last journal row that it holds.
    """

    folder: Path
    name: str
    fiscal_year: int
    frozen_at: datetime
    file_id: UUID
    journal_id: int
    database_name: str
    files: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read an edition's manifest; raises FileDamaged."""
        manifest = folder / MANIFEST
        try:
            held: dict[str, Any] = json.loads(_text_of(manifest))
            frozen_at = datetime.fromisoformat(held["frozen_at"]).astimezone()
            return cls(
                folder,
                str(held["name"]),
                int(held["fiscal_year"]),
                frozen_at,
                UUID(held["file_id"]),
                int(held["journal_id"]),
                Path(held["database"]).name,
                {str(name): str(digest) for name, digest in held["files"].items()},
            )
        except (
            OSError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            RecursionError,
        ) as error:
            raise FileDamaged(
                _("{file} is no manifest of an edition that can be read.").format(file=manifest),
                _("The edition beside it cannot be proved."),
            ) from error

    @property
    def database(self) -> Path:
        """The frozen copy of the file."""
        return self.folder / self.database_name

    @property
    def manifest_digest(self) -> str:
        """The hash of the manifest as it is now, empty when it is gone."""
        return _digest(self.folder / MANIFEST)

    def changed(self, recorded: str) -> list[str]:
        """Return the files that are not what was frozen; `recorded` is the manifest's hash."""
        files = {MANIFEST: recorded, **self.files}
        there = [file.relative_to(self.folder).as_posix() for file in _files_in(self.folder)]
        came = [name for name in there if name not in files]
        # A manifest that was sent may name what lies elsewhere: only what is listed here is read.
        gone = [
            name
            for name, digest in files.items()
            if name not in there or _digest(self.folder / name) != digest
        ]
        return [*gone, *came]


def folder_of(path: Path) -> Path:
    """Return where a file's editions stand."""
    return Path(f"{path}.editions")


def require_new(path: Path, name: str) -> None:
    """Refuse a name that no folder can have, or that an edition has; raises an LkjipError."""
    if not name or len(name.encode()) > _LONGEST or _UNFIT.search(name):
        raise UsageError(
            _("“{name}” cannot be the name of an edition's folder.").format(name=name),
            _("For example: LKjIP 2021 final"),
        )
    folder = folder_of(path) / name
    if os.path.lexists(folder):
        raise FileError(
            _("{file} is already there; it was left as it is.").format(file=folder),
            _("An edition is not replaced: give this one another name."),
        )


def seal(folder: Path, edition: Mapping[str, object]) -> None:
    """Write the manifest of all that a folder holds, and make every file read-only."""
    files = _files_in(folder)
    digests = {file.relative_to(folder).as_posix(): _digest(file) for file in files}
    manifest = folder / MANIFEST
    text = json.dumps({**edition, "files": digests}, ensure_ascii=False, indent=1)
    manifest.write_text(f"{text}\n", "utf-8")
    for file in (*files, manifest):
        with file.open("rb") as handle:
            os.fsync(handle.fileno())
        file.chmod(0o444)
    sync_folder(folder)


class Editions:
    """The editions of one open file, and what its history tells of them."""

    def __init__(self, workspace: "Workspace", journal: Journal, chronicle: Chronicle) -> None:
        self._workspace, self._journal, self._chronicle = workspace, journal, chronicle

    def every(self) -> tuple[list[Edition], list[FileDamaged]]:
        """Return all editions, the newest first, and why others cannot be read."""
        found, faults = [], []
        for manifest in folder_of(self._workspace.path).glob(f"[!.]*/{MANIFEST}"):
            try:
                found.append(Edition.read(manifest.parent))
            except FileDamaged as fault:
                faults.append(fault)
        return sorted(found, key=lambda edition: edition.frozen_at, reverse=True), faults

    def named(self, name: str) -> Edition:
        """Return the edition of that name, the newest without one; raises UsageError."""
        known, faults = self.every()
        for edition in known:
            if name in ("", edition.name):
                return edition
        if faults:
            raise faults[0]
        if not known:
            raise UsageError(
                _("No edition of this file is frozen yet."),
                _("Freeze one with: lkjip edition FILE NAME"),
            )
        raise UsageError(
            _("There is no edition “{name}” of this file.").format(name=name),
            _("Editions here: {names}").format(names=", ".join(each.name for each in known)),
        )

    def record(self, edition: Edition) -> None:
        """Tell in the history that an edition was frozen; no undo takes that back."""
        key = (("name", edition.name),)
        told = ("fiscal_year", edition.fiscal_year), ("sha256", edition.manifest_digest)
        self._journal.note(FREEZE, TABLE, key, (*key, *told))

    def is_recorded(self, edition: Edition) -> bool:
        """Whether the history tells of an edition as it is now."""
        return self._recorded_digest(edition.name) == edition.manifest_digest

    def changed_files(self, edition: Edition) -> Sequence[str]:
        """Return the files of an edition that are not what was frozen."""
        return edition.changed(self._recorded_digest(edition.name))

    def differences(self, edition: Edition, year: int, session: Session) -> Sequence[Difference]:
        """Return what the report tables of a year print differently from an edition."""
        found: list[Difference] = []
        if not is_plain(edition.database):
            raise FileDamaged(
                _("{file} is gone, or a link to something else.").format(file=edition.database),
                _("The edition beside it cannot be proved."),
            )
        with self._workspace.beside(edition.database) as frozen, frozen.session() as there:
            now, then = Side(self._workspace, session), Side(frozen, there)
            for query in self._workspace.registry.of_kind(Kind.TABLE):
                if query.full_name in frozen.registry.queries:
                    found += differences.of_table(now, then, query.full_name, year)
        return found

    def _recorded_digest(self, name: str) -> str:
        """Return the hash of an edition's manifest as the newest note of it tells; '' for none."""
        notes = self._chronicle.notes(TABLE)
        told = [note.after for note in notes if ("name", name) in note.key and note.after]
        return str(json.loads(told[-1])["sha256"]) if told else ""


def _files_in(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob("*")) if is_plain(file)]


def _text_of(manifest: Path) -> str:
    if not is_plain(manifest) or manifest.parent.is_symlink():
        raise ValueError(manifest)
    return manifest.read_text("utf-8")


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as handle:
            return file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
