"""Every control has a name for those who do not see it, every picture a word, and Tab goes the way the eye goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.dialogs.manual import Manual
from desktop.main_window import MainWindow
from desktop.settings import Settings
from tests.desktop.conftest import COMPULSION, OpenWindow, key
from tests.desktop.test_dialogs import DIALOGS, FILE_DIALOGS

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar,
             QTabBar, QTextEdit)  # fmt: skip
_QTS = (QComboBox, QLineEdit, QAbstractSpinBox, QTabBar, QMenuBar)  # what stands in them is Qt's own


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what can be worked with in ``root``, and is in sight."""
    for widget in root.findChildren(QWidget):
        is_qts = isinstance(widget, QHeaderView) or isinstance(widget.parentWidget(), _QTS)
        is_corner = type(widget) is QAbstractButton
        if isinstance(widget, _CONTROLS) and widget.isVisible() and not is_qts and not is_corner:
            yield widget


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    """Return the controls without a name, and the buttons with neither word nor hint."""
    found = []
    for widget in controls(root):
        has_words = not isinstance(widget, QAbstractButton) or widget.text() or widget.toolTip()
        if not name_of(widget) or not has_words:
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}")
    return found


def find(window: MainWindow) -> None:
    window.source.open_find_bar()


def say(window: MainWindow) -> None:
    window.bar.say("磁盘已满", is_error=True, offers=[("重试", lambda: None)])
    window.tables.notice.say("写不了", is_error=True, offers=[("换一个文件名…", lambda: None)])
    window.source._notice.say("页面显示不了", is_error=True)


def propose(window: MainWindow) -> None:
    window.session.go_to(key("remedies.review.total"))
    window.findings.view.step(1)


def sift(window: MainWindow) -> None:
    window.queue.search()


def edit(window: MainWindow) -> None:
    window.session.go_to(key(COMPULSION))
    window.tables.edit_in_place()


def read_prose(window: MainWindow) -> None:
    window.tables._tabs.setCurrentIndex(3)


def write_prose(window: MainWindow) -> None:
    window.tables._tabs.setCurrentIndex(3)
    window.tables.narrative.edit("1")


def compare(window: MainWindow) -> None:
    window.zero_sheet.open()


def show_unreadable(window: MainWindow) -> None:
    window.session.select(3)


STATES: list[Callable[[MainWindow], None]] = [
    find, say, propose, sift, edit, read_prose, write_prose, compare, show_unreadable,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_control_of_the_window_has_a_name(window: MainWindow, state: Callable[[MainWindow], None]) -> None:
    state(window)
    assert nameless(window) == []


def test_every_control_of_an_empty_window_has_a_name(open_window: OpenWindow) -> None:
    assert nameless(open_window()) == []


@pytest.mark.parametrize("name", sorted(DIALOGS.keys() - FILE_DIALOGS))
def test_every_control_of_a_dialog_has_a_name(window: MainWindow, tmp_path: Path, name: str) -> None:
    dialog = DIALOGS[name](window, Settings(tmp_path / "other.ini"))
    seen, found = list(controls(dialog)), nameless(dialog)
    dialog.reject()
    assert seen
    assert found == []


def test_every_control_of_the_manual_has_a_name(window: MainWindow) -> None:
    window.desk.open_manual()
    manual = window.findChild(Manual)
    assert isinstance(manual, Manual)
    assert nameless(manual) == []


def test_a_cell_says_where_it_stands_what_is_in_it_and_why_to_look(window: MainWindow) -> None:
    model = window.tables.tables[0].model()
    window.session.go_to(key(COMPULSION))
    index = window.tables.tables[0].currentIndex()
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "行政强制·本年处理决定数量 0"
    assert model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole) == "字母 O 按 0 读取"


@pytest.mark.parametrize("name", ["author", "new form", "about"])
def test_tab_goes_down_a_dialog_as_the_eye_does(window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    dialog = DIALOGS[name](window, Settings(tmp_path / "other.ini"))
    stops = _stops(dialog)
    places = [(widget.mapTo(dialog, QPoint(0, widget.height() // 2)).y() // 8, widget.x()) for widget in stops]
    dialog.reject()
    assert len(stops) > 1
    assert places == sorted(places)


def _stops(dialog: QDialog) -> list[QWidget]:
    """Return where Tab stops, from the first control of the dialog on."""
    first = dialog.nextInFocusChain()
    chain, widget = [first], first.nextInFocusChain()
    while widget is not first:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    inside = [w for w in chain if w.window() is dialog and w is not dialog and w.isVisible() and w.isEnabled()]
    return [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]
