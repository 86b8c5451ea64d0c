"""The views that no file holds are made of what headers say."""

from pathlib import Path

from lkjip_tui import paths
from lkjip_tui.core.query import queries
from lkjip_tui.core.query.catalogue import cells_of, made_queries
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside


def test_no_file_may_take_the_name_of_a_made_view(tmp_path: Path) -> None:
    """A query of the user's own would take the place of what all checks rest on."""
    made = {query.name for query in made_queries(queries.load([paths.queries_folder()]))}
    for name in made:
        file = tmp_path / "basis" / f"{name}.sql"
        file.parent.mkdir(exist_ok=True)
        file.write_text("select 1 as one", "utf-8")
    registry = queries.load([tmp_path])
    assert not registry.queries
    assert len(registry.faults) == len(made) == len(queries.MADE)


def test_a_printed_figure_is_held_against_the_cell_that_it_names(standing: Workspace) -> None:
    """A figure would be called wrong, or right, by another cell's value."""
    read = inside(standing).database.read
    parts = "c.kind, c.value, c.exact_value, c.words"
    held = read(f"select c.printed_figure_id, {parts} from basis.printed_cell as c order by all")
    assert held == read(
        f"select p.printed_figure_id, {parts} from printed_figure as p inner join basis.cell as c"
        " on (c.view_name, c.fiscal_year, c.row_key, c.column_name)"
        " = (p.view_name, p.fiscal_year, p.row_key, p.column_name) order by all"
    )
    for part in range(1, 5):
        assert any(row[part] is not None for row in held)


def test_the_cells_of_some_views_are_those_that_all_have(standing: Workspace) -> None:
    """A printed figure would be read as if it stood in a cell of another kind."""
    read = inside(standing).database.read
    views = ("report.achievement", "sheet.office")
    assert read(f"{cells_of(standing.registry, views)} order by all") == read(
        f"select c.* from basis.cell as c where c.view_name in {views} order by all"
    )
