"""What can be seen in a window: how far its files are, and what stands in its report and its queue."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.queue_model import WORDS_ROLE
from desktop.session import Session
from desktop.views.cell_bar import CellBar
from parser.model.report import Report
from tests.desktop.conftest import OpenWindow, is_at_rest


def reopen(window: MainWindow, open_window: OpenWindow, qtbot: QtBot, *paths: Path) -> MainWindow:
    """Close the window and open the same workspace again, until all that it holds is there."""
    count = len(window.session.entries)
    qtbot.waitUntil(lambda: not window.session.keeper.unkept)  # on a busy machine, for longer than a window waits
    assert window.close()
    again = open_window(*paths)
    qtbot.waitUntil(lambda: is_at_rest(again, count))
    return again


def let_follow(window: MainWindow) -> None:
    """Wait until the source, and the words that say where the clerk is, have followed the figures."""
    while window.session.step.is_following:
        QTest.qWait(1)


def bar_of(window: MainWindow) -> CellBar:
    """Return the line over the tables once it speaks of the current cell."""
    let_follow(window)
    return window.tables.cell_bar


def report_of(window: MainWindow) -> Report:
    """Return the current report."""
    assert window.session.report is not None
    return window.session.report


def still_open(session: Session) -> set[str]:
    """Return the cells of the current report that are to be looked at."""
    assert session.entry is not None
    return {str(key) for key in session.entry.open}


def queued(window: MainWindow) -> list[str]:
    """Return the names in the queue, from the top."""
    model = window.queue.view.queue
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def words(window: MainWindow, position: int = 0) -> str:
    """Return what the queue says of the file that came in at a position."""
    queue = window.queue.view.queue
    return str(queue.index(queue.row_of(position)).data(WORDS_ROLE))
