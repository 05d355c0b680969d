"""Page images kept as long as they fit into a bounded amount of memory; the one not seen for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QImage

MOST_BYTES = 192 * 2**20


class PageKey(NamedTuple):
    """A page (from 1) of a file, turned clockwise by so many quarters."""

    path: Path
    page: int
    quarters: int


class ImageCache:
    """Images of pages by their width in pixels."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._images: OrderedDict[tuple[PageKey, int], QImage] = OrderedDict()
        self._widths: dict[PageKey, set[int]] = {}

    def __len__(self) -> int:
        return len(self._images)

    def __iter__(self) -> Iterator[tuple[PageKey, int]]:
        return iter(self._images)

    def put(self, key: PageKey, width: int, image: QImage) -> None:
        """Keep an image, and let go of what no longer fits beside it."""
        self._drop(key, width)
        self._images[key, width] = image
        self._widths.setdefault(key, set()).add(width)
        self.bytes += image.sizeInBytes()
        while self.bytes > self.most_bytes and len(self._images) > 1:
            self._drop(*next(iter(self._images)))

    def get(self, key: PageKey, width: int) -> QImage | None:
        """Return the image of just that width."""
        image = self._images.get((key, width))
        if image is not None:
            self._images.move_to_end((key, width))
        return image

    def best(self, key: PageKey, width: int) -> QImage | None:
        """Return the image of that width, else the next larger, else the largest; None when there is none."""
        widths = self._widths.get(key)
        if not widths:
            return None
        larger = [known for known in widths if known >= width]
        return self.get(key, min(larger) if larger else max(widths))

    def forget(self, path: Path) -> None:
        """Let go of the pages of a file."""
        for key, width in [known for known in self._images if known[0].path == path]:
            self._drop(key, width)

    def clear(self) -> None:
        """Let go of everything."""
        self._images.clear()
        self._widths.clear()
        self.bytes = 0

    def _drop(self, key: PageKey, width: int) -> None:
        image = self._images.pop((key, width), None)
        if image is not None:
            self.bytes -= image.sizeInBytes()
            self._widths[key].discard(width)
            if not self._widths[key]:
                del self._widths[key]
