"""Each report table of the example is, letter by letter, what stands in this folder."""

import io
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui import paths
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import machine, markdown, printed, records, report, report_markdown

YEAR: Final = 2021
FOLDER: Final = Path(__file__).parent
TABLES: Final = sorted(file.stem for file in (paths.queries_folder() / "tables").glob("*.sql"))

DOCUMENT: Final = "report"
WHOLE: Final = "whole_report"
"""The tables of the report in a row; the report itself, with its passages."""
FAULTS: Final = "faults"
"""What the printed report of the example has wrong; `tests/core/test_proof.py` reads it."""


def hold(text: str, name: str, request: pytest.FixtureRequest) -> None:
    """Hold a text against its file, or write the file when that was asked for."""
    file = FOLDER / name
    if request.config.getoption("--update-golden"):
        file.write_text(text, "utf-8", newline="")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_the_printed_table_is_the_one_that_was_agreed(
    name: str, example: Path, request: pytest.FixtureRequest
) -> None:
    """Otherwise a heading, a rounding or a row of the report could change unseen."""
    out = io.StringIO()
    with Workspace.open(example) as office:
        markdown.write(out, printed.of_query(office, office.find(f"{Kind.TABLE}.{name}"), YEAR))
    hold(out.getvalue(), f"{name}.md", request)


@pytest.mark.parametrize("name", TABLES)
def test_the_machine_s_table_is_the_one_that_was_agreed(
    name: str, example: Path, request: pytest.FixtureRequest
) -> None:
    """Otherwise a script that reads a table could lose its columns or its figures."""
    out = io.StringIO()
    with Workspace.open(example) as office:
        query = office.find(f"{Kind.TABLE}.{name}")
        machine.write_csv(out, records.of_query(office, query, YEAR))
    hold(out.getvalue(), f"{name}.csv", request)


def test_the_tables_in_a_row_are_the_document_that_was_agreed(
    example: Path, request: pytest.FixtureRequest
) -> None:
    """All that the report prints stands in one document, in the order of its tables."""
    out = io.StringIO()
    with Workspace.open(example) as office:
        for query in office.registry.of_kind(Kind.TABLE):
            out.write(f"## {query.title()}\n\n")
            markdown.write(out, printed.of_query(office, query, YEAR))
            out.write("\n")
    hold(out.getvalue(), f"{DOCUMENT}.md", request)


def test_the_whole_report_is_the_one_that_was_agreed(
    example: Path, request: pytest.FixtureRequest
) -> None:
    """A passage, a figure in it or a table's place could change unseen."""
    out = io.StringIO()
    with Workspace.open(example) as office:
        found = report.of_year(office, YEAR)
    pictures = {query: f"{query}.svg" for query in ("yearly_comparison", "program_absorption")}
    report_markdown.write(out, found, pictures)
    hold(out.getvalue(), f"{WHOLE}.md", request)
    assert found.problems == []


def test_no_file_here_is_left_over_from_a_table_that_went() -> None:
    """Otherwise a table that was lost would still look tested."""
    held = {file.stem for file in FOLDER.iterdir() if file.suffix in {".md", ".csv"}}
    assert held == {*TABLES, DOCUMENT, WHOLE, FAULTS}
