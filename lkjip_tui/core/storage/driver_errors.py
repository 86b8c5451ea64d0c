"""The driver's errors as ours: what happened, and what to do now."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from lkjip_tui import language
from lkjip_tui.core import errors
from lkjip_tui.language import _, mark

_NOT_WRITABLE: Final = ("Permission denied", "Read-only file system", "Operation not permitted")
#: What the machine lacks at times, which says nothing of the file: as the driver says it, and the
#: system.
_LACKED: Final = re.compile(
    r"out of memory|(?:could not|failed to|cannot) (?:allocate|pin)|bad.alloc"
    r"|no space left|quota exceeded|file too large|too many open files",
    re.IGNORECASE,
)
#: How a text of the driver's begins that it did not raise itself; what it calls otherwise is an
#: error of the query.
_CLASSES: Final[Mapping[str, type[duckdb.Error]]] = {
    "INTERRUPT": duckdb.InterruptException,
    "Conversion": duckdb.ConversionException,
    "Out of Range": duckdb.OutOfRangeException,
    "Out of Memory": duckdb.OutOfMemoryException,
    "IO": duckdb.IOException,
    "FATAL": duckdb.FatalException,
    "INTERNAL": duckdb.InternalException,
    "Data Corruption": duckdb.Error,
}
_COPIES: Final = mark("copies, if any, are in the folder beside it whose name ends in .backups.")
_NOT_COMMITTED: Final = "Failed to commit"
#: What the driver says of memory, or of room on the disk, that was not to be had.
_USED: Final = re.compile(r"/(?P<limit>[\d.]+ \w+) used")
_ON_DISK: Final = "max_temp_directory_size"
#: A file that a statement names is not read, or it is taken for a table of that name.
_OUTSIDE: Final = re.compile(
    r'Permission Error: Cannot access (?:file|directory) "(?P<file>.*)" - file system'
    r"|Catalog Error: Table with name"
    r" (?P<table>.*(?:[/\\].*|\.(?i:xlsx?|xlsm|ods|txt|tsv|md|html?))) does not exist"
)
_EXTENSION: Final = re.compile(
    r'Catalog Error: .*? with name "?(?P<function>\w+)"? is not in the catalog, but it exists in'
    r" the (?P<extension>\w+) extension"
)
_WOULD_WRITE: Final = re.compile(
    r"TransactionContext Error: Cannot write to database"
    r'|Invalid Input Error: Cannot execute statement of type "\w+" on database'
)
#: What users meet most, as the engine says it, and in words; it says more, so that stays behind.
_SAYINGS: Final[Mapping[str, str]] = {
    r'Binder Error: Referenced column "(?P<name>.*?)" (?:was )?not found':
        mark("There is no column “{name}” here."),
    r'Binder Error: \w+ "(?P<of>.*?)" does not have a column named "(?P<name>.*?)"':
        mark("{of} has no column “{name}”."),
    r'(?:Catalog Error: Table with name|Binder Error: Referenced table) "?(?P<name>.+?)"?'
    r" (?:does not exist|not found)":
        mark("There is no table “{name}” here."),
    r'Parser Error: syntax error at or near "(?P<name>.*?)"':
        mark("What stands at “{name}”, or right before it, cannot be read."),
    r'Binder Error: column "(?P<name>.*?)" must appear in the GROUP BY':
        mark("“{name}” stands neither in GROUP BY nor in a sum, a count or the like."),
    r"Conversion Error: Could not convert string '(?P<name>.*?)' to (?P<of>\w+)":
        mark("“{name}” is no value of the type {of}."),
}  # fmt: skip


def cannot_open(path: Path, error: Exception) -> errors.FileError:
    """Tell why the driver did not open a file."""
    text = str(error)
    if holder := re.search(r"held in (?P<program>.*?) ?\(PID (?P<pid>\d+)\)", text):
        return errors.FileBusy(
            _("{file} is in use by process {pid} ({program}).").format(
                file=path, pid=holder["pid"], program=Path(holder["program"]).name
            ),
            _("Close it there first."),
        )
    if "Could not set lock" in text or "being used by another process" in text:
        return errors.FileBusy(
            _("{file} is in use by another process.").format(file=path),
            _("Close it there first."),
        )
    if any(reason in text for reason in _NOT_WRITABLE):
        return errors.FileReadOnly(
            _("{file} cannot be written.").format(file=path),
            _("Open it with --read-only, or copy it to a folder that you may write."),
        )
    if "storage version" in text:
        return errors.FileNewer(
            _("{file} was written by a later version of DuckDB; it was left as it is.").format(
                file=path
            ),
            _("Install a newer lkjip-tui and open the file with that."),
        )
    told = _("{file} cannot be opened: {reason}").format(file=path, reason=_first_line(error))
    if isinstance(error, MemoryError) or _LACKED.search(text.replace(str(path), "")):
        return errors.FileError(
            told, _("The file was left as it is. Close other programs, or free some space.")
        )
    return errors.FileDamaged(
        told,
        _("The file was left as it is. Open its newest copy: {where}").format(where=_(_COPIES)),
    )


@contextmanager
def translated() -> Iterator[None]:
    """Raise the driver's errors as ours."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise errors.Interrupted(_("Stopped.")) from error
    except duckdb.ConstraintException as error:
        raise errors.EditRefused(
            _("The file refuses this row: {reason}").format(reason=_first_line(error)),
            _("Nothing was changed."),
        ) from error
    except (duckdb.ConversionException, duckdb.OutOfRangeException, OverflowError) as error:
        raise _no_value(error) from error
    except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException) as error:
        raise _of_disk(error) from error
    except duckdb.TransactionException as error:
        # What the disk did not take at the end of a transaction comes as one of these.
        raise (_of_disk(error) if _NOT_COMMITTED in str(error) else _of_query(error)) from error
    except duckdb.Error as error:
        raise _of_query(error) from error
    except MemoryError as error:
        raise _too_much("") from error
    except RuntimeError as error:
        # What the driver raises when Ctrl-C reaches the main thread while it works there.
        if str(error) != "Query interrupted":
            raise
        raise errors.Interrupted(_("Stopped.")) from error


