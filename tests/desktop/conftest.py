"""A window on reports made in memory; the rules are the real ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import create_window
from desktop.backend import Backend
from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.settings import Settings
from parser.errors import OutputError, UnreadableFile
from parser.model.finding import Assessment
from parser.model.report import Cell, CellKey, Doubt, Reason, Report, State
from parser.model.watch import UNWATCHED, Watch
from parser.rules.check import assess
from tests.forms import make_report

MakeWindow = Callable[..., MainWindow]  # paths, and by name: backend, workspace
OpenWindow = Callable[..., MainWindow]  # paths


_PATIENCE = 60_000  # ms; a machine that has other work to do may stand still for seconds


class PatientBot(QtBot):
    """pytest-qt's, which waits longer unless it is told how long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)


class FakeBackend:
    """Reads reports out of a dictionary; a message instead of a report is a file that cannot be read."""

    def __init__(self, reports: Mapping[Path, Report | str]) -> None:
        self.reports = dict(reports)
        self.exported: list[tuple[Path, Report, tuple[CellKey, ...]]] = []
        self.export_fails = False

    def get_ready(self) -> None:
        """Nothing is slow here."""

    def find_inputs(self, paths: Sequence[Path]) -> list[Path]:
        found: list[Path] = []
        for path in paths:
            found += [path] if path in self.reports else [known for known in self.reports if known.parent == path]
        return found

    def open_report(self, path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        found = self.reports[path]
        if isinstance(found, str):
            raise UnreadableFile(found)
        return found

    def assess(self, report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        return assess(report, previous, watch)

    def propose_name(self, report: Report, assessment: Assessment, is_checked: bool) -> str:
        return f"{report.issuer}{report.year}年报{'' if is_checked else '（未核）'}.xlsx"

    def export(self, report: Report, assessment: Assessment, path: Path, still_open: Collection[CellKey]) -> None:
        if self.export_fails:
            raise OutputError("文件正被打开；请关闭后重试")
        self.exported.append((path, report, tuple(still_open)))


def key(text: str) -> CellKey:
    """Return the key written as ``text``."""
    return CellKey.parse(text)


def doubtful(value: str, raw: str, note: str = "字母 O 按 0 读取") -> Cell:
    """Return a number that had to be interpreted."""
    from decimal import Decimal

    return Cell(State.NUMBER, Decimal(value), raw=raw, confidence=0.6, doubts=(Doubt(Reason.LOOK_ALIKE, note),))


LICENSING = "proactive.administrative_licensing.decisions"
COMPULSION = "proactive.administrative_compulsion.decisions"
GRANTED = "applications.granted.natural_person"
REVIEW_TOTAL = "remedies.review.total"


def doubtful_report() -> Report:
    """Return a report with a doubt in each table and one broken equation (行政复议)."""
    return make_report(
        cells={
            COMPULSION: doubtful("0", "O"),
            GRANTED: doubtful("0", "〇"),
            "applications.carried_forward.other_org": Cell(State.BLANK),
            "remedies.review.upheld": 2,
            REVIEW_TOTAL: 3,
        }
    )


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return what drives windows and waits for them."""
    return PatientBot(request)


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    """Return a backend with a doubtful report, a clean one, one on the old form and an unreadable file."""
    return FakeBackend(
        {
            tmp_path / "甲.txt": doubtful_report(),
            tmp_path / "乙.txt": make_report(issuer="清河市民政局"),
            tmp_path / "丙.txt": make_report("2019"),
            tmp_path / "丁.docx": "文件已损坏；请换一份再试",
        }
    )


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeWindow]:
    """Return a function that makes a window on paths, which is not shown yet; without a backend, the parser reads."""
    windows: list[MainWindow] = []

    def make(*paths: Path, backend: Backend | None = None, workspace: Path | None = None) -> MainWindow:
        window = create_window(paths, workspace, backend=backend, settings=Settings(tmp_path / "window.ini"))
        assert isinstance(window, MainWindow)
        windows.append(window)
        qtbot.addWidget(window, before_close_func=lambda w: w.let_go())
        return window

    yield make
    for window in windows:
        window.let_go()


@pytest.fixture
def show_window(make_window: MakeWindow, qtbot: QtBot) -> MakeWindow:
    """Return a function that shows a window on paths, on a screen as small as offices have, and waits for no report."""

    def show(*paths: Path, backend: Backend | None = None, workspace: Path | None = None) -> MainWindow:
        window = make_window(*paths, backend=backend, workspace=workspace)
        window.resize(1366, 736)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        return window

    return show


@pytest.fixture
def open_window(show_window: MakeWindow, backend: FakeBackend, qtbot: QtBot) -> OpenWindow:
    """Return a function that shows a window on paths and waits until the backend has read all of them."""

    def start(*paths: Path) -> MainWindow:
        window = show_window(*paths, backend=backend)
        wanted = len(backend.find_inputs(list(paths)))
        qtbot.waitUntil(lambda: is_at_rest(window, wanted))
        return window

    return start


def is_at_rest(window: MainWindow, wanted: int = 1) -> bool:
    """Whether there are so many reports in the window, or more, and none is being read."""
    entries = window.session.entries
    return len(entries) >= wanted and not any(entry.is_reading for entry in entries)


@pytest.fixture
def window(open_window: OpenWindow, backend: FakeBackend) -> MainWindow:
    """Return a window on all reports of the backend, its first cell to look at current."""
    return open_window(*backend.reports)


@pytest.fixture
def session(window: MainWindow) -> Session:
    """Return the session of the window."""
    return window.session
