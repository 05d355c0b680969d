"""Rows where a fold hides the line between them, or passes for one."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from parser.layout.cell_grid import find_tables
from parser.layout.line_masks import find_lines
from parser.layout.straighten import Warp
from parser.ocr.cut_page import cut_tables
from parser.ocr.engine import Grey, Recognised
from parser.ocr.flat_page import FlatPage
from parser.ocr.folded_rows import rows_told_apart
from parser.ocr.scan_tables import ReadPage, read_tables
from parser.ocr.spread import WHOLE

TOP, HIGH, ROWS = 300, 90, 8
LEFT, LABELS, WIDE, COLUMNS = 100, 300, 160, 6
FOLD = TOP + 4 * HIGH  # along the line between the fourth and the fifth row


class Words:
    """An engine that reads wide crops as the labels in turn, and others as 0."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        labels = iter(self._labels)
        return [
            Recognised(next(labels, "其他"), 1.0, "0", 0.1) if crop.shape[1] > 2 * crop.shape[0] else _ZERO
            for crop in crops
        ]


_ZERO = Recognised("0", 1.0, "0", 1.0)


def _write(ink: Grey, text: str, x: int, y: int) -> None:
    cv2.putText(ink, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)


def _folded(*, lost: bool, figures: Sequence[int] = range(ROWS)) -> FlatPage:
    """Return a page with a table of labels and zeros, and a fold along the line below the fourth row.

    ``lost``: the line is not seen. ``figures`` are the rows with figures.
    """
    ink = np.full((2340, 1654), 255, np.uint8)
    right, bottom = LEFT + LABELS + COLUMNS * WIDE, TOP + ROWS * HIGH
    for row in range(ROWS + 1):
        if not (lost and row == 4):
            cv2.line(ink, (LEFT, TOP + row * HIGH), (right, TOP + row * HIGH), (0,), 3)
    for x in (LEFT, *(LEFT + LABELS + column * WIDE for column in range(COLUMNS + 1))):
        cv2.line(ink, (x, TOP), (x, bottom), (0,), 3)
    for row in range(ROWS):
        base = TOP + row * HIGH + 58
        _write(ink, "LABEL" * 2, LEFT + 30, base)
        for column in range(COLUMNS) if row in figures else ():
            _write(ink, "0", LEFT + LABELS + column * WIDE + 70, base)
    crossed = np.zeros_like(ink)
    crossed[FOLD - 6 : FOLD + 7] = 255
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    return FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))), crossed)


def _read(flat: FlatPage, labels: Sequence[str]) -> tuple[ReadPage, ReadPage]:
    engine = Words(labels)
    read = read_tables(cut_tables(flat), engine)
    return read, rows_told_apart(read, engine)


def _rows(page: ReadPage) -> int:
    return len(page.tables[0].grid.ys) - 1


_LABELS = [f"{number}.属于某类情形" for number in range(1, ROWS + 1)]


def test_two_rows_that_a_fold_made_one_are_told_apart_by_their_figures() -> None:
    read, told = _read(_folded(lost=True), _LABELS)
    assert (_rows(read), _rows(told)) == (ROWS - 1, ROWS)
    (table,) = told.tables
    assert table.grid.ys[4] == pytest.approx(FOLD, abs=3)
    assert [cell.text for cell in table.cells if cell.grid.row == 4] == [_LABELS[4], *["0"] * COLUMNS]
    assert all(len(cell.ink.lines) == 1 for cell in table.cells)


def test_a_row_cut_by_a_fold_is_one_if_its_figures_stand_on_one_side_and_its_label_runs_on() -> None:
    labels = [*_LABELS[:4], "的其他情形", *_LABELS[5:]]
    read, told = _read(_folded(lost=False, figures=[0, 1, 2, 4, 5, 6, 7]), labels)
    assert (_rows(read), _rows(told)) == (ROWS, ROWS - 1)
    (table,) = told.tables
    assert table.grid.ys[3:5] == pytest.approx((TOP + 3 * HIGH, TOP + 5 * HIGH), abs=3)
    assert [cell.text for cell in table.cells if cell.grid.row == 3] == [labels[3] + labels[4], *["0"] * COLUMNS]


@pytest.mark.parametrize(
    ("labels", "figures"),
    [
        (_LABELS, [0, 1, 2, 4, 5, 6, 7]),  # a row of blanks with a label of its own
        ([*_LABELS[:4], "的其他情形", *_LABELS[5:]], range(ROWS)),  # figures on both sides
    ],
)
def test_rows_that_a_fold_only_happens_to_part_stay_apart(labels: Sequence[str], figures: Sequence[int]) -> None:
    read, told = _read(_folded(lost=False, figures=figures), labels)
    assert told is read


def test_a_label_of_two_lines_alone_makes_no_two_rows() -> None:
    flat = _folded(lost=True, figures=[0, 1, 2, 3, 5, 6, 7])
    read, told = _read(flat, _LABELS)
    assert told is read
    assert _rows(read) == ROWS - 1


def _with_upright_fold(*, inked: bool = False, title: bool = True) -> FlatPage:
    """Return a page with a table of two columns of figures, of which a fold cuts the first.

    ``inked``: figures stand on both sides of the fold, so that it lies on a line. ``title``: words over both columns.
    """
    ink = np.full((2340, 1654), 255, np.uint8)
    fold, last, bottom = LEFT + LABELS + 200, LEFT + LABELS + 1000, TOP + ROWS * HIGH
    for row in range(ROWS + 1):
        cv2.line(ink, (LEFT, TOP + row * HIGH), (last, TOP + row * HIGH), (0,), 3)
    for x in (LEFT, LEFT + LABELS, fold, LEFT + LABELS + 600, last):
        cv2.line(
            ink, (x, TOP + (HIGH if title and LEFT + LABELS <= x < last and x != fold else 0)), (x, bottom), (0,), 3
        )
    if title:
        _write(ink, "TITLE", fold - 120, TOP + 58)
        _write(ink, "TITLE", fold + 40, TOP + 58)
    for row in range(int(title), ROWS):
        base = TOP + row * HIGH + 58
        _write(ink, "LABEL" * 2, LEFT + 30, base)
        for x in (fold - 100, fold + 150, last - 150) if inked else (fold + 150, last - 150):
            _write(ink, "0", x, base)
    crossed = np.zeros_like(ink)
    crossed[:, fold - 6 : fold + 7] = 255
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    return FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))), crossed)


def test_a_column_cut_by_a_fold_is_one_if_nothing_stands_on_one_side() -> None:
    read, told = _read(_with_upright_fold(), ["第二十条", "第五项", *_LABELS[1:]])
    assert [len(page.tables[0].grid.xs) - 1 for page in (read, told)] == [4, 3]
    (table,) = told.tables
    assert [cell.text for cell in table.cells if cell.grid.row == 2 and cell.grid.column] == ["0", "0"]
    assert [(cell.grid.column, cell.grid.columns) for cell in table.cells if cell.grid.row == 0] == [(0, 3)]


@pytest.mark.parametrize(("inked", "title"), [(True, True), (False, False)])
def test_columns_that_a_fold_may_only_happen_to_part_stay_apart(inked: bool, title: bool) -> None:
    read, told = _read(_with_upright_fold(inked=inked, title=title), ["第二十条", "第五项", *_LABELS[1:]])
    assert told is read
