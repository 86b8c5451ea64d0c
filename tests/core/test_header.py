"""Headers of query files: every line means what the contract says, or is told with its line."""

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.figures.values import Kind, Value, show
from lkjip_tui.core.query.header import (
    ChartRule,
    Choices,
    Column,
    Header,
    KeyPart,
    OrderTerm,
    Origin,
    RowPart,
    RowRule,
    Target,
    Words,
    fill_names,
    parse,
)


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Speak English: these tests read the words of refusals."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LKJIP_LANG", "en")
        yield


ACTIVITIES = """\
-- title: Kegiatan dan sub kegiatan | Activities
-- grain: fiscal_year, row_key
-- order: sort_1, program_id, sort_2 nulls first, amount desc nulls last
-- tree: level
--
-- # the figures
-- column number: count "No"
-- column name: text "Uraian | Description" once width 40
-- column budget: rupiah "Anggaran | Budget" group "Keuangan | Money"
-- column absorption_pct: percent "%" group "Keuangan" hidden
-- column target: by value_kind "Target {fiscal_year+1}" with target_label once
-- column stage: choice "Tahap | Stage"
-- column objective_id: choice "Sasaran"

-- edit name: sub_activity.name (sub_activity_id)
-- edit name: activity.name (activity_id)
-- edit stage: report_year.stage (fiscal_year)
-- edit budget: sub_activity_budget.amount (sub_activity_id, fiscal_year = year_before, stage = 'initial')
-- edit target: indicator_target.value (indicator_id, fiscal_year, plan = 'it, (so)', quarter = 0)
-- edit objective_id: indicator.objective_id (indicator_id)
-- choice stage: initial "Murni | Initial", revised
-- choice stage: of both "Kedua-duanya"
-- choice objective_id: select o.objective_id, o.name from objective as o order by o.number;
-- from absorption_pct: report.budget_summary.budget (fiscal_year, program_id) "{name}, {number}"
-- from absorption_pct: budget_summary.realization ()
-- row: sub_activity (activity_id) by number + sub_activity_budget (sub_activity_id, fiscal_year, stage)
-- row: program () by number + program_budget (program_id, fiscal_year, stage = 'initial')
-- note: Angka tahun {fiscal_year}.
-- note: Sumber: {office}
-- Sums are of sub kegiatan: a remark,
-- with a second line.
select t.name, -- not a header line
    t.number
from basis.tree as t;
"""  # noqa: E501 - header lines are as long as they are


def parsed(*lines: str, select: str = "select 1") -> Header:
    """Return the header of some lines."""
    return parse("".join(f"-- {line}\n" for line in lines) + select, "queries/x.sql")[0]


def test_a_sheet_says_all_that_the_workbench_needs() -> None:
    """Otherwise a sheet's columns, edits and rows would not be the ones its file promises."""
    header, select = parse(ACTIVITIES, "activities.sql")
    assert select == "select t.name, -- not a header line\n    t.number\nfrom basis.tree as t"
    assert ACTIVITIES.split("\n")[header.select_line - 1].startswith("select t.name")
    assert header.title == Words("Kegiatan dan sub kegiatan", "Activities")
    assert header.grain == ("fiscal_year", "row_key")
    assert header.order == (
        OrderTerm("sort_1"),
        OrderTerm("program_id"),
        OrderTerm("sort_2", nulls_first=True),
        OrderTerm("amount", descending=True),
    )
    assert header.level == "level"
    assert list(header.columns.values()) == [
        Column("number", Kind.COUNT, None, Words("No")),
        Column("name", Kind.TEXT, None, Words("Uraian", "Description"), once=True, width=40),
        Column(
            "budget",
            Kind.RUPIAH,
            None,
            Words("Anggaran", "Budget"),
            group=Words("Keuangan", "Money"),
        ),
        Column(
            "absorption_pct", Kind.PERCENT, None, Words("%"), group=Words("Keuangan"), hidden=True
        ),
        Column(
            "target",
            None,
            "value_kind",
            Words("Target {fiscal_year+1}"),
            once=True,
            companion="target_label",
        ),
        Column("stage", Kind.CHOICE, None, Words("Tahap", "Stage")),
        Column("objective_id", Kind.CHOICE, None, Words("Sasaran")),
    ]
    assert header.edits["target"] == (
        Target(
            "indicator_target",
            "value",
            (
                KeyPart("indicator_id", "indicator_id"),
                KeyPart("fiscal_year", "fiscal_year"),
                KeyPart("plan", None, "it, (so)"),
                KeyPart("quarter", None, 0),
            ),
        ),
    )
    assert header.choices == {
        "stage": Choices(
            {
                "initial": Words("Murni", "Initial"),
                "revised": Words("revised"),
                "of both": Words("Kedua-duanya"),
            }
        ),
        "objective_id": Choices(
            {}, "select o.objective_id, o.name from objective as o order by o.number"
        ),
    }
    year = KeyPart("fiscal_year", "fiscal_year")
    program = KeyPart("program_id", "program_id")
    assert header.origins["absorption_pct"] == (
        Origin("report.budget_summary", "budget", (year, program), "{name}, {number}"),
        Origin("budget_summary", "realization", ()),
    )
    sub_activity = KeyPart("sub_activity_id", "sub_activity_id")
    assert header.rows == (
        RowRule(
            (
                RowPart("sub_activity", (KeyPart("activity_id", "activity_id"),), "number"),
                RowPart("sub_activity_budget", (sub_activity, year, KeyPart("stage", "stage"))),
            )
        ),
        RowRule(
            (
                RowPart("program", (), "number"),
                RowPart("program_budget", (program, year, KeyPart("stage", None, "initial"))),
            )
        ),
    )
    assert header.notes == ("Angka tahun {fiscal_year}.", "Sumber: {office}")


