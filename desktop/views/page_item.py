"""One page in the page view: its paper, its image, and the marks of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.page_book import Wanted
from desktop.page_images import PageImages
from desktop.palette import LIGHT, theme_of
from desktop.views.page_layout import Box, on_page


class Sign(IntFlag):
    """What a mark on a page says about its cell."""

    LIT = 1  # belongs to what is looked at: a tint
    DOUBTFUL = 2  # open: a dashed edge, and an amber tint if it is not lit
    CURRENT = 4  # a strong edge and no tint: what stands there must be as clear as it can be


@dataclass(frozen=True, slots=True)
class Mark:
    """A box of the upright page and what it says."""

    box: Box
    sign: Sign


class PageItem(QGraphicsItem):
    """Stands at the origin and paints in the coordinates of the scene. Paper is white by day and by night."""

    def __init__(self, page: int, images: PageImages) -> None:
        super().__init__()
        self._page, self._images = page, images
        self._rect, self._wanted = QRectF(), Wanted(page, 0, 1)
        self.marks: list[Mark] = []

    def place(self, rect: QRectF, quarters: int, width_pixels: int) -> None:
        """Stand at ``rect``, turned clockwise."""
        self.prepareGeometryChange()
        self._rect, self._wanted = rect, Wanted(self._page, quarters, width_pixels)

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        assert widget is not None
        theme = theme_of(widget.palette())
        painter.setPen(QPen(QColor(theme.line), 0))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRect(self._rect)
        image = self._images.image(self._wanted)
        if image is None:
            painter.setPen(QColor(LIGHT.zero))
            words = self._images.damage(self._page) or widget.tr("第 {0} 页").format(self._page)
            room = self._rect.adjusted(16, 16, -16, -16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        else:
            paint_page(painter, self._rect, image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.marks:
            self._paint_mark(painter, mark)

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        box = on_page(self._rect, mark.box, self._wanted.quarters)
        if Sign.CURRENT in mark.sign:
            outline(painter, box, LIGHT.accent)
            return
        is_doubtful = Sign.DOUBTFUL in mark.sign
        painter.setBrush(_see_through(LIGHT.accent, 40) if Sign.LIT in mark.sign else _see_through("#ffb300", 56))
        painter.setPen(QPen(QColor(LIGHT.doubt), 1, Qt.PenStyle.DashLine) if is_doubtful else Qt.PenStyle.NoPen)
        painter.drawRect(box)


def paint_page(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Paint the image of a page into ``rect``.

    One of just that size is painted pixel by pixel: sharp, though the page may stand between two pixels of the screen.
    """
    ratio: float = painter.device().devicePixelRatioF()
    if abs(image.width() - rect.width() * ratio) > 2:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, image)
        return
    corner = painter.deviceTransform().map(rect.topLeft())
    left = rect.left() + (round(corner.x()) - corner.x()) / ratio
    top = rect.top() + (round(corner.y()) - corner.y()) / ratio
    painter.drawImage(QRectF(left, top, image.width() / ratio, image.height() / ratio), image)


def outline(painter: QPainter, box: QRectF, colour: str) -> None:
    """Paint a strong edge around a cell on a page; a white one beneath sets it off from ruled lines."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for edge in (QPen(_see_through("#ffffff", 200), 5), QPen(QColor(colour), 2.5)):
        painter.setPen(edge)
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 2, 2)


def _see_through(colour: str, alpha: int) -> QColor:
    result = QColor(colour)
    result.setAlpha(alpha)
    return result
