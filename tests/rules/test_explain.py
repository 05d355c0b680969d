"""The search for the smallest explanations against trying everything."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from parser.rules.check import rule_book
from parser.rules.evaluate import Reading, evaluate, read
from parser.rules.explain import Explanation, explain
from parser.rules.system import System
from parser.templates.load import template
from tests.forms import make_report
from tests.rules.tables import COLUMNS, applications, rows

BOOK = rule_book(template("2021"))
SYSTEM = BOOK.systems[0]
CELLS = st.tuples(st.sampled_from(rows("2021")), st.sampled_from(COLUMNS))


@given(st.dictionaries(CELLS, st.integers(0, 90), min_size=2, max_size=2))
@settings(max_examples=25, deadline=None)
def test_all_explanations_by_one_or_two_cells_are_found(changes: dict[tuple[str, str], int]) -> None:
    cells = applications() | {f"applications.{row}.{column}": value for (row, column), value in changes.items()}
    reading = read(BOOK.form, make_report("2021", cells), None)
    residuals = residuals_of(SYSTEM, reading)
    if not residuals:
        return
    explained = explain(SYSTEM, SYSTEM.network, residuals, reading.values)
    assert explained.complete
    assert set(explained.explanations) == (tried(residuals, reading, 1) or tried(residuals, reading, 2))


@given(st.dictionaries(CELLS, st.integers(0, 90), min_size=3, max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_explanation_closes_all_equations_and_none_is_larger_than_the_truth(
    changes: dict[tuple[str, str], int],
) -> None:
    cells = applications() | {f"applications.{row}.{column}": value for (row, column), value in changes.items()}
    reading = read(BOOK.form, make_report("2021", cells), None)
    residuals = residuals_of(SYSTEM, reading)
    for explanation in explain(SYSTEM, SYSTEM.network, residuals, reading.values).explanations if residuals else ():
        values = list(reading.values)
        for position, value in explanation:
            assert value >= 0
            values[position] = value
        assert not residuals_of(SYSTEM, Reading(reading.cells, values))
        assert len(explanation) <= len(changes)


def residuals_of(system: System, reading: Reading) -> dict[int, Decimal]:
    broken = dict(evaluate(BOOK.within, reading).broken)
    return {number: broken[e] for number, e in enumerate(system.equations) if e in broken}


def tried(residuals: dict[int, Decimal], reading: Reading, size: int) -> set[Explanation]:
    """Return every explanation with exactly ``size`` cells, each cell taking one of the amounts that are missing."""
    found: set[Explanation] = set()
    incidence = SYSTEM.network.incidence
    for positions in combinations(incidence, size):
        touched = {number for position in positions for number, _ in incidence[position]}
        if not touched.issuperset(residuals):
            continue
        for amounts in combinations_of(sorted({abs(r) for r in residuals.values()}), size):
            rest = dict(residuals)
            for position, amount in zip(positions, amounts, strict=True):
                for number, factor in incidence[position]:
                    rest[number] = rest.get(number, Decimal(0)) + factor * amount
            after = {p: (reading.values[p] or Decimal(0)) + a for p, a in zip(positions, amounts, strict=True)}
            if not any(rest.values()) and min(after.values()) >= 0:
                found.add(frozenset(after.items()))
    return found


def combinations_of(amounts: list[Decimal], size: int) -> list[tuple[Decimal, ...]]:
    signed = [sign * amount for amount in amounts for sign in (1, -1)]
    return [(one,) for one in signed] if size == 1 else [(one, other) for one in signed for other in signed]
