"""The relation language of the template files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.rules.relation import Relation, Side, Term, parse_relation


def test_sums_on_both_sides_become_signed_terms() -> None:
    assert parse_relation("a + b_* = c - d.e") == Relation(
        Side((Term(1, "a"), Term(1, "b_*"))), "=", Side((Term(1, "c"), Term(-1, "d.e")))
    )


def test_previous_names_the_report_of_the_year_before() -> None:
    relation = parse_relation("effective = previous.effective + issued")
    assert relation.right.terms[0] == Term(1, "effective", previous=True)
    assert not relation.left.terms[0].previous


def test_whole_numbers_are_summed_apart_from_the_terms() -> None:
    assert parse_relation("a - 2 + 5 >= 0") == Relation(Side((Term(1, "a"),), 3), ">=", Side(()))


@pytest.mark.parametrize("sign", ["=", "!=", ">=", "<="])
def test_every_comparison_is_known(sign: str) -> None:
    assert parse_relation(f"a{sign}b").comparison == sign


@pytest.mark.parametrize("text", ["", "a", "a = b = c", "a + = b", "a b = c", "a = ", "a * b = c", "A = b", "a < b"])
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="关系式"):
        parse_relation(text)


names = st.from_regex(r"[a-z_][a-z0-9_]{0,8}\*?", fullmatch=True).filter(lambda name: not name.startswith("previous"))
sides = st.lists(st.tuples(st.sampled_from([1, -1]), names), min_size=1, max_size=5)


@given(sides, sides)
def test_parsing_gives_back_what_was_written(left: list[tuple[int, str]], right: list[tuple[int, str]]) -> None:
    left[0], right[0] = (1, left[0][1]), (1, right[0][1])
    text = " = ".join(
        "".join(f" {'+' if sign > 0 else '-'} {name}" for sign, name in side)[3:] for side in (left, right)
    )
    relation = parse_relation(text)
    assert [(term.sign, term.name) for term in relation.left.terms] == left
    assert [(term.sign, term.name) for term in relation.right.terms] == right
