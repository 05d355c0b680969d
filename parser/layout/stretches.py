"""Which stretches of a grid's lines are really drawn, and exactly where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.crossed_stretches import crossed_stretches
from parser.layout.line_masks import Lines

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int_]
Grey = npt.NDArray[np.uint8]

_REACH = 1 / 500  # of the page's longer side lies between where a line is expected and where it may be found
_DRAWN, _TRACE, _BARE = 0.6, 0.3, 0.12  # share of a stretch under ink: a line for sure, perhaps, none
_WHOLE = 0.88  # … so much is a line whatever stands beside it
_CLUTTER, _CLEAR = 0.35, 0.15  # share of a stretch with other ink close by: that of characters, none
_MOSTLY = 0.7  # of a line's stretches are drawn: traces elsewhere are it, too
_NARROW = 1 / 33  # of the page's longer side
_HELD = 0.8  # of the pixels at an end of a narrow stretch are inked if it holds on to the line that it meets
_FAINT_RUN = 2  # so many faint stretches one after the other may be drawn
_MOST = 600  # stretches are followed one by one; the largest form has 340 of one direction
_GUIDES = 2  # stretches that are drawn tell where the next one must be
_ASTRAY = 2.0  # pixels from where it is expected: there a line is followed
_BRIDGED = 3  # … and so many that other marks blur, where the other lines of these rows go on
_ALIKE = 0.7  # of the lines that part either of two rows part both: they are parted alike
_BLURRED = 0.3  # share of such a stretch under ink
_CORNER, _END = 3, 6  # pixels at the end of a stretch that are not looked at, and those that must be inked
_WAVER = 5  # pixels by which a line may wander between two others


@dataclass(frozen=True)
class Stretches:
    """The stretches of lines between their crossings: by line and stretch, whether drawn, where, and how thick."""

    drawn: Bools
    places: Floats
    thickness: Floats

    def place(self, line: int, first: int, last: int) -> float:
        """Return where the line runs between the stops ``first`` and ``last``."""
        counted, drawn, whole = self._sums
        found = counted[line, last] - counted[line, first]
        if found:
            return float((drawn[line, last] - drawn[line, first]) / found)
        return float((whole[line, last] - whole[line, first]) / (last - first))

    @cached_property
    def _sums(self) -> tuple[Counts, Floats, Floats]:
        """By line and stop: how many stretches before it are drawn, the sum of their places, and that of all places."""
        each = (self.drawn, np.where(self.drawn, self.places, 0.0), self.places)
        counted, drawn, whole = (np.pad(np.cumsum(values, axis=1), ((0, 0), (1, 0))) for values in each)
        return counted, drawn, whole


def find_stretches(lines: Lines, heights: Floats, stops: Floats, *, is_level: bool = False) -> Stretches:
    """Look at each of the level ``lines`` expected at ``heights`` between each two ``stops``.

    ``is_level``: the lines part rows. No form joins two rows in one column alone, so a trace is enough between two
    stretches that are drawn; nor does it part them in one narrow column alone. The others part columns: no form joins
    two columns of figures in a few rows alone.
    """
    reach = max(3, round(lines.side * _REACH))
    begins, ends = np.round(stops[:-1]).astype(int) + _CORNER, np.round(stops[1:]).astype(int) - _CORNER + 1
    apart = np.diff(heights, prepend=-np.inf, append=np.inf)
    rooms = np.minimum(apart[:-1], apart[1:]) / 2
    if len(heights) * len(begins) <= _MOST:
        looks = [_followed(lines, at, begins, ends, (reach, room)) for at, room in zip(heights, rooms, strict=True)]
    else:  # grain that passes for lines
        looks = [_look(lines, at, begins, ends, reach) for at in heights]
    shares, held, whole, unsure, clutter, places, thickness = _Seen(*map(np.array, zip(*looks, strict=True)))
    narrow = np.diff(stops) < lines.side * _NARROW
    drawn = _drawn(shares, clutter, np.where(narrow, held, 2))
    drawn |= (whole >= _WHOLE) & ((held > 0) | (shares >= _WHOLE)) & _beside(drawn)
    if is_level and drawn.shape[1] > 1:  # a row alone that lies on its side is one narrow column
        drawn &= _beside(drawn) | ~narrow
        drawn[:, 1:-1] |= (shares[:, 1:-1] >= _BARE) & drawn[:, :-2] & drawn[:, 2:]
    perhaps = (unsure >= _DRAWN) & (clutter < _CLUTTER)
    if is_level:
        is_out = (held > 0) & (whole >= _BLURRED)  # of a fold: at both sides of the table a line comes out of it
        drawn |= (perhaps.all(axis=1) & is_out[:, 0] & is_out[:, -1])[:, None]
        for _ in range(len(begins) if perhaps.any() else 0):
            drawn |= perhaps & _beside(drawn)
    elif perhaps.any():
        hidden = perhaps & _parted_alike(drawn) & ~drawn
        crossed = crossed_stretches(lines, heights, begins, ends, hidden)
        drawn |= hidden & ~crossed
        unsure = np.where(crossed, 0.0, unsure)
    if not is_level:
        drawn |= (whole >= _BLURRED) & (held > 0) & (clutter < _CLEAR) & _beside(drawn) & _parted_alike(drawn)
        drawn = _bridged(drawn, np.maximum(whole, unsure))
        if drawn.shape[1] == 1:  # a row alone: nothing above or below tells that a line goes on
            drawn |= (whole >= _DRAWN) & (held > 0) & (clutter < _CLEAR)
    return Stretches(drawn, places, thickness)


class _Seen(NamedTuple):
    """What is seen of a level line, by stretch.

    ``shares``, ``held`` and ``whole`` as _shares gives them, ``unsure`` the share if all that may be hidden is drawn,
    ``clutter`` the share with other ink close by, ``places`` and ``thickness`` of the line.
    """

    shares: Floats
    held: Floats
    whole: Floats
    unsure: Floats
    clutter: Floats
    places: Floats
    thickness: Floats


def _followed(lines: Lines, height: float, begins: Counts, ends: Counts, within: tuple[int, float]) -> _Seen:
    """Look along a level line; where it is lost, look again where it goes on from what is seen of it.

    ``within``: how far from where it is expected it is looked for at first, and how far it may go at all.
    """
    reach, room = within
    seen = _look(lines, height, begins, ends, reach)
    sure = np.flatnonzero(seen.whole >= _WHOLE)
    middles, places = (begins + ends) / 2, seen.places
    if len(sure) < _GUIDES:
        return seen
    for j in sorted(np.flatnonzero(seen.shares < _DRAWN), key=lambda j: int(np.abs(sure - j).min())):
        near, next_ = sure[np.argsort(np.abs(sure - j))][:_GUIDES]
        slope = (places[near] - places[next_]) / (middles[near] - middles[next_])
        expected = float(places[near] + slope * (middles[j] - middles[near]))
        is_astray = _ASTRAY <= abs(expected - height) <= max(2 * reach, room)
        is_astray = is_astray and abs(expected - places[near]) <= 2 * reach
        if is_astray and -reach <= expected < len(lines.ink) + reach - 1:
            again = _look(lines, expected, begins[[j]], ends[[j]], reach)
            if again.shares[0] > seen.shares[j]:
                for values, others in zip(seen, again, strict=True):
                    values[j] = others[0]
                if again.whole[0] >= _WHOLE and j not in sure:
                    sure = np.append(sure, j)
    return seen


def _look(lines: Lines, height: float, begins: Counts, ends: Counts, reach: int) -> _Seen:
    """Return what is seen of a level line within ``reach`` of a height."""
    low, high = max(0, round(height) - reach), round(height) + reach + 1
    left = max(0, int(begins[0]))
    area = (slice(low, high), slice(left, max(left + 1, int(ends[-1]))))
    begins, ends = begins - left, ends - left
    trace, ink = lines.trace[area], lines.ink[area]
    wide = np.asarray(cv2.dilate(trace, np.ones((_WAVER, 1), np.uint8)), dtype=np.uint8)
    shares, rows, held, whole = _shares(wide, begins, ends)
    unsure, clutter = np.zeros(len(begins)), np.zeros(len(begins))
    if lines.doubt is not None and lines.doubt[area].any():
        unsure, *_ = _shares(np.asarray(cv2.max(wide, lines.doubt[area]), dtype=np.uint8), begins, ends)
    half = _WAVER // 2 + 1
    apart = np.arange(len(trace))[:, None] - rows
    weights = np.where(np.abs(apart) <= half, _means(_sums(trace), begins, ends), 0.0)
    total = weights.sum(axis=0)
    middle = (weights * apart).sum(axis=0) / np.where(total > 0, total, 1.0)
    places = np.where(shares > 0, low + rows + middle, height)
    thickness = np.where(shares > 0, total / np.maximum(shares, 0.1), 0.0)
    highest, lowest = _reach(ink)
    for j in np.flatnonzero((shares >= _BARE) | ((shares > 0) & (unsure >= _DRAWN))):
        columns = slice(begins[j], ends[j])
        clutter[j] = ((highest[columns] < rows[j] - _WAVER) | (lowest[columns] > rows[j] + _WAVER)).mean()
    return _Seen(shares, held, whole, unsure, clutter, places, thickness)


def _reach(ink: Grey) -> tuple[Counts, Counts]:
    """Return, by column, the highest row that is inked and the lowest; beyond the other end where none is."""
    inked = ink > 0
    is_any = inked.any(axis=0)
    highest, lowest = inked.argmax(axis=0), len(ink) - 1 - inked[::-1].argmax(axis=0)
    return np.where(is_any, highest, len(ink)), np.where(is_any, lowest, -1)


def _shares(mask: Grey, begins: Counts, ends: Counts) -> tuple[Floats, Counts, Floats, Floats]:
    """Return for every stretch how much of its best row is under ink, the row, and how many ends hold on to a line.

    The share is halved for each end at which the ink stops short; stretches hardly longer than their ends have none.
    Last comes the share that is not halved.
    """
    sums = _sums(mask)
    shares = _means(sums, begins, ends)
    whole = np.where(ends - begins >= 2 * _END, shares.max(axis=0), 0.0)
    held = np.zeros(shares.shape)
    for first, last in ((begins, begins + _END), (ends - _END, ends)):
        inked = _means(sums, first, last)
        shares *= np.where(inked >= 1 / 2, 1.0, 0.5)
        held += inked >= _HELD
    best = np.where(ends - begins >= 2 * _END, shares.max(axis=0), 0.0)
    is_best = shares >= best - 1e-9
    middle = (is_best.sum(axis=0) // 2 + 1)[None, :]
    rows = np.asarray((np.cumsum(is_best, axis=0) >= middle).argmax(axis=0))
    return best, rows, np.where(is_best, held, 0).max(axis=0), whole


def _sums(mask: Grey) -> Counts:
    """Return how much ink stands left of each column in each row."""
    return np.diff(cv2.integral((mask > 0).view(np.uint8)), axis=0)


def _means(sums: Counts, begins: Counts, ends: Counts) -> Floats:
    """Return how much of each row is under ink between ``begins`` and ``ends``: rows × stretches."""
    width = sums.shape[1] - 1
    low, high = begins.clip(0, width), ends.clip(0, width)
    return np.asarray((sums[:, high] - sums[:, low]) / np.maximum(high - low, 1), dtype=np.float64)


def _drawn(shares: Floats, clutter: Floats, held: Floats) -> Bools:
    """Tell which stretches are drawn; a faint one is if its line is drawn beside it.

    One ``held`` at no end is a stroke of a character; held at one it is a line if it is whole or others are beside it.
    """
    whole = (shares >= _WHOLE) & (held > 0)
    drawn = whole | ((shares >= _DRAWN) & (clutter < _CLUTTER) & (held == 2))
    mostly = (drawn.mean(axis=1) > _MOSTLY)[:, None]
    faint = ((shares >= _TRACE) | ((shares >= _BARE) & mostly)) & (clutter < _CLEAR) & (held > 0)
    for _ in range(_FAINT_RUN):
        drawn = drawn | (faint & _beside(drawn))
    return np.asarray(drawn, dtype=np.bool_)


def _parted_alike(drawn: Bools) -> Bools:
    """Tell, by upright line and row, whether the other lines part the row like one in which this line is drawn."""
    inner = drawn.copy()
    inner[[0, -1]] = False
    alike = np.zeros_like(drawn)
    for line in range(len(drawn)):
        others = np.delete(inner, line, axis=0).astype(np.int_)
        rows = others[:, drawn[line]]
        both = others.T @ rows
        either = others.sum(axis=0)[:, None] + rows.sum(axis=0)[None, :] - both
        alike[line] = (both >= _ALIKE * either).any(axis=1)
    return alike


def _bridged(drawn: Bools, shares: Floats) -> Bools:
    """Return what is drawn, and the stretches of upright lines that a seal or a fold has blurred.

    Such a stretch has a share under ink, goes on above and below, and most lines within the table do so, too; in the
    last row it must be under ink for the most part.
    """
    bridged = drawn.copy()
    last = drawn.shape[1] - 1
    for i in range(1, len(drawn) - 1):
        ends = [*np.flatnonzero(drawn[i]).tolist(), last + 1]
        for before, behind in pairwise(ends):
            through = drawn[1:-1, before : behind + 1]
            least = _DRAWN if behind > last else _BLURRED
            if not 1 < behind - before <= _BRIDGED + 1 or (shares[i, before + 1 : behind] < least).any():
                continue
            around = through[:, 0] & (through[:, -1] | (behind > last))
            goes_on = through.all(axis=1)
            if np.count_nonzero(goes_on) >= 2 * np.count_nonzero(around & ~goes_on):
                bridged[i, before + 1 : behind] = True
    return bridged


def _beside(drawn: Bools) -> Bools:
    """Return the stretches next to which the line is drawn."""
    beside = np.zeros_like(drawn)
    beside[:, 1:] |= drawn[:, :-1]
    beside[:, :-1] |= drawn[:, 1:]
    return beside
