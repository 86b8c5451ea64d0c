"""The runs of the console: what became of each statement, kept for each user and each file."""

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias
from uuid import uuid4

from textual.message import Message

from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.tui.console.buffers import write_whole

_FILE: Final = "history.jsonl"
#: As many runs as are kept, and bytes of the file from which on those that are older go.
_KEPT: Final = 1000
_LONG: Final = 1 << 20

Outcome: TypeAlias = Literal["done", "stopped", "failed"]


@dataclass
class Ran(Message):
    """A statement was run, or could not be; once more when more is known of the same `run`.

    `rows` are those that are known of, and all of them where the result `is_whole`. `is_more`
    tells that it was told before.
    """

    run: str
    statement: str
    milliseconds: int = 0
    rows: int = 0
    is_whole: bool = False
    error: LkjipError | None = None
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a statement, as it is kept."""

    statement: str
    at: str
    milliseconds: int = 0
    rows: int = 0
    is_whole: bool = False
    outcome: Outcome = "done"
    reason: str = ""
    key: str = field(default_factory=lambda: uuid4().hex)

    @classmethod
    def of(cls, ran: Ran, at: datetime) -> "Run":
        """Return what is kept of a run that has come to something at a time."""
        outcome: Outcome = "done" if ran.error is None else "failed"
        if isinstance(ran.error, Interrupted):
            outcome = "stopped"
        reason = "" if ran.error is None else ran.error.message.partition("\n")[0]
        return cls(
            ran.statement,
            at.isoformat(timespec="seconds"),
            ran.milliseconds,
            ran.rows,
            ran.is_whole,
            outcome,
            reason,
            ran.run,
        )


class Runs:
    """The file that holds them, a line each; what more is known of one is a later line."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._lock = threading.Lock()

    def add(self, run: Run) -> None:
        """Keep a run, or what is known of it now, on any thread; raises OSError."""
        line = f"{json.dumps(asdict(run))}\n"
        with self._lock:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(line)
                is_long = file.tell() > _LONG
            if is_long:
                lines = (f"{json.dumps(asdict(each))}\n" for each in self._newest())
                write_whole(self._file, "".join(reversed(list(lines))))

    def read(self) -> Sequence[Run]:
        """Return the newest runs, newest first; lines that are none are passed over."""
        with self._lock:
            return list(self._newest())

    def _newest(self) -> Iterator[Run]:
        found: dict[str, Run] = {}
        try:
            lines = self._file.read_text("utf-8", "replace").splitlines()
        except OSError:
            return
        for line in lines:
            if (run := _run(line)) is not None:
                first = found.get(run.key)
                found[run.key] = run if first is None else replace(run, at=first.at)
        room = _LONG // 2
        for run in list(reversed(found.values()))[:_KEPT]:
            room -= len(run.statement)
            if room < 0:
                return
            yield run


def _run(line: str) -> Run | None:
    try:
        held = json.loads(line)
        run = Run(**held)
    except (ValueError, TypeError):
        return None
    is_ours = isinstance(run.statement, str) and isinstance(run.at, str)
    is_ours = is_ours and isinstance(run.rows, int) and isinstance(run.milliseconds, int)
    return run if is_ours and isinstance(run.key, str) and isinstance(run.reason, str) else None
