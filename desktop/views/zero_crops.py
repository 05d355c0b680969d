"""What stands in many cells of a page, each cut out of the page's image around its ink; cut in the background."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QImage

from desktop.page_book import Wanted, turned
from desktop.page_images import PageImages
from desktop.tasks import TaskRunner
from desktop.upright import Turns
from desktop.views.page_layout import on_page
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Boxes = Mapping[CellKey, QRect]
ROOM = QSize(70, 38)  # for what is cut out of a cell, in logical pixels
_FINE = 2.0  # pixels to a logical one, at least: tiles are larger where there is room
_CELL = 34  # height of a usual cell as it is cut
_WIDEST, _NARROWEST = 2400, 600  # of the page the crops are cut from, in pixels
_FRAME = 0.08  # of a cell's height: ruled lines stand there
_INK = 18  # darker than the paper right beside it by so much, of 255
_STROKE = 0.4  # of a cell's height is broader than any stroke
_TINGE, _MOSTLY = 48, 0.5  # of 255: ink that is mostly of so much colour is a seal's
_SPECK = 6  # pixels; smaller ink is dirt
_WHOLE, _LINE = 0.85, 12  # of a cell's height or width measures a fold or a ruled line, or so many times its thickness
_ASIDE = 0.7  # so much less counts what stands at the side of a cell than the same in its middle
_FLAT, _PALE = 3, 0.25  # so many times as wide as it is high is a stroke, or a piece of a line, which counts so much
MOST_BYTES = 24 * 2**20  # for the crops of one report


class ZeroCrops(QObject):
    """The crops of one report, at most ``MOST_BYTES`` of them; lives on the GUI thread."""

    arrived = Signal()  # there are crops that were not there before

    def __init__(self, images: PageImages, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images, self._tasks = images, tasks
        self._crops: dict[CellKey, QImage] = {}
        self._cells: dict[CellKey, PageBox] = {}
        self._wanted: dict[int, Wanted] = {}
        self._waiting: set[int] = set()
        self._is_busy = False
        self._path: Path | None = None
        self._turns, self._ratio, self._dots = Turns(), 1.0, 1.0  # pixels cut, and of the screen, to a logical one
        self._fineness: dict[int, float] = {}
        self._turn = 0  # counts the reports and sizes: answers about an earlier one are late
        self.bytes = 0
        images.opened.connect(self._ask)
        images.resized.connect(self._ask)
        images.arrived.connect(self._on_arrived)

    def show(self, cells: Mapping[CellKey, Cell], turns: Turns, ratio: float) -> None:
        """Cut these cells, the pages turned so, for a screen of ``ratio`` pixels to a logical one, or finer."""
        self.clear()
        self._cells = {key: cell.place for key, cell in cells.items() if isinstance(cell.place, PageBox)}
        self._path, self._turns, self._ratio = self._images.path, turns, max(_FINE, ratio)
        self._dots = ratio
        self._ask()

    def clear(self) -> None:
        """Let go of everything."""
        self._crops, self._cells, self._wanted, self._waiting, self.bytes = {}, {}, {}, set(), 0
        self._turn += 1
        self._images.want("zero", [])

    def crop(self, key: CellKey) -> QImage | None:
        """Return what was cut, None while it is not there."""
        return self._crops.get(key)

    def fineness(self, key: CellKey) -> float:
        """Return how many times as large as its tile wants it what was cut is."""
        return self._fineness[self._cells[key].page]

    def _ask(self) -> None:
        """Find out in which size the pages are cut."""
        sizes = self._images.sizes if self._images.path == self._path else []
        for page in sorted({place.page for place in self._cells.values()} - set(self._wanted)):
            if 1 <= page <= len(sizes):
                quarters = self._turns.of(page)
                across, down = turned(sizes[page - 1], quarters)
                shape = QRectF(0, 0, 1, down / across)
                boxes = [place.box for place in self._cells.values() if place.page == page]
                heights = sorted(on_page(shape, box, quarters).height() for box in boxes)
                usual = heights[len(heights) // 2]
                full = _CELL / max(usual, 1e-4)  # logical pixels of a page whose cells fill their tiles
                width = min(max(round(full * self._ratio), _NARROWEST), _WIDEST)
                self._wanted[page], self._fineness[page] = Wanted(page, quarters, width), width / full / self._dots
                self._waiting.add(page)
        if self._cells:
            self._cut_next()

    def _on_arrived(self, page: int) -> None:
        if self._images.damage(page):
            self._waiting.discard(page)
        self._cut_next()

    def _cut_next(self) -> None:
        """Ask for one page after the other, and cut each once it is there as sharp as it is wanted."""
        page = min(self._waiting, default=None)
        if self._is_busy or page is None or self._images.path != self._path:
            return
        if not self._images.is_sharp(self._wanted[page]):
            self._images.want("zero", [self._wanted[page]])
            return
        image = self._images.image(self._wanted[page])
        assert image is not None
        self._images.want("zero", [])
        self._waiting.discard(page)
        self._is_busy = True
        whole = QRectF(image.rect())
        cells = ((key, place) for key, place in self._cells.items() if place.page == page)
        boxes = {key: on_page(whole, place.box, self._turns.of(page)).toAlignedRect() for key, place in cells}
        work = partial(cut, image, boxes, ROOM * self._ratio)
        self._tasks.submit(work, partial(self._on_cut, self._turn), lambda _why: self._on_cut(self._turn, {}))

    def _on_cut(self, turn: int, crops: Mapping[CellKey, QImage]) -> None:
        self._is_busy = False
        if turn == self._turn:
            for key, crop in crops.items():
                if self.bytes + crop.sizeInBytes() <= MOST_BYTES:
                    self._crops[key] = crop
                    self.bytes += crop.sizeInBytes()
            self.arrived.emit()
        self._cut_next()


def cut(image: QImage, boxes: Boxes, room: QSize) -> dict[CellKey, QImage]:
    """Return each box of the page cut out, of a larger one no more than its ink and ``room``. Called in a worker."""
    return {key: image.copy(piece) for key, piece in pieces(image, boxes, room).items()}


def pieces(image: QImage, boxes: Boxes, room: QSize) -> dict[CellKey, QRect]:
    """Return the piece of each box to cut out; all of a small one, the middle of a large one without ink."""
    import numpy as np

    stride = image.bytesPerLine() // 4
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), stride, 4)[:, : image.width(), :3]
    return {key: _piece(pixels, box.intersected(image.rect()), room) for key, box in boxes.items()}


def _piece(pixels: NDArray[np.uint8], box: QRect, room: QSize) -> QRect:
    if box.width() <= room.width() and box.height() <= room.height():
        return box
    ink = _ink(pixels, box)
    paper = QSize(2 * ink.height(), room.height() // 3)  # a character beside it, so that it can be seen where it ends
    size = room.expandedTo(ink.size() + paper).boundedTo(box.size())
    piece = QRect(QPoint(0, 0), size)
    piece.moveCenter(ink.center())
    piece.moveLeft(min(max(piece.left(), box.left()), box.right() + 1 - size.width()))
    piece.moveTop(min(max(piece.top(), box.top()), box.bottom() + 1 - size.height()))
    return piece


def _ink(pixels: NDArray[np.uint8], box: QRect) -> QRect:
    """Return where the figure stands in a box, its middle when there is none.

    Of strokes darker than the paper right beside them, however faint, those count that are neither ruled lines, folds
    nor of a seal: of those that end within the box, if any do, as pieces of a leaning line do not, the most inked, the
    nearer to the middle the more, and what stands close beside it.
    """
    import cv2
    import numpy as np

    edge = max(2, round(box.height() * _FRAME))
    inner, middle = box.adjusted(edge, edge, -edge, -edge), QRect(box.center(), QSize(1, 1))
    if inner.isEmpty():
        return middle
    inside = pixels[inner.top() : inner.bottom() + 1, inner.left() : inner.right() + 1]
    grey = inside.max(axis=2)
    height, width = grey.shape
    reach = max(3, round(height * _STROKE)) | 1
    strokes = cv2.morphologyEx(cv2.medianBlur(grey, 3), cv2.MORPH_BLACKHAT, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats((strokes > _INK).astype(np.uint8), connectivity=8)
    inked = np.bincount(labels.ravel(), weights=strokes.ravel(), minlength=count)
    tinged = np.bincount(labels[grey - inside.min(axis=2) > _TINGE], minlength=count)
    found = [
        (float(inked[n]), QRect(*(int(v) for v in stats[n, :4])))
        for n in range(1, count)
        if stats[n, cv2.CC_STAT_AREA] >= _SPECK
        and tinged[n] <= _MOSTLY * stats[n, cv2.CC_STAT_AREA]
        and stats[n, cv2.CC_STAT_HEIGHT] < _WHOLE * height
        and stats[n, cv2.CC_STAT_WIDTH] < min(_WHOLE * width, _LINE * stats[n, cv2.CC_STAT_HEIGHT])
    ]
    if not found:
        return middle
    whole = QRect(0, 0, width, height)
    ending = [each for each in found if whole.adjusted(1, 1, -1, -1).contains(each[1])] or found

    def weight(each: tuple[float, QRect]) -> float:
        inked, piece = each
        offset = piece.center().x() - whole.center().x()
        shape = _PALE if piece.width() > _FLAT * piece.height() else 1.0
        return float(inked * (1 - _ASIDE * abs(offset) / max(width / 2, 1)) * shape)

    ink = max(ending, key=weight)[1]
    for _, piece in sorted(found, key=lambda piece: abs(piece[1].center().x() - ink.center().x())):
        beside = 3 * ink.height() // 2
        if ink.adjusted(-beside, -beside // 2, beside, beside // 2).intersects(piece):
            ink = ink.united(piece)
    return ink.translated(inner.topLeft())
