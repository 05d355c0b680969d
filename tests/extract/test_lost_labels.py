"""No figure of a row or cell that is lost passes for another one's, nor is it left out without a word."""

from __future__ import annotations

import pytest

from tests.extract.lost_labels import WAYS, Damaged, lost_labels
from tests.extract.reshaped import SHAPES, reshaped
from tests.extract.snippets import read, silent
from tests.extract.web_copies import COPIES, web_copy

_SEEDS = 40


@pytest.mark.parametrize("seed", range(_SEEDS))
@pytest.mark.parametrize("way", WAYS)
def test_no_row_whose_label_is_lost_is_wrong_in_silence(way: str, seed: int) -> None:
    _check(lost_labels(seed, way))


@pytest.mark.parametrize("seed", range(_SEEDS))
@pytest.mark.parametrize("way", SHAPES)
def test_no_table_that_lost_its_shape_is_wrong_in_silence(way: str, seed: int) -> None:
    _check(reshaped(seed, way))


@pytest.mark.parametrize("seed", range(_SEEDS))
@pytest.mark.parametrize("way", COPIES)
def test_no_copy_of_a_form_with_empty_cells_is_wrong_in_silence(way: str, seed: int) -> None:
    _check(web_copy(seed, way))


def _check(report: Damaged) -> None:
    found = silent(read(report.text), report.due)
    assert {key: text for key, text in found.items() if (text, report.due[key]) != ("absent", "")} == {}
