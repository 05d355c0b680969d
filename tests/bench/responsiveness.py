"""How long the window stalls while 66 reports are read, and how long one action of the clerk holds the GUI thread.

``python -m tests.bench.responsiveness [FILE…]``: with files, such as scans, how long it stalls while those are read.
The event loop must be the real one: QTest.qWait keeps the interpreter to itself and the worker waiting.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import create_window
from desktop.main_window import MainWindow
from desktop.settings import Settings
from parser.model.report import CellKey
from tests.desktop.sample_text import report_text, write_samples

_REST = 3000  # ms: nobody chooses files sooner


def main() -> None:
    """Print milliseconds."""
    app = QApplication([])
    folder = Path(tempfile.mkdtemp())
    files = write_samples(folder)
    for number in range(60):
        file = folder / f"单位{number:02}2023年报.txt"
        file.write_text(report_text(issuer=f"单位{number}"), "utf-8")
        files.append(file)
    given = [Path(name).resolve() for name in sys.argv[1:]]
    window = create_window([], folder / "workspace", settings=Settings(folder / "window.ini"))
    assert isinstance(window, MainWindow)
    window.resize(1366, 736)
    window.show()
    QTimer.singleShot(_REST, lambda: window.session.add(given or files))
    _read_all(app, window)
    if not given:
        _act(app, window)
    window.let_go()


def _read_all(app: QApplication, window: MainWindow) -> None:
    entries, ticks = window.session.entries, [time.perf_counter()]

    def tick() -> None:
        if not entries:
            ticks.clear()
        ticks.append(time.perf_counter())
        if entries and not any(entry.is_reading for entry in entries):
            app.exit()

    clock = QTimer()
    clock.timeout.connect(tick)
    clock.start(2)
    app.exec()
    clock.stop()
    stalls = sorted(after - before for before, after in itertools.pairwise(ticks))
    print(f"{len(entries)} reports read in {ticks[-1] - ticks[0]:.2f} s")
    print(f"longest stalls while reading: {[round(stall * 1000) for stall in stalls[-5:]]} ms")


def _act(app: QApplication, window: MainWindow) -> None:
    def measure(name: str, action: Callable[[], object], times: int = 10) -> None:
        spent = []
        for _ in range(times):
            start = time.perf_counter()
            action()
            app.processEvents()
            spent.append((time.perf_counter() - start) * 1000)
        print(f"{name}: median {sorted(spent)[len(spent) // 2]:.1f} ms, longest {max(spent):.1f} ms")

    session, tabs = window.session, window.tables._tabs
    cell = CellKey.parse("applications.granted.natural_person")
    values = iter(range(1, 1000))
    session.select(0)
    measure("next doubt", lambda: session.review.go_to_doubt(1))
    measure("edit", lambda: session.set_text(cell, str(next(values))))
    measure("undo", session.undo_stack.undo)
    measure("next report", lambda: session.select(session.position + 1))
    session.select(0)
    measure("other form", lambda: session.select(2 - session.position))
    session.select(0)
    measure("next finding", lambda: window.findings.view.step(1))
    measure("tab", lambda: tabs.setCurrentIndex((tabs.currentIndex() + 1) % 4))


if __name__ == "__main__":
    main()
