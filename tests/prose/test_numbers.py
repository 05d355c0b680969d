"""Numbers as prose writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser.prose.numbers import Number, chinese_value, numbers_in


def numbers(text: str) -> list[Number]:
    return [number for number in numbers_in(text, 0, len(text)) if number.is_count]


def values(text: str) -> list[tuple[Decimal, str]]:
    return [(number.value, number.unit) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("收到12件", 12, "件"),
        ("收到1,234件", 1234, "件"),
        ("收到12宗", 12, "宗"),
        ("收到三十二件", 32, "件"),
        ("收到一百零五件", 105, "件"),
        ("收到两件", 2, "件"),
        ("1.2万余件", 12000, "件"),
        ("收费18.8710万元", "18.8710", "万元"),
        ("申请数为零", 0, ""),
        ("共2023件", 2023, "件"),
        ("收到0件", 0, "件"),
    ],
)
def test_a_count_has_its_value_and_unit(text: str, value: str | int, unit: str) -> None:
    assert values(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年1月5日",
        "占比35.2%",
        "第3件",
        "第二十条",
        "20个工作日",
        "推进一件事改革",
        "一起推进",
        "每件",
        "统一项目",
        "数百件",
        "12.1.3",
    ],
)
def test_what_counts_nothing_is_no_count(text: str) -> None:
    assert [number for number in numbers(text) if number.unit] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("120余件", 120, 130),
        ("300多件", 300, 400),
        ("约130件", 125, 135),
        ("近200件", 100, 200),
        ("超过50件", 50, 60),
        ("50件左右", 50, 60),
        ("1.2万件", 11500, 12500),
        ("三十余件", 30, 40),
    ],
)
def test_a_rough_figure_leaves_room(text: str, low: int, high: int) -> None:
    (number,) = numbers(text)
    assert number.is_rough
    assert (number.low, number.high) == (low, high)


def test_an_amount_may_be_rounded_to_its_decimals() -> None:
    (number,) = numbers("18.87万元")
    assert (number.low, number.high, number.is_rough) == (Decimal("18.865"), Decimal("18.875"), False)


def test_a_comma_between_words_does_not_join_numbers() -> None:
    assert values("办结12件,120件在办") == [(Decimal(12), "件"), (Decimal(120), "件")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("一千零二十", 1020), ("一万二千", 12000), ("三〇五", 305), ("零", 0), ("百", None)],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert chinese_value(text) == value
