"""An input method that composes keeps the keyboard: nothing is committed, nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.views.cell_delegate import CellEditor
from desktop.views.narrative_editor import SectionEdit
from parser.model.report import State
from tests.desktop.conftest import COMPULSION, GRANTED, key
from tests.desktop.keys import CTRL, SHIFT, Key, focus, press, write


def compose(text: str) -> None:
    QApplication.sendEvent(focus(), QInputMethodEvent(text, []))


def commit(text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(focus(), event)


def text_in_editor() -> str:
    editor = focus()
    assert isinstance(editor, CellEditor)
    return editor.text()


@pytest.fixture
def session(window: MainWindow) -> Session:
    """Return the session at a doubt in the first table."""
    window.session.go_to(key(COMPULSION))
    window.tables.focus_current()
    return window.session


def state(session: Session) -> tuple[str, int]:
    assert session.report is not None
    return session.report.cells[key(COMPULSION)].shown, session.undo_stack.count()


def test_composing_over_a_cell_opens_the_editor_and_changes_nothing(session: Session) -> None:
    compose("yi")
    assert isinstance(focus(), CellEditor)
    assert state(session) == ("0", 0)
    commit("１２")
    assert text_in_editor() == "１２"
    press(Key.Key_Return)
    assert state(session) == ("12", 1)
    assert str(session.key) == GRANTED


def test_the_window_stays_open_while_something_is_composed_and_says_so(window: MainWindow, session: Session) -> None:
    compose("yi")
    assert not window.close()
    assert "还没有完成" in window.statusBar().currentMessage()
    commit("12")
    press(Key.Key_Escape)
    assert state(session) == ("0", 0)
    assert window.close()


KEYS = [
    (Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    (Key.Key_Return, SHIFT),
    (Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Left, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    (Key.Key_S, CTRL),
    (Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    (Key.Key_PageDown, CTRL),
]


@pytest.mark.parametrize(("what", "modifiers"), KEYS, ids=str)
def test_no_key_commits_or_takes_the_keyboard_while_composing(
    session: Session, what: Key, modifiers: Qt.KeyboardModifier
) -> None:
    write("4")
    compose("er")
    editor = focus()
    press(what, modifiers)
    assert focus() is editor
    assert editor.composition.is_on  # type: ignore[attr-defined]
    assert (str(session.key), session.position) == (COMPULSION, 0)
    assert state(session) == ("0", 0)
    commit("2")
    assert text_in_editor() == "42"
    press(Key.Key_Return)
    assert state(session) == ("42", 1)


def test_checks_that_arrive_while_composing_leave_the_text_alone(session: Session) -> None:
    compose("er")
    session.assessed.emit()
    session.cells_edited.emit({key(COMPULSION)})
    commit("7")
    assert text_in_editor() == "7"


def test_a_composition_given_up_leaves_the_cell_as_it_was(session: Session) -> None:
    compose("er")
    compose("")
    press(Key.Key_Escape)
    assert not isinstance(focus(), QLineEdit)
    assert state(session) == ("0", 0)


@pytest.mark.parametrize(
    ("typed", "shown"), [("４５", "45"), ("１，２３４", "1234"), ("３．５", "3.5"), ("－２", "-2"), ("3。5", "3.5")]
)
def test_full_width_numbers_are_numbers(session: Session, typed: str, shown: str) -> None:
    commit(typed)
    press(Key.Key_Return)
    assert state(session)[0] == shown


@pytest.mark.parametrize(("typed", "shown"), [("无", "无"), ("／", "/"), ("、", "/"), ("－", "-")])
def test_marks_from_an_input_method_are_marks(session: Session, typed: str, shown: str) -> None:
    commit(typed)
    press(Key.Key_Return)
    assert session.report is not None
    cell = session.report.cells[key(COMPULSION)]
    assert (cell.state, cell.shown) == (State.MARK, shown)


def test_words_from_an_input_method_open_no_editor(session: Session) -> None:
    commit("你好")
    assert not isinstance(focus(), QLineEdit)


def test_the_prose_is_not_left_while_composing(window: MainWindow, session: Session) -> None:
    window.tables._tabs.setCurrentIndex(3)
    window.tables.focus_current()
    press(Key.Key_F2)
    editor = focus()
    compose("xin")
    press(Key.Key_Escape)
    press(Key.Key_Z, CTRL)
    assert focus() is editor
    assert session.undo_stack.count() == 0


# ── an input method that has died in the middle of a word ────────────────────────────
def test_a_second_key_without_a_word_from_it_counts(session: Session) -> None:
    write("4")
    compose("er")
    press(Key.Key_Return)
    assert state(session) == ("0", 0)
    press(Key.Key_Return)
    assert state(session) == ("4", 1)


def test_a_digit_that_gets_through_is_typed(session: Session) -> None:
    write("4")
    compose("er")
    press(Key.Key_5)
    assert text_in_editor() == "45"
    press(Key.Key_Return)
    assert state(session) == ("45", 1)


def test_escape_gives_up_what_was_begun_and_then_the_value(session: Session) -> None:
    write("4")
    compose("er")
    press(Key.Key_Escape)
    assert text_in_editor() == "4"
    press(Key.Key_Escape)
    assert not isinstance(focus(), QLineEdit)
    assert state(session) == ("0", 0)


def test_a_menu_asked_for_twice_is_obeyed(session: Session, window: MainWindow) -> None:
    write("4")
    compose("er")
    press(Key.Key_S, CTRL)
    assert state(session) == ("0", 0)
    press(Key.Key_S, CTRL)
    assert state(session) == ("4", 1)
    assert window.statusBar().currentMessage()


def test_keys_that_are_held_are_no_keys(session: Session) -> None:
    compose("er")
    for _ in range(3):
        press(Key.Key_Shift)
    press(Key.Key_Return)
    assert isinstance(focus(), CellEditor)
    assert state(session) == ("0", 0)


def test_one_that_speaks_between_two_keys_is_alive(session: Session) -> None:
    write("4")
    for _ in range(3):
        compose("er")
        press(Key.Key_Down)
    assert text_in_editor() == "4"
    assert state(session) == ("0", 0)


def test_the_keyboard_comes_back_with_nothing_begun(session: Session) -> None:
    write("4")
    compose("er")
    editor = focus()
    assert isinstance(editor, CellEditor)
    QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    assert not editor.composition.is_on


def test_the_prose_takes_keys_again(window: MainWindow) -> None:
    window.tables._tabs.setCurrentIndex(3)
    window.tables.focus_current()
    press(Key.Key_F2)
    editor = focus()
    assert isinstance(editor, SectionEdit)
    before = editor.toPlainText()
    compose("xin")
    write("a")
    assert editor.toPlainText() == f"a{before}"
