"""The objects drawn on a PDF page become its border lines, its pictures, and the text that nobody sees.

Everything is in points of the page as shown, origin top left, whatever the file's own coordinates are.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdf

from parser.layout.ruled_grid import Segment

Rect = tuple[float, float, float, float]  # left, top, right, bottom

_THIN = 3.0  # a filled shape no thicker than this, in points, is a line
_SHORT = 0.5  # what is smaller both ways is a dot
_DEEPEST = 8  # forms within forms
_MOST_OBJECTS = 200_000
_MOST_STEPS = 20_000  # a path of more steps is a drawing
_WHITE = 250  # of 255, from which a colour cannot be told from the paper
_INVISIBLE = (3, 7)  # text render modes: drawn neither in outline nor filled


class Frame(NamedTuple):
    """Maps a page's own coordinates to points of the page as shown: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point is shown."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """Return the box around two opposite corners."""
        left, top = self.point(x0, y0)
        right, bottom = self.point(x1, y1)
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)

    def after(self, inner: Frame) -> Frame:
        """Return the frame of what is drawn through ``inner`` first."""
        return Frame(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            *self.point(inner.e, inner.f),
        )


@dataclass
class PageObjects:
    """What is drawn on a page, in the order of drawing where it matters."""

    segments: list[Segment] = field(default_factory=list)
    pictures: list[tuple[int, Rect]] = field(default_factory=list)  # when drawn, where
    unseen: set[int] = field(default_factory=set)  # addresses of the text objects that nobody sees
    texts: list[int] = field(default_factory=list)  # when each text object was drawn
    curves: int = 0  # pieces of drawings, which may be letters
    is_turned: bool = False  # some text does not run from left to right on the page as shown
    is_whole: bool = True  # there is no more on the page


def page_frame(page: Any) -> tuple[Frame, float, float]:
    """Return the frame of a loaded page, and its width and height as shown, in points."""
    box = pdf.FS_RECTF()
    pdf.FPDF_GetPageBoundingBox(page, box)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    wide, high = right - left, top - bottom
    turn = pdf.FPDFPage_GetRotation(page)
    if turn == 1:
        return Frame(0, 1, 1, 0, -bottom, -left), high, wide
    if turn == 2:
        return Frame(-1, 0, 0, 1, right, -bottom), wide, high
    if turn == 3:
        return Frame(0, -1, -1, 0, top, right), high, wide
    return Frame(1, 0, 0, -1, -left, top), wide, high


def read_objects(page: Any, frame: Frame) -> PageObjects:
    """Return the lines, pictures and hidden texts of a loaded page."""
    return _Walk().read(page, frame)


