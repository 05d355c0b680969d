"""A page that is skewed or curled is laid flat by its lines, and places can be followed there and back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.layout.straighten import Flattening, find_warp

_HEIGHT, _WIDTH = 1400, 1000


def ruled(degrees: float, curl: float = 0.0) -> np.ndarray:
    """Return a page with a table, bent by ``curl`` pixels and then turned."""
    page = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    for y in range(300, 1101, 160):
        cv2.line(page, (150, y), (850, y), (0,), 3)
    for x in range(150, 851, 140):
        cv2.line(page, (x, 300), (x, 1100), (0,), 3)
    x, y = np.meshgrid(np.arange(_WIDTH, dtype=np.float32), np.arange(_HEIGHT, dtype=np.float32))
    bent = cv2.remap(page, x, y + curl * np.sin(x / _WIDTH * 3).astype(np.float32), cv2.INTER_LINEAR, borderValue=255)
    matrix = cv2.getRotationMatrix2D((_WIDTH / 2, _HEIGHT / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(bent, matrix, (_WIDTH, _HEIGHT), borderValue=(255,)), dtype=np.uint8)


def sharpness(flat: np.ndarray) -> float:
    """Return how dark the darkest row is inside the table: 1 if a line lies in it from end to end."""
    return float((255 - flat[:, 180:820].astype(float)).mean(axis=1).max() / 255)


@pytest.mark.parametrize(("degrees", "curl"), [(0.0, 0.0), (1.2, 0.0), (-4.0, 0.0), (0.5, 9.0), (2.0, -12.0)])
def test_lines_come_out_level(degrees: float, curl: float) -> None:
    page = ruled(degrees, curl)
    flat = Flattening(find_warp(page))(page)
    assert sharpness(flat) > 0.85
    assert sharpness(np.ascontiguousarray(flat[250:1150].T)) > 0.5


def test_places_are_followed_there_and_back() -> None:
    warp = find_warp(ruled(3.0, 8.0))
    points = np.random.default_rng(5).uniform((0, 0), (_WIDTH, _HEIGHT), (200, 2))
    assert np.abs(warp.page(warp.flat(points)) - points).max() < 0.1


def test_a_page_without_lines_stays_as_it_is() -> None:
    blank = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    warp = find_warp(blank)
    assert warp.angle == 0
    assert not warp.bend_x.any()
    assert not warp.bend_y.any()


def test_a_lone_slanted_edge_bends_nothing() -> None:
    page = ruled(0.0)
    cv2.line(page, (40, 20), (110, 1380), (0,), 3)  # such as the edge of a sheet
    assert sharpness(Flattening(find_warp(page))(page)) > 0.95
    points = np.array([[150.0, 300.0], [150.0, 1100.0]])
    flat = find_warp(page).flat(points)
    assert abs(flat[1, 0] - flat[0, 0]) < 2


def test_edges_of_sheets_beside_the_table_bend_nothing() -> None:
    page = ruled(0.0)
    for x in (30, 52, 74, 930, 952, 974):  # of this sheet and of others on the desk
        lean = -35 if x > 500 else 35
        cv2.line(page, (x - lean, 20), (x + lean, 1380), (0,), 3)
    flat = find_warp(page).flat(np.array([[150.0, 300.0], [150.0, 1100.0], [850.0, 300.0], [850.0, 1100.0]]))
    assert abs(flat[1, 0] - flat[0, 0]) < 1
    assert abs(flat[3, 0] - flat[2, 0]) < 1


def test_lines_across_a_wide_column_are_no_edges_of_a_sheet() -> None:
    page = ruled(0.0)
    page[300:500] = 255
    for y in range(60, 261, 50):
        cv2.line(page, (150, y), (850, y), (0,), 3)
    for x in (150, 850):
        cv2.line(page, (x, 30), (x, 290), (0,), 3)
    x, y = np.meshgrid(np.arange(_WIDTH, dtype=np.float32), np.arange(_HEIGHT, dtype=np.float32))
    bend = (16 * x / _WIDTH * np.maximum(0, 1 - y / 450)).astype(np.float32)  # at the top only
    bent = np.asarray(cv2.remap(page, x, y + bend, cv2.INTER_LINEAR, borderValue=255), dtype=np.uint8)
    flat = Flattening(find_warp(bent))(bent)
    assert sharpness(flat[90:180]) > 0.85
