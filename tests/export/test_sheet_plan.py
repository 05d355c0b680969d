from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from parser.export.form_sheet import address
from parser.export.sheet_plan import plan
from parser.export.sheets import PlannedCell, Role, Sheet
from parser.export.shown import Shown, same_content, shown_cell, shown_text
from parser.model.decision import CHECK_MARK, CHECKED
from parser.model.finding import Assessment, Verdict
from parser.model.report import Cell, CellKey, Edit, Report, State, head_cell, section_cell
from parser.templates.load import template
from tests.export.samples import (
    AMOUNTS,
    BLANK,
    GONE,
    MARKED,
    NEW_PERSONS,
    NEW_TOTAL,
    STAMPED,
    UNREADABLE,
    broken_row,
    full_report,
    hostile_report,
)

FORMS = ("2019", "2021")


def sheet(title: str, report: Report, assessment: Assessment | None = None) -> Sheet:
    return next(s for s in plan(report, assessment or Assessment()) if s.title == title)


def cell(sheet: Sheet, key: CellKey) -> PlannedCell:
    return next(c for c in sheet.cells if c.key == key)


def words(sheet: Sheet) -> list[str]:
    return [c.shown.content for c in sheet.cells if isinstance(c.shown.content, str)]


@pytest.mark.parametrize("form", FORMS)
def test_the_sheets_are_the_three_tables_prose_review_and_one_hidden(form: str) -> None:
    sheets = plan(full_report(form), Assessment())
    assert [s.title for s in sheets][:5] == ["主动公开", "依申请公开", "复议诉讼", "正文", "校核记录"]
    assert [s.hidden for s in sheets] == [False] * 5 + [True]
    assert [s.landscape for s in sheets[:3]] == [False, False, True]


@pytest.mark.parametrize("form", FORMS)
def test_every_field_has_its_cell_and_no_cells_overlap(form: str) -> None:
    sheets = plan(full_report(form), Assessment())
    assert {c.key for s in sheets for c in s.cells if c.key} == set(template(form).fields)
    for s in sheets:
        taken = [
            (row, column)
            for c in s.cells
            for row in range(c.row, c.row + c.row_span)
            for column in range(c.column, c.column + c.column_span)
        ]
        assert len(taken) == len(set(taken))
        assert max(column for _, column in taken) <= len(s.widths)


def test_what_was_printed_is_told_though_a_mark_was_typed_and_undone() -> None:
    report = replace(full_report("2021"), edits=())
    before = report.cells[NEW_TOTAL]
    typed = Edit(NEW_TOTAL, before, Cell(State.MARK, raw="/"), "修改", "张三", datetime(2024, 3, 1, tzinfo=UTC))
    report = report.apply([typed]).apply(
        [replace(typed.reversed(), reason="撤销", at=datetime(2024, 3, 2, tzinfo=UTC))]
    )
    listed = words(sheet("校核记录", report))
    start = listed.index("三、修改与确认记录（2）") + 9
    assert [listed[start + 4 + 8 * n] for n in range(2)] == [before.raw, before.raw]
    assert any("改动 0 处，修改与确认共 2 格次" in line for line in listed)


@pytest.mark.parametrize("what", ["torn", "corrected"])
def test_a_title_that_is_torn_or_names_another_office_is_made_anew(what: str) -> None:
    report = full_report("2021")
    assert report.title is not None
    if what == "torn":
        report = replace(report, title=report.title.removesuffix("告"))
    else:
        before, after = head_cell(report.issuer), head_cell("东岭县财政局")
        moment = datetime(2024, 3, 1, tzinfo=UTC)
        report = report.apply([Edit(CellKey.of_head("issuer"), before, after, "修改", "张三", moment)])
    title = next(c.shown.content for c in sheet("主动公开", report).cells if (c.row, c.column) == (1, 1))
    assert title == f"{report.issuer}2023年政府信息公开工作年度报告"


def test_a_title_stays_where_the_office_was_corrected_and_that_undone() -> None:
    report = replace(full_report("2021"), title="水务局年报", edits=())
    moment = datetime(2024, 3, 1, tzinfo=UTC)
    there = Edit(CellKey.of_head("issuer"), head_cell(report.issuer), head_cell("东岭县财政局"), "修改", "张三", moment)
    report = report.apply([there]).apply([replace(there.reversed(), reason="撤销")])
    assert any(c.shown.content == "水务局年报" for c in sheet("主动公开", report).cells)


def test_the_form_stands_under_title_section_issuer_and_unit() -> None:
    table = sheet("依申请公开", full_report("2021"))
    assert words(table)[:5] == [
        "清河市农业农村局2023年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        "填报机关：清河市农业农村局　　年度：2023年",
        "单位：件",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    ]


