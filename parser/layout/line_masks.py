"""The ruled lines of a page laid flat: where ink runs level or upright for longer than any stroke of a character."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_THICKEST = 1 / 150  # of the page's longer side; broader ink is shading, not a line
_STROKE = 1 / 220  # … and what is broader than most lines may be part of a character
_GAP = 1 / 250  # gaps that a line may have and still be one
_SHORTEST = 1 / 58  # a line runs at least so far without a larger gap
_FAINTEST = 30  # of 255: fainter traces are paper
_DIRT = 1 / 400  # so small ink is dirt
_CHARACTER = 1 / 40  # … and so much is more than a character
_DASH, _DASHES, _DOTS = 3, 700, 5000  # times as long as broad is a dash; so many, or dots, draw the lines of a page
_BREAK, _LONG = 1 / 150, 1 / 26  # gaps between them, and the least that they make together
_SPECK = 3  # pixels wide at most is what is left of a crossing line
_ROW = 4  # times as wide as high at least is a single row of a table
_DRAWN = 0.7  # … and so much of its borders is drawn
_FILLED = 0.15  # of their box is inked by words that run into each other, more than by lines


@dataclass(frozen=True, slots=True)
class Lines:
    """Masks (255 = ink) of one direction: ``sure`` lines, ``trace`` what may be part of one, ``ink`` all thin ink.

    ``side`` is the longer one of the page, which masks may show a part of. ``doubt``, if anywhere, is where a streak or
    a fold runs, so that ink there says nothing.
    """

    sure: Grey
    trace: Grey
    ink: Grey
    side: int
    doubt: Grey | None = None

    def turned(self) -> Lines:
        """Return the masks with rows and columns exchanged."""
        return self._each(_turned)

    def part(self, x: int, y: int, width: int, height: int) -> Lines:
        """Return the masks of a rectangle."""
        return self._each(lambda mask: mask[y : y + height, x : x + width])

    def _each(self, change: Callable[[Grey], Grey]) -> Lines:
        doubt = None if self.doubt is None else change(self.doubt)
        return Lines(change(self.sure), change(self.trace), change(self.ink), self.side, doubt)


def find_lines(flat: Grey, across: Grey | None = None, down: Grey | None = None) -> tuple[Lines, Lines]:
    """Return the level and the upright lines on a page laid flat.

    ``across`` and ``down``: masks of where folds and streaks run; ink must be darker than their value to count.
    """
    side = max(flat.shape)
    thick = max(3, round(side * _THICKEST)) | 1
    down = None if down is None else _turned(down)
    level, upright = _thin(flat, thick, across), _thin(_turned(flat), thick, down)
    pieces = _Pieces.of(np.asarray(cv2.bitwise_or(level, _turned(upright)), dtype=np.uint8), side)
    writing = pieces.writing()
    across_it, down_it = writing, _turned(writing)
    if pieces.are_broken_lines:
        level, across_it = _drawn_over(level, writing, _level_lines(level, side))
        upright, down_it = _drawn_over(upright, down_it, _level_lines(upright, side))
    return _level(level, across_it, across, side, thick), _level(upright, down_it, down, side, thick).turned()


def _drawn_over(ink: Grey, writing: Grey, lines: Grey) -> tuple[Grey, Grey]:
    """Return the ink with lines drawn over it, and the writing without them."""
    whole, rest = cv2.max(ink, lines), cv2.subtract(writing, lines)
    return np.asarray(whole, dtype=np.uint8), np.asarray(rest, dtype=np.uint8)


def _turned(mask: Grey) -> Grey:
    return np.asarray(cv2.transpose(mask), dtype=np.uint8)


def _thin(flat: Grey, thick: int, doubt: Grey | None) -> Grey:
    """Return the ink no higher than a line."""
    thin = cv2.morphologyEx(flat, cv2.MORPH_BLACKHAT, np.ones((thick + 2, 1), np.uint8))
    if doubt is not None:
        thin = cv2.subtract(thin, np.asarray(thin <= doubt, dtype=np.uint8) * doubt)
    return np.asarray(cv2.threshold(thin, _FAINTEST, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


@dataclass(frozen=True)
class _Pieces:
    """The ink of a page in pieces that hang together: by number in ``labels``, their ``stats`` as OpenCV has them."""

    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]
    side: int

    @classmethod
    def of(cls, ink: Grey, side: int) -> _Pieces:
        """Return the pieces of a page."""
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
        return cls(np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32), side)

    def writing(self) -> Grey:
        """Return the ink of characters and dirt: what hangs together with no more than a few characters."""
        width, height, area = (self.stats[:, n] for n in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
        longer, shorter, side = np.maximum(width, height), np.minimum(width, height), self.side
        dirt = longer <= side * _DIRT
        block = (shorter > side * _STROKE) & (longer < side * _CHARACTER)
        words = (shorter > side * _STROKE) & (shorter < side * _CHARACTER) & (area > _FILLED * width * height)
        for n in np.flatnonzero(words & (longer >= _ROW * shorter)):
            x, y = self.stats[n, cv2.CC_STAT_LEFT], self.stats[n, cv2.CC_STAT_TOP]
            words[n] = not _is_row(self.labels[y : y + height[n], x : x + width[n]] == n)
        return self._chosen(dirt | block | words)

    @property
    def are_broken_lines(self) -> bool:
        """Whether so many pieces are dashes or dots that lines are drawn with them."""
        return bool(np.count_nonzero(self._dashes()) >= _DASHES or np.count_nonzero(self._dots()) >= _DOTS)

    def low(self) -> Grey:
        """Return the ink of dashes, dots, and what is left of either where lines cross."""
        width, height = self.stats[:, cv2.CC_STAT_WIDTH], self.stats[:, cv2.CC_STAT_HEIGHT]
        return self._chosen((height <= self.side * _DIRT) & (width < self.side * _CHARACTER))

    def dashes(self) -> Grey:
        """Return the ink of level dashes."""
        return self._chosen(self._dashes())

    def _dashes(self) -> npt.NDArray[np.bool_]:
        """Tell which pieces are level dashes."""
        width, height = self.stats[:, cv2.CC_STAT_WIDTH], self.stats[:, cv2.CC_STAT_HEIGHT]
        low, high = self.side * _DIRT, self.side * _CHARACTER
        return np.asarray((width >= _DASH * height) & (width > low) & (width < high) & (height <= low))

    def _dots(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) <= self.side * _DIRT)

    def _chosen(self, pieces: npt.NDArray[np.bool_]) -> Grey:
        chosen = (pieces * 255).astype(np.uint8)
        chosen[0] = 0
        return np.take(chosen, self.labels)


def _level_lines(ink: Grey, side: int) -> Grey:
    """Return the level lines that dashes and dots make, also where specks stand on a dash."""
    gap, shortest = round(side * _BREAK) | 1, round(side * _LONG) | 1
    bare = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _SPECK), np.uint8)), dtype=np.uint8)
    pieces = cv2.max(_Pieces.of(ink, side).low(), _Pieces.of(bare, side).dashes())
    run = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    return np.asarray(cv2.morphologyEx(run, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8)), dtype=np.uint8)


def _is_row(piece: npt.NDArray[np.bool_]) -> bool:
    """Whether a low piece of ink is a single row of a table: lines run along both of its longer sides."""
    row = piece if piece.shape[0] < piece.shape[1] else piece.T
    spread = np.asarray(cv2.dilate(row.astype(np.uint8), np.ones((3, 1), np.uint8)))
    filled = spread.mean(axis=1) >= _DRAWN
    quarter = max(1, len(filled) // 4)
    return bool(filled[:quarter].any() and filled[-quarter:].any())


def _level(ink: Grey, writing: Grey, doubt: Grey | None, side: int, thick: int) -> Lines:
    gap, shortest = round(side * _GAP) | 1, round(side * _SHORTEST) | 1
    trace = _alone(np.asarray(cv2.subtract(ink, writing), dtype=np.uint8), thick)
    thicker = cv2.dilate(trace, np.ones((3, 1), np.uint8))
    run = cv2.morphologyEx(thicker, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    long = cv2.morphologyEx(run, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    return Lines(np.asarray(cv2.min(long, thicker), dtype=np.uint8), trace, ink, side, doubt)


def _alone(ink: Grey, thick: int) -> Grey:
    """Return the ink that has none a line's thickness above or below it: strokes of characters mostly have."""
    apart = thick // 2 + 2
    spread = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), dtype=np.uint8)
    beside = np.zeros_like(ink)
    beside[apart:] |= spread[:-apart]
    beside[:-apart] |= spread[apart:]
    return np.asarray(cv2.subtract(ink, beside), dtype=np.uint8)
