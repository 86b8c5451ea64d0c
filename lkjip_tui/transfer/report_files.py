"""Writes the whole report as a file in the form that its ending names."""

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from lkjip_tui.core.errors import FileThere, UsageError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import report, report_markdown
from lkjip_tui.transfer.charts import Chart
from lkjip_tui.transfer.export import IsStopped, appearing
from lkjip_tui.transfer.report_blocks import Problem, Report

ENDINGS: Final = (".docx", ".md")


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
    if file.suffix not in ENDINGS:
        raise UsageError(
            _("The name {file} does not say which form is meant.").format(file=file.name),
            _("End it with {endings}.").format(endings=" · ".join(ENDINGS)),
        )
    if not replace:
        _require_absent([file])
    written = report.of_year(workspace, year)
    files = _as_document(written, file) if file.suffix == ".docx" else _as_markdown(written, file)
    if not replace:
        _require_absent(files)
    for path, content in files.items():
        with appearing(path, is_stopped) as out:
            out.write(content)
    return list(files), written.problems


def _require_absent(files: Iterable[Path]) -> None:
    """Raise FileThere, before anything is written, when a file is there already."""
    there = [file for file in files if os.path.lexists(file)]
    if there:
        raise FileThere(
            _("{files} in {folder} would be replaced; nothing was written.").format(
                files=", ".join(file.name for file in there), folder=there[0].parent
            ),
            _("Name another folder, or replace them with --force."),
        )


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
