"""Checks of the prose, as findings."""

from __future__ import annotations

import pytest

from parser.export.record import record
from parser.model.finding import Assessment, Finding, Severity
from parser.model.report import Report
from parser.rules.check import assess
from tests.forms import make_report
from tests.rules.tables import BLANK, every

TEXT = "清河市水务局\n一、总体情况\n主动公开30条。共收到政府信息公开申请 12 件，均已答复。"
SECTION = "主动公开30条。共收到政府信息公开申请 12 件，均已答复。"


def found(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in assess(report).findings if finding.rule == rule]


def test_a_figure_that_differs_is_a_warning_with_both_numbers_and_its_place() -> None:
    report = make_report("2021", {"applications.new_received.total": 13}, text=TEXT, sections={"1": SECTION})
    (finding,) = found(report, "X-NEW")
    assert finding.severity is Severity.WARNING
    assert "12件" in finding.message
    assert "13" in finding.message
    assert (finding.expected, finding.actual) == ("12", "13")
    assert [str(key) for key in finding.keys] == ["applications.new_received.total"]
    assert finding.sentence is not None
    assert finding.figure is not None
    assert TEXT[finding.sentence.start : finding.sentence.end] == "共收到政府信息公开申请 12 件，均已答复"
    assert TEXT[finding.figure.start : finding.figure.end] == "12 件"


def test_a_figure_that_agrees_is_no_finding() -> None:
    report = make_report("2021", {"applications.new_received.total": 12}, text=TEXT, sections={"1": SECTION})
    assert found(report, "X-NEW") == []


def test_the_same_figure_said_twice_is_one_finding() -> None:
    text = "共收到政府信息公开申请12件。\n全年收到政府信息公开申请12件。"
    report = make_report("2021", {"applications.new_received.total": 13}, text=text, sections={"1": text})
    assert len(found(report, "X-NEW")) == 1


def test_a_blank_cell_is_named_where_the_prose_states_its_figure() -> None:
    text = "制发行政规范性文件2件，废止1件，现行有效9件。"
    cells = {"issued": 2, "repealed": 1, "effective": BLANK}
    given = {f"proactive.normative_documents.{column}": cell for column, cell in cells.items()}
    (finding,) = found(make_report("2021", given, text=text, sections={"1": text}), "X-T2")
    assert finding.message == "正文写“现行有效9件”，与主动公开表不一致：“规范性文件现行有效件数”空白"
    assert (finding.expected, finding.actual) == ("9", None)
    assert [str(key) for key in finding.keys] == ["proactive.normative_documents.effective"]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_what_the_prose_says_never_makes_a_cell_doubtful(form: str) -> None:
    text = "共收到政府信息公开申请12件，予以公开3件。因政府信息公开被申请行政复议2件。作出行政处罚决定5件。"
    assessment = assess(make_report(form, text=text, sections={"1": text}))
    assert {f.rule for f in assessment.findings} >= {"X-NEW", "X-CAT", "X-REV", "X-T2", "T3-ALLZERO"}
    assert all(finding.severity is not Severity.ERROR for finding in assessment.findings)
    assert assessment.suspects == {}


def test_the_record_of_a_finding_keeps_its_fields() -> None:
    report = make_report("2021", text=TEXT, sections={"1": SECTION})
    findings = record(report, assess(report))["findings"]
    assert isinstance(findings, list)
    assert {key for finding in findings for key in finding} == {
        "rule", "severity", "message", "keys", "expected", "actual", "verdict"
    }  # fmt: skip


