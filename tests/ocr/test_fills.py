"""Light print on dark ground is turned round, and nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.ocr.fills import dark_on_light
from tests.simulator import scan_case

_BAND = slice(400, 470), slice(200, 1400)


def _page(ground: int, fill: int, light: int) -> np.ndarray:
    """Return a page in grey with a filled band, light print in it, and dark print below."""
    grey = np.full((2340, 1654), ground, np.uint8)
    grey[_BAND] = fill
    for x in range(260, 1300, 120):
        cv2.putText(grey, "40", (x, 450), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (light,), 2)
        cv2.putText(grey, "71", (x, 560), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255 - ground,), 2)
    return np.repeat(grey[..., None], 3, axis=2)


def test_light_print_in_a_filled_cell_becomes_dark_on_white() -> None:
    page = _page(255, 70, 255)
    turned = dark_on_light(page)
    inside = turned[410:460, 210:1390, 0]
    assert np.median(inside) == 255
    assert (inside[page[410:460, 210:1390, 0] == 255] < 60).mean() > 0.9
    assert (turned[480:] == page[480:]).all()


def test_a_dark_picture_is_turned_round_and_a_sheet_on_a_dark_desk_is_not() -> None:
    page = _page(30, 30, 225)
    assert np.median(dark_on_light(page)) > 200
    page[600:1600, 300:1300] = 240
    assert dark_on_light(page) is page


@pytest.mark.parametrize("level", ["office", "skewed", "harsh", "phone", "fax"])
def test_scans_are_left_alone(level: str) -> None:
    for picture in scan_case(5, level).pages:
        assert dark_on_light(picture) is picture
