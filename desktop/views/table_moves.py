"""Where the keys of a spreadsheet lead in a table of the form: from value to value, over the labels between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from desktop.models.form_model import FormModel

Index = QModelIndex | QPersistentModelIndex
Cursor = QAbstractItemView.CursorAction
Flag = QItemSelectionModel.SelectionFlag
_STEPS = {
    Cursor.MoveUp: (-1, 0),
    Cursor.MoveDown: (1, 0),
    Cursor.MoveLeft: (0, -1),
    Cursor.MoveRight: (0, 1),
}
_ORDERED = {Cursor.MovePrevious: -1, Cursor.MoveNext: 1}
_ENDS = {Cursor.MoveHome: -1, Cursor.MoveEnd: 1}
_CTRL = Qt.KeyboardModifier.ControlModifier
MOVES = {
    Qt.Key.Key_Up: Cursor.MoveUp,
    Qt.Key.Key_Down: Cursor.MoveDown,
    Qt.Key.Key_Left: Cursor.MoveLeft,
    Qt.Key.Key_Right: Cursor.MoveRight,
    Qt.Key.Key_Home: Cursor.MoveHome,
    Qt.Key.Key_End: Cursor.MoveEnd,
    Qt.Key.Key_PageUp: Cursor.MovePageUp,
    Qt.Key.Key_PageDown: Cursor.MovePageDown,
}
"""Keys that move, and with Shift draw up a block."""


def value_reached(model: FormModel, here: Index, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex | None:
    """Return the value cell that a movement leads to, with Ctrl the last one there is; None for one by pages."""
    is_far = bool(modifiers & _CTRL)
    if action in _STEPS:
        return _last(model, here, *_STEPS[action]) if is_far else model.next_value(here, *_STEPS[action])
    if action in _ORDERED:
        return model.value_after(here, _ORDERED[action])
    if action in _ENDS:
        return model.outermost(_ENDS[action]) if is_far else _last(model, here, 0, _ENDS[action])
    return None


def value_by(model: FormModel, here: Index, row: int) -> QModelIndex:
    """Return the value cell in the column of ``here`` that comes nearest to a row and not beyond it."""
    step = 1 if row > here.row() else -1
    found = model.index(here.row(), here.column())
    while (after := model.next_value(found, step, 0)) != found and (after.row() - row) * step <= 0:
        found = after
    return found


def selected_by(event: QEvent | None) -> Flag | None:
    """Return what a key that moves with Ctrl selects; None for anything else.

    The toolkit would move the frame and leave the selection behind, and Delete would empty a cell out of sight.
    """
    if not isinstance(event, QKeyEvent) or Qt.Key(event.key()) not in MOVES or not event.modifiers() & _CTRL:
        return None
    return Flag.ClearAndSelect


def _last(model: FormModel, here: Index, rows: int, columns: int) -> QModelIndex:
    found = model.index(here.row(), here.column())
    while (after := model.next_value(found, rows, columns)) != found:
        found = after
    return found
