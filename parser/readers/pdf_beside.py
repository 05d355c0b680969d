"""Two texts side by side on a page: where the one ends and the other begins."""

from __future__ import annotations

from collections.abc import Sequence

from parser.layout.ruled_grid import Grid
from parser.readers.pdf_chars import Glyph
from parser.readers.pdf_lines import lines_of
from parser.readers.pdf_objects import Rect

_MIDDLE = (0.35, 0.65)  # of the page's width: where the gutter may lie
_LEAST = 0.015  # of the page's width: how wide it is at least
_WIDE = 0.03  # … and so wide that it parts any two texts
_CROSSING = 0.15  # share of the lines that may cross it: a title over both texts
_MOST_STEPS = 4000  # points of the page's width looked at; a damaged file may claim any width
_ROW = 6.0  # points; lines are at least as far apart
_FEW_LINES = 8  # fewer lines on a side are no text of their own
_FEW_WORDS, _WORDS = 30, 0.3  # Chinese characters on a side at least, and their share of its characters
_TWIN = 0.1  # of its width by which a table may differ from the same one beside it
_TWIN_ROWS = 4  # … and so many rows it has at least: a table of fewer may be written in parts side by side
_FILLED = 0.6  # share of a column's width that most of its lines fill: prose, not labels and values


def gutter(tables: Sequence[Rect], glyphs: Sequence[Glyph], loose: Sequence[Glyph], width: float) -> float | None:
    """Return where the right one of two texts begins, in the unit of ``width``; None for an ordinary page.

    ``loose`` are those of the glyphs that no table holds. On each side there must be words: in a table, as prose, or
    in many lines beyond a wide gap; labels and values without borders are no two texts, nor is a table with a gap.
    """
    between, gap = _free(tables, loose, width)
    if gap < _LEAST * width:
        return None
    least = 0.0 if gap >= _WIDE * width else _FILLED
    for right in (False, True):
        texts = [g for g in glyphs if (g.x0 >= between) == right]
        has_table = any((t[0] >= between) == right for t in tables)
        lines = [line.box for line in lines_of(g for g in loose if (g.x0 >= between) == right)]
        if not _has_words(texts) or not (has_table or _is_column(lines, least)):
            return None
    return between


def twin_gutter(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> float | None:
    """Return where the right one of two forms begins, wherever on the page and however near; None if there are no two.

    Each side has the same table: two years of one office are compared, or two offices.
    """
    pairs = [(one.box, other.box) for one in grids for other in grids if _are_twins(one, other)]
    if not pairs:
        return None
    lefts, rights = max(left[2] for left, _ in pairs), min(right[0] for _, right in pairs)
    between = (lefts + rights) / 2
    if lefts >= rights or any(grid.box[0] < between < grid.box[2] for grid in grids):
        return None
    sides = [[g for g in glyphs if (g.x >= between) == right] for right in (False, True)]
    return between if all(_has_words(side) for side in sides) else None


def is_free(tables: Sequence[Rect], loose: Sequence[Glyph], between: float) -> bool:
    """Whether hardly anything crosses the line on which other pages of the file are parted."""
    rows = {int(g.y / _ROW) for g in loose}
    crossed = {int(g.y / _ROW) for g in loose if g.x0 < between < g.x1}
    return not any(t[0] < between < t[2] for t in tables) and len(crossed) <= _CROSSING * len(rows)


def _are_twins(one: Grid, other: Grid) -> bool:
    """Whether the other table stands right of the one, as wide as it and with as many columns."""
    left, right = one.box, other.box
    wide, also_wide = left[2] - left[0], right[2] - right[0]
    return (
        left[2] <= right[0]
        and left[1] < right[3]
        and right[1] < left[3]
        and len(one.xs) == len(other.xs)
        and abs(wide - also_wide) <= _TWIN * wide
        and min(len(one.ys), len(other.ys)) > _TWIN_ROWS
    )


def _free(tables: Sequence[Rect], loose: Sequence[Glyph], width: float) -> tuple[float, float]:
    """Return the middle and the width of the widest strip near the page's middle that hardly anything crosses."""
    unit = max(1.0, width / _MOST_STEPS)
    first, last = (int(width / unit * share) for share in _MIDDLE)
    inked: dict[int, set[int]] = {x: set() for x in range(first, last + 1)}
    for g in loose:
        for x in range(max(first, int(g.x0 / unit)), min(last, int(g.x1 / unit)) + 1):
            inked[x].add(int(g.y / _ROW))
    rows = len({int(g.y / _ROW) for g in loose})
    best, run = (0, 0), 0
    for x in range(first, last + 2):
        crossed = x > last or any(t[0] <= x * unit <= t[2] for t in tables) or len(inked[x]) > _CROSSING * rows
        if not crossed:
            run += 1
            continue
        best = max(best, (run, x - run))
        run = 0
    return (best[1] + best[0] / 2) * unit, best[0] * unit


def _has_words(glyphs: Sequence[Glyph]) -> bool:
    return sum("\u2e80" <= g.text < "\uff00" for g in glyphs) >= max(_FEW_WORDS, _WORDS * len(glyphs))


def _is_column(boxes: Sequence[Rect], filled: float) -> bool:
    """Whether there are many lines, most of them filling that share of the column's width."""
    if len(boxes) < _FEW_LINES:
        return False
    width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    return sum(box[2] - box[0] >= filled * width for box in boxes) >= len(boxes) / 2