def test_a_table_and_a_check_say_what_is_theirs() -> None:
    """Otherwise a table would lack its number and a finding its words."""
    table = parsed(
        "title: Perjanjian Kinerja", "table: 3.1", "caption: Kinerja {office}", "parts: stage"
    )
    assert (table.number, table.caption, table.parts) == ("3.1", "Kinerja {office}", "stage")
    assert table.severity is None
    check = parsed("check: warning", "message en: {a}: stated {b}", "message id: {a} tertulis {b}")
    assert check.severity == "warning"
    assert check.messages == {"en": "{a}: stated {b}", "id": "{a} tertulis {b}"}
    assert check.reads() == {"a", "b"}


def test_a_query_without_a_header_is_a_query() -> None:
    """Otherwise a helper view would need lines that nobody reads."""
    assert parse("select 1 as one;\n;\n", "basis/one.sql") == (Header(), "select 1 as one")


def test_a_file_from_windows_reads_the_same() -> None:
    """Otherwise a query saved by Notepad would be refused for what nobody can see."""
    text = '-- title: A | B\n-- column n: count "No"\nselect 1 as n\n'
    assert parse("\ufeff" + text.replace("\n", "\r\n"), "x.sql") == parse(text, "x.sql")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colum name: text “Nama”", "no header line"),
        ("titel: Nama", "no header line"),
        ("nothing of a header", "no header line"),
        ("title:", "title"),
        ("title Nama", "title"),
        ("title name: Nama", "title"),
        ("column: text", "column"),
        ('column name: text "Nama', "column"),
        ("column name: text Nama", "column"),
        ('column name: money "Nama"', "money"),
        ('column name: text "Nama" twice', "column"),
        ('column name: text "Nama" once once', "once"),
        ('column name: text "Nama" width 0', "column"),
        ('column name: text "Nama" width', "column"),
        ('column name: text "Nama" with', "column"),
        ('column name: by "Nama"', "by"),
        ('column name: by name "Nama"', "by name"),
        ('column name: index "Nama" with name', "with name"),
        ('column name: by amount "Nama"', "by amount"),
        ('column name: index "Nama" with amount', "with amount"),
        ('column amount: text "Nama"', "second"),
        ("grain: fiscal_year row_key", "grain"),
        ("order: name downwards", "order"),
        ("order: name,", "order"),
        ("parts: stage, plan", "parts"),
        ("tree: 0", "tree"),
        ("chart: amount", "chart"),
        ("chart: pie amount: amount", "chart"),
        ("chart: missing: amount", "missing"),
        ("chart: stage: amount, missing", "missing"),
        ("chart: amount: amount, stage", "no figures"),
        ("edit amount: program.name", "edit"),
        ("edit amount: program (program_id)", "edit"),
        ("edit amount: program.name ()", "key"),
        ("edit amount: program.name (program_id,)", "edit"),
        ("edit amount: program.name (program_id = )", "edit"),
        ("edit amount: program.name (stage = 'initial)", "edit"),
        ("edit amount: program.name (program_id, program_id = 0)", "twice"),
        ("edit amount: program.name; drop table program (program_id)", "edit"),
        ("edit missing: program.name (program_id)", "missing"),
        ("edit stage: report_year.stage (fiscal_year)", "choice"),
        ("choice missing: a, b", "missing"),
        ("choice amount: a, , b", "choice"),
        ("choice amount: a, b, a", "twice"),
        ('choice amount: a "A" B', "choice"),
        ('choice amount: a "| English"', "Indonesian"),
        ("from missing: report.x.y (row_key)", "missing"),
        ("from amount: budget (row_key)", "from"),
        ("row: program", "row"),
        ("row: program () by", "row"),
        ("row: program () +", "row"),
        ("row: program () program_budget (program_id)", "row"),
        ("check: fatal", "check"),
        ("check: error", "message"),
        ("message en: Nothing to say", "check"),
        ("message de: Nichts", "id"),
    ],
)
def test_a_line_that_is_not_understood_is_told_with_file_line_and_reason(
    line: str, told: str
) -> None:
    """Otherwise a slip in a user's sheet would show as a cell that cannot be edited."""
    text = (
        '-- title: Nama\n-- column amount: rupiah "Rp"\n-- column stage: choice "Tahap"\n'
        f"-- {line}\nselect 1\n"
    )
    if line.startswith("title"):
        text = text.replace("-- title: Nama\n", "--\n")
    with pytest.raises(QueryError) as refused:
        parse(text, "queries/sheets/nama.sql")
    assert refused.value.message.startswith("queries/sheets/nama.sql, line 4: ")
    assert told in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("second", "line", "told"),
    [
        ("-- title: B", 2, "a second"),
        ("-- table: 3.2", 3, "a second"),
        ("-- choice stage: select 1, 2", 5, "a select stands for itself"),
    ],
)
def test_what_is_said_once_is_not_said_twice(second: str, line: int, told: str) -> None:
    """Otherwise which of two titles holds would depend on their order."""
    lines = [
        "-- title: A",
        "-- table: 3.1",
        '-- column stage: choice "Tahap"',
        "-- choice stage: initial, revised",
    ]
    lines.insert(line - 1, second)
    with pytest.raises(QueryError, match=re.escape(f"x.sql, line {line}: {told}")):
        parse("\n".join([*lines, "select 1"]), "x.sql")


