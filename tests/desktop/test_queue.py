from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.queue_model import OFFICE_ROLE, SIGN_ROLE, WORDS_ROLE, QueueModel
from desktop.stages import Stage
from desktop.views.queue_delegate import whole_numbers
from tests.desktop.conftest import FakeBackend, OpenWindow, key
from tests.desktop.seen import let_follow, queued
from tests.forms import make_report


@pytest.fixture
def many(open_window: OpenWindow, backend: FakeBackend, tmp_path: Path) -> MainWindow:
    """Return a window on the reports of the backend and twelve more."""
    for number in range(12):
        backend.reports[tmp_path / f"单位{number:02}.txt"] = make_report(issuer=f"单位{number}")
    return open_window(*backend.reports)


def test_a_few_files_need_no_search_field(window: MainWindow) -> None:
    assert not window.queue.sifting.field.isVisible()


def test_the_search_field_looks_at_names_and_states(many: MainWindow) -> None:
    assert many.queue.sifting.field.isVisible()
    QTest.keyClicks(many.queue.sifting.field, "07")
    assert queued(many) == ["单位07.txt"]
    many.queue.sifting.field.setText("待核")
    assert queued(many) == ["甲.txt"]
    QTest.keyClick(many.queue.sifting.field, Qt.Key.Key_Escape)
    assert len(queued(many)) == 16


