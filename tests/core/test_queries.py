"""Queries are found, described, stored as views, replaced by a user's own, and told when broken."""

from pathlib import Path

import pytest

from lkjip_tui import paths
from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.query.queries import Kind, load
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, bytes_of, facts_of, inside, rows_of

ONE = "select 2021 as fiscal_year, 'one' as row_key, 1 as n"


@pytest.fixture
def office(few: Workspace) -> Workspace:
    """Return an office with few queries; where all of them count it is `fresh`."""
    return few


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder beside the file in which a user keeps queries."""
    folder = tmp_path / "queries"
    for kind in ("basis", "sheets", "tables", "checks"):
        (folder / kind).mkdir(parents=True)
    return folder


def views(workspace: Workspace) -> set[str]:
    """Return the full names of the stored views."""
    found = inside(workspace).database.read(
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
    )
    return {row[0] for row in found}


def told(workspace: Workspace) -> str:
    """Return all that is wrong with the queries."""
    return "\n".join(str(fault) for fault in workspace.registry.faults)


# The shipped ones


def test_every_shipped_query_is_a_view_without_a_fault(fresh: Workspace) -> None:
    """A sheet or a table would be missing from every office."""
    assert fresh.registry.faults == []
    files = [
        file for file in paths.queries_folder().glob("*/*.sql") if file.parent.name != "schema"
    ]
    assert len(fresh.registry.queries) == len(files)
    assert views(fresh) == {
        *fresh.registry.queries,
        "basis.cell",
        "basis.named_column",
        "basis.printed_cell",
        "basis.rule",
    }
    for kind in (Kind.SHEET, Kind.TABLE, Kind.CHECK):
        assert fresh.registry.of_kind(kind)


@pytest.mark.slow
def test_every_shipped_query_gives_unique_rows(fresh: Workspace) -> None:
    """A finding or a cursor would point at two rows."""
    fresh.start_year(2022)
    with inside(fresh).database.session() as session:
        # What the rules about print rest on is read once for all of them.
        session.keep("proof", "from basis.printed_finding")
        kept = {"basis.printed_finding": "proof"}
        for query in fresh.registry.queries.values():
            grain = query.header.grain
            assert grain, query.full_name
            is_null = " or ".join(f"{name} is null" for name in grain)
            _names, ((count, keys, nulls),) = session.read(
                f"select count(*), count(distinct ({', '.join(grain)})),"
                f" count(*) filter (where {is_null}) from ({query.select_from(kept)}\n)",
                most=2,
            )
            assert (count, nulls) == (keys, 0), query.full_name


def test_any_other_client_reads_the_same_numbers(fresh: Workspace, file: Path) -> None:
    """The workbench and an SQL console would contradict each other."""
    shown = rows_of(fresh, "budget_summary")
    fresh.close()
    with Workspace.open(file, read_only=True) as reader:
        stored = inside(reader).database.read(
            "select budget, budget_realization from report.budget_summary"
            " where fiscal_year = 2021 and row_key = 'total'"
        )
    (total,) = (row for row in shown if row["row_key"] == "total")
    assert stored == [(total["budget"], total["budget_realization"])]


# A user's own


def test_a_query_beside_the_file_is_one_more(fresh: Workspace, own: Path) -> None:
    """A user could not add a table without Python."""
    (own / "tables" / "Mine.sql").write_text(f"-- title: Punyaku\n{ONE}", "utf-8")
    (own / "basis" / "helper.sql").write_text("select 5 as five", "utf-8")
    (own / "sheets" / "fives.sql").write_text(
        "select 2021 as fiscal_year, cast(h.five as varchar) as row_key from basis.helper as h",
        "utf-8",
    )
    assert fresh.read_queries() == []
    assert rows_of(fresh, "report.mine") == [{"fiscal_year": 2021, "row_key": "one", "n": 1}]
    assert rows_of(fresh, "fives")[0]["row_key"] == "5"
    assert fresh.find("MINE").title() == "Punyaku"


def test_a_query_of_the_same_name_replaces_the_shipped_one(office: Workspace, own: Path) -> None:
    """A user could not correct a table to the office's own layout."""
    (own / "tables" / "achievement.sql").write_text(ONE, "utf-8")
    assert office.read_queries() == []
    assert [row["row_key"] for row in rows_of(office, "report.achievement")] == ["one"]
    (own / "tables" / "achievement.sql").unlink()
    office.read_queries()
    assert len(rows_of(office, "report.achievement")) > 1


