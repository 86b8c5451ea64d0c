"""Any file of queries: each line is understood, or told; what is understood acts or is told."""

import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.errors import LkjipError, QueryError
from lkjip_tui.core.query.header import fill_names, parse
from lkjip_tui.core.workspace import Workspace
from tests.core import test_header
from tests.core.support import YEAR, digest_of
from tests.fuzz.running import MANY, must_tell

#: Seconds in which a file of some thousand letters is read, however busy the machine is.
_SOON = 5.0


def _lines() -> list[str]:
    """Return every header line that is shipped."""
    files = sorted(paths.queries_folder().rglob("*.sql"))
    texts = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return sorted({line.removeprefix("-- ") for line in texts if line.startswith("-- ")})


_SHIPPED = _lines()
_SIGNS = st.sampled_from([
    *"()\"',.=|+{}:; \t\n", "--", "\r\n",
    *("by ", "as ", "select ", "with a as ", "row_key", "fiscal_year", "desc", "nulls first", "0"),
    *("column ", "edit ", "choice ", "from ", "row: ", "message en: ", "once", "hidden", "width 9"),
    *("\0", "\u2028", "\x85", "\ufeff", "é", "İ", "#", "A", "/*", "*/", "$", "\\", "9999999999"),
])  # fmt: skip
_shipped = st.sampled_from(_SHIPPED)


@st.composite
def _mended(draw: st.DrawFn) -> str:
    """Return a shipped line of which a piece is gone, doubled, or something else."""
    line = draw(_shipped)
    start = draw(st.integers(0, len(line)))
    end = min(len(line), start + draw(st.integers(0, 12)))
    put = draw(st.one_of(_SIGNS, st.just(line[start:end] * 2), _shipped, st.just("")))
    return line[:start] + put + line[end:]


lines = st.one_of(
    _shipped,
    _mended(),
    _mended(),
    st.lists(_SIGNS, max_size=12).map("".join),
    st.tuples(_SIGNS, st.integers(1, 3000)).map(lambda pair: pair[0] * pair[1]),
    st.tuples(_shipped, _SIGNS, st.integers(1, 3000)).map(lambda it: it[0] + it[1] * it[2]),
)
_selects = st.sampled_from([
    "select 1", "select 1 as fiscal_year, 'a' as row_key", "select * from program", "", ";",
    "select",
    "select 2021 as fiscal_year, 'program/' || p.program_id as row_key, p.* from program as p",
    "select s.* from sheet.activities as s", "delete from program", "select 1; select 2",
    "with a as",
    "select 2021 as fiscal_year, '[/b]' as row_key, unnest([1, 2]) as name, nan::double as amount",
])  # fmt: skip
files = st.builds(
    lambda parts, select: "".join(f"-- {line}\n" for line in parts) + select,
    st.lists(lines, max_size=12),
    _selects,
)


@MANY
@given(files)
def test_a_file_of_queries_is_soon_read_or_refused_with_its_line(text: str) -> None:
    """One bad file would keep the program from starting."""
    began = time.monotonic()
    try:
        header, select = parse(text, "x.sql")
    except QueryError as error:
        must_tell(error, "x.sql, ")
        assert time.monotonic() - began < _SOON
        return
    assert time.monotonic() - began < _SOON
    assert select.strip()
    assert header.edits.keys() <= header.columns.keys()
    names = header.reads()
    row = dict.fromkeys(names)
    for column in header.columns:
        header.route(column, row)
    for note in header.notes:
        fill_names(note, row)


@cache
def _office() -> tuple[Workspace, Path]:
    folder = Path(_FOLDER.name)
    workspace = Workspace.create_example(folder / "sooko.duckdb")
    return workspace, folder / "queries"


_FOLDER = TemporaryDirectory()


@MANY
@given(st.sampled_from(["sheets", "tables", "checks", "basis"]), files | st.binary(max_size=60))
def test_a_query_of_one_s_own_harms_no_fact_and_no_other_query(
    kind: str, text: str | bytes
) -> None:
    """One bad query would take all other tables with it."""
    workspace, folder = _office()
    file = folder / kind / "own.sql"
    file.parent.mkdir(parents=True, exist_ok=True)
    before, shipped = digest_of(workspace), len(workspace.registry.queries)
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    try:
        workspace.read_queries()
        found = [each for each in workspace.registry.queries.values() if each.name == "own"]
        for query in found:
            try:
                rows = workspace.rows(query, YEAR)
                cells = workspace.cells(query)
                for row in map(rows.named, rows.window(0, min(rows.count, 20))):
                    for column in cells.columns.values():
                        cells.target(column, row)
            except LkjipError as error:
                must_tell(error)
        workspace.findings(YEAR)
        assert digest_of(workspace) == before
    finally:
        file.unlink()
        workspace.read_queries()
    assert not workspace.registry.faults
    assert len(workspace.registry.queries) == shipped


LAWS = (
    test_a_file_of_queries_is_soon_read_or_refused_with_its_line,
    test_a_query_of_one_s_own_harms_no_fact_and_no_other_query,
    test_header.test_any_header_is_read_or_told,
)
