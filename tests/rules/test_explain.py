"""The search for explanations against trying everything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from parser.rules.check import rule_book
from parser.rules.evaluate import Reading, evaluate, read
from parser.rules.explain import explain
from parser.rules.problem import Changes, Problem, pose
from parser.templates.load import template
from tests.forms import make_report
from tests.rules.tables import COLUMNS, applications, rows

BOOK = rule_book(template("2021"))
SYSTEM = BOOK.systems[0]
CELLS = st.tuples(st.sampled_from(rows("2021")), st.sampled_from(COLUMNS))
MARGIN = 6
STEPS = 3_000


@given(st.dictionaries(CELLS, st.integers(0, 90), min_size=2, max_size=2))
@settings(max_examples=25)
def test_all_explanations_by_one_or_two_cells_are_found_with_what_they_cost(
    changes: dict[tuple[str, str], int],
) -> None:
    problem = posed(read_with(changes))
    if not problem.residuals:
        return
    explained = explain(problem, (MARGIN, MARGIN), None, STEPS)
    best = explained.explanations[0].cost
    assert explained.reach > best + MARGIN
    assert all(e.cost == problem.cost(e.changes) for e in explained.explanations)
    small = {e.changes for e in explained.explanations if len(e.changes) <= 2}
    everything = tried(problem, 1) | tried(problem, 2)
    assert small == {changes for changes in everything if problem.cost(changes) <= best + MARGIN}
    assert best <= min(map(problem.cost, everything), default=best)


@given(st.dictionaries(CELLS, st.integers(0, 90), min_size=3, max_size=6))
@settings(max_examples=60)
def test_every_explanation_closes_all_equations_and_the_first_costs_no_more_than_the_truth(
    changes: dict[tuple[str, str], int],
) -> None:
    reading = read_with(changes)
    problem = posed(reading)
    explained = explain(problem, (MARGIN, MARGIN), None, STEPS)
    for explanation in explained.explanations if problem.residuals else ():
        values = list(reading.values)
        for position, value in explanation.changes:
            assert value >= 0
            values[position] = Decimal(value)
        assert not posed(Reading(reading.cells, values)).residuals
    truth = {
        (BOOK.form.positions[key], right)
        for (row, column), right in originals(changes).items()
        for key in BOOK.form.match_cells("applications", row, column)
    }
    if problem.residuals and explained.explanations:
        assert explained.explanations[0].cost <= problem.cost(frozenset(truth))


def test_changes_that_are_not_wanted_and_fixed_cells_are_left_out() -> None:
    problem = posed(read_with({("granted", "natural_person"): 66}))
    (only,) = explain(problem, (0, 0), None, STEPS).explanations
    ((position, value),) = only.changes
    assert value == applications()["applications.granted.natural_person"]
    for other in (replace(problem, without=(only.changes,)), replace(problem, fixed=frozenset({position}))):
        assert all(len(e.changes) > 1 for e in explain(other, (0, 0), None, STEPS).explanations)


def read_with(changes: dict[tuple[str, str], int]) -> Reading:
    cells = applications() | {f"applications.{row}.{column}": value for (row, column), value in changes.items()}
    return read(BOOK.form, make_report("2021", cells), None)


def originals(changes: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    right = {name: applications()[f"applications.{name[0]}.{name[1]}"] for name in changes}
    return {name: value for name, value in right.items() if value != changes[name]}


def posed(reading: Reading) -> Problem:
    return pose(SYSTEM, evaluate(BOOK.within, reading), reading)


def tried(problem: Problem, size: int) -> set[Changes]:
    """Return every explanation with exactly ``size`` cells, each cell taking one of the amounts that are missing."""
    found: set[Changes] = set()
    incidence = problem.network.incidence
    sizes = {abs(residual) for residual in problem.residuals.values()}
    amounts = [sign * amount for amount in sizes for sign in (1, -1)]
    for positions in combinations(incidence, size):
        touched = {number for position in positions for number, _ in incidence[position]}
        for changes in product(amounts, repeat=size) if touched.issuperset(problem.residuals) else ():
            rest = dict(problem.residuals)
            for position, change in zip(positions, changes, strict=True):
                for number, factor in incidence[position]:
                    rest[number] = rest.get(number, 0) + factor * change
            after = {p: (problem.values[p] or 0) + change for p, change in zip(positions, changes, strict=True)}
            if not any(rest.values()) and min(after.values()) >= 0:
                found.add(frozenset(after.items()))
    return found