def test_a_macro_beside_the_file_changes_a_formula(office: Workspace, own: Path) -> None:
    """An office with its own rounding would have to copy every table."""
    (own / "macros.sql").write_text(
        "-- Always 42; whatever the figures.\n"
        "create or replace macro ratio_pct(numerator, denominator) as\n"
        "    cast(42 as decimal(38, 10));\n",
        "utf-8",
    )
    assert office.read_queries() == []
    assert {row["absorption_pct"] for row in rows_of(office, "program_absorption")} == {42}


def test_views_are_written_again_only_when_a_query_changed(file: Path, own: Path) -> None:
    """Every start would take longer, and touch the file."""
    with Workspace.open(file):
        pass
    before = bytes_of(file.parent)
    with Workspace.open(file) as workspace:
        assert workspace.views_are_current
    assert bytes_of(file.parent) == before
    (own / "tables" / "mine.sql").write_text(ONE, "utf-8")
    with Workspace.open(file, read_only=True) as reader:
        assert not reader.views_are_current
        assert "report.mine" not in reader.registry.queries
    with Workspace.open(file) as workspace:
        assert rows_of(workspace, "report.mine")
    (own / "tables" / "mine.sql").write_text(ONE.replace("'one'", "'two'"), "utf-8")
    with Workspace.open(file) as workspace:
        assert rows_of(workspace, "report.mine")[0]["row_key"] == "two"
    (own / "tables" / "mine.sql").unlink()
    with Workspace.open(file) as workspace:
        assert "report.mine" not in views(workspace)


# Broken ones


#: Queries that cannot be, by the reason that shall be told.
BROKEN = {
    "line 3: nowhere": "-- title: A\n\nselect nothing as x from nowhere",
    "line 3: missing": "select 2021 as fiscal_year,\n    'a' as row_key,\n    missing as x",
    "line 1: colunm": '-- colunm x: text "X"\nselect 1 as x',
    "header alone": "-- title: A",
    "two": "select 1; select 2",
    "delete": "delete from program",
    "create": "create table x (i int)",
    "no sql": "select from where",
    "hidden delete": "with d as (delete from program returning *) select * from d",
    "row_key": "select 2021 as fiscal_year",
    "column m": f'-- column m: count "M"\n{ONE}',
    "order m": f"-- order: m\n{ONE}",
    "edit nowhere": f'-- column n: count "N"\n-- edit n: nowhere.amount (row_key)\n{ONE}',
    "half a key": f'-- column n: count "N"\n-- edit n: program_budget.note (program_id = n)\n{ONE}',
    "edit journal": f'-- column n: count "N"\n-- edit n: journal.after (journal_id = n)\n{ONE}',
    "row nowhere": f"-- row: nowhere (n)\n{ONE}",
    "row program": f"-- row: program (colour = n)\n{ONE}",
    "itself": "select v.* from report.itself as v",
    "no_such_view": "select v.* from report.no_such_view as v",
}


def test_broken_queries_are_told_and_harm_nothing_else(fresh: Workspace, own: Path) -> None:
    """A slip in one file would keep an office from its whole report."""
    before, kept, facts = rows_of(fresh, "budget_summary"), views(fresh), facts_of(fresh)
    for number, text in enumerate(BROKEN.values()):
        (own / "tables" / f"broken_{number}.sql").write_text(text, "utf-8")
    faults = fresh.read_queries()
    assert len(faults) == len(BROKEN)
    for number, reason in enumerate(BROKEN):
        (fault,) = (one for one in faults if f"broken_{number}.sql" in one.message)
        words = reason.partition(": ")
        if words[1]:
            assert f" {words[0].removeprefix('line ')}:" in fault.message
            assert words[2] in fault.message
        with pytest.raises(UsageError):
            fresh.find(f"report.broken_{number}")
    assert views(fresh) == kept
    assert facts_of(fresh) == facts
    assert rows_of(fresh, "budget_summary") == before
    # What is mended counts at once, and nothing more is told.
    for path in (own / "tables").iterdir():
        path.write_text(ONE, "utf-8")
    assert fresh.read_queries() == []
    assert rows_of(fresh, "report.broken_0")


