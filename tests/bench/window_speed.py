"""How soon a text report is painted once it is given, and how long scrolling 2,000 reports in the list stalls.

``python -m tests.bench.window_speed [--reports N]``. Beside it, in the same run, a bare QListView of as many lines.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from desktop.app import prepare
from desktop.main_window import MainWindow
from tests.bench.live import Spent, in_words, is_read, rest, run_until, shown, timed, told
from tests.desktop.conftest import COMPULSION, FakeBackend, doubtful
from tests.desktop.sample_text import report_text
from tests.forms import make_report

_OPENINGS = 15
_STEPS = 600  # from the top of the list to the bottom, one a frame


def main() -> None:
    """Print milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    count = parser.parse_args().reports
    app = QApplication([])
    prepare(app)
    with tempfile.TemporaryDirectory() as name:
        _open(Path(name, "few"))
        _scroll_bare(count)
        _scroll_queue(Path(name, "many"), count)


class _Painted(QObject):
    """Notes when something was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def _open(folder: Path) -> None:
    window = shown(folder)
    painted, spent = _Painted(), []
    for table in window.tables.tables:
        table.viewport().installEventFilter(painted)
    rest(2)  # the clerk looks for the file
    for number in range(_OPENINGS):
        file = folder / f"单位{number:02}2023年报.txt"
        file.write_text(report_text(issuer=f"单位{number}"), "utf-8")
        window.session._is_following = True  # as at the start: go to what has just been read
        start, painted.at = time.perf_counter(), 0.0
        window.session.add([file])
        run_until(lambda file=file: _shows(window, file) and painted.at > 0)
        spent.append(painted.at - start)
        rest(0.3)
    print(f"text report given → its tables painted: first {spent[0] * 1000:.0f} ms, then {in_words(spent[1:])}")
    window.let_go()


def _shows(window: MainWindow, file: Path) -> bool:
    entries = window.session.entries
    position = next((n for n, entry in enumerate(entries) if entry.path == file), -1)
    if position >= 0 and entries[position].report is not None:
        window.session.select(position)
    return window.session.entry is not None and window.session.entry.path == file and window.session.report is not None


def _scroll_bare(count: int) -> None:
    view = QListView()
    view.setModel(QStringListModel([f"单位{number}政府信息公开工作年度报告.docx" for number in range(count)], view))
    view.resize(208, 700)
    view.show()
    print(f"scrolling a bare list of {count}: {told(_scrolled(view))}")
    view.close()


def _scroll_queue(folder: Path, count: int) -> None:
    reports = {}
    for number in range(count):
        cells = {COMPULSION: doubtful("0", "O")} if number % 3 else {}
        name = folder / f"单位{number:04}政府信息公开工作年度报告.docx"
        reports[name] = make_report(issuer=f"单位{number}", cells=cells)
    start = time.perf_counter()
    window = shown(folder, list(reports), FakeBackend(reports))
    run_until(lambda: is_read(window, count))
    print(f"{count} reports read after {time.perf_counter() - start:.1f} s")
    rest(1)
    print(f"scrolling the list of {count} reports: {told(_scrolled(window.queue.view))}")
    window.let_go()


def _scrolled(view: QAbstractItemView) -> list[Spent]:
    bar = view.verticalScrollBar()

    def go_to(step: int) -> None:
        bar.setValue(bar.maximum() * step // _STEPS)
        view.viewport().repaint()

    return [timed(lambda step=step: go_to(step)) for step in range(_STEPS)]


if __name__ == "__main__":
    main()
