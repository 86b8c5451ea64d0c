"""The texts of the console's editor, kept on disk for each user and each file.

Each has a file of its own, written anew as a whole, so that whatever ends the program, what was
written before is there; two programs that show the same file lose none of each other's.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Self
from uuid import UUID, uuid4

from lkjip_tui.core.storage.sql_text import name_of
from lkjip_tui.system import sync_folder

_INDEX: Final = "buffers.json"
_CLOSED: Final = 20


@dataclass(slots=True, eq=False)
class Buffer:
    """A text, where its cursor stands, and the file that it was opened from or saved to.

    `saved` is what that file holds as far as is known.
    """

    text: str = ""
    cursor: tuple[int, int] = (0, 0)
    path: Path | None = None
    saved: str = ""
    key: str = field(default_factory=lambda: uuid4().hex)

    @property
    def name(self) -> str:
        """What it is called: its file's name, else the comment or the line that it begins with."""
        return self.path.name if self.path is not None else name_of(self.text)

    @property
    def is_unsaved(self) -> bool:
        """Whether its file holds something else."""
        return self.path is not None and self.text != self.saved


@dataclass(slots=True)
class Buffers:
    """Those that are open, one of them shown, and those that were closed, the newest last."""

    folder: Path
    open: list[Buffer] = field(default_factory=list)
    closed: list[Buffer] = field(default_factory=list)
    at: int = 0
    _written: dict[str, str] = field(default_factory=dict)
    _number: int = 0
    _last: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def read(cls, folder: Path, first: str = "") -> Self:
        """Read what was kept; where nothing was, begin with one that holds a `first` text."""
        index = _read_index(folder)
        texts = {
            file.stem: text for file in folder.glob("*.sql") if (text := _text(file)) is not None
        }
        known = _known(index.get("buffers"))
        closed = [key for key in _names(index.get("closed")) if key in texts]
        opened = [key for key in _names(index.get("open")) if key in texts and key not in closed]
        # One that another program has made, or that was not entered any more.
        opened += sorted(texts.keys() - {*opened, *closed})
        buffers = {key: _buffer(key, texts[key], known.get(key, {})) for key in texts}
        at = index.get("at")
        found = cls(
            folder,
            [buffers[key] for key in opened],
            [buffers[key] for key in closed],
            at if isinstance(at, int) and 0 <= at < len(opened) else 0,
            _written=texts,
        )
        if not found.open:
            found.open.append(Buffer(first))
        return found

    @property
    def current(self) -> Buffer:
        """The one that is shown."""
        return self.open[self.at]

    def add(self, buffer: Buffer) -> None:
        """Show another one, behind the present one, or in its place if that is blank."""
        is_blank = self.current.path is None and not self.current.text.strip()
        self.at += not is_blank
        self.open[self.at : self.at + is_blank] = [buffer]

    def step(self, step: int) -> None:
        """Show the next one, or the one before."""
        self.at = (self.at + step) % len(self.open)

    def close(self) -> None:
        """Take the present one away; one that holds something can be brought back."""
        gone = self.open.pop(self.at)
        if gone.text.strip():
            self.closed.append(gone)
        del self.closed[:-_CLOSED]
        if not self.open:
            self.open.append(Buffer())
        self.at = min(self.at, len(self.open) - 1)

    def reopen(self) -> bool:
        """Bring back what was closed last; False where nothing was."""
        if not self.closed:
            return False
        self.add(self.closed.pop())
        return True

    def writing(self, *, besides: str = "") -> Callable[[], None]:
        """Return what writes all that is not on the disk yet, as it is now, on any thread.

        A text that is all `besides` is not worth it. It raises OSError.
        """
        kept = [each for each in self.open if each.text.strip() and each.text != besides]
        texts = {each.key: each.text for each in (*kept, *self.closed)}
        index = {
            "open": [each.key for each in kept],
            "closed": [each.key for each in self.closed],
            "at": kept.index(self.current) if self.current in kept else 0,
            "buffers": {each.key: _known_of(each) for each in (*kept, *self.closed)},
        }
        self._number += 1
        return partial(self._write, self._number, texts, json.dumps(index, indent=1))

    def _write(self, number: int, texts: Mapping[str, str], index: str) -> None:
        with self._lock:
            if number < self._last:
                return  # what is newer was quicker
            self._last = number
            self.folder.mkdir(parents=True, exist_ok=True)
            for key, text in texts.items():
                if self._written.get(key) != text:
                    write_whole(self.folder / f"{key}.sql", text)
                    self._written[key] = text
            if self._written.get(_INDEX) != index:
                write_whole(self.folder / _INDEX, index)
                self._written[_INDEX] = index
            for key in self._written.keys() - {*texts, _INDEX}:
                (self.folder / f"{key}.sql").unlink(missing_ok=True)
                del self._written[key]


def folder_of(state: Path, file: Path, file_id: UUID) -> Path:
    """Return where the console's state of a file is kept, in the folder of a user's state.

    It goes by the file's path, so that a copy has its own; a file that was moved takes its along.
    """
    place = str(file.absolute())
    stem = re.sub(r"[^\w-]", "_", file.stem)[:40]
    folder = state / "sql" / f"{stem}-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
    owner = folder / "file.json"
    try:
        if not owner.exists():
            for other in sorted((state / "sql").glob("*/file.json")):
                held = _read_json(other)
                moved = held.get("file_id") == str(file_id)
                if moved and not Path(str(held.get("path", ""))).exists():
                    other.parent.rename(folder)
                    break
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(owner, json.dumps({"path": place, "file_id": str(file_id)}))
    except OSError:
        return folder  # whoever writes there is told
    return folder


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it holds all of a text, or what it held before; raises OSError."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="surrogatepass", newline="") as made:
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return None


def _read_index(folder: Path) -> dict[str, Any]:
    return _read_json(folder / _INDEX)


def _read_json(file: Path) -> dict[str, Any]:
    try:
        held = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _names(held: object) -> Sequence[str]:
    return [name for name in held if isinstance(name, str)] if isinstance(held, list) else []


def _known(held: object) -> Mapping[str, Any]:
    return held if isinstance(held, dict) else {}


def _known_of(buffer: Buffer) -> Mapping[str, Any]:
    known: dict[str, Any] = {"cursor": buffer.cursor}
    if buffer.path is not None:
        known |= {"path": str(buffer.path), "saved": buffer.saved}
    return known


def _buffer(key: str, text: str, known: object) -> Buffer:
    held = _known(known)
    path, saved = held.get("path"), held.get("saved")
    return Buffer(
        text,
        _cursor(held.get("cursor")),
        Path(path) if isinstance(path, str) else None,
        saved if isinstance(saved, str) else "",
        key,
    )


def _cursor(held: object) -> tuple[int, int]:
    match held:
        case [int(row), int(column)]:
            return row, column
    return 0, 0
