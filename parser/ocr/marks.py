"""Strokes that stand for "nothing to report", told by their shape: a recogniser of digits takes a slash for a 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.engine import Grey

Counts = npt.NDArray[np.int_]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_INK = 190  # of 255: darker is ink, also of strokes that are thinner than the rest
_SPECK = 6  # pixels; smaller ink is none
_TAKEN_FOR_MARKS = frozenset(["", "1", "/", "-", "—", "一", "_", "-/", "/-"])  # what recognition makes of marks
_POINTS = ".,"  # … and of specks beside them
_UNLIKELY = frozenset("07")  # … and of a blurred hyphen, or of a slash with a speck before its upper end
_STRAIGHT = 0.17  # times as broad as long is the most a slash measures, by its moments; ticks begin at 0.2
_BLURRED = 0.21  # … unless it is blurred; then it must slant more than a 1 in italics
_SLANT, _STEEP = 0.2, 0.27  # pixels to the side for each pixel down from which a stroke slants, and a blurred one does
_LEANING = 0.12  # … and from which it may be no upright 1
_NARROW, _LEANING_LAST = 0.6, 0.2  # of a digit's height is as wide as its last stroke; so it leans if it is no 1
_DARK = 165  # of 255: darker is ink of a digit, not its blurred edge
_HALF_WAY, _STUB = (0.3, 0.8), 0.3  # of a figure's height, where a hyphen stands; of a digit's is the least it measures
_HIGH = 0.7  # of a digit's height is the least a digit measures
_TICK = 0.4  # … and from which it is a tick if it is not straight
_HOOK = 0.25, 0.72  # of a tick's height is down to the end of its hook
_VERTEX = 0.7  # … and of its width at most to its lowest place
_HOOKED = 0.4  # times as broad as long is the most a tick measures
_SPACED = 0.2  # of a digit's height: digits stand closer to each other than ticks to them, as a rule
_DIGITS = 9  # of a figure and a tick at most
_WIDE, _TALL = 0.6, 1.1  # times a digit's height: no piece of a figure is so wide and so high
_EDGE = 5  # pixels: so far about a piece of ink its blurred edge reaches, both sides together
_FLAT = 0.72  # times as high as wide is the most a dash measures, by its moments; blurred hyphens have 0.6, points 0.8
_THIN = 0.35  # of a digit's height is the most a dash measures
_SHORT = 0.24  # … and the least, along it
_LONG = 0.9  # of a digit's height from which a dash is a long one
_LONGEST = 4.0  # … and up to which it is a dash: what is longer is left of a line
_BESIDE = 0.5  # of a digit's height from which other ink is a figure, beside which somebody drew the stroke
_DUST = 0.35  # … up to which it is not a stroke of a figure either


@dataclass(frozen=True, slots=True)
class _Stroke:
    """The largest piece of ink and the size of the next, in pixels; ``slant`` is to the right for each pixel up."""

    height: int
    width: int
    slant: float
    breadth: float  # as a share of its length
    beside: int


def is_taken_for_mark(figure: str) -> bool:
    """Whether recognition makes ``figure`` of marks, with specks beside them or not, and of hardly anything else."""
    return not figure or (figure.strip(_POINTS) or "-") in _TAKEN_FOR_MARKS


def mark_of(crop: Grey, digit: float, figure: str) -> str | None:
    """Return the mark ("/", "-", "—") that the line of text recognised as ``figure`` is, None if it is none."""
    is_expected = is_taken_for_mark(figure)
    stroke = _largest(crop) if is_expected or figure in _UNLIKELY else None
    if stroke is None or stroke.beside >= (_BESIDE if is_expected else _DUST) * digit:
        return None
    is_flat = stroke.width > max(stroke.height, _SHORT * digit) and stroke.breadth <= _FLAT
    if stroke.height <= _THIN * digit and is_flat:
        if stroke.width > _LONGEST * digit:
            return None
        return "—" if stroke.width >= _LONG * digit else "-"
    return "/" if _is_slash(stroke, digit) else None


def without_tick(crop: Grey, digit: float) -> Grey | None:
    """Return the line without the tick that somebody put beside a figure or a slash; None where there is none."""
    pieces = _pieces(crop)
    if pieces is None:
        return None
    high = [n for n in pieces.order if pieces.stats[n, cv2.CC_STAT_HEIGHT] >= digit / 2]
    if not 1 < len(high) <= _DIGITS:
        return None
    ticks = [n for n in high if _has_hook(pieces.mask(n)) and _is_tick_beside(_stroke(crop, pieces, n), digit)]
    if len(ticks) != 1:
        return None
    digits = [n for n in high if n not in ticks and not _is_slash(_stroke(crop, pieces, n), digit)]
    if any(pieces.is_of_word(n, digit) or pieces.gap(ticks[0], n) < _SPACED * digit for n in digits):
        return None  # a word, or a digit so close that another may be a part of the tick
    around = cv2.dilate((pieces.labels == ticks[0]).astype(np.uint8), np.ones((_EDGE, _EDGE), np.uint8)) > 0
    rest = crop.copy()
    rest[around & np.isin(pieces.labels, [0, ticks[0]])] = 255
    return rest


def _is_tick_beside(stroke: _Stroke, digit: float) -> bool:
    """Whether a stroke may be a tick that touches nothing else, and no stroke of a character."""
    return _is_hooked(stroke, digit) and stroke.height >= _HIGH * digit and stroke.breadth <= _HOOKED


def _has_hook(piece: Bools) -> bool:
    """Whether a piece of ink rises to the right from its lowest place, and less to the left."""
    height, width = piece.shape
    part = -(-height // 4), -(-width // 5)
    top, bottom = (np.flatnonzero(rows.any(axis=0)) for rows in (piece[: part[0]], piece[-part[0] :]))
    hook = np.flatnonzero(piece[:, : part[1]].any(axis=1))
    low, high = _HOOK
    return bool(top[0] >= width / 2 and bottom[-1] < _VERTEX * width and low * height <= hook[0] <= high * height)


def _is_slash(stroke: _Stroke, digit: float) -> bool:
    is_sharp = stroke.slant >= _SLANT and stroke.breadth <= _STRAIGHT
    is_blurred = _STEEP <= stroke.slant < _TICK and stroke.breadth <= _BLURRED
    return stroke.height >= digit / 2 and (is_sharp or is_blurred)


def _is_hooked(stroke: _Stroke, digit: float) -> bool:
    return stroke.height >= digit / 2 and stroke.slant >= _TICK and stroke.breadth > _STRAIGHT


def is_bare_stroke(crop: Grey, digit: float) -> bool:
    """Whether a straight stroke alone leans to the right, if less than a slash told by its shape; a 1 has a flag."""
    stroke = _largest(crop)
    if stroke is None or stroke.beside >= _DUST * digit or stroke.height < digit / 2:
        return False
    return stroke.slant >= _LEANING and stroke.breadth <= _BLURRED


def slants(crop: Grey, digit: float) -> list[float]:
    """Return by how many pixels to the right for each pixel up the digits of a line lean."""
    pieces = _pieces(crop)
    high = [n for n in pieces.order if pieces.stats[n, cv2.CC_STAT_HEIGHT] >= _HIGH * digit] if pieces else []
    return [_stroke(crop, pieces, n).slant for n in high] if pieces else []


def begins_flat(crop: Grey, digit: float) -> bool:
    """Whether a figure begins with low ink half way up, as a hyphen is that has run into its first digit.

    The left end of a 4 is as low, and shorter.
    """
    dark = crop < _DARK
    columns, rows = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
    if not len(columns):
        return False
    top, height = rows[0], rows[-1] - rows[0] + 1
    for x in range(columns[0], columns[-1] + 1):
        inked = np.flatnonzero(dark[:, x])
        if not len(inked):
            continue
        middle = ((inked[0] + inked[-1]) / 2 - top) / height
        if inked[-1] - inked[0] >= _THIN * digit or not _HALF_WAY[0] <= middle <= _HALF_WAY[1]:
            return bool(x - columns[0] >= _STUB * digit)
    return False


def is_leaning(crop: Grey, figure: str) -> bool:
    """Whether what was recognised as a 1 slants like a slash, or a little less."""
    stroke = _largest(crop) if figure == "1" else None
    return stroke is not None and stroke.slant >= _LEANING


def ends_leaning(crop: Grey, digit: float, figure: str) -> bool:
    """Whether what was recognised as the last digit of a figure, a 1, leans like the longer stroke of a tick."""
    if len(figure) < 2 or not figure.endswith("1"):
        return False
    dark = crop < _INK
    inked = np.flatnonzero(dark.any(axis=0))
    if not len(inked):
        return False
    last = dark[:, max(0, inked[-1] + 1 - round(_NARROW * digit)) : inked[-1] + 1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(last.astype(np.uint8), connectivity=8)
    rightmost = 1 + int((stats[1:, cv2.CC_STAT_LEFT] + stats[1:, cv2.CC_STAT_WIDTH]).argmax())
    rows, columns = np.nonzero(labels == rightmost)
    if stats[rightmost, cv2.CC_STAT_HEIGHT] < digit / 2:
        return False
    spread = np.cov(np.stack([columns, rows]), ddof=0)
    return bool(spread[1, 1] and -spread[0, 1] / spread[1, 1] >= _LEANING_LAST)


def is_tick(crop: Grey, digit: float, figure: str) -> bool:
    """Whether the line recognised as ``figure`` is nothing but a tick, a slanting stroke with a hook."""
    stroke = _largest(crop) if is_taken_for_mark(figure) else None
    if stroke is None or stroke.beside >= _BESIDE * digit:
        return False
    return _is_hooked(stroke, digit)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of ink by their numbers in ``labels``, the largest first, without specks."""

    labels: Counts
    stats: Counts
    order: tuple[int, ...]

    def mask(self, number: int) -> Bools:
        """Return which pixels of the piece's box are inked by it."""
        left, top, width, height = (int(v) for v in self.stats[number, : cv2.CC_STAT_AREA])
        return np.asarray(self.labels[top : top + height, left : left + width] == number)

    def gap(self, one: int, other: int) -> int:
        """Return how many pixels are between the boxes of two pieces, across; less than 0 if they overlap."""
        (left, width), (next_, wide) = (self.stats[n, [cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH]] for n in (one, other))
        return int(max(left, next_) - min(left + width, next_ + wide))

    def is_of_word(self, number: int, digit: float) -> bool:
        """Whether a piece is larger than a digit both ways."""
        width, height = (int(self.stats[number, side]) for side in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
        return width > _WIDE * digit and height > _TALL * digit

    def size(self, number: int) -> int:
        """Return the longer side of a piece, in pixels."""
        return int(max(self.stats[number, cv2.CC_STAT_WIDTH], self.stats[number, cv2.CC_STAT_HEIGHT]))


def _pieces(crop: Grey) -> _Pieces | None:
    """Return the ink of a line; None if there are but specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((crop < _INK).astype(np.uint8), connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    order = tuple(1 + int(n) for n in np.argsort(-areas, kind="stable") if areas[n] >= _SPECK)
    return _Pieces(np.asarray(labels), np.asarray(stats), order) if order else None


def _largest(crop: Grey) -> _Stroke | None:
    """Return the largest piece of ink; None for a mere speck."""
    pieces = _pieces(crop)
    return None if pieces is None else _stroke(crop, pieces, pieces.order[0])


def _stroke(crop: Grey, pieces: _Pieces, number: int) -> _Stroke:
    rows, columns = np.nonzero(pieces.labels == number)
    across, down, both = _moments(columns, rows, 255 - crop[rows, columns].astype(np.float64))
    middle, half = (across + down) / 2, hypot((across - down) / 2, both)  # variances along the stroke and across it
    return _Stroke(
        height=int(pieces.stats[number, cv2.CC_STAT_HEIGHT]),
        width=int(pieces.stats[number, cv2.CC_STAT_WIDTH]),
        slant=-both / down if down else 0.0,
        breadth=sqrt(max(middle - half, 0.0) / (middle + half)) if middle + half else 1.0,
        beside=max((pieces.size(n) for n in pieces.order if n != number), default=0),
    )


def _moments(x: Counts, y: Counts, ink: Floats) -> tuple[float, float, float]:
    """Return the variances of x and of y, and their covariance, of pixels with so much ink."""
    total = ink.sum()
    dx, dy = x - (ink @ x) / total, y - (ink @ y) / total
    return float((ink * dx) @ dx / total), float((ink * dy) @ dy / total), float((ink * dx) @ dy / total)
