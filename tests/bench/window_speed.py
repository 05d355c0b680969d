"""How soon a text report is painted once it is given, and how long scrolling 2,000 reports in the list stalls.

``python -m tests.bench.window_speed [--reports N]``. Beside it, in the same run, a bare QListView of as many lines. The
event loop is the real one; CPU times are those of the window's thread: on a machine with other work to do they tell
what the program costs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QObject, QStringListModel, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from desktop.app import create_window, prepare
from desktop.main_window import MainWindow
from desktop.settings import Settings
from tests.desktop.conftest import COMPULSION, FakeBackend, doubtful
from tests.desktop.sample_text import report_text
from tests.forms import make_report

_OPENINGS = 15


def main() -> None:
    """Print milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    count = parser.parse_args().reports
    app = QApplication([])
    prepare(app)
    with tempfile.TemporaryDirectory() as name:
        _open(app, Path(name))
        _scroll_bare(app, count)
        _scroll_queue(app, Path(name), count)


class _Painted(QObject):
    """Notes when something was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def _run(app: QApplication, is_done: Callable[[], bool]) -> None:
    clock = QTimer()
    clock.timeout.connect(lambda: app.exit() if is_done() else None)
    clock.start(1)
    app.exec()


def _rest(app: QApplication, seconds: float) -> None:
    end = time.perf_counter() + seconds
    _run(app, lambda: time.perf_counter() > end)


def _open(app: QApplication, folder: Path) -> None:
    window = _window(folder, [], None)
    painted, spent = _Painted(), []
    for table in window.tables.tables:
        table.viewport().installEventFilter(painted)
    _rest(app, 2)  # the clerk looks for the file
    for number in range(_OPENINGS):
        file = folder / f"单位{number:02}2023年报.txt"
        file.write_text(report_text(issuer=f"单位{number}"), "utf-8")
        window.session._is_following = True  # as at the start: go to what has just been read
        start, painted.at = time.perf_counter(), 0.0
        window.session.add([file])
        _run(app, lambda file=file: _shows(window, file) and painted.at > 0)
        spent.append((painted.at - start) * 1000)
        _rest(app, 0.3)
    print(f"text report given → its tables painted: first {spent[0]:.0f} ms, then {_words(spent[1:])}")
    window.let_go()


def _shows(window: MainWindow, file: Path) -> bool:
    entries = window.session.entries
    position = next((n for n, entry in enumerate(entries) if entry.path == file), -1)
    if position >= 0 and entries[position].report is not None:
        window.session.select(position)
    return window.session.entry is not None and window.session.entry.path == file and window.session.report is not None


def _window(folder: Path, files: list[Path], backend: FakeBackend | None) -> MainWindow:
    settings = Settings(folder / "window.ini")
    window = create_window(files, folder / f"workspace{len(files)}", backend=backend, settings=settings)
    assert isinstance(window, MainWindow)
    window.resize(1366, 736)
    window.show()
    window.activateWindow()
    return window


def _scroll_bare(app: QApplication, count: int) -> None:
    view = QListView()
    view.setModel(QStringListModel([f"单位{number}政府信息公开工作年度报告.docx" for number in range(count)], view))
    view.resize(208, 700)
    view.show()
    _scroll(app, view, f"a bare list of {count}")
    view.close()


def _scroll_queue(app: QApplication, folder: Path, count: int) -> None:
    reports = {}
    for number in range(count):
        cells = {COMPULSION: doubtful("0", "O")} if number % 3 else {}
        name = folder / f"单位{number:04}政府信息公开工作年度报告.docx"
        reports[name] = make_report(issuer=f"单位{number}", cells=cells)
    start = time.perf_counter()
    window = _window(folder, list(reports), FakeBackend(reports))
    entries = window.session.entries
    _run(app, lambda: len(entries) == count and not any(entry.is_reading for entry in entries))
    print(f"{count} reports read after {time.perf_counter() - start:.1f} s")
    _rest(app, 1)
    _scroll(app, window.queue.view, f"the list of {count} reports")
    window.let_go()


def _scroll(app: QApplication, view: QAbstractItemView, name: str) -> None:
    """Scroll from top to bottom in 600 steps, one a frame."""
    bar, waited, worked = view.verticalScrollBar(), [], []
    for step in range(600):
        start, cpu = time.perf_counter(), time.thread_time()
        bar.setValue(bar.maximum() * step // 600)
        view.viewport().repaint()
        app.processEvents()
        waited.append((time.perf_counter() - start) * 1000)
        worked.append((time.thread_time() - cpu) * 1000)
    print(f"scrolling {name}: {_words(waited)}; CPU {_words(worked)}")


def _words(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {median(ordered):.1f}, p99 {ordered[int(len(ordered) * 0.99)]:.1f}, longest {ordered[-1]:.1f} ms"


if __name__ == "__main__":
    main()
