"""Every rule of both forms, once broken and once satisfied by a report that comes close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from parser.model.report import Cell, Note, Report, State
from parser.rules.check import assess
from parser.templates.load import template, templates
from tests.forms import make_report
from tests.rules.tables import ABSENT, BLANK, COLUMNS, MARK, UNREADABLE, applications, every, rows, with_changes

Cells = Mapping[str, Cell | str | int]


@dataclass(frozen=True)
class Example:
    """Reports that break and that satisfy a rule: cells, other fields, and the report of the year before."""

    broken: Cells = field(default_factory=dict)
    satisfied: Cells = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)
    satisfied_fields: Mapping[str, object] | None = None
    previous: Cells | None = None


def full(**changes: Cell | str | int) -> Cells:
    return with_changes(applications(), **changes)


def blank_rows(*names: str) -> Cells:
    return {f"applications.{name}.{column}": BLANK for name in names for column in COLUMNS}


def full_2019(**changes: Cell | str | int) -> Cells:
    return with_changes(applications("2019"), **changes)


def proactive(**cells: Cell | str | int) -> Cells:
    return {f"proactive.{name.replace('__', '.')}": value for name, value in cells.items()}


def documents(**cells: int) -> Cells:
    return {f"proactive.normative_documents.{column}": value for column, value in cells.items()}


def noted(rule: str) -> Example:
    return Example(fields={"notes": (Note(rule, "第 3 行"),)}, satisfied_fields={"notes": ()})


def narrated(wrong: str, right: str) -> Example:
    """Return reports full of zeros whose prose says something else, and the like."""
    return Example(
        fields={"sections": {"1": wrong}, "text": wrong}, satisfied_fields={"sections": {"1": right}, "text": right}
    )


FEE = "administrative_fees__amount_10k_yuan"
FEE_IN_YUAN = {"sections": {"1": "全年行政事业性收费3,940元。"}}
PROCESSING_FEE_IN_YUAN = {"sections": {"6": "本年度收取信息处理费3940元。"}}
TOWN = {"issuer": "清河县城关镇人民政府", "sections": {"1": "办理行政处罚1,472件。"}}

COMMON = {
    "T3-ALLZERO": Example(
        fields={"sections": {"1": "全年共收到政府信息公开申请 3 件，均已答复。"}},
        satisfied_fields={"sections": {"1": "全年未收到政府信息公开申请，收到行政复议申请 3 件。"}},
    ),
    "T4-SUM": Example(
        {"remedies.review.upheld": 3, "remedies.review.total": 4},
        {"remedies.review.upheld": 3, "remedies.review.pending": 1, "remedies.review.total": 4},
    ),
    "T4-INT": Example({"remedies.review.upheld": -1, "remedies.review.total": -1}),
    "T4-BLANKROWTOTAL": Example(
        {"remedies.review.upheld": 1, "remedies.review.total": BLANK},
        {f"remedies.review.{column}": BLANK for column in ("upheld", "corrected", "other_result", "pending", "total")},
    ),
    "T4-BLANKPART": Example(
        {"remedies.review.upheld": BLANK, "remedies.review.total": 1},
        {"remedies.review.upheld": BLANK, "remedies.review.pending": 1, "remedies.review.total": 1},
    ),
    "X-YEAR": Example(
        fields={"period": (date(2022, 1, 1), date(2022, 12, 31)), "year": 2023},
        satisfied_fields={
            "period": (date(2023, 1, 1), date(2023, 12, 31)),
            "year": 2023,
            "published": date(2024, 1, 9),
        },
    ),
    "X-BLANK": Example(
        every("2021", "remedies", BLANK),
        {f"remedies.{group}.total": BLANK for group in ("review", "litigation_direct")},
    ),
    "X-BLANKROW": Example(blank_rows("granted"), blank_rows(*{*rows("2021")} & {*rows("2019")})),
    "X-UNREAD": Example(every("2021", "remedies", UNREADABLE), {"remedies.review.total": UNREADABLE}),
    "X-ABSENT": Example(every("2021", "remedies", ABSENT), every("2021", "remedies", BLANK)),
    "X-EMPTY": Example(fields={"sections": {"5": "无。"}}, satisfied_fields={"sections": {"5": "公开不够及时。"}}),
    "X-NEW": narrated("共收到政府信息公开申请3件。", "未收到政府信息公开申请。"),
    "X-ANS": narrated("依申请公开情况。办结3件。", "依申请公开情况。办结0件。"),
    "X-CAT": narrated("依申请公开情况。不予公开3件。", "依申请公开情况。不予公开0件。"),
    "X-APPL": narrated("依申请公开情况。自然人申请3件。", "依申请公开情况。自然人申请0件。"),
    "X-REV": narrated("因政府信息公开被申请行政复议3件。", "办理行政复议案件3件。"),
    "X-T2": narrated("作出行政处罚决定3件。", "公开行政处罚信息3件。"),
    "X-GAP": narrated("全年通报工作情况，共份。", "全年通报工作情况，共3份。"),
    "X-PRIVACY": narrated("申请人李某，手机13912345678。", "联系电话：13912345678。"),
    "X-EXTRAROW": noted("X-EXTRAROW"),
    "X-MIXED": noted("X-MIXED"),
    "X-MULTI": noted("X-MULTI"),
    "X-PAGES": noted("X-PAGES"),
    "X-SECTION": noted("X-SECTION"),
}

EXAMPLES: dict[str, dict[str, Example]] = {
    "2021": COMMON
    | {
        "T3-ROW": Example(full(granted__total=74), full()),
        "T3-BAL": Example(full(carried_over__natural_person=31), full()),
        "T3-SUM": Example(full(other_misc__natural_person=3), full()),
        "T3-INT": Example(full(granted__natural_person="60.5"), full()),
        "T3-CAP": Example(full(granted__other_org=1), full()),
        "T3-BLANKROWTOTAL": Example(full(granted__total=BLANK), full(granted__total=BLANK, granted__other_org=MARK)),
        "T3-BLANKPART": Example(full(granted__natural_person=BLANK), full(granted__research_institution=BLANK)),
        "T2-INT": Example(proactive(rules__issued="1.5"), proactive(**{FEE: "1.5"})),
        "T2-FEE4": Example(proactive(**{FEE: "0.12345"}), proactive(**{FEE: "18.8710"})),
        "T2-FEEUNIT": Example(
            proactive(**{FEE: 3940}), proactive(**{FEE: 3940}), FEE_IN_YUAN, satisfied_fields=PROCESSING_FEE_IN_YUAN
        ),
        "T2-VALID": Example(
            documents(issued=5, repealed=1, effective=4),
            documents(issued=5, repealed=1, effective=5),
        ),
        "T2-YEAR": Example(
            proactive(
                normative_documents__issued=50, normative_documents__repealed=227, normative_documents__effective=421
            ),
            proactive(
                normative_documents__issued=50, normative_documents__repealed=227, normative_documents__effective=420
            ),
            previous=documents(effective=597),
        ),
        "T2-REGLEVEL": Example(
            proactive(rules__effective=2),
            proactive(rules__effective=2),
            {"issuer": "清河县人民政府"},
            satisfied_fields={"issuer": "河北省人民政府"},
        ),
        "T2-LEVEL": Example(
            proactive(administrative_penalty__decisions=1471), proactive(administrative_penalty__decisions=1472), TOWN
        ),
        "X-TEMPLATE": Example(fields={"year": 2020}, satisfied_fields={"year": 2024}),
        "X-CARRY": Example(
            full(), full(), previous=with_changes({}, carried_forward__natural_person=30, carried_forward__total=34)
        ),
    },
    "2019": COMMON
    | {
        "T3-ROW": Example(full_2019(granted__total=74), full_2019()),
        "T3-BAL": Example(full_2019(carried_over__natural_person=31), full_2019()),
        "T3-SUM": Example(full_2019(other__natural_person=3), full_2019()),
        "T3-INT": Example(full_2019(granted__natural_person=-1), full_2019()),
        "T3-CAP": Example(full_2019(other__other_org=1), full_2019()),
        "T3-BLANKROWTOTAL": Example(full_2019(granted__total=BLANK), full_2019()),
        "T3-BLANKPART": Example(full_2019(granted__natural_person=BLANK), full_2019()),
        "T2o-INT": Example(
            proactive(administrative_penalty__items_last_year=-2),
            proactive(administrative_penalty__items_last_year=3, administrative_penalty__items_change=-2),
        ),
        "T2o-NEG": Example(
            proactive(administrative_licensing__items_last_year=2, administrative_licensing__items_change=-3),
            proactive(administrative_licensing__items_last_year=2, administrative_licensing__items_change=-2),
        ),
        "T2o-PUB": Example(
            proactive(rules__newly_made=8, rules__newly_disclosed=8, rules__disclosed_total=0),
            proactive(rules__newly_made=8, rules__newly_disclosed=8, rules__disclosed_total=8),
        ),
        "T2o-MISFILL": Example(
            proactive(
                administrative_licensing__items_last_year=21,
                administrative_licensing__items_change=19,
                administrative_licensing__decisions=40,
            ),
            proactive(administrative_licensing__items_last_year=2, administrative_licensing__items_change=-2),
        ),
        "T2o-COPY": Example(
            proactive(administrative_penalty__items_change=6, administrative_penalty__decisions=6),
            proactive(administrative_penalty__items_change=6, administrative_penalty__decisions=7),
        ),
        "T2o-YEAR": Example(
            proactive(administrative_fees__items_last_year=5),
            proactive(administrative_fees__items_last_year=4),
            previous=proactive(administrative_fees__items_last_year=6, administrative_fees__items_change=-2),
        ),
        "T2o-PROC": Example(
            proactive(centralized_procurement__project_count=14),
            proactive(centralized_procurement__project_count=14, centralized_procurement__total_amount="3964"),
        ),
        "T2o-PROCUNIT": Example(
            proactive(centralized_procurement__project_count=3, centralized_procurement__total_amount="180774.8"),
            proactive(
                centralized_procurement__project_count=3,
                centralized_procurement__total_amount=Cell(State.NUMBER, Decimal("113.96"), "万元", "113.96万元"),
            ),
        ),
        "T2o-REGLEVEL": Example(
            proactive(rules__newly_made=1, rules__newly_disclosed=1, rules__disclosed_total=1),
            proactive(rules__newly_made=1, rules__newly_disclosed=1, rules__disclosed_total=1),
            {"issuer": "东岭县柳林镇"},
            satisfied_fields={"issuer": "清河市人民政府"},
        ),
        "X-TEMPLATE": Example(fields={"year": 2023}, satisfied_fields={"year": 2019}),
        "X-CARRY": Example(
            full_2019(),
            full_2019(),
            previous=with_changes({}, carried_forward__natural_person=30, carried_forward__total=34),
        ),
    },
}
CASES = [(form, rule) for form, examples in EXAMPLES.items() for rule in examples]


@pytest.mark.parametrize("form", templates(), ids=lambda form: form.id)
def test_every_rule_has_an_example(form: object) -> None:
    assert set(EXAMPLES[form.id]) == {rule.id for rule in form.rules}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("form", "rule"), CASES)
def test_a_broken_rule_is_found_and_says_so_in_chinese(form: str, rule: str) -> None:
    example = EXAMPLES[form][rule]
    report = make_report(form, example.broken, **example.fields)
    findings = [f for f in assess(report, year_before(form, report, example)).findings if f.rule == rule]
    assert findings
    severity = next(r.severity for r in template(form).rules if r.id == rule)
    for finding in findings:
        assert finding.severity is severity
        assert finding.message
        assert not [bad for bad in ("{", "}", "None") if bad in finding.message]
        assert all(key in report.cells for key in finding.keys)


@pytest.mark.parametrize(("form", "rule"), CASES)
def test_a_satisfied_rule_is_silent(form: str, rule: str) -> None:
    example = EXAMPLES[form][rule]
    fields = example.fields if example.satisfied_fields is None else example.satisfied_fields
    cells = example.satisfied
    report = make_report(form, cells, **fields)
    previous = year_before(form, report, example)
    if rule == "X-CARRY":
        over = {str(key): report.cells[key] for key in report.cells if key.row == "carried_over"}
        cells = {name.replace("carried_over", "carried_forward"): cell for name, cell in over.items()}
        previous = year_before(form, report, Example(previous=cells))
    assert rule not in {finding.rule for finding in assess(report, previous).findings}


def year_before(form: str, report: Report, example: Example) -> Report | None:
    if example.previous is None or report.year is None:
        return None
    return make_report(form, example.previous, year=report.year - 1)
