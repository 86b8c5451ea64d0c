"""What tells of a set of files where it comes from, so that a printed table can be traced back.

`manifest.json` has `office`, `fiscal_year`, `written_at`, `file`, `file_id`, `journal_id` (of
the last row of the journal that the tables know), `program`, and in `tables` for each its `name`,
`title`, `row_count`, `content_sha256` and its `files` with the `sha256` of each. The content's hash
does not depend on the form: it is that of the machine CSV, as `lkjip show FILE NAME --format csv`
writes it, so that a file whose tables are the same gives the same.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from io import TextIOBase
from pathlib import Path
from typing import Any, Final, TextIO, cast

from lkjip_tui import __version__
from lkjip_tui.core.workspace import Origin
from lkjip_tui.transfer import machine
from lkjip_tui.transfer.records import Record, Records

NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class TableSet:
    """The year and the state of the file that a set of tables is written from."""

    origin: Origin
    fiscal_year: int

    @property
    def foot(self) -> str:
        """What a page says of where it comes from."""
        origin = self.origin
        return f"{origin.file_name} · {str(origin.file_id)[:8]} · jurnal {origin.journal_id}"

    def manifest(self, tables: Sequence[dict[str, Any]]) -> str:
        """Return the manifest of tables described by `described`."""
        origin = self.origin
        found = {
            "office": origin.office,
            "fiscal_year": self.fiscal_year,
            "written_at": origin.at.isoformat(timespec="seconds"),
            "file": origin.file_name,
            "file_id": str(origin.file_id),
            "journal_id": origin.journal_id,
            "program": f"lkjip {__version__}",
            "tables": tables,
        }
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def described(name: str, title: str, found: Records, files: Sequence[Path]) -> dict[str, Any]:
    """Return what a manifest says of one table; raises QueryError when it cannot be read."""
    digest, rows = _Digest(), _Counted(found.rows)
    machine.write_csv(cast("TextIO", digest), replace(found, rows=rows, source=None))
    return {
        "name": name,
        "title": title,
        "row_count": rows.count,
        "content_sha256": digest.hexdigest(),
        "files": {file.name: _hash(file) for file in files},
    }


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


class _Digest(TextIOBase):
    """The hash of what is written."""

    def __init__(self) -> None:
        self._hash = sha256()

    def write(self, text: str) -> int:
        self._hash.update(text.encode())
        return len(text)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


class _Counted(Iterator[Record]):
    """Rows, and how many of them were taken."""

    def __init__(self, rows: Iterator[Record]) -> None:
        self._rows = rows
        self.count = 0

    def __next__(self) -> Record:
        row = next(self._rows)
        self.count += 1
        return row
