"""Tables that nothing rules are read cell by cell, blanks and all."""

from __future__ import annotations

import pytest

from tests.bench.scans import measure, value_right
from tests.simulator import scan_case, unruled


@pytest.mark.parametrize(("seed", "keeps_level"), [(7_300_001, False), (7_300_003, True)])
def test_a_scan_without_upright_lines_is_read_and_hides_nothing(seed: int, keeps_level: bool) -> None:
    counts = measure(unruled(scan_case(seed, "clean"), keeps_level=keeps_level)).counts
    assert counts["silent"] + counts["lost"] + counts["unmarked"] == 0
    assert value_right(counts) >= 0.9 * counts["cells"]
    assert counts["false_alarm"] <= 0.1 * counts["cells"]


def test_lines_are_left_out_and_print_is_not() -> None:
    whole = scan_case(7_300_001, "clean")
    bare, level = unruled(whole), unruled(whole, keeps_level=True)
    dark = [sum(int((page < 128).sum()) for page in case.pages) for case in (whole, level, bare)]
    assert dark[0] > dark[1] > dark[2] > 0.3 * dark[0]
