"""An import that is killed at any instant is there in whole, or not at all."""

import random
import threading
import time
from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.support import facts_of, inside, start_python

_KILLS = 20
_NEW = 5_000
_IMPORTER = """
    import sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from lkjip_tui.transfer import source

    workspace = Workspace.open(Path(sys.argv[1]))
    print("open", flush=True)
    block = source.read(Path(sys.argv[2])).block
    compared = workspace.compare(workspace.find("sheet.activities"), 2021, block)
    print("compared", flush=True)
    workspace.take_in(compared)
    print("taken in", flush=True)
    """


@pytest.mark.slow
def test_twenty_kills_leave_nothing_in_half(example: Path, tmp_path: Path) -> None:
    """Else half of a budget stands in the file, and nobody knows which half."""
    file = tmp_path / "dpa.csv"
    lines = "".join(f"7.01.09.2.01.{n:04d};Sub kegiatan {n};{n}\n" for n in range(_NEW))
    file.write_text(
        "Kode;Uraian;Pagu\n7.01.09;PROGRAM BARU;\n7.01.09.2.01;Kegiatan baru;\n" + lines, "utf-8"
    )
    chance = random.Random(20211231)  # noqa: S311 - nothing secret
    with Workspace.open(example) as workspace:
        before = facts_of(workspace)
    whole = none = 0
    longest = 0.0
    for kill in range(_KILLS):
        with start_python(_IMPORTER, example, file) as importer:
            assert importer.stdout
            assert importer.stdout.readline() == "open\n"
            began = time.monotonic()
            if kill:  # the first one shows how long it takes
                timer = threading.Timer(chance.uniform(0.0, longest), importer.kill)
                timer.start()
            told = importer.stdout.read().split()
        longest = longest or time.monotonic() - began
        with Workspace.open(example) as workspace:
            assert workspace.loss is None
            made = inside(workspace).database.value(
                "select count(*) from sub_activity where name like 'Sub kegiatan %'"
            )
            assert made in {0, _NEW}
            if told[-1:] == ["in"]:
                assert made == _NEW
            whole += made == _NEW
            none += made == 0
            if made:
                workspace.undo()
            assert facts_of(workspace) == before
    assert whole
    assert none
