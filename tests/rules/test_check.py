"""What ``assess`` says about tables: figures in the messages, blanks and marks, order, the year before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser.extract.refit import empty_report
from parser.model.finding import Finding, Severity, Verdict
from parser.model.report import Cell, Note, Report, State
from parser.rules.check import assess
from parser.templates.load import templates
from tests.forms import make_report
from tests.rules.tables import (
    ABSENT,
    BLANK,
    COLUMNS,
    MARK,
    UNREADABLE,
    applications,
    every,
    key,
    rows,
    with_changes,
)

FORMS = ["2019", "2021"]


def found(report: Report, rule: str, previous: Report | None = None) -> list[Finding]:
    return [finding for finding in assess(report, previous).findings if finding.rule == rule]


def equations(report: Report) -> list[str | None]:
    return [f.equation for f in assess(report).findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_filled", [True, False])
def test_a_correct_report_has_no_findings(form: str, is_filled: bool) -> None:
    assessment = assess(make_report(form, applications(form) if is_filled else {}))
    assert assessment.findings == ()
    assert not assessment.suspects
    assert assessment.suggestions == ()


def test_a_broken_row_is_told_with_its_figures_and_without_its_zeros() -> None:
    cells = with_changes({}, new_received__natural_person=3, new_received__other_org=20, new_received__total=28)
    (finding,) = found(make_report("2021", cells), "T3-ROW")
    assert finding.message == "“一、本年新收政府信息公开申请数量”：六类申请人之和 3+20=23，总计 28，不相等"
    assert (finding.expected, finding.actual) == ("23", "28")
    assert finding.equation == "T3-ROW:new_received"
    assert finding.keys == tuple(key(f"new_received.{column}") for column in COLUMNS)
    assert finding.verdict is Verdict.OPEN


def test_a_broken_balance_is_told_by_its_column() -> None:
    cells = with_changes(applications(), carried_over__natural_person=43)
    (finding,) = found(make_report("2021", cells), "T3-BAL")
    assert finding.message == "“自然人”列：本年新收加上年结转 110+43=153，办理结果总计加结转下年 129+11=140，不相等"


def test_the_group_of_a_numbered_row_is_named_and_quotation_marks_do_not_nest() -> None:
    report = make_report("2021", with_changes({}, denied_three_securities_one_stability__total=1))
    (finding,) = found(report, "T3-ROW")
    assert finding.message == "“（三）不予公开·3.危及‘三安全一稳定’”：六类申请人之和 0，总计 1，不相等"


def test_a_change_that_is_negative_is_written_as_a_subtraction() -> None:
    row = "proactive.administrative_licensing"
    report = make_report("2019", {f"{row}.items_last_year": 2, f"{row}.items_change": -3})
    (finding,) = found(report, "T2o-NEG")
    assert finding.message == "“行政许可”：上一年项目数量加本年增/减 2-3=-1，小于 0"
    assert (finding.expected, finding.actual) == (">=0", "-1")


@pytest.mark.parametrize("cell", [MARK, UNREADABLE, ABSENT], ids=lambda cell: cell.state)
def test_an_equation_with_an_operand_that_is_no_number_is_not_evaluated(cell: Cell) -> None:
    cells = with_changes(applications(), granted__other_org=cell, granted__total=999)
    report = make_report("2021", cells)
    assert "T3-ROW:granted" not in equations(report)
    assert "T3-SUM:other_org" not in equations(report)
    assert "T3-SUM:total" in equations(report)


def test_a_blank_is_zero_where_the_printed_total_makes_that_true() -> None:
    cells = with_changes(applications(), granted__other_org=BLANK, carried_forward__total=14)
    assert equations(make_report("2021", cells)) == ["T3-BAL:total", "T3-ROW:carried_forward"]
    pinned = assess(make_report("2021", cells)).suspects
    assert set(pinned) == {key("carried_forward.total")}


def test_a_blank_is_unknown_where_the_sum_does_not_hold() -> None:
    cells = with_changes(applications(), granted__natural_person=BLANK)
    assert equations(make_report("2021", cells)) == []


def test_a_sum_that_fails_whatever_an_unreadable_cell_holds_says_that_it_is_not_counted_in() -> None:
    cells = with_changes({}, granted__natural_person=5, granted__other_org=UNREADABLE, granted__total=2)
    (finding,) = found(make_report("2021", cells), "T3-ROW")
    assert finding.message.endswith("六类申请人之和 5，总计 2，不相等（另有 1 格尚不能确定，没有计入）")


def test_a_blank_in_a_row_that_makes_less_than_its_total_is_told() -> None:
    cells = with_changes(applications(), granted__natural_person=BLANK, granted__other_org=BLANK)
    (finding,) = found(make_report("2021", cells), "T3-BLANKPART")
    assert finding.keys == (key("granted.natural_person"), key("granted.other_org"), key("granted.total"))
    assert finding.message.startswith("“（一）予以公开”之和 13，总计 73；")


def test_a_row_of_blanks_and_its_total_is_told() -> None:
    cells = with_changes(applications(), **{f"granted__{column}": BLANK for column in COLUMNS if column != "total"})
    (finding,) = found(make_report("2021", cells), "T3-BLANKPART")
    assert finding.message.startswith("“（一）予以公开”之和 0，总计 73；")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["9" * 40, f"{'9' * 40}.{'1' * 40}", f"0.{'3' * 60}", "-" + "7" * 50])
def test_figures_of_any_length_are_checked(form: str, text: str) -> None:
    cell = Cell(State.NUMBER, Decimal(text), raw=text)
    fields = next(template for template in templates() if template.id == form).fields
    for field in (field for field in fields if field.table == "proactive"):
        assert isinstance(assess(make_report(form, {str(field): cell})).findings, tuple)
    assert assess(make_report(form, {str(field): cell for field in fields})).findings


def test_a_blank_total_is_never_taken_as_zero() -> None:
    cells = with_changes({}, granted__natural_person=0, granted__total=BLANK)
    report = make_report("2021", cells)
    assert equations(report) == []
    (finding,) = found(report, "T3-BLANKROWTOTAL")
    assert finding.keys == (key("granted.total"),)
    assert finding.message == "总计空白，疑为漏填；按六类申请人之和应为：“（一）予以公开” 0"


def test_blank_totals_of_all_rows_are_one_finding() -> None:
    cells = applications() | {f"applications.{row}.total": BLANK for row in rows("2021")}
    (finding,) = found(make_report("2021", cells), "T3-BLANKROWTOTAL")
    assert len(finding.keys) == 25
    assert finding.message.endswith(" 等 25 行")
    assert "“一、本年新收政府信息公开申请数量” 127" in finding.message


def test_a_row_that_is_blank_as_a_whole_has_no_omitted_total() -> None:
    cells = {f"applications.granted.{column}": BLANK for column in COLUMNS}
    assert found(make_report("2021", cells), "T3-BLANKROWTOTAL") == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("cell", [BLANK, MARK, UNREADABLE], ids=lambda cell: cell.state)
def test_tables_without_figures_break_no_equation(form: str, cell: Cell) -> None:
    cells: dict[str, Cell | str | int] = {}
    for table in ("proactive", "applications", "remedies"):
        cells |= every(form, table, cell)
    assert equations(make_report(form, cells)) == []


def test_an_empty_form_to_fill_in_is_not_called_beyond_reading() -> None:
    assert found(empty_report("2021", "清河市民政局", 2023), "X-UNREAD") == []


def test_a_blank_table_is_one_finding() -> None:
    findings = assess(make_report("2021", every("2021", "applications", BLANK))).findings
    assert [finding.rule for finding in findings] == ["X-BLANK"]
    assert findings[0].message == "依申请公开有 175 格空白（共 175 格），请核对原文是否确未填写"
    assert findings[0].equation == "X-BLANK:applications"


def test_absent_cells_do_not_count_for_a_blank_table() -> None:
    cells = every("2021", "proactive", ABSENT) | {"proactive.rules.issued": BLANK, "proactive.rules.repealed": 1}
    assert found(make_report("2021", cells), "X-BLANK") == []


def test_an_absent_table_is_said_once() -> None:
    (finding,) = found(make_report("2021", every("2021", "remedies", ABSENT)), "X-ABSENT")
    assert finding.message == "复议诉讼：没有找到这张表"
    assert len(finding.keys) == 15


def test_absent_rows_are_named_and_long_runs_by_their_ends() -> None:
    gone = [row for row in rows("2021") if row.startswith(("not_processed", "other_"))][:6]
    cells = {f"applications.{row}.{c}": ABSENT for row in ("granted", *gone) for c in COLUMNS}
    (finding,) = found(make_report("2021", cells), "X-ABSENT")
    assert finding.message == (
        "依申请公开：没有找到这些行：“（一）予以公开”、“（五）不予处理·1.信访举报投诉类申请”至"
        "“（六）其他处理·1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请”（6 行）"
    )
    assert not assess(make_report("2021", cells)).suspects


def test_single_absent_cells_are_named_too() -> None:
    (finding,) = found(make_report("2019", {"proactive.rules.newly_made": ABSENT}), "X-ABSENT")
    assert finding.message == "主动公开：没有找到这些行：“规章·本年新制作数量”"


def test_findings_come_worst_first_then_as_they_stand_in_the_form() -> None:
    cells = with_changes({}, new_received__total=1, carried_forward__natural_person="1.5") | {
        "proactive.rules.issued": 2,
        "remedies.review.total": 1,
    }
    notes = (Note("X-MULTI", "第 2 份"), Note("X-EXTRAROW", "合计"))
    findings = assess(make_report("2021", cells, notes=notes)).findings
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=[Severity.ERROR, Severity.WARNING, Severity.INFO].index)
    errors = [finding.keys[0] for finding in findings if finding.severity is Severity.ERROR]
    order = list(make_report("2021").cells)
    assert errors == sorted(errors, key=order.index)
    warnings = [finding.rule for finding in findings if finding.severity is Severity.WARNING]
    assert warnings[:2] == ["X-EXTRAROW", "X-MULTI"]


def test_whole_numbers_may_be_printed_with_decimals_of_zero() -> None:
    assert assess(make_report("2021", {"proactive.rules.issued": "0.00"})).findings == ()


def test_a_broken_limit_makes_only_its_own_cells_doubtful() -> None:
    row = "proactive.administrative_licensing"
    report = make_report("2019", {f"{row}.items_last_year": 0, f"{row}.items_change": -3})
    assert {str(k): v for k, v in assess(report).suspects.items()} == {
        f"{row}.{column}": ("T2o-NEG:administrative_licensing",) for column in ("items_last_year", "items_change")
    }
    report = make_report("2021", {"proactive.rules.issued": "1.5"})
    assert {str(k): v for k, v in assess(report).suspects.items()} == {
        "proactive.rules.issued": ("T2-INT:rules.issued",)
    }


def test_warnings_and_hints_make_no_cell_doubtful() -> None:
    cells = {"proactive.rules.issued": 9, "proactive.administrative_fees.amount_10k_yuan": "2000000.12345"}
    assessment = assess(make_report("2021", cells, year=2019, notes=(Note("X-MIXED", "第五项"),)))
    assert {f.severity for f in assessment.findings} == {Severity.WARNING}
    assert len({f.rule for f in assessment.findings}) >= 5
    assert not assessment.suspects


def test_the_year_before_must_be_the_year_before() -> None:
    report = make_report("2021", {"proactive.rules.effective": 3}, year=2023)
    before = {"proactive.rules.effective": 1}
    assert [f.equation for f in found(report, "T2-YEAR", make_report("2021", before, year=2022))] == ["T2-YEAR:rules"]
    assert found(report, "T2-YEAR", make_report("2021", before, year=2021)) == []
    assert found(report, "T2-YEAR") == []


def test_figures_are_carried_over_from_the_former_form() -> None:
    report = make_report("2021", {"proactive.rules.effective": 3}, year=2021)
    before = make_report("2019", with_changes({}, carried_forward__total=5), year=2020, source="去年.docx")
    (finding,) = found(report, "X-CARRY", before)
    assert finding.message == ("“总计”列：上年结转 0，与上年报告的结转下年度继续办理 5 不符（2020 年报告：去年.docx）")
    assert found(report, "T2-YEAR", before) == []


def test_a_period_of_another_year_is_said_in_words() -> None:
    report = make_report("2021", period=(date(2022, 1, 1), date(2022, 12, 31)), published=date(2024, 1, 8))
    (finding,) = found(report, "X-YEAR")
    assert finding.message == "年份不一致：报告年度为 2023 年，统计期限为 2022 年，公布于 2024 年"
    report = make_report("2021", period=(date(2022, 12, 1), date(2023, 12, 31)))
    assert found(report, "X-YEAR")[0].message.endswith("统计期限从 2022 年到 2023 年")


@pytest.mark.parametrize("fields", [{"year": None}, {"template": None}, {"year": 2017}])
def test_the_form_due_is_not_judged_without_year_and_form(fields: dict[str, object]) -> None:
    assert found(make_report("2019", **fields), "X-TEMPLATE") == []


def test_a_guessed_unit_is_shown_as_a_guess() -> None:
    amount = "proactive.centralized_procurement.total_amount"
    guesses = {"8040": "万元", "184719": "元", "712.187895": "万元", "251000.00": "元", "180774.855": "万元"}
    for value, unit in guesses.items():
        (finding,) = found(make_report("2019", {amount: value}), "T2o-PROCUNIT")
        assert f"{value}，按位数推测为{unit}，" in finding.message


def test_a_charge_printed_in_yuan_is_named_whatever_its_size() -> None:
    charge = "proactive.administrative_fees.amount_10k_yuan"
    report = make_report("2021", {charge: "12.65"})
    cells = {key: replace(cell, unit="元") if str(key) == charge else cell for key, cell in report.cells.items()}
    assert found(report, "T2-FEEUNIT") == []
    (finding,) = found(replace(report, cells=cells), "T2-FEEUNIT")
    assert "印的单位是“元”，这一格以万元为单位" in finding.message


def test_notes_of_extraction_become_findings_in_their_words() -> None:
    (finding,) = found(make_report("2021", notes=(Note("X-SECTION", "缺少第五部分"),)), "X-SECTION")
    assert finding.message == "缺少第五部分"


def test_a_note_of_an_unknown_rule_is_left_out() -> None:
    assert assess(make_report("2021", notes=(Note("Y-1", "?"),))).findings == ()


@pytest.mark.parametrize("form", templates(), ids=lambda form: form.id)
@given(data=st.data())
@settings(max_examples=60)
def test_no_reading_whatever_makes_the_checks_fail(form: object, data: st.DataObject) -> None:
    names = [str(key) for key in form.fields]  # type: ignore[attr-defined]
    figures = st.decimals(-9, 10**7, places=2).map(lambda value: Cell(State.NUMBER, Decimal(value), raw=f"{value}"))
    cells = st.sampled_from([BLANK, MARK, UNREADABLE, ABSENT]) | figures
    changed = data.draw(st.dictionaries(st.sampled_from(names), cells, max_size=40))
    report = make_report(form.id, changed)  # type: ignore[attr-defined]
    assessment = assess(report, make_report("2019", year=2022))
    errors = {f.equation for f in assessment.findings if f.severity is Severity.ERROR}
    for suspect, causes in assessment.suspects.items():
        assert causes
        assert set(causes) <= errors
        assert report.cells[suspect].state is State.NUMBER
    broken = {f.equation for f in assessment.findings if f.severity is Severity.ERROR and f.rule != "X-ABSENT"}
    assert bool(broken) == bool(assessment.suspects)
