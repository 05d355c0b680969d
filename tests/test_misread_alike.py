"""Figures of one equation that were misread alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser.misread_alike import confusions, misread_alike
from parser.model.report import Cell, CellKey, State
from parser.rules.check import Signed, closed_equations
from tests.extract.snippets import REMEDIES, read

PART, OTHER, TOTAL = (CellKey("applications", "granted", name) for name in ("natural_person", "other_org", "total"))
EQUATION = (Signed(1, PART), Signed(1, OTHER), Signed(-1, TOTAL))


def _read(part: str, other: str, total: str) -> dict[CellKey, Cell]:
    figures = zip((PART, OTHER, TOTAL), (part, other, total), strict=True)
    return {key: Cell(State.NUMBER, Decimal(figure), raw=figure) for key, figure in figures}


def test_digits_are_confused_where_two_readings_of_a_cell_differ_in_them() -> None:
    assert confusions([("2161", "2164"), ("12", "112"), ("3", "3"), ("-1", "71")]) == {("1", "4"), ("4", "1")}


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        (("10", "2", "12"), {PART, TOTAL}),  # 40 + 2 = 42
        (("121", "50", "171"), {PART, TOTAL}),
        (("1", "11", "12"), {OTHER, TOTAL}),
        (("1", "9", "10"), set()),  # not in one place
        (("2", "3", "5"), set()),
        (("0", "0", "0"), set()),
    ],
)
def test_a_part_and_its_total_may_have_lost_the_same_stroke(figures: tuple[str, str, str], found: set[CellKey]) -> None:
    assert misread_alike(_read(*figures), [EQUATION], {("1", "4"), ("4", "1"), ("0", "6"), ("6", "0")}) >= found
    assert misread_alike(_read(*figures), [EQUATION], {("1", "4"), ("4", "1")}) == found
    assert misread_alike(_read(*figures), [EQUATION], {("7", "8")}) == set()


def test_an_equation_that_holds_has_its_cells_with_their_signs() -> None:
    closed = closed_equations(read(REMEDIES))
    rows = [{(sign, str(key)) for sign, key in equation} for equation in closed]
    review = ("upheld", "corrected", "other_result", "pending")
    signs = {(sign, key) for row in rows for sign, key in row if key.startswith("remedies.review.")}
    total = next(sign for sign, key in signs if key == "remedies.review.total")
    assert {(sign, key) for sign, key in signs if key != "remedies.review.total"} == {
        (-total, f"remedies.review.{name}") for name in review
    }
