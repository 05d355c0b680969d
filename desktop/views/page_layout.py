"""Where pages stand below each other in the page view, and where something on a page stands once it is turned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from desktop.page_book import Size, turned
from desktop.upright import Turns

Box = tuple[float, float, float, float]  # left, top, right, bottom in fractions of the page
MARGIN = 8  # beside and between the pages


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The pages from the first down, all of one width; edges lie on whole pixels of the screen."""

    pages: tuple[QRectF, ...] = ()
    width_pixels: int = 1  # of a page, on the screen
    width: float = 0
    height: float = 0

    def page_at(self, y: float) -> int:
        """Return the page (from 1) at that height, the nearest above between two pages; 0 without pages."""
        if not self.pages:
            return 0
        return max(1, bisect_right(self.pages, y, key=lambda page: page.top()))

    def between(self, top: float, bottom: float) -> range:
        """Return the pages that can be seen between two heights."""
        return range(self.page_at(top), self.page_at(bottom) + 1) if self.pages else range(0)

    def most_seen(self, top: float, bottom: float) -> int:
        """Return the page of which most can be seen between two heights, the first of several; 0 without pages."""

        def seen(page: int) -> float:
            return min(bottom, self.pages[page - 1].bottom()) - max(top, self.pages[page - 1].top())

        return max(self.between(top, bottom), key=seen, default=0)


def lay_out(sizes: Sequence[Size], turns: Turns, room: int, zoom: float, ratio: float) -> PageLayout:
    """Return the layout in a view ``room`` wide; at zoom 1 a page fills the width. ``ratio``: pixels a unit."""
    width = max(1, round((room - 2 * MARGIN) * zoom * ratio))
    left = max(round(MARGIN * ratio), (round(room * ratio) - width) // 2)
    gap, top, pages = round(MARGIN * ratio), round(MARGIN * ratio), []
    for page, size in enumerate(sizes, 1):
        across, down = turned(size, turns.of(page))
        height = max(1, round(width * down / max(across, 1e-6)))
        pages.append(QRectF(left / ratio, top / ratio, width / ratio, height / ratio))
        top += height + gap
    return PageLayout(tuple(pages), width, max(room, (width + 2 * left) / ratio if width > room else room), top / ratio)


def turned_point(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Return where a point of the upright page stands on the page turned clockwise, both in fractions."""
    return ((x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x))[quarters % 4]


def on_page(page: QRectF, box: Box, quarters: int) -> QRectF:
    """Return the rectangle of a box of the upright page, ``page`` being where the turned page stands."""
    x0, y0 = turned_point(box[0], box[1], quarters)
    x1, y1 = turned_point(box[2], box[3], quarters)
    corners = (QPointF(page.left() + x * page.width(), page.top() + y * page.height()) for x, y in ((x0, y0), (x1, y1)))
    return QRectF(*corners).normalized()
