"""Scanned pages laid flat: every cell of the form is found, whatever the scanner did."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.layout.creases import find_creases
from parser.ocr.flat_page import is_ruled, lay_flat
from parser.ocr.streaks import without_streaks
from tests.simulator import scan_case

Box = tuple[float, float, float, float]


def overlap(a: Box, b: Box) -> float:
    """Return what two boxes share of what they cover together."""
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = max(0.0, wide) * max(0.0, high)
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


@pytest.mark.parametrize(("seed", "level"), [(101, "office"), (103, "fax"), (103, "harsh"), (107, "phone")])
def test_cells_are_found(seed: int, level: str) -> None:
    case = scan_case(seed, level)
    number = max({page for page, _ in case.boxes.values()}, key=[page for page, _ in case.boxes.values()].count)
    flat = lay_flat(case.pages[number - 1])
    found = [flat.on_page(cell.box) for table in flat.tables for cell in table.cells]
    wanted = [box for page, box in case.boxes.values() if page == number]
    assert [box for box in wanted if max(overlap(box, other) for other in found) < 0.7] == []


@pytest.mark.parametrize("level", ["office", "skewed", "harsh"])
def test_pages_with_tables_are_told_at_a_glance(level: str) -> None:
    case = scan_case(920_004, level)
    with_tables = {page for page, _ in case.boxes.values()}
    assert all(is_ruled(case.pages[number - 1]) for number in with_tables)
    assert 0 < len(with_tables) < len(case.pages)
    if level == "office":
        plain = [page for number, page in enumerate(case.pages, 1) if number not in with_tables]
        assert not any(is_ruled(page) for page in plain)


def test_a_fold_is_seen_and_a_table_is_not_taken_for_one() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    cv2.rectangle(page, (160, 300), (1500, 900), (0,), 3)
    cv2.line(page, (160, 600), (1500, 600), (0,), 3)
    assert find_creases(page) == (None, None)
    cv2.line(page, (0, 700), (1654, 712), (130,), 4)
    across, down = find_creases(page)
    assert across is not None
    assert down is None
    assert across[706, 800] > 0
    assert across[600, 800] == 0


def test_a_streak_is_taken_away_and_a_desk_left_alone() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(0, 2340, 60):
        page[y : y + 48, 500:502] = 0
    cleaned, columns = without_streaks(page)
    assert (cleaned == 255).all()
    assert columns is not None
    assert set(np.flatnonzero(columns[0])) >= {500, 501}
    desk = page.copy()
    desk[:150, ::4] = desk[-150:, ::4] = 0
    assert (without_streaks(desk)[0] == desk).all()
