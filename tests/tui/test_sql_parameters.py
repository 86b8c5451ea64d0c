"""A statement with parameters asks for them before it runs."""

from pathlib import Path

import pytest

from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.console.parameters import ParameterForm
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import SQL
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted", "english")

_ASKING = "select $more + 1, upper($name), $fiscal_year, $day + 1, $nothing is null, typeof($code)"


def _form(user: Desk) -> ParameterForm | None:
    found = user.app.screen
    return found if isinstance(found, ParameterForm) else None


def _write(user: Desk, statement: str) -> None:
    user.workbench.query_one(SqlPane).editor.area.text = statement


def _answer(user: Desk) -> list[str]:
    model = user.grid.model
    return [cell.text for cell in model.rows(0, 1)[0].cells] if model.row_count else []


async def test_parameters_are_asked_for_read_and_remembered(desk: OpenDesk, example: Path) -> None:
    """`$name` could be run by a script alone, or would have to be typed each time."""
    async with desk(example, size=(80, 24)) as user:
        await user.open(SQL)
        _write(user, _ASKING)
        await user.press("f5")
        await user.see(lambda: _form(user), "the form")
        names = [str(each.render()) for each in user.app.screen.query(".name")]
        assert names == ["$more", "$name", "$day", "$nothing", "$code"]
        assert "Empty is null." in user.screen(), "how to type, before anything is typed"
        await user.type("1.234")
        assert "two readings" in user.screen()
        await user.press("f5")
        assert _form(user), "what can be read in two ways is not run"
        await user.press("ctrl+a", *"70,5", "enter", *"umum", "tab", *"31/12/2021", "down")
        assert "a decimal number" in user.screen()
        assert "a date" in user.screen()
        await user.press("enter", *"'7'", "enter")
        await user.see(lambda: _answer(user), "the result")
        assert _answer(user) == ["71,5", "UMUM", "2021", "2022-01-01", "true", "VARCHAR"]

        _write(user, "select $Name || 's' as first; select $name, $other as second")
        await user.press("alt+a")
        await user.see(lambda: _form(user), "the form for both")
        assert user.screen().count("umum") == 1
        await user.press("tab", *"x", "f5")
        await user.see(lambda: _answer(user) == ["umum", "x"], "the second result")

        _write(user, "select $other, $FISCAL_YEAR")
        await user.press("f5")
        await user.see(lambda: _form(user), "the form once more")
        await user.press("escape")
        assert _answer(user) == ["umum", "x"], "nothing has run"
        _write(user, "select $fiscal_year as y")
        await user.press("f5")
        await user.see(lambda: _answer(user) == ["2021"], "the year, unasked")
    assert Memory(example.parent / "state.json").given["code"] == "'7'"
