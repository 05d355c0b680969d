"""Pages without tables: lines of text become level, and their margins upright."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.straighten import find_warp
from parser.layout.text_rows import text_rows
from parser.layout.text_warp import find_text_warp

_SIZE = (1654, 2340)  # A4 at 200 dpi
_LEFT, _RIGHT, _TOP, _STEP, _ROWS = 230, 1420, 320, 62, 24


def prose(rows: int = _ROWS) -> npt.NDArray[np.uint8]:
    """Return a page of rows of characters, every fourth row set in, the one before it short."""
    page = np.full((_SIZE[1], _SIZE[0]), 255, np.uint8)
    for row in range(rows):
        left, right = _LEFT + (68 if row % 4 == 0 else 0), _RIGHT - (420 if row % 4 == 3 else 0)
        for x in range(left, right, 34):
            y = _TOP + row * _STEP
            cv2.putText(page, "BHE"[x % 3], (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (0,), 3)
    return page


def photographed(page: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """Return the page as a camera held askew sees it, and the matrix by which points go there."""
    wide, high = _SIZE
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    seen = np.array([[90, 20], [wide - 60, 150], [wide - 160, high - 20], [30, high - 260]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    photo = cv2.warpPerspective(page, matrix, _SIZE, borderValue=(255,))
    return np.asarray(photo, dtype=np.uint8), np.asarray(matrix, dtype=np.float64)


def test_the_lines_of_a_photographed_page_become_level_and_their_margins_upright() -> None:
    photo, matrix = photographed(prose())
    warp = find_text_warp(photo, find_warp(photo))
    rows = np.array([[[x, _TOP + row * _STEP] for x in (_LEFT, 800, 1350)] for row in range(1, _ROWS - 1)], np.float32)
    seen = cv2.perspectiveTransform(rows.reshape(-1, 1, 2), matrix).reshape(-1, 2).astype(np.float64)
    flat = warp.flat(seen).reshape(rows.shape)
    assert np.ptp(flat[..., 1], axis=1).max() < 6
    assert np.ptp(flat[:, 0, 0]) < 17  # half of a character
    assert np.ptp(find_warp(photo).flat(seen).reshape(rows.shape)[..., 1], axis=1).max() > 20


def test_a_page_that_lies_flat_and_one_with_little_text_stay_as_they_are() -> None:
    for page in (prose(), photographed(prose(4))[0], np.full((_SIZE[1], _SIZE[0]), 255, np.uint8)):
        warp = find_warp(page)
        assert find_text_warp(page, warp) is warp


def test_a_line_of_text_is_followed_from_its_beginning_to_its_end() -> None:
    found = text_rows(prose(), 0.0)
    assert len(found) == _ROWS
    for number, row in enumerate(sorted(found, key=lambda row: float(row[0, 1]))):
        left = _LEFT + (68 if number % 4 == 0 else 0)
        assert abs(row[0, 0] - left) < 8
        assert np.ptp(row[:, 1]) < 6
        assert (np.diff(row[:, 0]) > 0).all()