def test_what_rests_on_a_broken_replacement_rests_on_what_it_replaced(
    office: Workspace, own: Path
) -> None:
    """One slip would be told as a slip in every query beneath, and none of them would be there."""
    (own / "sheets" / "population.sql").write_text("select 1 as n; select 2 as n", "utf-8")
    resting = f"{ONE.rstrip()}\nwhere exists (select 1 from sheet.population)\n"
    (own / "tables" / "mine.sql").write_text(resting, "utf-8")
    (fault,) = office.read_queries()
    assert "population.sql" in fault.message
    assert rows_of(office, "sheet.population")
    assert rows_of(office, "report.mine")


#: Headers that fit no fact, and what is named of each.
UNFIT = {
    '-- column m: count "M"': "m",
    "-- order: m": "m",
    '-- column n: count "N"\n-- edit n: nowhere.amount (row_key)': "nowhere.amount",
    '-- column n: count "N"\n-- edit n: program_budget.note (program_id = n)': "note",
    "-- row: program (colour = n)": "program",
}


def test_a_header_that_fits_no_fact_is_told_by_name(office: Workspace, own: Path) -> None:
    """The first edit of such a cell would end the program, or write to many rows."""
    for number, header in enumerate(UNFIT):
        (own / "sheets" / f"mine_{number}.sql").write_text(f"{header}\n{ONE}", "utf-8")
    faults = office.read_queries()
    assert len(faults) == len(UNFIT)
    for number, (header, told_name) in enumerate(UNFIT.items()):
        (fault,) = (one for one in faults if f"mine_{number}.sql" in one.message)
        assert told_name in fault.message.partition(".sql")[2], header


#: Origins that lead nowhere, and what is told of each.
NOWHERE = {
    "report.nowhere.budget (row_key)": "report.nowhere",
    "basis.nowhere.budget ()": "basis.nowhere",
    "population.male ()": "population names several things",
    "sheet.activities.amount (row_key)": "sheet.activities has no column amount",
    "sheet.activities.budget_revised (colour = n)": "sheet.activities has no column colour",
    "basis.scale_score.score (word = row_key)": "basis.scale_score has no column fiscal_year",
    "sheet.activities.budget_revised (level = colour)": "colour",
    'sheet.activities.budget_revised (level = 3) "{n} ÷ {colour}"': "colour",
}


def test_an_origin_that_leads_nowhere_is_told_and_only_the_line_is_left_out(
    office: Workspace, own: Path, english: None
) -> None:
    """F8 would end the program, or a table be lost for a line that only explains a cell."""
    del english
    for number, origin in enumerate(NOWHERE):
        (own / "tables" / f"mine_{number}.sql").write_text(
            f'-- column n: count "N"\n-- from n: report.mine_{number}.n (row_key)\n'
            f"-- from n: {origin}\n{ONE}",
            "utf-8",
        )
    faults = [str(fault) for fault in office.read_queries()]
    assert len(faults) == len(NOWHERE)
    for number, (origin, told_name) in enumerate(NOWHERE.items()):
        name = f"mine_{number}"
        (fault,) = (one for one in faults if f"{name}.sql, line 3: " in one)
        assert told_name in fault, origin
        assert rows_of(office, f"report.{name}"), origin
        (left,) = office.find(f"report.{name}").header.origins["n"]
        assert (left.query, left.line) == (f"report.{name}", 2), origin
    # Nothing was written on the second look, and the lines are still wrong.
    assert office.views_are_current
    assert [str(one) for one in office.read_queries()] == faults


def test_an_origin_may_lead_to_a_view_that_is_written_later(office: Workspace, own: Path) -> None:
    """Two tables that explain each other could not both be had."""
    for one, other in (("hen", "egg"), ("egg", "hen")):
        (own / "tables" / f"{one}.sql").write_text(
            f'-- column n: count "N"\n-- from n: report.{other}.n (row_key)\n{ONE}', "utf-8"
        )
    assert office.read_queries() == []


