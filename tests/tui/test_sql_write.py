"""Write mode of the console, as a run of keys: seen before it happens, refused, mended, undone."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from lkjip_tui.tui.navigator import HISTORY, SQL
from lkjip_tui.tui.preview import Preview
from tests.core.support import digest_of
from tests.tui.conftest import Desk, OpenDesk

_WRONG = "update sub_activity_budget set amount = 7000000"
_FOR_HOURS = (
    "update population set male = (select sum(a.range * b.range)"
    " from range(3000000) as a, range(200000) as b)"
)
_MENDED = " where sub_activity_id = 2"


def _findings(user: Desk) -> int | None:
    """Return how many findings stand as the screen counts them, None while it counts."""
    counts = user.workbench.counts
    return None if counts.findings is None else len(counts.standing)


def _answer(user: Desk) -> str:
    """Return the first figure of the result, empty while there is none."""
    return user.grid.model.rows(0, 1)[0].cells[0].text if user.grid.model.row_count else ""


async def _look(user: Desk) -> str:
    """Run the statement, and return what the preview shows."""
    await user.press("f5")
    await user.see(lambda: isinstance(user.app.screen, Preview), "what would change")
    return user.screen()


@pytest.mark.slow
@pytest.mark.usefixtures("english")
async def test_a_wrong_update_is_seen_refused_mended_applied_and_undone(
    desk: OpenDesk, example: Path
) -> None:
    """A WHERE that is missing would cost all figures, and be noticed when they are printed."""
    async with desk(example, size=(120, 40)) as user:
        assert user.app.workspace is not None
        workspace = user.app.workspace
        await user.see(lambda: _findings(user) is not None, "the findings")
        findings, facts = _findings(user), digest_of(workspace)
        await user.open(SQL)
        await user.type(_WRONG)

        # Off: it is refused, and the key for it is told.
        assert "✎" not in user.screen()
        await user.press("f5")
        await user.see(lambda: "UPDATE is not run here" in user.screen(), "the refusal")
        assert "Alt+W" in user.screen().splitlines()[-2]
        await user.press("alt+w")
        assert "✎ write mode" in user.screen()

        # Seen: every row, and what the checks would say; Esc leaves all as it was.
        shown = await _look(user)
        assert "29 of 29 rows change (29 cells)" in shown
        assert "7.000.000" in shown
        assert "Checks in 2021: ● 75 → " in shown
        await user.press("f2", "delete")
        assert "the statement can be mended" in user.screen()
        await user.press("escape")
        await user.see(lambda: "Nothing was changed." in user.screen(), "that nothing was changed")
        assert digest_of(workspace) == facts

        # Mended, seen again, and done: the count of findings follows, the history tells it.
        await user.type(_MENDED)
        shown = await _look(user)
        assert "1 of 29 rows changes (1 cell)" in shown
        await user.press("f5")
        await user.see(lambda: "written: 1 cell" in user.screen(), "that it is done")
        assert digest_of(workspace) != facts
        await user.see(lambda: _findings(user) not in (findings, None), "other findings")
        await user.open(HISTORY)
        assert "SQL statement" in user.screen()
        assert "10.000.000 → 7.000.000" in user.screen()

        # Undone: not while the text is typed, where the key belongs to that.
        await user.open(SQL)
        await user.press("f6", "ctrl+z")
        await user.see(lambda: digest_of(workspace) == facts, "the facts as they were")
        await user.see(lambda: _findings(user) == findings, "the findings as they were")
        assert "undone" in user.screen()


@pytest.mark.slow
@pytest.mark.usefixtures("english", "uncounted")
async def test_a_look_that_takes_for_hours_is_stopped_and_others_go_on(
    desk: OpenDesk, example: Path
) -> None:
    """The user could neither mend the statement nor save anything."""
    async with desk(example, size=(80, 24)) as user:
        await user.open(SQL)
        user.workbench.query_one(TextArea).text = _FOR_HOURS
        await user.press("alt+w", "f5")
        await user.see(lambda: "Esc stops it" in user.screen(), "the key that stops")
        await user.press("escape")
        await user.see(lambda: "stopped after" in user.screen(), "that it is stopped")
        area = user.workbench.query_one(TextArea)
        area.text = "update section set body = body || ' Selesai sudah.' where body is not null"
        shown = await _look(user)
        listed = next(line for line in shown.splitlines() if "Latar Belakang" in line)
        assert "annya. Sele" in listed, "where both ends differ, however long they are"
        assert listed.count("annya.") == 2
        await user.press("down", "ctrl+o")
        await user.see(lambda: "Tujuan Pembangunan" in user.screen(), "all of it")
        await user.press("escape", "escape")
        await user.see(lambda: "Nothing was changed." in user.screen(), "that nothing was changed")
        area.text = "update report_year set fiscal_year = 2022; select 7"
        await user.press("alt+a")
        await user.see(lambda: isinstance(user.app.screen, Preview), "what would change")
        await user.press("escape")
        await user.see(lambda: "1 of 2 was stopped" in user.screen(), "that the rest did not run")
        assert "failed" not in user.screen()
        await user.press("alt+a")
        await user.see(lambda: isinstance(user.app.screen, Preview), "what would change, again")
        await user.press("f5")
        await user.see(lambda: _answer(user) == "7", "the result of what is behind it")
        await user.see(lambda: user.workbench.year == 2022, "the year that there is now")
        area.text = "select $fiscal_year"
        await user.press("f5")
        await user.see(lambda: _answer(user) == "2022", "its result")
