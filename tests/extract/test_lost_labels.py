"""No figure of a row whose label is lost passes for one of the row above, nor is it left out without a word."""

from __future__ import annotations

import pytest

from tests.extract.lost_labels import WAYS, lost_labels
from tests.extract.snippets import read, silent

_SEEDS = 40


@pytest.mark.parametrize("seed", range(_SEEDS))
@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_wrong_in_silence(way: str, seed: int) -> None:
    report = lost_labels(seed, way)
    found = silent(read(report.text), report.due)
    assert {key: text for key, text in found.items() if (text, report.due[key]) != ("absent", "")} == {}
