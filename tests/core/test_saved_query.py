"""A statement becomes a view that says the same, or it is told why it cannot."""

from dataclasses import replace
from pathlib import Path

import pytest

from lkjip_tui import paths
from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.query.header import Header, Words, parse
from lkjip_tui.core.query.queries import Kind, load
from lkjip_tui.core.sql.drafting import Draft, Drafting
from lkjip_tui.core.sql.fact_columns import lacking
from lkjip_tui.core.sql.file_tables import Rows
from lkjip_tui.core.sql.saved_query import (
    Fields,
    body_of,
    completed,
    fields_of,
    file_of,
    guessed,
    named,
)
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_select import Select, edited
from lkjip_tui.core.storage import arrow
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside

pytestmark = pytest.mark.usefixtures("english")

_SAMPLE = """select p.number, p.name, p.absorption_pct
from report.budget_summary as p
where p.fiscal_year = $fiscal_year and p.level = 1
order by p.absorption_pct desc"""


@pytest.fixture(scope="module")
def names(_standing: Workspace) -> Names:
    """Return the names of the file."""
    with _standing.session() as session:
        return Names.read(session, _standing.registry)


@pytest.fixture
def years(standing: Workspace) -> None:
    """Have two years, so that rows of one are told from those of the other."""
    standing.start_year(2022)


def _draft(workspace: Workspace, names: Names, statement: str, kind: Kind = Kind.TABLE) -> Draft:
    with workspace.session() as session:
        drafting = Drafting(
            session,
            names,
            workspace.registry,
            kind=kind,
            years=workspace.office.years,
            another_year=workspace.another_year,
        )
        return drafting.draft(statement)


