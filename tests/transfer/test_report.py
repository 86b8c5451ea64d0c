"""The whole report: everything in it once, in its place, with the tables' own figures."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from lkjip_tui import language, paths
from lkjip_tui.core.errors import FileError, UsageError
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.storage.template import Template
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import chart_pictures, passages, report, report_docx, report_files
from lkjip_tui.transfer.charts import Chart, Panel, Series
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.report_blocks import Block, Heading, Report, Signed, Words
from tests.core.support import insert, put, rows_of, take_back

pytestmark = pytest.mark.usefixtures("english")
YEAR = 2021


NAMES = {
    "budget_summary:total:nothing": "no column",
    "budget_summary:sum:budget": "no row",
    "nowhere:total:budget": "no sheet, table or check",
    "nothing": "no sheet, table or check",
    "national_comparison:indicator/10:national_value": "no value yet",
    "budget_summary": "line of its own",
}
PLACES = ("chart:budget_summary", "chart:x", "annual_plan:x", "x")
BODY = "\n".join([
    "Rp {budget_summary:total:budget} = {report.budget_summary:total:budget}, {fiscal_year-1}",
    *(f"Lihat {{{name}}} ini." for name in NAMES),
    *(f"{{{name}}}" for name in PLACES),
    "{efficiency}",
    "{performance_agreement:revised}",
])  # fmt: skip


@pytest.fixture(scope="module")
def example_report(_standing: Workspace) -> Report:
    """Return the report of the example."""
    return report.of_year(_standing, YEAR)


@pytest.fixture(scope="module")
def own_report(_standing: Workspace) -> Report:
    """Return the report of the example with a preface and one passage of chapter III alone."""
    sheet = _standing.find("sheet.sections")
    _standing.apply(_standing.deletion(sheet, rows_of(_standing, sheet.full_name), YEAR))
    for chapter, title, body in (
        ("Kata Pengantar", "", "Semoga bermanfaat."),
        ("III", "Uji", BODY),
    ):
        key = insert(_standing, sheet.full_name)
        texts = {"chapter": chapter, "number": "A", "title": title, "body": body}
        for column, text in texts.items():
            put(_standing, sheet.full_name, key, column, text)
    language.use("en")  # the tests read why a name has nothing to say
    found = report.of_year(_standing, YEAR)
    language.use(language.from_environment())
    take_back(_standing)
    return found


def words(blocks: Sequence[Block]) -> Sequence[str]:
    """Return the paragraphs among blocks."""
    return [passages.plain(block.text) for block in blocks if isinstance(block, Words)]


def tables(found: Report) -> Iterator[str]:
    """Yield the captions of a report's tables, in order."""
    for block in (*found.front, *found.body):
        if isinstance(block, PrintedTable):
            yield block.caption


def test_every_table_and_chart_of_the_example_is_in_the_report_once(
    standing: Workspace, example_report: Report
) -> None:
    """An office would hand in a report that lacks a table, or has one twice."""
    found = example_report
    assert found.problems == []
    listed = list(tables(found))
    assert len(set(listed)) == len(listed)
    assert len(listed) == len(standing.registry.of_kind(Kind.TABLE)) + 2, "two have two parts"
    drawn = [block.name for block in found.body if isinstance(block, Chart)]
    assert drawn == ["yearly_comparison", "program_absorption"]


def test_the_chapters_stand_in_their_order_under_their_titles(example_report: Report) -> None:
    """The regulation fixes them."""
    found = example_report
    assert [
        f"{block.mark} {passages.plain(block.text)}".strip()
        for block in (*found.front, *found.body)
        if isinstance(block, Heading) and block.level == 1
    ] == [
        "KATA PENGANTAR", "BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA",
        "BAB III AKUNTABILITAS KINERJA", "BAB IV PENUTUP", "LAMPIRAN-LAMPIRAN",
    ]  # fmt: skip


def test_a_figure_in_a_passage_is_the_one_that_its_table_prints(own_report: Report) -> None:
    """Prose and table would contradict each other, as in the published report."""
    assert words(own_report.body)[0] == "Rp 4.644.000.103 = 4.644.000.103, 2020"


def test_a_name_that_has_nothing_to_say_is_marked_and_told(own_report: Report) -> None:
    """It would go into print as if it were text, or as nothing."""
    shown = words(own_report.body)
    for name, reason in NAMES.items():
        assert f"Lihat [?{name}] ini." in shown
        (problem,) = (each for each in own_report.problems if each.name == name)
        assert problem.place == "Bab III A Uji"
        assert reason in problem.reason


def test_the_example_s_passages_have_their_figures_from_the_facts(standing: Workspace) -> None:
    """The next year's report would go out with this one's figures."""
    figures = re.compile(r"\b(?:20(?:19|2[0-9])|[0-9]+[.,][0-9]+|[0-9.,]+ ?%|Rp\.? ?[0-9])")
    bodies = [str(row["body"]) for row in rows_of(standing, "sheet.sections")]
    assert [found for body in bodies for found in figures.findall(body)] == []


def test_a_place_that_names_nothing_is_marked_and_told(own_report: Report) -> None:
    """A table would be missing, and nobody know where."""
    shown = words(own_report.body)
    for name in PLACES:
        assert f"[?{name}]" in shown
        assert name in [problem.name for problem in own_report.problems]


