"""Real key events to whatever has the keyboard, counted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT, PLAIN = (
    Modifier.ControlModifier,
    Modifier.ShiftModifier,
    Modifier.AltModifier,
    Modifier.NoModifier,
)


def focus() -> QWidget:
    """Return the widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(what: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Press and let go one key; shortcuts work as they do on a keyboard."""
    QTest.keyClick(focus(), what, modifiers)


def write(text: str) -> None:
    """Type characters, also such as only an input method has."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(focus(), character)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus(), QKeyEvent(kind, Key.Key_unknown, PLAIN, character))


def back_to(window: QWidget, qtbot: QtBot) -> None:
    """Wait until the keyboard is the window's once more; a desktop gives it back when a dialog is closed."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


class Hands:
    """Counts the keys that are pressed, and remembers them: a key with those held down beside it, or characters."""

    def __init__(self) -> None:
        self.count = 0
        self.pressed: list[tuple[Qt.Key, Modifier] | str] = []

    def press(self, what: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key, with those held down beside it."""
        self.count += 1
        self.pressed.append((what, modifiers))
        press(what, modifiers)

    def write(self, text: str) -> None:
        """Press a key for each character."""
        self.count += len(text)
        self.pressed.append(text)
        write(text)