@pytest.mark.usefixtures("years")
def test_the_consoles_sample_becomes_a_view(standing: Workspace, names: Names) -> None:
    """Whoever has the answer to a question could not keep it."""
    draft = _draft(standing, names, _SAMPLE)
    assert draft.select == (
        "select p.fiscal_year, p.row_key, p.number, p.name, p.absorption_pct\n"
        "from report.budget_summary as p\nwhere p.level = 1"
    )
    assert draft.order == "absorption_pct desc"
    assert len(draft.told) == 2
    assert guessed(draft, Kind.TABLE, standing.registry).split("\n") == [
        "order: absorption_pct desc",
        'column number: rank "No"',
        'column name: text "Uraian"',
        'column absorption_pct: percent "% Capaian"',
    ]


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize(
    ("statement", "select"),
    [
        (
            "select s.fiscal_year, s.row_key, s.name from sheet.activities as s",
            "select s.fiscal_year, s.row_key, s.name from sheet.activities as s",
        ),
        (
            (
                "select sum(b.amount) as total\nfrom sub_activity_budget as b\n"
                "where b.fiscal_year = $fiscal_year"
            ),
            (
                "select b.fiscal_year, 'total' as row_key, sum(b.amount) as total\n"
                "from sub_activity_budget as b\ngroup by b.fiscal_year"
            ),
        ),
        (
            (
                "select b.stage, count(*) n from sub_activity_budget b"
                " where $fiscal_year = b.fiscal_year group by b.stage"
            ),
            (
                "select b.fiscal_year, cast(b.stage as varchar) as row_key, b.stage, count(*) n"
                " from sub_activity_budget b group by b.stage, b.fiscal_year"
            ),
        ),
        (
            (
                "select p.name, b.amount from program as p"
                " left join program_budget as b on b.program_id = p.program_id"
                " and b.stage = 'revised' where b.fiscal_year = $fiscal_year"
            ),
            (
                "select b.fiscal_year, 'program/' || p.program_id as row_key, p.name, b.amount from"
                " program as p left join program_budget as b on b.program_id = p.program_id"
                " and b.stage = 'revised'"
            ),
        ),
        (
            (
                "select a.name from sheet.activities as a"
                " join sheet.activities as b on a.row_key = b.row_key"
                " where a.fiscal_year = $fiscal_year and b.fiscal_year = $fiscal_year"
            ),
            (
                "select a.fiscal_year, a.row_key, a.name from sheet.activities as a"
                " join sheet.activities as b on a.row_key = b.row_key"
                " where b.fiscal_year = a.fiscal_year"
            ),
        ),
        (
            (
                "select distinct b.stage from sub_activity_budget as b"
                " where b.fiscal_year = $fiscal_year"
            ),
            (
                "select distinct b.fiscal_year, b.stage as row_key, b.stage from"
                " sub_activity_budget as b"
            ),
        ),
        (
            (
                "select p.name, sum(b.amount) as total from program as p"
                " join program_budget as b on b.program_id = p.program_id"
                " where b.fiscal_year = $fiscal_year group by 1 order by 2 desc limit 3"
            ),
            (
                "select b.fiscal_year, cast(p.name as varchar) as row_key, p.name,"
                " sum(b.amount) as total from program as p"
                " join program_budget as b on b.program_id = p.program_id"
                " group by p.name, b.fiscal_year qualify row_number() over"
                " (partition by b.fiscal_year order by sum(b.amount) desc) <= 3"
            ),
        ),
        (
            (
                "select s.fiscal_year, s.code,"
                " rank() over (partition by s.fiscal_year order by count(*)) as r"
                " from sheet.activities as s where s.fiscal_year = $fiscal_year"
                " group by s.fiscal_year, s.code"
            ),
            (
                "select s.fiscal_year, coalesce(cast(s.code as varchar), '-') as row_key, s.code,"
                " rank() over (partition by s.fiscal_year order by count(*)) as r"
                " from sheet.activities as s group by s.fiscal_year, s.code"
            ),
        ),
        (
            "select y.fiscal_year, -y.fiscal_year as row_key from report_year y",
            "select y.fiscal_year, cast(-y.fiscal_year as varchar) as row_key from report_year y",
        ),
        (
            "from program_budget where fiscal_year = $fiscal_year",
            (
                "select\n    program_id, concat_ws('/', 'program', program_budget.program_id,"
                " program_budget.stage) as row_key,\n    fiscal_year,\n    stage,\n    amount,\n"
                "    note,\n    indicator_id\nfrom program_budget"
            ),
        ),
    ],
)
def test_year_and_key_are_put_in(
    standing: Workspace, names: Names, statement: str, select: str
) -> None:
    """A statement that answers today would have to be written anew by whoever knows how."""
    assert _draft(standing, names, statement).select == select


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("select 1 as a", "no column fiscal_year"),
        ("select p.name from program as p", "join report_year"),
        ("select y.fiscal_year, 1 as a from report_year y, range(2)", "no column row_key"),
        ("select y.fiscal_year, 'a' as row_key from report_year y, range(2)", "stands 2 times"),
        ("select y.fiscal_year, null as row_key from report_year y", "it is empty"),
        ("select y.fiscal_year, count(*) from report_year y group by all", "as total"),
        ("select y.fiscal_year, 1 as a, 2 as A from report_year y", "Two columns"),
        ("select $fiscal_year as y, 1 as a", "no condition is where p.fiscal_year"),
        ("select name from sheet.activities where fiscal_year = $fiscal_year or true", "condition"),
        (
            "select name from sheet.activities where fiscal_year = $fiscal_year limit 3",
            "qualify row_number() over (partition by activities.fiscal_year order by …) <= 10",
        ),
        (
            "select fiscal_year, 'a/' || program_id as row_key from program_budget as b",
            "concat_ws('/', 'a/' || program_id, b.stage) as row_key",
        ),
        ("select 2021 as fiscal_year, 1 as row_key union select 2022, 2", "row_key is no text"),
        (
            (
                "select rank() over (order by name) as n from sheet.activities"
                " where fiscal_year = $fiscal_year"
            ),
            "OVER",
        ),
        (
            (
                "with a as (from sheet.activities where fiscal_year = $fiscal_year)"
                " select a.name from a where a.fiscal_year = $fiscal_year"
            ),
            "what WITH names",
        ),
        (
            (
                "select name from sheet.activities where fiscal_year = $fiscal_year"
                " and budget_revised > (select avg(b.amount) from sub_activity_budget as b"
                " where b.fiscal_year = $fiscal_year) union select 'a'"
            ),
            "not one SELECT",
        ),
        ("select nam from sheet.activities", "nam"),
    ],
)
def test_what_is_missing_is_told_with_an_example(
    standing: Workspace, names: Names, statement: str, told: str
) -> None:
    """A view that gives other figures than the statement did would be printed."""
    with pytest.raises(QueryError) as caught:
        _draft(standing, names, statement)
    assert told in str(caught.value)


