"""Cells under the header of a column: where a row has more cells than the form, or its columns stand otherwise."""

from __future__ import annotations

import pytest

from tests.extract.snippets import (
    PROACTIVE_2019,
    PROACTIVE_2021,
    REMEDIES_HEAD,
    numbered,
    read,
    row,
    shown,
    silent,
    written,
)

ROWS = ("review", "litigation_direct", "litigation_after_review")
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


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ("3\t1\t\t7", ["3", "1", "7"]),
        ("3\t\t1\t7", ["3", "1", "7"]),
        ("3\t1\t1\t7", ["3", "1", "7"]),
        ("3\t\t\t7", ["3", "", "7"]),
        ("3\t1\t2\t7", ["?3", "?1", "?2"]),
    ],
)
def test_a_figure_stands_in_any_of_the_cells_over_which_its_header_is_repeated(cells: str, due: list[str]) -> None:
    head = HEAD.replace("本年增/减", "本年增/减\t本年增/减")
    report = read(f"第二十条第（六）项\n{head}\n行政处罚\t{cells}\n行政强制\t{cells}\n")
    assert row(report, "proactive.administrative_penalty") == due


def test_of_a_header_that_is_repeated_at_the_row_s_end_the_figure_is_found() -> None:
    head = "第二十条第（八）项\n信息内容\t上一年项目数量\t本年增/减\t本年增/减"
    report = read(f"{PROACTIVE_2019.split('第二十条第（八）项')[0]}{head}\n行政事业性收费\t52\t减3\t\n")
    assert row(report, "proactive.administrative_fees") == ["52", "-3"]


def test_a_figure_under_the_rest_of_a_torn_header_is_not_lost_beside_a_blank() -> None:
    head = "信息内容\t上一年项目数量（指201\t8年事项数）\t本年增/减\t处理决定数量"
    cells = row(read(f"第二十条第（六）项\n{head}\n行政处罚\t\t11\t7\t0\n"), "proactive.administrative_penalty")
    assert cells == ["11", "7", "0"] or all(cell.startswith("?") for cell in cells)


REPEATED = "第二十条第（八）项\n信息内容\t上一年项目数量\t本年增/减\t本年增/减\n行政事业性收费\t{}\n"


@pytest.mark.parametrize("cells", ["36\t-5\t", "36\t\t-5", "36\t-5\t-5", "36\t-5\t－5"])
def test_a_figure_under_a_header_repeated_in_the_cells_it_was_merged_from_is_read(cells: str) -> None:
    assert row(read(REPEATED.format(cells)), "proactive.administrative_fees") == ["36", "-5"]


def test_two_figures_under_one_header_repeated_are_doubted() -> None:
    cells = row(read(REPEATED.format("36\t-5\t7")), "proactive.administrative_fees")
    assert all(cell.startswith("?") for cell in cells)


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


# ── columns that the form does not have ──────────────────────────────────────────────
@pytest.mark.parametrize("cells", ["7\t26\t23\t", "7\t26\t\t23", "7\t\t26\t23", "\t26\t23\t8"])
def test_before_the_columns_of_the_form_another_one_takes_no_value_of_theirs(cells: str) -> None:
    head = "信息内容\t上年数\t本年制发件数\t本年废止件数\t现行有效件数"
    report = read(f"第二十条第（一）项\n{head}\n规章\t{cells}\n行政规范性文件\t1\t2\t3\t4\n")
    assert row(report, "proactive.rules") == cells.split("\t")[1:]


def _with_column(head: str, values: dict[str, str], *, has_wide_labels: bool = False) -> str:
    """Return the form of 2021 with a column behind the totals of table three, 5 in all its cells."""
    lines = written(values=values).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("一、本年新收"))
    last = next(n for n, line in enumerate(lines) if line.startswith("四、结转下年度"))
    lines[first - 3] += f"\t{head}"
    for n in range(first, last + 1):
        cells = lines[n].split("\t")
        label = cells[:3] if has_wide_labels else [cell for cell in cells[:3] if cell]
        lines[n] = "\t".join([*label, *cells[3:], "5"])
    return "\n".join(lines)


@pytest.mark.parametrize("column", ["natural_person", "commercial_enterprise", "other_org"])
@pytest.mark.parametrize("head", ["上年总计", "备注", "同比（%）"])
def test_a_column_behind_the_totals_fills_no_blank_of_the_row(head: str, column: str) -> None:
    blank = {f"applications.{name}.{column}": "" for name in ("granted", "unable_not_held", "carried_forward")}
    report = read(_with_column(head, blank))
    assert silent(report, numbered("2021") | blank) == {}
    due = numbered("2021") | blank
    read_as = [text.removeprefix("?") for text in row(report, "applications.granted")]  # the sums do not hold
    assert read_as == [value for key, value in due.items() if key.startswith("applications.granted.")]
    beside_labels = read(_with_column(head, blank, has_wide_labels=True))  # where cells of the labels may be blank, too
    assert silent(beside_labels, numbered("2021") | blank) == {}


def test_among_columns_of_which_one_is_strange_a_row_with_a_blank_is_doubted() -> None:
    text = _with_column("备注", {"applications.granted.natural_person": ""})
    two = text.replace("\t备注", "\t备注\t核对", 1)
    report = read(two)
    assert silent(report, numbered("2021") | {"applications.granted.natural_person": ""}) == {}
    assert all(text.startswith("?") for text in row(report, "applications.granted"))


@pytest.mark.parametrize(
    "values", ["1\t\t0\t1\t2\t0\t0\t\t0\t1\t3\t0\t0\t2\t5", "\t" * 14, "1\t0\t0\t0\t1" + "\t0" * 10]
)
@pytest.mark.parametrize("remark", ["4", "", "见附件"])
def test_a_column_behind_table_four_takes_no_value_of_it(values: str, remark: str) -> None:
    head, *rest = REMEDIES_HEAD.splitlines()[1:]
    lines = [f"{head}\t备注", *(f"{line}\t" for line in rest), f"{values}\t{remark}"]
    report = read("\n".join([REMEDIES_HEAD.splitlines()[0], *lines, "五、存在的主要问题及改进情况", "无", ""]))
    shown_as = [text.removeprefix("?") for key in ROWS for text in row(report, f"remedies.{key}")]
    assert shown_as == values.split("\t")
