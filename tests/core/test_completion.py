"""What may stand at a place of a statement that is half typed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.sql.completion import Completion, complete, lacks_comma, near_names
from lkjip_tui.core.sql.sql_names import Column, Function, Names, Relation
from lkjip_tui.core.storage.sql_text import place_of_fault
from lkjip_tui.core.workspace import Workspace

_PROGRAM = Relation(("program",), (Column("program_id", "INTEGER"), Column("name", "VARCHAR")))
_BUDGET = Relation(
    ("program_budget",),
    (Column("program_id", "INTEGER"), Column("amount", "BIGINT", "Anggaran")),
    "Budgets",
)
_SUMMARY = Relation(("report", "budget_summary"), (Column("name"), Column("absorption pct")))
_OTHER = Relation(("files", "from"), (Column("select"),))
NAMES = Names(
    (_PROGRAM, _BUDGET, _SUMMARY, _OTHER),
    (
        Function("round", "round(x[, precision])", "Rounds x. It does."),
        Function("range", "range(stop)", gives_rows=True),
        Function("count", "count([arg])"),
        Function("collate_aa", "collate_aa(x)"),
    ),
    {"select": "reserved", "from": "reserved", "when": "reserved", "name": "unreserved"},
)


def at(marked: str, names: Names = NAMES) -> Completion | None:
    """Return what may stand at the | in a text."""
    return complete(names, marked.replace("|", "", 1), marked.index("|"))


def offered(marked: str) -> list[str]:
    """Return the texts that may stand at the |, best first."""
    found = at(marked)
    return [] if found is None else [each.text for each in found.suggestions]


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("|", "select"),
        ("sel|", "select"),
        ("select na| from program", "name"),
        ("select p.| from program as p", "program_id"),
        ("select p.na|, 1 from program p where true", "name"),
        ("from program p join program_budget b on p.program_id = b.|", "program_id"),
        ("from pro|", "program"),
        ("from prog| where true", "program"),
        ("from program, prog|", "program"),
        ("from bud|", "report.budget_summary"),
        ("from report.|", "budget_summary"),
        ("from main.prog|", "program"),
        ("select report.budget_summary.n| from report.budget_summary", "name"),
        ("select abs| from report.budget_summary", '"absorption pct"'),
        ('select "abs| from report.budget_summary', '"absorption pct"'),
        ("from files.|", '"from"'),
        ('select f.| from files."from" f', '"select"'),
        ("select * from program wh|", "where"),
        ("select name f|", "from"),
        ("select name from program ord|", "order by"),
        ("select name from program order b|", "by"),
        ("select name from program order by na|", "name"),
        ("select count(*) as total from program order by tot|", "total"),
        ("select cou|", "count("),
        ("select cou|(*)", "count"),
        ("select co|", "count("),
        ("select * from ran|", "range("),
        ("with t as (select name as nama, 2 zwei from program) select t.| from t", "nama"),
        ("with t as (select 1 as a) from |", "t"),
        ("with t(x, y) as (select 1, 2) select t.| from t", "x"),
        ("with recursive r as (select 1 as n union all select r.| from r) from r", "n"),
        ("select x.| from (select name as n from program) as x", "n"),
        ("select x.| from (select * exclude (name) from program) as x", "program_id"),
        ("select x.| from (values (1, 2)) as x(a, b)", "a"),
        ("select x.| from (program as x join program_budget as y using (a))", "program_id"),
        ("from program p where exists (select 1 from program_budget b where p.|", "program_id"),
        ("from program as t select t.na|", "name"),
        ("select 1; select p.| from program as p; from program_budget as p", "program_id"),
        ("select name from program union select am| from program_budget", "amount"),
        ("select a is distinct from na| from program", "name"),
        ("update program set na|", "name"),
        ("insert into program (|", "program_id"),
        ("summarize pro|", "program"),
        ("select a::dec|", "decimal(18, 2)"),
        ("select cast(a as dec|", "decimal(18, 2)"),
        ("SELECT name FR|", "FROM"),
        ("explain sel|", "select"),
        ("select t.| from t: program", "program_id"),
    ],
)  # fmt: skip
def test_what_may_stand_at_a_place_is_offered_first(marked: str, first: str) -> None:
    """The user would have to know by heart what the file calls its columns."""
    assert offered(marked)[0] == first


@pytest.mark.parametrize(
    "marked",
    [
        "select 'na|", "-- na|", "/* na|", "select 12|", "select $na|", "from program as |",
        "select * from program where name = 'x'|", "select (a).|", 'select "name"|',
        "select $$ na|",
    ],
)  # fmt: skip
def test_nothing_is_offered_in_texts_and_where_names_are_made_up(marked: str) -> None:
    """A list would open over a comment, and Tab put into it what nobody meant."""
    assert at(marked) is None


def test_a_column_of_two_relations_is_named_with_its_own() -> None:
    """The database would call it ambiguous."""
    found = offered("select | from program as p, program_budget as b")
    assert "p.program_id" in found
    assert "b.program_id" in found
    assert "amount" in found
    assert "program_id" not in found


def test_what_follows_is_shown_behind_what_is_typed() -> None:
    """The ghost would show other letters than those that Tab puts in."""
    found = at("select prog| from program")
    assert found is not None
    assert found.ghost == "ram_id"
    within = at("select na|me from program")
    assert within is None or within.ghost == ""
    quoted = at("select abs| from report.budget_summary")
    assert quoted is not None
    assert quoted.ghost == "", "quotes before it cannot follow it"


def test_types_meanings_and_signatures_are_told() -> None:
    """A name alone does not say what it holds, or how it is called."""
    found = at("select amo| from program_budget")
    assert found is not None
    assert found.suggestions[0].about == "BIGINT · Anggaran"
    found = at("select rou|")
    assert found is not None
    assert found.suggestions[0].label == "round(x[, precision])"
    assert found.suggestions[0].about == "Rounds x"


@given(st.text(alphabet="sfp.(),*\"' \n-/;:ab", max_size=40), st.integers(0, 40))
def test_whatever_is_typed_ends_nothing(text: str, offset: int) -> None:
    """A slip of the hand would end the program."""
    found = complete(NAMES, f"select {text} from program", min(offset, len(text) + 6))
    assert found is None or found.suggestions


@pytest.mark.slow
def test_the_names_are_those_of_the_file(standing: Workspace) -> None:
    """What is offered would not be there, or what is there not offered."""
    with standing.session() as session:
        names = Names.read(session, standing.registry)
    for written, known in (
        (["sheet", "population"], ("sheet", "population")),
        (["office", "main", "population"], ("population",)),
    ):
        relation = names.relation(written)
        assert relation is not None
        assert relation.path == known
    found = at("select p.absorp| from report.budget_summary as p", names)
    assert found is not None
    assert [each.text for each in found.suggestions] == ["absorption_pct", "absorption_pct_exact"]
    assert "%" in found.suggestions[0].about
    signatures = {function.name: function.signature for function in names.functions}
    assert signatures["printed_ratio_pct"] == "printed_ratio_pct(numerator, denominator)"
    assert signatures["round"] == "round(x[, precision])"
    assert signatures["now"] == "now()"
    for relation in names.relations:
        path = ".".join(map(names.written, relation.path))
        columns = ", ".join(names.written(column.name) for column in relation.columns)
        with standing.console.stream(f"select {columns} from {path} limit 0").start() as stream:
            assert len(stream.columns) == len(relation.columns)


@pytest.mark.parametrize(
    ("statement", "near"),
    [
        ("select p.numbr from report.budget_summary as p", "number"),
        ("from repot.budget_summary", "report.budget_summary"),
        ("select 1 frm program", "from"),
        ("selec name from program", "select"),
        ("select name from program grup by name", "group"),
    ],
)
def test_names_near_a_slip_are_found(standing: Workspace, statement: str, near: str) -> None:
    """The user would look through the list of tables for a letter that is missing."""
    assert near in _near(standing, statement)


def _near(workspace: Workspace, statement: str) -> Sequence[str]:
    """Return what is told as near the fault of a statement."""
    return near_names(*_fault(workspace, statement))


def _fault(workspace: Workspace, statement: str) -> tuple[Names, str, tuple[int, int], str]:
    """Return what is known of the fault of a statement."""
    with workspace.session() as session:
        names = Names.read(session, workspace.registry)
        try:
            session.read(statement, most=1)
        except QueryError as error:
            message = str(error.__cause__)
    place = place_of_fault(statement, message)
    assert place is not None
    return names, statement, place, message


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("select p.number p.name from program as p", "p"),
        ("select name number code from program", "code"),
        ("select * fromm program", ""),
        ("select * from program whre number = 1", ""),
        ("select name,, code from program", ""),
        ("select name from program order code", ""),
    ],
)
def test_a_comma_is_missed_where_two_names_stand_together(
    standing: Workspace, statement: str, name: str
) -> None:
    """The commonest slip would be told by a sign that nobody typed wrong."""
    assert lacks_comma(*_fault(standing, statement)) == name


@pytest.mark.parametrize(
    "statement",
    [
        "select name, count(*) from program",
        "select sum(name) from program",
        "from program as a, program as b where name = 'x'",
        "from read_csv('x.csv')",
    ],
)
def test_nothing_is_near_a_name_that_is_known(standing: Workspace, statement: str) -> None:
    """The user would change a name that was right."""
    assert _near(standing, statement) == ()


def test_a_slip_is_not_told_as_what_is_near_it() -> None:
    """A column without FROM would be said to be near itself."""
    message = 'Binder Error: Referenced column "nix" was not found because'
    assert "nix" not in near_names(NAMES, "select nix", (7, 10), message)


def test_what_the_database_has_named_itself_is_not_named_again() -> None:
    """The message would say the same twice."""
    assert near_names(NAMES, "from progam", (5, 11), 'Did you mean "program"?') == ()