@pytest.mark.parametrize("text", ["", "\n", "-- title: A\n", "-- title: A\n;", "-- title: A"])
def test_a_header_without_a_select_is_told(text: str) -> None:
    """Otherwise an empty file would become a view that fails without a reason."""
    with pytest.raises(QueryError, match="no select"):
        parse(text, "x.sql")


@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.text("colum edit:from row()'\",.=|by+{}0", max_size=40),
            st.sampled_from(ACTIVITIES.split("\n")).map(lambda line: line.removeprefix("-- ")),
        ),
        max_size=6,
    )
)
def test_any_header_is_read_or_told(lines: list[str]) -> None:
    """Otherwise one bad file in a user's folder would end the program at its start."""
    text = "".join(f"-- {line}\n" for line in lines) + "select 1"
    try:
        header, select = parse(text, "x.sql")
    except QueryError as error:
        told = error.message.startswith("x.sql, line ")
    else:
        told = bool(select) and header.edits.keys() <= header.columns.keys()
    assert told


@pytest.mark.parametrize(
    ("row", "table", "key"),
    [
        ({"sub_activity_id": 3, "activity_id": 2}, "sub_activity", (("sub_activity_id", 3),)),
        ({"sub_activity_id": None, "activity_id": 2}, "activity", (("activity_id", 2),)),
    ],
)
def test_a_cell_writes_to_the_first_fact_whose_key_is_filled(
    row: Mapping[str, Value], table: str, key: tuple[tuple[str, Value], ...]
) -> None:
    """Otherwise renaming a kegiatan could rename a sub kegiatan."""
    header, _select = parse(ACTIVITIES, "activities.sql")
    route = header.route("name", row)
    assert route is not None
    assert (route[0].table, route[1]) == (table, key)


def test_a_cell_without_a_filled_key_is_computed() -> None:
    """Otherwise a subtotal could be typed over."""
    header, _select = parse(ACTIVITIES, "activities.sql")
    assert header.route("name", {"sub_activity_id": None, "activity_id": None}) is None
    assert header.route("name", {}) is None
    assert header.route("absorption_pct", {"program_id": 1}) is None


def test_a_key_takes_literals_and_other_columns() -> None:
    """Otherwise last year's figure would be written into this year."""
    header, _select = parse(ACTIVITIES, "activities.sql")
    row: Mapping[str, Value] = {"sub_activity_id": 3, "fiscal_year": 2021, "year_before": 2020}
    route = header.route("budget", row)
    assert route is not None
    assert route[1] == (("sub_activity_id", 3), ("fiscal_year", 2020), ("stage", "initial"))
    assert header.rows[1].parts[0].key_in({}) == ()
    assert header.rows[0].parts[0].key_in({"activity_id": None}) is None


