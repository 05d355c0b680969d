"""How long an edit takes to be on the disk, how long a workspace takes to open, and what ``kill -9`` costs.

``python -m tests.bench.workspace [--folder DIR] [--kills N]``: the workspace is made in DIR, a network drive for
instance. Every run of the last part edits through the models of a window as fast as it can, is killed at a random
moment, and its workspace is opened again: how many edits stood in the window and are not there, and does the log follow
on itself?
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app import create_window
from desktop.main_window import MainWindow
from desktop.settings import Settings
from parser.model.report import CellKey
from parser.workspace.kept import Reading
from parser.workspace.store import Store
from tests.desktop.sample_text import report_text
from tests.forms import make_report

_CELL = CellKey.parse("applications.granted.natural_person")
_EDITS = 300
_REPORTS = 200
_BETWEEN_KEYS = 0.03  # s; nobody types faster


def main() -> None:
    """Print milliseconds and counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--victim", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.victim is not None:
        _edit_for_ever(options.victim)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        app = QApplication([])
        _time_edits(app, Path(name) / "edits")
        _time_opening(app, Path(name) / "many")
        _kill(Path(name) / "kills", options.kills)


def _open(app: QApplication, folder: Path, files: list[Path]) -> MainWindow:
    """Return a window in which all reports are there."""
    window = create_window(files, folder / "workspace", settings=Settings(folder / "window.ini"))
    assert isinstance(window, MainWindow)
    window.resize(1366, 736)
    window.show()
    while not window.session.entries or any(entry.is_reading for entry in window.session.entries):
        app.processEvents()
        time.sleep(0.001)
    return window


def _report(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "清河市农业农村局2023年报.txt"
    file.write_text(report_text(), "utf-8")
    return file


def _time_edits(app: QApplication, folder: Path) -> None:
    kept: list[float] = []
    real = Store.append

    def timed(store: Store, *what: object) -> None:
        real(store, *what)  # type: ignore[arg-type]
        kept.append(time.perf_counter())

    Store.append = timed  # type: ignore[assignment,method-assign]
    window = _open(app, folder, [_report(folder)])
    begun, returned, painted = [], [], []
    for number in range(_EDITS):
        begun.append(time.perf_counter())
        window.session.set_text(_CELL, str(number + 1))
        returned.append(time.perf_counter())
        app.processEvents()
        painted.append(time.perf_counter())
        time.sleep(_BETWEEN_KEYS)
    window.session.keeper.settle(5)
    Store.append = real  # type: ignore[method-assign]
    for what, ends in (("set", returned), ("painted", painted), ("on the disk", kept)):
        spent = sorted((end - start) * 1000 for start, end in zip(begun, ends, strict=True))
        print(f"edit → {what}: median {statistics.median(spent):.1f}, p99 {spent[-4]:.1f}, longest {spent[-1]:.1f} ms")
    window.let_go()


def _time_opening(app: QApplication, folder: Path) -> None:
    folder.mkdir()
    store = Store(folder / "workspace")
    for number in range(_REPORTS):
        report = make_report(issuer=f"单位{number}")
        store.begin_reading(folder / f"单位{number}.txt", Reading(report, report.cells))
    store.leave_at(folder / "单位150.txt", _CELL)
    store.close()
    start = time.perf_counter()
    window = create_window([], folder / "workspace", settings=Settings(folder / "window.ini"))
    assert isinstance(window, MainWindow)
    window.show()
    stalls, last, first = [0.0], time.perf_counter(), 0.0
    while not window.session.entries or any(entry.is_reading for entry in window.session.entries):
        app.processEvents()
        now = time.perf_counter()
        stalls.append(now - last)
        last = now
        first = first or (now - start if window.session.report is not None else 0.0)
        time.sleep(0.001)
    whole = time.perf_counter() - start
    size = (folder / "workspace" / "workspace.sqlite3").stat().st_size / 1e6
    print(f"{_REPORTS} reports ({size:.1f} MB): the last one in sight after {first * 1000:.0f} ms, ", end="")
    print(f"all there after {whole * 1000:.0f} ms, longest stall {max(stalls[2:]) * 1000:.0f} ms")
    window.let_go()


def _kill(folder: Path, times: int) -> None:
    """Print how many edits that stood in the window a run has cost, those apart that the window called unsaved."""
    file, chance = _report(folder), random.Random(1)
    lost: Counter[int] = Counter()
    admitted = made = 0
    for _ in range(times):
        command = [sys.executable, "-m", "tests.bench.workspace", "--victim", str(folder)]
        victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        assert victim.stdout is not None
        victim.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        victim.send_signal(signal.SIGKILL)
        said = [line.split() for line in victim.communicate()[0].splitlines()]
        in_window = [number for number, state in said if state != "begun"]
        late = {number for number, state in said if state == "late"}
        gone = _missing(folder, file, in_window)
        lost[len(gone)] += 1
        admitted += len(late & set(gone[1:]))
        made += len(in_window)
        assert len(gone) <= 1 or late & set(gone), "edits are lost that the window said were kept"
    runs = ", ".join(f"{count} × {edits}" for edits, count in sorted(lost.items()))
    print(
        f"{times} × kill -9 in {made} edits: the workspace always opened, the log was whole; edits lost: {runs}", end=""
    )
    print(f"; of those beyond one, {admitted} while the window said that it was still saving")


def _missing(folder: Path, file: Path, in_window: list[str]) -> list[str]:
    """Return the numbers that stood in the window and are not in the workspace; check that they are the last ones."""
    store = Store(folder / "workspace")
    assert not store.remarks, store.remarks
    kept = store.load(file)
    store.close()
    report = kept.report
    assert report is not None
    values = [edit.after.shown for edit in report.edits]
    steps = pairwise(edit for edit in report.edits if edit.key == _CELL)
    assert all(one.after.shown == other.before.shown for one, other in steps), "the log does not follow on itself"
    assert report.cells[_CELL].shown == values[-1]
    gone = [number for number in in_window if number not in values]
    assert gone == in_window[len(in_window) - len(gone) :], "an edit is missing in the middle"
    return gone


def _edit_for_ever(folder: Path) -> None:
    """Say when each edit is begun, and when it stands in the window: on its way to the disk, perhaps."""
    app = QApplication([])
    window = _open(app, folder, [_report(folder)])
    table = next(table for table in window.tables.tables if table.name == _CELL.table)
    _say("ready")
    for number in _numbers():
        _say(f"{number} begun")
        table.model().setData(table.model().index_of(_CELL), str(number), Qt.ItemDataRole.EditRole)
        _say(f"{number} late" if window.session.keeper.is_late else f"{number} made")
        app.processEvents()


def _say(words: str) -> None:
    os.write(sys.stdout.fileno(), f"{words}\n".encode())  # whole or not at all


def _numbers() -> Iterator[int]:
    """Yield numbers no earlier run has used."""
    number = int(time.time() * 1000)
    while True:
        number += 1
        yield number


if __name__ == "__main__":
    main()
