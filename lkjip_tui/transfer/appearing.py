"""Files that stand under their names only once all of them is on the disk."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from lkjip_tui import paths
from lkjip_tui.core.errors import FileError
from lkjip_tui.language import _


@contextmanager
def appearing(file: Path) -> Iterator[BinaryIO]:
    """Open a file that appears when the block ends well; raises FileError when it cannot."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.{uuid4().hex[:8]}.part")
        try:
            with part.open("xb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
            paths.sync_folder(file.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(
            _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror),
            _("Name a folder with space that you may write to."),
        ) from error


def require_absent(files: Iterable[Path]) -> None:
    """Raise FileError, before anything is written, when a file is there already."""
    there = [file for file in files if os.path.lexists(file)]
    if there:
        raise FileError(
            _("{files} in {folder} would be replaced; nothing was written.").format(
                files=", ".join(file.name for file in there), folder=there[0].parent
            ),
            _("Name another folder, or replace them with --force."),
        )
