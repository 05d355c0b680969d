"""Two pages on one picture are told from one wide page."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from parser.ocr.ink import Pixels
from parser.ocr.spread import WHOLE, parts_of


def sheet(*tables: tuple[int, int], text: tuple[tuple[int, int], ...] = ()) -> Pixels:
    """A wide picture with a ruled table between each two columns of pixels, and lines of words."""
    picture = np.full((1600, 2200, 3), 235, np.uint8)
    for left, right in tables:
        for y in range(300, 1400, 60):
            cv2.line(picture, (left, y), (right, y + 6), (20, 20, 20), 3)
        for x in np.linspace(left, right, 8).astype(int).tolist():
            cv2.line(picture, (x, 300), (x, 1360), (20, 20, 20), 3)
    for left, right in text:
        for y in range(300, 1400, 60):
            for x in range(left, right, 30):
                cv2.putText(picture, "8", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 2)
    return picture


def test_two_pages_side_by_side_are_two() -> None:
    parts = parts_of(sheet((100, 1000), (1150, 2100)))
    assert len(parts) == 2
    assert 1000 < parts[0][2] * 2200 < 1150
    assert parts[0][2] == parts[1][0]


def test_a_table_beside_prose_on_the_other_page_is_two_pages() -> None:
    assert len(parts_of(sheet((100, 1000), text=((1200, 2100),)))) == 2


@pytest.mark.parametrize(
    "picture",
    [
        sheet((100, 2100)),
        sheet(text=((100, 2100),)),
        sheet((100, 1000)),
        np.ascontiguousarray(np.rot90(sheet((100, 1000), (1150, 2100)))),
    ],
    ids=["one wide table", "wide prose", "only one side printed", "a high picture"],
)
def test_anything_else_is_one_page(picture: Pixels) -> None:
    assert parts_of(picture) == (WHOLE,)


def test_three_lines_of_a_table_across_the_middle_are_enough_to_keep_it_whole() -> None:
    picture = sheet((100, 900), (1300, 2100))
    for y in (300, 360, 420):
        cv2.line(picture, (100, y), (2100, y), (20, 20, 20), 3)
    assert parts_of(picture) == (WHOLE,)


def on_a_desk(*sheets: tuple[int, int], desk: int = 110) -> Pixels:
    """Sheets of text between each two columns, on a desk with a grain that is as dark as print."""
    grain = np.random.default_rng(3).normal(desk, 12, (1600, 2200)).clip(0, 255).astype(np.uint8)
    grain[::40] = 70
    picture = np.repeat(grain[:, :, None], 3, axis=2)
    for left, right in sheets:
        picture[100:1500, left:right] = 225
        for y in range(300, 1400, 60):
            for x in range(left + 60, right - 60, 30):
                cv2.putText(picture, "8", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 2)
    return picture


def test_two_sheets_on_a_desk_are_two_pages_whatever_the_desk_looks_like() -> None:
    parts = parts_of(on_a_desk((80, 1000), (1120, 2100)))
    assert len(parts) == 2
    assert 1000 < parts[0][2] * 2200 < 1120


def test_a_wide_sheet_with_the_shadow_of_a_fold_is_one_page() -> None:
    picture = on_a_desk((80, 2100))
    picture[100:1500, 1060:1140] = (picture[100:1500, 1060:1140] * 0.9).astype(np.uint8)
    picture[100:1500, 1098:1104] = 120
    assert parts_of(picture) == (WHOLE,)


def scrolled(rules: range) -> Pixels:
    """A picture of a screen scrolled down: a table with rules so far apart, and lines of words below it."""
    picture = np.full((5000, 1000, 3), 250, np.uint8)
    for y in rules:
        cv2.line(picture, (60, y), (940, y), (60, 60, 60), 2)
    for x in np.linspace(60, 940, 9).astype(int).tolist() if len(rules) else []:
        cv2.line(picture, (x, rules[0]), (x, rules[-1]), (60, 60, 60), 2)
    for y in range(len(rules) and rules[-1] + 80, 4900, 50):
        cv2.putText(picture, "8" * 40, (80, y), cv2.FONT_HERSHEY_SIMPLEX, 1, (60, 60, 60), 2)
    return picture


def test_a_high_picture_is_cut_along_a_line_of_its_table_that_both_parts_keep() -> None:
    parts = parts_of(scrolled(range(200, 4400, 70)))
    assert len(parts) >= 3
    assert (parts[0][1], parts[-1][3]) == (0.0, 1.0)
    for above, below in pairwise(parts):
        rules = [y for y in range(200, 4400, 70) if below[1] * 5000 + 3 < y < above[3] * 5000 - 3]
        assert len(rules) == 1


def test_a_high_picture_of_prose_is_cut_between_its_lines() -> None:
    picture = scrolled(range(0))
    for above, below in pairwise(parts_of(picture)):
        assert above[3] == below[1]
        assert picture[round(above[3] * 5000)].min() == 250


def test_the_parts_of_a_high_picture_are_no_higher_than_sheets() -> None:
    parts = parts_of(scrolled(range(200, 4400, 70)))
    assert all(1 <= (bottom - top) * 5 <= 2.3 for _, top, _, bottom in parts)


def test_the_edge_of_a_sheet_crosses_its_margin_not_the_desk_between_two() -> None:
    picture = sheet((100, 850), (1300, 2100))
    cv2.rectangle(picture, (30, 60), (1050, 1540), (60, 60, 60), 3)
    cv2.rectangle(picture, (1120, 60), (2170, 1540), (60, 60, 60), 3)
    parts = parts_of(picture)
    assert len(parts) == 2
    assert 1050 < parts[0][2] * 2200 < 1120
