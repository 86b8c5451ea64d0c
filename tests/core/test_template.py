"""A new office begins with the names that offices of its kind share, and with no figure."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui import paths
from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.storage.seed import About, Seed
from lkjip_tui.core.storage.template import Template
from lkjip_tui.core.workspace import Workspace
from tests.core.support import facts_of, inside, rows_of

_NEXT: Final = 2024


@pytest.fixture
def kecamatan() -> Template:
    """Return the template that ships."""
    return Template.read(paths.templates_folder(), "kecamatan")


def _made(folder: Path, begin: Sequence[Seed]) -> Workspace:
    return Workspace.create(folder / "new.duckdb", "Kecamatan Baru", _NEXT, begin=begin)


def _column(seed: Seed, name: str) -> list[str | None]:
    return [row[seed.columns.index(name)] for row in seed.rows]


def test_the_nomenclature_is_the_example_s(kecamatan: Template) -> None:
    """A new office would budget a sub kegiatan that no regulation knows."""
    for table in ("program", "activity", "sub_activity"):
        example = Seed.from_csv(paths.example_folder() / f"{table}.csv")
        template = kecamatan.tables[table]
        for column in template.columns:
            assert _column(template, column) == _column(example, column), (table, column)


def test_a_template_holds_no_figure_and_no_name_of_an_office(kecamatan: Template) -> None:
    """Another office's figures would be sent in as one's own."""
    for table, seed in kecamatan.tables.items():
        assert not {"amount", "value", "code", "fiscal_year"} & set(seed.columns), table
        for name in ("Sooko", "Mojokerto", "2021", "2022"):
            assert not any(name in (field or "") for row in seed.rows for field in row), table


def test_passages_of_a_template_are_places_of_tables_alone(kecamatan: Template) -> None:
    """Another office's words would be sent in as one's own."""
    bodies = filter(None, _column(kecamatan.tables["section"], "body"))
    lines = [line for body in bodies for line in body.splitlines() if line]
    assert lines
    assert all(re.fullmatch(r"\{[a-z_]+\}", line) for line in lines)


def test_ids_of_a_template_are_below_those_that_the_file_gives(kecamatan: Template) -> None:
    """The first thing that a user adds would be one that is there."""
    for table, seed in kecamatan.tables.items():
        if seed.columns[0] == f"{table}_id":
            ids = [int(each or 0) for each in _column(seed, f"{table}_id")]
            assert len(set(ids)) == len(ids)
            assert max(ids) < 1000


def test_what_a_template_gives_shows_in_the_year_s_sheets(
    kecamatan: Template, tmp_path: Path
) -> None:
    """What was picked would be in the file, and on no screen."""
    with _made(tmp_path, kecamatan.seeds(_NEXT)) as office:
        assert len(rows_of(office, "activities", _NEXT)) == 1 + 5 + 11 + 29
        assert len(rows_of(office, "programs", _NEXT)) == 5
        assert len(rows_of(office, "indicators", _NEXT)) == 3 + 8
        assert len(rows_of(office, "sections", _NEXT)) == 19
        assert len(rows_of(office, "achievement", _NEXT)) == 8
        assert len(rows_of(office, "yearly_comparison", _NEXT)) == 2
        board = {row["row_key"]: row for row in rows_of(office, "completeness", _NEXT)}
        assert [board[part]["expected"] for part in ("target_agreed", "budget", "names")] == [
            8, 29, 11,
        ]  # fmt: skip
        assert board["target_agreed"]["filled"] == board["budget"]["filled"] == 0
        found, faults = office.findings(_NEXT)
        assert not faults
        # Figures are missing, and nothing is wrong.
        assert {finding.check_name for finding in found} == {
            "target_missing", "realization_missing", "program_without_outcome",
        }  # fmt: skip
        assert inside(office).database.read("select count(*) from journal") == [(0,)]


def test_each_part_can_be_left_out_with_what_hangs_on_it(
    kecamatan: Template, tmp_path: Path
) -> None:
    """A budget of a program that is not there would stand in the file for ever."""
    keys = {part.key for part in kecamatan.parts}
    left = keys - {"program/1", "program", "objective/1", "indicator/3", "section"}
    with _made(tmp_path, kecamatan.seeds(_NEXT, left)) as office:
        facts = facts_of(office)
        assert len(facts["program"]) == len(facts["program_budget"]) == 4
        assert len(facts["activity"]) == 4
        assert len(facts["sub_activity"]) == len(facts["sub_activity_budget"]) == 29 - 18
        assert len(facts["objective"]) == 2
        assert len(facts["indicator"]) == 8 - 2 - 1
        assert len(facts["indicator_target"]) == 5 + 2, "two are of the strategic plan, too"
        assert facts["section"] == []


def test_nothing_picked_is_an_empty_office(kecamatan: Template, tmp_path: Path) -> None:
    """Who wants none of it would have to delete it."""
    (tmp_path / "plain").mkdir()
    with _made(tmp_path, kecamatan.seeds(_NEXT, ())) as office, _made(tmp_path / "plain", ()) as it:
        assert facts_of(office) == facts_of(it)


def test_what_is_known_of_a_new_office_is_in_it(tmp_path: Path) -> None:
    """What was typed on making it would have to be typed again."""
    about = About("Kabupaten Baru", "", "Camat Baru", (2024, 2028))
    path = tmp_path / "new.duckdb"
    with Workspace.create(path, "Kecamatan Baru", _NEXT, about=about) as office:
        facts = facts_of(office)
        assert facts["office"][0][:5] == (1, "Kecamatan Baru", "Kabupaten Baru", None, "Camat Baru")
        assert facts["report_year"][0][:4] == (_NEXT, "initial", 2024, 2028)


def test_parts_stand_beneath_what_they_belong_to(kecamatan: Template) -> None:
    """An indicator would be picked under another objective."""
    shape = [(part.key.partition("/")[0], part.level) for part in kecamatan.parts]
    assert shape == [
        ("section", 1),
        ("program", 1), *[("program", 2)] * 5,
        ("objective", 1),
        ("objective", 2), *[("indicator", 3)] * 2,
        ("objective", 2), *[("indicator", 3)] * 4,
        ("objective", 2), *[("indicator", 3)] * 2,
    ]  # fmt: skip


def test_a_template_that_is_not_there_is_told_with_those_that_are() -> None:
    """A misspelt name would make an empty office without a word."""
    with pytest.raises(UsageError, match="kelurahan") as refused:
        Template.read(paths.templates_folder(), "kelurahan")
    assert "kecamatan" in refused.value.hint
