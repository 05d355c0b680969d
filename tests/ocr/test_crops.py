"""The writing in a cell is told from dirt, also where the printer broke its strokes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.ocr.crops import ink_of
from parser.ocr.engine import Grey
from parser.ocr.page_print import darkened

_DIGIT = 20.0
_BOX = (0.0, 0.0, 400.0, 60.0)


def _broken_writing(strokes: int) -> Grey:
    """Return a cell with upright hair strokes, light grey but for a dark piece at either end."""
    cell = np.full((60, 400), 255, np.uint8)
    for n in range(strokes):
        x = 60 + 14 * n
        cv2.line(cell, (x, 18), (x, 42), (195,), 1)
        for y in (18, 42):
            cv2.line(cell, (x - 1, y), (x + 1, y), (100,), 2)
    return cell


def test_writing_in_hair_strokes_is_not_taken_for_dirt() -> None:
    (line,) = ink_of(_broken_writing(12), _BOX, 2.0, _DIGIT).lines
    left, top, right, bottom = line.box
    assert (left, top) <= (62, 20)
    assert right >= 60 + 14 * 11
    assert bottom >= 41


def test_a_figure_is_not_read_alone_where_words_in_hair_strokes_follow_it() -> None:
    cell = _broken_writing(12)
    cv2.putText(cell, "4", (20, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2)
    (line,) = ink_of(cell, _BOX, 2.0, _DIGIT).lines
    assert line.box[2] >= 60 + 14 * 11


def test_dust_is_no_writing() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    for n in range(20):
        cell[10 + 2 * n, 15 * n + 20] = 60
    for x in (100, 200, 300):
        cell[30:33, x : x + 3] = 60
    assert ink_of(cell, _BOX, 2.0, _DIGIT).lines == ()


def _blurred(*boxes: tuple[int, int, int, int]) -> Grey:
    cell = np.full((60, 400), 255, np.uint8)
    for left, top, right, bottom in boxes:
        cell[top:bottom, left:right] = 60
    return np.asarray(cv2.GaussianBlur(cell, (0, 0), 1.5), np.uint8)


def test_a_short_blurred_stroke_in_the_middle_of_a_cell_is_writing() -> None:
    (line,) = ink_of(_blurred((196, 28, 204, 31)), _BOX, 2.0, _DIGIT).lines
    assert line.box[0] < 200 < line.box[2]


def test_a_short_stroke_elsewhere_or_beside_another_is_dirt() -> None:
    assert ink_of(_blurred((36, 28, 44, 31)), _BOX, 2.0, _DIGIT).lines == ()
    assert ink_of(_blurred((196, 28, 204, 31), (250, 40, 258, 43)), _BOX, 2.0, _DIGIT).lines == ()


def test_faint_print_is_darkened_and_other_print_left_alone() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    boxes = [(100.0 * n, 100.0, 100.0 * n + 90, 160.0) for n in range(1, 9)]
    for left, top, *_ in boxes:
        cv2.putText(page, "8", (int(left) + 35, int(top) + 40), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (20,), 2)
    faint = np.asarray(255 - (255 - page.astype(int)) * 0.45, np.uint8)
    assert darkened(page, boxes, 2.0) is page
    assert darkened(faint, boxes, 2.0).min() < 60
    assert darkened(faint, boxes, 2.0).max() == 255


def test_a_sign_fainter_than_its_figure_is_not_cut_off() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    cv2.putText(cell, "15", (200, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2)
    cell[31:33, 184:193] = 190
    (line,) = ink_of(cell, _BOX, 2.0, _DIGIT).lines
    assert line.box[0] <= 184
    assert (line.crop == 190).any()


def test_a_speck_far_from_the_figure_is_left_out() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    cv2.putText(cell, "7", (200, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2)
    cell[24:30, 290:296] = 40
    (line,) = ink_of(cell, _BOX, 2.0, _DIGIT).lines
    assert line.box[2] < 230


def test_specks_where_a_mark_would_stand_may_be_what_is_left_of_it() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    cell[29, 196:198] = cell[30, 202:204] = 0
    found = ink_of(cell, _BOX, 2.0, _DIGIT)
    assert (found.lines, found.is_central) == ((), True)
    assert not ink_of(np.roll(cell, 60, axis=1), _BOX, 2.0, _DIGIT).is_central


def test_bare_paper_is_told_from_a_blank_with_a_trace_of_ink() -> None:
    cell = np.full((60, 400), 250, np.uint8)
    assert ink_of(cell, _BOX, 2.0, _DIGIT).is_bare
    cell[29:32, 196:204] = 225
    found = ink_of(cell, _BOX, 2.0, _DIGIT)
    assert (found.lines, found.is_bare) == ((), False)


def test_the_point_of_a_figure_of_which_only_the_bars_are_dark_is_kept() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    for x in (180, 195, 221):  # 77.7, its stems too faint to count as ink but for their feet
        cell[20:24, x : x + 11] = 60
        cv2.line(cell, (x + 9, 24), (x + 3, 33), (178,), 2)
        cell[33:40, x + 3 : x + 5] = 140
    cell[36:40, 211:214] = 60
    (line,) = ink_of(cell, _BOX, 2.0, _DIGIT).lines
    left, top = line.box[0] - (line.crop.shape[1] - (line.box[2] - line.box[0])) // 2, line.box[1]
    assert line.crop.min(axis=0)[211 - left] < 100
    assert top <= 20


def test_a_first_digit_in_faint_pieces_far_from_the_dark_one_is_no_dirt() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    for x in (170, 184):
        cv2.rectangle(cell, (x, 20), (x + 10, 40), (200,), 1)
        cv2.line(cell, (x, 40), (x + 10, 40), (100,), 3)
    cv2.line(cell, (215, 20), (215, 40), (0,), 3)
    (line,) = ink_of(cell, _BOX, 2.0, _DIGIT).lines
    assert line.box[0] <= 170
    assert line.box[2] >= 215


def test_a_digit_fainter_than_the_one_beside_it_is_part_of_the_figure() -> None:
    cell = np.full((60, 400), 255, np.uint8)
    cv2.putText(cell, "7", (180, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
    for x in (163, 200):
        cv2.line(cell, (x, 20), (x, 40), (205,), 2)
    ink = ink_of(cell, _BOX, 2.0, _DIGIT)
    (line,) = ink.lines
    assert line.box[0] <= 163
    assert line.box[2] >= 200
    assert ink.is_uneven


@pytest.mark.parametrize(("shade", "pieces"), [(180, 1), (205, 2)])
def test_a_digit_of_which_thin_strokes_are_grey_is_as_high_as_all_of_it(shade: int, pieces: int) -> None:
    flat = np.full((60, 400), 255, np.uint8)
    flat[20:29, 196:206] = flat[31:40, 196:206] = 90
    flat[29:31, 204:206] = shade
    (line,) = ink_of(flat, _BOX, 2.0, _DIGIT).lines
    heights = [bottom - top for top, bottom in line.reaches]
    assert heights == ([20] if pieces == 1 else [9, 9])


def _underlined(foot: int, left: int, right: int) -> Grey:
    """Return a cell with a 7 from 20 to 40, and a line from ``left`` to ``right`` that begins at ``foot``."""
    cell = np.full((60, 400), 255, np.uint8)
    cv2.line(cell, (190, 21), (203, 21), (0,), 3)
    cv2.line(cell, (203, 21), (195, 39), (0,), 3)
    cell[foot : foot + 2, left:right] = 0
    return cell


def test_a_line_under_a_figure_is_no_part_of_it() -> None:
    for left, right in ((186, 208), (100, 300)):
        (line,) = ink_of(_underlined(45, left, right), _BOX, 2.0, _DIGIT).lines
        assert line.box[3] <= 43
        assert line.crop[-6:].min() == 255


def test_a_stroke_that_is_no_line_under_the_figure_stays() -> None:
    for foot, left, right in ((30, 210, 222), (45, 210, 222)):
        (line,) = ink_of(_underlined(foot, left, right), _BOX, 2.0, _DIGIT).lines
        assert line.box[2] >= 222


@pytest.mark.parametrize(("digit", "is_word"), [(20.0, True), (12.0, False)])
def test_where_digits_were_measured_too_small_no_figure_passes_for_a_word(digit: float, is_word: bool) -> None:
    cell = np.full((60, 200), 255, np.uint8)
    cell[15:41, 80:104] = 0
    (line,) = ink_of(cell, (0.0, 0.0, 200.0, 60.0), 2.0, digit).lines
    assert line.is_word is is_word


def test_words_that_touch_the_lines_of_a_low_row_are_read_whole_and_a_stroke_from_beside_a_figure_is_not() -> None:
    words = np.full((34, 400), 255, np.uint8)
    cv2.putText(words, "3", (8, 26), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0,), 2)
    for n in range(9):  # all but one of the characters run into the lower line
        cv2.rectangle(words, (44 + 30 * n, 6), (66 + 30 * n, 34 if n != 5 else 26), (0,), 2)
    (line,) = ink_of(words, (0.0, 0.0, 400.0, 34.0), 2.0, _DIGIT).lines
    assert line.box[2] >= 66 + 30 * 8
    figure = np.full((34, 400), 255, np.uint8)
    cv2.putText(figure, "3", (188, 26), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0,), 2)
    cv2.line(figure, (240, 8), (300, 34), (0,), 2)
    (line,) = ink_of(figure, (0.0, 0.0, 400.0, 34.0), 2.0, _DIGIT).lines
    assert line.box[2] < 220


@pytest.mark.parametrize(("at", "is_flush"), [((368, 40), True), ((188, 40), False), ((188, 60), False)])
def test_a_figure_that_ends_at_the_line_of_its_column_is_told_from_one_on_the_line_below(
    at: tuple[int, int], is_flush: bool
) -> None:
    cell = np.full((60, 400), 255, np.uint8)
    cv2.putText(cell, "38", at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2)
    ink = ink_of(cell, _BOX, 2.0, _DIGIT)
    assert ink.is_flush == is_flush
    assert ink.is_cut == (at != (188, 40))
