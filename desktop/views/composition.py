"""Whether an input method has the keys of a field; one that has died in the middle of a word gives them back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_HELD = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Composition:
    """Follows what an input method says to a field.

    A living one takes letters and digits itself, and may let a key like Enter through, of which the field must make
    nothing. A letter that gets here, or a second key since it said anything, tells that it is gone.
    """

    def __init__(self, field: QWidget) -> None:
        self._field = field
        self.is_on = self._has_let_through = False

    def hear(self, event: QInputMethodEvent) -> None:
        """Note what the input method says."""
        self.is_on, self._has_let_through = bool(event.preeditString()), False

    def keeps(self, key: QKeyEvent | None = None) -> bool:
        """Whether nothing is to be made of a pressed key, or of an action when there is none."""
        if not self.is_on:
            return False
        if key is not None and (key.key() in _HELD or key.isAutoRepeat()):
            return True
        is_given_up = key is not None and key.key() == Qt.Key.Key_Escape
        is_text = key is not None and key.text().isalnum() and not key.modifiers() & _COMMAND
        if is_given_up or is_text or self._has_let_through:
            self._end()
            return is_given_up
        self._has_let_through = True
        return True

    def drop(self) -> None:
        """Forget what was begun: the keyboard has gone elsewhere."""
        self.is_on = self._has_let_through = False

    def _end(self) -> None:
        QGuiApplication.inputMethod().reset()
        QApplication.sendEvent(self._field, QInputMethodEvent())  # takes what was begun off the field
        self.drop()
