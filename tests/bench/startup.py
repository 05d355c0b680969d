"""How long from the start of the process until the window is painted.

``python -m tests.bench.startup [--runs N]``. Beside it, in the same run and turn by turn, the least that Qt needs: a
bare PySide6 window with a table of as many cells. The window opens on no file, as it does from the menu of the desktop;
then on a workspace of 200 reports that was left in the middle. A second bare window shows what it costs just to name
``Qt.AlignmentFlag`` or any other name of ``Qt``, as every program does: PySide6 then makes 2,000 of them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from parser.model.report import CellKey
from parser.workspace.kept import Reading
from parser.workspace.store import Store
from tests.forms import make_report

_REPORTS = 200
TOP = Path(__file__).parents[2]
_END = """
from PySide6.QtCore import QTimer
def end():
    window.repaint()
    print(f"{(time.time() - float(sys.argv[1])) * 1000:.0f}", flush=True)
    app.exit()
QTimer.singleShot(0, end)
app.exec()
"""
OURS = (
    """
import sys, time
from pathlib import Path
from desktop.app import application, create_window
app = application()
window = create_window([], Path(sys.argv[2]))
window.show()
"""
    + _END
)
BARE = (
    """
import sys, time
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window, table, model = QMainWindow(), QTableView(), QStandardItemModel(25, 8)
for row in range(25):
    for column in range(8):
        model.setItem(row, column, QStandardItem("0"))
table.setModel(model)
window.setCentralWidget(table)
window.resize(1366, 728)
window.show()
"""
    + _END
)


NAMED = BARE.replace("from PySide6.QtGui", "from PySide6.QtCore import Qt\nfrom PySide6.QtGui")
MANY = (
    OURS[: OURS.index("window.show()")]
    + """
from PySide6.QtCore import QEventLoop, QTimer
def wait():
    global last, longest
    now = time.perf_counter()
    longest, last = max(longest, now - last), now
    if window.session.report is not None and window.review.isVisible() and not started:
        started.append(time.time())
        window.repaint()
        since = float(sys.argv[1])
        print(painted[0] - since, time.time() - since, longest, flush=True)
        app.exit()
painted, started = [], []
window.painted.connect(lambda: painted.append(time.time()))
window.show()
longest, last = 0.0, time.perf_counter()
timer = QTimer(interval=1, timeout=wait)
timer.start()
app.exec()
"""
)


def main() -> None:
    """Print the median of a few starts of each, and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    times: dict[str, list[float]] = {program: [] for program in (BARE, NAMED, OURS)}
    for _ in range(runs):
        for program, spent in times.items():
            with tempfile.TemporaryDirectory() as workspace:
                spent.append(_start(program, Path(workspace))[0])
    bare, named, ours = (spent[1:] for spent in times.values())  # the first of each reads the disk, and compiles
    print(f"process start → painted: bare window with a table {_words(bare)}, ours {_words(ours)}", end="; ")
    print(f"{median(ours) / median(bare):.2f} times, the quickest {min(ours) / min(bare):.2f} times")
    print(f"the bare window, Qt named in it: {_words(named)}; {median(ours) / median(named):.2f} times")
    with tempfile.TemporaryDirectory() as workspace:
        _fill(Path(workspace))
        many = [_start(MANY, Path(workspace)) for _ in range(runs)][1:]
    painted, shown, gap = ([1000 * run[part] for run in many] for part in range(3))
    print(f"a workspace of {_REPORTS} reports: painted {_words(painted)}, report in sight {_words(shown)}", end=", ")
    print(f"longest gap of the GUI thread {_words(gap)}")


def _fill(workspace: Path) -> None:
    store = Store(workspace)
    for number in range(_REPORTS):
        report = make_report(issuer=f"单位{number}")
        store.begin_reading(workspace / f"单位{number}.txt", Reading(report, report.cells))
    store.leave_at(workspace / f"单位{_REPORTS // 2}.txt", CellKey.parse("applications.granted.natural_person"))
    store.close()


def _start(program: str, workspace: Path) -> list[float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", program, str(time.time()), str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TOP, env=environment)
    return [float(word) for word in done.stdout.split()]


def _words(times: list[float]) -> str:
    return f"median {median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})"


if __name__ == "__main__":
    main()
