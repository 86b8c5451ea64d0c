"""The fact tables as the file describes them, and single facts read by key.

Owns what a column can hold, and how a fact is written as text: in the journal and in the shipped
CSV files. Tables that the migrations did not make are not ours, and not known here.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lkjip_tui.core.acts import FactKey, FactRow
from lkjip_tui.core.errors import EditRefused, FileForeign, InputRefused
from lkjip_tui.core.figures.values import Kind, Value, fit, plain, show
from lkjip_tui.core.storage.cursors import Tuple
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _

#: Tables of ours that hold no facts.
_BOOKKEEPING: Final = ("journal", "migration", "workbook")

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_DECIMAL: Final = re.compile(r"DECIMAL\((\d+),(\d+)\)")
#: Digits that an integer column surely holds.
_INTEGER_DIGITS: Final = {"TINYINT": 2, "SMALLINT": 4, "INTEGER": 9, "BIGINT": 18}


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A column of a fact table, with its type and default in DuckDB's words."""

    name: str
    type: str
    in_key: bool
    required: bool
    default: str | None

    def require_fitting(self, value: Value) -> None:
        """Refuse a value that this column would round, convert or not hold; raises InputRefused."""
        if value is None:
            if self.required:
                raise InputRefused(
                    _("This cell cannot be empty."),
                    _("Type a value, or Esc to leave it as it is."),
                )
            return
        if digits := _DECIMAL.fullmatch(self.type):
            size = int(digits[1]), int(digits[2])
        else:
            size = _INTEGER_DIGITS.get(self.type, 0), 0
        if self.type == "BOOLEAN":
            fits, holds = isinstance(value, bool), _("It holds yes or no.")
        elif size[0]:
            is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
            fits, holds = is_number, _("It holds a figure.")
        else:
            fits, holds = isinstance(value, str), _("It holds a text.")
        if not fits:
            raise InputRefused(
                _("“{value}” does not fit into this cell.").format(value=plain(value)), holds
            )
        if size[0]:
            fit(value, *size)

    @property
    def whole_digits(self) -> int:
        """How many digits before a decimal mark it surely holds; 0 when it holds no number."""
        if digits := _DECIMAL.fullmatch(self.type):
            return int(digits[1]) - int(digits[2])
        return _INTEGER_DIGITS.get(self.type, 0)

    def told(self, value: Value) -> str:
        """Return a value of this column for a message, a figure as it is printed."""
        is_figure = self.type == "BIGINT" or _DECIMAL.fullmatch(self.type)
        if value is None:
            return _("nothing")
        return show(value, Kind.INDEX) if is_figure else plain(value)


@dataclass(frozen=True, slots=True)
class FactTable:
    """A fact table; an *entity* has an id of its own, a *figure* is keyed by its grain."""

    name: str
    columns: dict[str, FactColumn]

    @property
    def id_column(self) -> str | None:
        """The entity's id, None for a figure."""
        name = f"{self.name}_id"
        return name if self.key == (name,) else None

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return tuple(column.name for column in self.columns.values() if column.in_key)

    def types(self, row: Iterable[tuple[str, Value]]) -> dict[str, str]:
        """Return the types of the columns that a row names, in its order."""
        return {name: self.columns[name].type for name, _value in row}