_REVISED = "sub_activity_id, fiscal_year, stage = 'revised'"
_SUBQUERY = """select name, budget_revised from sheet.activities
where fiscal_year = $fiscal_year and level = 3 and budget_revised > (
    select avg(b.amount) from sub_activity_budget as b where b.fiscal_year = $fiscal_year)"""


@pytest.mark.parametrize(
    "statement",
    [
        _SUBQUERY,
        _SUBQUERY.replace("b.", ""),
        (
            "select distinct b.stage from sub_activity_budget as b"
            " where b.fiscal_year = $fiscal_year order by b.stage desc"
        ),
        (
            "select b.stage from sub_activity_budget as b where b.fiscal_year = $fiscal_year"
            " group by b.stage order by b.stage desc limit 1"
        ),
        (
            "select distinct on (fiscal_year, level) fiscal_year, row_key, level, name"
            " from sheet.activities as a where a.fiscal_year = $fiscal_year"
            " order by 3, budget_revised desc, 2"
        ),
        (
            "select a.name, b.n from sheet.activities as a, (select count(*) as n"
            " from sub_activity_budget as b where b.fiscal_year = $fiscal_year) as b"
            " where a.fiscal_year = $fiscal_year"
        ),
    ],
)
def test_a_view_gives_what_its_statement_does_in_a_year_that_comes_later(
    standing: Workspace, names: Names, statement: str
) -> None:
    """What is right in a file of one year would be printed wrong from the next one on."""
    draft = _draft(standing, names, statement)
    with (
        standing.session() as session,
        inside(standing).database.rehearsal(session) as transaction,
    ):
        transaction.run("insert into report_year by name select 2022 as fiscal_year")
        transaction.run(
            "insert into sub_activity_budget select b.sub_activity_id, 2022, s.stage,"
            " 10000000 + 100 * b.sub_activity_id from sub_activity_budget as b,"
            " (values ('initial'), ('revised')) as s(stage)"
        )
        for year in (2021, 2022):
            asked = f"from ({statement}) order by all"
            given, rows = session.read(asked, {"fiscal_year": year}, most=1000)
            shown = f"from ({draft.select}) where fiscal_year = {year} order by all"
            assert rows
            assert session.read(f"select {', '.join(given)} {shown}", most=1000)[1] == rows


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            (
                "select distinct on (a.level) a.level, a.name from sheet.activities as a"
                " where a.fiscal_year = $fiscal_year order by a.level, a.budget_revised desc"
            ),
            "qualify row_number() over (partition by a.fiscal_year, a.level order by …) = 1",
        ),
        (
            (
                "select distinct a.level from sheet.activities as a"
                " where a.fiscal_year = $fiscal_year order by a.level limit 1"
            ),
            "Group by these columns",
        ),
        (
            _SUBQUERY.replace("sheet.activities", "sheet.activities as b"),
            "in a query in brackets b.fiscal_year would be that one's own",
        ),
        ("select p.name from report.budget_summary as p order by 1 offset 2", "of all years"),
        (
            (
                "select y.fiscal_year, 'b/' || b.sub_activity_id as row_key"
                " from report_year as y, sub_activity_budget as b where b.stage = 'revised'"
            ),
            "With one year more in the file it would be wrong. row_key does not tell",
        ),
        (
            (
                "select a.fiscal_year, a.row_key, (select b.amount from sub_activity_budget as b"
                " where b.sub_activity_id = a.sub_activity_id and b.stage = 'revised') as amount"
                " from sheet.activities as a where a.level = 3"
            ),
            "More than one row",
        ),
    ],
)
def test_what_holds_only_as_long_as_there_is_one_year_is_refused(
    standing: Workspace, names: Names, statement: str, told: str
) -> None:
    """It would be saved without a word, and be wrong when nobody looks at its text any more."""
    assert len(standing.office.years) == 1
    with pytest.raises(QueryError) as caught:
        _draft(standing, names, statement)
    assert told in str(caught.value)
    assert len(standing.office.years) == 1


