"""What two readings say about a broken equation is told, and taken for nobody's decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from parser.model.finding import Verdict
from tests.desktop.conftest import REVIEW_TOTAL, FakeBackend, OpenWindow, key
from tests.forms import make_report


def test_two_readings_say_who_seems_wrong_and_explain_nothing(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    report = make_report(cells={"remedies.review.upheld": 2, REVIEW_TOTAL: 3})
    twice = {name: replace(cell, second=cell.raw) for name, cell in report.cells.items()}
    backend.reports = {tmp_path / "识别件.txt": replace(report, cells=twice)}
    window = open_window(*backend.reports)
    session = window.session
    assert session.entry is not None
    (finding,) = session.entry.assessment.findings
    assert (finding.verdict, finding.explained) == (Verdict.SOURCE, False)
    shown = window.findings.view.model().index(0, 0).data()
    assert shown == f"{finding.message}（两次识别结果相同，疑为原文有误）"
    assert session.entry.error_count == 1
    assert "（未核）" in session.exporter.proposed_name(session.entry)
    session.review.mark_checked()
    assert not session.entry.is_checked


def test_a_reading_that_the_second_corrects_seems_misread(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    report = make_report(cells={"remedies.review.upheld": 2, REVIEW_TOTAL: 3})
    twice = {name: replace(cell, second=cell.raw) for name, cell in report.cells.items()}
    twice[key(REVIEW_TOTAL)] = replace(twice[key(REVIEW_TOTAL)], second="2")
    backend.reports = {tmp_path / "识别件.txt": replace(report, cells=twice)}
    window = open_window(*backend.reports)
    assert window.findings.view.model().index(0, 0).data().endswith("（两次识别结果不同，疑为识别有误）")
    window.session.set_text(key(REVIEW_TOTAL), "4")  # of what somebody typed, readings say nothing
    assert window.findings.view.model().index(0, 0).data().endswith("不相等")