def test_a_header_names_every_column_that_it_reads() -> None:
    """Otherwise a view that lacks a key would be found out on the first keypress."""
    header, _select = parse(ACTIVITIES, "activities.sql")
    assert header.reads() == {
        *("number", "name", "budget", "absorption_pct", "target", "stage", "objective_id"),
        *("fiscal_year", "row_key", "sort_1", "program_id", "sort_2", "amount", "level"),
        *("value_kind", "target_label", "sub_activity_id", "activity_id", "year_before"),
        "indicator_id",
    }


def test_an_origin_names_the_row_s_columns_and_its_own_line() -> None:
    """Otherwise F8 would look for rows by a key that the row does not have."""
    header = parsed(
        'column n: count "N"',
        "from n: sheet.a.b (c, d = e, level = 3, f = 'g') \"{h} ÷ {i+1} {not a name}\"",
        "from n: sheet.a.b ()",
    )
    first, second = header.origins["n"]
    assert first.reads() == {"c", "e", "h", "i"}
    assert second.reads() == frozenset()
    assert (first.line, second.line) == (2, 3)
    assert first.key_in({"c": 1, "e": 2}) == (("c", 1), ("d", 2), ("level", 3), ("f", "g"))
    assert first.key_in({"c": 1, "e": None}) is None
    assert second.key_in({}) == ()
    # A view without them is as good as before; only the line is not.
    assert header.reads() == {"n"}


def test_a_kind_may_stand_in_the_row() -> None:
    """Otherwise an index would be printed with the two decimals of a percent."""
    header, _select = parse(ACTIVITIES, "activities.sql")
    target = header.columns["target"]
    assert target.kind_in({"value_kind": "index"}) is Kind.INDEX
    assert target.kind_in({"value_kind": "no such kind"}) is Kind.TEXT
    assert target.kind_in({}) is Kind.TEXT
    assert header.columns["number"].kind_in({"value_kind": "index"}) is Kind.COUNT


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("chart: name: a, b", ChartRule("bars", "name", ("a", "b"))),
        ("chart: bars name: a", ChartRule("bars", "name", ("a",))),
        ("chart: lines name : b,a", ChartRule("lines", "name", ("b", "a"))),
        ("title: T", None),
    ],
)
def test_a_chart_names_its_figures_and_how_they_are_drawn(
    line: str, rule: ChartRule | None
) -> None:
    """Otherwise a user's own query could not have a picture."""
    columns = '-- column name: text "N"\n-- column a: count "A"\n-- column b: by name "B"'
    header, _select = parse(f"-- {line}\n{columns}\nselect 1", "x.sql")
    assert header.chart == rule


def test_words_fall_back_to_indonesian() -> None:
    """Otherwise an English screen would show blank headings over a user's own sheet."""
    assert Words("Sasaran", "Objective").in_language("en") == "Objective"
    assert Words("Sasaran", "Objective").in_language("id") == "Sasaran"
    assert Words("Sasaran").in_language("en") == "Sasaran"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Kinerja {office} Tahun {fiscal_year}", "Kinerja Sooko {x} Tahun 2021"),
        ("{fiscal_year-2}, {fiscal_year+1}", "2019, 2022"),
        ("{missing} {missing+1} {office+1}", "{missing} {missing+1} {office+1}"),
        ("{office.__class__} {0} {{}} %s", "{office.__class__} {0} {{}} %s"),
        ("{head} {head+1}", "– –"),
        ("{enabled+1}", "{enabled+1}"),
    ],
)
def test_names_in_a_caption_are_filled_once(text: str, filled: str) -> None:
    """Otherwise a caption would print another year, or run what a name contains."""
    row: Mapping[str, Value] = {
        "office": "Sooko {x}",
        "x": "never",
        "fiscal_year": 2021,
        "head": None,
        "enabled": True,
    }
    assert fill_names(text, row) == filled


def test_a_message_prints_its_figures_as_its_caller_wishes() -> None:
    """Otherwise a finding would tell an amount in another form than the table beside it."""
    row: Mapping[str, Value] = {"stated": 4_600_242, "place": "Tabel 3.9"}
    kinds = {"stated": Kind.RUPIAH}
    told = fill_names(
        "{place}: {stated}", row, lambda name, value: show(value, kinds.get(name, Kind.TEXT))
    )
    assert told == "Tabel 3.9: 4.600.242"


def test_a_header_line_with_a_capital_is_a_header_line() -> None:
    """`Edit name: …` would be lost as a remark, and the cell could not be filled."""
    header = parsed("Title: Judul", 'COLUMN name: text "Nama"', "Edit name: t.name (k)")
    assert header.title == Words("Judul")
    assert header.edits["name"] == (Target("t", "name", (KeyPart("k", "k"),)),)
    with pytest.raises(QueryError):
        parsed("Edit name: program")
    assert parsed("Order matters here; the rest: is said below.").order == ()
