"""What goes with a query of one's own, and where its file stays once it is deleted.

It is moved to `queries/deleted/`, which is read by nobody, under its own folder and name: put back
by hand, it is there again.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from lkjip_tui.core.errors import FileError, UsageError, system_reason
from lkjip_tui.core.query.queries import Query, Registry, views_named_in
from lkjip_tui.language import _

_FOLDER: Final = "deleted"


def resting_on(registry: Registry, name: str) -> list[Query]:
    """Return the queries that cannot be without the one of that full name, in their order."""
    gone = {name}
    while found := {
        query.full_name
        for query in registry.queries.values()
        if query.full_name not in gone and _reads(query) & gone
    }:
        gone |= found
    return [query for query in registry.queries.values() if query.full_name in gone - {name}]


def explained_by(registry: Registry, name: str) -> list[Query]:
    """Return the queries of which `from` lines lead to the one of that full name, in their order.

    Those that cannot be without it are not among them.
    """
    failing = {query.full_name for query in resting_on(registry, name)} | {name}
    return [
        query
        for query in registry.queries.values()
        if query.full_name not in failing and any(_leads_to(registry, query, name))
    ]


def _leads_to(registry: Registry, query: Query, name: str) -> Iterator[bool]:
    for origin in (each for origins in query.header.origins.values() for each in origins):
        with suppress(UsageError):  # it leads nowhere already
            yield registry.find(origin.query).full_name == name


def _reads(query: Query) -> set[str]:
    lists = (choices.sql for choices in query.header.choices.values())
    return query.mentions.union(*(views_named_in(sql) for sql in lists if sql))


def place_of(file: Path, folder: Path) -> Path:
    """Return where a file of the folder of queries will lie: not where another one does already."""
    folder = folder / _FOLDER / file.parent.relative_to(folder)
    number, place = 2, folder / file.name
    while place.exists():
        number, place = number + 1, folder / f"{file.stem}-{number}{file.suffix}"
    return place


def put_away(file: Path, place: Path) -> None:
    """Move a query's file there; raises FileError."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        file.rename(place)
    except OSError as error:
        raise FileError(
            _("{file} cannot be moved to {place}: {reason}.").format(
                file=file, place=place, reason=system_reason(error)
            ),
            _("Nothing was deleted."),
        ) from error
