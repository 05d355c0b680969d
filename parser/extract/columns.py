"""Which columns of the source hold those of the form, learned from rows of which that is certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parser.extract.elements import Element, Kind
from parser.extract.values import read_value

_USUAL = 3  # rows have their values in these columns: it is how the table is drawn


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where the values of a row stand whose columns are certain: by position after the label, and by source column.

    Both are empty for other rows. ``width`` is the number of columns in the form, ``cells`` that of cells behind the
    label, ``values`` of those in which something stands, ``filled`` where; ``last`` is the source column in which the
    row ends, ``under_head`` whether the first value stands under the first column's header. ``is_torn`` rows spread
    over more cells than the form has columns: the source's columns are not the form's.
    """

    depth: int
    width: int
    cells: int
    values: int
    filled: tuple[int, ...]
    positions: tuple[int, ...]
    columns: tuple[int, ...]
    last: int
    under_head: bool
    is_torn: bool


def shape(own: Sequence[Element], columns: int, depth: int, head: int | None) -> RowShape | None:
    """Return where the values stand if the row is full, or its first and last value are as far apart as they can be.

    A row that spreads over more cells is returned as torn, None for one without cells.
    """
    if not own:
        return None
    positions = tuple(n for n, e in enumerate(own) if e.kind is not Kind.BLANK)
    span = positions[-1] - positions[0] + 1 if positions else 0
    one_line = len({own[n].piece.line for n in positions}) == 1
    values, filled, last = len(positions), positions, own[-1].piece.column
    if values != columns:
        if span < columns or not one_line:
            return RowShape(depth, columns, len(own), values, filled, (), (), last, under_head=False, is_torn=False)
        positions = tuple(range(positions[0], positions[-1] + 1))
    sources = tuple(own[n].piece.column for n in positions)
    under_head, is_torn = sources[0] == head, span > columns
    return RowShape(depth, columns, len(own), values, filled, positions, sources, last, under_head, is_torn)


def usual_positions(
    own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]
) -> tuple[int, ...] | None:
    """Return the positions of the columns in this row, learned from rows whose columns are certain.

    Rows of the same depth decide; else rows of any depth if all have their values in the same source columns, under
    the header, and end where this one ends; or if all have them right after the label. Where no row is certain, the
    figures of all together may be.
    """
    similar = [s for s in shapes if len(s.positions) == width]
    torn = [s for s in shapes if s.is_torn]
    if len(torn) > 1 or any(s.width == width for s in torn):  # a single one is an accident of its own table
        return None
    same = {s.positions for s in similar if s.depth == depth}
    if len(same) == 1:
        return same.pop()
    if same:
        return None
    ends = {s.last for s in similar if s.under_head}
    if (
        len({s.columns for s in similar}) == 1
        and len({s.positions for s in similar}) > 1
        and ends == {element.piece.column for element in own[-1:]}
    ):
        places = {e.piece.column: n for n, e in enumerate(own)}
        if set(similar[0].columns) <= set(places):
            return tuple(places[column] for column in similar[0].columns)
    if all(s.positions == tuple(range(width)) for s in similar) and (similar or _begin_at_label(shapes)):
        if _are_labels_own(own, width, depth, shapes):
            return tuple(range(len(own) - width, len(own)))
        is_certain = _is_right_behind(own, width, depth, shapes)
        return tuple(range(width)) if is_certain else _covered(width, depth, shapes)
    return None if similar else _covered(width, depth, shapes)


def _are_labels_own(own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]) -> bool:
    """Whether the cells that rows have more than columns are blanks of their labels, the wide ones.

    So it is where all rows end at one edge, the deepest have no cell more, and figures stand too far from a label for
    the columns to be right behind it.
    """
    alike = [s for s in shapes if s.width == width and s.filled]
    is_even = {s.cells + s.depth for s in alike} == {len(own) + depth} and min(s.cells for s in alike) == width
    is_blank = all(s.filled[0] >= s.cells - width for s in alike)
    return is_even and is_blank and any(s.filled[-1] >= width for s in alike)


def _is_right_behind(own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]) -> bool:
    """Whether the row's columns begin with its first cell, though others may stand behind them.

    A first one that is blank in all rows of the depth may be the label's, where these have more cells than others, and
    a total of nothing but zeros says nothing.
    """
    alike = [s for s in shapes if s.width == width]
    has_first = any(s.filled[:1] == (0,) for s in alike if s.depth == depth)
    is_even = len({s.depth for s in alike}) > 1 and {s.cells for s in alike} == {len(own)}
    figures = [read_value(e.value).value for e in own[:width] if e.kind is not Kind.BLANK]
    is_told = has_first or is_even or len(figures) == 1 or any(figures)
    return is_told and (len(own) == width or (len(own) > width and _ends_in_total(own[:width])))


