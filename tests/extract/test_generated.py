"""Generated reports of all layouts and damages: nothing is wrong, lost or interpreted in silence."""

from __future__ import annotations

from collections import Counter
from functools import cache

from tests.bench.extraction import Outcome, measure

SEEDS = range(20_260_100, 20_260_250)  # chosen once; not to be exchanged for luckier ones


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(map(measure, SEEDS))


@cache
def total() -> Counter[str]:
    return sum((outcome.counts for outcome in outcomes()), Counter())


def bad(name: str) -> list[str]:
    return [f"--show {outcome.seed}: {outcome.misses[:2]}" for outcome in outcomes() if outcome.counts[name]]


def test_no_report_is_refused_or_crashes_the_reader() -> None:
    assert [(outcome.seed, outcome.trouble) for outcome in outcomes() if outcome.trouble] == []


def test_no_cell_is_wrong_in_silence() -> None:
    assert bad("silent") == []


def test_no_cell_that_is_there_is_called_absent() -> None:
    assert bad("lost") == []


def test_no_interpreted_character_goes_unmarked() -> None:
    assert bad("unmarked") == []


def test_false_alarms_stay_rare() -> None:
    assert total()["false_alarm"] <= 0.005 * total()["cells"]


def test_office_year_and_form_are_told() -> None:
    for name in ("issuer", "year", "template"):
        assert total()[f"{name}_right"] >= 0.99 * total()[f"{name}_total"], name
