from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.crash import CrashReporter, start_logging
from desktop.main_window import MainWindow
from desktop.models.form_model import FormModel
from desktop.session import Session
from parser.model.report import Report
from parser.model.watch import UNWATCHED, Watch
from tests.desktop.conftest import COMPULSION, FakeBackend, MakeWindow, key


@pytest.fixture
def reporter(tmp_path: Path) -> Iterator[CrashReporter]:
    """Return a reporter in place of the hook; pytest-qt's own comes back afterwards."""
    hook = sys.excepthook
    reporter = CrashReporter(tmp_path / "nianbao.log")
    reporter.install()
    yield reporter
    sys.excepthook = hook


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the file the program logs to, as it does once it is started."""
    monkeypatch.setattr(logging.root, "handlers", [])
    file = tmp_path / "日志" / "nianbao.log"
    start_logging(file)
    yield file
    for handler in logging.root.handlers:
        handler.close()


def boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def fail(message: str) -> None:
    try:
        raise ValueError(message)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_an_error_is_shown_once_however_often_it_comes(
    window: MainWindow, reporter: CrashReporter, qtbot: QtBot
) -> None:
    for _ in range(3):
        fail("每次绘制都出错")
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    boxes()[0].reject()
    qtbot.waitUntil(lambda: not boxes())
    fail("每次绘制都出错")
    fail("另一个错误")
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    box = boxes()[0]
    assert box.detailedText() == "ValueError: 另一个错误"
    box.reject()


def test_a_window_that_cannot_be_built_says_so(
    make_window: MakeWindow, backend: FakeBackend, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_down(_window: MainWindow) -> None:
        raise NameError("nothing of that name")

    window = make_window(backend=backend)
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as errors:
        broken.setattr(MainWindow, "_build_review", fall_down)
        window.show()
        qtbot.waitUntil(lambda: bool(errors))
    assert [str(error[1]) for error in errors] == ["nothing of that name"]


def test_an_error_while_painting_leaves_no_painter_behind(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.views.pane.theme_of", lambda _: None)
    with pytest.raises(AttributeError):
        window.source._header.repaint()
    monkeypatch.undo()
    assert not window.grab().isNull()


def test_the_dialog_names_the_log_and_opens_its_folder(
    window: MainWindow, reporter: CrashReporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(QUrl(url).toLocalFile())))
    fail("出错")
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    box = boxes()[0]
    assert str(tmp_path / "nianbao.log") in box.informativeText()
    next(button for button in box.findChildren(QPushButton) if "日志" in button.text()).click()
    assert opened == [tmp_path]
    assert box.isVisible()  # what to do about the error is still to be read
    box.reject()


def test_the_log_says_where_an_error_happened_and_no_word_of_the_report(
    window: MainWindow,
    session: Session,
    reporter: CrashReporter,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    assert session.report is not None
    session.set_text(key(COMPULSION), "7316")
    report, path = session.report, session.entry.path  # type: ignore[union-attr]
    name = f"{report.issuer}７３１６.txt"

    def fail_with_what_it_handles(_model: FormModel, _key: object) -> None:
        try:
            {}[report.cells[key(COMPULSION)].value]
        except KeyError as error:
            raise FileNotFoundError(2, "No such file", path.with_name(name)) from error

    with monkeypatch.context() as broken:
        broken.setattr(FormModel, "look_at", fail_with_what_it_handles)
        window.tables.current_table.viewport().update()  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: bool(boxes()))
    boxes()[0].reject()
    written = log.read_text("utf-8")
    assert "KeyError: Decimal('####')" in written
    assert "FileNotFoundError: [Errno #] No such file: " in written
    assert "in fail_with_what_it_handles" in written
    assert [word for word in ("7316", "７３１６", report.issuer, path.stem) if word in written] == []


def test_the_log_of_work_in_the_background_is_as_discreet(
    window: MainWindow,
    session: Session,
    backend: FakeBackend,
    reporter: CrashReporter,
    log: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    words = "云溪县水务局: 行政许可 7316"

    def open_report(path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        raise ValueError(words)

    monkeypatch.setattr(backend, "open_report", open_report)
    backend.reports[tmp_path / "戊.txt"] = ""
    session.add([tmp_path / "戊.txt"])
    qtbot.waitUntil(lambda: bool(boxes()))
    assert boxes()[0].detailedText() == f"ValueError: {words}"  # on the screen it is no secret
    boxes()[0].reject()
    written = log.read_text("utf-8")
    assert "a task failed" in written
    assert "ValueError: …: … ####" in written
    assert [word for word in ("云溪", "行政", "7316") if word in written] == []


def test_without_a_folder_for_the_log_errors_are_still_written_to_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    (tmp_path / "文件").write_text("", "utf-8")
    start_logging(tmp_path / "文件" / "nianbao.log")
    logging.getLogger("desktop").error("清河市 %d", 12)
    assert capsys.readouterr().err.endswith("ERROR desktop: … ##\n")
