"""The text of the six sections without their tables, and what is wrong with their headings."""

from __future__ import annotations

import re

import pytest

from parser.model.place import TextSpan
from parser.model.report import Report
from parser.templates.load import template
from tests.extract.snippets import PROACTIVE_2021, REMEDIES, read, written

TEXT = f"""\
清河市水务局2023年政府信息公开工作年度报告

本报告统计期限自2023年1月1日起至2023年12月31日止。

一、总体情况

全年公开信息412条。

（一）主动公开情况。制发行政规范性文件2件。

二、主动公开政府信息情况

本局以下数据由各科室填报。

{PROACTIVE_2021}
注：行政许可的件数含变更、注销等情形。

三、收到和处理政府信息公开申请情况

本年度未收到申请，表格从略。

{REMEDIES}
六、其他需要报告的事项

收取信息处理费120元。

清河市水务局

2024年1月16日
"""


def noted(report: Report) -> list[str]:
    return [note.detail for note in report.notes if note.rule == "X-SECTION"]


def test_a_section_is_its_text_without_heading_and_table() -> None:
    sections = read(TEXT).sections
    assert sections["1"] == "全年公开信息412条。\n\n（一）主动公开情况。制发行政规范性文件2件。"
    assert sections["2"] is not None
    assert sections["2"].startswith("本局以下数据由各科室填报。")
    assert sections["2"].endswith("注：行政许可的件数含变更、注销等情形。")
    assert "规章" not in sections["2"]
    assert sections["3"] == "本年度未收到申请，表格从略。"
    assert sections["4"] == ""
    assert sections["5"] == "无"
    assert sections["6"] is not None
    assert sections["6"].startswith("收取信息处理费120元。")
    assert noted(read(TEXT)) == []


def test_remarks_between_the_rows_of_a_table_are_of_its_section() -> None:
    rows = PROACTIVE_2021.split("\n")
    middle = next(n for n, row in enumerate(rows) if "第二十条第（五）项" in row)
    rows[middle:middle] = ["注：以上规章由市政府制发。"]
    text = TEXT.replace(PROACTIVE_2021, "\n".join([*rows, "另有两件正在清理，未计入。", ""]))
    sections = read(text).sections
    assert sections["2"] is not None
    assert [line for line in sections["2"].split("\n") if line] == [
        "本局以下数据由各科室填报。",
        "注：以上规章由市政府制发。",
        "另有两件正在清理，未计入。",
        "注：行政许可的件数含变更、注销等情形。",
    ]


def test_a_remark_in_the_last_row_of_a_table_is_of_its_section() -> None:
    row = "| 注：以上数据由各科室填报。 |\n"
    table = "".join(f"| {line.replace(chr(9), ' | ')} |\n" for line in PROACTIVE_2021.splitlines())
    sections = read(TEXT.replace(PROACTIVE_2021, table + row)).sections
    assert sections["2"] is not None
    assert "注：以上数据由各科室填报。" in sections["2"]


@pytest.mark.parametrize(
    ("official", "printed"),
    [
        ("一、总体情况", "—、总体情况"),
        ("一、总体情况", "1、总体情况"),
        ("一、总体情况", "### 一、总体情况"),
        ("二、主动公开政府信息情况", "二、主动公开信息情况"),
        ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
        ("五、存在的主要问题及改进情况", "5、 存在的主要问题及改进情况"),
        ("六、其他需要报告的事项", "六、要报告的事项"),
        ("六、其他需要报告的事项", "六、其他需要報告的事項"),
    ],
)
def test_headings_are_recognised_as_printed(official: str, printed: str) -> None:
    report = read(TEXT.replace(official, printed))
    assert report.sections == read(TEXT).sections
    assert noted(report) == []


@pytest.mark.parametrize(
    ("official", "printed"),
    [
        ("一、总体情况", "**一、总体情况**"),
        ("二、主动公开政府信息情况", "二、 主动公开政府信息情况"),
        ("注：行政许可的件数含变更、注销等情形。", "注：含变更。"),
    ],
)
def test_sections_hold_all_their_text_and_nothing_else(official: str, printed: str) -> None:
    due = {number: text and text.replace(official, printed) for number, text in read(TEXT).sections.items()}
    assert read(TEXT.replace(official, printed)).sections == due


def test_a_heading_under_another_name_is_taken_and_noted() -> None:
    report = read(TEXT.replace("五、存在的主要问题及改进情况", "五、下一步打算"))
    assert report.sections["5"] == "无"
    (note,) = noted(report)
    assert "存在的主要问题及改进情况" in note
    assert "下一步打算" in note


def test_a_missing_section_is_none_and_noted() -> None:
    report = read(TEXT.replace("六、其他需要报告的事项\n", ""))
    assert report.sections["6"] is None
    (note,) = noted(report)
    assert "其他需要报告的事项" in note


