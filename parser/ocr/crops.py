"""A cell of a flat page becomes crops of its text lines, cleared of what is left of the ruled lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from parser.layout.cell_grid import Box
from parser.ocr.blobs import FAINT, LOW, SPECK, STROKE, TALL, Blob, blobs_of, inside, is_dash, near, touches
from parser.ocr.engine import Grey
from parser.ocr.faint import blackened, faint_beside, faint_strokes, hyphen

_BROKEN = 6  # pieces and more, too small for writing, …
_BROKEN_INK = 0.12  # … of so many squares of a digit's height together, are thin strokes that the printer broke
_CHINESE = 1.3  # a Chinese character is so many digit heights high
_APART = 0.5  # of the reach within which small ink belongs to a figure is enough for ink at the border
_SIGN = 0.4  # of what is dirt elsewhere is enough beside a figure, for a sign or a point
_SQUARE = 1.4  # times as wide as high is the most a character measures
_FIGURE = 10  # pieces of ink at most has a figure
_FAR = 2.0  # times as far as other small ink may stand from a figure what stood out from the dirt by its size
_TRACE = 235  # of 255: paper on which nothing is printed is nowhere darker
_HALF = 0.42  # of a digit's height is the least that raised digits measure, and what is left of a sign
_SOFT = 190  # of 255: ink as dark as this holds the thin strokes of grey digits together
_FLAT, _TOUCH, _SHORT = 0.25, 0.1, 0.2  # of a digit's height a line under a figure measures, reaches up and falls short
_PAD = 0.32  # of a digit's height is left around a line
_CHARACTER = 1.1, 0.6  # of a digit's height: a piece of ink so high and so wide is part of a word
_WORD = 2  # pieces as large as that
_BROKEN_DIGIT = 15  # pixels at 200 dots an inch; where digits seem smaller, parts of broken ones were measured


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a cell: its crop, and its box in pixels of the flat page (left, top, right, bottom)."""

    crop: Grey
    box: tuple[int, int, int, int]
    is_cut: bool  # ink runs into the cell's border
    pieces: int = 1  # of ink that hang together
    reaches: tuple[tuple[int, int], ...] = ()  # top and bottom of those that may be digits
    is_word: bool = False  # some of it is larger than a digit
    is_flush: bool = False  # … and no ink into its upper or lower border: the figures of a column may end at its line
    is_ticked: bool = False  # a tick that stood beside it was taken away


@dataclass(frozen=True, slots=True)
class CellInk:
    """What stands in a cell: its lines, how much ink was taken for dirt, in squares of a digit's height, whether ink as
    large as a digit was taken for a piece of the border, whether in a blank cell dirt lies in the very middle, whether
    a digit is so much fainter than the others that it may be none, whether the only ink is like the hyphens in the
    other cells of the page, whether there is no trace of ink at all, and whether it is only cut in that it ends at the
    line of its column."""

    lines: tuple[Line, ...]
    dirt: float
    is_cut: bool
    is_central: bool = False
    is_uneven: bool = False
    is_hyphen_like: bool = False
    is_bare: bool = False
    is_flush: bool = False


def ink_of(flat: Grey, box: Box, thickness: float, digit: float) -> CellInk:
    """Return the lines of text in the cell between lines of ``thickness``, from top to bottom; none if blank.

    Characters written one below the other come as one line, side by side.
    """
    inner, left, top = inside(flat, box, thickness)
    if inner.size == 0:
        return CellInk((), 0.0, False)
    found, broken = _written(inner, left, top, digit)
    return _written(blackened(inner), left, top, digit)[0] if broken else found


