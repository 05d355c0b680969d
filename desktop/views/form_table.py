"""A table of the form: the official layout, moved in and edited like a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from desktop.models.form_model import FormModel
from desktop.palette import theme_of
from desktop.session import Session
from desktop.text_values import starts_a_value
from desktop.views.cell_delegate import CellDelegate, CellEditor, paint_current
from desktop.views.form_header import LINE, Corner, SideHeader, TopHeader, wrapped_height
from parser.model.template import GridCell

Index = QModelIndex | QPersistentModelIndex
Cursor = QAbstractItemView.CursorAction
_STEPS = {
    Cursor.MoveUp: (-1, 0),
    Cursor.MoveDown: (1, 0),
    Cursor.MoveLeft: (0, -1),
    Cursor.MoveRight: (0, 1),
}
_NARROWEST = 44
_GROUP_WIDTHS = (32, 48)
_NEW_TEXT = QAbstractItemView.EditTrigger.AnyKeyPressed
_OLD_TEXT = QAbstractItemView.EditTrigger.EditKeyPressed


class FormTable(QTableView):
    """Shows one ``FormModel``; the session says which cell is current and hears when the clerk moves."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"table.{name}")
        self.name, self._session = name, session
        self._model = FormModel(session, name, self)
        self._top, self._side, self._corner = TopHeader(self), SideHeader(self), Corner(self)
        self._delegate = CellDelegate(self)
        self._set_up()
        self._model.modelReset.connect(self._on_reset)
        session.cell_changed.connect(self._on_cell_changed)
        self._delegate.entered.connect(self._on_entered)
        self._delegate.moved.connect(self._move)
        self._on_reset()

    def _set_up(self) -> None:
        self.setHorizontalHeader(self._top)
        self.setVerticalHeader(self._side)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | _NEW_TEXT | _OLD_TEXT)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setMouseTracking(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(True)

    # ── layout ───────────────────────────────────────────────────────────────────────
    def _on_reset(self) -> None:
        layout = self._model.form_layout
        self.clearSpans()
        for (row, column), cell in layout.body.items():
            if cell.row_span > 1 or cell.column_span > 1:
                self.setSpan(row, column, cell.row_span, cell.column_span)
        self._top.setVisible(layout.top > 0)
        self._side.setVisible(layout.left > 0)
        self._corner.text = layout.corner.label.text if layout.corner and layout.corner.label else ""
        self._fit()
        self._on_cell_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._on_cell_changed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_delegate"):
            self._fit()

    def _fit(self) -> None:
        """Share the width out as the form does, narrow group columns apart, and give long labels their lines."""
        if not self.isVisible():  # done when the table comes into sight
            return
        layout = self._model.form_layout
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        widths = self._widths(room)
        for column in range(layout.columns):
            self.setColumnWidth(column, widths[layout.left + column])
        self._side.set_layout(layout, widths[: layout.left])
        self._top.set_layout(layout)
        for row in range(layout.rows):
            self.setRowHeight(row, self._row_height(row, widths))
        self.updateGeometries()

    def _widths(self, room: int) -> list[int]:
        layout = self._model.form_layout
        groups = {c.column for c in layout.side if c.is_group}
        fixed = {column: _GROUP_WIDTHS[min(place, 1)] for place, column in enumerate(sorted(groups))}
        weights = {c: w for c, w in enumerate(layout.table.widths) if c not in fixed}
        share = max(0, room - sum(fixed.values())) / sum(weights.values())
        widths = [fixed.get(c) or max(_NARROWEST, int(weights[c] * share)) for c in range(layout.table.column_count)]
        spare = max(0, room - sum(widths))
        for place, column in enumerate(sorted(weights, key=lambda c: -weights[c])):
            widths[column] += spare // len(weights) + (place < spare % len(weights))
        return widths

    def _row_height(self, row: int, widths: list[int]) -> int:
        layout, metrics = self._model.form_layout, self.fontMetrics()
        labels = [c for c in layout.side if c.row - layout.top == row and not c.is_group]
        needs = (wrapped_height(metrics, c.label.text, _breadth(c, widths)) for c in labels if c.label)
        return max(LINE, *needs) if labels else LINE

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "_corner"):
            self._corner.setVisible(self._top.isVisibleTo(self) and self._side.isVisibleTo(self))
            self._corner.setGeometry(QRect(0, 0, self._side.width(), self._top.height()))
            self._corner.raise_()

    # ── where the clerk is ───────────────────────────────────────────────────────────
    def _on_cell_changed(self) -> None:
        key = self._session.key
        index = self._model.index_of(key) if key is not None and key.table == self.name else QModelIndex()
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        key = self._model.key_at(current)
        if key is not None and self._session.report is not None:
            self._session.go_to(key)
        self._top.viewport().update()
        self._side.viewport().update()

    def enter(self) -> None:
        """Make this table's current cell the session's; the first open doubt or cell when it has none."""
        key = self._model.key_at(self.currentIndex())
        if key is None and (entry := self._session.entry) is not None and entry.report is not None:
            own = [key for key in entry.open if key.table == self.name] or list(self._model.form_layout.positions)
            key = own[0]
        self._session.go_to(key)

    def _move(self, rows: int, columns: int) -> None:
        if rows:
            self.setCurrentIndex(self._model.next_value(self.currentIndex(), rows, 0))
        else:
            self.setCurrentIndex(self._model.value_after(self.currentIndex(), columns))

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Step from value to value, over the labels between them."""
        if action in _STEPS:
            return self._model.next_value(self.currentIndex(), *_STEPS[action])
        if action in (Cursor.MoveNext, Cursor.MovePrevious):
            return self._model.value_after(self.currentIndex(), 1 if action is Cursor.MoveNext else -1)
        return super().moveCursor(action, modifiers)

    # ── keys ─────────────────────────────────────────────────────────────────────────
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain == Qt.KeyboardModifier.ShiftModifier:
                self._session.go_to_doubt(-1)
            elif plain == Qt.KeyboardModifier.NoModifier:
                self._session.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_F2:
            self.edit_in_place()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_selected()
        elif plain & ~Qt.KeyboardModifier.ShiftModifier or not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)
        elif starts_a_value(event.text()):
            self.edit(self.currentIndex(), _NEW_TEXT, event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand what an input method composes or commits to the editor; Qt alone would open it and lose the text."""
        committed = event.commitString()
        if event.preeditString() or (committed and starts_a_value(committed)):
            self.edit(self.currentIndex())
            editor = self.findChild(CellEditor)
            if editor is not None:
                QApplication.sendEvent(editor, event)

    @property
    def _is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def _on_entered(self, step: int, edited: bool) -> None:
        if edited or step < 0:
            self._session.go_to_doubt(step)
        else:
            self._session.accept()

    def edit_in_place(self) -> None:
        """Open the editor on the current cell with its text kept and the caret at the end."""
        self.edit(self.currentIndex())
        editor, cell = self.findChild(CellEditor), self._session.cell
        if editor is not None and cell is not None:
            editor.setText(cell.shown or cell.raw.strip())
            editor.in_place = True
            editor.end(False)

    def clear_selected(self) -> None:
        """Make the selected cells blank, as one step."""
        keys = [key for index in self.selectedIndexes() if (key := self._model.key_at(index)) is not None]
        self._session.set_texts(dict.fromkeys(keys, ""))

    def copy(self) -> None:
        """Put the selected block on the clipboard, tab separated as spreadsheets do."""
        chosen = {(i.row(), i.column()): str(i.data() or "") for i in self.selectedIndexes()}
        if not chosen:
            return
        rows = range(min(r for r, _ in chosen), max(r for r, _ in chosen) + 1)
        columns = range(min(c for _, c in chosen), max(c for _, c in chosen) + 1)
        lines = ("\t".join(chosen.get((r, c), "") for c in columns) for r in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Put a block from the clipboard into the cells from the current one on, as one step."""
        start, texts = self.currentIndex(), {}
        for down, line in enumerate(QGuiApplication.clipboard().text().rstrip("\n").split("\n")):
            for right, text in enumerate(line.split("\t")):
                key = self._model.key_at(start.siblingAtColumn(start.column() + right).siblingAtRow(start.row() + down))
                if key is not None:
                    texts[key] = text
        if not self._session.set_texts(texts):
            self._session.said.emit("info", self.tr("剪贴板中有不是数的内容，没有粘贴"))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if index.isValid() and self._model.key_at(index) is not None:
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor())
                paint_current(
                    painter, self.visualRect(index), theme_of(self.palette()), self.hasFocus() or self._is_editing
                )


def _breadth(cell: GridCell, widths: list[int]) -> int:
    return sum(widths[cell.column : cell.column + cell.column_span])
