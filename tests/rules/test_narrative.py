"""Figures in the prose of a report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser.rules.narrative import charges_in_yuan, mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [("处罚1472件", True), ("处罚1,472件", True), ("处罚11472件", False), ("处罚1472.5万元", False), ("无", False)],
)
def test_a_figure_is_mentioned_only_as_a_whole(text: str, expected: bool) -> None:
    assert mentions({"1": None, "2": text}, Decimal(1472)) is expected


def test_charges_in_yuan_leave_out_fees_for_processing_information() -> None:
    sections = {
        "1": "行政事业性收费3,940.50元；罚没20元。",
        "2": "收费金额12万元",
        "6": "收取信息处理费2950元，依收费标准收取信息公开信息处理费100元。",
    }
    assert charges_in_yuan(sections) == {Decimal("3940.50")}
