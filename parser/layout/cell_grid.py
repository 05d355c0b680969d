"""Line masks of a flat page become tables: grids of cells, merged where no line stands between."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.body_rows import part_columns, part_rows, with_lost_columns, with_lost_lines, without_folds
from parser.layout.hidden_columns import Hidden, hidden_columns, with_hidden
from parser.layout.line_masks import Lines
from parser.layout.line_places import line_places
from parser.layout.open_sides import folded_ends, open_sides, with_sides
from parser.layout.parted_columns import parted_columns, with_parted_stretches
from parser.layout.stretches import Stretches, find_stretches

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels of the flat page
_Region = tuple[int, int, int, int]  # left, top, width, height

_TOUCH = 1 / 160  # of the page's longer side: lines so near belong to one table
_SAME = 1 / 260  # … pieces so near in height are one line
_NARROWEST = 0.2  # of the page's width is the least a table measures, one way or the other
_MOST_LINES = 120
_FEWEST_CELLS = 2  # a row alone on a page, "行政事业性收费" of the form of 2021, has no more
_ROUNDS = 3
_SAME_COLUMNS = 0.7  # of the lines above or below a row are in both: one table
_THINNEST = 1 / 110  # of the page's longer side; no row is so low that nothing can be printed in it, and no column


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell from ``row`` and ``column``, spanning ``rows`` × ``columns``.

    The box runs from the middle of one line to the middle of the other.
    """

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table on a flat page: heights of its level lines, places of its upright ones, drawn or not, and its cells.

    ``thickness`` is that of its lines, in pixels.
    """

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    cells: tuple[GridCell, ...]
    thickness: float

    @property
    def box(self) -> Box:
        """Where the table stands."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_tables(level: Lines, upright: Lines) -> list[GridTable]:
    """Return the ruled tables from top to bottom; a mere frame, such as the edge of the sheet, is none."""
    sure_level, sure_upright = level.sure.copy(), upright.sure.copy()
    regions: dict[_Region, _Ruling] = {}
    for box, own, lines in _rulings(level, upright):
        area = _area(box)
        if lines is not None and len(lines.cells(0, 0)) >= _FEWEST_CELLS:
            regions[box] = lines
        else:
            sure_level[area][own > 0] = 0
            sure_upright[area][own > 0] = 0
    tables = []
    for box, lines in regions.items():
        if any(_inside(box, other) for other in regions if other != box):
            continue
        area = _area(box)
        found = lines
        if np.count_nonzero(sure_level[area]) + np.count_nonzero(sure_upright[area]) > lines.inked:
            whole = _Ruling.read(  # other pieces of the same table stand apart, or of what is none
                replace(level.part(*box), sure=sure_level[area]), replace(upright.part(*box), sure=sure_upright[area])
            )
            if whole is not None and whole.gap is None and len(whole.cells(0, 0)) > len(lines.cells(0, 0)):
                found = whole
        tables.append(found.table(box[0], box[1]))
    return sorted(tables, key=lambda table: table.ys[0])


def _rulings(level: Lines, upright: Lines) -> Iterator[tuple[_Region, Grey, _Ruling | None]]:
    """Yield the regions, the masks of their lines and what they rule; None for a region that rules nothing.

    Tables that strokes of a heading between them hold together are parted.
    """
    regions = deque(_regions(level.sure, upright.sure))
    while regions:
        box, own = regions.popleft()
        area = _area(box)
        lines = _Ruling.read(
            replace(level.part(*box), sure=_both(level.sure[area], own)),
            replace(upright.part(*box), sure=_both(upright.sure[area], own)),
        )
        gap = None if lines is None else lines.gap
        if gap is None:
            yield box, own, lines
        else:
            x, y, width, height = box
            regions.append(((x, y, width, gap), own[:gap]))
            regions.append(((x, y + gap, width, height - gap), own[gap:]))


def _area(box: _Region) -> tuple[slice, slice]:
    x, y, width, height = box
    return slice(y, y + height), slice(x, x + width)


