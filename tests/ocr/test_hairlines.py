"""Pale lines in pictures of a screen are drawn dark; paper is left as it came."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from parser.ocr.hairlines import with_hairlines_drawn

Pixels = npt.NDArray[np.uint8]
LEVEL, UPRIGHT = range(20, 400, 33), range(30, 600, 95)


def screen(shade: int = 221, thick: int = 1) -> Pixels:
    """Return a table in pale lines on white, every other row shaded, a dark word in each cell."""
    picture = np.full((420, 640, 3), 255, np.uint8)
    for n, y in enumerate(LEVEL):
        if n % 2:
            picture[y : y + 33, 30:505] = (245, 247, 251)
    for x in UPRIGHT:
        picture[LEVEL[0] : LEVEL[-1] + thick, x : x + thick] = shade
    for y in LEVEL:
        picture[y : y + thick, UPRIGHT[0] : UPRIGHT[-1] + thick] = shade
        for x in UPRIGHT[:-1]:
            cv2.putText(picture, "110", (x + 30, y + 22), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40))
    return picture


def as_photo(picture: Pixels, quality: int) -> Pixels:
    encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), dtype=np.uint8)


def drawn(picture: Pixels) -> float:
    """Return how much of the table's lines is dark; crossings are not counted."""
    grey = picture[..., 1]
    level = [grey[y, x + 4 : x + 91].max() for y in LEVEL for x in UPRIGHT[:-1]]
    upright = [grey[y + 4 : y + 29, x].max() for y in LEVEL[:-1] for x in UPRIGHT]
    return float(np.mean(np.array([*level, *upright]) < 128))


@pytest.mark.parametrize("thick", [1, 2])
@pytest.mark.parametrize("shade", [190, 221, 232, 238])
def test_pale_lines_of_a_screen_are_drawn(shade: int, thick: int) -> None:
    assert drawn(with_hairlines_drawn(screen(shade, thick))) == 1


@pytest.mark.parametrize("quality", [75, 90])
def test_a_compressed_picture_is_no_obstacle(quality: int) -> None:
    assert drawn(with_hairlines_drawn(as_photo(screen(), quality))) > 0.9


def test_words_and_shaded_rows_stay_as_they_are() -> None:
    before = screen()
    after = with_hairlines_drawn(before)
    changed = np.any(before != after, axis=2)
    assert not changed[[y + 10 for y in LEVEL[:-1]]][:, [x + 20 for x in UPRIGHT[:-1]]].any()
    assert not (changed & (before[..., 1] < 180)).any()


def test_dark_lines_and_paper_are_left_alone() -> None:
    assert np.array_equal(with_hairlines_drawn(screen(120)), screen(120))
    noise = np.random.default_rng(1).normal(0, 3, (420, 640, 1))
    paper = np.clip(screen().astype(float) - 8 + noise, 0, 255).astype(np.uint8)
    assert with_hairlines_drawn(paper) is paper


def test_a_line_shorter_than_any_of_a_table_is_none() -> None:
    picture = np.full((300, 300, 3), 255, np.uint8)
    picture[100, 50:70] = 221
    assert with_hairlines_drawn(picture) is picture
