"""The keys of the menu bar that open something; and the sheet that names all keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.dialogs.manual import Manual
from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.stages import Stage
from tests.desktop.conftest import COMPULSION, FakeBackend, OpenWindow, key
from tests.desktop.keys import CTRL, SHIFT, Key, back_to, focus, press, write


def shortcuts(window: MainWindow) -> set[str]:
    keys = {shortcut.toString() for action in window.findChildren(QAction) for shortcut in action.shortcuts()}
    named = {action.text().partition("\t")[2] for action in window.findChildren(QAction)}  # what the tables handle
    return (keys | named) - {""}


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # for the list of what fits
def test_ctrl_o_opens_files_by_keyboard(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "丙.txt").write_text("（略）", "utf-8")
    window = open_window(tmp_path / "甲.txt")
    press(Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    write(str(tmp_path / "丙.txt"))
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: [entry.path.name for entry in window.session.entries] == ["甲.txt", "丙.txt"])


def test_ctrl_shift_o_opens_a_folder_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_O, CTRL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    dialog = focus().window()
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    press(Key.Key_Escape)


def test_ctrl_s_says_that_everything_is_kept(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.go_to(key(COMPULSION))
    window.tables.focus_current()
    write("45")
    press(Key.Key_S, CTRL)  # also what is still in the editor
    assert session.report is not None
    assert session.report.cells[key(COMPULSION)].shown == "45"
    assert window.statusBar().currentMessage() == "已自动保存"
    qtbot.waitUntil(lambda: window._status.kept.text() == "已自动保存")


def test_ctrl_e_exports_by_keyboard(
    window: MainWindow, session: Session, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    press(Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: session.entry is not None and session.entry.stage is Stage.EXPORTED)
    assert backend.exported[0][0] == tmp_path / "清河市农业农村局2023年报（未核）.xlsx"


def test_f1_opens_the_manual_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), Manual))
    assert window.isVisible()
    press(Key.Key_Escape)
    assert not any(manual.isVisible() for manual in window.findChildren(Manual))
    back_to(window, qtbot)


def test_ctrl_slash_shows_every_key_there_is(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_Slash, CTRL)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not window)
    sheet = QApplication.activeWindow()
    assert isinstance(sheet, QDialog)
    words = " ".join(label.text() for label in sheet.findChildren(QLabel))
    shown = words.replace("PgDn", "PgDown").replace("+Enter", "+Return")
    others = {"Ctrl+=", "Ctrl+Shift+Z", "Ctrl+Enter", "Shift+Enter", "Ctrl+Shift+Enter", "Alt+2"}  # second names
    missing = {name for name in shortcuts(window) - others if name.replace("PgDn", "PgDown") not in shown}
    assert missing == set()
    assert sheet.sizeHint().width() <= 1366
    assert sheet.sizeHint().height() <= 700  # a screen of 768 pixels with its task bar and a title
    press(Key.Key_Escape)


def test_no_key_has_two_meanings(window: MainWindow) -> None:
    bar = [action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()]
    keys = [shortcut.toString() for action in bar for shortcut in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_no_single_letter_is_a_shortcut(window: MainWindow) -> None:
    assert not {name for name in shortcuts(window) if len(name) == 1 and name.isalnum()}