def test_tables_without_a_place_stand_behind_the_passages_of_their_chapter(
    own_report: Report,
) -> None:
    """A report of an office that places nothing would have no tables."""
    listed = list(tables(own_report))
    assert listed[0].startswith("Tabel 3.7")
    assert listed[1].startswith("Perjanjian Kinerja Perubahan")
    assert listed[2].startswith("Tabel 3.1")
    assert len(listed) == len(set(listed))
    heading = next(
        number
        for number, block in enumerate(own_report.body)
        if isinstance(block, Heading) and passages.plain(block.text) == "LAMPIRAN"
    )
    behind = [block for block in own_report.body[heading:] if isinstance(block, PrintedTable)]
    assert behind
    assert not any(table.caption.startswith("Tabel 3") for table in behind)


def test_a_new_office_has_its_tables_under_the_headings_that_speak_of_them(tmp_path: Path) -> None:
    """All would stand behind the last chapter until somebody knew how to place them."""
    begin = Template.read(paths.templates_folder(), "kecamatan").seeds(2025)
    with Workspace.create(tmp_path / "x.duckdb", "Kecamatan Baru", 2025, begin=begin) as office:
        found = report.of_year(office, 2025)
    headings: dict[str, list[str]] = {}
    for block in found.body:
        if isinstance(block, Heading):
            under = headings.setdefault(passages.plain(block.text), [])
        elif isinstance(block, PrintedTable):
            under.append(block.caption.partition(" Kecamatan Baru")[0])
    assert headings["Perjanjian Kinerja"] == [
        "Perjanjian Kinerja Murni", "Anggaran Perjanjian Kinerja Murni",
    ]  # fmt: skip
    assert headings["Realisasi Anggaran"] == ["Ringkasan Anggaran dan Realisasi APBD"]
    assert len(headings["LAMPIRAN"]) == 3
    assert {problem.place for problem in found.problems} == {"KATA PENGANTAR Kata Pengantar"}


def test_a_preface_is_signed_though_it_does_not_say_where(own_report: Report) -> None:
    """The head of the office would have no place to sign."""
    (signed,) = (block for block in own_report.front if isinstance(block, Signed))
    assert [passages.plain(line) for line in signed.lines] == [
        "CAMAT SOOKO", "MASLUCHMAN, SH, MSi", "Pembina Tk. I", "NIP. 19691119 199803 1 005",
    ]  # fmt: skip
    assert signed.name == 1


@pytest.mark.parametrize("nip", ["", "123", "19691119199803100x", "1969111919980310055"])
def test_what_is_no_nip_is_printed_as_it_was_typed(nip: str) -> None:
    """A number that somebody typed short would be printed as another one."""
    assert report.grouped_nip(nip) == nip


def test_a_document_has_headings_a_filled_list_of_contents_and_marks(own_report: Report) -> None:
    """The contents could not be read before they are updated, or would never get page numbers."""
    out = io.BytesIO()
    report_docx.write(out, own_report, _least_pictures(own_report))
    document = Document(io.BytesIO(out.getvalue()))
    styled = [(str(each.style and each.style.name), each.text) for each in document.paragraphs]
    assert [text for style, text in styled if style == "Heading 1"] == [
        "KATA PENGANTAR", "BAB III\nAKUNTABILITAS KINERJA", "LAMPIRAN",
    ]  # fmt: skip
    assert [text for style, text in styled if style.startswith("toc")] == [
        "KATA PENGANTAR", "BAB III AKUNTABILITAS KINERJA", "A. Uji", "LAMPIRAN",
    ]  # fmt: skip
    names = [each.tag for each in document.settings.element]
    assert names.index(qn("w:updateFields")) + 1 == names.index(qn("w:compat"))
    anchors = {each.get(qn("w:anchor")) for each in document.element.iter(qn("w:hyperlink"))}
    marks = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
    assert anchors <= marks
    runs = (run for each in document.paragraphs for run in each.runs)
    marked = [run.text for run in runs if run.font.highlight_color]
    assert sorted(marked) == sorted(f"[?{name}]" for name in (*NAMES, *PLACES))


@pytest.mark.slow
def test_markdown_has_its_charts_beside_it_and_replaces_nothing_unasked(
    standing: Workspace, tmp_path: Path
) -> None:
    """Pictures would be missing where the text is read, or somebody's own be lost."""
    file, beside = tmp_path / "laporan.md", tmp_path / "laporan-yearly_comparison.svg"
    beside.write_text("mine")
    with pytest.raises(FileError):
        report_files.write(standing, YEAR, file)
    assert [path.name for path in tmp_path.glob("laporan*")] == [beside.name]
    files, problems = report_files.write(standing, YEAR, file, replace=True)
    assert problems == []
    pictures = ["laporan-program_absorption.svg", beside.name]
    assert sorted(path.name for path in files) == sorted([*pictures, file.name])
    assert all(f"]({name})" in file.read_text("utf-8") for name in pictures)
    assert beside.read_text("utf-8") != "mine"


def test_an_ending_that_names_no_form_is_refused(standing: Workspace, tmp_path: Path) -> None:
    """A report would be written that no program opens."""
    with pytest.raises(UsageError, match="pdf"):
        report_files.write(standing, YEAR, tmp_path / "laporan.pdf")


def _least_pictures(found: Report) -> Mapping[str, bytes]:
    """Return a small picture for each chart of a report."""
    names = [block.name for block in found.body if isinstance(block, Chart)]
    least = Panel("", ["A"], [Series("B", [Decimal(1)], ["1"])])
    return dict.fromkeys(names, chart_pictures.png(Chart("x", "x", "bars", [least])))
