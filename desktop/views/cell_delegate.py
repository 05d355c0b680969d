"""Draws the cells of a table, every state with a second sign beside its colour, and edits their values."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.models.form_model import GRID_ROLE, LOOK_ROLE, CellLook
from desktop.palette import Theme, tabular, theme_of
from desktop.views.form_header import paint_label
from parser.model.report import State

Index = QModelIndex | QPersistentModelIndex
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellEditor(QLineEdit):
    """The field over a cell. ``in_place`` says that the old text was kept (F2), so that ← and → move in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell_editor")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrame(False)
        self.in_place = False


class CellDelegate(QStyledItemDelegate):
    """Paints from ``LOOK_ROLE``. Enter in the editor is announced by ``entered`` once the text is in the report."""

    entered = Signal(int, bool)  # 1 forwards or -1 backwards; whether the text was changed
    moved = Signal(int, int)  # rows, columns

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        return CellEditor(parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        is_new = isinstance(editor, CellEditor) and editor.isModified()
        if is_new and not model.setData(index, editor.text(), Qt.ItemDataRole.EditRole):  # type: ignore[attr-defined]
            self._refuse(editor)  # type: ignore[arg-type]

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -3, -3))  # type: ignore[attr-defined]

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
                edited = editor.isModified()
                if self._finish(editor):
                    self.entered.emit(step, edited)
                return True
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if key in _MOVES and not (sideways and editor.in_place):
                if self._finish(editor):
                    self.moved.emit(*_MOVES[key])
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: CellEditor) -> bool:
        """Commit and close; keep the editor open and say why when the text is no value."""
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

    def _refuse(self, editor: CellEditor) -> None:
        hint = self.tr("“{0}”不是数。可以输入数字，或 / - 无 这样的记号，清空表示空白").format(editor.text())
        QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), hint, self.parent())  # type: ignore[arg-type]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme: Theme = theme_of(option.palette)  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        look = index.data(LOOK_ROLE)
        grid = index.data(GRID_ROLE)
        if isinstance(look, CellLook):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
            _paint_value(painter, rect, str(index.data()), look, selected, theme)
        elif grid is not None and grid.label is not None:
            _paint_body_label(painter, rect, grid.label.text, grid.is_group, grid.column == 0, theme)
        painter.restore()


def _tr(text: str) -> str:
    return QCoreApplication.translate("cell_delegate", text)


def _paint_body_label(painter: QPainter, rect: QRect, text: str, is_group: bool, is_first: bool, theme: Theme) -> None:
    if is_group:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
    paint_label(painter, rect, text, theme, centred=not is_group and not is_first)


def _paint_value(painter: QPainter, rect: QRect, text: str, look: CellLook, selected: bool, theme: Theme) -> None:
    painter.fillRect(rect, QColor(_background(look, selected, theme)))
    if look.state is State.BLANK:
        painter.fillRect(rect, QBrush(QColor(theme.hatch), Qt.BrushStyle.BDiagPattern))
    painter.setPen(QColor(theme.line))
    painter.drawLine(rect.topRight(), rect.bottomRight())
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    rect = rect.adjusted(0, 0, -1, -1)
    _paint_text(painter, rect, text, look, theme)
    _paint_signs(painter, rect, look, theme)


def _background(look: CellLook, selected: bool, theme: Theme) -> str:
    if look.doubtful:
        return theme.doubt_soft
    if look.state is State.ABSENT:
        return theme.absent
    if selected:
        return theme.accent_soft
    return theme.lit if look.lit else theme.base


def _paint_text(painter: QPainter, rect: QRect, text: str, look: CellLook, theme: Theme) -> None:
    font, colour = tabular(painter.font()), theme.text
    if look.state is State.ABSENT:
        font.setPixelSize(10)
        text, colour = _tr("原文无此格"), theme.muted
    elif look.state is State.UNREADABLE:
        text, colour = f"? {look.raw}", theme.error
    elif look.state is State.MARK:
        colour = theme.muted
    elif text == "0" and not (look.doubtful or look.changed):
        colour = theme.zero
    if look.state is State.NUMBER and (look.changed or look.doubtful):
        font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    space = rect.adjusted(2, 0, -2, 0)
    if look.unit:
        _paint_with_unit(painter, space, text, look.unit, theme)
        return
    if look.state is State.ABSENT and painter.fontMetrics().horizontalAdvance(text) > space.width():
        text = _tr("无此格")
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, space.width())
    painter.drawText(space, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_with_unit(painter: QPainter, space: QRect, text: str, unit: str, theme: Theme) -> None:
    number = painter.fontMetrics().horizontalAdvance(text)
    left = space.left() + (space.width() - number - painter.fontMetrics().horizontalAdvance(unit) - 3) // 2
    painter.drawText(space.adjusted(left - space.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(QColor(theme.muted))
    painter.drawText(space.adjusted(left - space.left() + number + 3, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, unit)


def _paint_signs(painter: QPainter, rect: QRect, look: CellLook, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if look.doubtful:
        corner = rect.topRight() + QPoint(1, 0)
        painter.setBrush(QColor(theme.doubt))
        painter.drawPolygon(QPolygon([corner, corner + QPoint(-9, 0), corner + QPoint(0, 9)]))
    if look.broken:
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.error))
    left = rect.left() + (6 if look.broken else 4)
    if look.changed:
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QRect(left, rect.top() + 4, 6, 6))
    elif look.confirmed:
        painter.setPen(QPen(QColor(theme.good), 1.8))
        y = rect.top() + 5
        painter.drawPolyline([QPoint(left, y + 3), QPoint(left + 3, y + 6), QPoint(left + 8, y)])


def paint_current(painter: QPainter, rect: QRect, theme: Theme, focused: bool) -> None:
    """Draw the frame of the current cell."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if focused else theme.muted), 2))
    painter.drawRect(rect.adjusted(1, 1, -2, -2))
