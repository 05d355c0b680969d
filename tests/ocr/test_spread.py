"""Two pages on one picture are told from one wide page."""

from __future__ import annotations

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
