"""SQL as it is typed: where statements begin and end, and where the database marks a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.storage.sql_text import (
    line_and_column,
    name_of,
    place_of_fault,
    quoted,
    statement_at,
    statements,
    toggled,
    tokens,
    unquoted,
)
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside

QUERIES = sorted(paths.queries_folder().rglob("*.sql"))


def test_statements_are_those_that_the_database_finds(standing: Workspace) -> None:
    """The half of a statement would run, or two where one was meant."""
    database = inside(standing).database
    texts = [file.read_text("utf-8") for file in QUERIES]
    texts += [
        "select ';' as a; -- one; still\nselect $$;$$ /* ; /* ; */ ; */ ; select e'\\';' ;;",
        "-- only said",
        'select ";" from (select 1 as ";")',
        "select $x$ ; $$ ; $x$, ';;''', x'ab';\n\n;select $a, $b",
        "select 1 as é; select 2 as 漢;",
    ]
    for text in texts:
        ours = [statement.text for statement in statements(text)]
        assert len(ours) == len(database.statements(text)), text
        for one in ours:
            assert len(database.statements(one)) == 1, one


@given(st.text(alphabet="abE'\"$-/*;\n 1.()[]{}é\\?:=>", max_size=60))
def test_nothing_of_a_text_is_lost_in_its_tokens(text: str) -> None:
    """A statement that is half typed would be run, or laid out, without some of it."""
    found = tokens(text)
    assert "".join("".join(token.text.split()) for token in found) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in found)
    for statement in statements(text):
        assert text[statement.start :].startswith(statement.text)
        assert statement_at(text, statement.start) is not None


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("", "select 1"),
        ("select 1", "select 1"),
        ("select 1;", "select 1"),
        ("select 1; -- that", "select 1"),
        ("select 1; -- that was one\n", "-- two\nselect 2"),
        ("select 1; -- that was one\n\n-- tw", "-- two\nselect 2"),
        ("select 1; -- that was one\n\n-- two\nselect 2\n", "-- two\nselect 2"),
        ("select 1; -- that was one\n\n-- two\nselect 2\n; s", "select 3"),
        ("select 1; -- that was one\n\n-- two\nselect 2\n; select 3\n\n", "select 3"),
    ],
)
def test_the_statement_under_the_cursor_is_the_one_that_people_mean(
    before: str, found: str
) -> None:
    """F5 would run the neighbour."""
    text = "select 1; -- that was one\n\n-- two\nselect 2\n; select 3\n\n"
    assert text.startswith(before)
    statement = statement_at(text, len(before))
    assert statement is not None
    assert statement.text == found


def test_a_text_without_a_statement_has_none_under_the_cursor() -> None:
    """An empty editor would run something."""
    assert statement_at("", 0) is None
    assert statement_at(" ; -- nothing", 2) is None


@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("select foo\nfrom report.budget_sumary", "report.budget_sumary"),
        ("select p.numbr\n from report.budget_summary as p", "p.numbr"),
        ("-- said before\n\n  select 1 frm x\n where", "x"),
        ("select '漢👍é', 'é', numbr from program", "numbr"),
        ("\tselect\tnumbr from program", "numbr"),
        (f"select {'1,' * 90} numbr from program", "numbr"),
        (f"select {'1,' * 90} numbr, {'2,' * 90} 3 from program", "numbr"),
        (
            f"select {'漢,'.replace('漢', chr(39) + '漢' + chr(39)) * 40} numbr from program",
            "numbr",
        ),
        ("select cast('abc' as int)", "cast('abc' as int)"),
        ("select rond(1.5)", "rond(1.5)"),
        ("select (1", "1"),
    ],
)
def test_a_fault_is_marked_where_the_database_marks_it(
    standing: Workspace, statement: str, marked: str
) -> None:
    """The user would look for the slip in the wrong line."""
    with pytest.raises(LkjipError) as fault:
        standing.console.stream(statement).start()
    place = place_of_fault(statement, str(fault.value.__cause__))
    assert place is not None
    assert statement[slice(*place)] == marked


def test_a_message_without_a_place_marks_nothing() -> None:
    """The editor would mark something that is right."""
    assert place_of_fault("select 1", "Stopped.") is None
    assert place_of_fault("select 1", "x\n\nLINE 9: select\n        ^") is None


def test_lines_and_columns_are_counted_as_people_do() -> None:
    """“Line 2” would be another one in the editor."""
    assert line_and_column("ab\ncd", 0) == (1, 1)
    assert line_and_column("ab\ncd", 4) == (2, 2)


@given(st.text(max_size=20))
def test_a_name_comes_out_of_its_quotes_as_it_went_in(name: str) -> None:
    """A column with a quote in its name could not be completed."""
    assert unquoted(quoted(name)) == name


def test_a_text_is_called_by_the_comment_that_it_begins_with() -> None:
    """The tabs of an editor would all look alike."""
    assert name_of("\n-- budgets of 2021\nselect 1") == "budgets of 2021"
    assert name_of("--\nselect 1") == "select 1"
    assert name_of("\n\n") == ""


def test_lines_become_comments_and_back() -> None:
    """Trying a statement without a line would mean typing it again."""
    lines = ["  where a", "", "    and b"]
    said = ["  -- where a", "", "  --   and b"]
    assert toggled(lines) == said
    assert toggled(said) == lines
    assert toggled(["-- a", "b"]) == ["-- -- a", "-- b"]
    assert toggled(["--a"]) == ["a"]
    assert toggled([""]) == ["-- "]
