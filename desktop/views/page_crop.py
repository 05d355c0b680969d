"""The piece of the page around the current cell, enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.page_book import Wanted, turned
from desktop.page_images import PageImages
from desktop.palette import LIGHT, theme_of
from desktop.session import Session
from desktop.upright import Turns
from desktop.views.page_item import outline, paint_page
from desktop.views.page_layout import Box, on_page
from parser.model.place import PageBox

_CELL = 28  # height of a usual cell in the crop
_WIDEST, _NARROWEST, _LEAST = 2400, 600, 300  # of the page the crop is cut from; at least, for a cell that is high
_FEWEST, _STEEPEST = 3, 0.2  # cells that tell how a row slants; steeper it does not run from left to right
_ROUND, _BESIDE = 6, 16  # px above and below the cell of its frame and what is around it; left and right of it


class PageCrop(QWidget):
    """A band of the page, the cell in its middle; all cells of a page are shown in one scale."""

    HEIGHT = 44

    def __init__(
        self,
        session: Session,
        images: PageImages,
        parent: QWidget | None = None,
        purpose: str = "crop",
        height: int = HEIGHT,
    ) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self.setAccessibleName(self.tr("原文中的这一格"))
        self.setFixedHeight(height)
        self._session, self._images, self._turns = session, images, Turns()
        self._place: PageBox | None = None
        self._middle: int | None = None  # where the cell stands from left to right; None: in the middle
        self._page = QRectF()  # the page at the origin; empty while its size is not known
        self._slope = 0.0  # of the row: how far it falls for every pixel to the right
        self._colour = LIGHT.accent
        session.current_changed.connect(self._forget)
        images.opened.connect(self._ask)
        images.resized.connect(self._ask)
        images.arrived.connect(self._on_arrived)

    def show_place(self, place: PageBox, is_doubtful: bool) -> None:
        """Show what stands in the box."""
        self._place, self._colour = place, LIGHT.doubt if is_doubtful else LIGHT.accent
        self._ask()

    def _forget(self) -> None:
        """Show nothing of another report's page: which cell is shown follows the figures."""
        self._place, self._page = None, QRectF()
        self.update()

    def stand_at(self, middle: int) -> None:
        """Have the middle of the cell stand at a place, from the left."""
        if middle != self._middle:
            self._middle = middle
            self.update()

    def turn(self, turns: Turns) -> None:
        """Show pages turned so."""
        self._turns = turns
        self._ask()

    def _ask(self) -> None:
        """Ask for the page in the size it is cut from."""
        place, report, sizes = self._place, self._session.report, self._images.sizes
        self._page = QRectF()
        if place is not None and report is not None and 1 <= place.page <= len(sizes):
            quarters = self._turns.of(place.page)
            across, down = turned(sizes[place.page - 1], quarters)
            shape = QRectF(0, 0, 1, down / across)
            others = (cell.place for cell in report.cells.values())
            boxes = [other.box for other in others if isinstance(other, PageBox) and other.page == place.page]
            heights = sorted(on_page(shape, box, quarters).height() for box in boxes or [place.box])
            usual = heights[len(heights) // 2]
            width = min(max(round(_CELL / max(usual, 1e-4)), _NARROWEST), _WIDEST)
            own = on_page(shape, place.box, quarters).height()
            width = min(width, max(round((self.height() - 2 * _ROUND) / max(own, 1e-4)), _LEAST))  # the frame, too
            self._page = QRectF(0, 0, width, width * shape.height())
            self._slope = slope_of([on_page(self._page, box, quarters) for box in self._row(place.page)])
            self._images.want(self._purpose, [self._wanted(place)])
        self.update()

    def _row(self, page: int) -> list[Box]:
        """Return the boxes of the current cell's row on a page."""
        report, key = self._session.report, self._session.key
        if report is None or key is None:
            return []
        row = [cell.place for other, cell in report.cells.items() if (other.table, other.row) == (key.table, key.row)]
        return [place.box for place in row if isinstance(place, PageBox) and place.page == page]

    def _wanted(self, place: PageBox) -> Wanted:
        return Wanted(place.page, self._turns.of(place.page), round(self._page.width() * self.devicePixelRatioF()))

    def _on_arrived(self, page: int) -> None:
        if self._place is not None and page == self._place.page:
            self.update()

    def _standing(self, place: PageBox) -> QRectF:
        """Return where the page stands so that the cell is in its place, without empty space beside the page.

        What stands right beside the cell is seen, too: where a figure ends must not be a guess.
        """
        box, middle = on_page(self._page, place.box, self._turns.of(place.page)), self.rect().center()
        cell = box.center()
        left = (middle.x() if self._middle is None else self._middle) - cell.x()
        if box.width() + 2 * _BESIDE <= self.width():
            left = min(max(left, _BESIDE - box.left()), self.width() - _BESIDE - box.right())
        least = self.width() - self._page.width()
        if least < 0:
            left = min(max(left, least), 0)
        return self._page.translated(left, middle.y() - cell.y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, place = theme_of(self.palette()), self._place
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.window))
            if place is not None and not self._page.isEmpty():
                page = self._standing(place)
                painter.fillRect(page, Qt.GlobalColor.white)
                image = self._images.image(self._wanted(place))
                if image is not None:
                    paint_page(painter, page, image)
                cell = on_page(page, place.box, self._turns.of(place.page))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(255, 255, 255, 150))  # a veil over the rows above and below
                for edge, end in ((cell.top() - 2, page.top()), (cell.bottom() + 2, page.bottom())):
                    left, right = (edge + self._slope * (x - cell.center().x()) for x in (page.left(), page.right()))
                    corners = ((page.left(), end), (page.right(), end), (page.right(), right), (page.left(), left))
                    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
                outline(painter, cell, self._colour)
            if self._purpose != "lens":  # that one has a frame
                painter.setPen(QColor(theme.line))
                painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def slope_of(row: Sequence[QRectF]) -> float:
    """Return how far the cells of a row fall for every pixel to the right; 0 where the row does not go that way."""
    if len(row) < _FEWEST:
        return 0.0
    x, y = (fmean(place(cell.center()) for cell in row) for place in (QPointF.x, QPointF.y))
    width = sum((cell.center().x() - x) ** 2 for cell in row)
    fall = sum((cell.center().x() - x) * (cell.center().y() - y) for cell in row)
    return fall / width if abs(fall) < _STEEPEST * width else 0.0
