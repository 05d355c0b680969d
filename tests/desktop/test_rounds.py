"""The order in which a clerk is led through what is open."""

from __future__ import annotations

from decimal import Decimal

from desktop.decisions import worst_first
from desktop.rounds import Round
from parser.model.finding import Suggestion
from parser.model.report import CellKey
from parser.rules.check import assess
from tests.forms import make_report

KEYS = [CellKey("applications", "granted", column) for column in "abcdef"]


def decided(round_: Round, first: CellKey, others: list[CellKey]) -> list[CellKey]:
    """Decide the first cell and those that the round leads to then; return them in that order."""
    seen, remaining = [first], [key for key in others if key != first]
    while remaining:
        round_.renew(remaining)
        following, _ = round_.go(seen[-1], 1)
        assert following is not None
        seen.append(following)
        remaining.remove(following)
    round_.renew([])
    return seen


def test_what_is_undone_after_another_round_began_comes_in_its_turn_again() -> None:
    round_ = Round()
    round_.renew(KEYS)
    first, _ = round_.go(None, 1)
    assert first is not None
    assert decided(round_, first, KEYS) == KEYS
    round_.renew([KEYS[3]])  # an edit elsewhere put it in doubt once more
    assert round_.go(KEYS[5], 1) == (KEYS[3], True)
    for undone in reversed(KEYS):
        round_.renew([key for key in KEYS if key == KEYS[3] or KEYS.index(key) >= KEYS.index(undone)])
    assert decided(round_, KEYS[0], KEYS) == KEYS


def test_what_comes_into_doubt_behind_the_clerk_comes_next() -> None:
    round_ = Round()
    round_.renew(KEYS[1:])
    assert round_.go(None, 1) == (KEYS[1], False)
    round_.renew(KEYS[2:])
    assert round_.go(KEYS[1], 1) == (KEYS[2], False)
    round_.renew([KEYS[0], *KEYS[3:]])
    assert round_.go(KEYS[2], 1) == (KEYS[0], False)


def test_what_was_postponed_stays_at_the_end() -> None:
    round_ = Round()
    round_.renew(KEYS)
    round_.postpone(KEYS[0])
    round_.renew(KEYS)
    assert decided(round_, KEYS[1], KEYS) == [*KEYS[1:], KEYS[0]]


def test_of_the_figures_of_a_broken_sum_that_comes_first_for_which_another_is_offered() -> None:
    row = {
        f"applications.granted.{who}": value for who, value in (("natural_person", 2), ("total", 7), ("other_org", 74))
    }
    report = make_report(cells=row)
    suspects = [CellKey.parse(key) for key in row]
    offer = Suggestion({suspects[2]: Decimal(5)}, (), "likely", "")
    assessment = assess(report)._replace(suggestions=(offer,))
    assert worst_first(report, assessment, suspects) == [suspects[2], *suspects[:2]]


def test_what_was_passed_over_comes_before_what_was_postponed() -> None:
    round_ = Round()
    round_.renew(KEYS)
    round_.postpone(KEYS[0])
    round_.renew([KEYS[0], KEYS[1], KEYS[2]])  # the others were decided together
    assert round_.go(KEYS[5], 1) == (KEYS[1], False)
    round_.renew([KEYS[0], KEYS[2]])
    assert round_.go(KEYS[1], 1) == (KEYS[2], False)
    round_.renew([KEYS[0]])
    assert round_.go(KEYS[2], 1) == (KEYS[0], False)
