"""What the words of a statement are, for the eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.sql.colouring import Colouring
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.workspace import Workspace
from tests.core.test_completion import NAMES

_COLOURING = Colouring.of(NAMES)


def _said(sql: str, colouring: Colouring = _COLOURING) -> list[tuple[str, str]]:
    return [(colour, sql[start:stop]) for colour, start, stop in colouring.parts(sql)]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT name", [("keyword", "SELECT")]),
        ("select when", [("keyword", "select"), ("keyword", "when")]),
        ("program.when.select", []),
        ('"select"', []),
        ("round (1)", [("function", "round"), ("number", "1")]),
        ("select round", [("keyword", "select")]),
        ("1e3/* a", [("number", "1e3"), ("comment", "/* a")]),
        ("$year, ?", [("parameter", "$year"), ("parameter", "?")]),
        ("$$ select 1", [("text", "$$ select 1")]),
    ],
)
def test_what_has_which_colour(sql: str, said: list[tuple[str, str]]) -> None:
    """A word is what it does where it stands."""
    assert _said(sql) == said


_SIGNS = st.sampled_from(["select", "name", ".", "'", '"', "--", "/*", "*/", "\n", "$", "1"])


@given(st.lists(_SIGNS).map("".join))
def test_colours_stand_in_order_and_beside_each_other(sql: str) -> None:
    """An editor paints them one after another."""
    ends = 0
    for _colour, start, stop in _COLOURING.parts(sql):
        assert ends <= start < stop <= len(sql)
        ends = stop


def test_a_column_of_the_file_is_no_keyword(standing: Workspace) -> None:
    """`name` and `quarter` are words of the language as well."""
    with standing.session() as session:
        colouring = Colouring.of(Names.read(session, standing.registry))
    told = _said("select name, quarter from indicator_result group by all", colouring)
    assert [text for _colour, text in told] == ["select", "from", "group", "by", "all"]
