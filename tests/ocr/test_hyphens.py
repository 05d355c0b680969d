"""Small hyphens are known by the others of the page."""

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
from parser.ocr.read_cell import ReadCell
from parser.ocr.scan_tables import read_tables
from parser.ocr.spread import WHOLE

_SIZES = [(7, 2)] * 7 + [(4, 3)]  # one more blurred than the others


class Nothing:
    """An engine that can make nothing of what it is shown."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [Recognised("", 0.0, "", 0.0)] * len(crops)


def _cells(pieces: Sequence[tuple[int, int]], down: int = 0, speck: int = 0) -> list[ReadCell]:
    """Return the cells of a table with a piece of ink in the middle of each, the last so much further down.

    In the last is a ``speck``, too, as high as it is wide and so far right of the middle, if any.
    """
    ink = np.full((2340, 1654), 255, np.uint8)
    for y in (300, 360):
        cv2.line(ink, (200, y), (200 + 100 * len(pieces), y), (0,), 3)
    for n, (width, height) in enumerate(pieces):
        left, top = 250 + 100 * n - width // 2, 330 - height // 2 + (down if n == len(pieces) - 1 else 0)
        ink[top : top + height, left : left + width] = 0
    if speck:
        ink[333:337, 150 + 100 * len(pieces) + speck : 154 + 100 * len(pieces) + speck] = 0
    for n in range(len(pieces) + 1):
        cv2.line(ink, (200 + 100 * n, 300), (200 + 100 * n, 360), (0,), 3)
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    page = FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))))
    (table,) = read_tables(cut_tables(page), Nothing()).tables
    return list(table.cells)


def test_a_hyphen_blurred_to_a_speck_is_one_among_hyphens_and_less_sure() -> None:
    *others, small = _cells(_SIZES)
    assert {cell.text for cell in others} == {"-"}
    assert small.text == "-"
    assert small.confidence < min(cell.confidence for cell in others)


def test_a_speck_is_none_on_a_page_without_hyphens() -> None:
    small = _cells([(4, 3)] * 8)[-1]
    assert not small.text
    assert not small.ink.lines


def test_a_speck_beside_the_middle_of_its_cell_is_none() -> None:
    assert not _cells(_SIZES, down=15)[-1].ink.lines


def test_a_speck_smaller_than_the_hyphens_is_none() -> None:
    assert not _cells([*_SIZES[:-1], (2, 2)])[-1].ink.lines


@pytest.mark.parametrize("size", [(4, 3), (7, 2)])
@pytest.mark.parametrize(("speck", "text"), [(25, "-"), (-30, "-"), (8, "")])
def test_a_speck_far_from_a_hyphen_does_not_hide_it(size: tuple[int, int], speck: int, text: str) -> None:
    assert _cells([*_SIZES[:-1], size], speck=speck)[-1].text.replace("□", "") == text
