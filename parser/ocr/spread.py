"""Several pages on one picture, each of which is laid flat for itself.

An open booklet, two sheets side by side, or a picture of a screen that was scrolled from top to bottom.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from parser.layout.page import Box
from parser.ocr.ink import Grey, Pixels

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)

_SIDE = 700  # pixels of the longer side in which the gap is looked for
_WIDE = 1.15  # times as wide as high is the least that two pages measure
_MIDDLE = (0.36, 0.64)  # between these shares of the width lies the gap
_GAP = 0.022  # of the width is the least it measures
_THIN = 9  # pixels; broader ink is shadow
_INK = 22  # of 255: fainter traces are paper
_DIRT = 0.012  # of a column's height may be ink in the gap
_SHEET = 0.12  # of the picture is the least that a sheet covers which lies on a desk darker than paper
_HIGH = 0.5  # … and of the picture's height
_DESK = 0.85  # of the paper's brightness is the most that the desk between two sheets has; a fold is lighter or narrow
_TALL = 2.2  # times as high as wide is more than a sheet
_CUT = (1.1, 1.6)  # times its width is where such a picture may be cut, below the cut before
_RULE, _RUN = 0.6, 0.1  # of the width under ink, in runs so long, is a line of a table, along which it is cut
_LAP = 0.01  # of the width on either side of the line belongs to both parts
_PRINTED = 0.04  # of the picture's width beside the gap must be printed, on both sides


def parts_of(pixels: Pixels) -> tuple[Box, ...]:
    """Return the pages on an upright picture, in fractions of it: one, two side by side, or many from top to bottom.

    Nothing printed crosses the gap between two pages: no line of a table, no line of text. Pictures much higher than
    wide are cut along a line of a table, which both parts keep, or where least is printed.
    """
    high, wide = pixels.shape[:2]
    if high > _TALL * wide:
        return tuple(_lengths(pixels))
    if wide < _WIDE * high:
        return (WHOLE,)
    grey = _small(pixels)
    gap = _gap(_thin_ink(grey)) or _between_sheets(grey)
    return (WHOLE,) if gap is None else ((0.0, 0.0, gap, 1.0), (gap, 0.0, 1.0, 1.0))


def part_of(pixels: Pixels, part: Box) -> Pixels:
    """Return what a part, given in fractions, shows of the picture."""
    high, wide = pixels.shape[:2]
    left, top, right, bottom = (round(v * side) for v, side in zip(part, (wide, high, wide, high), strict=True))
    return np.ascontiguousarray(pixels[top:bottom, left:right])


def _lengths(pixels: Pixels) -> Iterator[Box]:
    """Yield the parts of a high picture from top to bottom."""
    high, wide = pixels.shape[:2]
    top = 0
    while high - top > _TALL * wide:
        first, last = (top + round(share * wide) for share in _CUT)
        grey = np.asarray(cv2.cvtColor(pixels[first:last], cv2.COLOR_RGB2GRAY), dtype=np.uint8)
        ink = _thin_ink(grey)
        ruled = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_RUN * wide)), np.uint8)).mean(axis=1)
        has_rule = ruled.max() >= _RULE
        cut = first + int(ruled.argmax() if has_rule else ink.mean(axis=1).argmin())
        lap = round(_LAP * wide) if has_rule else 0
        yield 0.0, top / high, 1.0, (cut + lap) / high
        top = cut - lap
    yield 0.0, top / high, 1.0, 1.0


def _small(pixels: Pixels) -> Grey:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = _SIDE / max(grey.shape)
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _thin_ink(small: Grey) -> Grey:
    thin = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((_THIN, _THIN), np.uint8))
    return np.asarray(thin > _INK, dtype=np.uint8)


def _gap(thin: Grey) -> float | None:
    """Return the middle of the widest gap near the middle that nothing crosses, as a share of the width.

    A sheet's own edge crosses the margin at its side, but not the desk beside it.
    """
    wide = thin.shape[1]
    inked = thin.mean(axis=0)
    first, last = (round(share * wide) for share in _MIDDLE)
    clear = np.concatenate([[False], inked[first:last] <= _DIRT, [False]])
    edges = (np.flatnonzero(np.diff(clear.astype(np.int8))) + first).tolist()
    for start, end in sorted(zip(edges[::2], edges[1::2], strict=True), key=lambda run: run[0] - run[1]):
        middle = (start + end) // 2
        sides = inked[:middle], inked[middle:]
        is_gap = end - start >= _GAP * wide and not _is_crossed(thin[:, start:end])
        if is_gap and all((side > _DIRT).sum() > _PRINTED * wide for side in sides):
            return float(middle / wide)
    return None


def _between_sheets(small: Grey) -> float | None:
    """Return the middle of the desk between two sheets that lie apart on it, as a share of the width."""
    _, bright = cv2.threshold(cv2.GaussianBlur(small, (0, 0), 2), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((_THIN, _THIN), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    high, wide = small.shape
    sheets = sorted(
        (int(x), int(x + width))
        for x, _, width, height, area in stats[1:count].tolist()
        if area >= _SHEET * high * wide and height >= _HIGH * high
    )
    if len(sheets) != 2:
        return None
    start, end = sheets[0][1], sheets[1][0]
    if end - start < _GAP * wide or np.median(small[:, start:end]) > _DESK * np.median(small[whole > 0]):
        return None
    return float((start + end) / (2 * wide))


def _is_crossed(gap: Grey) -> bool:
    """Whether a line runs from one side of the gap to the other, a little up or down."""
    thick = cv2.dilate(gap, np.ones((3, 1), np.uint8))
    return bool(np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, gap.shape[1]), np.uint8))).any())
