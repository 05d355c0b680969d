"""What stands in a cell becomes a number, a blank, a mark or something unreadable; never a guess in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.extract.values import is_stroke, leaked_value, looks_like_value, read_value
from parser.model.report import Cell, Reason, State
from parser.model.template import NumberKind
from parser.templates.characters import characters
from tests.extract.snippets import glance
from tests.scoring import canonical, expect

COUNT, CHANGE, AMOUNT = NumberKind.COUNT, NumberKind.CHANGE, NumberKind.AMOUNT


def reasons(cell: Cell) -> list[Reason]:
    return [doubt.reason for doubt in cell.doubts]


@pytest.mark.parametrize("text", ["0", " 0", "　　0", "0 ", "\xa00", "０", "\u200b0", "0\ufeff"])
def test_zero_is_zero_whatever_stands_around_it(text: str) -> None:
    cell = read_value(text)
    assert (cell.state, cell.value, cell.raw, cell.doubts) == (State.NUMBER, Decimal(0), text, ())


@pytest.mark.parametrize("text", ["", " ", "　", "\xa0", "\t", "\u200b", "[bookmark: _GoBack]"])
def test_an_empty_cell_is_blank_and_not_zero(text: str) -> None:
    assert read_value(text).state is State.BLANK
    assert read_value(text).value is None


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "–", "―", "_", "无", "／", " / ", "－", "無"])
def test_a_mark_stays_as_printed(text: str) -> None:
    cell = read_value(text)
    assert (cell.state, cell.raw, cell.shown, cell.doubts) == (State.MARK, text, text.strip(), ())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("14个", "14", "个"),
        ("3964万元", "3964", "万元"),
        ("712.187895万元", "712.187895", "万元"),
        ("251000元", "251000", "元"),
        ("37件", "37", "件"),
        ("12 项", "12", "项"),
        ("５起", "5", "起"),
        ("18.8710", "18.8710", None),
    ],
)
def test_a_unit_in_the_cell_is_kept_apart_from_the_value(text: str, value: str, unit: str | None) -> None:
    cell = read_value(text, AMOUNT)
    assert (cell.shown, cell.unit, cell.doubts) == (value, unit, ())


@pytest.mark.parametrize("unit", characters().units)
def test_every_known_unit_is_understood(unit: str) -> None:
    assert read_value(f"8{unit}").unit == unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("+1", "1"), ("增7", "7"), ("增98", "98"), ("+173", "173"), ("3", "3"), ("-0", "0"), ("减0", "0")),
        *(("-2", "-2"), ("减2", "-2"), ("減2", "-2"), ("−1", "-1"), ("‑3", "-3"), ("‐3", "-3"), ("－8", "-8")),
        *(("0/0", "0"), ("5/2", "3"), ("2/5", "-3")),
    ],
)
def test_a_signed_change_is_understood(text: str, value: str) -> None:
    cell = read_value(text, CHANGE)
    assert (cell.shown, cell.doubts) == (value, ())


@pytest.mark.parametrize("text", ["增", "减", "增3减2", "+3-2", "3↑", "↓3", "负3", "净增3", "增3/减2"])
def test_a_change_without_one_clear_number_is_unreadable(text: str) -> None:
    assert read_value(text, CHANGE).state is State.UNREADABLE


def test_a_fraction_means_a_difference_only_where_changes_are_due() -> None:
    assert read_value("5/2", CHANGE).shown == "3"
    assert read_value("5/2", COUNT).state is State.UNREADABLE


@pytest.mark.parametrize("text", ["1,234", "1，234", "1234"])
def test_thousands_separators_are_accepted_between_groups_of_three(text: str) -> None:
    assert glance(read_value(text)) == "1234"


@pytest.mark.parametrize("text", ["1,23", "12,34", "1,2345", "1'234", "1.234.567", "3、4", "3；", "3。"])
def test_other_separators_make_no_number(text: str) -> None:
    assert read_value(text).state is State.UNREADABLE


@pytest.mark.parametrize("text", ["1762.64", "96171.6", "0.092", "18.8710", "59237.2449", "0.5000", "12.0", "007"])
def test_printed_digits_are_kept(text: str) -> None:
    assert read_value(text, AMOUNT).value == Decimal(text)
    assert str(read_value(text, AMOUNT).value).endswith(text.lstrip("0") if "." not in text else text)


@pytest.mark.parametrize("text", ["３", "１２", "０．５万元", "１，２３４", "＋３", "－３"])
def test_full_width_figures_are_read_without_doubt(text: str) -> None:
    cell = read_value(text, CHANGE)
    assert (cell.state, cell.raw, cell.doubts) == (State.NUMBER, text, ())


@pytest.mark.parametrize("text", ["[bookmark: _GoBack]1", "[bookmark: OLE_LINK1] 1", "1"])
def test_a_word_bookmark_is_no_part_of_the_value(text: str) -> None:
    assert glance(read_value(text)) == "1"
    assert read_value(text).raw == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("O", "0"), ("3O01", "3001"), ("〇", "0"), ("口", "0"), ("D", "0"), ("Q", "0"), ("l2", "12"), ("I", "1")),
        *(("1!", "11"), ("]", "1"), ("Z1", "21"), ("S", "5"), ("bG", "66"), ("B", "8"), ("g", "9"), ("q0", "90")),
        *(("1,O00", "1000"), ("O.5", "0.5"), ("O件", "0"), ("增O", "0"), ("O/O", "0")),
    ],
)
def test_a_letter_read_for_a_digit_is_interpreted_and_doubted(text: str, value: str) -> None:
    cell = read_value(text, CHANGE)
    assert (cell.shown, cell.raw, reasons(cell)) == (value, text, [Reason.LOOK_ALIKE])
    assert cell.confidence < 1
    assert cell.doubts[0].note


@pytest.mark.parametrize("text", ["1 2", "1 234", "1\xa02", "1　2", "5\n9", "59237.\n2449"])
def test_digits_standing_apart_are_one_doubtful_number(text: str) -> None:
    cell = read_value(text, AMOUNT)
    assert (cell.state, reasons(cell)) == (State.NUMBER, [Reason.LOOK_ALIKE])


NOT_QUITE = """
    约3 近3 3余 ≥3 3（件） （3） 3% 3％ 3-5 3至5 3+1 3万 3亿元 3千元 ¥3 ￥3元 3户 3人次 2023年 三 十二 零 两件
    3* 3[1] 3注
    N/A 暂无 不涉及 没有 × … -- #REF! =3 —0 ——0 /0 0/ .5 3. ,3 3, '3 ·0 1.2.3 +-3 --3 ++3 1e3 0x1