def _written(inner: Grey, left: int, top: int, digit: float) -> tuple[CellInk, bool]:
    """Return the lines in the inside of a cell, which begins at ``left`` and ``top`` on the page.

    And whether thin strokes fell to pieces there, too small to be told from dirt.
    """
    everything = blobs_of(inner)
    border = {b for b in everything if _is_border(b, inner, digit)}
    blobs = [b for b in everything if b not in border]
    is_cut = any(_is_digit_high(b, inner, digit) for b in border)
    dirt = SPECK * digit * digit
    solid = [b for b in blobs if (b.area > 4 * dirt and max(b.width, b.height) > STROKE * digit) or is_dash(b, digit)]
    if not solid:
        broken = _is_broken(blobs, digit)
        faint = [] if broken else faint_strokes(inner, digit) or hyphen(inner, digit)
        if faint:
            return CellInk((line_of(blackened(inner), faint, digit, left, top),), 0.0, is_cut), False
        dirt = sum(b.area for b in blobs) / (digit * digit)
        is_bare = not bool((inner < _TRACE).any())
        return CellInk((), dirt, is_cut, _is_central(blobs, inner, digit), is_bare=is_bare), broken
    inside, is_lost = [b for b in solid if not touches(b, inner)], is_cut
    if inside and len(inside) < len(solid):  # what a pen drew across the border belongs to the cell beside it
        strange = {*solid} - _belonging(solid, inside, digit)
        solid, is_cut, is_lost = [b for b in solid if b not in strange], True, is_lost or bool(strange)
        blobs = [b for b in blobs if b not in strange]
    kept = _without_underline(_with_signs(inner, blobs, solid, digit), digit)
    dropped = {*everything} - {*kept}
    kept = _without_far_specks(inner, kept, digit)
    bands = _bands(kept, digit)
    faint = faint_beside(inner, kept, digit) if len(bands) == 1 and len(kept) <= _FIGURE else []
    if faint:
        bands[0] += faint
    cleaned = _without(inner, dropped, kept)
    broken = _is_broken([b for b in blobs if b in dropped], digit)
    character = _CHINESE * digit
    if len(bands) > 1 and inner.shape[1] < 2.6 * character and all(_is_one_character(b, digit) for b in bands):
        strip = np.hstack([_square(cleaned, band, round(1.25 * character)) for band in bands])
        xs, ys = min(b.x for b in kept), min(b.y for b in kept)
        area = (xs + left, ys + top, max(b.right for b in kept) + left, max(b.bottom for b in kept) + top)
        return CellInk((Line(strip, area, False),), 0.0, is_cut), broken
    dirt = sum(b.area for b in dropped) / (digit * digit)
    lines = tuple(line_of(cleaned, band, digit, left, top) for band in bands)
    is_uneven = not all(is_dash(b, digit) for b in faint)
    is_flush = len(lines) == 1 and lines[0].is_flush and not is_lost
    is_cut = is_cut or any(line.is_cut for line in lines)
    return CellInk(lines, dirt, is_cut, is_uneven=is_uneven, is_flush=is_flush), broken


def _belonging(solid: Sequence[Blob], inside: Sequence[Blob], digit: float) -> set[Blob]:
    """Return the ink inside a cell and what lies close to it; words, which touch the lines of a low row, as a whole."""
    kept = {*inside, *_near(solid, inside, digit * _APART)}
    high, wide = (share * digit for share in _CHARACTER)
    while sum(b.height >= high and b.width >= wide for b in solid) >= _WORD:
        more = {*_near(solid, [*kept], _FAR * digit)} - kept
        if not more:
            break
        kept |= more
    return kept


def _with_signs(inner: Grey, blobs: Sequence[Blob], solid: Sequence[Blob], digit: float) -> list[Blob]:
    """Return the solid ink with what is small but near it; of a faint figure all of its height counts."""
    small = [b for b in blobs if b.area > _SIGN * SPECK * digit * digit]
    beside = [*solid]
    if all(b.height < LOW * digit for b in solid) and len(small) > len(solid):
        beside += [b for b in blobs_of(inner, FAINT) if b.height <= TALL * digit and any(map(b.covers, solid))]
    kept = {*solid, *_near(small, beside, digit)}
    return [b for b in blobs if b in kept]


