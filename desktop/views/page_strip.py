"""A narrow list of the pages in small; those with open doubts say how many."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.page_book import THUMBNAIL, Wanted, turned
from desktop.page_images import PageImages
from desktop.palette import theme_of
from desktop.upright import Turns

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ACROSS, _LINE, _GAP = 80, 20, 8


class PageStrip(QListView):
    """One row a page; ``chosen`` announces the page (from 1) the clerk goes to."""

    chosen = Signal(int)

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_strip")
        self.setAccessibleName(self.tr("页面列表"))
        self._images, self.turns = images, Turns()
        self._model = _PagesModel(images, self)
        self.setModel(self._model)
        self.setItemDelegate(_PageDelegate(images, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFixedWidth(_ACROSS + 4 * _GAP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._is_following = False
        images.arrived.connect(lambda page: self.update(self._model.index(page - 1)))
        images.resized.connect(self.scheduleDelayedItemsLayout)

    def show_pages(self, turns: Turns) -> None:
        """Show the pages of the images, turned so."""
        self.turns = turns
        self._model.renew()

    def set_doubts(self, doubts: Mapping[int, int]) -> None:
        """Say how many cells are open on each page."""
        if doubts != self._model.doubts:
            self._model.doubts = dict(doubts)
            self.viewport().update()

    def follow(self, page: int) -> None:
        """Make the page in sight current."""
        self._is_following = True
        self.setCurrentIndex(self._model.index(page - 1))
        self._is_following = False

    def wanted(self) -> list[Wanted]:
        """Return the small images of what is in sight."""
        if not self.isVisible() or not self._model.rowCount():
            return []
        first = self.indexAt(self.viewport().rect().topLeft())
        last = self.indexAt(self.viewport().rect().bottomLeft())
        end = last.row() if last.isValid() else self._model.rowCount() - 1
        pages = range(max(1, first.row() + 1), end + 2)
        return [Wanted(page, self.turns.of(page), THUMBNAIL) for page in pages]

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_following:
            self.chosen.emit(current.row() + 1)


class _PagesModel(QAbstractListModel):
    def __init__(self, images: PageImages, parent: PageStrip) -> None:
        super().__init__(parent)
        self._images, self.doubts = images, dict[int, int]()

    def renew(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._images.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        page, count = index.row() + 1, self.doubts.get(index.row() + 1, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.tr("第 {0} 页").format(page)
            return self.tr("{0}，{1} 处存疑").format(words, count) if count else words
        return count if role == Qt.ItemDataRole.UserRole else None


class _PageDelegate(QStyledItemDelegate):
    def __init__(self, images: PageImages, strip: PageStrip) -> None:
        super().__init__(strip)
        self._images, self._strip = images, strip

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        across, down = turned(self._images.sizes[index.row()], self._strip.turns.of(index.row() + 1))
        return QSize(_ACROSS + 2 * _GAP, round(_ACROSS * min(2.0, down / across)) + _LINE + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        theme, is_current = theme_of(option.palette), index.row() == self._strip.currentIndex().row()  # type: ignore[attr-defined]
        paper = QRect(rect.left() + _GAP, rect.top() + _GAP, _ACROSS, rect.height() - _LINE - _GAP)
        edge = 2 if is_current else 1
        painter.fillRect(paper, QColor(theme.accent if is_current else theme.line))
        sheet = paper.adjusted(edge, edge, -edge, -edge)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        page = index.row() + 1
        image = self._images.image(Wanted(page, self._strip.turns.of(page), THUMBNAIL))
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, image)
        line = QRect(paper.left(), paper.bottom() + 1, paper.width(), _LINE)
        painter.setPen(QColor(theme.text if is_current else theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if count := index.data(Qt.ItemDataRole.UserRole):
            painter.setPen(QColor(theme.doubt))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"▲{count}")
        painter.restore()