def test_it_is_told_where_all_years_were_counted_and_each_is_now(
    standing: Workspace, names: Names
) -> None:
    """A total over the years would become one of a year, and pass for the other."""
    said = "what was counted over all years is counted in each"
    budgets = "sub_activity_budget as b"
    for listed, counts in (
        (f"sum(b.amount) as total from {budgets}", True),
        (f"distinct b.stage from {budgets}", True),
        (f"b.stage, b.amount from {budgets} order by b.amount desc, 1, b.sub_activity_id limit 2",
         True),
        (f"b.stage, count(*) as n from {budgets} group by b.fiscal_year, b.stage", False),
        (f"b.amount from {budgets}", False),
    ):  # fmt: skip
        told = _draft(standing, names, f"select {listed}").told
        assert any(said in each for each in told) is counts, listed


def test_a_sheet_of_facts_writes_where_all_that_finds_them_is_given(
    standing: Workspace, names: Names
) -> None:
    """A sheet of one's own would only be looked at, or write to another fact than it shows."""
    draft = _draft(
        standing,
        names,
        "select b.program_id as p, b.stage, name, b.amount, b.amount * 2 as twice"
        " from program_budget as b join program using (program_id)"
        " where b.fiscal_year = $fiscal_year",
        Kind.SHEET,
    )
    assert guessed(draft, Kind.SHEET, standing.registry).split("\n") == [
        'column p: count "P"',
        'column stage: text "Stage"',
        'column name: text "Uraian | Description"',
        'column amount: rupiah "Anggaran PK | Agreed budget"',
        'column twice: count "Twice"',
        "edit amount: program_budget.amount (program_id = p, fiscal_year, stage)",
    ]
    assert lacking(draft.own, standing.registry) == {"name": ("program.program_id",)}


@pytest.mark.parametrize(
    ("listed", "lines"),
    [
        (
            "s.sub_activity_id, s.budget_revised as realization",
            [
                'column realization: rupiah "Anggaran (PAPBD) | Revised budget"',
                f"edit realization: sub_activity_budget.amount ({_REVISED})",
            ],
        ),
        (
            "s.sub_activity_id, s.realization / 1000 as realization",
            ['column realization: index "Realization"'],
        ),
        (
            "t.sub_activity_id, s.realization",
            ['column realization: rupiah "Realisasi | Realization"'],
        ),
        ("s.activity_id, s.name", ['column name: text "Uraian | Description"']),
        (
            "s.sub_activity_id as id, s.activity_id, s.code",
            [
                'column id: rank "Id sub kegiatan | Sub-activity id"',
                'column code: text "Kode | Code"',
                "edit code: sub_activity.code (sub_activity_id = id)",
                "edit code: activity.code (activity_id)",
            ],
        ),
    ],
)
def test_a_cell_of_a_sheet_writes_to_the_fact_that_its_column_shows(
    standing: Workspace, names: Names, listed: str, lines: list[str]
) -> None:
    """What is typed beneath a heading would be stored as another fact, and be shown otherwise."""
    statement = (
        f"select s.fiscal_year, s.row_key, {listed} from sheet.activities as s"
        " join sheet.activities as t on t.row_key = s.row_key and t.fiscal_year = s.fiscal_year"
    )
    draft = _draft(standing, names, statement, Kind.SHEET)
    assert guessed(draft, Kind.SHEET, standing.registry).split("\n") == lines


def test_all_columns_of_a_view_are_those_of_the_view(standing: Workspace, names: Names) -> None:
    """A sheet made of another one would lose its headings, and could not be filled in."""
    draft = _draft(standing, names, "select p.* from sheet.population as p", Kind.SHEET)
    header = standing.find("sheet.population").header
    lines = guessed(draft, Kind.SHEET, standing.registry).split("\n")
    assert [line for line in lines if line.startswith("edit")] == [
        f"edit {name}: population.{name} (fiscal_year = population_year)" for name in header.edits
    ]