def _begin_at_label(shapes: Sequence[RowShape]) -> bool:
    """Whether the last figures of rows of several depths stand as far behind the labels as there are columns."""
    ends: dict[tuple[int, int], int] = {}
    for s in shapes:
        if s.filled:
            ends[s.depth, s.width] = max(s.filled[-1] + 1, ends.get((s.depth, s.width), 0))
    wide = {(depth, width): end for (depth, width), end in ends.items() if width > 1}
    return len(wide) > 1 and all(end == width for (_, width), end in wide.items())


def _ends_in_total(own: Sequence[Element]) -> bool:
    """Whether the last of the cells is filled, and with the sum of the others if any of them is."""
    if own[-1].kind is Kind.BLANK:
        return False
    *parts, total = (read_value(e.value).value for e in own if e.kind is not Kind.BLANK)
    return not parts or sum(part or 0 for part in parts) == total


def _covered(width: int, depth: int, shapes: Sequence[RowShape]) -> tuple[int, ...] | None:
    """Return the positions between the outermost figures of all rows alike: as many as columns, they are these."""
    alike = [s for s in shapes if (s.depth, s.width) == (depth, width) and s.filled]
    if len(alike) < _USUAL:
        return None
    first, last = min(s.filled[0] for s in alike), max(s.filled[-1] for s in alike)
    return tuple(range(first, last + 1)) if last - first + 1 == width else None


def has_more_cells(own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]) -> bool:
    """Whether the other rows of its depth whose columns are certain end in the last, and this one has a cell more."""
    similar = [s for s in shapes if s.depth == depth and len(s.positions) == width]
    ending = sum(s.cells == s.positions[-1] + 1 < len(own) for s in similar)
    return ending > 0 and ending >= len(similar) - 1  # this row itself may seem certain


def stand_elsewhere(cells: Sequence[Element], depth: int, shapes: Sequence[RowShape]) -> bool:
    """Whether rows whose columns are certain have them elsewhere, so that the header is of another grid.

    ``cells`` are those of a row under the header's. Rows of the same depth decide where there are any.
    """
    certain = [s for s in shapes if len(s.columns) == len(cells) and not s.is_torn]
    known = {s.columns for s in certain if s.depth == depth} or {s.columns for s in certain}
    return bool(known) and known != {tuple(cell.piece.column for cell in cells)}


def are_all(own: Sequence[Element], width: int, shapes: Sequence[RowShape]) -> bool:
    """Whether the row's cells are the form's columns, as many, and no row whose columns are certain tells otherwise.

    A first one, blank, may be the label's, unless the rows of another depth have as many cells.
    """
    if len(own) != width or any(s.is_torn or len(s.positions) == width for s in shapes):
        return False
    alike = [s for s in shapes if s.width == width]
    even = len({s.depth for s in alike}) > 1 and all(s.cells == width for s in alike)
    return even or own[0].kind is not Kind.BLANK or own[0].piece.column == 0


def stands_apart(filled: Sequence[Element], shapes: Sequence[RowShape]) -> bool:
    """Whether the values of a full row begin in columns of the source in which those of no other row do.

    Others that end in the same column do not: a stroke was taken for a line, and elsewhere a line was lost.
    """
    columns = tuple(e.piece.column for e in filled)
    known = _known_columns(shapes)
    if not _are_cells_of_a_row(filled) or known[columns] > 1:
        return False
    alike = ((other, number) for other, number in known.items() if len(other) == len(columns))
    return any(number >= _USUAL and other[-1] == columns[-1] for other, number in alike)


def under_others(filled: Sequence[Element], width: int, shapes: Sequence[RowShape]) -> list[Element | None] | None:
    """Return the value that begins in the source's column of each of the form's (None: none does).

    For rows in which a line between two cells was lost or a stroke was taken for one; None where the other rows do not
    agree on the columns, or values stand in between.
    """
    usual = [columns for columns, number in _known_columns(shapes).items() if len(columns) == width and number > 1]
    fitting = [columns for columns in usual if all(e.piece.column in columns for e in filled[1 - width :])]
    if len(fitting) != 1 or not _are_cells_of_a_row(filled):
        return None
    by_column = {e.piece.column: e for e in filled}
    likely = [by_column.get(column) for column in fitting[0]]
    strays = [e for e in filled if e not in likely]
    return likely if all(e.piece.column < fitting[0][0] for e in strays) else None


def has_joined(own: Sequence[Element]) -> bool:
    """Whether a cell of the row spans several columns of the source."""
    return any(b.piece.column - a.piece.column > 1 for a, b in pairwise(own))


def _known_columns(shapes: Sequence[RowShape]) -> Counter[tuple[int, ...]]:
    return Counter(s.columns for s in shapes if s.columns)


def _are_cells_of_a_row(filled: Sequence[Element]) -> bool:
    return len({e.piece.line for e in filled}) == 1 and all(e.piece.bounded for e in filled)
