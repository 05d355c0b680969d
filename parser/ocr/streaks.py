"""Scanner streaks: lines that dirt on the glass draws down the whole page, through margins and tables alike."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.engine import Grey

Columns = npt.NDArray[np.bool_]

_BANDS = 24  # into which the page's height is cut
_INKED = 11  # … of which so many hold a piece of the streak
_MARGINS, _IN_MARGINS = 2, 3  # bands at either end, where next to nothing is printed; so many of them hold a piece
_SHORTEST = 1 / 200  # of the page's height is the least a piece measures
_WIDEST = 5  # pixels
_CLEAR, _PRINTED = 0.25, 0.6  # of the clearer and the other margin at most holds ink: a line of print may begin there;
# a photo shows the desk in both, and has no streaks
_LINE = 1 / 25  # of the page's width is longer than any stroke of a character
_DENSE = 0.5  # of the ink in its fullest column has a column of the streak itself
_MANY = 15  # bands hold a piece of a streak that ends before or within a margin, where no line of a table does
_BESIDE = 20  # pixels to either side of a streak's pieces in the margins are free of ink
_FREE, _SOME, _MOST = 10, 0.1, 0.6  # in a band with so many rows in which nothing stands beside a streak so many of
# these rows hold a piece of it; so it is in most bands
_MEETS = 8  # pixels from its end a line of a table meets a level one
_SPREAD = 3  # pixels to either side in which the pieces of one streak may lie
_RULED, _FRAYED = 1 / 58, 5  # of the page's height runs a line under a streak at least, and pixels that it may lack


def without_streaks(ink: Grey) -> tuple[Grey, Grey | None]:
    """Return the page, not yet turned or bent, without streaks, and the mask of their columns; None without any.

    Of a streak through a character stays what lies beside ink of the character.
    """
    height = ink.shape[0]
    dark = np.asarray(cv2.threshold(ink, 128, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    broad = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _WIDEST + 1), np.uint8))
    thin = np.asarray(cv2.subtract(_upright(dark, height * _SHORTEST), broad), dtype=np.uint8)
    spread = cv2.dilate(thin, np.ones((1, 2 * _SPREAD + 1), np.uint8))
    cuts = np.linspace(0, height, _BANDS + 1).astype(int)
    inked = np.array([spread[a:b].any(axis=0) for a, b in pairwise(cuts)])
    is_long = inked.sum(axis=0) >= _INKED
    if not is_long.any():
        return ink, None
    spread_alone = cv2.dilate(cv2.min(thin, _alone(dark)), np.ones((1, 2 * _SPREAD + 1), np.uint8))
    alone = np.asarray(spread_alone, dtype=np.uint8)
    at_ends = np.array([alone[a:b].any(axis=0) for a, b in pairwise(cuts)])
    first, last = at_ends[:_MARGINS], at_ends[-_MARGINS:]
    in_margins = first.any(axis=0) & last.any(axis=0) & (first.sum(axis=0) + last.sum(axis=0) >= _IN_MARGINS)
    reaches = (first.any(axis=0) & last.any(axis=0)) | first.all(axis=0) | last.all(axis=0)  # leaning lines reach one
    is_short = reaches & (at_ends.sum(axis=0) >= _MANY) & ~in_margins
    top, bottom = inked[:_MARGINS], inked[-_MARGINS:]
    upper, lower = slice(0, cuts[_MARGINS]), slice(height, cuts[-1 - _MARGINS] - 1, -1)  # from the edges inwards
    (meets_above, beyond_above), (meets_below, beyond_below) = (_meeting(dark[m], alone[m]) for m in (upper, lower))
    meets = meets_above & meets_below & ~(beyond_above & beyond_below)
    full = is_long & (in_margins | is_short) & ~meets
    clear, other = sorted(float(bands.any(axis=0).mean()) for bands in (top, bottom))
    if not full.any() or clear > _CLEAR or other > _PRINTED:
        return ink, None
    level = np.asarray(
        cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(dark.shape[1] * _LINE)), np.uint8)), dtype=np.uint8
    )
    for group in _groups(full):
        most = 0 if is_short[group].all() else 1
        full[group] = _runs_on(dark, level, int(group.min()), int(group.max()), most)
    if not full.any():
        return ink, None
    own = _own_columns(np.concatenate([dark[: cuts[_MARGINS]], dark[cuts[-1 - _MARGINS] :]]), full)
    lost = cv2.max(cv2.dilate(_pieces(dark, own), np.ones((3, 3), np.uint8)), _bare(dark, own))
    cleaned = ink.copy()
    cleaned[(np.asarray(lost) > 0) & (np.asarray(broad) == 0)] = 255
    return cleaned, np.broadcast_to(own * np.uint8(255), ink.shape)


def hiding(columns: Grey, cleaned: Grey) -> Grey:
    """Return the mask of streaks without the lines of tables, broader than they, that were left standing under them."""
    dark = np.asarray(cv2.threshold(cleaned, 128, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    whole = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((_FRAYED, 1), np.uint8)), dtype=np.uint8)
    lines = cv2.dilate(_upright(whole, len(columns) * _RULED), np.ones((1, 2 * _SPREAD + 1), np.uint8))
    return np.asarray(cv2.subtract(columns, lines), dtype=np.uint8)


def _alone(dark: Grey) -> Grey:
    """Return the ink beside which there is none: strokes of characters have neighbours."""
    near, far = (cv2.boxFilter(dark // 255, cv2.CV_16U, (2 * n + 1, 1), normalize=False) for n in (_SPREAD, _BESIDE))
    return np.where(np.asarray(near) == np.asarray(far), dark, np.uint8(0))


def _runs_on(dark: Grey, level: Grey, first: int, last: int, most: int) -> bool:
    """Whether there is ink in the columns where there is none beside them: between lines of print, in the margins.

    And that in most bands of the page, not only from one level line to another: so far a line of a table runs. ``most``
    of the ends, 0 or 1, may lie on level lines.
    """
    beside = [dark[:, max(0, first - _BESIDE) : max(0, first - 1)], dark[:, last + 2 : last + 1 + _BESIDE]]
    free = ~np.concatenate(beside, axis=1).any(axis=1)
    inked = free & dark[:, first : last + 1].any(axis=1)
    bands = list(zip(np.array_split(inked, _BANDS), np.array_split(free, _BANDS), strict=True))
    seen = [own.sum() >= _SOME * others.sum() for own, others in bands if others.sum() >= _FREE]
    rows = np.flatnonzero(inked)
    if not len(rows) or sum(seen) < _MOST * len(seen):
        return False
    near = level[:, max(0, first - _SPREAD) : last + 1 + _SPREAD]
    return sum(bool(near[max(0, end - _MEETS) : end + _MEETS + 1].any()) for end in (rows[0], rows[-1])) <= most


def _meeting(margin: Grey, alone: Grey) -> tuple[Columns, Columns]:
    """Return the columns of a margin in which a long level line stands, begins or ends: what meets one is ruled.

    And those in which ink ``alone`` lies beyond the outermost of these lines. The rows run from the edge inwards.
    """
    length = max(3, round(margin.shape[1] * _LINE))
    lines = cv2.morphologyEx(np.ascontiguousarray(margin), cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    level = np.asarray(cv2.dilate(lines, np.ones((1, 2 * _SPREAD + 1), np.uint8))) > 0
    beyond = (alone > 0) & ~np.logical_or.accumulate(level, axis=0)
    meets, sticks_out = (np.asarray(np.any(mask, axis=0), dtype=np.bool_) for mask in (level, beyond))
    return meets, sticks_out


def _own_columns(margins: Grey, full: Columns) -> Columns:
    """Return which of the columns about a streak are its own: in the margins no line of a table stands beside it."""
    density = np.where(full, (margins > 0).mean(axis=0), 0.0)
    own = np.zeros_like(full)
    for group in _groups(full):
        own[group] = density[group] >= max(density[group].max() * _DENSE, 1 / len(margins))
    return np.asarray(own | (full & (np.append(own[1:], False) | np.append(False, own[:-1]))), dtype=np.bool_)


def _groups(columns: Columns) -> list[npt.NDArray[np.int_]]:
    """Return the columns in groups that stand side by side."""
    chosen = np.flatnonzero(columns)
    return [group for group in np.split(chosen, np.flatnonzero(np.diff(chosen) > 1) + 1) if len(group)]


def _upright(dark: Grey, length: float) -> Grey:
    kernel = np.ones((max(8, round(length)), 1), np.uint8)
    return np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _pieces(dark: Grey, full: Columns) -> Grey:
    """Return the ink that lies whole within the columns of a streak."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    outside = np.concatenate([[0], np.cumsum(~full)])
    left, right = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH]
    within = outside[right] == outside[left]
    within[0] = False
    return np.asarray(within[labels] * np.uint8(255), dtype=np.uint8)


def _bare(dark: Grey, full: Columns) -> Grey:
    """Return the ink in the very columns of a streak that has none beside it: through characters and above them."""
    density = np.where(full, (dark > 0).mean(axis=0), 0.0)
    bare = np.zeros_like(dark)
    for group in _groups(full):
        own = group[density[group] >= density[group].max() * _DENSE]
        left, right = int(own.min()), int(own.max()) + 1
        if right - left > _WIDEST or left == 0 or right >= dark.shape[1]:
            continue
        beside = (dark[:, left - 1] > 0) | (dark[:, right] > 0)
        bare[:, left:right] = np.where(beside[:, None], 0, dark[:, left:right])
    return np.asarray(cv2.dilate(bare, np.ones((1, 3), np.uint8)), dtype=np.uint8)