def test_the_group_of_results_stands_upright_over_its_rows() -> None:
    upright = {
        form: next(c for c in sheet("依申请公开", full_report(form)).cells if c.role is Role.UPRIGHT) for form in FORMS
    }
    assert {form: c.row_span for form, c in upright.items()} == {"2019": 20, "2021": 22}


@pytest.mark.parametrize("form", FORMS)
def test_long_labels_get_rows_that_hold_all_their_lines(form: str) -> None:
    for table in plan(full_report(form), Assessment())[:3]:
        for c in table.cells:
            if c.key is None and c.row > 3 and c.role is not Role.UPRIGHT:
                width = sum(table.widths[c.column - 1 : c.column - 1 + c.column_span]) * 5.25
                height = sum(table.heights[row] for row in range(c.row, c.row + c.row_span))
                assert len(str(c.shown.content)) * 10 / (width - 5) * 13 <= height


def test_numbers_keep_printed_decimals_and_unit_in_their_format() -> None:
    planned = cell(sheet("主动公开", full_report("2021")), AMOUNTS["2021"])
    assert planned.shown == Shown(18.871, '0.0000"万元"')


@pytest.mark.parametrize(
    ("value", "unit", "content", "number_format"),
    [
        ("5", None, 5, "0"),
        ("-2", None, -2, "0"),
        ("14", "个", 14, '0"个"'),
        ("0.10", "元/件", 0.1, '0.00"元/件"'),
        ("999999999999999", None, 999999999999999, "0"),
        ("1234567890.12345", None, 1234567890.12345, "0.00000"),
        ("1234567890123456", None, "1234567890123456", "General"),
        ("0.1234567890123456", None, "0.1234567890123456", "General"),
        ("1E+20", None, "1" + "0" * 20, "General"),
        ("1E+400", None, "1" + "0" * 400, "General"),
        ("3", 'd"d', '3d"d', "General"),
        ("3", "y", "3y", "General"),
    ],
)
def test_a_number_is_text_only_where_a_spreadsheet_would_change_it(
    value: str, unit: str | None, content: object, number_format: str
) -> None:
    shown = shown_cell(Cell(State.NUMBER, Decimal(value), unit))
    assert shown == Shown(content, number_format)  # type: ignore[arg-type]
    assert type(shown.content) is type(content)


def test_blank_and_absent_show_nothing_marks_and_unreadable_text_as_printed() -> None:
    table = sheet("依申请公开", full_report("2021"))
    assert cell(table, BLANK).shown.content is None
    assert cell(table, BLANK).role is Role.VALUE
    assert cell(table, GONE).shown.content is None
    assert cell(table, GONE).role is Role.ABSENT
    assert cell(table, MARKED).shown.content == "—"
    assert cell(table, UNREADABLE).shown.content == "1?#"


def test_open_cells_are_marked_and_say_why() -> None:
    report = full_report("2021")
    table = sheet("依申请公开", report, broken_row())
    persons = cell(table, NEW_PERSONS)
    assert persons.role is Role.DOUBTFUL
    assert persons.remark is not None
    assert "“O”按 0 读取" in persons.remark
    assert "六类申请人之和 3001" in persons.remark
    assert "3O01" in persons.remark
    assert cell(table, NEW_TOTAL).role is Role.DOUBTFUL
    assert cell(table, UNREADABLE).role is Role.UNREADABLE
    assert "被印章遮盖" in (cell(sheet("复议诉讼", report), STAMPED).remark or "")


def test_the_caller_can_say_which_cells_are_open() -> None:
    sheets = plan(full_report("2021"), broken_row(), open_cells=[NEW_TOTAL])
    assert [c.key for s in sheets for c in s.cells if c.remark] == [NEW_TOTAL]


def test_the_review_lists_findings_open_cells_and_changes() -> None:
    report = full_report("2021")
    listed = words(sheet("校核记录", report, broken_row()))
    assert "一、检查结果（2）" in listed
    assert "依申请公开·一、本年新收政府信息公开申请数量：自然人、总计" in listed
    assert "二、存疑单元格（4）" in listed
    assert {"依申请公开!D7", "复议诉讼!A7", "无法识别", "1?#"} <= set(listed)
    assert listed[listed.index("三、修改与确认记录（1）") + 9 :][:4] == [
        "1",
        "李四",
        report.edits[-1].at.astimezone().strftime("%Y-%m-%d %H:%M"),
        "依申请公开·二、上年结转政府信息公开申请数量·自然人",
    ]
    assert listed[-4:] == ["0", "0", "118", "按勾稽关系改正"]