def _without_underline(kept: list[Blob], digit: float) -> list[Blob]:
    """Return the ink of a figure without the line drawn under it, which makes a 7 look like a 2."""
    high = [b for b in kept if b.height >= LOW * digit]
    if not high or len(kept) > _FIGURE:
        return kept
    foot = max(b.bottom for b in high) - _TOUCH * digit
    left, right = min(b.x for b in high) + _SHORT * digit, max(b.right for b in high) - _SHORT * digit
    under = [b for b in kept if b.y >= foot and b.height <= _FLAT * digit and b.x <= left and b.right >= right]
    return [b for b in kept if b not in under]


def _is_central(blobs: Sequence[Blob], inner: Grey, digit: float) -> bool:
    """Whether some of the ink lies in the very middle of the cell, where a mark stands."""
    y, x = inner.shape[0] / 2, inner.shape[1] / 2
    return any(abs(b.x + b.right - 2 * x) <= digit and abs(b.y + b.bottom - 2 * y) <= digit for b in blobs)


def _is_broken(dropped: Sequence[Blob], digit: float) -> bool:
    """Whether what was taken for dirt is rather writing in thin strokes that the printer or scanner broke."""
    return len(dropped) > _BROKEN and sum(b.area for b in dropped) > _BROKEN_INK * digit * digit


def _without_far_specks(inner: Grey, kept: list[Blob], digit: float) -> list[Blob]:
    """Return the ink of a cell without low pieces far from all digits of its figure; words are left as they are.

    A low piece that faint ink makes as high as a digit is part of one.
    """
    high = [b for b in kept if b.height >= LOW * digit]
    far = {*kept} - {*high, *_near(kept, high, _FAR * digit)}
    if not high or not far or len(kept) > _FIGURE:
        return kept
    digits = [b for b in blobs_of(inner, FAINT) if LOW * digit <= b.height <= TALL * digit]
    return [b for b in kept if b not in far or any(d.covers(b) for d in digits)]


def _is_border(blob: Blob, inner: Grey, digit: float) -> bool:
    """Whether the blob is what is left of a ruled line: thin, and along the cell's edge."""
    height, width = inner.shape
    thin, near = max(3.0, 0.25 * digit), max(2.0, 0.2 * digit)
    at_side = blob.x <= near or blob.right >= width - near
    at_end = blob.y <= near or blob.bottom >= height - near
    if at_side and blob.width <= thin:
        return blob.x <= 1 or blob.right >= width - 1 or blob.height > min(1.3 * digit, 0.8 * height)
    if at_end and blob.height <= thin:
        return blob.y <= 1 or blob.bottom >= height - 1 or blob.width > 1.3 * digit
    return False


def _is_digit_high(blob: Blob, inner: Grey, digit: float) -> bool:
    """Whether ink at the border is as high as a digit and no longer piece of line."""
    return 0.6 * digit <= blob.height <= min(1.3 * digit, 0.8 * inner.shape[0]) and blob.width >= 0.1 * digit


def _near(blobs: Sequence[Blob], solid: Sequence[Blob], digit: float) -> list[Blob]:
    """Return which of small blobs belong to the writing: a decimal point, a stroke of a character."""
    return near(blobs, solid, 0.7 * digit, 0.4 * digit)


def _bands(blobs: Sequence[Blob], digit: float) -> list[list[Blob]]:
    """Group blobs into lines of text: where no ink lies between, but low strokes join what they are nearest to."""
    runs: list[list[Blob]] = []
    bottom = -1
    for blob in sorted(blobs, key=lambda b: b.y):
        if runs and blob.y <= bottom:
            runs[-1].append(blob)
        else:
            runs.append([blob])
        bottom = max(bottom, blob.bottom)
    while len(runs) > 1:
        low = min(range(len(runs)), key=lambda n: _height(runs[n]))
        if _height(runs[low]) >= LOW * digit:
            break
        above = runs[low][0].y - _bottom(runs[low - 1]) if low else inf
        below = runs[low + 1][0].y - _bottom(runs[low]) if low + 1 < len(runs) else inf
        other = low - 1 if above <= below else low + 1
        runs[min(low, other)] += runs.pop(max(low, other))
    return runs


