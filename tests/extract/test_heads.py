"""Cells under the header of a column: where a row has more cells than the form, or its columns stand otherwise."""

from __future__ import annotations

import pytest

from tests.extract.snippets import PROACTIVE_2021, numbered, read, row, shown, silent, written

HEAD = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量"
TOTAL_FIRST = """\
三、收到和处理政府信息公开申请情况
\t\t\t申请人情况\t\t\t\t\t\t
\t\t\t总计\t自然人\t法人或其他组织\t\t\t\t
\t\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他
一、本年新收政府信息公开申请数量\t\t\t7\t0\t0\t0\t0\t0\t7
二、上年结转政府信息公开申请数量\t\t\t0\t0\t0\t0\t0\t0\t0
四、结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t0
"""


@pytest.mark.parametrize(("head", "cell"), [("单位", "件"), ("上年数", "1388"), ("备注", "")])
def test_a_blank_cell_stays_blank_beside_a_column_the_form_does_not_have(head: str, cell: str) -> None:
    report = read(f"第二十条第（六）项\n{HEAD}\t{head}\n行政处罚\t31\t\t1570\t{cell}\n行政强制\t4\t0\t9\t{cell}\n")
    assert row(report, "proactive.administrative_penalty") == ["31", "", "1570"]


@pytest.mark.parametrize("order", ["上年处理决定数量\t本年处理决定数量", "本年处理决定数量\t上年处理决定数量"])
def test_of_two_years_side_by_side_the_column_of_the_form_is_read(order: str) -> None:
    figures = "52\t47" if order.startswith("上") else "47\t52"
    report = read(f"第二十条第（六）项\n信息内容\t{order}\n行政处罚\t{figures}\n行政强制\t{figures}\n")
    assert row(report, "proactive.administrative_penalty") == ["47"]


def test_a_figure_repeated_in_the_cells_that_were_merged_is_one() -> None:
    text = "| 第二十条第（六）项 | 第二十条第（六）项 | 第二十条第（六）项 |\n|---|---|---|\n"
    text += "| 信息内容 | 本年处理决定数量 | 本年处理决定数量 |\n| 行政处罚 | 61 | 61 |\n| 行政强制 | 5 | 5 |\n"
    report = read(text)
    assert row(report, "proactive.administrative_penalty") + row(report, "proactive.administrative_compulsion") == [
        "61",
        "5",
    ]


def test_a_total_before_the_other_columns_leaves_the_table_in_doubt() -> None:
    report = read(TOTAL_FIRST)
    assert all(text.startswith("?") for text in row(report, "applications.new_received"))


def test_a_total_above_the_other_columns_is_no_other_order() -> None:
    text = written()
    below = text.replace("\t\t\t\t\t总计\n", "\t\t\t\t\t\n", 1)
    above = below.replace("申请人情况\t\t\t\t\t\t", "申请人情况\t\t\t\t\t\t总计", 1)
    assert silent(read(above), numbered("2021")) == {}
    assert "?" not in "".join(shown(read(above), "applications").values())


@pytest.mark.parametrize("row", ["\t13955.9056\t\t", "13955.9056\t\t\t"])
def test_a_figure_under_the_rest_of_a_torn_header_is_not_left_out_in_silence(row: str) -> None:
    torn = PROACTIVE_2021.replace("（单位：万元）", "（单位：万\t元）\t\t").replace("12.6500", row)
    (cell,) = [cell for key, cell in read(torn).cells.items() if key.row == "administrative_fees"]
    assert cell.doubts or cell.shown == "13955.9056"
