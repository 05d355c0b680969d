from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text_values import cell_from_text, starts_a_value
from parser.model.place import TextSpan
from parser.model.report import Cell, Doubt, Reason, State
from parser.templates.characters import characters

AS_READ = Cell(State.NUMBER, Decimal(3), raw="3O", place=TextSpan(4, 6), confidence=0.6, doubts=(Doubt(Reason.STAMP),))


def typed(text: str, now: Cell = AS_READ) -> Cell | None:
    return cell_from_text(text, now, AS_READ)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("１２", "12"),
        (" 1 2 ", "12"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("18.8710", "18.8710"),
        ("18。5", "18.5"),
        (".5", "0.5"),
        ("。0", "0.0"),
        ("+3", "3"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("增7", "7"),
        ("减2", "-2"),
        ("-0", "0"),
    ],
)
def test_numbers_as_typed_with_or_without_an_input_method(text: str, value: str) -> None:
    cell = typed(text)
    assert cell is not None
    assert (cell.state, str(cell.value)) == (State.NUMBER, value)


@pytest.mark.parametrize(
    ("text", "mark"), [("/", "/"), ("、", "/"), ("／", "/"), ("-", "-"), ("——", "—"), ("_", "_"), ("无", "无")]
)
def test_marks(text: str, mark: str) -> None:
    cell = typed(text)
    assert cell is not None
    assert (cell.state, cell.shown) == (State.MARK, mark)


@pytest.mark.parametrize("mark", sorted(characters().marks))
def test_every_mark_that_is_read_can_be_typed_back_or_put_into_another_cell(mark: str) -> None:
    read = Cell(State.MARK, raw=f" {mark}")
    back, other = cell_from_text(read.shown, read, read), typed(read.shown)
    assert back is not None
    assert other is not None
    assert (back.state, back.raw) == (State.MARK, read.raw)
    assert other.state is State.MARK


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_nothing_is_blank(text: str) -> None:
    cell = typed(text)
    assert cell is not None
    assert (cell.state, cell.value, cell.raw) == (State.BLANK, None, "3O")


@pytest.mark.parametrize("text", ["abc", "1a", "--1", "1.2.3", "1,23", "增", "12/", "O", "1e5", "nan"])
def test_anything_else_is_refused(text: str) -> None:
    assert typed(text) is None


def test_what_was_printed_survives_and_doubts_do_not() -> None:
    mark = typed("/")
    assert mark is not None
    back = typed("7", mark)
    assert back is not None
    assert (back.raw, back.place, back.doubts, back.confidence) == ("3O", TextSpan(4, 6), (), 1.0)


def test_a_unit_is_kept_or_replaced() -> None:
    with_unit = Cell(State.NUMBER, Decimal(5), unit="元")
    kept, replaced = typed("6", with_unit), typed("6万元", with_unit)
    assert kept is not None
    assert replaced is not None
    assert (kept.unit, replaced.unit) == ("元", "万元")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_every_shown_number_can_be_typed_back(value: Decimal) -> None:
    cell = typed(f"{value:f}")
    assert cell is not None
    again = typed(cell.shown)
    assert again is not None
    assert again.value == value


@given(st.text(max_size=8))
def test_typing_never_raises(text: str) -> None:
    starts_a_value(text)
    typed(text)
