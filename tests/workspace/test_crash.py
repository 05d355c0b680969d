"""A process that keeps edits is killed at any moment: what it said was kept is there, whole and in order."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from parser.workspace.store import Store
from tests.conftest import ROOT
from tests.forms import make_report
from tests.workspace.samples import PERSONS, TOTAL, loaded

A = Path("/甲.txt")
VICTIM = """
import sys; from pathlib import Path
from parser.workspace.store import Store
from tests.forms import make_report
from tests.workspace.samples import PERSONS, TOTAL, reading, typed
store, report, path = Store(Path(sys.argv[1])), make_report(), Path("/甲.txt")
if store.load(path).report is None: store.begin_reading(path, reading(report))
report = store.load(path).report
first = len(report.edits)
for number in range(first, first + 100_000):
    edits = [typed(report, number), typed(report, number, TOTAL)]
    store.append(path, f"步骤{number}", edits)
    report = report.apply(edits)
    print(number, flush=True)
"""


def test_what_was_kept_survives_being_killed(tmp_path: Path) -> None:
    chance = random.Random(3)
    for _ in range(6):
        victim = subprocess.Popen([sys.executable, "-c", VICTIM, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert victim.stdout is not None
        first = int(victim.stdout.readline())
        time.sleep(chance.uniform(0, 0.05))
        victim.kill()
        said = [first, *map(int, victim.communicate()[0].split())]
        store = Store(tmp_path)
        assert store.remarks == []
        report = loaded(store, A).report
        store.close()
        assert report is not None
        values = [int(edit.after.shown) for edit in report.edits if edit.key == PERSONS]
        assert values == [int(edit.after.shown) for edit in report.edits if edit.key == TOTAL]
        assert set(said) <= set(values)
        assert len(values) - values.index(said[-1]) <= 2  # one more may be there that it had no time to say
        assert report.cells[PERSONS].shown == report.cells[TOTAL].shown == str(values[-1])
        assert make_report().apply(report.edits) == report
