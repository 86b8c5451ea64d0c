"""A writer without a screen, which is quicker, killed at any instant; `--full` 50 times."""

import logging
import random
import threading
from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.support import facts_of, inside, start_python
from tests.slow.found_again import agree

_log = logging.getLogger(__name__)
FULL, SHORT = 50, 12
#: A user at work, as fast as can be: single edits, rows made and deleted, undo and redo, a whole
#: year, and checkpoints in between. It tells the number of each change once it is acknowledged.
WRITER = """
    import itertools, sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import put, row_of

    workspace = Workspace.open(Path(sys.argv[1]))
    print("open", flush=True)
    start = int(sys.argv[2])

    def acknowledge():
        print(workspace.history(1)[0].journal_id, flush=True)

    for number in itertools.count(start):
        put(workspace, "programs", "program/1", "budget_revised", str(number))
        acknowledge()
        match number % 7:
            case 1:
                row = {**workspace.names(2021), **row_of(workspace, "activities", "activity/1")}
                new = workspace.insert(workspace.find("activities"), row)
                acknowledge()
                put(workspace, "activities", new.row_key, "realization", str(number))
                acknowledge()
            case 3:
                workspace.undo()
                acknowledge()
                workspace.redo()
                acknowledge()
            case 5:
                workspace.start_year(2022 + start // 1000)  # one of its own for each writer
                acknowledge()
                workspace.undo()
                acknowledge()
            case 6:
                workspace.findings(2021)
                workspace.checkpoint()
    """


@pytest.mark.slow
def test_kills_lose_nothing(example: Path, request: pytest.FixtureRequest) -> None:
    """A power cut would cost an office changes that it saw saved."""
    kills = FULL if request.config.getoption("--full") else SHORT
    chance = random.Random(20211231)  # noqa: S311 - nothing secret
    with Workspace.open(example) as workspace:
        start = facts_of(workspace)
    acknowledged = untold = logs = 0
    for kill in range(kills):
        with start_python(WRITER, example, 1000 * kill) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "open\n"
            timer = threading.Timer(chance.uniform(0.0, 0.6), writer.kill)
            timer.start()
            told = [int(line) for line in writer.stdout if line.endswith("\n")]
            timer.join()
        logs += Path(f"{example}.wal").exists()
        with Workspace.open(example) as workspace:
            assert workspace.loss is None
            numbers = [row[0] for row in inside(workspace).database.read(
                "select journal_id from journal order by journal_id"
            )]  # fmt: skip
            assert numbers == list(range(1, len(numbers) + 1))
            assert set(told) <= set(numbers)
            # At most the one act that was not told yet is there besides.
            acts = inside(workspace).database.value(
                "select count(distinct act_id) from journal where journal_id > ?",
                [max(told, default=acknowledged)],
            )
            assert acts <= 1
            untold += acts
            agree(workspace)
            acknowledged = len(numbers)
    with Workspace.open(example) as workspace:
        assert workspace.loss is None
        while workspace.undo():
            pass
        assert facts_of(workspace) == start
    assert list(example.parent.glob("*.original*")) == []
    assert acknowledged > kills
    assert logs > kills // 2
    _log.info("%d rows, %d acts not told yet, %d logs left", acknowledged, untold, logs)
