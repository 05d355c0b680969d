"""Steps in other reports can still be undone when one is removed, or read again."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from tests.desktop.conftest import COMPULSION, LICENSING, FakeBackend, OpenWindow, is_at_rest, key
from tests.desktop.keys import CTRL, Key, press


def shown(session: Session, name: str, cell: str = COMPULSION) -> str:
    entry = next(entry for entry in session.entries if entry.path.stem == name)
    assert entry.report is not None
    return entry.report.cells[key(cell)].shown


def edited(open_window: OpenWindow, backend: FakeBackend) -> MainWindow:
    """Return a window in which 甲, 乙 and 甲 again were edited, and the last step was undone."""
    window = open_window(*backend.reports)
    for name, cell, text in (("甲", COMPULSION, "11"), ("乙", COMPULSION, "22"), ("甲", LICENSING, "33")):
        window.session.select(place(window.session, name))
        assert window.session.set_text(key(cell), text)
    press(Key.Key_Z, CTRL)
    assert shown(window.session, "甲", LICENSING) != "33"
    return window


def place(session: Session, name: str) -> int:
    return next(n for n, entry in enumerate(session.entries) if entry.path.stem == name)


def test_removing_a_report_leaves_the_steps_in_the_others(open_window: OpenWindow, backend: FakeBackend) -> None:
    window = edited(open_window, backend)
    session = window.session
    edits = [len(entry.report.edits) for entry in session.entries if entry.report is not None]
    session.inbox.remove(session.entries[place(session, "乙")])
    assert session.undo_stack.count() == 2
    assert sum(edits) - 1 == sum(len(entry.report.edits) for entry in session.entries if entry.report is not None)
    press(Key.Key_Y, CTRL)
    assert shown(session, "甲", LICENSING) == "33"
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    assert shown(session, "甲") != "11"
    assert not session.undo_stack.canUndo()


def test_reading_a_report_again_leaves_the_steps_in_the_others(
    open_window: OpenWindow, backend: FakeBackend, qtbot: QtBot
) -> None:
    window = edited(open_window, backend)
    session = window.session
    session.select(place(session, "乙"))
    session.read_again()
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert shown(session, "乙") == "22"  # as the clerk left it
    press(Key.Key_Z, CTRL)
    assert (shown(session, "甲") != "11", shown(session, "乙")) == (True, "22")
    assert not session.undo_stack.canUndo()


def test_where_reading_again_leaves_nothing_to_do_again_nothing_is_offered(
    open_window: OpenWindow, backend: FakeBackend, qtbot: QtBot
) -> None:
    window = edited(open_window, backend)
    session = window.session
    offers = [action for action in window.findChildren(QAction) if action.shortcut() == QKeySequence("Ctrl+Y")]
    session.select(place(session, "甲"))
    session.read_again()
    qtbot.waitUntil(lambda: is_at_rest(window))
    while session.undo_stack.canUndo():
        press(Key.Key_Z, CTRL)
    assert [offer.isEnabled() for offer in offers] == [True]
    session.select(place(session, "乙"))
    session.read_again()
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert not session.undo_stack.canRedo()
    assert [offer.isEnabled() for offer in offers] == [False]


def test_steps_in_the_report_that_is_removed_are_gone(open_window: OpenWindow, backend: FakeBackend) -> None:
    session = edited(open_window, backend).session
    session.inbox.remove(session.entries[place(session, "甲")])
    assert (session.undo_stack.count(), session.undo_stack.canRedo()) == (1, False)
    press(Key.Key_Z, CTRL)
    assert shown(session, "乙") != "22"


def test_a_report_taken_off_the_list_comes_back_with_ctrl_z_and_goes_again_with_ctrl_y(
    open_window: OpenWindow, backend: FakeBackend, qtbot: QtBot
) -> None:
    window = edited(open_window, backend)
    session = window.session
    names = sorted(entry.path.stem for entry in session.entries)
    session.select(place(session, "甲"))
    window.queue.view.setFocus()
    press(Key.Key_Delete)
    left = [name for name in names if name != "甲"]
    assert sorted(entry.path.stem for entry in session.entries) == left
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: is_at_rest(window) and sorted(e.path.stem for e in session.entries) == names)
    assert shown(session, "甲") == "11"
    assert session.position == place(session, "甲")
    assert shown(session, "乙") == "22"
    assert window.statusBar().currentMessage() == "已撤销“从列表中移除”：甲.txt"
    session.changes.forget(lambda _entry: False)  # as when another report goes
    press(Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: sorted(entry.path.stem for entry in session.entries) == left)
    session.changes.forget(lambda _entry: False)
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: is_at_rest(window) and sorted(e.path.stem for e in session.entries) == names)
    assert shown(session, "甲") == "11"
    press(Key.Key_Z, CTRL)
    assert shown(session, "乙") != "22"