def test_a_table_outlives_the_sheet_that_its_cells_came_from(office: Workspace, own: Path) -> None:
    """Whoever writes a sheet anew would lose every table that leads to the shipped one."""
    before = rows_of(office, "report.achievement")
    (own / "sheets" / "indicators.sql").write_text(ONE, "utf-8")
    faults = office.read_queries()
    assert any("achievement.sql" in fault.message for fault in faults)
    assert len({fault.message.partition(",")[0] for fault in faults}) == len(faults)
    assert rows_of(office, "report.achievement") == before
    assert "achievement_pct" not in {
        name for name, left in office.find("report.achievement").header.origins.items() if left
    }
    (own / "sheets" / "indicators.sql").unlink()
    assert office.read_queries() == []


def test_what_rests_on_a_broken_query_is_told_with_it(office: Workspace, own: Path) -> None:
    """A table would go missing without a word."""
    (own / "basis" / "wood.sql").write_text("select nothing", "utf-8")
    (own / "tables" / "chairs.sql").write_text(
        "select w.fiscal_year, w.row_key from basis.wood as w", "utf-8"
    )
    faults = office.read_queries()
    text = told(office)
    assert "wood.sql" in text
    assert "chairs.sql" in text
    assert "basis.wood" in text
    assert len(faults) < len(office.registry.queries)
    assert rows_of(office, "sheet.population")
    assert office.row_counts(YEAR)
    assert office.findings(YEAR)[1] == []
    # Again and again, until it is mended.
    assert told(office) == "\n".join(str(fault) for fault in office.read_queries())
    (own / "basis" / "wood.sql").unlink()
    (own / "tables" / "chairs.sql").unlink()
    assert office.read_queries() == []


def test_a_broken_query_of_one_s_own_leaves_the_shipped_one(office: Workspace, own: Path) -> None:
    """A slip in one's own version of a table would take the shipped one away."""
    shown = rows_of(office, "budget_summary")
    (own / "basis" / "tree.sql").write_text("select nothing", "utf-8")
    (own / "tables" / "budget_summary.sql").write_text("select 1 as one", "utf-8")
    office.read_queries()
    assert "tree.sql" in told(office)
    assert "budget_summary.sql" in told(office)
    assert rows_of(office, "budget_summary") == shown


def test_views_that_rest_on_each_other_are_told(office: Workspace, own: Path) -> None:
    """Two views in a circle would hang the program or end it."""
    for one, other in (("hen", "egg"), ("egg", "hen")):
        (own / "basis" / f"{one}.sql").write_text(f"select v.x from basis.{other} as v", "utf-8")
    (own / "tables" / "omelette.sql").write_text(
        "select 2021 as fiscal_year, v.x as row_key from basis.egg as v", "utf-8"
    )
    faults = office.read_queries()
    assert len(faults) == 3
    for name in ("hen", "egg", "omelette"):
        assert f"{name}.sql" in told(office)
    assert rows_of(office, "budget_summary")


def test_a_name_in_a_remark_or_a_text_is_no_dependency(office: Workspace, own: Path) -> None:
    """A good table would fall with a broken one that it only mentions."""
    (own / "basis" / "broken.sql").write_text("select nothing", "utf-8")
    (own / "tables" / "mine.sql").write_text(
        f"{ONE}, 'basis.broken' as name -- not from basis.broken\n", "utf-8"
    )
    assert len(office.read_queries()) == 1
    assert rows_of(office, "report.mine")


def test_a_file_whose_name_is_no_name_is_told(office: Workspace, own: Path) -> None:
    """A file's name would be run as SQL."""
    facts = facts_of(office)
    names = [
        "two words",
        "x as select 1; drop table journal; --",
        'a"b',
        "1st",
        "größe",
        "a.b",
        "-",
    ]
    for name in names:
        (own / "tables" / f"{name}.sql").write_text(ONE, "utf-8")
    faults = office.read_queries()
    assert len(faults) == len(names)
    for name in names:
        (fault,) = (one for one in faults if one.message.startswith(f"{name}.sql"))
        assert fault.hint, name
    assert facts_of(office) == facts
    assert office.history(5) == []


