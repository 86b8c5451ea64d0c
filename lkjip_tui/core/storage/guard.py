"""The guard of ad-hoc SQL: one statement, which reads.

The type of a statement alone proves nothing (`with d as (delete …) select` says SELECT), nor does
a read-only transaction (COPY and ATTACH pass it). Together with a driver that has no access to
the outside, a frozen configuration (`database`) and no way to run another statement (`harmless`)
they do.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lkjip_tui.core.errors import QueryError, StatementRefused
from lkjip_tui.core.storage.cursors import Stream
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.harmless import require_harmless_statement
from lkjip_tui.language import _

_READING: Final = ("SELECT", "EXPLAIN", "MULTI")
_CHANGING: Final = ("INSERT", "UPDATE", "DELETE", "MERGE_INTO")
#: As many marks end a statement, or stand in the remarks behind it, as anybody writes there.
_MARKS: Final = 8
_FIRST_WORD: Final = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(\w+)", re.DOTALL)


def guarded(
    database: Database, statement: str, parameters: Mapping[str, object] | Sequence[object]
) -> Stream:
    """Return one reading statement, not begun, in a transaction that cannot write.

    Raises as `reading` does.
    """
    values = dict(parameters) if isinstance(parameters, Mapping) else parameters
    return database.stream(reading(database, statement), values, guarded=True)


def reading(database: Database, statement: str) -> str:
    """Return the text of one reading statement, to be run where nothing can be written.

    It can stand within another as it is, in brackets, unless it is of those that never can.
    Raises StatementRefused for a statement that could change something, for none and for
    several, QueryError for one that does not parse.
    """
    kind, text = _single(database, statement)
    if kind not in _READING:
        raise StatementRefused(
            _("{kind} is not run here: this console only reads.").format(kind=_called(kind, text)),
            _("Change facts in their sheet, with lkjip set, or with lkjip sql --write.")
            if kind in _CHANGING
            else _("Write a SELECT."),
        )
    return _unended(database, text)


def begins_as_reading(statement: str) -> bool:
    """Whether a statement's first word is one that can change nothing, nor hold what does.

    To read a long one takes longer than a frame; WITH may hold what changes rows.
    """
    found = _FIRST_WORD.match(statement)
    return found is not None and found[1].upper() in {"SELECT", "FROM", "VALUES"}


def writes_facts(database: Database, statement: str) -> bool:
    """Whether one statement is of those that change rows; raises as `writing`."""
    kind, text = _single(database, statement)
    if kind in _READING or kind in _CHANGING:
        return kind in _CHANGING
    raise StatementRefused(
        _("{kind} is not run here: write mode changes facts alone.").format(
            kind=_called(kind, text)
        ),
        _way(kind, text),
    )


def writing(database: Database, statement: str) -> str:
    """Return the text of one statement that changes rows; nothing is said of which.

    Raises StatementRefused for any other, for none and for several, QueryError for one that does
    not parse.
    """
    if not writes_facts(database, statement):
        raise StatementRefused(
            _("The statement changes no fact."), _("Write UPDATE, INSERT, DELETE or MERGE.")
        )
    return database.statements(statement)[0][1]


def _way(kind: str, text: str) -> str:
    """Return how that is done properly what such a statement would do."""
    word = _called(kind, text)
    if word == "COPY" or kind in {"COPY", "COPY_DATABASE", "EXPORT", "ATTACH", "DETACH", "LOAD"}:
        return _("Files are taken in with Import, and written with Export.")
    if kind in {"CREATE", "ALTER", "DROP", "CREATE_FUNC"}:
        return _("Queries, and tables that are made of others, are files in the folder queries/"
                 " beside this one; facts stand in the tables that there are.")  # fmt: skip
    if kind in {"SET", "VARIABLE_SET", "PRAGMA"}:
        return _("What the program needs is set already.")
    if kind == "TRANSACTION":
        return _("Every statement is an act of its own; Ctrl+Z takes it back.")
    return _("Write UPDATE, INSERT, DELETE or MERGE.")


def _single(database: Database, statement: str) -> tuple[str, str]:
    require_harmless_statement(statement)
    found = database.statements(statement)
    if not found:
        raise StatementRefused(_("There is no statement."), _("Write a SELECT."))
    if len(found) > 1:
        raise StatementRefused(
            _("These are {count} statements.").format(count=len(found)),
            _("Run one at a time."),
        )
    return found[0]


def _unended(database: Database, text: str) -> str:
    """Return a statement without the marks that end it, and what is remarked behind these."""
    shorter = text
    for _mark in range(_MARKS):
        if ";" not in shorter or can_stand_within(database, shorter):
            break
        shorter = shorter.rpartition(";")[0]
    return shorter if can_stand_within(database, shorter) else text


def can_stand_within(database: Database, text: str) -> bool:
    """Whether another statement can read from this one, as from none that explains one."""
    try:
        found = database.statements(f"from ({text}\n)")
    except QueryError:
        return False
    return [kind for kind, _text in found] == ["SELECT"]


def _called(kind: str, text: str) -> str:
    """Return a statement's name as its author knows it: what the driver calls LOAD may INSTALL."""
    found = _FIRST_WORD.match(text)
    if found is None or found[1].upper() == "WITH":
        return kind.replace("_", " ")
    return found[1].upper()
