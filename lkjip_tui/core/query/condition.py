"""Why a condition in SQL cannot narrow the rows, in the words of whoever typed it.

The database tells it in English, and quotes the statement around the condition.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from lkjip_tui.core.errors import QueryError
from lkjip_tui.language import _

_NO_COLUMN: Final = re.compile(r'Referenced column "(.+?)" not found')


def refused(error: QueryError, columns: Sequence[str], shown: Sequence[str]) -> QueryError:
    """Return the error to be told instead of the database's.

    `columns` may be named in a condition; those that are `shown` are all that is told of them
    where none is near.
    """
    why = str(error.__cause__ or error.message).splitlines()[0]  # the words of the database
    found = _NO_COLUMN.search(why)
    if found is None:
        told = _("The condition does not hold as it is written: {why}")
        return QueryError(told.format(why=why), error.hint)
    told = _("The condition names “{name}”, which is no column here.").format(name=found[1])
    if near := get_close_matches(found[1].lower(), columns):
        return QueryError(told, _("Near it: {names}.").format(names=", ".join(near)))
    return QueryError(told, _("Columns here: {names}.").format(names=", ".join(shown)))
