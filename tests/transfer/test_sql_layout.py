"""Statements that are laid out say what they said."""

from pathlib import Path

import pytest

from lkjip_tui import paths
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.transfer.sql_layout import laid_out, moved

TABLES = sorted((paths.queries_folder() / "tables").glob("*.sql"))

#: What this database understands and others do not, as it is laid out.
DIALECT = (
    "from x",
    "from x select a, b",
    "select list_filter(l, x -> x > 1)",
    "select * exclude (a) replace (b + 1 as b) from t",
    "select columns('a.*') from t",
    "select * from t where y = $fiscal_year and p = ?",
    "select m['k'], l[1:2]",
    "select a from t qualify row_number() over (partition by b) = 1",
    "select a, sum(b) from t group by all order by all",
    "select 7 // 2, 2 ** 3, a ^ b",
    "select e'a\\'b', $$a 'b' -- c$$, x'ab'",
    "select #1 from t",
    "select * from a asof join b on a.t >= b.t",
    "select * from t using sample 10 %",
    "select [x * 2 for x in l if x > 1]",
    "select 'é' as \"Ñ b\", 漢 from tëst",
    "summarize t",
    "pivot t on y using sum(v) group by n",
    "select a::decimal(18, 2), try_cast(b as int)",
    "select count(*) filter (where a > 1) from t",
)


@pytest.mark.parametrize("statement", DIALECT)
def test_what_only_this_database_understands_stays(statement: str) -> None:
    """A statement that ran would not run any more, or give something else."""
    layout = laid_out(statement)
    assert layout.text == statement
    assert not layout.left


def test_the_house_s_style_is_what_comes_out() -> None:
    """The key would only move blanks about."""
    layout = laid_out(
        "-- What is Spent, and a comment as long as a line may be that nobody shall break in two.\n"
        "SELECT P.Name AS Nama, SUM(B.amount) -- of all stages, and a comment that is long\n"
        "FROM program P LEFT JOIN program_budget B ON B.program_id=P.program_id"
        " WHERE B.fiscal_year=$fiscal_year AND P.code IS NOT NULL GROUP BY ALL ORDER BY 2 DESC;"
        "select 1"
    )
    assert layout.text == (
        "-- What is Spent, and a comment as long as a line may be that nobody shall break in two.\n"
        "select P.Name as Nama, sum(B.amount)  -- of all stages, and a comment that is long\n"
        "from program P\n"
        "left join program_budget B on B.program_id = P.program_id\n"
        "where B.fiscal_year = $fiscal_year and P.code is not null\n"
        "group by all\n"
        "order by 2 desc;\n"
        "select 1"
    )
    assert layout.count == 2


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_a_long_query_says_the_same_and_stays_as_it_was_laid_out(file: Path) -> None:
    """A word of a long query would be lost, or the text move at every key."""
    text = file.read_text("utf-8")
    layout = laid_out(text)
    assert not layout.left
    assert [token.word for token in tokens(layout.text)] == [token.word for token in tokens(text)]
    assert laid_out(layout.text).text == layout.text


def test_a_statement_that_cannot_be_read_stays_and_the_others_are_laid_out() -> None:
    """One slip would keep a whole buffer as it is, or be buried deeper."""
    layout = laid_out("SELECT 1;\n\nselect ) 'a;\n")
    assert layout.text == "select 1;\n\nselect ) 'a;\n"
    assert layout.count == 1
    assert [statement.start for statement in layout.left] == [11]


def test_remarks_and_texts_at_the_ends_of_lines_stay_what_they_are() -> None:
    """A statement would become part of a remark, a remark be gone, or a text be two."""
    layout = laid_out("SELECT 1 -- one\n; SELECT 2\n; /* three */ SELECT 3;\nselect 'a'\n'b'")
    assert layout.text == ("select 1  -- one\n;\nselect 2; /* three */\nselect 3;\nselect 'a'\n'b'")
    assert [statement.text for statement in layout.left] == ["select 'a'\n'b'"]


def test_the_cursor_stays_on_its_word() -> None:
    """The user would have to look for the place where they were."""
    before, after = "SELECT  a,b FROM t", "select a, b from t"
    for number, char in enumerate(before):
        if not char.isspace():
            assert after[moved(before, after, number)].lower() == char.lower()
    assert moved(before, after, len(before)) == len(after)