class Facts:
    """The fact tables of one file, read once: only migrations, which made them, change them."""

    def __init__(self, database: Database, made: Collection[str]) -> None:
        self._database = database
        keys = {
            (table, column)
            for table, columns in database.read(
                "select table_name, constraint_column_names from duckdb_constraints()"
                " where constraint_type = 'PRIMARY KEY' and schema_name = 'main'"
                " and database_name = current_database()"
            )
            for column in columns
        }
        self.tables: dict[str, FactTable] = {}
        for table, column, kind, nullable, default in database.read(
            "select table_name, column_name, data_type, is_nullable, column_default"
            " from duckdb_columns()"
            " where schema_name = 'main' and database_name = current_database()"
            " and not internal and table_name in (select table_name from duckdb_tables()"
            " where database_name = current_database())"
            " order by table_name, column_index"
        ):
            if table in made and table not in _BOOKKEEPING:
                known = self.tables.setdefault(table, FactTable(table, {}))
                known.columns[column] = FactColumn(
                    column, kind, (table, column) in keys, required=not nullable, default=default
                )

        self._require_ours(made)

    def _require_ours(self, made: Collection[str]) -> None:
        """Raise FileForeign for tables that are none of ours but by name.

        Columns are written into statements as they are called.
        """
        odd = sorted({*made} - {*_BOOKKEEPING} - self.tables.keys())
        odd += [
            table.name
            for table in self.tables.values()
            if not all(map(_NAME.fullmatch, table.columns)) or not table.key
        ]
        if odd:
            raise FileForeign(
                _("{file} does not hold the facts as lkjip keeps them: {tables}. It was left as it"
                  " is.").format(file=self._database.path, tables=", ".join(odd)),
                _("Open your newest backup."),
            )  # fmt: skip

    @property
    def things(self) -> Collection[str]:
        """The tables whose rows are things that all years share; the others hold a year's facts."""
        return [
            table.name
            for table in self.tables.values()
            if table.id_column and "fiscal_year" not in table.columns
        ]

    def new_ids(self, count: int = 1) -> list[int]:
        """Return ids that no entity ever had."""
        with self._database.transaction() as transaction:
            found = transaction.read("select nextval('id') from range(?)", [count])
        return [int(row[0]) for row in found]

    def keep_ids_beyond(self, highest: int) -> None:
        """Let new ids be greater than one that comes from another file."""
        given = self._database.value(
            "select coalesce(s.last_value, s.start_value - 1) from duckdb_sequences() as s"
            " where s.database_name = current_database() and s.sequence_name = 'id'"
        )
        if highest > given:
            self.new_ids(highest - int(given))

    def stored(self, table: str, key: FactKey, column: str) -> tuple[bool, Value]:
        """Return whether the row exists, and what `column` holds there, or would in a new row."""
        where, values = matching(key)
        rows = self._database.read(f"select {column} from {table} where {where}", values)
        if rows:
            return True, rows[0][0]
        return False, self.default(table, column)

    def default(self, table: str, column: str) -> Value:
        """Return what `column` holds in a new row."""
        default = self.tables[table].columns[column].default
        value: Value = self._database.value(f"select {default}") if default else None
        return value

    def found(self, table: str, keys: Sequence[FactKey]) -> Mapping[FactKey, Mapping[str, Value]]:
        """Return the rows of a table that have these keys, by key."""
        return rows_with(self._database.read, self.tables[table], keys)

    def rows(self, table: str, where: FactKey = ()) -> list[FactRow]:
        """Return the whole rows of a table in which each named column has the value named."""
        names = tuple(self.tables[table].columns)
        condition, values = matching(where)
        found = self._database.read(
            f"select {', '.join(names)} from {table} where {condition} order by all", values
        )
        return [tuple(zip(names, row, strict=True)) for row in found]

    def key_of(self, table: str, row: FactRow) -> FactKey:
        """Return the key of a whole row."""
        held = dict(row)
        return tuple((name, held[name]) for name in self.tables[table].key)

    def missing_things(self, keys: Iterable[FactKey]) -> Collection[tuple[str, Value]]:
        """Return the ids in these keys, with their columns, that no thing has."""
        named = {part for key in keys for part in key}
        missing: set[tuple[str, Value]] = set()
        for table in self.tables.values():
            asked = {part for part in named if part[0] == table.id_column}
            found = self.found(table.name, [(part,) for part in asked])
            missing |= asked - {part for key in found for part in key}
        return missing

    def require_things(
        self, key: FactKey, missing: Collection[tuple[str, Value]] | None = None
    ) -> None:
        """Refuse a fact about things that are gone, or `missing`; raises EditRefused."""
        missing = self.missing_things([key]) if missing is None else missing
        if any(part in missing for part in key):
            raise EditRefused(_("What this belongs to is gone."), _("The screen shows it no more."))

    def decode(self, table: str, column: str, text: str | None) -> Value:
        """Return the value that `encode` wrote as `text`; of what is no fact, the text itself."""
        if text is None or table not in self.tables:
            return text
        kind = self.tables[table].columns[column].type
        if kind == "BOOLEAN":
            return text == "true"
        if kind.startswith("DECIMAL"):
            return Decimal(text)
        return int(text) if kind.endswith(("INT", "INTEGER")) else text


def typed_rows(
    types: Mapping[str, str], rows: Sequence[Sequence[object]]
) -> tuple[str, Sequence[object]]:
    """Return a select that gives rows as a table of these columns, and the values that it binds.

    A list a column: a VALUES list with a mark a value takes twenty times as long.
    """
    if len(rows) == 1:
        values = (f"cast(? as {kind}) as {name}" for name, kind in types.items())
        return f"select {', '.join(values)}", rows[0]
    columns = (f"unnest(cast(? as {kind}[])) as {name}" for name, kind in types.items())
    return f"select {', '.join(columns)}", [list(column) for column in zip(*rows, strict=True)]


def rows_with(
    read: Callable[[str, Sequence[object]], list[Tuple]], table: FactTable, keys: Sequence[FactKey]
) -> Mapping[FactKey, Mapping[str, Value]]:
    """Return the rows of a table that have these keys, all of the same columns, by key."""
    if not keys:
        return {}
    types = table.types(keys[0])
    listed, values = typed_rows(types, [[value for _name, value in key] for key in keys])
    names = tuple(table.columns)
    rows = read(
        f"select {', '.join(f't.{name}' for name in names)} from {table.name} as t"
        f" join ({listed}) as v on {' and '.join(f't.{name} = v.{name}' for name in types)}",
        values,
    )
    whole = [dict(zip(names, row, strict=True)) for row in rows]
    return {tuple((name, row[name]) for name in types): row for row in whole}


def encode(value: Value) -> str | None:
    """Return a fact as text, null as None; `Facts.decode` reads it back unchanged."""
    return None if value is None else plain(value)


def matching(key: Iterable[tuple[str, Value]]) -> tuple[str, list[Value]]:
    """Return an SQL condition that selects the row of `key`, and its values in order."""
    pairs = list(key)
    return " and ".join(f"{name} = ?" for name, _ in pairs) or "true", [v for _, v in pairs]