def test_a_name_that_sql_keeps_for_itself_is_told(office: Workspace, own: Path) -> None:
    """A table called “order” would be lost without a word, or break the others."""
    (own / "tables" / "select.sql").write_text(ONE, "utf-8")
    faults = office.read_queries()
    assert len(faults) <= 1
    assert rows_of(office, "budget_summary")


@pytest.mark.parametrize(
    "text",
    [
        "delete from program;",
        "create or replace macro f(x) as x; drop table journal;",
        "create macro f(x) as x; commit; delete from program;",
        "create table mine (i int);",
        "this is no sql",
        "create macro ratio_pct(a, b) as a;",
        "attach 'x.duckdb' as x;",
    ],
)
def test_a_file_of_macros_only_makes_macros(office: Workspace, own: Path, text: str) -> None:
    """A folder that came with a file would change its facts when it is opened."""
    facts, before = facts_of(office), rows_of(office, "budget_summary")
    (own / "macros.sql").write_text(text, "utf-8")
    faults = office.read_queries()
    assert "macros.sql" in faults[0].message
    assert len(faults) == 1
    assert facts_of(office) == facts
    assert rows_of(office, "budget_summary") == before
    assert inside(office).database.value("select count(*) from journal") == 0


def test_a_file_that_is_no_text_is_told(office: Workspace, own: Path) -> None:
    """A picture with a wrong ending would end the program."""
    (own / "tables" / "mine.sql").write_bytes(b"\xff\xfe\x00select")
    (own / "macros.sql").write_bytes(b"\xff\xfe\x00create")
    (own / "tables" / "folder.sql").mkdir()
    faults = office.read_queries()
    assert len(faults) == 3
    assert rows_of(office, "budget_summary")


def test_on_a_read_only_file_the_stored_views_serve(file: Path, own: Path) -> None:
    """A report on a shared disk could not be read any more after an update."""
    with Workspace.open(file) as workspace:
        shown = rows_of(workspace, "budget_summary")
    (own / "tables" / "mine.sql").write_text(ONE, "utf-8")
    (own / "tables" / "achievement.sql").write_text(
        "-- column new: count \"Baru\"\nselect 2021 as fiscal_year, 'a' as row_key, 1 as new",
        "utf-8",
    )
    with Workspace.open(file, read_only=True) as reader:
        assert not reader.views_are_current
        assert rows_of(reader, "budget_summary") == shown
        text = told(reader)
        assert "mine.sql" in text
        assert "achievement.sql" in text
        assert reader.row_counts(YEAR)
        assert reader.findings(YEAR)[1] == []
        with pytest.raises(UsageError):
            reader.find("report.mine")
        assert rows_of(reader, "achievement")


def test_other_views_and_tables_in_the_file_are_left_alone(fresh: Workspace, file: Path) -> None:
    """What a user keeps beside our tables would be gone after an update."""
    with inside(fresh).database.transaction() as transaction:
        transaction.run("create table mine (i int); insert into mine values (1)")
        transaction.run("create view main.seen as select i from mine")
        transaction.run("create schema other; create view other.seen as select 5 as five")
        transaction.run("create view report.stray as select 1 as x")
        transaction.run("update workbook set queries_hash = null")
    fresh.close()
    with Workspace.open(file) as again:
        database = inside(again).database
        assert database.read("from seen") == [(1,)]
        assert database.read("from other.seen") == [(5,)]
        # The four schemas are the queries': what no query makes is not there.
        with pytest.raises(QueryError):
            database.read("from report.stray")


# Names


def test_a_query_is_found_by_its_bare_name_where_that_is_unique(
    office: Workspace, own: Path
) -> None:
    """`lkjip show X activities` would show another table than was meant."""
    assert office.find("activities").full_name == "sheet.activities"
    assert office.find("Report.Achievement").full_name == "report.achievement"
    (own / "tables" / "activities.sql").write_text(ONE, "utf-8")
    office.read_queries()
    with pytest.raises(UsageError) as refused:
        office.find("activities")
    assert "sheet.activities" in refused.value.hint
    assert "report.activities" in refused.value.hint
    assert refused.value.exit_code == 2
    for name in ("no_such", "tree", ""):
        with pytest.raises(UsageError):
            office.find(name)
    assert office.find("basis.tree").kind is Kind.BASIS


