"""A statement that would take a minute is stopped fifty times, wherever it stands."""

import asyncio
import random
from pathlib import Path
from typing import Final

import pytest

from tests.tui.conftest import OpenDesk
from tests.tui.conftest import desk as desk  # noqa: PLC0414 - a fixture
from tests.tui.conftest import uncounted as uncounted  # noqa: PLC0414 - likewise
from tests.tui.test_sql_result import begin, rest, see_nothing_at_work, shown, truth

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("uncounted", "english")]

_TIMES: Final = 50
_LONGEST: Final = 1.5
#: First rows that do not come; rows behind them that do not; a sort that takes long; a count.
_STATEMENTS: Final = (
    "select sum(a.range * b.range) from range(3000000) a, range(200000) b",
    (
        "select range as n from range(100000000000)"
        " where range < 4000 or regexp_matches(range::varchar, '^(x+)+$')"
    ),
    "select range as n, hash(range) as h from range(30000000) order by h",
    "select range as n from range(100000000) where range % 3 = 1",
)


async def test_whatever_is_stopped_fifty_times_leaves_nothing_behind(
    desk: OpenDesk,
    example: Path,
) -> None:
    """The machine would slow down with every Esc, or the screen say what is not so."""
    moments = random.Random(6)  # noqa: S311 - the same ones each time
    async with desk(example) as user:
        for turn in range(_TIMES):
            await begin(user, _STATEMENTS[turn % len(_STATEMENTS)])
            await asyncio.sleep(moments.random() ** 3 * _LONGEST)
            await user.press("escape")
            await rest(user)
            assert "Esc stops it" not in user.screen()
            assert "running" not in truth(user)
            await see_nothing_at_work(user)
            await begin(user, f"select {turn} as n")
            await rest(user)
            assert shown(user) == [str(turn)]
            assert truth(user).startswith("1 row · ")
