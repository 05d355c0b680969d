"""What the benchmarks compute by themselves."""

from __future__ import annotations

import pytest

from tests.bench.img2table_rows import intact
from tests.bench.scans import upper_bound
from tests.boxes import overlap


@pytest.mark.parametrize(
    ("events", "trials", "bound"),
    [(0, 300, 0.00994), (0, 4000, 0.000749), (3, 200, 0.0383), (1, 100, 0.0466), (5, 5, 1.0), (0, 0, 1.0)],
)
def test_the_bound_is_that_of_clopper_and_pearson(events: int, trials: int, bound: float) -> None:
    assert upper_bound(events, trials) == pytest.approx(bound, rel=0.005)


def test_boxes_overlap_by_the_share_of_what_they_cover() -> None:
    assert overlap((0, 0, 2, 1), (0, 0, 2, 1)) == 1
    assert overlap((0, 0, 2, 1), (1, 0, 3, 1)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 1, 1), (2, 2, 3, 3)) == 0
    assert overlap((1, 1, 1, 1), (1, 1, 1, 1)) == 0


def test_a_row_is_intact_if_its_values_stand_beside_each_other() -> None:
    row = ["3", "0", "0", "", "0", "/", "3"]
    found = [["（一）予以公开", "3", "0", "0", "", "0", "/", "3"], ["3", "0", "", "0", "", "0", "/", "3"]]
    assert intact({"a": [row, row]}, {"a": found}) == 1
    assert intact({"a": [row]}, {}) == 0
