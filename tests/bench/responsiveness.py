"""How long the window stalls while 66 reports are read, and how long one action of the clerk holds the GUI thread.

``python -m tests.bench.responsiveness [FILE…]``: with files, such as scans, how long it stalls while those are read.
Beside it, in the same run, the least there can be: the same files read in a worker beside an event loop that has
nothing to do, and a figure put into a bare QTableView.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.backend import ParserBackend
from desktop.main_window import MainWindow
from parser.errors import ReportError
from parser.model.report import CellKey
from tests.bench.live import bare_table, in_words, is_read, rest, run_until, shown, stalls, ticking, timed
from tests.desktop.sample_text import report_text, write_samples

_REST = 3  # s: nobody chooses files sooner
_OTHERS = 60  # reports beside the samples
_TIMES = 10


def main() -> None:
    """Print milliseconds."""
    _app = QApplication([])
    given = [Path(name).resolve() for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as name:
        files = given or _written(Path(name, "年报"))
        _read_bare(files)
        window = shown(Path(name, "window"))
        rest(_REST)
        _read(window, files)
        if not given:
            _act_bare()
            _act(window)
        window.let_go()


def _written(folder: Path) -> list[Path]:
    files = write_samples(folder)
    for number in range(_OTHERS):
        file = folder / f"单位{number:02}2023年报.txt"
        file.write_text(report_text(issuer=f"单位{number}"), "utf-8")
        files.append(file)
    return files


def _read_bare(files: Sequence[Path]) -> None:
    backend = ParserBackend()
    backend.get_ready()

    def read() -> None:
        for file in files:
            try:
                backend.assess(backend.open_report(file))
            except ReportError:  # one of the samples is no report
                continue

    worker, start = Thread(target=read), time.perf_counter()
    with ticking() as ticks:
        QTimer.singleShot(0, worker.start)
        run_until(lambda: worker.ident is not None and not worker.is_alive())
    _say(f"{len(files)} files read beside a bare event loop", start, ticks)


def _read(window: MainWindow, files: Sequence[Path]) -> None:
    start = time.perf_counter()
    with ticking() as ticks:
        QTimer.singleShot(0, lambda: window.session.add(list(files)))
        run_until(lambda: is_read(window, len(files)))
    _say(f"{len(files)} files read in the window", start, ticks)


def _say(what: str, start: float, ticks: Sequence[float]) -> None:
    print(f"{what}: after {time.perf_counter() - start:.2f} s, {stalls(ticks)}")


def _act_bare() -> None:
    view, model = bare_table()
    QApplication.processEvents()
    _measure("edit of a bare table", [lambda n=n: model.setData(model.index(3, 0), str(n)) for n in range(_TIMES)])
    view.close()


def _act(window: MainWindow) -> None:
    session, tabs = window.session, window.tables._tabs
    cell = CellKey.parse("applications.granted.natural_person")
    session.select(0)
    _measure("next doubt", [lambda: session.review.go_to_doubt(1)] * _TIMES)
    _measure("edit", [lambda n=n: session.set_text(cell, str(n)) for n in range(1, _TIMES + 1)])
    _measure("undo", [session.undo_stack.undo] * _TIMES)
    _measure("next report", [lambda: session.select(session.position + 1)] * _TIMES)
    session.select(0)
    _measure("other form", [lambda: session.select(2 - session.position)] * _TIMES)
    session.select(0)
    _measure("next finding", [lambda: window.findings.view.step(1)] * _TIMES)
    _measure("tab", [lambda: tabs.setCurrentIndex((tabs.currentIndex() + 1) % 4)] * _TIMES)


def _measure(name: str, steps: Sequence[Callable[[], object]]) -> None:
    print(f"{name}: {in_words([timed(step).waited for step in steps])}")


if __name__ == "__main__":
    main()
