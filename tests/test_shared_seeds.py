"""Real reports, where they are at hand: the acceptance lines of extraction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parser.export.record import record
from parser.model.place import TextSpan
from parser.pipeline import open_report
from parser.prose.figures import figures_in
from parser.rules.check import assess
from tests.conftest import ROOT
from tests.scoring import MUST_BE_ZERO, Score, score

SHARED = ROOT.parent / "shared"
SEEDS = ("000", "001", "002", "003", "004")
CLEAN = ("000", "001", "003", "004")
NARRATED = {  # figures of the prose that the tables hold too, by seed
    "000": {("administrative_licensing", "672"), ("administrative_penalty", "72"), ("new_received", "0")},
    "001": {("administrative_licensing", "9"), ("administrative_penalty", "55")},
    "002": {("normative_documents", "3")},
    "003": {
        (row, "0")
        for row in (
            *("new_received", "granted", "partially_granted", "denied_state_secret", "unable_not_held"),
            *("not_processed_petition_complaint", "review", "litigation_direct"),
        )
    },
    "004": set(),
}
CASES = sorted(path.name for folder in ("seeds", "excerpts") for path in (SHARED / folder).glob("*.txt")) or ["(none)"]


@pytest.fixture
def case(shared: Path, request: pytest.FixtureRequest) -> Path:
    """Return the text whose name begins as the parameter says, or skip."""
    found = [p for folder in ("seeds", "excerpts") for p in (shared / folder).glob(f"{request.param}*")]
    texts = [path for path in found if path.suffix == ".txt"]
    if not texts:
        pytest.skip(f"needs {request.param} in {shared}")
    return texts[0]


def result_of(path: Path) -> dict[str, Any]:
    report = open_report(path)
    return record(report, assess(report))


def scored(path: Path) -> Score:
    truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
    return score(truth, result_of(path))


@pytest.mark.parametrize("case", CASES, indirect=True)
def test_a_real_report_has_nothing_wrong_in_silence(case: Path) -> None:
    counts = scored(case).counts
    assert {name: counts[name] for name in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, 0)
    assert counts["no_record"] == counts["duplicate_key"] == 0


@pytest.mark.parametrize("case", CASES, indirect=True)
def test_the_office_the_year_and_the_form_of_a_real_report_are_told(case: Path) -> None:
    counts = scored(case).counts
    assert [counts[f"{name}_right"] for name in ("issuer", "year", "template")] == [
        counts[f"{name}_total"] for name in ("issuer", "year", "template")
    ]


@pytest.mark.parametrize("case", CLEAN, indirect=True)
def test_a_clean_report_is_all_right_and_raises_no_alarm(case: Path) -> None:
    counts = scored(case).counts
    assert counts["right"] == counts["cells"] > 190


@pytest.mark.parametrize("case", ["002"], indirect=True)
def test_the_damaged_report_is_doubted_only_where_it_is_damaged(case: Path) -> None:
    truth = json.loads(case.with_suffix(".truth.json").read_text("utf-8"))
    allowed = {*truth.get("damaged", ()), *truth.get("expected_doubt", ())}
    doubted = {cell["key"] for cell in result_of(case)["cells"] if cell["doubtful"]}
    assert doubted
    assert doubted <= allowed


@pytest.mark.parametrize("case", CASES, indirect=True)
def test_every_value_of_a_real_report_stands_at_its_place(case: Path) -> None:
    report = open_report(case)
    for key, cell in report.cells.items():
        if cell.raw:
            assert isinstance(cell.place, TextSpan)
            assert report.text[cell.place.start : cell.place.end] == cell.raw, key


@pytest.mark.parametrize("case", SEEDS, indirect=True)
def test_the_figures_of_the_prose_are_found_and_agree(case: Path) -> None:
    report = open_report(case)
    figures = figures_in(report)
    assert {(figure.keys[0].row, str(figure.value)) for figure in figures} == NARRATED[case.name[:3]]
    assert all(figure.agrees for figure in figures)
    for figure in figures:
        assert figure.span is not None


@pytest.mark.parametrize("case", CASES, indirect=True)
def test_the_prose_of_a_real_report_raises_no_false_alarm(case: Path) -> None:
    narrated = {"X-NEW", "X-ANS", "X-CAT", "X-APPL", "X-REV", "X-T2", "X-PRIVACY", "T3-ALLZERO"}
    assert not [finding["message"] for finding in result_of(case)["findings"] if finding["rule"] in narrated]