def test_ctrl_page_down_goes_to_the_next_file_in_sight(many: MainWindow) -> None:
    many.queue.sifting.field.setText("单位")
    QTest.keyClick(many, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert many.session.position == 4
    QTest.keyClick(many, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert many.session.position == 4


def test_a_report_that_is_done_leaves_its_place_to_the_next_once_the_clerk_goes_on(
    many: MainWindow, qtbot: QtBot
) -> None:
    many.session.select(4)
    qtbot.wait(300)  # what has been read has its place by then
    before = queued(many)
    assert before[0] == "甲.txt"
    many.session.review.mark_checked()
    qtbot.wait(300)
    assert queued(many) == before
    name = many.session.entries[4].path.name
    following = before[before.index(name) + 1]
    QTest.keyClick(many, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert many.session.entry is not None
    assert many.session.entry.path.name == following
    qtbot.waitUntil(lambda: queued(many)[-1] == name)
    assert queued(many) == [*(other for other in before if other != name), name]


def test_enter_in_the_search_field_goes_to_the_list(many: MainWindow) -> None:
    many.queue.sifting.field.setFocus()
    QTest.keyClick(many.queue.sifting.field, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "queue_view"


def test_enter_in_the_search_field_opens_the_first_file_found(many: MainWindow) -> None:
    QTest.keyClicks(many.queue.sifting.field, "07")
    QTest.keyClick(many.queue.sifting.field, Qt.Key.Key_Return)
    assert many.session.entry is not None
    assert many.session.entry.path.name == "单位07.txt"


def test_escape_in_the_list_shows_all_files_again(many: MainWindow) -> None:
    QTest.keyClicks(many.queue.sifting.field, "07")
    QTest.keyClick(many.queue.sifting.field, Qt.Key.Key_Return)
    QTest.keyClick(many.queue.view, Qt.Key.Key_Escape)
    assert len(queued(many)) == 16


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("待核 106 处 · 已导出", "待核 10…", "待核 …"),  # 待核 10 would be another number
        ("待核 106 处 · 已导出", "待核 106 处 · 已导出", "待核 106 处 · 已导出"),
    ],
)
def test_no_number_is_cut_where_the_list_is_narrow(qapp: QApplication, text: str, room: str, shown: str) -> None:
    metrics = QFontMetrics(qapp.font())
    assert whole_numbers(metrics, text, metrics.horizontalAdvance(room) + 2) == shown


def test_the_button_stops_and_resumes_reading(many: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not many.queue.reading_button.isVisible())
    for entry in many.session.entries[4:]:
        entry.report = None
    many.session.entry_changed.emit(4)
    qtbot.waitUntil(many.queue.reading_button.isVisible)
    assert many.queue.reading_button.toolTip() == "继续读取其余 12 份"
    many.queue.reading_button.click()
    many.queue.reading_button.click()
    assert sum(entry.is_unread for entry in many.session.entries) == 12
    qtbot.waitUntil(lambda: not any(entry.is_reading for entry in many.session.entries))
    many.queue.reading_button.click()
    qtbot.waitUntil(lambda: all(entry.report or entry.failure for entry in many.session.entries))


@pytest.mark.parametrize("count", [40, 200])
def test_a_change_of_one_file_costs_the_same_however_many_there_are(
    count: int,
    open_window: OpenWindow,
    backend: FakeBackend,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = next(iter(backend.reports.values()))
    backend.reports = {tmp_path / f"{number}.txt": report for number in range(count)}
    window = open_window(*backend.reports)
    asked: list[int] = []
    real = QueueModel.rowCount
    monkeypatch.setattr(QueueModel, "rowCount", lambda self, *parent: asked.append(1) or real(self, *parent))
    changes = 20
    for position in range(changes):
        window.session.entry_changed.emit(position)
        QApplication.processEvents()
    assert len(asked) < changes * 30


def test_a_file_just_opened_is_in_sight_whatever_the_list_is_sifted_by(
    many: MainWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    many.queue.sifting.field.setText("单位")
    backend.reports[tmp_path / "新到.txt"] = make_report(issuer="新到局")
    many.session.add([tmp_path / "新到.txt"])
    qtbot.waitUntil(lambda: many.session.report is not None and many.session.report.issuer == "新到局")
    assert "新到.txt" in queued(many)
    assert many.queue.view.currentIndex().data() == "新到.txt"


def test_an_exported_report_with_open_doubts_is_signed_as_such(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    session, queue = window.session, window.queue.view.queue
    with qtbot.waitSignal(session.said):
        session.export(tmp_path / "出.xlsx")
    entry, row = session.entry, queue.row_of(session.position)
    assert entry is not None
    assert entry.open
    assert queue.index(row).data(SIGN_ROLE) == Stage.DOUBTFUL
    assert entry.stage == Stage.EXPORTED


def test_taking_a_file_off_the_list_says_where_it_is(window: MainWindow) -> None:
    window.queue.view.setFocus()
    QTest.keyClick(window.queue.view, Qt.Key.Key_Delete)
    told = window.statusBar().currentMessage()
    assert "已从列表中移除“甲.txt”" in told
    assert "恢复移除的报告" in told


def test_a_figure_typed_in_the_list_says_where_to_type_it(window: MainWindow) -> None:
    window.queue.view.setFocus()
    QTest.keyClicks(window.queue.view, "5")
    assert window.statusBar().currentMessage() == "现在是在报告列表里；先按 Enter 到表格，再输入"
    assert window.session.report is not None
    assert not window.session.report.edits


def test_a_file_whose_name_does_not_say_whose_report_it_is_has_the_office_beside(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    scan, named = tmp_path / "年报003.txt", tmp_path / "清河市民政局2023.txt"
    backend.reports = {scan: make_report(), named: make_report(issuer="清河市民政局")}
    queue = open_window(scan, named).queue.view.queue
    rows = {str(queue.index(row).data()): queue.index(row) for row in range(2)}
    assert rows[scan.name].data(OFFICE_ROLE) == "清河市农业农村局"
    assert rows[named.name].data(OFFICE_ROLE) == ""
    told = str(rows[scan.name].data(Qt.ItemDataRole.AccessibleTextRole))
    assert told == "年报003.txt，无存疑，勾稽全部相符，清河市农业农村局"


def test_an_exported_report_that_is_broken_since_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session, queue = window.session, window.queue.view.queue
    session.select(1)
    with qtbot.waitSignal(session.exporter.exported):
        session.export(tmp_path / "出.xlsx")
    session.set_text(key("remedies.review.total"), "9")
    assert session.entry is not None
    while session.entry.open:
        session.go_to(session.entry.open[0])
        session.review.accept()
    let_follow(window)
    row = queue.row_of(1)
    assert session.entry.stage is Stage.CHANGED
    assert queue.index(row).data(WORDS_ROLE) == "1 处不符 · 导出后有修改"
    assert queue.index(row).data(SIGN_ROLE) == Stage.BROKEN


def export_second(window: MainWindow, qtbot: QtBot, folder: Path, typed: str = "") -> None:
    """Call the second report checked, type something into it, and export it."""
    window.session.select(1)
    window.session.review.mark_checked()
    if typed:
        window.session.set_text(key("applications.granted.natural_person"), typed)
    with qtbot.waitSignal(window.session.exporter.exported):
        window.session.export(folder / "出.xlsx")


def test_an_exported_report_that_is_called_checked_no_more_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session, queue = window.session, window.queue.view.queue
    export_second(window, qtbot, tmp_path)
    let_follow(window)
    words = [queue.index(queue.row_of(1)).data(WORDS_ROLE)]
    session.undo_stack.undo()
    let_follow(window)
    words.append(queue.index(queue.row_of(1)).data(WORDS_ROLE))
    assert words == ["已导出", "已导出（未核）"]


def test_a_checked_report_whose_workbook_says_something_else_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session, queue = window.session, window.queue.view.queue
    export_second(window, qtbot, tmp_path, typed="9")
    session.undo_stack.undo()
    let_follow(window)
    assert session.entry is not None
    assert session.entry.is_checked
    row = queue.row_of(session.position)
    assert queue.index(row).data(WORDS_ROLE) == "已核 · 导出后有修改"
