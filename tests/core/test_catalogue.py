"""The views that no file holds are made of what headers say."""

from pathlib import Path

from lkjip_tui import paths
from lkjip_tui.core import queries
from lkjip_tui.core.catalogue import made_queries


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
