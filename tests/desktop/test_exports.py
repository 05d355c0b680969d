"""Workbooks: all checked reports at once, and another way when one cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.stages import Stage
from parser.errors import OutputError
from tests.desktop.conftest import COMPULSION, FakeBackend, MakeWindow, OpenWindow, is_at_rest, key
from tests.desktop.keys import CTRL, SHIFT, Key, focus, press
from tests.desktop.sample_text import report_text
from tests.forms import make_report


@pytest.fixture
def checked(open_window: OpenWindow, backend: FakeBackend, tmp_path: Path) -> MainWindow:
    """Return a window on three checked reports, two of one office and year, and one that is not."""
    offices = {"乙": "民政局", "丙": "水务局", "丁": "民政局"}
    backend.reports = {tmp_path / f"{name}.txt": make_report(issuer=office) for name, office in offices.items()}
    window = open_window(*backend.reports, tmp_path / "甲.txt")
    for position in range(3):
        window.session.select(position)
        window.session.review.mark_checked()
    return window


def stages(window: MainWindow) -> list[Stage]:
    return [entry.stage for entry in window.session.entries]


def test_all_checked_reports_are_exported_by_keyboard(
    checked: MainWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "出").mkdir()
    press(Key.Key_S, CTRL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    dialog = focus().window()
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(tmp_path / "出"))
    with qtbot.waitSignal(checked.session.said):
        press(Key.Key_Return)
    assert stages(checked) == [Stage.EXPORTED] * 3
    names = [path.name for path, _, _ in backend.exported]
    assert names == ["民政局2023年报.xlsx", "水务局2023年报.xlsx", "民政局2023年报（2）.xlsx"]
    told = checked.statusBar().currentMessage()
    assert "已导出 3 份" in told
    assert told.endswith("1 份与别的文件重名，名称后加了编号：民政局2023年报（2）.xlsx")


def test_what_is_exported_already_is_left_out_and_a_changed_one_replaced(
    checked: MainWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    session = checked.session
    (tmp_path / "水务局2023年报.xlsx").write_text("别人的文件", "utf-8")
    with qtbot.waitSignal(session.said):
        session.export_checked(tmp_path)
    assert [path.name for path, _, _ in backend.exported][1] == "水务局2023年报（2）.xlsx"
    backend.exported.clear()
    session.select(1)
    session.set_text(key(COMPULSION), "4")
    assert stages(checked)[1] is Stage.CHANGED
    session.review.mark_checked()
    with qtbot.waitSignal(session.said):
        session.export_checked(tmp_path)
    assert [path.name for path, _, _ in backend.exported] == ["水务局2023年报（2）.xlsx"]


def test_one_that_cannot_be_written_does_not_keep_the_others(
    checked: MainWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backend.export

    def export(report, assessment, path, still_open) -> None:  # type: ignore[no-untyped-def]
        if report.issuer == "水务局":
            raise OutputError("文件正被打开；请关闭后重试")
        real(report, assessment, path, still_open)

    monkeypatch.setattr(backend, "export", export)
    with qtbot.waitSignal(checked.session.said):
        checked.session.export_checked(tmp_path)
    assert stages(checked) == [Stage.EXPORTED, Stage.CHECKED, Stage.EXPORTED]
    assert "水务局2023年报.xlsx：文件正被打开" in checked.tables.notice.label.text()


def test_an_exported_workbook_is_still_checked_when_it_is_opened(
    show_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "清河市水务局2023年报.txt"
    file.write_text(report_text(), "utf-8")
    window = show_window(file)
    qtbot.waitUntil(lambda: is_at_rest(window))
    window.session.changes.author = "张三"
    window.session.review.mark_checked()
    assert window.session.entry is not None
    assert window.session.entry.stage is Stage.CHECKED
    with qtbot.waitSignal(window.session.exporter.exported):
        window.session.export(tmp_path / "年报.xlsx")
    again = show_window(tmp_path / "年报.xlsx", workspace=tmp_path / "另一个工作区")
    qtbot.waitUntil(lambda: is_at_rest(again))
    entry = again.session.entry
    assert entry is not None
    assert entry.report is not None
    assert (entry.stage, entry.report.edits[-1].author) == (Stage.CHECKED, "张三")
    again.session.set_text(key(COMPULSION), "77")
    assert entry.stage is not Stage.CHECKED


def test_nothing_checked_is_said(window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.said) as said:
        session.export_checked(tmp_path)
    assert "没有需要导出的已核报告" in said.args[1]


def test_what_was_changed_since_its_export_is_named_when_nothing_is_checked(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.exporter.exported):
        session.export(tmp_path / "出.xlsx")
    session.set_text(key(COMPULSION), "77")
    with qtbot.waitSignal(session.said) as said:
        session.export_checked(tmp_path)
    assert "有 1 份导出后有修改" in said.args[1]


def test_without_a_checked_report_no_folder_is_asked_for(window: MainWindow) -> None:
    press(Key.Key_S, CTRL | SHIFT)
    assert "没有需要导出的已核报告" in window.statusBar().currentMessage()
    assert window.findChild(QFileDialog) is None


def test_a_workbook_that_is_open_elsewhere_offers_another_name_and_another_try(
    window: MainWindow, session: Session, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.export_fails, entry = True, session.entry
    assert entry is not None
    with qtbot.waitSignal(session.exporter.failed):
        session.export(tmp_path / "出.xlsx")
    assert window.tables.notice.isVisible()
    assert "请关闭后重试" in window.tables.notice.label.text()
    assert entry.stage is Stage.DOUBTFUL
    other, again = window.tables.notice.offers
    backend.export_fails = False
    other.click()
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    press(Key.Key_Escape)
    with qtbot.waitSignal(session.exporter.exported):
        again.click()
    assert backend.exported[0][0] == tmp_path / "出.xlsx"
    assert entry.stage is Stage.EXPORTED
    assert window.tables.notice.isHidden()


def test_the_folder_of_the_last_workbook_is_proposed_again_but_none_that_took_no_workbook(
    window: MainWindow, session: Session, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    good, bad = tmp_path / "上报", tmp_path / "只读"
    for folder in (good, bad):
        folder.mkdir()
        backend.export_fails = folder is bad
        with qtbot.waitSignal(session.exporter.failed if folder is bad else session.exporter.exported):
            session.export(folder / "出.xlsx")
    press(Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    dialog = focus().window()
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.directory().absolutePath()) == good
    press(Key.Key_Escape)


def test_another_try_is_for_the_same_report_whatever_is_in_sight(
    window: MainWindow, session: Session, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.export_fails, entry = True, session.entry
    for place, name in enumerate(("一.xlsx", "二.xlsx")):
        with qtbot.waitSignal(session.exporter.failed):
            session.exporter.export(session.entries[place], tmp_path / name)
    backend.export_fails = False
    with qtbot.waitSignal(session.exporter.exported):
        window.tables.notice.offers[1].click()
    assert backend.exported[0][0] == tmp_path / "二.xlsx"
    assert backend.exported[0][1] == session.entries[1].report
    assert session.entry is entry


@pytest.mark.parametrize("whose", [0, 1], ids=["its own file", "another's"])
def test_a_workbook_is_never_written_over_a_report_that_was_received(
    checked: MainWindow, backend: FakeBackend, whose: int, qtbot: QtBot
) -> None:
    source = checked.session.entries[whose].path
    checked.session.select(0)
    press(Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    dialog = focus().window()
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(source))
    dialog.reject()
    assert "是收到的报告" in checked.tables.notice.label.text()
    assert backend.exported == []
    (other,) = checked.tables.notice.offers
    other.click()
    qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
    press(Key.Key_Escape)
