"""The cells of a flat page with what lies on them."""

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
from parser.ocr.scan_tables import read_tables
from parser.ocr.spread import WHOLE


class Zeros:
    """An engine that reads everything as 0."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [Recognised("0", 1.0, "0", 1.0)] * len(crops)


def _ruled(bottom: int) -> Grey:
    """Return a page with the lines of a table of six columns down to ``bottom``."""
    ink = np.full((2340, 1654), 255, np.uint8)
    for y in range(300, bottom + 1, 60):
        cv2.line(ink, (200, y), (1400, y), (0,), 3)
    for x in range(200, 1401, 200):
        cv2.line(ink, (x, 300), (x, bottom), (0,), 3)
    return ink


def test_a_fold_is_told_from_figures_and_blanks_that_it_does_not_cross() -> None:
    ink = _ruled(540)
    for x in range(200, 1401, 200):
        for y in range(340, 541, 120):
            cv2.putText(ink, "0", (x + 90, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
    crossed = np.zeros_like(ink)
    crossed[:, 495:505] = crossed[:, 1196:1205] = 255  # through the middle of a column, and along a line
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    page = FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))), crossed)
    (table,) = read_tables(cut_tables(page), Zeros()).tables
    by_column: dict[int, set[tuple[bool, bool]]] = {cell.grid.column: set() for cell in table.cells}
    for cell in table.cells:
        by_column[cell.grid.column].add((cell.is_crossed, bool(cell.readings)))
    assert by_column[1] == {(True, True), (True, False)}
    assert {is_crossed for column in (0, 2, 3, 4, 5) for is_crossed, _ in by_column[column]} == {False}


class Labels(Zeros):
    """An engine that reads wide crops as words, but for one of them, and others as 0."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        wide = [n for n, crop in enumerate(crops) if crop.shape[1] > 2 * crop.shape[0]]
        found = super().read(crops)
        for n in wide:
            found[n] = Recognised("属于国家秘密", 0.9, "8", 0.3)
        found[wide[2]] = Recognised("3.1", 0.2, "3.1", 0.2)
        return found


def labelled(*words: tuple[int, int]) -> FlatPage:
    """Return a page with a table of words in these rows and columns, and figures elsewhere."""
    ink = np.full((2340, 1654), 255, np.uint8)
    for row in range(9):
        cv2.line(ink, (200, 300 + 60 * row), (1400, 300 + 60 * row), (0,), 3)
    for column in range(7):
        cv2.line(ink, (200 + 200 * column, 300), (200 + 200 * column, 780), (0,), 3)
        for row in range(8 if column < 6 else 0):
            text = "HHHHHH" if (row, column) in words else "0"
            cv2.putText(ink, text, (225 + 200 * column, 340 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    return FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))))


def test_what_is_left_of_a_label_is_no_figure() -> None:
    (table,) = read_tables(cut_tables(labelled(*((row, 0) for row in range(8)))), Labels()).tables
    labels = [cell.text for cell in table.cells if cell.grid.column == 0]
    assert labels == ["属于国家秘密"] * 2 + ["3.1□"] + ["属于国家秘密"] * 5
    assert {cell.text for cell in table.cells if cell.grid.column > 0} == {"0"}


def test_figures_between_heads_are_figures_left_of_other_columns_too() -> None:
    words = [*((row, 0) for row in range(8)), *((row, 1) for row in (0, 2, 4, 6))]
    (table,) = read_tables(cut_tables(labelled(*words)), Labels()).tables
    column = [cell.text for cell in table.cells if cell.grid.column == 1]
    assert column[1::2] == ["0"] * 4


class Strokes(Zeros):
    """An engine that takes every crop that is low for 二, and any other for words."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [
            Recognised("二", 0.8, "一", 0.1)
            if (crop < 128).any(axis=1).sum() < 8
            else Recognised("予以公开", 0.9, "", 0)
            for crop in crops
        ]


def test_hyphens_that_are_taken_for_characters_make_no_labels() -> None:
    ink = _ruled(780)
    for x in range(200, 1401, 200):
        for y in range(330, 780, 60):
            if x == 200:
                cv2.putText(ink, "WORD", (x + 60, y + 10), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
            elif x < 1400:
                cv2.line(ink, (x + 96, y), (x + 104, y), (0,), 2)
    page = FlatPage(
        0, WHOLE, Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8)), ink, None, tuple(find_tables(*find_lines(ink)))
    )
    (table,) = read_tables(cut_tables(page), Strokes()).tables
    assert {cell.text for cell in table.cells if cell.grid.column} == {"-"}
    assert {cell.text for cell in table.cells if not cell.grid.column} == {"予以公开"}


class Ones(Zeros):
    """An engine that takes every stroke for a 1."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [Recognised("1", 1.0, "1", 1.0)] * len(crops)