@dataclass
class _Walk:
    found: PageObjects = field(default_factory=PageObjects)
    fills: list[tuple[int, Rect]] = field(default_factory=list)  # dark or coloured areas
    white: list[tuple[int, int, Rect]] = field(default_factory=list)  # texts in white: address, when drawn, where
    count: int = 0
    matrix: Any = field(default_factory=pdf.FS_MATRIX)
    bounds: tuple[Any, ...] = field(default_factory=lambda: tuple(ctypes.c_float() for _ in range(4)))
    colour: tuple[Any, ...] = field(default_factory=lambda: tuple(ctypes.c_uint() for _ in range(4)))
    modes: tuple[Any, Any] = field(default_factory=lambda: (ctypes.c_int(), ctypes.c_int()))
    x: Any = field(default_factory=ctypes.c_float)
    y: Any = field(default_factory=ctypes.c_float)

    def read(self, page: Any, frame: Frame) -> PageObjects:
        objects = (pdf.FPDFPage_GetObject(page, n) for n in range(pdf.FPDFPage_CountObjects(page)))
        self._walk(objects, frame, 0)
        grounds = self.fills + self.found.pictures
        for address, when, box in self.white:
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            if not any(drawn < when and _holds(ground, *middle) for drawn, ground in grounds):
                self.found.unseen.add(address)
        return self.found

    def _walk(self, objects: Iterator[Any], frame: Frame, depth: int) -> None:
        for item in objects:
            self.count += 1
            if self.count > _MOST_OBJECTS:
                self.found.is_whole = False
                return
            kind = pdf.FPDFPageObj_GetType(item)
            if kind == pdf.FPDF_PAGEOBJ_TEXT:
                self._text(item, frame)
            elif kind == pdf.FPDF_PAGEOBJ_PATH:
                self._path(item, frame)
            elif kind == pdf.FPDF_PAGEOBJ_IMAGE:
                self._picture(item, frame)
            elif kind == pdf.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = (pdf.FPDFFormObj_GetObject(item, n) for n in range(pdf.FPDFFormObj_CountObjects(item)))
                self._walk(inner, frame.after(self._matrix(item)), depth + 1)

    def _text(self, item: Any, frame: Frame) -> None:
        self.found.texts.append(self.count)
        full = frame.after(self._matrix(item))
        if full.a <= 0 or abs(full.b) > 0.01 * full.a:
            self.found.is_turned = True
        if pdf.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
            self.found.unseen.add(address_of(item))
        elif pdf.FPDFPageObj_GetFillColor(item, *self.colour):
            red, green, blue, alpha = (channel.value for channel in self.colour)
            if alpha == 0:
                self.found.unseen.add(address_of(item))
            elif min(red, green, blue) >= _WHITE and pdf.FPDFTextObj_GetTextRenderMode(item) == 0:
                self.white.append((address_of(item), self.count, self._bounds(item, frame)))

    def _picture(self, item: Any, frame: Frame) -> None:
        box = self._bounds(item, frame)
        if not self._thin(box):
            self.found.pictures.append((self.count, box))

    def _path(self, item: Any, frame: Frame) -> None:
        """Take the path's lines: strokes, thin fillings, and fillings between two borders a line apart."""
        fill, stroke = self.modes
        if not pdf.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
            return
        box = self._bounds(item, frame)
        steps = pdf.FPDFPath_CountSegments(item)
        if steps > _MOST_STEPS:
            self.found.curves += steps
            return
        if not stroke.value and self._thin(box):
            return
        if fill.value:
            self._ground(item, box)
        parts = list(self._parts(item, frame.after(self._matrix(item))))
        if stroke.value:
            for part in parts:
                self.found.segments += (Segment(*p, *q) for p, q in pairwise(part))
        elif len(parts) > 1 or len(parts[0]) > 5:
            for part in parts:
                xs, ys = [x for x, _ in part], [y for _, y in part]
                outline = (min(xs), min(ys), max(xs), max(ys))
                if not self._thin(outline):
                    self._outline(part, outline, box)

    def _ground(self, item: Any, box: Rect) -> None:
        """Take the shape as the ground on which white text can be seen, if it is not white itself."""
        if pdf.FPDFPageObj_GetFillColor(item, *self.colour):
            red, green, blue, alpha = (channel.value for channel in self.colour)
            if alpha and min(red, green, blue) < _WHITE:
                self.fills.append((self.count, box))

    def _outline(self, part: list[tuple[float, float]], outline: Rect, box: Rect) -> None:
        """Take the sides of a filled shape inside another, a line's width within it: the space between is a line."""
        margins = [abs(a - b) for a, b in zip(outline, box, strict=True)]
        if len(part) == 5 and 0 < max(margins) <= _THIN:
            self.found.segments += (Segment(*p, *q) for p, q in pairwise(part))

    def _thin(self, box: Rect) -> bool:
        """Take the shape for a line if it is thin; return whether it was."""
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) > _THIN:
            return False
        across, down = (box[1] + box[3]) / 2, (box[0] + box[2]) / 2
        if wide > max(high, _SHORT):
            self.found.segments.append(Segment(box[0], across, box[2], across))
        elif high > max(wide, _SHORT):
            self.found.segments.append(Segment(down, box[1], down, box[3]))
        return True

    def _parts(self, item: Any, frame: Frame) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of the path's parts; curves are skipped, closed parts return to their beginning."""
        part: list[tuple[float, float]] = []
        for n in range(pdf.FPDFPath_CountSegments(item)):
            step = pdf.FPDFPath_GetPathSegment(item, n)
            if not pdf.FPDFPathSegment_GetPoint(step, self.x, self.y):
                continue
            kind = pdf.FPDFPathSegment_GetType(step)
            self.found.curves += kind == pdf.FPDF_SEGMENT_BEZIERTO
            if kind != pdf.FPDF_SEGMENT_LINETO and part:
                yield part
                part = []
            part.append(frame.point(self.x.value, self.y.value))
            if pdf.FPDFPathSegment_GetClose(step) and part[-1] != part[0]:
                part.append(part[0])
        if part:
            yield part

    def _matrix(self, item: Any) -> Frame:
        if not pdf.FPDFPageObj_GetMatrix(item, self.matrix):
            return Frame(1, 0, 0, 1, 0, 0)
        m = self.matrix
        return Frame(m.a, m.b, m.c, m.d, m.e, m.f)

    def _bounds(self, item: Any, frame: Frame) -> Rect:
        if not pdf.FPDFPageObj_GetBounds(item, *self.bounds):
            return 0.0, 0.0, 0.0, 0.0
        return frame.rect(*(bound.value for bound in self.bounds))


def address_of(item: Any) -> int:
    """Return what tells one object of a page from the others."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _holds(box: Rect, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