def _bottom(run: Sequence[Blob]) -> int:
    return max(b.bottom for b in run)


def _height(run: Sequence[Blob]) -> int:
    return _bottom(run) - min(b.y for b in run)


def _width(band: Sequence[Blob]) -> int:
    return max(b.right for b in band) - min(b.x for b in band)


def _is_one_character(band: Sequence[Blob], digit: float) -> bool:
    """Whether a line holds one character; two in small print are as wide as one in large."""
    height = max(b.bottom for b in band) - min(b.y for b in band)
    return _width(band) <= _SQUARE * max(height, digit / 2) and _width(band) < 1.5 * _CHINESE * digit


def _without(inner: Grey, dropped: Collection[Blob], kept: Sequence[Blob]) -> Grey:
    """Return the cell with what is not writing painted over."""
    if not dropped:
        return inner
    cleaned = inner.copy()
    among = {*near(list(dropped), kept)}
    for b in dropped:
        if b not in among:
            cleaned[max(0, b.y - 1) : b.bottom + 1, max(0, b.x - 1) : b.right + 1] = 255
    return cleaned


def line_of(inner: Grey, band: Sequence[Blob], digit: float, left: int, top: int) -> Line:
    """Return the line that the pieces of ink make, in the inside of a cell that begins at ``left`` and ``top``."""
    x0, x1 = min(b.x for b in band), max(b.right for b in band)
    y0, y1 = min(b.y for b in band), max(b.bottom for b in band)
    height = max(y1 - y0, digit)
    middle, pad = (y0 + y1) / 2, _PAD * digit
    above, below = round(middle - height / 2 - pad), round(middle + height / 2 + pad)
    crop = _window(inner, round(x0 - pad), above, round(x1 + pad), below)
    is_cut = y0 <= 0 or y1 >= inner.shape[0] or x0 <= 0 or x1 >= inner.shape[1]
    is_flush = is_cut and y0 > 0 and y1 < inner.shape[0]
    whole = near(blobs_of(inner, _SOFT), band)
    reaches = tuple((b.y + top, b.bottom + top) for b in whole if _HALF * digit <= b.height <= TALL * digit)
    high, wide = (share * digit for share in _CHARACTER)
    is_word = digit >= _BROKEN_DIGIT and any(b.height >= high and b.width >= wide for b in band)
    return Line(crop, (x0 + left, y0 + top, x1 + left, y1 + top), is_cut, len(band), reaches, is_word, is_flush)


def upside_down(crop: Grey) -> Grey:
    """Return a crop after half a turn."""
    return np.ascontiguousarray(crop[::-1, ::-1])


def _square(inner: Grey, band: Sequence[Blob], side: int) -> Grey:
    x = (min(b.x for b in band) + max(b.right for b in band)) // 2
    y = (min(b.y for b in band) + max(b.bottom for b in band)) // 2
    return _window(inner, x - side // 2, y - side // 2, x - side // 2 + side, y - side // 2 + side)


def _window(inner: Grey, x0: int, y0: int, x1: int, y1: int) -> npt.NDArray[np.uint8]:
    """Return the part of the cell, with paper where it reaches beyond."""
    height, width = inner.shape
    part = inner[max(0, y0) : min(height, y1), max(0, x0) : min(width, x1)]
    above, below = max(0, -y0), max(0, y1 - height)
    before, behind = max(0, -x0), max(0, x1 - width)
    return np.pad(part, ((above, below), (before, behind)), constant_values=255)
