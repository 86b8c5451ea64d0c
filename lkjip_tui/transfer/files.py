"""Files that are written whole or not at all, and over no other unless that is asked for."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar
from uuid import uuid4

from lkjip_tui.core.errors import (
    FileError,
    FileThere,
    IsStopped,
    require_unstopped,
    system_reason,
)
from lkjip_tui.language import _
from lkjip_tui.system import sync_folder

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_T = TypeVar("_T")

#: Rows after which it is asked whether to stop.
_OFTEN: Final = 256


def require_absent(files: Iterable[Path]) -> None:
    """Raise FileThere when one of the files, which are in one folder, is there already."""
    there = [file for file in files if os.path.lexists(file)]
    if there:
        raise FileThere(
            _("{files} in {folder} would be replaced; nothing was written.").format(
                files=", ".join(file.name for file in there), folder=there[0].parent
            ),
            _("Name another folder, or replace them with --force."),
        )


@contextmanager
def appearing(file: Path, is_stopped: IsStopped) -> Iterator[BinaryIO]:
    """Open a file that stands under its name only once all of it is on the disk.

    Raises FileError when it cannot be written, Interrupted when that is stopped.
    """
    part = file.with_name(f".{file.name}.{uuid4().hex[:8]}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with BufferedWriter(_Stoppable(part, is_stopped)) as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
            sync_folder(file.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(
            _("{file} cannot be written: {reason}.").format(file=file, reason=system_reason(error)),
            _("Name a folder with space that you may write to."),
        ) from error


class StoppableRows(list[_T]):
    """Rows that are held, at which whoever goes through them stops once that is asked for.

    Interrupted is raised there, so that what lays out a long table need not know of it.
    """

    def __init__(self, rows: Iterable[_T], is_stopped: IsStopped) -> None:
        self._is_stopped = is_stopped
        super().__init__(self._each(rows))

    def __iter__(self) -> Iterator[_T]:
        """Go through the rows."""
        return self._each(super().__iter__())

    def _each(self, rows: Iterable[_T]) -> Iterator[_T]:
        for at, row in enumerate(rows):
            if at % _OFTEN == 0:
                require_unstopped(self._is_stopped)
            yield row


class _Stoppable(FileIO):
    """A new file that takes no more once it is stopped."""

    def __init__(self, file: Path, is_stopped: IsStopped) -> None:
        super().__init__(file, "xb")
        self._is_stopped = is_stopped

    def write(self, content: "ReadableBuffer", /) -> int:
        require_unstopped(self._is_stopped)
        return super().write(content)