"""


@pytest.mark.parametrize("text", NOT_QUITE.split())
def test_what_is_not_quite_a_number_is_unreadable_and_kept(text: str) -> None:
    cell = read_value(text)
    assert (cell.state, cell.value, cell.raw) == (State.UNREADABLE, None, text)


@given(st.text(st.sampled_from("0123456789OolIZSBg.,，/+-−增减 \xa0　万元件个无—%"), max_size=8))
def test_a_reading_agrees_with_the_acceptance_definition_or_says_so(text: str) -> None:
    for kind, key in ((COUNT, "t.r.c"), (CHANGE, "t.r.items_change"), (AMOUNT, "t.r.total_amount")):
        cell, due = read_value(text, kind), expect(text, key)
        told = bool(cell.doubts) or cell.state is State.UNREADABLE
        same = cell.state == due.state and (due.value is None or canonical(cell.shown) == due.value)
        assert told or (same and not due.interpreted) or " " in text.strip(), (text, cell, due)


@given(st.text(max_size=12))
def test_any_text_is_read_into_some_cell_that_keeps_it(text: str) -> None:
    cell = read_value(text)
    assert cell.raw == text
    assert (cell.value is not None) == (cell.state is State.NUMBER)


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_a_printed_decimal_comes_back_as_printed(value: Decimal) -> None:
    assert read_value(f"{value:f}", AMOUNT).shown == f"{value:f}"


@pytest.mark.parametrize("text", ["0", "3001", "1,234", "增7", "O", "ll", "/", "无", "14个", "0/0", "增", " 5 ", "-"])
def test_loose_text_like_a_value_is_taken_for_one(text: str) -> None:
    assert looks_like_value(text)


@pytest.mark.parametrize("text", ["1.", "8．", "规章", "一、", "（七）", "第5页", "2023年", "OK啦", "(1)", "3、4", ""])
def test_ordinals_and_words_are_not_taken_for_values(text: str) -> None:
    assert not looks_like_value(text)


@pytest.mark.parametrize(
    ("text", "value"), [("贵 0", "0"), ("报 1", "1"), ("费12.5", "12.5"), ("事项 3件", "3件"), ("項(xiàng) 0", "0")]
)
def test_the_tail_of_a_label_before_a_value_is_told_apart(text: str, value: str) -> None:
    assert leaked_value(text) == value


@pytest.mark.parametrize("text", ["0", "12.5", "规章", "本年收费金额保留4位小数", "其他对外管理服务事项数量3"])
def test_a_value_or_a_whole_label_leaks_nothing(text: str) -> None:
    assert leaked_value(text) is None


def test_a_lone_stroke_may_be_a_border() -> None:
    assert all(map(is_stroke, ("I", "l", "|", "!", "]", " | ")))
    assert not any(map(is_stroke, ("1", "O", "||", "")))
