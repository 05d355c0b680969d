"""Rows in which a scan lost a line between two cells, or shows one more, keep their other values where they belong."""

from __future__ import annotations

from collections.abc import Sequence

from parser.extract.columns import RowShape, shape
from parser.extract.elements import Element, elements
from parser.extract.rows import place_values
from parser.model.document import Piece
from parser.model.place import TextSpan
from parser.model.report import Cell, Reason, State
from parser.templates.load import template

_COLUMNS = next(t for t in template("2021").tables if t.key == "applications").blocks[0].columns
_GRID = (3, 4, 5, 6, 7, 8, 9)  # the columns of the source's grid in which the form's begin


def _row(line: int, cells: Sequence[tuple[int, str]]) -> list[Element]:
    pieces = [Piece(text, TextSpan(100 * line + column, len(text)), line, column, True) for column, text in cells]
    return elements(pieces)


def _placed(cells: Sequence[tuple[int, str]]) -> list[Cell]:
    """Return the cells of a row below four that are whole."""
    rows = [_row(n, [(column, str(n)) for column in _GRID]) for n in range(4)] + [_row(9, cells)]
    shapes: list[RowShape] = [found for own in rows if (found := shape(own, 7, 1, 3)) is not None]
    return place_values(rows[-1], _COLUMNS, 1, shapes, TextSpan(900, 0))


def _values(cells: Sequence[Cell]) -> list[str]:
    return [cell.raw if cell.state is State.NUMBER else "" for cell in cells]


def test_after_two_joined_cells_the_others_stand_in_their_own_columns() -> None:
    cells = _placed([(3, "1"), (4, "2"), (5, "34"), (7, "5"), (8, "6"), (9, "7")])
    assert _values(cells) == ["1", "2", "34", "", "5", "6", "7"]
    assert all(Reason.AMBIGUOUS_POSITION in [doubt.reason for doubt in cell.doubts] for cell in cells)


def test_seven_cells_of_which_one_is_a_stroke_before_the_first_column_are_doubtful() -> None:
    cells = _placed([(2, "7"), (3, "1"), (4, "23"), (6, "4"), (7, "5"), (8, "6"), (9, "7")])
    assert _values(cells) == ["1", "23", "", "4", "5", "6", "7"]
    assert all(Reason.AMBIGUOUS_POSITION in [doubt.reason for doubt in cell.doubts] for cell in cells)


def test_seven_cells_in_the_usual_columns_are_certain() -> None:
    cells = _placed([(column, str(column)) for column in _GRID])
    assert _values(cells) == [str(column) for column in _GRID]
    assert not any(cell.doubts for cell in cells)


def test_rows_of_another_grid_are_certain() -> None:
    cells = _placed([(column + 2, str(column)) for column in _GRID])
    assert _values(cells) == [str(column) for column in _GRID]
    assert not any(cell.doubts for cell in cells)


def test_more_values_than_columns_of_which_one_is_missing_under_its_header_shift_nothing() -> None:
    cells = _placed([(1, "8"), (2, "7"), (3, "1"), (4, "23"), (6, "4"), (7, "5"), (8, "6"), (9, "7")])
    assert _values(cells) == ["1", "23", "", "4", "5", "6", "7"]
    assert all(Reason.AMBIGUOUS_POSITION in [doubt.reason for doubt in cell.doubts] for cell in cells)


def test_a_row_with_nothing_in_it_is_blank_however_deep_the_others_are() -> None:
    rows = [(depth, _row(depth, [(column, "1") for column in _GRID])) for depth in (0, 1)]
    rows[0][1].insert(0, _row(0, [(2, "")])[0])
    shapes = [found for depth, own in rows if (found := shape(own, 7, depth, 3)) is not None]
    assert [cell.state for cell in place_values([], _COLUMNS, 2, shapes, TextSpan(900, 0))] == [State.BLANK] * 7


def test_a_single_torn_row_of_another_table_casts_no_doubt_on_these() -> None:
    rows = [_row(n, [(column, str(n)) for column in _GRID]) for n in range(4)]
    blank = _row(9, [(column, "" if column == 8 else "1") for column in _GRID])
    shapes = [found for own in (*rows, blank) if (found := shape(own, 7, 1, 3)) is not None]
    torn = [shape(_row(20 + n, [(3, "0"), (5, ""), (6, "0")]), 2, 0, 3) for n in range(2)]
    for others, doubted in ((torn[:1], False), (torn, True)):
        known = [*shapes, *(found for found in others if found is not None)]
        cells = place_values(blank, _COLUMNS, 1, known, TextSpan(900, 0))
        assert any(cell.doubts for cell in cells) == doubted
        assert cells[5].state is State.BLANK or doubted
