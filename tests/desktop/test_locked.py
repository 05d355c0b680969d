"""Files under a password: asked for in the pane, once for many files, and never written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.entries import Stage
from desktop.main_window import MainWindow
from desktop.views.password_form import PasswordForm
from parser.model.report import Report
from parser.model.watch import UNWATCHED, Watch
from parser.readers.raster import open_pages_of
from tests.desktop.conftest import MakeWindow, OpenWindow, is_at_rest
from tests.desktop.paged import SlowBackend, draw_report
from tests.desktop.seen import reopen, words
from tests.forms import make_report
from tests.locked_pdf import locked

_SECRET = "qh-2024#"


class LockedBackend(SlowBackend):
    """Reads its reports only with the password of their files."""

    def open_report(self, path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        if path.suffix == ".pdf":
            open_pages_of(path, password).close()
        return super().open_report(path, watch)


@pytest.fixture
def backend(tmp_path: Path) -> LockedBackend:
    paths = [tmp_path / name for name in ("一.pdf", "二.pdf", "三.pdf")]
    passwords = (_SECRET, _SECRET, "another")
    reports: dict[Path, Report | str] = {}
    for path, issuer, password in zip(paths, ("水利局", "民政局", "教育局"), passwords, strict=True):
        reports[path] = draw_report(path, issuer=issuer)
        path.write_bytes(locked(path.read_bytes(), password))
    return LockedBackend(reports | {tmp_path / "四.txt": make_report(issuer="林业局")})


def at_rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: is_at_rest(window))


@pytest.fixture
def window(open_window: OpenWindow, backend: LockedBackend, qtbot: QtBot) -> MainWindow:
    """Return a window on the files, the first locked one current."""
    window = open_window(*backend.reports)
    window.session.select(0)
    qtbot.waitUntil(form_in(window).field.hasFocus)
    return window


def form_in(window: MainWindow) -> PasswordForm:
    """Return what asks for the password in sight."""
    return next(form for form in window.findChildren(PasswordForm) if form.isVisible())


def give(window: MainWindow, password: str) -> None:
    QTest.keyClicks(form_in(window).field, password)
    QTest.keyClick(form_in(window).field, Qt.Key.Key_Return)


def test_many_locked_files_are_asked_for_in_the_window_and_not_in_dialogs(window: MainWindow) -> None:
    assert [words(window, n) for n in range(3)] == ["无法读取：需要密码"] * 3
    assert QApplication.activeModalWidget() is None
    assert form_in(window).field.echoMode() is form_in(window).field.EchoMode.Password
    assert "其余 2 份" in form_in(window).for_others.text()


def test_the_password_opens_the_report_and_its_pages(window: MainWindow, qtbot: QtBot) -> None:
    give(window, _SECRET)
    qtbot.waitUntil(lambda: window.session.report is not None and len(window.review.images.sizes) == 5)
    assert window.source.has_pages
    assert window.session.report.issuer == "水利局"
    assert words(window, 1) == "无法读取：需要密码"


def test_pages_open_again_after_a_look_at_another_report_and_f5_asks_for_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    give(window, _SECRET)
    qtbot.waitUntil(lambda: len(window.review.images.sizes) == 5)
    window.session.select(3)
    window.session.select(0)
    window.session.read_again()
    at_rest(qtbot, window)
    qtbot.waitUntil(lambda: len(window.review.images.sizes) == 5)
    entry = window.session.entry
    assert entry is not None
    assert (entry.shortfall, entry.lock.is_shut) == (None, False)


def test_what_is_typed_in_the_list_goes_on_in_the_field(window: MainWindow, qtbot: QtBot) -> None:
    window.queue.view.setFocus()
    QTest.keyClicks(window.queue.view, _SECRET[0])
    field = form_in(window).field
    assert (field.text(), field.hasFocus()) == (_SECRET[0], True)
    QTest.keyClicks(field, _SECRET[1:])
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.report is not None)


def test_to_read_a_locked_file_again_says_that_it_needs_a_password(window: MainWindow, qtbot: QtBot) -> None:
    window.statusBar().clearMessage()
    QTest.keyClick(window.queue.view, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "需要密码" in window.statusBar().currentMessage())


def test_a_wrong_password_is_said_and_asked_for_again(window: MainWindow, qtbot: QtBot) -> None:
    give(window, "QH-2024#")
    at_rest(qtbot, window)
    assert words(window, 0) == "无法读取：密码不对"
    assert form_in(window).field.text() == ""
    qtbot.waitUntil(form_in(window).field.hasFocus)
    give(window, _SECRET)
    qtbot.waitUntil(lambda: window.session.report is not None)


def test_one_password_is_tried_on_all_that_wait_for_one(window: MainWindow, qtbot: QtBot) -> None:
    form_in(window).for_others.setChecked(True)
    give(window, _SECRET)
    qtbot.waitUntil(lambda: len(window.session.unlocking.others(window.session.entries[0])) == 1)
    at_rest(qtbot, window)
    assert [entry.stage for entry in window.session.entries[:3]] == [Stage.CLEAN, Stage.CLEAN, Stage.FAILED]
    assert words(window, 2) == "无法读取：密码不对"
    window.session.select(2)
    assert form_in(window).for_others.isHidden()


def test_nobody_who_types_a_password_is_led_to_another_report(
    show_window: MakeWindow, backend: LockedBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.is_slow = {tmp_path / "二.pdf"}
    backend.reports = dict(list(backend.reports.items())[:2])
    draw_report(tmp_path / "二.pdf")
    window = show_window(*backend.reports, backend=backend)
    qtbot.waitUntil(lambda: any(form.isVisible() for form in window.findChildren(PasswordForm)))
    QTest.keyClicks(form_in(window).field, "qh")
    backend.let_go_on(6)
    at_rest(qtbot, window)
    assert window.session.entries[1].report is not None
    assert (window.session.position, form_in(window).field.text()) == (0, "qh")


def opened_again(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """Return the window of the next time, in which the report is there and its pages are locked."""
    give(window, _SECRET)
    qtbot.waitUntil(lambda: window.session.report is not None)
    qtbot.waitUntil(window.session.keeper.settle)
    again = reopen(window, open_window, qtbot)
    qtbot.waitUntil(lambda: again.session.report is not None and again.session.entries[0].lock.is_shut)
    return again


def test_the_next_time_the_report_is_there_and_the_pages_ask_for_the_password(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    again = opened_again(window, open_window, qtbot)
    assert again.session.position == 0
    assert not again.source.has_pages
    give(again, "wrong")
    qtbot.waitUntil(lambda: again.session.entries[0].lock.is_wrong)
    give(again, _SECRET)
    qtbot.waitUntil(lambda: len(again.review.images.sizes) == 5)
    assert again.source.has_pages
    assert not any(form.isVisible() for form in again.findChildren(PasswordForm))


def test_a_password_given_for_one_file_shows_the_pages_of_the_next_one_too(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    form_in(window).for_others.setChecked(True)
    give(window, _SECRET)
    at_rest(qtbot, window)
    window.session.select(2)
    give(window, "another")
    qtbot.waitUntil(lambda: window.session.report is not None)
    qtbot.waitUntil(window.session.keeper.settle)
    again = reopen(window, open_window, qtbot)
    qtbot.waitUntil(lambda: all(entry.report is not None for entry in again.session.entries))
    again.session.select(0)
    qtbot.waitUntil(lambda: again.session.entries[0].lock.is_shut)
    give(again, _SECRET)
    qtbot.waitUntil(lambda: len(again.review.images.sizes) == 5)
    again.session.select(1)
    qtbot.waitUntil(lambda: len(again.review.images.sizes) == 5)
    again.session.select(2)
    lock = again.session.entries[2].lock
    qtbot.waitUntil(lambda: lock.is_shut)
    assert not lock.is_wrong


def test_to_read_a_locked_file_again_asks_for_the_password_and_keeps_what_there_is(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    again = opened_again(window, open_window, qtbot)
    again.session.read_again()
    at_rest(qtbot, again)
    entry = again.session.entries[0]
    assert (entry.report is not None, entry.lock.is_shut, bool(entry.shortfall)) == (True, True, True)
    give(again, _SECRET)
    assert not any(form.isVisible() for form in again.findChildren(PasswordForm))  # though it is still being read
    qtbot.waitUntil(lambda: not entry.is_reading and entry.shortfall is None)
    qtbot.waitUntil(lambda: len(again.review.images.sizes) == 5)


def test_the_password_is_written_nowhere(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    give(window, _SECRET)
    qtbot.waitUntil(lambda: window.session.report is not None)
    assert _SECRET not in repr(window.session.entries[0])
    window.close()
    files = [file for folder in (tmp_path, home) for file in folder.rglob("*") if file.is_file()]
    assert not [file for file in files if _SECRET.encode() in file.read_bytes()]
    assert _SECRET not in caplog.text
