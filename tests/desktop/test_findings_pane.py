"""The findings: open ones first, explained ones folded below them, and the keys that go through them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.main_window import MainWindow
from desktop.models.findings_model import FindingsModel
from parser.model.report import Cell, Doubt, Reason, State
from tests.desktop.conftest import REVIEW_TOTAL, FakeBackend, OpenWindow, key
from tests.desktop.keys import Key, press
from tests.forms import make_report, number

GRANTED_TOTAL = "applications.granted.total"


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, backend: FakeBackend) -> MainWindow:
    """Return a window on two reports that do not add up, what is wrong with 行政复议 in the first explained."""
    wrong = {"remedies.review.upheld": 2, REVIEW_TOTAL: 3, GRANTED_TOTAL: 5}
    backend.reports = {tmp_path / name: make_report(issuer=name, cells=wrong) for name in ("甲.txt", "乙.txt")}
    window = open_window(*backend.reports)
    window.session.select(0)
    assert window.session.entry is not None
    finding = next(f for f in window.session.entry.assessment.findings if key(REVIEW_TOTAL) in f.keys)
    window.session.review.call_printed(list(finding.keys), "原件如此")
    return window


def _model(window: MainWindow) -> FindingsModel:
    model = window.findings.view.model()
    assert isinstance(model, FindingsModel)
    return model


def _words(window: MainWindow) -> list[str]:
    model = _model(window)
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_f8_goes_through_what_is_open_only(window: MainWindow) -> None:
    _model(window).fold(False)
    explained = [finding for finding in _model(window).findings if finding.explained]
    assert explained
    for _ in range(2 * _model(window).rowCount()):
        press(Key.Key_F8)
        assert window.session.finding is not None
        assert window.session.finding not in explained


def test_without_findings_f8_tells_of_figures_that_are_lacking(
    open_window: OpenWindow, tmp_path: Path, backend: FakeBackend
) -> None:
    cells = {"remedies.review.upheld": Cell(State.UNREADABLE, raw="□")}
    backend.reports = {tmp_path / "丙.txt": make_report(cells=cells), tmp_path / "丁.txt": make_report()}
    window = open_window(*backend.reports)
    for position, words in ((0, "还有 1 格尚无数值"), (1, "检查结果里没有要看的了")):
        window.session.select(position)
        press(Key.Key_F8)
        assert words in window.statusBar().currentMessage()


def test_equations_not_checked_for_a_doubtful_place_are_not_said_to_agree(
    open_window: OpenWindow, tmp_path: Path, backend: FakeBackend
) -> None:
    doubt = Doubt(Reason.AMBIGUOUS_POSITION, "可能错了一栏")
    cells = {name: replace(number(3), doubts=(doubt,)) for name in ("remedies.review.upheld", "remedies.review.total")}
    backend.reports = {tmp_path / "丙.txt": make_report(cells=cells)}
    window = open_window(*backend.reports)
    told = window.findings._header._detail
    assert told.text() == "2 格的数可能错了位置，看过后再检查勾稽"
    press(Key.Key_F8)
    assert "还有 2 格的数可能错了位置" in window.statusBar().currentMessage()
    for name in cells:
        window.session.go_to(key(name))
        window.session.review.accept()
    assert told.text() == "勾稽关系全部相符"


def test_what_is_explained_is_folded_in_the_next_report(window: MainWindow) -> None:
    assert _words(window)[-1] == "已说明 1 处"
    _model(window).fold(False)
    assert "原件如此" in _words(window)[-1]
    window.session.select(1)
    window.session.select(0)
    assert _words(window)[-1] == "已说明 1 处"
