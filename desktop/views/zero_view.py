"""The contact sheet itself: the cells of a group side by side, clicked out and in with the mouse or the space bar."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QWidget

from desktop.models.zero_classes import MANY, MARK
from desktop.models.zero_model import ZeroModel
from desktop.views.zero_crops import ZeroCrops
from desktop.views.zero_delegate import ZeroDelegate

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ZeroView(QListView):
    """Arrows move, Space and a click take a cell out; what other keys mean is announced."""

    confirmed = Signal()
    closed = Signal()
    wanted = Signal(str)  # the group of a digit
    stepped = Signal(int)  # to the next (1) or previous (-1) group
    asked_for_cell = Signal()  # to go to the current cell
    moved = Signal()  # another cell is current
    looked = Signal()  # more of the group has been in sight

    def __init__(self, model: ZeroModel, crops: ZeroCrops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zero_view")
        self._model = model
        self._seen = 0  # so many cells, from the first on, have been in sight
        self.tiles = ZeroDelegate(crops, self)
        self.setModel(model)
        self.setItemDelegate(self.tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSpacing(0)
        self.setViewportMargins(8, 8, 0, 8)
        crops.arrived.connect(self.viewport().update)
        model.modelReset.connect(self._on_reset)
        for change in (self.verticalScrollBar().valueChanged, self.verticalScrollBar().rangeChanged):
            change.connect(self._look)

    @property
    def is_seen_through(self) -> bool:
        """Whether every cell of the group has been in sight."""
        return self._seen >= self._model.rowCount()

    def page_on(self) -> None:
        """Bring the first cells into sight that have not been."""
        before = self._seen
        following = self._model.index(min(before, self._model.rowCount() - 1))
        self.selectionModel().setCurrentIndex(following, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(following, QListView.ScrollHint.PositionAtTop)
        if self._seen == before:  # there is no room for a row: nothing more will come into sight
            self._seen = self._model.rowCount()
            self.looked.emit()

    def _look(self) -> None:
        """Note what is in sight, if it goes on where what was seen ends."""
        if not self.isVisible():
            return
        rows, height = range(self._model.rowCount()), self.viewport().height()
        first = bisect_left(rows, True, key=lambda row: self.visualRect(self._model.index(row)).top() >= 0)
        last = bisect_left(rows, True, key=lambda row: self.visualRect(self._model.index(row)).bottom() > height)
        if first <= self._seen < last:
            self._seen = last
            self.looked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "tiles"):
            self._fit()

    def toggle(self) -> None:
        """Take the current cell out, or put it back."""
        self._model.toggle(self.currentIndex().row())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif held:
            super().keyPressEvent(event)
        elif key in _ENTER:
            if not event.isAutoRepeat():  # a key held down must not confirm one group after the other
                self.confirmed.emit()
        elif key == Qt.Key.Key_Space:
            self.toggle()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key == Qt.Key.Key_F2:
            self.asked_for_cell.emit()
        elif event.text().isdigit():
            self.wanted.emit(str(int(event.text())))  # full-width digits too
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._model.toggle(index.row())

    def _on_reset(self) -> None:
        group = self._model.group
        self.tiles.is_captioned = group is not None and group.kind in (MANY, MARK)  # how much is in sight hangs on it
        self._fit()
        self.doItemsLayout()  # tiles of the group before were others, also where they are called as large
        first = self._model.index(0)
        if first.isValid():
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollToTop()
        self._seen = 0
        self._look()

    def _fit(self) -> None:
        """Find the size of the tiles: in the room there is whether or not there is a scroll bar, else it would flicker.

        The layout of the toolkit keeps room for a scroll bar and fills no row to the last pixel.
        """
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar())
        before = self.tiles.tile
        self.tiles.fit(self._model.rowCount(), self.maximumViewportSize() - QSize(bar + 1, 0))
        if self.tiles.tile != before:
            self.doItemsLayout()
