"""A file made of pages, open in workers: what is wanted of it becomes images that are painted fast."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.backend import Backend
from parser.errors import PasswordNeeded, ReportError

if TYPE_CHECKING:
    from parser.readers.pages import Pages, Pixels

Size = tuple[float, float]  # of an upright page, in inches
THUMBNAIL = 192  # pixels across; every page drawn leaves one
_BAND = 500_000  # pixels of a page brought into Qt's format at a time
_A4 = (8.27, 11.69)
_PATIENCE = 0.2  # s to look up the sizes of pages; a TIFF must be unpacked for each


class Wanted(NamedTuple):
    """An image to draw: a page (from 1) turned clockwise by quarters, so many pixels across as shown."""

    page: int
    quarters: int
    width: int


class Drawn(NamedTuple):
    """An image, a small one of the same unless it is that itself, and the true size of the page."""

    image: QImage
    small: QImage | None
    size: Size


def turned(size: tuple[float, float], quarters: int) -> tuple[float, float]:
    """Return width and height of what is ``size`` upright."""
    return (size[1], size[0]) if quarters % 2 else size


class PageBook:
    """Opens the file when first asked; every method may be called from any worker, and waits for the others."""

    def __init__(self, path: Path, backend: Backend, password: str | None = None) -> None:
        self._path, self._backend = path, backend
        self.password, self.is_locked = password, False  # whether it opens only with another one
        self._lock, self._is_closed = Lock(), False
        self._pages: Pages | None = None
        self._sizes: dict[int, Size] = {}

    def open(self) -> list[Size]:
        """Return the sizes of the pages; those that take too long to find out are taken for that of the first.

        No pages once the book is closed. Raises ReportError when there is nothing to show.
        """
        with self._lock:
            pages = self._opened()
            if pages is None:
                return []
            until = time.monotonic() + _PATIENCE
            for page in range(1, pages.count + 1):
                self._size(pages, page)
                if time.monotonic() > until:
                    break
            return [self._sizes.get(page, self._sizes[1]) for page in range(1, pages.count + 1)]

    def draw(self, wanted: Wanted) -> Drawn | None:
        """Return what is wanted, None once the book is closed; raises ReportError for a damaged page."""
        with self._lock:
            pages = self._opened()
            if pages is None:
                return None
            size = self._size(pages, wanted.page)
            pixels = pages.pixels(wanted.page, wanted.width / max(turned(size, wanted.quarters)[0], 1e-6))
        image, small = _images(pixels, wanted.quarters % 4)
        return Drawn(image, small, size)

    def close(self) -> None:
        """Let go of the file for good."""
        with self._lock:
            self._is_closed = True
            if self._pages is not None:
                self._pages.close()
                self._pages = None

    def _opened(self) -> Pages | None:
        if self._pages is None and not self._is_closed:
            try:
                self._pages = self._backend.open_pages(self._path, self.password)
            except PasswordNeeded:
                self.is_locked = True
                raise
        return self._pages

    def _size(self, pages: Pages, page: int) -> Size:
        if page not in self._sizes:
            try:
                self._sizes[page] = pages.size(page)
            except ReportError:  # said again, and then shown, once the page is to be drawn
                self._sizes[page] = _A4
        return self._sizes[page]


def _images(pixels: Pixels, quarters: int) -> tuple[QImage, QImage | None]:
    """Return the image turned clockwise and a small one of it, as Qt paints them fastest.

    Done in bands: Qt would hold the interpreter, and with it the window, for 50 ms on a large page.
    """
    import numpy as np

    pixels = np.ascontiguousarray(np.rot90(pixels, -quarters))
    height, width = pixels.shape[:2]
    painted = np.empty((height, width, 4), np.uint8)
    rows = max(1, _BAND // width)
    for top in range(0, height, rows):
        band = pixels[top : top + rows]
        wrapped = QImage(band.data, width, len(band), band.strides[0], QImage.Format.Format_RGB888)
        converted = wrapped.convertToFormat(QImage.Format.Format_RGB32)  # must outlive its bits
        painted[top : top + rows] = np.frombuffer(converted.constBits(), np.uint8).reshape(len(band), width, 4)
    if width <= THUMBNAIL:
        return _wrapped(painted), None
    step = max(1, width // (4 * THUMBNAIL))
    coarse = _wrapped(np.ascontiguousarray(painted[::step, ::step]))
    return _wrapped(painted), coarse.scaledToWidth(THUMBNAIL, Qt.TransformationMode.SmoothTransformation)


def _wrapped(pixels: Pixels) -> QImage:
    """Return the pixels as an image, which keeps the array."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
