"""Writes the whole report as a file in the form that its ending names."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from lkjip_tui.core.errors import IsStopped
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import report, report_markdown
from lkjip_tui.transfer.charts import Chart
from lkjip_tui.transfer.files import appearing, require_absent
from lkjip_tui.transfer.forms import ending_of
from lkjip_tui.transfer.report_blocks import Problem, Report

_ENDINGS: Final = ("docx", "md")


def write(
    workspace: Workspace,
    year: int,
    file: Path,
    *,
    replace: bool = False,
    is_stopped: IsStopped = bool,
) -> tuple[Sequence[Path], Sequence[Problem]]:
    """Write the report of a year; return its files and the names in it that have nothing to say.

    Charts are in the document, or beside the Markdown as SVG. Raises UsageError for an ending
    that names no form; without `replace`, FileThere when one of the files is there already;
    Interrupted once it `is_stopped`.
    """
    ending = ending_of(file, _ENDINGS)
    if not replace:
        require_absent([file])
    written = report.of_year(workspace, year)
    files = _as_document(written, file) if ending == "docx" else _as_markdown(written, file)
    if not replace:
        require_absent(files)
    for path, content in files.items():
        with appearing(path, is_stopped) as out:
            out.write(content)
    return list(files), written.problems


def _as_document(written: Report, file: Path) -> Mapping[Path, bytes]:
    from lkjip_tui.transfer import report_docx  # noqa: PLC0415 - heavy

    out = io.BytesIO()
    report_docx.write(out, written, _pictures(written, "png"))
    return {file: out.getvalue()}


def _as_markdown(written: Report, file: Path) -> Mapping[Path, bytes]:
    """Return the text, and before it the pictures that it shows."""
    drawn = _pictures(written, "svg")
    names = {chart: f"{file.stem}-{chart}.svg" for chart in drawn}
    out = io.StringIO()
    report_markdown.write(out, written, names)
    pictures = {file.with_name(names[chart]): picture for chart, picture in drawn.items()}
    return {**pictures, file: out.getvalue().encode()}


def _pictures(written: Report, form: Literal["svg", "png"]) -> Mapping[str, bytes]:
    """Return the report's charts as pictures by their views' names."""
    charts = [block for block in (*written.front, *written.body) if isinstance(block, Chart)]
    if not charts:
        return {}
    from lkjip_tui.transfer import chart_pictures  # noqa: PLC0415 - heavy

    draw = chart_pictures.svg if form == "svg" else chart_pictures.png
    return {chart.name: draw(chart) for chart in charts}
