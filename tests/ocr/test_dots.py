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
