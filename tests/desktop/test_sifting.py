"""The queue sifted, sorted, scanned again and cleared; what is removed is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import prepare
from desktop.main_window import MainWindow
from desktop.models.queue_model import ARRIVAL, ISSUER, NAME
from desktop.palette import TEXT_SIZES, size_text
from desktop.views.queue_search import QueueSearch
from parser.model.report import Report
from tests.desktop.conftest import COMPULSION, FakeBackend, OpenWindow, doubtful, doubtful_report, key
from tests.desktop.keys import press
from tests.desktop.seen import queued
from tests.forms import make_report

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def choose(window: MainWindow, group: str) -> None:
    window.queue.sifting.groups.setCurrentIndex(window.queue.sifting.groups.findData(group))


def entry_names(window: MainWindow) -> list[str]:
    return [entry.path.name for entry in window.session.entries]


@pytest.fixture
def many(open_window: OpenWindow, backend: FakeBackend, tmp_path: Path) -> MainWindow:
    """Return a window on the reports of the backend and twelve more, every third of them with a doubt."""
    for number in range(12):
        cells = {COMPULSION: doubtful("0", "O")} if number % 3 == 0 else {}
        backend.reports[tmp_path / f"单位{number:02}.txt"] = make_report(issuer=f"机关{11 - number:02}", cells=cells)
    return open_window(*backend.reports)


def test_what_needs_no_look_comes_last(many: MainWindow, qtbot: QtBot) -> None:
    doubtful = ["甲.txt", "丁.docx", "单位00.txt", "单位03.txt", "单位06.txt", "单位09.txt"]
    qtbot.waitUntil(lambda: queued(many)[:8] == [*doubtful, "乙.txt", "丙.txt"])


def test_a_report_that_was_worked_at_stays_where_it_is(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    qtbot.waitUntil(lambda: queued(window)[:2] == ["甲.txt", "丁.docx"])
    entry = session.entry
    assert entry is not None
    while entry.open:
        session.set_text(entry.open[0], "1")
    window.queue.view.queue.arrange()
    assert queued(window)[0] == "甲.txt"


@pytest.mark.parametrize(("order", "first"), [(ARRIVAL, "甲.txt"), (NAME, "丁.docx"), (ISSUER, "单位11.txt")], ids=str)
def test_the_clerk_chooses_the_order(many: MainWindow, order: str, first: str) -> None:
    many.queue.sort_by(order)
    assert queued(many)[0] == first
    assert many.queue.view.currentIndex().data() == "甲.txt"
    assert many.session.position == 0


def test_the_order_is_remembered(window: MainWindow, open_window: OpenWindow) -> None:
    next(action for action in window.queue.orders.actions() if action.data() == NAME).trigger()
    assert window.close()
    again = open_window()
    assert again.queue.view.queue.order == NAME


def test_groups_say_how_many_and_show_only_theirs(many: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: many.queue.sifting.groups.itemText(1) == "待核 5")
    assert many.queue.sifting.groups.itemText(0) == "全部 16"
    choose(many, "failed")
    assert queued(many) == ["丁.docx"]
    choose(many, "open")
    assert len(queued(many)) == 5
    choose(many, "")
    assert len(queued(many)) == 16


def test_esc_shows_all_again_also_from_the_states(many: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: many.queue.sifting.groups.itemText(1) == "待核 5")
    groups = many.queue.sifting.groups
    choose(many, "open")
    groups.setFocus()
    press(Key.Key_Escape)
    assert groups.currentIndex() == 0
    assert many.queue.view.hasFocus()


def test_the_list_says_how_many_of_how_many_it_shows(many: MainWindow, qtbot: QtBot) -> None:
    header = many.queue._header._detail
    qtbot.waitUntil(lambda: header.text() == f"{len(many.session.entries)} 份")
    choose(many, "failed")
    qtbot.waitUntil(lambda: header.text() == f"{len(many.session.entries)} 份中的 1 份")


def test_the_current_report_stays_in_sight_when_its_state_becomes_another(many: MainWindow) -> None:
    choose(many, "open")
    entry = many.session.entry
    assert entry is not None
    while entry.open:
        many.session.set_text(entry.open[0], "1")
    many.queue.view.queue.arrange()
    assert "甲.txt" in queued(many)


def test_the_search_finds_offices_and_years(many: MainWindow) -> None:
    many.queue.sifting.field.setText("机关03 2023")
    assert queued(many) == ["单位08.txt"]
    many.queue.sifting.field.setText("没有这个")
    assert queued(many) == []
    assert many.queue._nothing.isVisible()


def test_sifting_never_opens_another_report(many: MainWindow) -> None:
    many.queue.sifting.field.setText("08")
    assert many.session.position == 0
    assert not many.queue.view.currentIndex().isValid()
    many.queue.sifting.field.clear()
    assert many.queue.view.currentIndex().data() == "甲.txt"


def test_rows_stay_while_the_clerk_points_at_them(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: queued(window)[:2] == ["甲.txt", "丁.docx"])
    queue = window.queue.view.queue
    queue.may_move = False
    window.session.select(1)
    window.session.set_text(key(COMPULSION), "3")
    window.session.select(0)
    queue.arrange()
    assert queued(window)[2] == "乙.txt"
    queue.may_move = True
    queue.arrange()
    assert queued(window) == ["甲.txt", "乙.txt", "丁.docx", "丙.txt"]


def test_a_pointer_that_rests_on_the_list_points_at_nothing_any_more(window: MainWindow, qtbot: QtBot) -> None:
    view = window.queue.view
    at, none = QPointF(20, 20), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Modifier.NoModifier)
    QApplication.sendEvent(view.viewport(), move)
    assert not view.queue.may_move
    view._pointing.start(1)
    qtbot.waitUntil(lambda: view.queue.may_move)


def test_a_report_that_needs_work_again_moves_up_once_it_is_left(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: queued(window)[:2] == ["甲.txt", "丁.docx"])
    window.session.select(1)
    window.session.set_text(key(COMPULSION), "3")
    window.queue.view.queue.arrange()
    assert queued(window)[2] == "乙.txt"
    window.session.select(0)
    qtbot.waitUntil(lambda: queued(window)[1] == "乙.txt")


def test_delete_in_the_list_removes_and_the_menu_brings_back(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_text(key(COMPULSION), "45")
    with qtbot.waitSignal(window.session.said) as said:
        QTest.keyClick(window.queue.view, Key.Key_Delete)
    assert "文件和核校结果都还在" in said.args[1]
    assert "甲.txt" not in entry_names(window)
    assert window.session.undo_stack.canUndo()
    menu = window.desk.menus["removed"]
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: "甲.txt" in entry_names(window))
    assert not window.session.undo_stack.canUndo()  # nothing is left to undo
    qtbot.waitUntil(lambda: not any(entry.is_reading for entry in window.session.entries))
    report = window.session.entries[-1].report
    assert isinstance(report, Report)
    assert report.cells[key(COMPULSION)].shown == "45"


def test_removing_another_report_leaves_the_current_one(window: MainWindow) -> None:
    session = window.session
    session.select(2)
    session.inbox.remove(session.entries[0])
    assert session.position == 1
    assert session.entry is not None
    assert session.entry.path.name == "丙.txt"
    assert window.queue.view.currentIndex().data() == "丙.txt"


def test_a_rescan_adds_what_has_come_and_nothing_that_was_removed(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    window.session.add([tmp_path])
    qtbot.waitUntil(lambda: len(window.session.entries) == 4)
    qtbot.waitUntil(lambda: not any(entry.is_reading for entry in window.session.entries))
    window.session.inbox.remove(window.session.entries[1])
    backend.reports[tmp_path / "新.txt"] = doubtful_report()
    with qtbot.waitSignal(window.session.said) as said:
        window.session.inbox.rescan()
    assert said.args == ["info", "新找到 1 份报告文件"]
    assert entry_names(window) == ["甲.txt", "丙.txt", "丁.docx", "新.txt"]
    assert window.close()
    again = open_window()
    qtbot.waitUntil(lambda: len(again.session.entries) == 4)
    with qtbot.waitSignal(again.session.said) as said:
        again.session.inbox.rescan()
    assert said.args == ["info", "没有新的报告文件"]


def test_without_a_folder_a_rescan_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.said) as said:
        window.session.inbox.rescan()
    assert "Ctrl+Shift+O" in said.args[1]


def test_files_dropped_on_a_field_are_added_and_not_written_into_it(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(tmp_path / "乙.txt")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "丙.txt"))])
    here, handle = QPointF(60, 60), window.windowHandle()
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Modifier.NoModifier)
    QApplication.sendEvent(handle, QDragEnterEvent(here.toPoint(), *how))
    QApplication.sendEvent(handle, QDropEvent(here, *how))
    qtbot.waitUntil(lambda: len(window.session.entries) == 2)


def test_the_folded_list_is_remembered(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Key.Key_F9)
    assert not window.queue.isVisible()
    assert window.close()
    again = open_window()
    qtbot.waitUntil(again.isActiveWindow)
    assert not again.queue.isVisible()
    QTest.keyClick(again, Key.Key_F9)
    assert again.queue.isVisible()


def test_the_field_stands_below_the_states_where_large_letters_leave_it_no_room(qtbot: QtBot) -> None:
    prepare(QApplication.instance())
    around = QWidget()
    qtbot.addWidget(around)
    sifting = QueueSearch(around)
    QVBoxLayout(around).addWidget(sifting)
    around.show()

    def stands_beside(width: int) -> bool:
        around.resize(width, 100)
        QApplication.processEvents()
        return sifting.field.geometry().left() > sifting.groups.geometry().right()

    assert any(map(stands_beside, range(100, 600, 5)))  # the first width at which it does, whatever the font
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        size_text(app, max(TEXT_SIZES, key=lambda size: TEXT_SIZES[size]))
        qtbot.waitUntil(lambda: sifting.field.geometry().top() > sifting.groups.geometry().bottom())
        wanted = sifting.field.fontMetrics().horizontalAdvance(sifting.field.placeholderText())
        assert sifting.field.width() > wanted
    finally:
        size_text(app, "")
