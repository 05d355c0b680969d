from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from parser.export.record import record, write_json
from parser.model.finding import Assessment, Verdict
from parser.model.report import Cell, CellKey, State
from tests.export.samples import AMOUNTS, GONE, MARKED, NEW_PERSONS, NEW_TOTAL, STAMPED, broken_row, full_report
from tests.forms import make_report


def cells(report_record: dict[str, object]) -> dict[str, dict[str, object]]:
    return {cell["key"]: cell for cell in report_record["cells"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("form", "count"), [("2019", 198), ("2021", 200)])
def test_there_is_one_record_for_every_field_of_the_form(form: str, count: int) -> None:
    assert len(cells(record(full_report(form), Assessment()))) == count


def test_the_head_names_source_office_period_and_form() -> None:
    result = record(full_report("2021"), Assessment())
    assert list(result) == [
        "schema", "source", "issuer", "year", "title", "period", "template", "template_due",
        "information_processing_fee_yuan", "text", "sections", "cells", "suggestions", "findings",
    ]  # fmt: skip
    assert result["source"] == {
        "name": "清河市农业农村局2023年报告.txt",
        "sha256": "0" * 64,
        "kind": "text",
        "pages": 6,
    }
    assert result["period"] == ["2023-01-01", "2023-12-31"]
    assert result["information_processing_fee_yuan"] == "3940.50"
    assert result["sections"]["4"] is None  # type: ignore[index]


def test_the_form_that_is_due_follows_from_the_year() -> None:
    assert record(make_report("2019", year=2022), Assessment())["template_due"] == "2021"
    assert record(make_report("2019", year=2020), Assessment())["template_due"] == "2019"
    assert record(make_report("2021", year=None), Assessment())["template_due"] is None
    assert record(make_report("2021", year=2010), Assessment())["template_due"] is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("18.8710", "18.8710"), ("1E+3", "1000"), ("-2", "-2"), ("-0", "0"), ("0.00", "0.00"), ("1E-7", "0.0000001")],
)
def test_a_value_is_a_plain_decimal_with_its_printed_decimals(value: str, text: str) -> None:
    report = make_report("2021", {str(AMOUNTS["2021"]): Cell(State.NUMBER, Decimal(value))})
    assert cells(record(report, Assessment()))[str(AMOUNTS["2021"])]["value"] == text


def test_a_cell_without_number_has_no_value() -> None:
    result = cells(record(full_report("2021"), Assessment()))
    assert (result[str(MARKED)]["state"], result[str(MARKED)]["value"], result[str(MARKED)]["raw"]) == (
        "mark",
        None,
        " — ",
    )
    assert (result[str(GONE)]["state"], result[str(GONE)]["value"]) == ("absent", None)


def test_doubts_of_the_reading_and_of_the_equations_are_both_reasons() -> None:
    result = cells(record(full_report("2021"), broken_row()))
    assert result[str(NEW_PERSONS)]["reasons"] == ["look_alike", "equation"]
    assert result[str(NEW_TOTAL)]["reasons"] == ["equation"]
    assert result[str(NEW_TOTAL)]["doubtful"] is True
    assert result[str(MARKED)]["doubtful"] is False


def test_the_suggestion_is_the_best_value_that_differs() -> None:
    result = cells(record(full_report("2021"), broken_row()))
    assert result[str(NEW_PERSONS)]["suggestion"] == "3119"
    assert result[str(NEW_TOTAL)]["suggestion"] == "3001"
    assert result[str(MARKED)]["suggestion"] is None


def test_places_are_spans_of_the_text_or_boxes_on_a_page() -> None:
    report = full_report("2021")
    result = cells(record(report, Assessment()))
    start, end = result[str(NEW_PERSONS)]["place"]["span"]  # type: ignore[index]
    assert report.text[start:end] == "3O01"
    assert result[str(STAMPED)]["place"] == {"page": 4, "box": [0.1, 0.2, 1 / 3, 0.4]}


def test_findings_and_suggestions_name_their_cells() -> None:
    result = record(full_report("2021"), broken_row())
    assert result["findings"][0] == {  # type: ignore[index]
        "rule": "T3-ROW", "severity": "error", "keys": [str(NEW_PERSONS), str(NEW_TOTAL)],
        "message": "“一、本年新收政府信息公开申请数量”：六类申请人之和 3001，总计 3119，不相等",
        "expected": "3119", "actual": "3001", "verdict": "open",
    }  # fmt: skip
    assert result["suggestions"][1] == {  # type: ignore[index]
        "edits": {str(NEW_PERSONS): "3119"}, "equations": ["T3-ROW:new_received"],
        "certainty": "likely", "proof": "3119 = 3119",
    }  # fmt: skip


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_finding_says_who_is_wrong(verdict: Verdict) -> None:
    assessment = broken_row()
    first, *others = assessment.findings
    judged = assessment._replace(findings=(first._replace(verdict=verdict), *others))
    findings = record(full_report("2021"), judged)["findings"]
    assert [finding["verdict"] for finding in findings] == [verdict.value, "open"]  # type: ignore[attr-defined]


def test_the_file_is_utf8_and_keeps_every_character(tmp_path: Path) -> None:
    report = replace(full_report("2021"), text="甲\x00\ud800\u2028乙", issuer="清河市")
    file = tmp_path / "新" / "报告.docx.json"
    write_json(report, broken_row(), file)
    read = json.loads(file.read_text("utf-8"))
    assert read == record(report, broken_row())
    assert "清河市" in file.read_text("utf-8")


def test_every_key_can_be_read_back() -> None:
    report = full_report("2019")
    assert [CellKey.parse(key) for key in cells(record(report, Assessment()))] == list(report.cells)