@pytest.mark.parametrize(
    "named",
    [
        "files.serapan",
        '"FILES" . main.Serapan as f',
        "query_table('files.serapan')",
        "'files.serapan'",
    ],
)
def test_nothing_is_made_of_a_file_that_ends_with_the_program(
    standing: Workspace, names: Names, named: str
) -> None:
    """After a restart the table is gone, checks fail, and the report is not written."""
    lent = arrow.Columns({"uraian": ["Gaji", "Listrik"]})
    standing.console.keep_file(Path("serapan.csv"), "", Rows(lent, ("uraian",), {}))
    lent.take_back()
    if named.startswith("'"):
        statement = f"select p.fiscal_year, p.row_key, {named} as a from sheet.programs as p"
        assert _draft(standing, names, statement).select == statement
        return
    statement = f"select y.fiscal_year, uraian as row_key from report_year as y, {named}"
    with pytest.raises(
        QueryError, match=r"files\.serapan ends with the program(?s:.*)lkjip import"
    ):
        _draft(standing, names, statement)


def test_a_check_gets_a_key_of_its_own(standing: Workspace, names: Names) -> None:
    """Its findings could not be told apart, nor accepted."""
    draft = _draft(
        standing,
        names,
        "select s.name as place, s.budget_realization as stated, s.budget as computed"
        " from report.budget_summary as s where s.fiscal_year = $fiscal_year",
        Kind.CHECK,
    )
    assert "s.row_key as finding_key" in draft.select
    fields = Fields(
        Kind.CHECK, "mine", Words("Aturan", "Rule"), message=Words("{place}: {stated}"),
        lines=guessed(draft, Kind.CHECK, standing.registry),
    )  # fmt: skip
    header, select = parse(file_of(fields, draft), "mine.sql")
    assert select == draft.select
    assert header.severity == "warning"
    assert header.messages == {"en": "{place}: {stated}", "id": "{place}: {stated}"}
    assert list(header.columns) == ["place", "stated", "computed"]
    with pytest.raises(QueryError, match="does not give: sttd"):
        file_of(replace(fields, message=Words("{place}", "{place}: {sttd}")), draft)


def test_what_cannot_stand_in_a_header_is_told(standing: Workspace, names: Names) -> None:
    """A file would be written that the program does not read."""
    draft = _draft(standing, names, _SAMPLE)
    good = Fields(Kind.TABLE, "mine", Words("Judul"), lines='column name: text "Nama"')
    assert file_of(good, draft).startswith("-- title: Judul\n-- grain: fiscal_year, row_key\n")
    for bad, told in (
        (replace(good, name="Mine 2"), "no name for a view"),
        (replace(good, title=Words("")), "needs a title"),
        (replace(good, lines='column nama: text "Nama"'), "does not give: nama"),
        (replace(good, lines='column name: words "Nama"'), "no kind “words”"),
        (replace(good, lines="colum name: text"), "no header line"),
    ):
        with pytest.raises(QueryError) as caught:
            file_of(bad, draft)
        assert told in str(caught.value)


def test_a_query_that_was_opened_again_keeps_its_header() -> None:
    """To mend one of one's own would cost all that was said of it."""
    for held in load([paths.queries_folder()]).queries.values():
        if held.kind is not Kind.BASIS:
            text = Path(held.file).read_text("utf-8")
            assert _saved_again(text, held.kind, held.name) == (held.header, held.select), held.file


@pytest.mark.parametrize("kind", [Kind.TABLE, Kind.SHEET, Kind.CHECK])
def test_no_line_of_a_header_is_lost_in_another_kind_of_query(kind: Kind) -> None:
    """What the form does not ask for would be gone with the next saving."""
    text = "\n".join(f"-- {line}" for line in (
        "title: A | B", "table: 3.1", "caption: C", "note: N1", "note: N2", "grain: fiscal_year",
        "check: error", "message id: M", "message en: E", 'column name: text "N"',
    )) + "\nselect 1 as name"  # fmt: skip
    assert _saved_again(text, kind, "mine") == parse(text, "mine.sql")


