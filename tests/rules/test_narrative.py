"""Figures in the prose of a report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser.rules.narrative import charges_in_yuan, mentions, received


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我局共收到政府信息公开申请12件，均按期答复。",
        "全年受理依申请公开 3 件。",
        "本年度新收公民、法人信息公开申请共计１件；",
        "依申请公开情况。收到申请5件，办结5件。",
        "本年政府信息公开申请数量2件。",
    ],
)
def test_applications_received_are_recognised(text: str) -> None:
    assert received({"1": text}) is not None


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我局未收到政府信息公开申请。",
        "共收到政府信息公开申请0件。",
        "收到因政府信息公开引起的行政复议申请3件。",
        "受理行政许可申请120件。",
        "主动公开政府信息312条，开设公开专栏3个。",
        "2022年主动公开信息30件，上年度收到政府信息公开申请4件。",
        "",
    ],
)
def test_what_are_no_applications_of_the_year_is_left_out(text: str) -> None:
    assert received({"1": text, "3": None}) is None


def test_the_prose_of_section_three_counts_too() -> None:
    assert received({"1": "略", "3": "收到政府信息公开申请2件"}) == "收到政府信息公开申请2件"


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
