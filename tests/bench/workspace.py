"""How long an edit takes to be on the disk, how long a workspace takes to open, and what ``kill -9`` costs.

``python -m tests.bench.workspace [--folder DIR] [--kills N]``: the workspace is made in DIR, a network drive for
instance. Beside it, in the same run and folder, the least that SQLite needs: a row a commit, and all rows read. Every
run of the last part edits through the models of a window as fast as it can, is killed at a random moment, and its
workspace is opened again: how many edits stood in the window and are not there, and does the log follow on itself?
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.main_window import MainWindow
from parser.model.report import CellKey
from parser.workspace.kept import Reading
from parser.workspace.store import FILE, Store
from tests.bench.live import in_words, is_read, run_until, shown, stalls, ticking
from tests.desktop.sample_text import report_text
from tests.forms import make_report

_CELL = CellKey.parse("applications.granted.natural_person")
_EDITS = 300
_ENTRY = 500  # characters of an edit in the log, about
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
        _app = QApplication([])
        _time_commits(Path(name) / "plain.sqlite3")
        _time_edits(Path(name) / "edits")
        _time_opening(Path(name) / "many")
        _kill(Path(name) / "kills", options.kills)


def _open(folder: Path, files: list[Path]) -> MainWindow:
    """Return a window in which all reports are there."""
    window = shown(folder, files)
    run_until(lambda: is_read(window))
    return window


def _report(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "清河市农业农村局2023年报.txt"
    file.write_text(report_text(), "utf-8")
    return file


def _time_commits(file: Path) -> None:
    """Print what a commit costs in which there is nothing but a row as long as one of the log."""
    spent = []
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, entry TEXT)")
        for _ in range(_EDITS):
            start = time.perf_counter()
            connection.execute("INSERT INTO log (entry) VALUES (?)", ("x" * _ENTRY,))
            spent.append(time.perf_counter() - start)
            time.sleep(_BETWEEN_KEYS)
    print(f"plain SQLite, a row → on the disk: {in_words(spent)}")


def _time_edits(folder: Path) -> None:
    kept: list[float] = []
    real = Store.append

    def timed(store: Store, *what: object) -> None:
        real(store, *what)  # type: ignore[arg-type]
        kept.append(time.perf_counter())

    Store.append = timed  # type: ignore[assignment,method-assign]
    window = _open(folder, [_report(folder)])
    begun, returned, painted = [], [], []
    for number in range(_EDITS):
        begun.append(time.perf_counter())
        window.session.set_text(_CELL, str(number + 1))
        returned.append(time.perf_counter())
        QApplication.processEvents()
        painted.append(time.perf_counter())
        time.sleep(_BETWEEN_KEYS)
    window.session.keeper.settle(5)
    Store.append = real  # type: ignore[method-assign]
    for what, ends in (("set", returned), ("painted", painted), ("on the disk", kept)):
        print(f"edit → {what}: {in_words([end - start for start, end in zip(begun, ends, strict=True)])}")
    window.let_go()


def _time_opening(folder: Path) -> None:
    folder.mkdir()
    store = Store(folder / "workspace")
    for number in range(_REPORTS):
        report = make_report(issuer=f"单位{number}")
        store.begin_reading(folder / f"单位{number}.txt", Reading(report, report.cells))
    store.leave_at(folder / "单位150.txt", _CELL)
    store.close()
    _time_rows(folder / "workspace" / FILE)
    start = time.perf_counter()
    with ticking() as ticks:
        window = shown(folder)
        run_until(lambda: window.session.report is not None)
        first = time.perf_counter() - start
        run_until(lambda: is_read(window, _REPORTS))
    whole = time.perf_counter() - start
    print(f"{_REPORTS} reports: the last one in sight after {first * 1000:.0f} ms, ", end="")
    print(f"all there after {whole * 1000:.0f} ms, {stalls(ticks)}")
    window.let_go()


def _time_rows(file: Path) -> None:
    """Print what it costs to read all that is in the file and do nothing with it."""
    start, count = time.perf_counter(), 0
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            count += len(connection.execute(f"SELECT * FROM {name}").fetchall())
    spent = (time.perf_counter() - start) * 1000
    print(f"plain SQLite, all {count} rows of {file.stat().st_size / 1e6:.1f} MB: {spent:.0f} ms")


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
    assert not values or report.cells[_CELL].shown == values[-1]
    gone = [number for number in in_window if number not in values]
    assert gone == in_window[len(in_window) - len(gone) :], "an edit is missing in the middle"
    return gone


def _edit_for_ever(folder: Path) -> None:
    """Say when each edit is begun, and when it stands in the window: on its way to the disk, perhaps."""
    _app = QApplication([])
    window = _open(folder, [_report(folder)])
    table = next(table for table in window.tables.tables if table.name == _CELL.table)
    _say("ready")
    for number in _numbers():
        _say(f"{number} begun")
        table.model().setData(table.model().index_of(_CELL), str(number), Qt.ItemDataRole.EditRole)
        _say(f"{number} late" if window.session.keeper.is_late else f"{number} made")
        QApplication.processEvents()


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
