"""What would act by itself while somebody only looks: in a file that was sent, or in a statement.

The engine lets a SELECT write, read-only transaction or not: `json_execute_serialized_sql` runs
another statement on a connection of its own, `query` makes one of a text, `nextval` counts. A view
or macro of a file may hide each of these, a trigger rides on a change, and a macro may bear the
name of a function that the program's own SQL calls. So a file that can be written is looked
through before anything of it is read, and so is each statement before it runs.
"""

import re
from typing import Final

from lkjip_tui.core.errors import FileForeign, StatementRefused
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _

#: Runs any statement where no transaction of ours holds it.
_RUNS: Final = "json_execute_serialized_sql"
#: Makes a statement of a text, which may be put together so that nothing shows in it.
_MAKES: Final = "query"
_ACTS: Final = (
    _RUNS, _MAKES, "nextval", "setval", "checkpoint", "force_checkpoint", "write_log",
    "truncate_duckdb_logs", "create_external_resource", "destroy_external_resource",
    "register_external_resource", "register_external_resource_type",
    "deregister_external_resource",
)  # fmt: skip
#: As many as a message names.
_MOST_NAMED: Final = 5
_CALL: Final = re.compile(rf'\b({"|".join(_ACTS)})"?\s*\(')
#: What files held that were looked through: the same again is as harmless.
_HARMLESS: Final[set[bytes]] = set()

# No function of the file's own can stand in for what is called here by its whole name.
_TRIGGERS: Final = "select t.trigger_name from system.main.duckdb_triggers() as t"
_VIEWS: Final = (
    "select v.schema_name, v.view_name, v.sql from system.main.duckdb_views() as v"
    " where not v.internal"
)
_MACROS: Final = (
    "with f as materialized (from system.main.duckdb_functions())"
    " select f.function_name, f.macro_definition, f.function_name in"
    " (select b.function_name from f as b where b.database_name = 'system')"
    " from f where f.database_name not in ('system', 'temp')"
)


def acting_call(sql: str) -> str | None:
    """Return the first function in a text of SQL that does more than give rows, if any does.

    Texts and comments count, too: what hides in them depends on how they are read.
    """
    lower = sql.lower()
    # Hardly a text holds any of the names, and to look for one is much quicker than the pattern.
    found = _CALL.search(lower) if any(name in lower for name in _ACTS) else None
    return found[1] if found else None


def require_harmless_file(database: Database) -> None:
    """Raise FileForeign for a file that can be written and would change when it is looked at."""
    content = None if database.read_only else database.digest()
    if database.read_only or content in _HARMLESS:
        return
    acting = [name for (name,) in database.read(_TRIGGERS)]
    acting += [
        f"{schema}.{name}" for schema, name, sql in database.read(_VIEWS) if acting_call(sql or "")
    ]
    acting += [
        f"{name}()"
        for name, sql, is_shadow in database.read(_MACROS)
        if is_shadow or acting_call(sql or "")
    ]
    if acting:
        raise FileForeign(
            _("{file} holds what would act by itself: {names}. It was left as it is.").format(
                file=database.path, names=", ".join(sorted(set(acting))[:_MOST_NAMED])
            ),
            _("Whoever sent it may tell why. With --read-only it can be looked at."),
        )
    if content is not None:
        _HARMLESS.add(content)


def require_harmless_statement(statement: str) -> None:
    """Refuse a statement that runs another one which cannot be seen in it."""
    lower = statement.lower()
    if _RUNS in lower or (_MAKES in lower and not _is_seen(statement)):
        raise StatementRefused(
            _("A statement that runs another one is not run here."),
            _("Write out what it would run; query('…') takes one whole text."),
        )


def _is_seen(statement: str) -> bool:
    """Whether every `query` that is called takes one text, in which none is called again."""
    found = [token for token in tokens(statement) if token.kind != "comment"]
    for at, token in enumerate(found):
        if not token.is_name or token.name.lower() != _MAKES:
            continue
        opens, text, closes = ([*found[at + 1 :], *[None] * 3])[:3]
        if opens is None or opens.text != "(":
            continue
        if text is None or closes is None or text.kind != "text" or closes.text != ")":
            return False
        if text.text[:1] not in {"'", "$"} or _MAKES in text.text.lower():
            return False
    return True
