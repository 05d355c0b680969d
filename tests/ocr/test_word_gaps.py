"""Words that were found as one are parted where the paper between them shows."""

from __future__ import annotations

import cv2
import numpy as np

from parser.ocr.engine import Grey
from parser.ocr.word_gaps import parts, without_rules

_BOX = (10.0, 10.0, 310.0, 50.0)


def ink(*blocks: tuple[int, int, int, int]) -> Grey:
    """Return a page with black blocks (left, top, right, bottom)."""
    page = np.full((400, 600), 255, np.uint8)
    for left, top, right, bottom in blocks:
        page[top:bottom, left:right] = 0
    return page


def test_a_wide_gap_parts_two_words_and_a_narrow_one_is_told() -> None:
    page = ink((20, 18, 40, 42), (43, 18, 63, 42), (75, 18, 95, 42), (150, 18, 170, 42))
    first, second = parts(page, _BOX, 16.0)
    assert first.box == (10.0, 10.0, 105.0, 50.0)
    assert first.gaps == ((63.0, 75.0),)
    assert second.box == (140.0, 10.0, 180.0, 50.0)
    assert second.gaps == ()


def test_two_rows_in_one_box_are_parted() -> None:
    page = ink((20, 12, 60, 28), (20, 34, 60, 48))
    upper, lower = parts(page, _BOX, 16.0)
    assert upper.box[3] <= lower.box[1]


def test_a_dot_is_no_row() -> None:
    page = ink((20, 12, 60, 14), (20, 22, 60, 48))
    (word,) = parts(page, _BOX, 16.0)
    assert word.box[1::2] == _BOX[1::2]


def test_an_empty_box_stays() -> None:
    assert [part.box for part in parts(ink(), _BOX, 16.0)] == [_BOX]


def test_lines_are_taken_off_and_strokes_are_not() -> None:
    page = np.full((2000, 1400), 255, np.uint8)
    page[18:42, 20:40] = 0
    cv2.line(page, (0, 60), (400, 60), (0,), 2)
    cv2.line(page, (200, 0), (200, 300), (0,), 2)
    bare = without_rules(page)
    assert (bare[18:42, 20:40] == 0).all()
    assert (bare == 0).sum() == 24 * 20
