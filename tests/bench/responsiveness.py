"""How long one action of the clerk holds the GUI thread, and how long the window stalls while 60 reports are read."""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def main() -> None:
    """Print milliseconds."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desktop.app import create_window
    from desktop.settings import Settings
    from parser.model.report import CellKey
    from tests.desktop.sample_text import report_text, write_samples

    app = QApplication([])
    folder = Path(tempfile.mkdtemp())
    files = write_samples(folder)
    for number in range(60):
        file = folder / f"单位{number:02}2023年报.txt"
        file.write_text(report_text(issuer=f"单位{number}"), "utf-8")
        files.append(file)
    window = create_window(files, settings=Settings(folder / "window.ini"))
    window.resize(1366, 736)
    window.show()
    ticks: list[float] = []
    clock = QTimer()
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    clock.start(2)
    began = time.perf_counter()
    session = window.session
    while not session.entries or any(entry.is_reading for entry in session.entries):
        QTest.qWait(5)
    clock.stop()
    stalls = sorted(b - a for a, b in itertools.pairwise(ticks))
    print(f"{len(session.entries)} reports read in {time.perf_counter() - began:.2f} s")
    print(f"longest stalls while reading: {[round(s * 1000) for s in stalls[-5:]]} ms")

    def measure(name: str, action: Callable[[], object], times: int = 10) -> None:
        spent = []
        for _ in range(times):
            start = time.perf_counter()
            action()
            app.processEvents()
            spent.append((time.perf_counter() - start) * 1000)
        print(f"{name}: median {sorted(spent)[len(spent) // 2]:.1f} ms, longest {max(spent):.1f} ms")

    cell = CellKey.parse("applications.granted.natural_person")
    values = iter(range(1, 1000))
    session.select(0)
    measure("next doubt", lambda: session.go_to_doubt(1))
    measure("edit", lambda: session.set_text(cell, str(next(values))))
    measure("undo", session.undo_stack.undo)
    measure("next report", lambda: session.select(session.position + 1))
    session.select(0)
    measure("other form", lambda: session.select(2 - session.position))
    session.select(0)
    measure("next finding", lambda: window.findings.view.step(1))
    measure("tab", lambda: window.tables._tabs.setCurrentIndex((window.tables._tabs.currentIndex() + 1) % 4))
    window.let_go()


if __name__ == "__main__":
    main()
