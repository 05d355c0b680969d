"""A picture of many cells: each is drawn when it is to look otherwise, and only copied from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

Wanted = tuple[int, QRect, object]  # the number of a cell, where it stands in the picture, and what it is drawn from


class CellPicture:
    """Scrolling a table costs no more than a copy, and an edit no more than the cells it changes."""

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._ground: tuple[object, ...] = ()
        self._drawn: dict[int, object] = {}

    def lay_out(self, size: QSize, scale: float, empty: QColor, ground: tuple[object, ...]) -> None:
        """Begin anew, unless all that the cells have in common, ``ground``, is as it was.

        ``scale`` is how many pixels of the screen stand for one of ``size``.
        """
        now = (size, scale, empty, *ground)
        if now != self._ground:
            self._picture = QPixmap(size * scale)
            self._picture.setDevicePixelRatio(scale)
            self._picture.fill(empty)
            self._ground, self._drawn = now, {}

    def renew(self, cells: Iterable[Wanted], paint: Callable[[QPainter, int, QRect, Any], None]) -> None:
        """Draw those of the cells that are to look otherwise than they do.

        A pixel of the screen belongs to one cell, also at scales at which borders fall between two pixels: what one
        cell draws never covers a line of its neighbour.
        """
        stale = [wanted for wanted in cells if self._drawn.get(wanted[0]) != wanted[2]]
        if not stale:
            return
        with QPainter(self._picture) as painter:
            for number, rect, look in stale:
                painter.setClipRect(rect)
                paint(painter, number, rect, look)
                self._drawn[number] = look

    def copy(self, painter: QPainter, at: QPoint) -> None:
        """Copy the picture, its upper left corner to ``at``."""
        painter.drawPixmap(at, self._picture)
