"""Draws the tiles of the contact sheet: what stands in a cell, and a sign for what is known about it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.models.zero_model import TILE_ROLE, Tile
from desktop.palette import LIGHT, Theme, tabular, theme_of
from desktop.views.zero_crops import ROOM, ZeroCrops

Index = QModelIndex | QPersistentModelIndex
CROP, TEXT, GAP = ROOM + QSize(2, 2), QSize(64, 36), 4  # of a tile, and between two
_TWENTIETHS = range(40, 19, -1)  # of their least size, from the largest to that


class ZeroDelegate(QStyledItemDelegate):
    """Paints from ``TILE_ROLE``; ``crops`` has the pieces of the pages, where there are pages."""

    def __init__(self, crops: ZeroCrops, parent: QWidget) -> None:
        super().__init__(parent)
        self._crops = crops
        self.has_pages = self.is_captioned = False
        self.scale = 1.0  # of the tiles, where there is room for larger ones

    @property
    def tile(self) -> QSize:
        """The size of a tile; wider ones for longer numbers, higher ones where the reading stands below."""
        return self._tile(self.scale)

    def _tile(self, scale: float) -> QSize:
        view = self.parent()
        assert isinstance(view, QWidget)
        line = view.fontMetrics().height()
        size = CROP if self.has_pages else QSize(TEXT.width(), max(TEXT.height(), line + 16))
        size = QSize(size.width() + (28 if self.is_captioned else 0), size.height()) * scale
        return QSize(size.width(), size.height() + (line if self._has_line else 0))

    def fit(self, count: int, room: QSize) -> None:
        """Make the tiles as large as lets so many stand in a room, within bounds."""
        for twentieths in _TWENTIETHS:
            tile = self._tile(twentieths / 20) + QSize(GAP, GAP)
            if -(-count // max(1, room.width() // tile.width())) * tile.height() <= room.height():
                break
        self.scale = twentieths / 20

    @property
    def _has_line(self) -> bool:
        return self.is_captioned and self.has_pages

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self.tile.width() + GAP, self.tile.height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = index.data(TILE_ROLE)
        view = self.parent()
        if not isinstance(tile, Tile) or not isinstance(view, QWidget):
            return
        theme = theme_of(option.palette)  # type: ignore[attr-defined]
        outer: QRect = option.rect  # type: ignore[attr-defined]
        rect = QRect(outer.topLeft() + QPoint(GAP // 2, GAP // 2), self.tile)
        is_current = view.currentIndex() == index  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_paper = self.has_pages and self._crops.crop(tile.key) is not None
        signs = LIGHT if is_paper else theme  # paper is white by day and by night
        self._paint_inside(painter, rect, tile, theme)
        _paint_edge(painter, rect, tile, signs)
        _paint_sign(painter, rect, tile, signs)
        if is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(signs.accent if view.hasFocus() else signs.muted), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_inside(self, painter: QPainter, rect: QRect, tile: Tile, theme: Theme) -> None:
        crop = self._crops.crop(tile.key) if self.has_pages else None
        line = painter.fontMetrics().height() if self._has_line else 0
        room = rect.adjusted(0, 0, 0, -line)
        if crop is not None:
            painter.fillRect(room, Qt.GlobalColor.white)
            _paint_crop(painter, room.adjusted(1, 1, -1, -1), crop, self.scale / self._crops.fineness(tile.key))
        else:
            painter.fillRect(room, QColor(theme.doubt_soft if tile.is_open else theme.base))
            _paint_raw(painter, room, tile, theme, self.scale)
        if line:
            strip = QRect(rect.left(), room.bottom() + 1, rect.width(), line)
            painter.fillRect(strip, QColor(theme.doubt_soft if tile.is_open else theme.header))
            painter.setFont(tabular(painter.font()))
            painter.setPen(QColor(theme.text))
            painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, tile.shown)
        if tile.is_odd:
            veil = QColor(theme.error_soft if crop is None else LIGHT.error_soft)
            veil.setAlpha(130)
            painter.fillRect(room, veil)


def _paint_crop(painter: QPainter, room: QRect, crop: QImage, scale: float) -> None:
    """Paint the piece of the page in the middle, so many times as large as it was cut, smaller where it must be."""
    ratio = painter.device().devicePixelRatioF() / scale
    width, height = crop.width() / ratio, crop.height() / ratio
    share = min(1.0, room.width() / max(width, 1), room.height() / max(height, 1))
    place = QRectF(0, 0, width * share, height * share)
    place.moveCenter(QRectF(room).center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, crop)


def _paint_raw(painter: QPainter, room: QRect, tile: Tile, theme: Theme, scale: float) -> None:
    font = tabular(painter.font())
    font.setPointSizeF(font.pointSizeF() * 1.3 * scale)
    if tile.is_open:
        font.setWeight(QFont.Weight.DemiBold)
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(theme.text if tile.raw else theme.muted))
    text = tile.raw or tile.shown
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width() - 12)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _paint_edge(painter: QPainter, rect: QRect, tile: Tile, theme: Theme) -> None:
    colour = theme.error if tile.is_odd else theme.doubt if tile.is_open else theme.line
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 2 if tile.is_odd or tile.is_open else 1))
    painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_sign(painter: QPainter, rect: QRect, tile: Tile, theme: Theme) -> None:
    """Mark what was clicked out with a cross, what is open with the corner of the tables, the confirmed with a tick."""
    if tile.is_odd:
        painter.setPen(QPen(QColor(theme.error), 2))
        cross = QRectF(rect.right() - 14, rect.top() + 5, 9, 9)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
    elif tile.is_open:
        corner = rect.topRight() + QPoint(1, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(theme.doubt)))
        painter.drawPolygon(QPolygon([corner, corner + QPoint(-11, 0), corner + QPoint(0, 11)]))
    elif tile.is_confirmed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.good), 1.8))
        x, y = rect.left() + 5, rect.top() + 6
        painter.drawPolyline([QPoint(x, y + 3), QPoint(x + 3, y + 6), QPoint(x + 8, y)])