def _both(one: Grey, other: Grey) -> Grey:
    return np.asarray(cv2.min(one, other), dtype=np.uint8)


def _inside(box: _Region, other: _Region) -> bool:
    x, y, width, height = box
    return other[0] <= x and other[1] <= y and x + width <= other[0] + other[2] and y + height <= other[1] + other[3]


def _regions(level: Grey, upright: Grey) -> Iterator[tuple[_Region, Grey]]:
    """Yield the boxes (x, y, width, height) of lines that hang together, each with the mask of what does."""
    side = max(level.shape)
    reach = max(3, round(side * _TOUCH)) | 1
    both = cv2.dilate(cv2.max(level, upright), np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    for n in range(1, count):
        x, y, width, height = (int(v) for v in stats[n, :4])
        if max(width, height) >= _NARROWEST * level.shape[1] and min(width, height) >= 2.5 * reach:
            own = (labels[y : y + height, x : x + width] == n).astype(np.uint8) * 255
            yield (x, y, width, height), own


@dataclass(frozen=True)
class _Ruling:
    """The lines of one region and which stretches between them are drawn."""

    ys: Floats
    xs: Floats
    across: Stretches
    down: Stretches
    inked: int  # pixels of the lines that it was read from

    @classmethod
    def read(cls, level: Lines, upright: Lines) -> _Ruling | None:
        """Return the ruling of a region, None where there is none."""
        tolerance = max(2.0, level.side * _SAME)
        turned = upright.turned()
        inked = int(np.count_nonzero(level.sure) + np.count_nonzero(upright.sure))
        ys, xs = line_places(level.sure, tolerance), line_places(turned.sure, tolerance)
        if len(ys) <= _MOST_LINES and len(xs) <= _MOST_LINES:
            ys, xs = without_folds(ys, level), without_folds(xs, turned, is_level=False)
        lost: list[float] = []
        for left in reversed(range(_ROUNDS + 1)):  # strokes of words look like a line, but reach from none to none
            if not (2 <= len(ys) <= _MOST_LINES and 2 <= len(xs) <= _MOST_LINES):
                return None
            across, down = find_stretches(level, ys, xs, is_level=True), find_stretches(turned, xs, ys)
            is_line = part_rows(across.drawn) & ~_doubled(ys, across.drawn, level.side)
            doubled = _doubled(xs, down.drawn, level.side)
            is_upright = down.drawn.any(axis=1) & part_columns(down.drawn) & ~doubled
            if not left or (is_line.all() and is_upright.all()):
                break
            lost += xs[~is_upright & ~doubled].tolist()
            ys, xs = ys[is_line], xs[is_upright]
        above, below = folded_ends(turned.sure, xs, ys, level.side, level.doubt)
        if above or below:
            ys = np.concatenate([above, ys, below])
            across, down = find_stretches(level, ys, xs, is_level=True), find_stretches(turned, xs, ys)
        written = _written(level, upright)
        folded = _folded_rows(ys, xs, across.drawn, written, level)
        if folded:
            ys = np.insert(ys, [line.column + 1 for line in folded], [line.place for line in folded])
            across, down = find_stretches(level, ys, xs, is_level=True), find_stretches(turned, xs, ys)
            across = replace(across, drawn=with_hidden(across.drawn, folded, 0))
        hidden = hidden_columns(xs, ys, down.drawn, upright.ink, upright.doubt, lost)
        hidden = hidden or parted_columns(xs, ys, down.drawn, written, upright.doubt, lost, level.side)
        before, behind = open_sides(level.sure, ys, xs, level.side)
        if hidden or before or behind:
            xs = np.insert(xs, [line.column + 1 for line in hidden], [line.place for line in hidden])
            xs = np.concatenate([before, xs, behind])
            across, down = find_stretches(level, ys, xs, is_level=True), find_stretches(turned, xs, ys)
            down = replace(down, drawn=with_sides(with_hidden(down.drawn, hidden, len(before)), before, behind))
        rows = with_sides(across.drawn, above, below)
        rows = with_lost_lines(rows, down.drawn.T, ys, xs, written)
        columns = with_lost_columns(down.drawn, rows, xs, ys, written)
        columns = with_parted_stretches(xs, ys, columns, written, upright.doubt)
        return cls(ys, xs, replace(across, drawn=rows), replace(down, drawn=columns), inked)

    @property
    def gap(self) -> int | None:
        """Where, between two tables that were taken for one, a row has no upright line at all; None without any.

        A table of which a seal or fold took all lines of a row goes on below with the same columns.
        """
        drawn = self.down.drawn
        above, below = drawn[:, :-2], drawn[:, 2:]
        both, either = (above & below).sum(axis=0), (above | below).sum(axis=0)
        is_gap: Bools = np.asarray(~drawn[:, 1:-1].any(axis=0) & (both < _SAME_COLUMNS * either))
        rows = np.flatnonzero(is_gap) + 1
        return round(float(self.ys[rows[0]] + self.ys[rows[0] + 1]) / 2) if len(rows) else None

    @property
    def thickness(self) -> float:
        """How thick the lines are, in pixels."""
        return float(np.median(self.across.thickness[self.across.drawn])) if self.across.drawn.any() else 2.0

    def table(self, left: int, top: int) -> GridTable:
        """Return the table of a region that begins at ``left`` and ``top`` on the page."""
        ys, xs = (tuple(float(v) for v in places) for places in (self.ys + top, self.xs + left))
        return GridTable(ys, xs, tuple(self.cells(left, top)), self.thickness)

    def cells(self, left: int, top: int) -> list[GridCell]:
        """Join the fields of the grid that no line parts."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        across, down = self.across.drawn, self.down.drawn.T
        owner = np.full((rows, columns), -1)
        cells: list[GridCell] = []
        for i in range(rows):
            for j in range(columns):
                if owner[i, j] >= 0:
                    continue
                right = j + 1
                while right < columns and owner[i, right] < 0 and not down[i, right]:
                    right += 1
                bottom = i + 1
                while bottom < rows and not across[bottom, j:right].any() and not down[bottom, j + 1 : right].any():
                    bottom += 1
                owner[i:bottom, j:right] = len(cells)
                box = self._box(i, j, bottom, right)
                shifted = (box[0] + left, box[1] + top, box[2] + left, box[3] + top)
                cells.append(GridCell(i, j, bottom - i, right - j, shifted))
        return cells

    def _box(self, top: int, left: int, bottom: int, right: int) -> Box:
        """Return the box between the lines where they are drawn along it."""
        return (
            self.down.place(left, top, bottom),
            self.across.place(top, left, right),
            self.down.place(right, top, bottom),
            self.across.place(bottom, left, right),
        )


def _written(level: Lines, upright: Lines) -> Grey:
    """Return all thin ink but that of level folds."""
    ink = np.asarray(cv2.max(level.ink, upright.ink), dtype=np.uint8)
    return ink if level.doubt is None else np.where(level.doubt > 0, np.uint8(0), ink)


def _folded_rows(ys: Floats, xs: Floats, drawn: Bools, written: Grey, level: Lines) -> list[Hidden]:
    """Return the level lines under a fold that part what is written above and below them."""
    if level.doubt is None:
        return []
    ink, doubt = (np.ascontiguousarray(mask.T) for mask in (written, level.doubt))
    return parted_columns(ys, xs, drawn, ink, doubt, [], level.side)


def _doubled(places: Floats, drawn: Bools, side: int) -> Bools:
    """Tell which lines run so close beside one of which more is drawn that they are none."""
    doubled = np.zeros(len(places), dtype=np.bool_)
    lengths = drawn.sum(axis=1)
    for n in np.flatnonzero(np.diff(places) < side * _THINNEST):
        first_is_less = lengths[n] < lengths[n + 1] or (lengths[n] == lengths[n + 1] and n == 0)
        doubled[n if first_is_less else n + 1] = True
    return doubled
