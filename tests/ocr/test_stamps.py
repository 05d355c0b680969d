"""Red stamps are taken off a page, coarsely compressed or not, and what is printed under them stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.ocr.ink import Pixels, clean

_SEAL = (205, 60, 60)


def page(paper: tuple[int, int, int] = (225, 225, 225), print_: int = 60) -> Pixels:
    """Return a page with figures and a ruled line."""
    picture = np.full((600, 600, 3), paper, np.uint8)
    for y in range(80, 600, 80):
        for x in range(60, 600, 90):
            cv2.putText(picture, "8", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (print_,) * 3, 2)
    cv2.line(picture, (0, 290), (600, 290), (print_,) * 3, 3)
    return picture


def sealed(picture: Pixels) -> Pixels:
    """Return the page with a seal: a broad ring, and thin strokes between the figures."""
    seal = np.full_like(picture, 255)
    cv2.circle(seal, (300, 300), 170, _SEAL, 9)
    for y in (205, 365):
        for x in range(190, 420, 12):
            cv2.line(seal, (x, y), (x + 7, y + 20), _SEAL, 2)
    return (picture.astype(np.float32) * seal / 255).astype(np.uint8)


def compressed(picture: Pixels, quality: int) -> Pixels:
    """Return the picture as JPEG leaves it, at half its colours' resolution."""
    _, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


@pytest.mark.parametrize("quality", [95, 75, 50])
@pytest.mark.parametrize("print_", [60, 110], ids=["black", "faint"])
@pytest.mark.parametrize("paper", [(225, 225, 225), (228, 224, 218), (216, 224, 228)], ids=["grey", "warm", "cold"])
def test_what_a_stamp_leaves_is_paper_and_print(quality: int, print_: int, paper: tuple[int, int, int]) -> None:
    sheet = clean(compressed(sealed(page(paper, print_)), quality))
    plain = clean(compressed(page(paper, print_), quality)).ink
    assert sheet.red is not None
    printed = plain < 165
    beside = cv2.dilate(printed.astype(np.uint8), np.ones((5, 5), np.uint8)) == 0
    assert 255 - sheet.ink[(sheet.red > 0) & beside].mean() < 9
    assert (sheet.ink[printed] < 165).mean() > 0.97


def test_a_faint_stamp_on_bluish_paper_is_seen() -> None:
    faint = cv2.addWeighted(sealed(page((200, 204, 210), 130)), 0.45, page((200, 204, 210), 130), 0.55, 0)
    sheet = clean(compressed(np.asarray(faint, np.uint8), 60))
    assert sheet.red is not None
    assert 0.01 < (sheet.red > 0).mean() < 0.1


@pytest.mark.parametrize("paper", [(235, 228, 220), (214, 222, 230)], ids=["warm", "cold"])
def test_a_page_without_stamps_stays_as_it_is(paper: tuple[int, int, int]) -> None:
    sheet = clean(page(paper))
    assert sheet.red is None
    assert (sheet.ink[:40] > 240).all()


def test_a_wooden_desk_is_no_stamp() -> None:
    picture = page()
    picture[:, 500:] = (150, 112, 78)
    assert clean(picture).red is None
