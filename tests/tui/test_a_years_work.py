"""A year's work by keys alone: an office's Excel file, mended, laid out, and all taken back."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from shutil import copyfile

import pytest

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.preview import Preview
from tests.core.support import Facts, facts_of, inside, rows_of
from tests.tui.conftest import Desk, OpenDesk

_YEAR = 2022
_FILLED = 5_250_000
#: How the people who filled the Excel file in wrote its figures.
_WRITTEN: tuple[Callable[[str], str], ...] = (
    lambda dotted: f"Rp {dotted}",
    lambda dotted: dotted.replace(".", ",") + ".00",
    lambda dotted: dotted.replace(".", ""),
    lambda dotted: f"{dotted},-",
    lambda dotted: f" {dotted} ",
)
_MALFORMED = "sub_activity/9"


def _from_excel(example: Path) -> str:
    """Return what copying the office's table puts on the clipboard: figures, totals between."""
    with Workspace.open(example, read_only=True) as workspace:
        rows = rows_of(workspace, "activities")
    written = cycle(_WRITTEN)
    lines = ["Program / Kegiatan / Sub Kegiatan\tPagu Anggaran (Rp)\tRealisasi Anggaran (Rp)"]
    for row in rows:
        dotted = [f"{row[name]:,}".replace(",", ".") for name in ("budget_revised", "realization")]
        texts = [next(written)(each) for each in dotted]
        if row["row_key"] == _MALFORMED:
            texts[1] = f".{dotted[1].partition('.')[2]}"
        lines.append("\t".join([row["name"], *texts]))
    return "\r\n".join([*lines, ""])


def _expected(example: Path, folder: Path) -> Facts:
    """Return the facts that the work must come to, made by statements from last year's figures."""
    with Workspace.open(copyfile(example, folder / "expected.duckdb")) as workspace:
        workspace.start_year(_YEAR)
        with inside(workspace).database.transaction() as changes:
            changes.run(
                "update sub_activity_budget as b set amount = o.amount from sub_activity_budget as"
                f" o where b.fiscal_year = {_YEAR} and b.stage = 'initial' and o.stage = 'revised'"
                " and o.fiscal_year = 2021 and o.sub_activity_id = b.sub_activity_id;"
                "insert into sub_activity_realization (sub_activity_id, fiscal_year, quarter,"
                f" amount) select sub_activity_id, {_YEAR}, 0, amount from sub_activity_realization"
                " where fiscal_year = 2021 and quarter = 0;"
                "insert into sub_activity_budget (sub_activity_id, fiscal_year, stage, amount)"
                f" values (3, {_YEAR}, 'revised', {_FILLED}), (4, {_YEAR}, 'revised', {_FILLED});"
                "update sub_activity set name = replace(name, 'Penyediaan', 'Pengadaan');"
                "update activity set name = replace(name, 'Penyediaan', 'Pengadaan')"
            )
        return facts_of(workspace)


def _facts(user: Desk) -> Facts:
    assert user.app.workspace is not None
    return facts_of(user.app.workspace)


async def _start_the_year(user: Desk) -> None:
    await user.press("ctrl+p", *"start a year", "enter")
    await user.see(lambda: "structure of 2021" in user.screen(), "the question")
    await user.press("enter")
    await user.see(lambda: f"{_YEAR} is started" in user.screen(), "the year")
    await user.press("backspace")
    await user.see(lambda: user.workbench.place == "sheet.activities", "the activities")
    assert user.cell("total", "budget_initial") == "–"


