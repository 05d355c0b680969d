"""Line segments become grids of cells: which borders close which cells, merged ones included.

Pure geometry in one unit (points of a PDF page, pixels of a scan), y growing downwards. Borders may be doubled, drawn
in pieces, a little short, or missing at the sides of a table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MOST_LINES = 1500  # a page with more is a map or a drawing; its longest lines are tried
_MOST_SQUARES = 6000  # a grid with more is hatching, not a table
_COVERED = 0.7  # share of a cell's side that must be drawn for it to be a border
_JOIN = 2.2  # lines with less than so many tolerances between them are one, and so are parts of a line
_THROUGH = 0.5  # share of a cell's side that a border inside it must run to part it
_OPEN = 4.0  # lines that stick out by so many tolerances have cells of an open table between them


class Segment(NamedTuple):
    """A straight piece of a border, parallel to a side of the page or nearly so."""

    x0: float
    y0: float
    x1: float
    y1: float


class GridCell(NamedTuple):
    """A cell between borders: where it begins in the grid, how far it spans, and its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: tuple[float, float, float, float]


class _Line(NamedTuple):
    """A horizontal or vertical line: its position across, and from where to where it runs."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True)
class Grid:
    """A table's borders: positions of its vertical and horizontal lines, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    _owners: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The grid's outer border."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the index in ``cells`` of the cell in which the point lies, None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self._owners[row][column]
        return None


