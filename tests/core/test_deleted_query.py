"""What goes with a query of one's own, and where its file lies then."""

from pathlib import Path

from lkjip_tui.core.query.deleted_query import explained_by, place_of, put_away, resting_on
from lkjip_tui.core.query.queries import load

_TEXT = '-- title: T\n-- column a: text "A"\n'
_HEADER = '-- title: T\n-- column a: choice "A"\n'


def test_all_that_rests_on_a_query_is_found_and_no_deleted_file_takes_anothers_place(
    tmp_path: Path,
) -> None:
    """Tables would fail that nobody was told of, or what was deleted before would be lost."""
    for name, text in {
        "basis/mine": "-- # Mine.\nselect 1 as a",
        "sheets/first": "-- title: T\nselect m.a from basis.mine as m",
        "sheets/second": f"{_HEADER}-- choice a: select a, a from sheet.first\nselect 1 as a",
        "tables/third": "-- title: T\nselect s.a from sheet.second as s",
        "tables/apart": "-- title: T\nselect 'sheet.first' as a",
        "tables/told": f"{_TEXT}-- from a: first.a ()\nselect 'a' as a",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.sql").write_text(text)
    registry = load([tmp_path])
    assert not registry.refused
    names = [query.full_name for query in resting_on(registry, "basis.mine")]
    assert names == ["sheet.first", "sheet.second", "report.third"]
    assert explained_by(registry, "basis.mine") == []
    names = [query.full_name for query in explained_by(registry, "sheet.first")]
    assert names == ["report.told"]
    file = tmp_path / "sheets" / "first.sql"
    for told in ("first.sql", "first-2.sql", "first-3.sql"):
        place = place_of(file, tmp_path)
        assert place == tmp_path / "deleted" / "sheets" / told
        file.write_text(told)
        put_away(file, place)
        assert place.read_text() == told
    assert [query.full_name for query in load([tmp_path]).queries.values()] == [
        "basis.mine", "sheet.second", "report.apart", "report.third", "report.told",
    ]  # fmt: skip
