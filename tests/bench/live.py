"""What the benchmarks of the window share: a window alive in the real event loop, and how its times are taken and told.

QTest.qWait would not do while something is read: it keeps the interpreter to itself and the workers waiting.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from desktop.app import create_window
from desktop.backend import Backend
from desktop.main_window import MainWindow
from desktop.settings import Settings


class Spent(NamedTuple):
    """Seconds: how long somebody waited, and the processor's in the window's thread.

    On a machine that has other work to do the second tells what the program costs, the first what the clerk waits.
    """

    waited: float
    worked: float


def shown(folder: Path, files: Sequence[Path] = (), backend: Backend | None = None) -> MainWindow:
    """Return a window on files, its workspace and settings in ``folder``; the caller lets it go."""
    folder.mkdir(exist_ok=True)
    settings = Settings(folder / "window.ini")
    window = create_window(files, folder / "workspace", backend=backend, settings=settings)
    assert isinstance(window, MainWindow)
    window.resize(1366, 736)
    window.show()
    window.activateWindow()
    return window


def bare_table() -> tuple[QTableView, QStandardItemModel]:
    """Return the least that Qt needs: a table on the screen of as many cells as table three has, with plain texts."""
    model = QStandardItemModel(25, 7)
    for row, column in itertools.product(range(25), range(7)):
        model.setItem(row, column, QStandardItem("0"))
    view = QTableView()
    view.setModel(model)
    view.resize(720, 480)
    view.show()
    return view, model


def is_read(window: MainWindow, count: int = 1) -> bool:
    """Whether so many reports are in the window, one of them in sight, and none is still being read."""
    entries = window.session.entries
    is_done = len(entries) >= count and not any(entry.is_reading for entry in entries)
    return is_done and window.session.report is not None


def run_until(is_done: Callable[[], bool]) -> None:
    """Let the window live until something is the case; looks every millisecond.

    Not by ``QApplication.exec``: where that ends, the program is about to quit, and the window keeps nothing any more.
    """
    loop, clock = QEventLoop(), QTimer()
    clock.timeout.connect(lambda: loop.quit() if is_done() else None)
    clock.start(1)
    loop.exec()


def rest(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def timed(step: Callable[[], object]) -> Spent:
    """Return what a step costs until nothing is left to paint."""
    waited, worked = time.perf_counter(), time.thread_time()
    step()
    QApplication.processEvents()
    return Spent(time.perf_counter() - waited, time.thread_time() - worked)


@contextmanager
def ticking() -> Iterator[list[float]]:
    """Note the time every millisecond while the event loop runs inside; where it could not, the window stalled."""
    ticks = [time.perf_counter()]
    clock = QTimer()
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    clock.start(1)
    yield ticks
    clock.stop()


def stalls(ticks: Sequence[float]) -> str:
    """Return the longest times between ticks in words."""
    gaps = sorted(1000 * (after - before) for before, after in itertools.pairwise(ticks))
    return f"longest stalls {[round(gap) for gap in gaps[-5:]]} ms"


def told(times: Sequence[Spent]) -> str:
    """Return what steps cost in words."""
    return f"{in_words([t.waited for t in times])}; CPU {in_words([t.worked for t in times])}"


def in_words(seconds: Sequence[float]) -> str:
    """Return median, p99 and the longest, in milliseconds."""
    ordered = sorted(1000 * value for value in seconds)
    return f"median {median(ordered):.1f}, p99 {ordered[int(len(ordered) * 0.99)]:.1f}, longest {ordered[-1]:.1f} ms"
