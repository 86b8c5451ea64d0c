"""Charts show their tables' figures, and where there is none, nothing."""

from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lkjip_tui.core.sql.result import Work
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import chart_pictures, charts
from lkjip_tui.transfer.charts import Chart, Panel, Series
from lkjip_tui.transfer.result_cells import ResultCells
from tests.core.support import put

YEAR = 2021


def of(office: Workspace, name: str) -> Chart:
    """Return the chart of a report table of the example."""
    found = charts.of_query(office, office.find(f"report.{name}"), YEAR)
    assert found is not None
    return found


def test_bars_stand_for_the_rows_and_money_apart_from_percents(standing: Workspace) -> None:
    """A percent beside billions would be no bar at all."""
    chart = of(standing, "program_absorption")
    money, percents = chart.panels
    assert money.labels[1] == "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"
    assert [series.name for series in money.series] == [
        "Jumlah Anggaran", "Realisasi Penyerapan Anggaran",
    ]  # fmt: skip
    assert money.series[0].texts[0] == "4.349.483.103"
    assert percents.series[0].values[0] == Decimal("67.59")


def test_lines_go_along_the_years_and_a_missing_figure_is_a_gap(standing: Workspace) -> None:
    """A target that nobody set would be drawn as nought."""
    chart = of(standing, "yearly_comparison")
    index = chart.panels[0]
    assert index.labels == ["Th. 2019", "Th. 2020", "Th. 2021"]
    target, realization = index.series
    assert target.values == [None, None, Decimal(76)]
    assert realization.texts == ["79 Baik", "80 Baik", "81 Baik"]


def test_a_table_without_figures_has_no_chart(standing: Workspace) -> None:
    """The report would show empty axes."""
    assert charts.of_query(standing, standing.find("budget_summary"), YEAR) is None
    query = standing.find("report.yearly_comparison")
    for row_key in ("indicator/10", "indicator/11"):
        for column in ("target", "realization_2_before", "realization_1_before", "realization"):
            put(standing, query.full_name, row_key, column, "")
    assert charts.of_query(standing, query, YEAR) is None


def test_a_long_table_s_chart_shows_its_first_rows_and_says_so(example: Path) -> None:
    """A picture of a thousand bars could be read by nobody."""
    folder = example.parent / "queries" / "tables"
    folder.mkdir(parents=True)
    (folder / "many.sql").write_text(
        '-- chart: n: n\n-- column n: count "N"\n-- order: n\n'
        "select 2021 as fiscal_year, r.range || '' as row_key, r.range as n"
        " from range(1000) as r (range)"
    )
    with Workspace.open(example) as office:
        chart = of(office, "many")
    assert len(chart.panels[0].labels) == 40
    assert chart.caption.endswith("(40 baris pertama)")


@pytest.mark.parametrize("name", ["program_absorption", "yearly_comparison"])
def test_pictures_are_the_same_each_time_and_bear_the_figures(
    standing: Workspace, name: str
) -> None:
    """A report would differ from the same report; or its bars could only be guessed at."""
    chart = of(standing, name)
    picture = chart_pictures.svg(chart)
    assert picture == chart_pictures.svg(chart)
    assert chart_pictures.png(chart) == chart_pictures.png(chart)
    shown = {"".join(each.itertext()).strip() for each in ET.fromstring(picture).iter()}  # noqa: S314
    for panel in chart.panels:
        for series in panel.series:
            assert {t for t, v in zip(series.texts, series.values, strict=True) if v} <= shown


@pytest.mark.parametrize("kind", ["bars", "lines"])
def test_odd_names_and_figures_are_drawn(kind: str) -> None:
    """A name with a dollar or a bracket would stop the whole report."""
    values = [Decimal(-5), None, Decimal(0), Decimal(10) ** 17]
    odd = ["$x_1$ [/x] \\frac", "", "\x1b[31m", "é" * 300]
    series = [Series(text, values, odd) for text in odd]
    chart = Chart("x", "x", "bars" if kind == "bars" else "lines", [Panel(odd[0], odd, series)])
    assert chart_pictures.svg(chart)
    assert chart_pictures.png(chart)


@pytest.mark.usefixtures("english")
def test_a_result_is_drawn_by_its_figures_and_named_by_its_words(standing: Workspace) -> None:
    """The names would be drawn as bars, or an endless figure end the program."""
    result = standing.console.result(
        "select * from (values (1, 'a', 2.5, 'nan'::double), (2, 'b', null, 3)) as t(n, name, x, y)"
    )
    result.begin(Work())
    cells, rows = ResultCells(result), result.rows
    named = [rows.named(row) for row in rows.window(0, 2)]
    chart = charts.of_rows(cells, cells.shown, named, cells.shown)
    assert chart is not None
    assert chart.caption == "n, x, y"
    series = [each for panel in chart.panels for each in panel.series]
    assert [panel.labels for panel in chart.panels] == [["a", "b"], ["a", "b"]]
    assert [each.values for each in series] == [[1, 2], [Decimal("2.5"), None], [None, 3]]
    many = charts.of_rows(cells, cells.shown, named * 30, cells.shown)
    assert many is not None
    assert many.caption == "n, x, y (the first 40 rows)"
    assert len(many.panels[0].labels) == 40
    assert charts.of_rows(cells, cells.shown[1:2], named, cells.shown) is None