@pytest.mark.parametrize(
    ("verdict", "explained", "words_for_it"),
    [
        (Verdict.MISREAD, False, "疑为识别有误"),
        (Verdict.SOURCE, False, "疑为原文有误"),
        (Verdict.OPEN, False, "待定"),
        (Verdict.SOURCE, True, "原文如此"),
    ],
)
def test_the_review_says_who_is_wrong(verdict: Verdict, explained: bool, words_for_it: str) -> None:
    assessment = broken_row()
    error = assessment.findings[0]._replace(verdict=verdict, explained=explained)
    listed = words(sheet("校核记录", full_report("2021"), assessment._replace(findings=(error,))))
    assert listed[listed.index(error.message) + 3] == words_for_it


def edited_section(before: str | None, after: str | None) -> list[str]:
    """Return what the review says of a changed section."""
    report = replace(full_report("2021"), sections={"1": before}, edits=())
    at = datetime(2024, 1, 25, tzinfo=UTC)
    edit = Edit(CellKey.of_section("1"), section_cell(before), section_cell(after), "修改正文", "李四", at)
    return words(sheet("校核记录", report.apply([edit])))[-4:]


def test_of_a_changed_section_the_review_shows_what_differs() -> None:
    start, end = "第一段。" * 40, "第二段。" * 40
    assert edited_section(f"{start}收到12件。{end}", f"{start}收到13件。{end}") == [
        "正文·一、总体情况",
        "…。第一段。第一段。收到12件。第二段。第二段。第二…",
        "…。第一段。第一段。收到13件。第二段。第二段。第二…",
        "修改正文",
    ]
    assert edited_section(None, "补录")[1:] == ["（无此部分）", "补录", "修改正文"]
    assert len(edited_section(None, "长" * 5000)[2]) <= 200


def test_cells_confirmed_in_one_go_are_told_in_one_line() -> None:
    report = replace(full_report("2021"), edits=())
    keys = [key for key, cell in report.cells.items() if cell.shown == "0"][:30]
    at = datetime(2024, 1, 25, tzinfo=UTC)
    confirmed = [Edit(key, report.cells[key], report.cells[key], "确认", "李四", at) for key in keys]
    listed = words(sheet("校核记录", report.apply(confirmed)))
    assert "三、修改与确认记录（1）" in listed
    assert any(line.startswith("30 格：主动公开·") for line in listed)


def test_many_cells_confirmed_in_one_go_are_told_in_rows_that_a_page_can_show() -> None:
    report = replace(full_report("2021"), edits=())
    keys = [key for number, key in enumerate(report.cells) if number % 5]
    report = replace(report, cells={**report.cells, **dict.fromkeys(keys, Cell(State.NUMBER, Decimal(0), raw="0"))})
    at = datetime(2024, 1, 25, tzinfo=UTC)
    confirmed = [Edit(key, report.cells[key], report.cells[key], "确认", "李四", at) for key in keys]
    found = sheet("校核记录", report.apply(confirmed))
    told = [text for text in words(found) if text.startswith((f"{len(keys)} 格：", "（续）"))]
    assert len(told) > 2
    rows = {template("2021").fields[key].name.rpartition("·")[0] for key in keys}
    assert [row for row in rows if row not in "".join(told)] == []
    assert max(found.heights.values()) < 300


def test_tables_and_rows_called_as_printed_in_one_go_are_named_once() -> None:
    report = replace(full_report("2021"), edits=())
    missing = [k for k in report.cells if k.table == "remedies" or k.row == "granted" or k == NEW_TOTAL]
    report = replace(report, cells={**report.cells, **dict.fromkeys(missing, Cell(State.ABSENT))})
    at = datetime(2024, 1, 25, tzinfo=UTC)
    said = [Edit(key, report.cells[key], report.cells[key], "原文如此：原件漏填", "李四", at) for key in missing]
    assert (
        "23 格：依申请公开·（一）予以公开（全部 7 格）；复议诉讼（整张表）；"
        "依申请公开·一、本年新收政府信息公开申请数量：总计"
    ) in words(sheet("校核记录", report.apply(said)))


def test_the_review_says_who_called_the_report_checked() -> None:
    at = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
    mark = Edit(CHECK_MARK, head_cell("未核"), head_cell("已核"), CHECKED, "张三", at)
    report = full_report("2021")
    before, found = (words(sheet("校核记录", r)) for r in (report, report.apply([mark])))
    line = found[found.index("整份报告") - 2 :]
    assert (line[0], line[2], *line[-3:]) == ("张三", "整份报告", "未核", "已核", "标为已核")
    changes = [next(text for text in texts if "修改" in text and "处" in text) for texts in (before, found)]
    assert changes[0].partition("，修改与")[0] == changes[1].partition("，修改与")[0]