def test_a_blank_table_says_what_the_prose_states() -> None:
    report = make_report("2021", every("2021", "applications", BLANK), text=TEXT, sections={"1": SECTION})
    (finding,) = found(report, "T3-ALLZERO")
    assert finding.sentence is not None
    assert found(report, "X-NEW") == []


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我局未收到政府信息公开申请。",
        "共收到政府信息公开申请0件。",
        "收到因政府信息公开引起的行政复议申请3件。",
        "受理行政许可申请120件。",
        "2022年主动公开信息30件，上年度收到政府信息公开申请4件。",
    ],
)
def test_a_table_of_zeros_is_right_where_nothing_was_received(text: str) -> None:
    assert found(make_report("2021", text=text, sections={"1": text}), "T3-ALLZERO") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("《办法》于2021年月28日印发，自印发之日起施行，有效期五年。", "《办法》于2021年月28日印发，自印…"),
        ("我局于2023年3月日召开会议。", "我局于2023年3月日召开会议"),
        ("政务公开专栏自年3月28日起改版。", "政务公开专栏自年3月28日起改版"),
        ("　　　　2024年　 月　 日", "2024年月日"),
        ("按时办结率达%，", "按时办结率达%，"),
        ("主动公开信息____条。", "主动公开信息____条"),
        ("全年发布余条，均经审核。", "全年发布余条，均经审核"),
        ("收取费用，金额万元。", "收取费用，金额万元"),
    ],
)
def test_where_a_number_is_missing_the_words_around_it_are_given(text: str, words: str) -> None:
    (finding,) = found(make_report("2021", text=text, sections={"1": text}), "X-GAP")
    assert f"“{words}”" in finding.message
    assert finding.severity is Severity.WARNING
    assert finding.figure is not None
    assert finding.sentence is not None


@pytest.mark.parametrize(
    "text",
    [
        "2021年月均访问量3万次，本年3月28日改版，二〇二一年三月二十八日发布。",
        "依照《条例》，公开条例解读材料；覆盖率100%，同比增长12.5%。",
        "即办件、承诺件、办理件都已办结，累计件数不变。",
        "主动公开条目（条）、占比（%）、金额（万元）",
        "每年3月28日、同年3月28日、一年12个月。",
        "全年共三份，约2万份。",
    ],
)
def test_words_that_need_no_number_lack_none(text: str) -> None:
    assert found(make_report("2021", text=text, sections={"1": text}), "X-GAP") == []


@pytest.mark.parametrize("text", ["_" * 30_000, "共件，" * 9_000, "收到余" * 9_000])
def test_a_text_of_nothing_else_is_looked_through_at_once(text: str) -> None:
    assert len(found(make_report("2021", text=text, sections={"1": text}), "X-GAP")) <= 50


def test_a_number_missing_in_prose_that_was_changed_is_told_without_a_place() -> None:
    (finding,) = found(make_report("2021", text="全年共3份。", sections={"1": "全年共份。"}), "X-GAP")
    assert (finding.figure, finding.sentence, finding.equation) == (None, None, "X-GAP:1")


def test_personal_data_is_a_warning_that_does_not_repeat_it() -> None:
    text = "申请人李某，手机13912345678。"
    (finding,) = found(make_report("2021", text=text), "X-PRIVACY")
    assert finding.severity is Severity.WARNING
    assert "13912345678" not in finding.message
    assert finding.figure is not None
    assert text[finding.figure.start : finding.figure.end] == "13912345678"


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("无。", True),
        ("（一）存在的主要问题：无。\n（二）改进情况：无。", True),
        ("暂无", True),
        ("不存在突出问题。", True),
        ("暂无需要改进的问题。", True),
        ("存在公开不及时的问题。", False),
        ("公开不够及时。", False),
        ("无专职人员。", False),
        ("（略）", False),
    ],
)
def test_a_section_five_that_says_nothing_is_noticed(text: str, is_empty: bool) -> None:
    assert bool(found(make_report("2021", sections={"5": text}), "X-EMPTY")) is is_empty


def test_findings_of_the_prose_come_behind_errors() -> None:
    text = "共收到政府信息公开申请12件。"
    assessment: Assessment = assess(
        make_report("2021", {"applications.new_received.total": 13}, text=text, sections={"1": text})
    )
    severities = [finding.severity for finding in assessment.findings]
    assert severities == sorted(severities, key=[Severity.ERROR, Severity.WARNING, Severity.INFO].index)
