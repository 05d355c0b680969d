"""Lines in the prose that no prose has."""

from __future__ import annotations

import pytest

from parser.extract.scraps import without_head, without_scraps
from parser.templates.load import template


@pytest.mark.parametrize(
    "scrap",
    [
        "-3-",
        "— 12 —",
        "—4_",
        "一4一",
        "第 3 页 共 13 页",
        "第3页",
        "3/13",
        "Page 3 - 2021年报",
        "三、",
        "一",
        "|---|---|",
        "━━━━━",
    ],
)
def test_page_numbers_borders_and_pieces_of_labels_are_no_prose(scrap: str) -> None:
    assert without_scraps(f"全年公开12条。\n{scrap}\n均已办结。") == "全年公开12条。\n均已办结。"
    assert without_scraps(scrap) == ""


@pytest.mark.parametrize(
    "line",
    ["无", "3", "三、下一步打算", "第3页的说明", "2023/12/31", "Pages are few.", "12.5%", "一4", "-5", "—12", "__12__"],
)
def test_short_lines_of_prose_stay(line: str) -> None:
    assert without_scraps(f"{line}\n均已办结。") == f"{line}\n均已办结。"


def test_no_more_than_one_line_is_left_empty() -> None:
    assert without_scraps("甲。\n\n-3-\n\n\n乙。\n\n丙。") == "甲。\n\n乙。\n\n丙。"


def test_what_was_torn_off_the_head_of_a_table_is_no_prose() -> None:
    table = template("2021").table("applications")
    torn = "详见下表。\n（本列数据的勾稽关系为：\n申请人情况\n"
    assert without_head(torn, table) == "详见下表。"
    assert without_head("申请人情况如下：\n自然人3件。", table) == "申请人情况如下：\n自然人3件。"
    assert without_head("", table) == ""