def test_a_review_without_anything_to_say_says_so() -> None:
    report = replace(full_report("2021"), edits=())
    report = replace(report, cells={key: Cell(State.NUMBER, Decimal(0), raw="0") for key in report.cells})
    listed = words(sheet("校核记录", report))
    assert {"一、检查结果（无）", "二、存疑单元格（无）", "三、修改与确认记录（无）"} <= set(listed)


def test_an_address_is_where_the_cell_stands() -> None:
    for form in FORMS:
        for table in plan(full_report(form), Assessment())[:3]:
            for c in table.cells:
                if c.key:
                    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[c.column - 1]
                    assert address(template(form), c.key) == f"{table.title}!{letter}{c.row}"


def test_prose_is_a_row_a_paragraph_and_names_what_is_missing() -> None:
    prose = sheet("正文", full_report("2021"))
    listed = words(prose)
    assert listed[2:5] == ["一、总体情况", "　　第一段。", "　　第二段。"]
    assert "　　（没有找到这一部分）" in listed
    assert "".join(listed).count("长") == 2000
    assert max(prose.heights.values()) <= 409


def test_prose_without_end_is_cut_on_the_sheet_and_says_so() -> None:
    report = replace(full_report("2021"), sections={"1": "长文。\n" * 5000})
    listed = words(sheet("正文", report))
    assert len(listed) < 1100
    assert "　　（以下从略，全文见原报告）" in listed


@pytest.mark.parametrize("form", FORMS)
def test_nothing_shown_is_too_long_or_forbidden_in_a_workbook(form: str) -> None:
    for s in plan(hostile_report(form), broken_row()):
        for text in [*words(s), *(c.remark for c in s.cells if c.remark)]:
            assert len(text.encode("utf-16-le")) // 2 <= 32_767
            assert not set(text) & {"\x00", "\x07", "\r", "\ud800", "\ufffe"}


def test_forbidden_characters_leave_a_trace() -> None:
    assert shown_text("3\x0001\r\n\ud800") == "3\ufffd01\n\ufffd"


@pytest.mark.parametrize(
    ("content", "found", "same"),
    [
        (5, 5.0, True), (5, 5, True), (5, "5", False), (1, True, False), (None, None, True), (None, " ", True),
        (None, 0, False), ("/", "/", True), ("a\nb", "a b", True),
        ("_x0041_", "_x005F_x0041_", True), ("_x0041_", "_x0041_", True), ("/", None, False),
    ],
)  # fmt: skip
def test_white_space_and_number_types_are_no_change(content: int | str | None, found: object, same: bool) -> None:
    assert same_content(Shown(content), found) is same


def test_what_was_typed_into_a_section_in_one_go_is_one_change() -> None:
    report = replace(full_report("2021"), edits=())
    key, texts = CellKey.of_section("1"), [report.sections["1"], "全年公开", "全年公开12条", "全年公开12条。"]
    for minute, (before, after) in enumerate(pairwise(texts)):
        moment = datetime(2024, 3, 1, 9, minute, tzinfo=UTC)
        report = report.apply([Edit(key, section_cell(before), section_cell(after), "修改正文", "张三", moment)])
    listed = words(sheet("校核记录", report))
    start = listed.index("三、修改与确认记录（1）")
    assert listed[start + 13].startswith(str(texts[0])[:12])
    assert listed[start + 14] == "全年公开12条。"
    later = Edit(key, section_cell(texts[-1]), section_cell("无"), "修改正文", "张三", datetime(2024, 3, 5, tzinfo=UTC))
    assert "三、修改与确认记录（2）" in words(sheet("校核记录", report.apply([later])))


def test_why_a_finding_may_stand_is_said_beside_it() -> None:
    report = replace(full_report("2021"), edits=())
    cell_ = report.cells[NEW_TOTAL]
    report = report.apply(
        [Edit(NEW_TOTAL, cell_, cell_, "原文如此：原件合计有误", "张三", datetime(2024, 3, 1, tzinfo=UTC))]
    )
    judged = broken_row()
    explained = tuple(f._replace(explained=NEW_TOTAL in f.keys) for f in judged.findings)
    listed = words(sheet("校核记录", report, judged._replace(findings=explained)))
    assert listed.count("原文如此：原件合计有误") == 2  # beside the finding, and in the log
    assert any("（其中已说明 1 项）" in line for line in listed)
    assert "待定" not in listed