def test_a_folder_named_twice_is_read_once() -> None:
    """A file kept in the program's own folder would have every fault twice."""
    folder = paths.queries_folder()
    once, twice = load([folder]), load([folder, folder / "." / "sheets" / ".."])
    assert once.fingerprint == twice.fingerprint
    assert len(twice.macros) == 1


def test_the_fingerprint_follows_every_text(tmp_path: Path) -> None:
    """A changed formula would not reach the file."""
    for name in ("sheets", "tables"):
        (tmp_path / name).mkdir()
    seen = {load([tmp_path]).fingerprint}
    for file, text in (
        ("macros.sql", "create or replace macro f(x) as x"),
        ("sheets/a.sql", ONE),
        ("tables/a.sql", ONE),
        ("tables/a.sql", f"-- title: A\n{ONE}"),
        ("macros.sql", "create or replace macro f(x) as x + 1"),
    ):
        (tmp_path / file).write_text(text, "utf-8")
        seen.add(load([tmp_path]).fingerprint)
    assert len(seen) == 6


# Choices


CHOOSING = f'-- column n: choice "N"\n-- choice n: {{select}}\n{ONE}'


#: Selects that are no list of choices.
UNCHOSEN = (
    "select 1",
    "select 1, 2, 3",
    "select i from nowhere",
    "select 1, 2; delete from program",
    "with d as (delete from program returning *) select program_id, name from d",
)


def test_a_choice_that_gives_no_values_and_labels_is_told(office: Workspace, own: Path) -> None:
    """Opening a list of choices would end the program, or write past the history."""
    facts = facts_of(office)
    for number, select in enumerate(UNCHOSEN):
        (own / "tables" / f"mine_{number}.sql").write_text(CHOOSING.format(select=select), "utf-8")
    faults = office.read_queries()
    assert len(faults) == len(UNCHOSEN)
    for number, select in enumerate(UNCHOSEN):
        (fault,) = (one for one in faults if f"mine_{number}.sql" in one.message)
        assert "choice n" in fault.message, select
        assert f"report.mine_{number}" not in office.registry.queries, select
    assert facts_of(office) == facts


def test_a_choice_that_fails_when_it_is_read_is_a_fault_of_its_query(
    office: Workspace, own: Path
) -> None:
    """A list of choices would end the program on the first figure that it cannot convert."""
    (own / "tables" / "mine.sql").write_text(
        CHOOSING.format(select="select cast(name as integer), name from program"), "utf-8"
    )
    assert office.read_queries() == []
    query = office.find("report.mine")
    with pytest.raises(QueryError):
        office.cells(query).choices(query.header.columns["n"], {})


def test_a_choice_may_have_any_value(office: Workspace, own: Path) -> None:
    """A choice of dates or lists would end the program."""
    (own / "tables" / "mine.sql").write_text(
        "-- column n: choice \"N\"\n-- choice n: select [1, 2], 'both'\n"
        "select 2021 as fiscal_year, 'one' as row_key, [1, 2] as n",
        "utf-8",
    )
    assert office.read_queries() == []
    query, (row,) = office.find("report.mine"), rows_of(office, "report.mine")
    assert office.cells(query).text(query.header.columns["n"], row) == "both"


def test_a_check_that_says_no_severity_is_told(office: Workspace, own: Path) -> None:
    """A rule would never be told as broken, or end the program when it is."""
    (own / "checks" / "mine.sql").write_text(
        "select 2021 as fiscal_year, 'one' as finding_key", "utf-8"
    )
    (fault,) = office.read_queries()
    assert "mine.sql" in fault.message
    assert "check:" in fault.hint
    assert office.findings(YEAR)[1] == []


def test_a_sheet_counts_what_it_is_about(example: Path) -> None:
    """An office with 29 sub kegiatan would be told that it has 46."""
    with Workspace.open(example, read_only=True) as workspace:
        counts = workspace.row_counts(YEAR)
        names = ("activities", "indicators", "objectives", "programs", "services", "scales")
        assert [counts[f"sheet.{name}"] for name in names] == [29, 11, 4, 5, 8, 20]
