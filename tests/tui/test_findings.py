"""The findings on the screen: by rule, narrowed, accepted with a reason, gone to and come back."""

from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.findings_pane import FindingsPane
from lkjip_tui.tui.navigator import FINDINGS, Navigator
from tests.tui.conftest import Desk, OpenDesk

YEAR = 2021


async def open_findings(user: Desk) -> FindingsPane:
    """Open the findings once they are known."""
    await user.see(lambda: user.workbench.counts.findings, "the findings")
    await user.open(FINDINGS)
    pane = user.workbench.pane
    assert isinstance(pane, FindingsPane)
    return pane


async def test_a_finding_leads_to_its_cell_and_backspace_comes_back(
    desk: OpenDesk, example: Path
) -> None:
    """A finding would have to be searched for, and the list begun from its start."""
    with Workspace.open(example) as workspace:
        finding = next(f for f in workspace.findings(YEAR)[0] if f.check_name == "printed_wrong")
    async with desk(example) as user:
        await open_findings(user)
        await user.open(f"quality.{finding.check_name}")
        await user.press("down", "enter")
        await user.see(lambda: user.workbench.place == finding.view_name, "the finding's view")
        model = user.workbench.query_pane.model
        assert model is not None
        assert model.row(user.grid.cursor_row)["row_key"] == finding.row_key
        assert model.shown[user.grid.cursor_column].name == finding.column_name
        await user.press("backspace")
        await user.see(lambda: user.workbench.place == FINDINGS, "the findings again")
        assert finding.message.split()[-1] in user.screen()
        await user.press("backspace")
        assert user.workbench.place == FINDINGS


async def test_a_finding_is_accepted_with_a_reason_and_opened_again(
    desk: OpenDesk, example: Path
) -> None:
    """The count would frighten with what was settled long ago."""
    async with desk(example) as user:
        pane = await open_findings(user)
        errors = user.workbench.counts.of_severity("error")
        await user.press("down", "a")
        await user.see(lambda: user.app.screen is not user.workbench, "the question")
        await user.type("seen")
        await user.press("enter")
        await user.see(
            lambda: user.workbench.counts.of_severity("error") == errors - 1, "one error less"
        )
        await user.see(lambda: "✓" in user.screen(), "its sign")
        assert pane.grid.cursor_row == 1, "the next one is to be settled"
        rows = [row.cells[0].text for row in pane.grid.model.rows(0, pane.grid.model.row_count)]
        at = next(number for number, text in enumerate(rows) if text.startswith("✓"))
        pane.grid.move_to(at, 0)
        await user.pilot.pause()
        assert "seen" in user.screen()
        await user.press("a")
        await user.see(lambda: user.app.screen is not user.workbench, "the question")
        await user.press("enter")
        await user.see(
            lambda: user.workbench.counts.of_severity("error") == errors, "the error again"
        )
        await user.press("ctrl+z")
        await user.see(
            lambda: user.workbench.counts.of_severity("error") == errors - 1, "taken back"
        )


@pytest.mark.slow
async def test_all_of_a_rule_is_accepted_at_once_or_the_rule_is_switched_off(
    desk: OpenDesk, example: Path
) -> None:
    """Eighteen spellings would need eighteen reasons."""
    async with desk(example) as user:
        await open_findings(user)
        await user.open("quality.printed_misspelt")
        warnings = user.workbench.counts.of_severity("warning")
        misspelt = [
            finding
            for finding in user.workbench.counts.standing
            if finding.check_name == "printed_misspelt"
        ]
        assert len(misspelt) > 1
        await user.press("a")
        await user.see(lambda: user.app.screen is not user.workbench, "the question")
        await user.press("enter")
        assert user.app.screen is not user.workbench, "a reason is needed"
        await user.type("so be it")
        await user.press("enter")
        await user.see(
            lambda: user.workbench.counts.of_severity("warning") == warnings - len(misspelt),
            "none of them",
        )
        names = [option.id for option in user.workbench.query_one(Navigator).options]
        assert "quality.printed_misspelt" not in names
        await user.open("quality.printed_wrong")
        await user.app.run_action("command('rule_off')")
        await user.see(
            lambda: (
                not any(
                    finding.check_name == "printed_wrong"
                    for finding in user.workbench.counts.findings or ()
                )
            ),
            "the rule is silent",
        )
        await user.open("quality.printed_wrong")
        assert "printed_wrong" not in user.screen()


@pytest.mark.slow
async def test_a_text_narrows_the_findings_and_esc_shows_all(desk: OpenDesk, example: Path) -> None:
    """Who mends one table would read through all the others' faults."""
    async with desk(example) as user:
        pane = await open_findings(user)
        everything = pane.grid.model.row_count
        await user.press("ctrl+l")
        await user.type("tabel 3.9")
        await user.see(lambda: pane.grid.model.row_count < everything, "fewer")
        lines = pane.grid.model.rows(0, pane.grid.model.row_count)
        assert all("Tabel 3.9" in row.cells[0].text for row in lines if row.level == 2)
        await user.press("enter", "down")
        await user.see(lambda: pane.grid.has_focus, "the list")
        assert pane.grid.cursor_row == 1
        assert "Esc" in user.screen().splitlines()[1]
        await user.press("escape")
        await user.see(lambda: pane.grid.model.row_count == everything, "all")
        await user.press("ctrl+l")
        await user.type("tabel 3.9")
        await user.see(lambda: pane.grid.model.row_count < everything, "fewer")
        await user.open("quality.label_contradicts_value")
        await user.see(lambda: pane.grid.model.row_count == everything, "the rule, not the filter")
        await user.press("ctrl+l")
        await user.type("no such words")
        await user.see(lambda: pane.grid.model.row_count == 0, "none")
        await user.press("enter", "enter", "a")
        assert user.app.screen is user.workbench


async def test_rules_fold_and_unfold(desk: OpenDesk, example: Path) -> None:
    """Forty wrong figures would hide the rule beneath them."""
    async with desk(example) as user:
        pane = await open_findings(user)
        everything = pane.grid.model.row_count
        await user.press("enter")
        await user.see(lambda: pane.grid.model.row_count < everything, "folded")
        await user.press("alt+o")
        await user.see(lambda: pane.grid.model.row_count == everything, "unfolded")
        await user.app.run_action("command('fold_all')")
        rows = pane.grid.model.rows(0, pane.grid.model.row_count)
        assert {row.level for row in rows} == {1}
        await user.open("quality.printed_misspelt")
        await user.app.run_action("command('fold_all')")
        await user.see(lambda: pane.grid.model.row_count == everything, "all again")
