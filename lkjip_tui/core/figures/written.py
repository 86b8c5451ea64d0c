"""What the database writes for a value, letter by letter as it is written here.

Each function returns SQL for the text of a column, null where the value is, or None where only
Python knows how to write it: then nothing of that result is written by the database. Machine texts
are those of `transfer.records`, printed ones those of `values`; whoever changes them changes this.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from lkjip_tui.core.figures.values import AS_STORED, Kind, Layout

_MOST_DIGITS: Final = 38
_MOST_OF_BIGINT: Final = 18
_BIGINT: Final = 10**_MOST_OF_BIGINT - 1
#: Decimals of which a list holds all that there may be.
_FEW: Final = 3
#: Whole numbers with the digits that they may have; those of HUGEINT are too many to be rounded.
_WHOLE: Final = {
    "TINYINT": 3, "SMALLINT": 5, "INTEGER": 10, "BIGINT": 19, "UTINYINT": 3, "USMALLINT": 5,
    "UINTEGER": 10, "UBIGINT": 20, "HUGEINT": _MOST_DIGITS + 1,
}  # fmt: skip
_DECIMAL: Final = re.compile(r"DECIMAL\((\d+),(\d+)\)")


def is_text(type_name: str) -> bool:
    """Whether values of a type are texts, which may hold anything."""
    return type_name == "VARCHAR" or type_name.startswith("ENUM(")


def is_whole(type_name: str) -> bool:
    """Whether values of a type are whole numbers."""
    return type_name in _WHOLE


def is_number(type_name: str) -> bool:
    """Whether values of a type are numbers whose digits are all known."""
    return type_name in _WHOLE or _DECIMAL.fullmatch(type_name) is not None


def exact(column: str, type_name: str) -> str | None:
    """Return the machine text of a column."""
    if is_text(type_name) or type_name in _WHOLE or type_name in {"BOOLEAN", "UUID"}:
        return f"cast({column} as varchar)"
    if found := _DECIMAL.fullmatch(type_name):
        return _decimal(column, int(found[1]), int(found[2]))
    return _OTHERS[type_name](column) if type_name in _OTHERS else None


def printed(column: str, type_name: str, layout: Layout) -> str | None:
    """Return a column as `values.show` prints it, but for null."""
    if type_name == "BOOLEAN":
        return f"case when {column} then 'Ya' when not {column} then 'Tidak' end"
    if is_number(type_name):
        if layout.kind is Kind.ROMAN:
            return None
        if layout.kind is Kind.FLAG:
            return f"case when {column} <> 0 then 'Ya' when {column} = 0 then 'Tidak' end"
        figure = _figure(column, type_name, layout)
        return f"{figure} || '%'" if figure and layout.bears_sign else figure
    if is_text(type_name) or type_name in {"UUID", "DATE", "TIMESTAMP"}:
        return exact(column, type_name)
    return None


def _decimal(column: str, width: int, scale: int) -> str | None:
    """Return a DECIMAL without trailing zeros."""
    if not scale:
        return f"cast({column} as varchar)"
    if width == scale:  # it would be written without the zero before the point
        if width == _MOST_DIGITS:
            return None
        width += 1
        column = f"cast({column} as decimal({width}, {scale}))"
    text = f"cast({column} as varchar)"
    # To cut zeros off is slow, and most figures have either none or nothing else.
    return (
        f"case when {column} % 1 = 0 then cast(cast({column} as decimal({width}, 0)) as varchar)"
        f" when ends_with({text}, '0') then rtrim({text}, '0') else {text} end"
    )


def _double(column: str) -> str:
    """Return the shortest digits that mean a DOUBLE, with as many zeros as they need."""
    text = f"cast({column} as varchar)"
    digits = f"replace(split_part(ltrim({text}, '-'), 'e', 1), '.', '')"
    exponent = f"cast(split_part({text}, 'e', 2) as integer)"
    return (
        f"case when not contains({text}, 'e') then {text} else"
        f" case when {column} < 0 then '-' else '' end ||"
        f" case when {exponent} < 0 then '0.' || repeat('0', -1 - {exponent}) || {digits}"
        f" else rpad({digits}, {exponent} + 1, '0') end end"
    )


def _date(column: str) -> str:
    return (
        f"case when isfinite({column}) then cast({column} as varchar)"
        f" when {column} > date '2000-01-01' then '9999-12-31' when {column} is not null"
        " then '0001-01-01' end"
    )


def _timestamp(column: str) -> str:
    text = f"cast({column} as varchar)"
    return (
        f"case when not isfinite({column}) then"
        f" case when {column} > timestamp '2000-01-01' then '9999-12-31 23:59:59.999999'"
        " else '0001-01-01 00:00:00' end"
        f" when microsecond({column}) % 1000000 = 0 or year({column}) not between 1 and 9999"
        f" then {text} else rpad({text}, 26, '0') end"
    )


_OTHERS: Final[Mapping[str, Callable[[str], str]]] = {
    "DOUBLE": _double,
    # Python knows no shorter floats: one is written with the digits of its double.
    "FLOAT": lambda column: _double(f"cast({column} as double)"),
    "DATE": _date,
    "TIMESTAMP": _timestamp,
}


def _figure(column: str, type_name: str, layout: Layout) -> str | None:
    """Return a number as `show` prints it."""
    places, grouped = layout.digits
    found = _DECIMAL.fullmatch(type_name)
    width, scale = (int(found[1]), int(found[2])) if found else (_WHOLE[type_name], 0)
    if places != AS_STORED and scale:
        width = width - scale + 1 + places  # rounding may carry
        if width > _MOST_DIGITS:
            return None
        column, scale = f"cast({column} as decimal({width}, {places}))", places
        text = f"cast({column} as varchar)"
    else:
        text = exact(column, type_name) or ""
    if not text:
        return None
    fraction = f"',{'0' * places}'" if places > 0 else "''"
    if scale and places == AS_STORED:
        fraction = _fraction(column, scale)
    elif scale:
        fraction = f"',' || right({text}, {places})"
    small = f"replace({text}, '.', ',')" if scale else f"{text} || {fraction}"
    if not grouped:
        return small
    whole = f"trunc({column})" if scale else column
    large = f"{_grouped(column, whole, width)} || {fraction}"
    return f"case when {column} > -1000 and {column} < 1000 then {small} else {large} end"


def _fraction(column: str, scale: int) -> str:
    """Return the decimals of a DECIMAL behind their mark, without zeros at the end."""
    if scale > _FEW:
        text = f"cast({column} as varchar)"
        return (
            f"case when {column} % 1 = 0 then '' else ',' || rtrim(right({text}, {scale}), '0') end"
        )
    return _looked_up(f"abs({column} % 1) * {10**scale}", ",", scale, trimmed=True)


def _grouped(column: str, whole: str, width: int) -> str:
    """Return the whole part of a column, from 1,000 on, with its thousands marked."""
    bigint = f"cast({whole} as bigint)"
    thousands = _looked_up(f"{bigint} // 1000 % 1000", ".", 3)
    ones = _looked_up(f"{bigint} % 1000", ".", 3)
    large = f"format('{{:t.}}', {bigint})"
    if width > _MOST_OF_BIGINT:  # few are so large, and those take far longer
        larger = f"format('{{:t.}}', cast({whole} as hugeint))"
        large = f"case when {whole} between -{_BIGINT} and {_BIGINT} then {large} else {larger} end"
    return (
        f"case when {column} >= 1000000 and {column} < 1000000000"
        f" then concat({bigint} // 1000000, {thousands}, {ones})"
        f" when {column} >= 1000 and {column} < 1000000 then concat({bigint} // 1000, {ones})"
        f" else {large} end"
    )


def _looked_up(number: str, mark: str, digits: int, *, trimmed: bool = False) -> str:
    """Return a number of so many digits, zeros before it too, behind a mark.

    It is found in a list of all that there may be, which is made once: that takes a fraction of
    putting each together. `trimmed` leaves out zeros at the end, and the mark before nothing.
    """
    made = f"'{mark}' || lpad(cast(each as varchar), {digits}, '0')"
    if trimmed:
        made = f"rtrim({made}, '{mark}0')"
    return (
        f"list_transform(range({10**digits}), lambda each: {made})[cast({number} as integer) + 1]"
    )
