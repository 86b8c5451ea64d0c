"""Print what a cursor move and a page cost the grid over ten million rows.

    python tests/bench/bench_grid.py [ROWS]

Each figure is the processor's time from the call that moves the cursor until the screen's update
has been rendered to the bytes that a terminal would be sent, at 160×45 with 12 columns; making up
the rows is part of it.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App, ComposeResult

from lkjip_tui.grid import Grid, GridCell, GridColumn, GridRow

COLUMN_COUNT = 12
SIZE = (160, 45)


class Ledger:
    """Rows made up on the spot."""

    def __init__(self, row_count: int) -> None:
        self.row_count = row_count
        self.columns = (
            GridColumn("name", "Uraian"),
            *(
                GridColumn(f"amount_{i}", f"Jumlah {i}", right=True, computed=i % 3 == 0)
                for i in range(1, COLUMN_COUNT)
            ),
        )

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return made-up rows."""
        return [
            GridRow(
                (
                    GridCell(f"Baris {row}"),
                    *(
                        GridCell(f"{row * i % 9_999_991:,}", quiet=i % 3 == 0)
                        for i in range(1, COLUMN_COUNT)
                    ),
                )
            )
            for row in range(start, stop)
        ]


class Bench(App[None]):
    """A grid and nothing else."""

    def __init__(self, row_count: int) -> None:
        super().__init__()
        self.row_count = row_count

    def compose(self) -> ComposeResult:
        """Compose the grid."""
        yield Grid(Ledger(self.row_count))


def measured(app: App[None], act: Callable[[], None], times: int) -> list[float]:
    """Return the milliseconds of each of so many acts, drawn to the last byte."""
    screen = app.screen
    compositor = screen._compositor  # noqa: SLF001 - the public way waits for a clock
    grid = app.query_one(Grid)
    taken: list[float] = []
    for _ in range(times):
        began = time.thread_time()
        act()
        compositor.update_widgets({grid})
        update: Any = compositor.render_update()
        if update is not None:
            update.render_segments(app.console)
        taken.append((time.thread_time() - began) * 1000)
    return taken


async def main(row_count: int) -> None:
    """Print a line for each kind of move."""
    app = Bench(row_count)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        grid = app.query_one(Grid)
        grid.focus()
        await pilot.pause()
        print(f"{row_count:,} rows, {COLUMN_COUNT} columns, {SIZE[0]}×{SIZE[1]}; milliseconds")
        print(f"{'':28}{'median':>8}{'p95':>8}{'worst':>8}")
        middle = row_count // 2

        def up_and_down() -> None:
            grid.move_to(grid.cursor_row ^ 1, grid.cursor_column)

        def left_and_right() -> None:
            grid.move_to(grid.cursor_row, grid.cursor_column ^ 1)

        acts: list[tuple[str, int, Callable[[], None], int]] = [
            ("down within the screen", middle, up_and_down, 400),
            ("right within the screen", middle, left_and_right, 400),
            ("down past the edge", middle, lambda: grid.action_move("down"), 400),
            ("page down", middle, lambda: grid.action_turn(1), 200),
            ("page up", middle, lambda: grid.action_turn(-1), 200),
        ]
        for name, start, act, times in acts:
            grid.move_to(start, 0)
            await pilot.pause()
            taken = sorted(measured(app, act, times))
            print(
                f"{name:28}{statistics.median(taken):8.2f}"
                f"{taken[int(len(taken) * 0.95)]:8.2f}{taken[-1]:8.2f}"
            )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000))
