"""Misreadings that go round a loop of four cells are reckoned with, though fewer changes repair them."""

from __future__ import annotations

from parser.rules.check import assess, rule_book
from parser.rules.evaluate import evaluate, read
from parser.rules.loops import round_loops
from parser.rules.problem import Problem, pose
from parser.templates.load import template
from tests.forms import make_report
from tests.rules.tables import applications, key, with_changes

BOOK = rule_book(template("2021"))
TABLE = with_changes(
    applications(), granted__natural_person=61, granted__total=74, partially_granted__natural_person=8,
    partially_granted__total=11,
)  # fmt: skip


def posed(**changes: int) -> Problem:
    reading = read(BOOK.form, make_report("2021", with_changes(TABLE, **changes)), None)
    return pose(BOOK.systems[0], evaluate(BOOK.within, reading), reading)


def test_a_change_is_shifted_round_the_loops_of_its_cell() -> None:
    problem = posed(granted__natural_person=61 + 5)
    start = BOOK.form.positions[key("granted.natural_person")]
    found = list(round_loops(problem, [frozenset({(start, 61)})], most=60))
    assert found
    for explanation in found:
        assert len(explanation.changes) == 4
        assert explanation.cost == problem.cost(explanation.changes) <= 60
        assert not problem.after(explanation.changes).residuals
        assert all(value >= 0 and value != problem.values[position] for position, value in explanation.changes)


def test_nothing_is_shifted_that_costs_too_much_or_is_fixed() -> None:
    problem = posed(granted__natural_person=61 + 5)
    start = BOOK.form.positions[key("granted.natural_person")]
    assert not list(round_loops(problem, [frozenset({(start, 61)})], most=20))


def test_a_total_in_three_equations_stands_in_no_loop_of_four() -> None:
    problem = posed(results_total__natural_person=7)
    start = BOOK.form.positions[key("results_total.natural_person")]
    right = applications()["applications.results_total.natural_person"]
    assert not list(round_loops(problem, [frozenset({(start, right)})], most=90))


def test_a_repair_is_not_proven_where_misreadings_round_a_loop_would_look_the_same() -> None:
    """Printed are 1 1 and 7 7, read 10 7 and 1 1: one cell repairs that, but not as it is printed."""
    printed = {"partially_granted": 1, "unable_not_held": 7, "not_processed_repeated": 1}
    frame = {"results_total": 9, "new_received": 9}
    rows = {
        f"applications.{row}.{column}": n
        for row, n in (printed | frame).items()
        for column in ("natural_person", "total")
    }
    assert not assess(make_report("2021", rows)).suspects
    misread = {
        "applications.partially_granted.natural_person": 10,
        "applications.partially_granted.total": 7,
        "applications.unable_not_held.natural_person": 1,
        "applications.unable_not_held.total": 1,
    }
    (first, *_) = assess(make_report("2021", rows | misread)).suggestions
    assert first.values == {key("partially_granted.natural_person"): 7}
    assert first.certainty == "likely"
