"""A page laid flat: clean ink, the way back to the page as it came, and the ruled tables on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.cell_grid import GridTable, find_tables
from parser.layout.creases import find_creases
from parser.layout.line_masks import find_lines
from parser.layout.page import Box
from parser.layout.straighten import Flattening, Points, Warp, find_warp, ruled_length
from parser.layout.text_warp import find_text_warp
from parser.ocr.engine import Grey
from parser.ocr.ink import Pixels, clean
from parser.ocr.show_through import without_show_through
from parser.ocr.spread import WHOLE, part_of
from parser.ocr.streaks import hiding, without_streaks

_RULED = 1.2  # longer sides of straight lines, counted on both borders; one row alone has 1.7, a rule under a title 1.1
_HARDLY = 0.7  # … and two small tables of which the lines are faint 1.17
_OUTLINE = [[0, 1], [4, 1], [2, 1], [2, 5], [2, 3], [4, 3], [0, 3], [0, 5]]  # x and y of a box's corners and middles
_SIDES = ((0, 7, 6), (0, 1, 2), (2, 3, 4), (6, 5, 4))  # the points of the outline on each side
_AT_EDGE, _AT_LINE = 40, 4  # pixels from the edge of the picture, to which a page lies askew, and from a line
_DARK, _CLOSED = 160, 0.5  # of 255: ink of a line, which is drawn along so much of a side
SIDE = 2340  # pixels of the longer side at which pages are read: A4 at 200 dpi


@dataclass(frozen=True)
class FlatPage:
    """``ink`` is the page laid flat after ``turn`` quarter turns, ``red`` where a stamp lies on it, ``crossed`` where
    folds and streaks run, ``behind`` where print of the sheet's back showed through (None: nowhere).

    ``part`` is what it shows of the picture so turned, in fractions: a picture may show two pages.
    """

    turn: int  # quarter turns, counter-clockwise, from the page as it came
    part: Box
    warp: Warp
    ink: Grey
    red: Grey | None
    tables: tuple[GridTable, ...]
    crossed: Grey | None = None
    behind: Grey | None = None

    def on_page(self, boxes: Sequence[Box]) -> list[Box]:
        """Return where boxes in pixels of the flat page stand, in fractions of the page as it came."""
        left, top, right, bottom = self.part
        within = self._outlines(boxes) / np.array(self.warp.size)
        points = within * np.array([right - left, bottom - top]) + np.array([left, top])
        for _ in range(self.turn % 4):  # undo a counter-clockwise quarter turn
            points = np.stack([1 - points[..., 1], points[..., 0]], axis=-1)
        low, high = points.min(axis=1).clip(0, 1), points.max(axis=1).clip(0, 1)
        return list(zip(*low.T.tolist(), *high.T.tolist(), strict=True))

    def fractions(self, box: Box) -> Box:
        """Return a box in pixels of the flat page as fractions of the flat page."""
        height, width = self.ink.shape
        return box[0] / width, box[1] / height, box[2] / width, box[3] / height

    def cut_off(self, boxes: Sequence[Box]) -> list[bool]:
        """Tell which boxes, in pixels of the flat page, reach the edge of the picture on a side that no line closes."""
        outlines, size = self._outlines(boxes), np.array(self.warp.size)
        beyond = np.any((outlines < _AT_EDGE) | (outlines > size - 1 - _AT_EDGE), axis=-1).tolist()
        return [
            any(any(points[n] for n in side) and not self._is_closed(box, number) for number, side in enumerate(_SIDES))
            for box, points in zip(boxes, beyond, strict=True)
        ]

    def _outlines(self, boxes: Sequence[Box]) -> Points:
        """Return corners and middles of the sides of boxes, in pixels of the picture that was laid flat."""
        ends = np.array(boxes, dtype=np.float64).reshape(-1, 4)
        return self.warp.page(np.hstack([ends, (ends[:, :2] + ends[:, 2:]) / 2])[:, _OUTLINE])

    def _is_closed(self, box: Box, side: int) -> bool:
        """Whether a line is drawn along a side of a box, counted as in a box."""
        left, top, right, bottom = (round(v) for v in box)
        low, high = (max(0, round(box[side]) - _AT_LINE), round(box[side]) + _AT_LINE + 1)
        part = self.ink[max(0, top) : bottom, low:high].T if side % 2 == 0 else self.ink[low:high, max(0, left) : right]
        return bool(part.size and (part < _DARK).any(axis=0).mean() >= _CLOSED)


def lay_flat(pixels: Pixels, turn: int = 0, part: Box = WHOLE, *, has_tables: bool = True) -> FlatPage:
    """Return a part of the page turned, laid flat by its own lines, with the tables found on it if it may have any."""
    sheet = clean(_sized(part_of(np.rot90(pixels, turn), part)))
    front, behind = without_show_through(sheet.ink)
    creases = find_creases(front)
    unstreaked, streaks = without_streaks(front)
    whole = creases.without_shadows(unstreaked)
    warp = find_warp(whole)
    if not has_tables:
        warp = find_text_warp(whole, warp)
    flatten = Flattening(warp)
    ink = flatten(whole)
    bare = creases.without_folds(unstreaked, whole)
    unfolded = ink if bare is whole else flatten(bare)
    red, behind = (None if mask is None else flatten(mask, fill=0) for mask in (sheet.red, behind))
    across, down = creases.masks(whole)
    if streaks is not None:
        over = hiding(streaks, unstreaked)
        down = over if down is None else np.asarray(cv2.max(down, over), dtype=np.uint8)
    across, down = (None if mask is None else flatten(mask, fill=0) for mask in (across, down))
    tables = tuple(find_tables(*find_lines(ink, across, down))) if has_tables else ()
    crossed = across if down is None else down if across is None else np.asarray(cv2.max(across, down), dtype=np.uint8)
    return FlatPage(turn % 4, part, warp, unfolded, red, tables, crossed, behind)


def _sized(pixels: npt.NDArray[np.uint8]) -> Pixels:
    scale = SIDE / max(pixels.shape[:2])
    if abs(scale - 1) < 0.01:
        return pixels
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=method), dtype=np.uint8)


def is_ruled(pixels: Pixels) -> bool:
    """Whether a glance at a page, of 60 dots an inch or more, shows enough straight lines for a table."""
    return _ruled_length(pixels) >= _RULED


def may_be_ruled(pixels: Pixels) -> bool:
    """Whether a glance at a page shows so many straight lines that it is worth while to look for a table."""
    return _ruled_length(pixels) >= _HARDLY


def _ruled_length(pixels: Pixels) -> float:
    return ruled_length(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