@pytest.mark.parametrize(("slashes", "read"), [(30, "/"), (4, "1")])
def test_a_one_that_leans_among_slashes_is_one_of_them_and_not_sure(slashes: int, read: str) -> None:
    ink = _ruled(660)
    for n in range(36):
        lean = 0 if n == 20 else 4 if n == 25 else 9 if n < slashes else 0  # pixels to the right over its height
        x, y = 300 + 200 * (n % 6), 330 + 60 * (n // 6)
        cv2.line(ink, (x - lean // 2, y + 13), (x + lean - lean // 2, y - 13), (0,), 2)
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    page = FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))))
    (table,) = read_tables(cut_tables(page), Ones()).tables
    assert table.cells[20].text == "1"
    assert table.cells[25].text == read
    assert (table.cells[25].confidence < 0.8) == (read == "/")


def _figures(odd: Sequence[int]) -> Grey:
    """Return a table of 36 figures of two digits, in the cells ``odd`` with a small raised one for the second."""
    ink = _ruled(660)
    for n in range(36):
        x, y = 290 + 200 * (n % 6), 340 + 60 * (n // 6)
        cv2.putText(ink, "4", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
        raised = n in odd
        place = (x + 20, y - 9 if raised else y)
        cv2.putText(ink, "2", place, cv2.FONT_HERSHEY_SIMPLEX, 0.55 if raised else 0.9, (0,), 2)
    return ink


class Figures(Zeros):
    """An engine that reads 42 everywhere."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [Recognised("42", 1.0, "42", 1.0)] * len(crops)


@pytest.mark.parametrize(("odd", "marked"), [([], []), ([3, 17], [3, 17]), (range(18), [])])
def test_a_digit_that_is_not_like_the_others_is_told_unless_many_are(odd: Sequence[int], marked: list[int]) -> None:
    ink = _figures(odd)
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    page = FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))))
    (table,) = read_tables(cut_tables(page), Figures()).tables
    assert [n for n, cell in enumerate(table.cells) if cell.is_uneven] == marked


class Measuring(Zeros):
    """An engine that notes how wide, for their height, the crops are that it gets."""

    def __init__(self) -> None:
        self.shapes: list[float] = []

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        self.shapes += [crop.shape[1] / crop.shape[0] for crop in crops]
        return super().read(crops)


def _with_blocks(*blocks: tuple[int, int, int]) -> FlatPage:
    """Return a page with a table whose cells hold so many blocks of ink, each so wide and high in pixels."""
    ink = _ruled(540)
    for n, (count, width, height) in enumerate(blocks):
        for i in range(count):
            left = 225 + 200 * n + i * (width + 4)
            ink[320 : 320 + height, left : left + width] = 0
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    return FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink))))


def test_words_are_pushed_together_and_figures_are_not() -> None:
    engine = Measuring()
    figure, word, small_word = (4, 11, 20), (4, 28, 26), (1, 28, 26)
    read_tables(cut_tables(_with_blocks(figure, word, small_word)), engine)
    as_figure, as_word, as_small_word = engine.shapes
    assert as_figure == pytest.approx(2.1, abs=0.1)
    assert as_word == pytest.approx(1.4, abs=0.1)
    assert as_small_word == pytest.approx(1.0, abs=0.1)


def test_a_tick_beside_a_figure_is_not_read() -> None:
    ink = _ruled(540)
    for x in range(200, 1400, 200):
        for y in range(340, 541, 60):
            cv2.putText(ink, "0", (x + 90, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2, cv2.LINE_AA)
    for start, end in (((530, 330), (538, 344)), ((538, 344), (556, 312))):
        cv2.line(ink, start, end, (60,), 3, cv2.LINE_AA)
    warp = Warp((1654, 2340), 0.0, np.zeros(8), np.zeros(8))
    page = cut_tables(FlatPage(0, WHOLE, warp, ink, None, tuple(find_tables(*find_lines(ink)))))
    lines = [line for ink in page.inks[0] for line in ink.lines]
    ticked = [line for line in lines if line.is_ticked]
    assert len(ticked) == 1
    assert not ticked[0].is_word
    inked = np.flatnonzero((ticked[0].crop < 128).any(axis=0))
    assert inked[-1] - inked[0] < 25