def find_grids(segments: Iterable[Segment], tolerance: float = 2.0) -> list[Grid]:
    """Return the grids that the segments draw, from top to bottom; a plain frame is a grid of one cell.

    ``tolerance`` is how far apart lines may stand that are meant to be one or to meet.
    """
    across, down = _lines(segments, tolerance)
    grids = [_grid(h, v, tolerance) for h, v in _connected(across, down, tolerance)]
    return sorted((grid for grid in grids if grid), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _lines(segments: Iterable[Segment], tolerance: float) -> tuple[list[_Line], list[_Line]]:
    """Return the horizontal and the vertical lines, pieces joined."""
    across: list[_Line] = []
    down: list[_Line] = []
    for x0, y0, x1, y1 in segments:
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if high <= tolerance and high < wide:
            across.append(_Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif wide <= tolerance and wide < high:
            down.append(_Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return _joined(across, tolerance), _joined(down, tolerance)


def _joined(lines: list[_Line], tolerance: float) -> list[_Line]:
    """Join the pieces of each line; return the lines long enough to be a cell's side."""
    gap = _JOIN * tolerance
    joined: list[_Line] = []
    for members in _clusters(lines, tolerance):
        members.sort(key=lambda line: line.begin)
        current = members[0]
        for line in members[1:]:
            if line.begin <= current.end + gap:
                current = _Line(current.at, current.begin, max(current.end, line.end))
            else:
                joined.append(current)
                current = line
        joined.append(current)
    longest = sorted((line for line in joined if line.end - line.begin >= gap), key=lambda line: line.begin - line.end)
    return longest[:_MOST_LINES]


def _clusters(lines: list[_Line], tolerance: float) -> list[list[_Line]]:
    """Group lines that stand at the same position, and give them that position."""
    groups: list[list[_Line]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][0].at <= tolerance:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [[line._replace(at=_mean(group)) for line in group] for group in groups]


def _mean(lines: Sequence[_Line]) -> float:
    """Return the mean position, long lines counting most."""
    weight = sum(line.end - line.begin for line in lines)
    return sum(line.at * (line.end - line.begin) for line in lines) / weight if weight else lines[0].at


def _connected(across: list[_Line], down: list[_Line], reach: float) -> list[tuple[list[_Line], list[_Line]]]:
    """Part the lines into tables: those that meet, directly or over others."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    order = sorted(range(len(across)), key=lambda n: across[n].at)
    positions = [across[n].at for n in order]
    for k, v in enumerate(down):
        for n in order[bisect_right(positions, v.begin - reach) : bisect_right(positions, v.end + reach)]:
            if across[n].begin - reach <= v.at <= across[n].end + reach:
                parent[root(n)] = root(len(across) + k)
    tables: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for n, line in enumerate(across):
        tables[root(n)][0].append(line)
    for n, line in enumerate(down):
        tables[root(len(across) + n)][1].append(line)
    return [lines for lines in tables.values() if lines[0] and lines[1]]


def _grid(across: list[_Line], down: list[_Line], tolerance: float) -> Grid | None:
    """Return the grid of lines that meet, None if they close no cell."""
    down = [*down, *_open_sides(across, down, tolerance)]
    across = [*across, *_open_sides(down, across, tolerance)]
    xs, columns = _positions(down, tolerance)
    ys, rows = _positions(across, tolerance)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_SQUARES:
        return None
    walls = [[_covers(columns[j], ys[i], ys[i + 1]) for j in range(len(xs))] for i in range(len(ys) - 1)]
    floors = [[_covers(rows[i], xs[j], xs[j + 1]) for j in range(len(xs) - 1)] for i in range(len(ys))]
    borders = _Borders(xs, ys, walls, floors)
    boxes = [part for whole in _rectangles(walls, floors) for part in borders.cut(whole)]
    cells = tuple(GridCell(i, j, n, m, (xs[j], ys[i], xs[j + m], ys[i + n])) for i, j, n, m in sorted(boxes))
    owners = [[0] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for number, cell in enumerate(cells):
        for i in range(cell.row, cell.row + cell.rows):
            owners[i][cell.column : cell.column + cell.columns] = [number] * cell.columns
    return Grid(tuple(xs), tuple(ys), cells, tuple(map(tuple, owners)))


def _open_sides(along: list[_Line], closing: list[_Line], tolerance: float) -> list[_Line]:
    """Return the outer lines that an open table lacks: where several of its lines stick out to the same point."""
    reach = _OPEN * tolerance
    first, last = min(line.at for line in closing), max(line.at for line in closing)
    sides: list[_Line] = []
    for ends, out in (
        ([line.begin for line in along], min(line.begin for line in along)),
        ([line.end for line in along], max(line.end for line in along)),
    ):
        reaching = [line.at for line, end in zip(along, ends, strict=True) if abs(end - out) <= 2 * tolerance]
        if (out < first - reach or out > last + reach) and len(reaching) > 1:
            sides.append(_Line(out, min(reaching), max(reaching)))
    return sides


def _positions(lines: list[_Line], tolerance: float) -> tuple[list[float], list[list[_Line]]]:
    """Return the distinct positions of the lines, no cell being thinner than some tolerances, and the lines there."""
    positions: list[float] = []
    groups: list[list[_Line]] = []
    for line in sorted(lines):
        if positions and line.at - positions[-1] <= _JOIN * tolerance:
            groups[-1].append(line)
        else:
            positions.append(line.at)
            groups.append([line])
    return [_mean(group) for group in groups], groups


def _covers(lines: Sequence[_Line], begin: float, end: float) -> bool:
    drawn = sum(max(0.0, min(line.end, end) - max(line.begin, begin)) for line in lines)
    return drawn >= _COVERED * (end - begin)


@dataclass(frozen=True)
class _Borders:
    """Which sides of the grid's squares are drawn: ``walls`` left of a square, ``floors`` above it."""

    xs: Sequence[float]
    ys: Sequence[float]
    walls: Sequence[Sequence[bool]]
    floors: Sequence[Sequence[bool]]

    def cut(self, cell: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
        """Return the parts of a cell where a border runs through most of it: the rest of that border is missing."""
        row, column, rows, columns = cell
        for i in range(row + 1, row + rows):
            drawn = (self.xs[j + 1] - self.xs[j] for j in range(column, column + columns) if self.floors[i][j])
            if sum(drawn) >= _THROUGH * (self.xs[column + columns] - self.xs[column]):
                lower = (i, column, row + rows - i, columns)
                return self.cut((row, column, i - row, columns)) + self.cut(lower)
        for j in range(column + 1, column + columns):
            drawn = (self.ys[i + 1] - self.ys[i] for i in range(row, row + rows) if self.walls[i][j])
            if sum(drawn) >= _THROUGH * (self.ys[row + rows] - self.ys[row]):
                right = (row, j, rows, column + columns - j)
                return self.cut((row, column, rows, j - column)) + self.cut(right)
        return [cell]


def _rectangles(walls: list[list[bool]], floors: list[list[bool]]) -> list[tuple[int, int, int, int]]:
    """Return (row, column, rows, columns) of the cells: squares of the grid without a border between them.

    Where borders are missing such that a region is no rectangle its rows are cells of their own.
    """
    height, width = len(walls), len(walls[0]) - 1
    seen = [[False] * width for _ in range(height)]
    found: list[tuple[int, int, int, int]] = []
    for i in range(height):
        for j in range(width):
            if not seen[i][j]:
                found += _split(_region(walls, floors, seen, (i, j)))
    return found


def _region(
    walls: list[list[bool]], floors: list[list[bool]], seen: list[list[bool]], start: tuple[int, int]
) -> dict[int, list[int]]:
    """Return the columns, by row, that can be reached from a square without crossing a border."""
    height, width = len(walls), len(walls[0]) - 1
    seen[start[0]][start[1]] = True
    region: dict[int, list[int]] = defaultdict(list)
    waiting = [start]
    while waiting:
        i, j = waiting.pop()
        region[i].append(j)
        for row, column, closed in (
            (i, j - 1, walls[i][j]),
            (i, j + 1, walls[i][j + 1]),
            (i - 1, j, floors[i][j]),
            (i + 1, j, floors[i + 1][j]),
        ):
            if not closed and 0 <= row < height and 0 <= column < width and not seen[row][column]:
                seen[row][column] = True
                waiting.append((row, column))
    return region


def _split(region: dict[int, list[int]]) -> list[tuple[int, int, int, int]]:
    """Return the rectangles of a region: runs of columns, united over the rows in which they are the same."""
    found: list[tuple[int, int, int, int]] = []
    open_above: dict[tuple[int, int], int] = {}  # run → index of the rectangle that ends in the row above
    for row in sorted(region):
        runs: dict[tuple[int, int], int] = {}
        for begin, end in _runs(sorted(region[row])):
            index = open_above.get((begin, end))
            if index is not None and found[index][0] + found[index][2] == row:
                top, left, rows, columns = found[index]
                found[index] = (top, left, rows + 1, columns)
            else:
                index = len(found)
                found.append((row, begin, 1, end - begin))
            runs[begin, end] = index
        open_above = runs
    return found


def _runs(columns: Sequence[int]) -> Iterable[tuple[int, int]]:
    begin = 0
    for n in range(1, len(columns) + 1):
        if n == len(columns) or columns[n] != columns[n - 1] + 1:
            yield columns[begin], columns[n - 1] + 1
            begin = n
