"""A clerk with nothing but a keyboard takes a damaged report from Ctrl+O to the workbook; the keys are counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.settings import Settings
from desktop.stages import Stage
from parser.model.report import CellKey, State
from parser.pipeline import open_report
from tests.desktop.conftest import MakeWindow
from tests.desktop.keys import ALT, CTRL, Hands, Key, back_to
from tests.desktop.sample_text import damaged_text

_TRUTH = {  # what the paper says where the file does not
    "applications.granted.natural_person": "12",
    "applications.denied_internal_affairs.commercial_enterprise": "0",
    "applications.not_processed_repeated.natural_person": "0",
    "remedies.review.total": "3",
}
_TO_SPARE = 5
_NAME = "清河.txt"
_NUMBERS = (Key.Key_1, Key.Key_2, Key.Key_3)


@pytest.fixture
def window(show_window: MakeWindow, tmp_path: Path) -> MainWindow:
    """Return an empty window; the folder with the damaged report is where files were opened the last time."""
    (tmp_path / _NAME).write_text(damaged_text(), encoding="utf-8")
    Settings(tmp_path / "window.ini").remember_folder("open", tmp_path)
    return show_window(workspace=tmp_path / "工作区")


class Clerk:
    """Looks at the window and the paper, and has nothing but a keyboard. ``due`` is what the keys may add up to."""

    def __init__(self, session: Session, hands: Hands) -> None:
        self._session, self._hands, self.due = session, hands, 0

    def look_at_cell(self) -> None:
        """Do what the current cell needs."""
        session = self._session
        assert session.cell is not None
        assert session.key is not None
        truth = _TRUTH.get(str(session.key))
        fitting = (n for n, s in enumerate(session.suggestions) if self._is_true(s.values))
        if session.cell.state is not State.UNREADABLE and truth in (None, session.cell.shown):
            self._hands.press(Key.Key_Return)
            self.due += 1
        elif (number := next(fitting, None)) is not None:
            self._hands.press(_NUMBERS[number], ALT)
            self.due += 1
        else:
            assert truth is not None, session.key
            self._hands.write(truth)
            self._hands.press(Key.Key_Return)
            self.due += len(truth) + 1

    def _is_true(self, values: dict[CellKey, Decimal]) -> bool:
        assert self._session.report is not None
        cells = self._session.report.cells
        return all(f"{value:f}" == _TRUTH.get(str(key), cells[key].shown) for key, value in values.items())


def test_a_damaged_report_goes_from_open_to_workbook_without_the_mouse(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Every key counts. The name of the file is a typed value like any other: its characters and Enter.

    What is left of the five: Ctrl+O, Ctrl+Enter, Ctrl+E and Enter for the proposed name of the workbook.
    """
    session, hands = window.session, Hands()
    clerk = Clerk(session, hands)
    hands.press(Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    hands.write(_NAME)
    hands.press(Key.Key_Return)
    clerk.due += len(_NAME) + 1
    qtbot.waitUntil(lambda: session.report is not None and not session.entries[0].is_reading)
    back_to(window, qtbot)
    entry = session.entry
    assert entry is not None
    doubts = len(entry.open)
    while entry.open:
        clerk.look_at_cell()
        assert hands.count < 10 * doubts
    hands.press(Key.Key_Return, CTRL)
    assert entry.stage is Stage.CHECKED, window.statusBar().currentMessage()
    hands.press(Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    hands.press(Key.Key_Return)
    qtbot.waitUntil(lambda: entry.stage is Stage.EXPORTED)
    assert hands.count <= clerk.due + _TO_SPARE
    workbook = open_report(next(tmp_path.glob("*.xlsx")))
    shown = {str(key): cell.shown for key, cell in workbook.cells.items()}
    assert {key: shown[key] for key in _TRUTH} == _TRUTH
    assert "未核" not in next(tmp_path.glob("*.xlsx")).name
