from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.main_window import _IN_REVIEW, MainWindow
from tests.conftest import ROOT
from tests.desktop.conftest import FakeBackend, MakeWindow


@pytest.fixture
def unseen(make_window: MakeWindow, backend: FakeBackend) -> MainWindow:
    """Return a window that has not been shown yet."""
    return make_window(*backend.reports, backend=backend)


def test_the_window_stands_before_what_shows_a_report_is_loaded() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from desktop.app import create_window\n"
        "window = create_window([], Path(sys.argv[1]))\n"
        "window.show()\n"
        "window.repaint()\n"
        "print(*sys.modules)\n"
    )
    command = [sys.executable, "-c", code, "nowhere"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split()
    late = {"desktop.review_page", "desktop.views.form_table", "parser.templates.load", "parser.pipeline", "sqlite3"}
    assert "desktop.views.queue_pane" in loaded
    assert not late & set(loaded)
    assert not {"numpy", "cv2", "lxml", "openpyxl", "hashlib", "datetime", "getpass"} & set(loaded)


def test_the_rest_follows_once_it_has_been_painted(unseen: MainWindow, qtbot: QtBot) -> None:
    assert unseen._review is None
    with qtbot.waitSignal(unseen.painted):
        unseen.show()
    qtbot.waitUntil(lambda: unseen.session.report is not None and unseen.tables.isVisible())
    assert unseen.findings.isVisible()


def test_nothing_begins_before_it_has_been_painted_and_built(
    unseen: MainWindow, backend: FakeBackend, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[bool] = []
    is_whole = lambda: unseen._is_painted and unseen._review is not None  # noqa: E731
    monkeypatch.setattr(backend, "find_inputs", lambda _paths: asked.append(is_whole()) or [])
    assert unseen.session.inbox.is_searching
    unseen.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [True]


def test_only_the_page_that_says_so_follows_a_search(
    make_window: MakeWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(backend=backend)
    window.show()
    qtbot.waitUntil(lambda: window.session.keeper.is_open)
    moved: list[bool] = []
    window.session.current_changed.connect(lambda: moved.append(True))
    window.session.add([tmp_path / "没有"])
    assert window._blank._title.text() == "正在查找报告文件…"
    with qtbot.waitSignal(window.session.inbox.searched):
        pass
    assert window._blank._title.text() == "把报告文件或文件夹拖到这里"
    assert not moved


def test_a_window_that_nobody_shows_reads_all_the_same(unseen: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: unseen.session.report is not None)


def test_who_drives_it_finds_the_parts_at_once(unseen: MainWindow) -> None:
    for name in ("queue_view", "findings_view", "table.proactive", "table.applications", "table.remedies"):
        assert isinstance(unseen.findChild(QWidget, name), QAbstractItemView)
    assert unseen.findChild(QWidget, "source_view") is not None


def test_a_form_that_is_none_ends_the_program(
    unseen: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said: list[str] = []
    codes: list[int] = []
    monkeypatch.setattr(app, "what_is_wrong_with_the_forms", lambda: "格式文件坏了")
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, why: said.append(why))
    monkeypatch.setattr(app.QCoreApplication, "exit", codes.append)
    unseen.show()
    qtbot.waitUntil(lambda: codes == [3])
    assert said == ["格式文件坏了"]
    assert not unseen.session.keeper.is_open


def test_the_menus_know_all_that_can_be_done_to_a_report(unseen: MainWindow) -> None:
    assert set(_IN_REVIEW) | {"focus"} == set(unseen.review.slots())


def _menus(window: MainWindow) -> list[QMenu]:
    return window.menuBar().findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _filled(window: MainWindow) -> list[int]:
    return [len(menu.actions()) for menu in _menus(window)]


def test_a_menu_opened_before_that_is_full(unseen: MainWindow) -> None:
    assert [menu.title()[:2] for menu in _menus(unseen)] == ["文件", "编辑", "核对", "查看", "帮助"]
    assert max(_filled(unseen)) < 3
    _menus(unseen)[3].aboutToShow.emit()
    assert min(_filled(unseen)) > 3
    before = _filled(unseen)
    unseen.furnish()
    assert _filled(unseen) == before


def test_the_menus_are_filled_at_once_when_it_has_been_painted(unseen: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(unseen.painted):
        unseen.show()
    assert unseen._review is None
    assert min(_filled(unseen)) > 3
