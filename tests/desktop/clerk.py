"""A clerk with nothing but a keyboard, who takes a damaged report from Ctrl+O to the workbook."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.stages import Stage
from parser.model.report import CellKey, State
from tests.desktop.keys import ALT, CTRL, Hands, Key

Wait = Callable[[Callable[[], bool]], object]  # lets the window live until something is the case
TRUTH = {  # what the paper says where the file does not
    "applications.granted.natural_person": "12",
    "applications.denied_internal_affairs.commercial_enterprise": "0",
    "applications.not_processed_repeated.natural_person": "0",
    "remedies.review.total": "3",
}
_NUMBERS = (Key.Key_1, Key.Key_2, Key.Key_3)


class Clerk:
    """Looks at the window and the paper, and has nothing but a keyboard. ``due`` is what the keys may add up to."""

    def __init__(self, session: Session, hands: Hands) -> None:
        self._session, self._hands, self.due = session, hands, 0

    def look_at_cell(self) -> None:
        """Do what the current cell needs."""
        session = self._session
        assert session.cell is not None
        assert session.key is not None
        truth = TRUTH.get(str(session.key))
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
        return all(f"{value:f}" == TRUTH.get(str(key), cells[key].shown) for key, value in values.items())


def carry_through(window: MainWindow, hands: Hands, name: str, wait: Wait) -> int:
    """Open the file called ``name``, look at every doubt, mark the report 已核 and export it; return the keys due.

    The name of the file is a typed value like any other: its characters and Enter.
    """
    session = window.session
    clerk = Clerk(session, hands)
    hands.press(Key.Key_O, CTRL)
    wait(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    hands.write(name)
    hands.press(Key.Key_Return)
    clerk.due += len(name) + 1
    wait(lambda: session.report is not None and not session.entries[0].is_reading)
    window.activateWindow()  # a desktop gives the keyboard back when a dialog is closed
    wait(window.isActiveWindow)
    entry = session.entry
    assert entry is not None
    doubts = len(entry.open)
    while entry.open:
        clerk.look_at_cell()
        assert hands.count < 10 * doubts
    hands.press(Key.Key_Return, CTRL)
    assert entry.stage is Stage.CHECKED, window.statusBar().currentMessage()
    hands.press(Key.Key_E, CTRL)
    wait(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    hands.press(Key.Key_Return)
    wait(lambda: entry.stage is Stage.EXPORTED)
    return clerk.due