def _saved_again(text: str, kind: Kind, name: str) -> tuple[Header, str]:
    """Return what is read of a query file that is opened and saved, its select where it stood."""
    before, _select = parse(text, f"{name}.sql")
    draft = Draft(body_of(text)[1], tuple((each, "") for each in before.reads()))
    fields = replace(fields_of(text, kind), name=name)
    header, select = parse(file_of(fields, draft), f"{name}.sql")
    return replace(header, select_line=before.select_line), select


def test_columns_come_and_go_with_the_select(standing: Workspace, names: Names) -> None:
    """A column that was added would be left out of the printed table, with nothing said."""
    before = ["fiscal_year", "row_key", "number", "name", "budget"]
    fields = Fields(
        Kind.TABLE,
        lines='# mine\norder: name\ncolumn number: rank "Nomor"\ncolumn budget: rupiah "Pagu"\n'
        "from budget: sheet.programs.budget (program_id)\n# the end",
    )
    draft = _draft(standing, names, _SAMPLE)
    assert completed(fields, draft, standing.registry, before).lines.split("\n") == [
        "# mine",
        'column number: rank "Nomor"',
        "order: absorption_pct desc",
        'column absorption_pct: percent "% Capaian"',
        "# the end",
    ]
    draft = replace(draft, order="")
    assert 'column name: text "Uraian"' in completed(fields, draft, standing.registry, ()).lines
    fields = replace(fields, lines="# mine\norder: name")
    assert completed(fields, draft, standing.registry, before).lines == (
        f"{fields.lines}\n{guessed(draft, Kind.TABLE, standing.registry)}"
    )


def test_comments_become_title_and_remarks() -> None:
    """What was said of a statement would be lost, or keep its file from being read."""
    fields = fields_of("-- serapan: rendah\n-- only programs\n/* and\nmore */ select 1", Kind.TABLE)
    assert fields.title == Words("serapan: rendah")
    assert fields.lines.split("\n")[0] == "# only programs"
    assert body_of("-- a\n-- b;\nselect 1 ;") == (11, "select 1")
    assert named("Serapan ≤ 50 %") == "serapan_50"
    assert named("3 besar") == "_3_besar"


@pytest.mark.parametrize(
    ("sql", "order"),
    [
        ("select t.* from t order by t.c desc, y", "c desc, y"),
        ("select t.a, s.* from t, s order by s.c", "c"),
        ("select t.a, s.* from t, s order by t.c", ""),
        ("select * replace (-y as y) from t order by t.y", ""),
        ("select * exclude (a), -y as y from t order by t.y", ""),
    ],
)
def test_an_order_by_a_column_of_many_is_known_where_it_is_that(sql: str, order: str) -> None:
    """Rows would come the other way round than they do in the console."""
    select = Select.read(sql)
    assert select is not None
    found = select.order(["a", "y", "c"])
    assert (found[0] if found else "") == order


@pytest.mark.parametrize(
    ("sql", "listed", "order"),
    [
        ("select a.x y, sum(b) as c from t order by 2 desc, y", ["a.x", "sum(b)"], "c desc, y"),
        (
            "select x is distinct from y as y, [1, 2] c from t",
            ["x is distinct from y", "[1, 2]"],
            "",
        ),
        ("select distinct on (a) y: a + 1, c, from t order by a", ["a + 1", "c"], ""),
        ("select -t.y as y, t.c from t order by y, t.c desc", ["-t.y", "t.c"], "y, c desc"),
        ("select -t.y as y, t.c from t order by t.y", ["-t.y", "t.c"], ""),
        ("select t.a y, c from t order by t.c, T.a", ["t.a", "c"], "c, y"),
        ("select a.c as y, b.y as c from a, b order by b.c", ["a.c", "b.y"], ""),
        (
            "with q as (select 1) select case when 1 then 2 end, c",
            ["case when 1 then 2 end", "c"],
            "",
        ),
    ],
)
def test_the_parts_of_a_select_are_read(sql: str, listed: list[str], order: str) -> None:
    """Columns would be put where they do not belong."""
    select = Select.read(sql)
    assert select is not None
    given = ["y", "c"]
    assert [select.expression(number, given[number]) for number in range(2)] == listed
    found = select.order(given)
    assert (found[0] if found else "") == order
    if found:
        assert "order by" not in edited(sql, [found[1]])