async def _paste(user: Desk, text: str) -> None:
    """Paste the table, and mend what could not be read."""
    await user.paste(text)
    await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
    shown = " ".join(user.screen().replace("│", " ").split())
    assert "57 cells · 1 refused" in shown
    assert "Pagu Anggaran (Rp) → Budget · Realisasi Anggaran (Rp) → Realization" in shown
    assert "1 row of totals left out" in shown
    assert "A digit seems to be missing" in shown
    await user.press("f5")
    assert "Some cells are refused" in user.screen()
    await user.press("f2", "home", "4", "f5")
    await user.see(lambda: "paste: 58 cells" in user.screen(), "what was pasted")
    assert user.cell("sub_activity/1", "realization") == "4.996.150"
    assert user.cell("total", "budget_initial") == "4.644.000.103"
    assert user.cell("total", "realization") == "3.230.910.909"


async def _fill(user: Desk) -> None:
    await user.go_to("sub_activity/3", "budget_revised")
    await user.press(*"5,25 juta", "enter")
    assert "●" in user.screen() or user.workbench.is_editing
    await user.press("escape", *"5.250.000", "enter", "up", "shift+down", "ctrl+d")
    await user.see(lambda: "fill: 1 cell" in user.screen(), "what was filled")
    assert user.cell("activity/2", "budget_revised") == "10.500.000"


async def _replace(user: Desk) -> None:
    await user.press("escape", "alt+h", *"Penyediaan", "enter", *"Pengadaan", "enter")
    await user.see(lambda: "replace: 12 cells" in user.screen(), "what was replaced")
    assert "every year" in user.screen()
    assert user.cell("sub_activity/3", "name") == "Pengadaan Gaji dan Tunjangan ASN"
    assert "Penyediaan" not in user.screen()


async def _look_around(user: Desk) -> None:
    """Sort and filter, which changes nothing."""

    def shown() -> list[str]:
        model = user.workbench.query_pane.model
        assert model is not None
        return [str(model.row(number)["row_key"]) for number in range(model.row_count)]

    as_it_comes = shown()
    await user.press("alt+s")
    await user.see(lambda: "⇡" in user.screen(), "the rows sorted up")
    await user.press("alt+s")
    await user.see(lambda: "⇣" in user.screen(), "the rows sorted down")
    assert shown()[:4] == ["program/1", "activity/2", "sub_activity/3", "sub_activity/4"]
    await user.press("alt+v")
    await user.see(lambda: "4 of 46 rows" in user.screen(), "the rows of that figure")
    await user.press("ctrl+l", *"gaji", "enter")
    await user.see(lambda: "3 of 46 rows" in user.screen(), "the rows with that text, too")
    assert shown() == ["program/1", "activity/2", "sub_activity/3"]
    await user.press("alt+shift+v", "alt+s")
    await user.see(lambda: shown() == as_it_comes, "all rows as they come")


@pytest.mark.slow
@pytest.mark.usefixtures("english")
async def test_a_year_s_work_is_done_by_keys_and_taken_back_and_done_again(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """What the program is for would not come to the figures of the office's own file."""
    (tmp_path / "other").mkdir()
    text, expected = _from_excel(example), _expected(example, tmp_path / "other")
    async with desk(example, size=(80, 24)) as user:
        beginning = _facts(user)
        await _start_the_year(user)
        await _paste(user, text)
        await _fill(user)
        await _replace(user)
        await _look_around(user)
        assert _facts(user) == expected
        for told in (
            "12 cells · every year",
            "Penyediaan Administrasi Pelaks… · Revised budget: 5.250.000 → –",
            "Penyediaan Gaji dan Tunjangan… · Revised budget: 5.250.000 → –",
            "58 cells · 2022",
            "2022 · report year",
        ):
            await user.press("ctrl+z")
            await user.see(lambda told=told: told in _last_line(user), told)  # type: ignore[misc]
        assert _facts(user) == beginning
        assert user.workbench.year == 2021
        await user.press(*["ctrl+y"] * 5)
        await user.see(lambda: "redone: 12 cells" in user.screen(), "everything done again")
        assert _facts(user) == expected
        assert user.workbench.year == _YEAR, "what is typed next would go into the year before"
        assert user.cell("total", "realization") == "3.230.910.909"


def _last_line(user: Desk) -> str:
    return user.screen().splitlines()[-2]