def as_raised(text: str) -> duckdb.Error:
    """Return what the driver would have raised, of the text that it gave instead."""
    name, _between, rest = text.partition(" Error: ")
    kind = _CLASSES.get(name, duckdb.DatabaseError)
    return kind(rest if kind is duckdb.Error else text)


def _no_value(error: Exception) -> errors.QueryError:
    """Tell of a value that the type has not, or Python, as a time of millions of years."""
    if not isinstance(error, OverflowError):
        return errors.QueryError(_said(_first_line(error)))
    return errors.QueryError(
        _("The statement gives a value that cannot be shown: {reason}").format(reason=error),
        _("Make a text of it, as {example}.").format(example="cast(x as varchar)"),
    )


def _of_disk(error: duckdb.Error) -> errors.FileError:
    """Tell that the disk does not take or give what it should."""
    return errors.FileError(
        _("The file could not be read or written: {reason}").format(reason=_first_line(error)),
        _("Changes shown as saved are in the file. Free some space, then open it again."),
    )


def _of_query(error: duckdb.Error) -> errors.LkjipError:
    """Tell what is wrong with a query, or with what it reads."""
    text = str(error)
    if refused := _refused(text):
        return refused
    if type(error) is duckdb.Error:  # a block whose checksum is wrong has no class of its own
        return errors.FileDamaged(
            _("The file is damaged: {reason}").format(reason=_first_line(error)),
            _("Open its newest copy: {where}").format(where=_(_COPIES)),
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return _too_much(text)
    return errors.QueryError(_said(text))


def _said(text: str) -> str:
    """Return what the engine says, in Indonesian before that where it is known."""
    for pattern, said in _SAYINGS.items() if language.current() != "en" else ():
        if found := re.match(pattern, text, re.DOTALL):
            return f"{_(said).format(**found.groupdict())}\n{text}"
    return text


def _refused(text: str) -> errors.StatementRefused | None:
    """Tell what a statement may not do, and the way to do it: write, or look outside the file."""
    if _WOULD_WRITE.match(text):
        return errors.StatementRefused(
            _("The statement would write, and this console only reads."),
            _("Change facts in their sheet, with lkjip set, or with lkjip sql --write."),
        )
    if found := _OUTSIDE.match(text):
        told = _("A statement reads nothing outside the office's file: {file}.")
        told = told.format(file=found["file"] or found["table"])
    elif found := _EXTENSION.match(text):
        told = _("{function} belongs to the extension {extension}, and none is loaded here.")
        told = told.format(**found.groupdict())
    else:
        return None
    return errors.StatementRefused(
        told,
        _(
            "“Open a file as a table” in the console's palette makes files.NAME of a file; lkjip"
            " import takes its figures over."
        ),
    )


def _too_much(text: str) -> errors.QueryError:
    """Tell which limit a query has met: that of memory, or of what it keeps on the disk."""
    found = _USED.search(text)
    if found is None:
        told = _("This takes more memory than there is.")
    elif _ON_DISK in text:
        told = _("This takes more room on the disk than the {limit} that a query may take.")
    else:
        told = _("This takes more memory than the {limit} that a query may take.")
    return errors.QueryError(
        told.format(limit=found["limit"] if found else ""),
        _("Ask for less at once: fewer rows or columns, shorter texts, or the sums of parts."),
    )


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
