"""A table moved in like a spreadsheet: from value to value, and with Shift or the mouse a block is drawn up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.models.form_model import FormModel
from desktop.views.table_moves import MOVES, selected_by, value_by, value_reached

Index = QModelIndex | QPersistentModelIndex
Cursor = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint
Flag = QItemSelectionModel.SelectionFlag
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton
_SCROLLS = 60  # ms between two steps while a block is drawn beyond the edge of the table


class SpreadsheetView(QTableView):
    """Shows a ``FormModel``. The current cell stays where a block was begun; what is typed goes there."""

    def __init__(self, model: FormModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._far = QPersistentModelIndex()  # the corner of the block across from the current cell
        self._is_pressed = False  # the mouse, on a value
        self._drawn_to = QPoint()  # where the mouse draws a block to
        self._drawing = QTimer(self)
        self._drawing.setInterval(_SCROLLS)
        self._drawing.timeout.connect(self._draw_on)
        self.setModel(model)

    def select_only(self, index: Index) -> None:
        """Make a cell the current one and the only one selected, whatever keys are held down: of Ctrl+Z, say, Ctrl."""
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._far = QPersistentModelIndex(current)

    # ── moving ───────────────────────────────────────────────────────────────────────
    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Step from value to value, over the labels between them."""
        return self._reached(self.currentIndex(), action, modifiers)

    def _reached(self, here: Index, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        found = value_reached(self._model, here, action, modifiers)
        return value_by(self._model, here, self._a_page_from(here, action)) if found is None else found

    def _a_page_from(self, here: Index, action: Cursor) -> int:
        """Return the row that is as far away as the table is high."""
        step = 1 if action == Cursor.MovePageDown else -1
        row = self.rowAt(self.rowViewportPosition(here.row()) + step * self.viewport().height())
        return row if row >= 0 else self._model.rowCount() - 1 if step > 0 else 0

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> Flag:
        selected = selected_by(event)
        return super().selectionCommand(index, event) if selected is None else selected

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = Hint.EnsureVisible) -> None:
        """Bring a cell into sight; where the table moves for that, no row is left half hidden at its top."""
        before = self.verticalScrollBar().value()
        super().scrollTo(index, hint)
        if self.verticalScrollBar().value() != before:
            self.begin_with_a_row()

    def begin_with_a_row(self) -> None:
        """Move a row that is half hidden at the top out of sight."""
        bar, row = self.verticalScrollBar(), self.rowAt(0)
        if row >= 0 and self.rowViewportPosition(row) < 0:
            bar.setValue(bar.value() + self.rowViewportPosition(row) + self.rowHeight(row))

    # ── blocks ───────────────────────────────────────────────────────────────────────
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = MOVES.get(Qt.Key(event.key()))
        if action is not None and event.modifiers() & _SHIFT:
            is_drawn = self._far.isValid() and self.selectionModel().isSelected(self._far)
            self._draw_to(self._reached(self._far if is_drawn else self.currentIndex(), action, event.modifiers()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == _LEFT and event.modifiers() & _SHIFT and self.currentIndex().isValid():
            self._draw_to(index)
        else:
            self._is_pressed = event.button() == _LEFT and self._model.key_at(index) is not None
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw a block up to the mouse, on and on as long as it is held beyond the edge."""
        if self._is_pressed and not event.modifiers() & _CTRL:
            self._drawn_to = event.position().toPoint()
            self.setState(QTableView.State.DragSelectingState)  # letting go leaves the block as it is
            self._draw_on()
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_pressed = False
        self._drawing.stop()
        super().mouseReleaseEvent(event)

    def _draw_on(self) -> None:
        room = self.viewport().rect()
        if room.contains(self._drawn_to):
            self._drawing.stop()
            self._draw_to(self.indexAt(self._drawn_to))
            return
        x, y = self._drawn_to.x(), self._drawn_to.y()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (y < room.top()) * -bar.singleStep() + (y > room.bottom()) * bar.singleStep())
        within = QPoint(min(max(x, room.left()), room.right()), min(max(y, room.top()), room.bottom()))
        self._draw_to(self.indexAt(within))
        self._drawing.start()

    def _draw_to(self, index: Index) -> None:
        """Select the block between the current cell and another one."""
        here = self.currentIndex()
        if not here.isValid() or self._model.key_at(index) is None:
            return
        corners = QRect(self.visualRect(here).center(), self.visualRect(index).center())
        self.setSelection(corners, Flag.ClearAndSelect)
        self._far = QPersistentModelIndex(index)
        self.scrollTo(index)