def parts(text: str) -> dict[str, str]:
    """Return the report cut before each of its six headings; "0" is what comes first."""
    titles = "|".join(section.title.text for section in template("2021").sections)
    pieces = re.split(rf"^(?=[一二三四五六]、(?:{titles})$)", text, flags=re.MULTILINE)
    return dict(zip("0123456", pieces, strict=True))


WHOLE = written()
ORDERS = ("0123465", "0213456", "0124356", "0612345", "0132456", "0654321")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("text", [WHOLE, written("2019", layout="pipes_grid")], ids=["2021", "2019"])
def test_a_section_out_of_order_is_read_and_noted(text: str, order: str) -> None:
    cut, due = parts(text), read(text)
    report = read("".join(cut[number] for number in order))
    assert report.sections == due.sections
    assert {key: cell.value for key, cell in report.cells.items()} == {k: c.value for k, c in due.cells.items()}
    (note,) = noted(report)
    assert "次序" in note
    assert "、".join("零一二三四五六"[int(number)] for number in order[1:]) in note
    assert not any(cell.doubts for cell in report.cells.values())
    for cell in report.cells.values():
        assert isinstance(cell.place, TextSpan)
        assert report.text[cell.place.start : cell.place.end].strip() == cell.raw.strip()


def test_signs_of_markdown_are_no_words_of_a_section() -> None:
    text = TEXT.replace("一、总体情况", "**一、总体情况**")
    text = text.replace("二、主动公开政府信息情况", "**二、主动公开政府信息情况**")
    report = read(
        text.replace(
            "全年公开信息412条。",
            "**一是抓好公开。**全年公开信息412条（**见下**），数为 2**9，张**、李**各1件，138****1234。",
        )
    )
    assert report.sections["1"] == (
        "一是抓好公开。全年公开信息412条（见下），数为 2**9，张**、李**各1件，138****1234。"
        "\n\n（一）主动公开情况。制发行政规范性文件2件。"
    )
    assert (report.sections["2"] or "").startswith("本局以下数据由各科室填报。")
    assert noted(report) == []


def test_a_table_of_contents_is_no_disorder() -> None:
    titles = "".join(line + "\n" for line in WHOLE.splitlines() if line[1:2] == "、" and "年度" not in line)
    head, _, body = WHOLE.partition("\n")
    report = read(f"{head}\n{titles}{body}")
    assert not any("次序" in note for note in noted(report))
    assert report.sections["5"] == read(WHOLE).sections["5"]


def test_a_heading_glued_to_the_row_above_it_is_cut_off() -> None:
    report = read(
        TEXT.replace(
            "行政事业性收费\t12.6500\n\n注：行政许可的件数含变更、注销等情形。\n\n三", "行政事业性收费\t12.6500 三"
        )
    )
    assert report.sections["3"] == "本年度未收到申请，表格从略。"
    assert [c.shown for key, c in report.cells.items() if key.row == "administrative_fees"] == ["12.6500"]


def test_a_heading_glued_to_its_first_words_is_cut_off() -> None:
    report = read(TEXT.replace("一、总体情况\n\n全年", "一、总体情况。全年"))
    assert report.sections["1"] is not None
    assert "全年公开信息412条。" in report.sections["1"]


def test_a_point_of_the_prose_is_no_heading_of_another_section() -> None:
    point = "1.主动公开情况。依托门户网站公开信息412条。"
    report = read(
        TEXT.replace("（一）主动公开情况。制发行政规范性文件2件。", point).replace("二、主动公开政府信息情况\n", "")
    )
    assert (report.sections["1"] or "").startswith(f"全年公开信息412条。\n\n{point}\n")
    assert report.sections["2"] is None
    assert any("没有找到第二部分" in note for note in noted(report))


def test_rows_of_table_three_are_not_taken_for_headings() -> None:
    report = read(written())
    assert [number for number, text in report.sections.items() if text] == ["1", "5", "6"]
    assert noted(report) == []


def test_the_amount_of_the_fee_comes_from_section_six() -> None:
    assert str(read(TEXT).information_processing_fee_yuan) == "120"


@pytest.mark.parametrize("layout", ["markdown", "pipes_plain", "pipes_grid", "tabs"])
def test_a_section_with_nothing_but_its_table_has_no_text(layout: str) -> None:
    sections = read(written(layout=layout)).sections
    assert [sections[number] for number in "234"] == ["", "", ""]


def test_a_header_that_was_not_known_as_one_is_no_prose_of_its_section() -> None:
    text = re.sub("（本列数据的勾稽关系为.*?）", "(本列数据的勾稽\t关系为:第", written())
    assert read(text).sections["3"] == ""
