"""Figures that were hardly read are read again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from parser.layout.cell_grid import GridCell, GridTable
from parser.layout.straighten import Warp
from parser.ocr.crops import CellInk, Line
from parser.ocr.engine import Grey, Recognised
from parser.ocr.flat_page import FlatPage
from parser.ocr.read_cell import ReadCell
from parser.ocr.rereading import reread, weak_read_again
from parser.ocr.scan_tables import ReadPage, ReadTable
from parser.ocr.spread import WHOLE

_CROP = np.full((40, 30), 255, np.uint8)


class Says:
    """An engine that reads one thing after the other, with its confidence."""

    def __init__(self, *readings: tuple[str, float]) -> None:
        self._readings = readings

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        assert len(crops) == len(self._readings)
        return [_read(*reading) for reading in self._readings]


def _read(figure: str, confidence: float, text: str | None = None) -> Recognised:
    return Recognised(figure if text is None else text, confidence, figure, confidence)


def _again(first: Recognised, *others: tuple[str, float]) -> Recognised:
    (found,) = reread([_CROP], [first], 20.0, Says(*others))
    return found


def test_what_most_readings_say_counts_and_is_not_sure() -> None:
    found = _again(_read("11", 0.5), ("0", 0.9), ("6", 0.6), ("0", 0.7))
    assert (found.text, found.figure, found.rival) == ("0", "0", "11")
    assert found.figure_confidence < 0.4


def test_a_reading_that_others_confirm_stays_as_it_is() -> None:
    first = _read("8", 0.6)
    assert _again(first, ("8", 0.9), ("3", 0.8), ("8", 0.9)) is first


def test_smoothed_dirt_is_no_part_of_a_figure() -> None:
    assert _again(_read("1.", 0.3), ("0.", 0.9), ("0", 0.4), ("1", 0.2)).text == "0"


def test_a_figure_taken_for_a_word_is_one_when_the_others_say_so() -> None:
    found = _again(_read("1", 0.5, text="工"), ("1", 0.9), ("1", 0.9), ("", 0.0))
    assert found.text == "1"
    assert found.figure_confidence < 0.4


@pytest.mark.parametrize("others", [[("", 0.0)] * 3, [(".", 0.9)] * 3])
def test_where_nobody_sees_a_figure_nothing_changes(others: list[tuple[str, float]]) -> None:
    first = _read("", 0.0)
    assert _again(first, *others) is first


# ── of a page ────────────────────────────────────────────────────────────────────────


def _page(confidences: Sequence[float]) -> ReadPage:
    """A page with a column of cells that were read so surely."""
    box = (0.0, 0.0, 30.0, 40.0)
    ink = CellInk((Line(_CROP, (0, 0, 30, 40), False),), 0.0, False)
    grid = tuple(GridCell(n, 0, 1, 1, box) for n in range(len(confidences)))
    table = GridTable((0.0, 40.0), (0.0, 30.0), grid, 2.0)
    flat = FlatPage(0, WHOLE, Warp((30, 40), 0.0, np.zeros(8), np.zeros(8)), _CROP, None, (table,))
    pairs = zip(grid, confidences, strict=True)
    cells = tuple(ReadCell(cell, ink, (_read("7", sure),), 0.0, 20.0, is_figure=True) for cell, sure in pairs)
    return ReadPage(flat, (ReadTable(table, cells, (box,) * len(cells)),))


def _read_again(page: ReadPage, weak: int) -> bool:
    said = [("1", 0.9)] * (3 * weak)
    found = weak_read_again(page, Says(*said))
    return [cell.readings[0].figure for cell in found.tables[0].cells].count("1") == weak


def test_weak_figures_of_a_page_are_read_again() -> None:
    assert _read_again(_page([0.9] * 4 + [0.3] * 30), weak=30)
    assert _read_again(_page([0.3] * 10), weak=10)


def test_grain_is_not_read_again() -> None:
    grain = _page([0.9] * 4 + [0.3] * 60)
    assert weak_read_again(grain, Says()) is grain
