"""Edits the values of a table in place."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.palette import theme_of
from desktop.steps import Steps
from desktop.views.composition import Composition

Index = QModelIndex | QPersistentModelIndex
_AROUND_TEXT = 12  # px that the field keeps beside its text, the caret among them
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellEditor(QLineEdit):
    """The field over a cell, and over its neighbours as far as the text needs it.

    ``in_place`` says that the old text was kept (F2), so that ← and → move in it. While an input method composes
    nothing is committed and no text is put in.
    """

    shown = Signal()
    outgrown = Signal()  # the text may need another width
    left = Signal()  # somebody wants the text in the report, as Enter would put it there

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell_editor")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrame(False)
        self.in_place = False
        self.composition = Composition(self)
        self._composed, self._is_wide = "", False
        self.textChanged.connect(self.outgrown)

    def stand_over(self, cell: QRect, room: int) -> None:
        """Be as wide as the cell or as all that is typed, and stay within the table, which is so wide."""
        needed = self.fontMetrics().horizontalAdvance(self.text() + self._composed) + _AROUND_TEXT
        self._is_wide = needed > cell.width()
        width = min(max(cell.width(), needed), room)
        left = max(0, min(cell.center().x() - (width - 1) // 2, room - width))
        self.setGeometry(left, cell.top(), width, cell.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_wide:  # the figures of the neighbours would be read as its own
            with QPainter(self) as painter:
                painter.setPen(QColor(theme_of(self.palette()).accent))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composition.hear(event)
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self.outgrown.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.composition.drop()


def leave_editor() -> bool:
    """Put what is being typed into the report and close the editor; False when it is no value and stays open."""
    editor = QApplication.focusWidget()
    if isinstance(editor, CellEditor):
        editor.left.emit()
    return not isinstance(QApplication.focusWidget(), CellEditor)


class CellDelegate(QStyledItemDelegate):
    """Enter in the editor is announced by ``entered`` once the text is in the report. The table paints its cells."""

    entered = Signal(int, bool)  # 1 forwards or -1 backwards; whether the text was changed
    moved = Signal(int, int)  # rows, columns
    opened = Signal()  # there is an editor
    typed = Signal(str)  # the text in the editor is another
    dropped = Signal(str)  # the editor was left with what is no value

    def __init__(self, view: QTableView, step: Steps) -> None:
        super().__init__(view)
        self._step = step  # to commit and to go on is one

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(parent)
        editor.setAccessibleName(self.tr("单元格的值"))
        editor.left.connect(lambda: editor.composition.keeps() or self._finish(editor))
        editor.shown.connect(self.opened)
        editor.textEdited.connect(self.typed)
        at = QPersistentModelIndex(index)
        editor.outgrown.connect(lambda: self._place(editor, at))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor) and not editor.isModified() and not editor.composition.is_on:
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        is_new = isinstance(editor, CellEditor) and editor.isModified()
        if is_new and not model.setData(index, editor.text(), Qt.ItemDataRole.EditRole):  # type: ignore[attr-defined]
            self.dropped.emit(editor.text())  # type: ignore[attr-defined]

    def updateEditorGeometry(self, editor: QWidget, _option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(editor, CellEditor):
            self._place(editor, index)

    def _place(self, editor: CellEditor, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        editor.stand_over(view.visualRect(index).adjusted(2, 2, -3, -3), view.viewport().width())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if editor.composition.keeps(event):
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
                edited = editor.isModified()
                with self._step:
                    if self._finish(editor):
                        self.entered.emit(step, edited)
                return True
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if key in _MOVES and not (sideways and editor.in_place):
                with self._step:
                    if self._finish(editor):
                        self.moved.emit(*_MOVES[key])
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: CellEditor) -> bool:
        """Commit and close; keep the editor open and say why when the text is no value."""
        if editor.composition.is_on:
            return False
        view = self.parent()
        assert isinstance(view, QTableView)
        text, index = editor.text(), view.currentIndex()
        if editor.isModified() and not index.model().setData(index, text, Qt.ItemDataRole.EditRole):
            self._refuse(editor)
            editor.selectAll()
            return False
        editor.setModified(False)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def leave(self, editor: CellEditor) -> None:
        """Commit and close, whatever stands in the editor: another report is about to come into sight."""
        if not self._finish(editor):
            self.dropped.emit(editor.text())
            editor.setModified(False)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _refuse(self, editor: CellEditor) -> None:
        hint = self.tr("“{0}”不是数。可以输入数字，或符号“/”“-”“无”；清空表示空白").format(editor.text())
        QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), hint, self.parent())  # type: ignore[arg-type]
