"""A page of nothing but text is laid level by its lines of text."""

from __future__ import annotations

from math import degrees

import cv2
import numpy as np
import pytest

from parser.layout.text_skew import Grey, text_angle


def page_of_text(angle: float) -> Grey:
    """Lines of small marks, as characters are, of different lengths, on a page turned by ``angle`` degrees."""
    page = np.full((1500, 1060), 255, np.uint8)
    rng = np.random.default_rng(4)
    for y in range(150, 1300, 42):
        for x in range(120, int(rng.integers(500, 940)), 26):
            page[y + int(rng.integers(0, 5)) : y + 21, x : x + int(rng.integers(8, 22))] = 30
    turn = cv2.getRotationMatrix2D((530, 750), -angle, 1.0)
    turned = cv2.warpAffine(page, turn, (1060, 1500), borderValue=(255,))
    return np.asarray(turned, dtype=np.uint8)


@pytest.mark.parametrize("angle", [-6.0, -1.5, 0.0, 0.8, 4.0])
def test_the_angle_of_lines_of_text_is_found(angle: float) -> None:
    assert degrees(text_angle(page_of_text(angle))) == pytest.approx(angle, abs=0.25)


def test_an_empty_page_is_not_turned() -> None:
    assert text_angle(np.full((1500, 1060), 255, np.uint8)) == 0.0


def test_a_page_on_its_side_says_nothing_wrong() -> None:
    on_its_side = np.ascontiguousarray(np.rot90(page_of_text(0.0)))
    assert abs(degrees(text_angle(on_its_side))) < 1.0
