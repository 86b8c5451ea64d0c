"""A report as Markdown, its charts as pictures beside it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final, TextIO

from lkjip_tui.transfer import markdown, passages
from lkjip_tui.transfer.charts import Chart
from lkjip_tui.transfer.passages import Text
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.report_blocks import CONTENTS_DEPTH, Block, Heading, Report, Signed, Words

_STEP: Final = "&nbsp;" * 4


def write(out: TextIO, report: Report, pictures: Mapping[str, str]) -> None:
    """Write a report; `pictures` are the files of its charts by their views' names."""
    lines = [markdown.paragraph(line) for line in report.title]
    out.write(f"# {'<br>'.join(lines)}\n")
    _write_blocks(out, report.front, pictures)
    out.write("\n## DAFTAR ISI\n\n")
    for block in (*report.front, *report.body):
        if isinstance(block, Heading) and block.level <= CONTENTS_DEPTH:
            out.write(f"{'  ' * (block.level - 1)}- {_heading(block)}\n")
    _write_blocks(out, report.body, pictures)


def _write_blocks(out: TextIO, blocks: Sequence[Block], pictures: Mapping[str, str]) -> None:
    for is_item, together in groupby(blocks, lambda block: bool(_mark(block))):
        if is_item:
            items = [block for block in together if isinstance(block, Words)]
            # As lines of a paragraph their marks stay as they were written.
            shown = (_STEP * item.depth + _escaped(item.text, f"{item.mark} ") for item in items)
            out.write("\n" + "\\\n".join(shown) + "\n")
            continue
        for block in together:
            out.write("\n")
            match block:
                case Heading():
                    out.write(f"{'#' * (block.level + 1)} {_heading(block)}\n")
                case Words():
                    out.write(f"{_escaped(block.text)}\n")
                case Signed():
                    out.write("\\\n".join(map(_escaped, block.lines)) + "\n")
                case PrintedTable():
                    markdown.write(out, [block])
                case Chart():
                    out.write(f"![{markdown.paragraph(block.caption)}]({pictures[block.name]})\n")


def _mark(block: Block) -> str:
    return block.mark if isinstance(block, Words) else ""


def _heading(heading: Heading) -> str:
    return _escaped(heading.text, f"{heading.mark} " if heading.mark else "")


def _escaped(text: Text, mark: str = "") -> str:
    return markdown.paragraph(mark + passages.plain(text))
