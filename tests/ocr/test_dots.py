"""Grey that a fax drew as dots is taken away, strokes and lines stay; other pages are left as they came."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from parser.ocr.dots import without_dots

Pixels = npt.NDArray[np.uint8]


def printed() -> npt.NDArray[np.float32]:
    """Return a grid with figures, 1 where there is ink."""
    page = np.zeros((600, 500), np.uint8)
    for place in range(40, 600, 60):
        cv2.line(page, (20, place), (480, place), (255,), 2)
    for place in range(20, 500, 92):
        cv2.line(page, (place, 40), (place, 580), (255,), 2)
    for y in range(80, 580, 60):
        cv2.putText(page, "10", (50, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255,), 2)
    return np.asarray(page, dtype=np.float32) / 255


def dithered(share: float, scale: float = 1.0) -> Pixels:
    """Return the page on paper of that grey, as an ordered pattern of dots with some irregularity."""
    page = printed()
    random = np.random.default_rng(7)
    threshold = np.tile(random.permutation(64).reshape(8, 8) / 64, (80, 80))[:600, :500]
    ink = (page > 0.5) | (share + random.normal(0, 0.01, page.shape) > threshold + 0.5 / 64)
    grey = np.where(ink, 0, 255).astype(np.uint8)
    grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


@pytest.mark.parametrize("scale", [1.0, 1.15])
@pytest.mark.parametrize("share", [0.04, 0.08])
def test_dots_go_and_strokes_stay(share: float, scale: float) -> None:
    before = dithered(share, scale)
    grey = without_dots(before)[..., 0]
    page = cv2.resize(printed(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(page, np.ones((7, 7), np.uint8)) == 0
    middles = cv2.erode((page > 0.9).astype(np.uint8), np.ones((2, 2), np.uint8)) > 0
    assert (before[..., 0][paper] < 128).mean() > 0.02
    assert (grey[paper] < 200).mean() < 0.002
    assert (grey[middles] < 128).mean() > 0.98


@pytest.mark.parametrize("dirt", [0, 0.002])
def test_a_page_without_grey_is_left_as_it_is(dirt: float) -> None:
    page = dithered(0)
    page[np.random.default_rng(3).random(page.shape[:2]) < dirt] = 0
    assert without_dots(page) is page


def shaded(top: int, bottom: int, share: float = 0.01) -> Pixels:
    """Return the page in black and white, with a row of cells shaded by scattered dots and a figure with a point."""
    page = printed()
    cv2.putText(page, "2", (150, 100), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (1.0,), 2)
    page[97:101, 168:172] = 1
    cv2.putText(page, "5", (174, 100), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (1.0,), 2)
    dots = np.random.default_rng(5).random(page.shape) < share
    dots[:top], dots[bottom:] = False, False
    dots[:, :20], dots[:, 480:] = False, False
    return np.asarray(cv2.cvtColor(np.where((page > 0.5) | dots, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2RGB))


def test_the_dots_of_a_shaded_row_go_and_a_decimal_point_stays() -> None:
    before = shaded(42, 98)
    after = without_dots(before)[..., 0]
    print_alone = printed() > 0
    row, below = np.s_[46:96, 24:140], np.s_[110:, :]
    assert (before[..., 0][row][~print_alone[row]] < 128).mean() > 0.008
    assert (after[row][~print_alone[row]] < 128).mean() < 0.001
    assert (after[row][print_alone[row]] == before[..., 0][row][print_alone[row]]).all()
    assert (after[97:101, 168:172] < 128).all()
    assert (after[below] == before[..., 0][below]).all()


@pytest.mark.parametrize("rows", [(42, 98), (222, 338)])
def test_a_close_shade_goes_too_where_its_dots_run_together(rows: tuple[int, int]) -> None:
    before = shaded(*rows, share=0.15)
    before[70:72, 330:337] = 0  # the sign of a figure
    after = without_dots(before)[..., 0]
    row, paper = np.s_[rows[0] + 4 : rows[1] - 2, 24:476], cv2.dilate(printed(), np.ones((5, 5), np.uint8)) == 0
    paper[60:104, 140:200] = paper[66:76, 326:341] = False  # the figure with a point, and the sign
    assert (before[..., 0][row][paper[row]] < 128).mean() > 0.1
    assert (after[row][paper[row]] < 128).mean() < 0.02
    assert (after[printed() > 0] < 128).all()
    assert (after[97:101, 168:172] < 128).all()
    assert (after[70:72, 330:337] < 128).all()


def test_a_thin_stroke_in_a_shade_stays() -> None:
    before = shaded(42, 98, share=0.05)
    cv2.line(before, (330, 76), (336, 64), (0, 0, 0), 1)
    after = without_dots(before)[..., 0]
    stroke = cv2.line(np.zeros(after.shape, np.uint8), (330, 76), (336, 64), (1,), 1) > 0
    assert (after[stroke] < 128).all()


def test_the_smoothed_edges_of_dots_go_with_them() -> None:
    page = cv2.resize(shaded(42, 98, share=0.05), None, fx=1.33, fy=1.33, interpolation=cv2.INTER_LINEAR)
    before = np.asarray(page, dtype=np.uint8)
    after = without_dots(before)[..., 0]
    row = np.s_[64:84, 206:262]
    assert (before[..., 0][row] < 250).mean() > 0.1
    assert (after[row] < 250).mean() < 0.02


def test_dirt_in_one_place_is_left_to_those_who_look_at_the_cell() -> None:
    page = shaded(0, 0)
    page[300:316, 30:60][np.random.default_rng(2).random((16, 30)) < 0.05] = 0
    assert without_dots(page) is page


@pytest.mark.parametrize("shade", [0, 255])
def test_a_page_of_one_shade_is_left_as_it_is(shade: int) -> None:
    page = np.full((300, 200, 3), shade, np.uint8)
    assert without_dots(page) is page


def test_dots_in_a_line_are_no_shade() -> None:
    page = shaded(42, 98)
    for y in range(320, 560, 16):
        page[y : y + 2, 24:476:4] = page[y : y + 2, 25:476:4] = 0
    cleaned = without_dots(page)
    assert (cleaned[46:96] != page[46:96]).any()
    assert (cleaned[310:] == page[310:]).mean() > 0.999
