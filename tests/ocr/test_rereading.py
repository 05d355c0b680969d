"""Figures that were hardly read are read again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from parser.ocr.engine import Grey, Recognised
from parser.ocr.rereading import reread

_CROP = np.full((40, 30), 255, np.uint8)


class Says:
    """An engine that reads one thing after the other, with its confidence."""

    def __init__(self, *readings: tuple[str, float]) -> None:
        self._readings = readings

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        assert len(crops) == len(self._readings)
        return [_read(*reading) for reading in self._readings]


def _read(figure: str, confidence: float, text: str | None = None) -> Recognised:
    return Recognised(figure if text is None else text, confidence, figure, confidence)


def _again(first: Recognised, *others: tuple[str, float]) -> Recognised:
    (found,) = reread([_CROP], [first], 20.0, Says(*others))
    return found


def test_what_most_readings_say_counts_and_is_not_sure() -> None:
    found = _again(_read("11", 0.5), ("0", 0.9), ("6", 0.6), ("0", 0.7))
    assert (found.text, found.figure, found.rival) == ("0", "0", "11")
    assert found.figure_confidence < 0.4


def test_a_reading_that_others_confirm_stays_as_it_is() -> None:
    first = _read("8", 0.6)
    assert _again(first, ("8", 0.9), ("3", 0.8), ("8", 0.9)) is first


def test_smoothed_dirt_is_no_part_of_a_figure() -> None:
    assert _again(_read("1.", 0.3), ("0.", 0.9), ("0", 0.4), ("1", 0.2)).text == "0"


def test_a_figure_taken_for_a_word_is_one_when_the_others_say_so() -> None:
    found = _again(_read("1", 0.5, text="工"), ("1", 0.9), ("1", 0.9), ("", 0.0))
    assert found.text == "1"
    assert found.figure_confidence < 0.4


@pytest.mark.parametrize("others", [[("", 0.0)] * 3, [(".", 0.9)] * 3])
def test_where_nobody_sees_a_figure_nothing_changes(others: list[tuple[str, float]]) -> None:
    first = _read("", 0.0)
    assert _again(first, *others) is first
