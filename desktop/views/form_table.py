"""A table of the form: the official layout, moved in and edited like a spreadsheet."""

from __future__ import annotations

from itertools import dropwhile

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
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
from desktop.views.block_edits import BlockEdits
from desktop.views.body_painter import BodyPainter
from desktop.views.cell_delegate import CellDelegate, CellEditor
from desktop.views.cell_painter import Figures, paint_current
from desktop.views.form_header import Corner, SideHeader, TopHeader
from desktop.views.label_clicks import LabelClicks
from desktop.views.spreadsheet_view import SpreadsheetView
from desktop.views.table_fit import row_heights, widths_in
from desktop.views.table_keys import own_keys
from desktop.views.table_menu import table_menu

Index = QModelIndex | QPersistentModelIndex
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NEW_TEXT = QAbstractItemView.EditTrigger.AnyKeyPressed
_OLD_TEXT = QAbstractItemView.EditTrigger.EditKeyPressed
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD_DOWN = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class FormTable(SpreadsheetView):
    """Shows one ``FormModel``; the session says which cell is current and hears when the clerk moves."""

    editing_changed = Signal()  # an editor has been opened, or closed
    block_changed = Signal()  # several cells are selected, or were
    fitted = Signal()  # rows and columns have other sizes

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(FormModel(session, name), parent)
        self._model.setParent(self)
        self.setObjectName(f"table.{name}")
        self.name, self._session = name, session
        self._top, self._side, self._corner = TopHeader(self), SideHeader(self), Corner(self)
        self._delegate, self.blocks = CellDelegate(self, session.step), BlockEdits(self, self._model, session)
        self._body, self._chosen = BodyPainter(self._model), set[tuple[int, int]]()
        self._keys = own_keys(session, self.blocks, self.edit_in_place)
        self._figures = Figures(self.font())
        self._set_up()
        LabelClicks(self, self._model, self._top, self._side)
        self._model.modelReset.connect(self._on_reset)
        session.cell_changed.connect(self._on_cell_changed)
        self._delegate.entered.connect(self._on_entered)
        self._delegate.moved.connect(self._move)
        self._delegate.opened.connect(self.editing_changed)
        self._delegate.opened.connect(session.stay)
        self._delegate.opened.connect(session.review.stay)
        session.turning_away.connect(self._leave_editor)
        session.review.led.connect(self._on_led)
        self._ahead: list[QKeyEvent] = []  # keys for the cell to which the clerk is going to be led
        self._delegate.closeEditor.connect(self.editing_changed)
        self._delegate.typed.connect(lambda text: session.changes.expect_text(session.entry, session.key, text))
        self.verticalScrollBar().valueChanged.connect(self._side.viewport().update)  # group labels stay in sight
        self._on_reset()

    def _set_up(self) -> None:
        self.setHorizontalHeader(self._top)
        self.setVerticalHeader(self._side)
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
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_figures"):
            self._figures = Figures(self.font())
            self._fit()

    def _fit(self) -> None:
        """Share the width out as the form does, narrow group columns apart, and give long labels their lines."""
        if not self.isVisible():  # done when the table comes into sight
            return
        layout = self._model.form_layout
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        widths = widths_in(layout, room, self.fontMetrics())
        for column in range(layout.columns):
            self.setColumnWidth(column, widths[layout.left + column])
        self._side.set_layout(layout, widths[: layout.left])
        self._top.set_layout(layout)
        for row, height in enumerate(row_heights(layout, widths, self.fontMetrics())):
            self.setRowHeight(row, height)
        self.updateGeometries()
        self.scrollTo(self.currentIndex())
        self.begin_with_a_row()
        self.fitted.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "_corner"):
            was_hidden = self._corner.isHidden()
            self._corner.setVisible(self._top.isVisibleTo(self) and self._side.isVisibleTo(self))
            self._corner.setGeometry(QRect(0, 0, self._side.width(), self._top.height()))
            if was_hidden:
                self._corner.raise_()

    # ── where the clerk is ───────────────────────────────────────────────────────────
    def _on_cell_changed(self) -> None:
        key = self._session.key
        index = self._model.index_of(key) if key is not None and key.table == self.name else QModelIndex()
        if index.isValid() and index != self.currentIndex():
            self.select_only(index)
        if index.isValid():
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        key = self._model.key_at(current)
        if key is not None and self._session.report is not None:
            self._session.go_to(key)
        self.update(previous)
        self.update(current)
        self._top.mark(current.column())
        self._side.mark(current.row())

    def enter(self) -> None:
        """Make this table's current cell the session's; the first open doubt or cell when it has none."""
        key = self._model.key_at(self.currentIndex())
        if key is None and (entry := self._session.entry) is not None and entry.report is not None:
            own = [key for key in entry.open if key.table == self.name] or list(self._model.form_layout.positions)
            key = own[0]
        self._session.go_to(key)

    def _move(self, rows: int, columns: int) -> None:
        if rows:
            self.select_only(self._model.next_value(self.currentIndex(), rows, 0))
        else:
            self.select_only(self._model.value_after(self.currentIndex(), columns))

    # ── keys ─────────────────────────────────────────────────────────────────────────
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and event.isAutoRepeat():
            return  # a key held down must not confirm one cell after the other
        if self._session.review.is_waiting and key not in _HELD_DOWN:
            self._ahead.append(event.clone())
            return
        own = self._keys.get((modifiers, Qt.Key.Key_Return if key is Qt.Key.Key_Enter else key))
        if own is not None:
            own()
        elif key in _ENTER:
            event.ignore()
        elif modifiers & ~_SHIFT or not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)
        elif not starts_a_value(event.text()):
            words = self.tr("“{0}”不是数。可以输入数字，或符号“/”“-”“无”").format(event.text())
            self._session.said.emit("info", words)
        elif self._may_edit():
            self.edit(self.currentIndex(), _NEW_TEXT, event)

    def _on_led(self, is_elsewhere: bool) -> None:
        """Type what was typed ahead where the clerk has been led; nobody has seen that cell, so none is confirmed."""
        ahead, self._ahead = self._ahead, []
        if ahead and not is_elsewhere:
            self._session.said.emit("info", self.tr("检查时按下的键没有输入，请再按一次"))
            return
        for event in dropwhile(lambda event: event.key() in _ENTER, ahead):
            QApplication.sendEvent(QApplication.focusWidget() or self, event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand what an input method composes or commits to the editor; Qt alone would open it and lose the text."""
        committed = event.commitString()
        if (event.preeditString() or (committed and starts_a_value(committed))) and self._may_edit():
            self.edit(self.currentIndex())
            if (editor := self._editor) is not None:
                QApplication.sendEvent(editor, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the mouse, or at the current cell when a key asked for it."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if self._model.key_at(index) is None:
                return
            if not self.selectionModel().isSelected(index):
                self.select_only(index)
            where = event.globalPos()
        else:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        menu = table_menu(self, self._session, self.blocks, self.edit_in_place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    @property
    def is_editing(self) -> bool:
        """Whether there is an editor over the current cell."""
        return self.state() == QAbstractItemView.State.EditingState

    @property
    def _editor(self) -> CellEditor | None:
        """The field over the current cell; those that were closed a moment ago are still there, too."""
        return next((field for field in self.findChildren(CellEditor) if not field.isHidden()), None)

    def _leave_editor(self) -> None:
        """Put what is being typed into the report that it belongs to."""
        if self.is_editing and (editor := self._editor) is not None:
            self._delegate.leave(editor)

    def _may_edit(self) -> bool:
        """Whether values may be changed; says why not."""
        entry = self._session.entry
        return entry is not None and self._session.changes.may_change(entry)

    def _on_entered(self, step: int, edited: bool) -> None:
        if edited or step < 0:
            self._session.review.go_to_doubt(step)
        else:
            self._session.review.accept()

    def edit_in_place(self) -> None:
        """Open the editor on the current cell with its text kept and the caret at the end."""
        if not self._may_edit():
            return
        self.edit(self.currentIndex())
        editor, cell = self._editor, self._session.cell
        if editor is not None and cell is not None:
            editor.setText(cell.shown or cell.raw.strip())
            editor.in_place = True
            editor.end(False)

    # ── painting ─────────────────────────────────────────────────────────────────────
    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Paint the current cell anew, not the whole table, as any widget would each time its editor closes."""
        self.viewport().update(self.visualRect(self.currentIndex()))

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.viewport().update(self.visualRect(self.currentIndex()))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        before, self._chosen = self._chosen, {(i.row(), i.column()) for i in self.selectedIndexes()}
        if len(before) > 1 or len(self._chosen) > 1:
            self.viewport().update()  # doubts look otherwise in a block
            self.block_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        columns, rows = self._model.form_layout.columns, self._model.form_layout.rows
        sizes = tuple(map(self.columnWidth, range(columns))), tuple(map(self.rowHeight, range(rows)))
        at, theme = QPoint(self.columnViewportPosition(0), self.rowViewportPosition(0)), theme_of(self.palette())
        with QPainter(self.viewport()) as painter:
            self._body.paint(painter, event.region(), at, sizes, self._chosen, theme, self._figures)
            index = self.currentIndex()
            if index.isValid() and (key := self._model.key_at(index)) is not None:
                has_keyboard = self.hasFocus() or self.is_editing
                paint_current(painter, self.visualRect(index), self._model.look_at(key), theme, has_keyboard)
