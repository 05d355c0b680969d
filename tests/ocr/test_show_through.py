"""Print of a sheet's back is taken off the front; what is meant to be faint there stays."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from parser.layout.cell_grid import find_tables
from parser.layout.line_masks import find_lines
from parser.layout.straighten import Warp
from parser.ocr.cut_page import cut_tables
from parser.ocr.engine import Grey
from parser.ocr.flat_page import FlatPage
from parser.ocr.hairlines import with_hairlines_drawn
from parser.ocr.scan_tables import read_tables
from parser.ocr.show_through import without_show_through
from parser.ocr.spread import WHOLE
from tests.ocr.test_scan_tables import Zeros

_WIDTH, _HEIGHT = 1654, 2340


def printed(seed: int, shade: int = 0, top: int = 300, lines: int | None = None) -> Grey:
    """Return a page with a table of figures in a shade of grey; its lines may have another."""
    page, chance = np.full((_HEIGHT, _WIDTH), 255, np.uint8), Random(seed)
    for y in range(top, top + 661, 60):
        cv2.line(page, (200, y), (1400, y), (shade if lines is None else lines,), 3)
    for x in range(200, 1401, 200):
        cv2.line(page, (x, top), (x, top + 660), (shade if lines is None else lines,), 3)
        for y in range(top + 40, top + 660, 60):
            if x < 1400:
                text = str(chance.randint(0, 9999))
                cv2.putText(page, text, (x + 60, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (shade,), 2, cv2.LINE_AA)
    return page


def mirrored(page: Grey) -> Grey:
    """Return how a page is seen from its back."""
    return np.ascontiguousarray(page[:, ::-1])


@pytest.mark.parametrize("shade", [175, 200, 215])
def test_what_shows_through_goes_and_the_front_stays(shade: int) -> None:
    front = printed(1)
    seen = np.minimum(front, mirrored(printed(2, shade, top=325)))
    cleaned, behind = without_show_through(seen)
    assert behind is not None
    assert np.count_nonzero((front == 255) & (cleaned < 255)) < 0.02 * np.count_nonzero((front == 255) & (seen < 255))
    assert (cleaned[front < 32] < 64).all()
    assert not np.any((behind > 0) & (front < 128))


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(printed(1), id="print alone"),
        pytest.param(printed(1, 190), id="faint print alone"),
        pytest.param(np.minimum(printed(1), printed(2, 190, top=1200)), id="a grey table below a black one"),
        pytest.param(printed(1, 200, lines=0), id="grey figures between black lines"),
        pytest.param(np.minimum(printed(1, 120), mirrored(printed(2, 190, top=325))), id="a front nearly as light"),
        pytest.param(np.minimum(printed(1), mirrored(printed(2, 90, top=325))), id="as dark as print"),
    ],
)
def test_what_is_printed_on_the_front_stays(page: Grey) -> None:
    cleaned, behind = without_show_through(page)
    assert behind is None
    assert cleaned is page


def test_where_print_fades_evenly_all_of_it_stays() -> None:
    fading = np.linspace(0, 215, _HEIGHT - 600)[:, None].repeat(_WIDTH, 1)
    rows = np.vstack([printed(1)[300:970], printed(2)[300:970], printed(3)[300:700]])
    page = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    page[300 : 300 + len(rows)] = np.maximum(rows, fading[: len(rows)].astype(np.uint8))
    assert without_show_through(page)[1] is None


def test_the_grain_of_a_shadow_across_print_is_left_to_what_finds_folds() -> None:
    page, chance = printed(1), np.random.default_rng(5)
    grain = np.where(chance.random((60, _WIDTH)) < 0.4, 200, 255).astype(np.uint8)
    page[500:560] = np.minimum(page[500:560], cv2.blur(grain, (3, 3)))
    assert without_show_through(page)[1] is None


def test_lines_that_show_through_are_no_hairlines() -> None:
    seen = np.repeat(np.minimum(printed(1), mirrored(printed(2, 210, top=325)))[:, :, None], 3, axis=2)
    assert with_hairlines_drawn(seen) is seen


def test_a_blank_cell_in_which_a_figure_may_have_shown_through_is_told() -> None:
    front = printed(1)
    blanks = ((300, 330), (700, 510), (1100, 690))  # middles
    for x, y in blanks:
        cv2.rectangle(front, (x - 90, y - 24), (x + 90, y + 24), (255,), -1)
    back = mirrored(printed(2, 200, top=1000))
    cv2.putText(back, "8", (blanks[1][0] - 10, blanks[1][1] + 10), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (200,), 2)
    ink, behind = without_show_through(np.minimum(np.minimum(front, printed(3, top=1010)), back))
    assert behind is not None
    warp = Warp((_WIDTH, _HEIGHT), 0.0, np.zeros(8), np.zeros(8))
    page = FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))), None, behind)
    cells = [cell for table in read_tables(cut_tables(page), Zeros()).tables for cell in table.cells]
    told = {cell.grid.box[0] // 200 * 200 + 100: cell.is_crossed for cell in cells if not cell.readings}
    assert told == {300: False, 700: True, 1100: False}


def test_a_figure_beside_which_another_digit_may_have_shown_through_is_told() -> None:
    front, back = printed(1), mirrored(printed(2, 200, top=1000))
    cv2.rectangle(front, (210, 306), (390, 354), (255,), -1)
    cv2.putText(front, "91", (290, 340), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
    cv2.putText(back, "2", (271, 340), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (200,), 2)
    ink, behind = without_show_through(np.minimum(np.minimum(front, printed(3, top=1010)), back))
    assert behind is not None
    warp = Warp((_WIDTH, _HEIGHT), 0.0, np.zeros(8), np.zeros(8))
    page = FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))), None, behind)
    upper, _ = read_tables(cut_tables(page), Zeros()).tables
    assert [cell.is_crossed for cell in upper.cells[:4]] == [True, False, False, False]
