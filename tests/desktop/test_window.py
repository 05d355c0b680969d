from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.entries import Stage
from desktop.main_window import MainWindow
from desktop.models.queue_model import WORDS_ROLE
from desktop.session import Session
from desktop.views.source_text import SourceText
from parser.model.place import TextSpan
from parser.model.report import Cell, State
from tests.desktop.conftest import COMPULSION, GRANTED, FakeBackend, OpenWindow, key
from tests.desktop.seen import let_follow


def test_the_queue_says_how_far_each_file_is(window: MainWindow, qtbot: QtBot) -> None:
    model = window.queue.view.queue
    qtbot.waitUntil(lambda: model.row_of(3) == 1)
    words = [model.index(row, 0).data(WORDS_ROLE) for row in range(model.rowCount())]
    assert words[0].startswith("待核 ")
    assert words[1] == "文件已损坏；请换一份再试"
    assert words[2:] == ["无存疑，勾稽全部相符"] * 2  # nothing to look at: they come last


def test_an_unreadable_file_shows_its_reason(window: MainWindow, session: Session) -> None:
    session.select(3)
    assert window._blank.isVisible()
    assert window._blank._detail.text() == "文件已损坏；请换一份再试"


def test_a_report_with_an_error_and_no_doubt_begins_at_the_error(session: Session) -> None:
    entry = session.entries[0]
    session.changes.confirm_all(entry, entry.open)
    session.select(1)
    session.select(0)
    assert (entry.open, entry.error_count) == ([], 1)
    assert session.key is not None
    assert session.key.table == "remedies"


def test_the_window_skips_unreadable_files_at_the_start(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "丁.docx", tmp_path / "乙.txt")
    assert window.session.position == 1


def test_an_empty_window_says_what_to_do(open_window: OpenWindow) -> None:
    window = open_window()
    assert window._blank.isVisible()
    assert "拖到这里" in window._blank._title.text()


@pytest.mark.usefixtures("window")
def test_the_toolkit_speaks_chinese_in_its_own_dialogs_too() -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert "月" in QLocale().toString(QDate(2026, 3, 5), QLocale.FormatType.LongFormat)


def test_dropped_files_are_added_once(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window()
    for _ in range(2):
        _drop(window, [tmp_path / "乙.txt", tmp_path / "丙.txt"])
        qtbot.waitUntil(lambda: len(window.session.entries) == 2)
    with qtbot.waitSignal(window.session.said):
        _drop(window, [tmp_path / "乙.txt"])
    assert len(window.session.entries) == 2


def test_a_dropped_folder_brings_all_its_reports(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    _drop(window, [tmp_path])
    qtbot.waitUntil(lambda: len(window.session.entries) == len(backend.reports))
    assert window.session.inbox.folders == [tmp_path]


@pytest.mark.parametrize("is_shown_first", [False, True])
def test_the_screen_s_window_hears_of_a_drop_before_any_field_in_it(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, is_shown_first: bool
) -> None:
    window = open_window()
    if not is_shown_first:
        window.furnish()
    with qtbot.waitExposed(window):
        window.show()
    window.furnish()
    field = QLineEdit(window)
    field.setGeometry(500, 250, 200, 100)
    field.show()
    _drop(window.windowHandle(), [tmp_path / "乙.txt"])
    qtbot.waitUntil(lambda: len(window.session.entries) == 1)
    assert field.text() == ""


def _drop(window: QObject, paths: list[Path]) -> None:
    if isinstance(window, MainWindow):
        window.furnish()  # as it is once it has been painted
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))  # as file managers do
    here = QPointF(600, 300)
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(here.toPoint(), *how)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(here, *how))


def test_the_place_of_the_current_cell_is_lit_in_the_source(window: MainWindow, session: Session) -> None:
    session.go_to(key(GRANTED))
    assert session.cell is not None
    assert isinstance(session.cell.place, TextSpan)
    let_follow(window)
    marks = window.source.view.extraSelections()
    spans = [(m.cursor.selectionStart(), m.cursor.selectionEnd()) for m in marks]  # type: ignore[attr-defined]
    assert spans[-1] == (session.cell.place.start, session.cell.place.end)
    cursor = window.source.view.textCursor()
    assert window.source.view.viewport().rect().contains(window.source.view.cursorRect(cursor))


def test_a_click_in_the_source_goes_to_its_cell(window: MainWindow, session: Session) -> None:
    assert session.report is not None
    view = window.source.view
    place = session.report.cells[key("proactive.rules.repealed")].place
    assert isinstance(place, TextSpan)
    cursor = view.textCursor()
    cursor.setPosition(place.start)
    view.setTextCursor(cursor)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center())
    assert str(session.key) == "proactive.rules.repealed"


def test_positions_count_characters_outside_the_basic_plane() -> None:
    text = "𠮷字12𠮷3"
    cells = {
        key(COMPULSION): Cell(State.NUMBER, place=TextSpan(2, 4)),
        key(GRANTED): Cell(State.BLANK, place=TextSpan(5, 6)),
    }
    source = SourceText(text, cells)
    assert [source.units(point) for point in range(7)] == [0, 2, 3, 4, 5, 7, 8]
    assert [source.point(source.units(point)) for point in range(7)] == list(range(7))
    assert source.key_at(3) == key(COMPULSION)
    assert source.key_at(8) == key(GRANTED)
    assert source.key_at(0) is None


def test_the_source_is_copied_as_it_came_and_its_tabs_never_join_two_numbers(window: MainWindow) -> None:
    view = window.source.view
    assert "\t" not in view.document().toPlainText()
    assert view.toPlainText() == window.session.report.text  # type: ignore[union-attr]
    view.selectAll()
    view.copy()
    assert window.session.report is not None
    assert QApplication.clipboard().text() == window.session.report.text


_COPY_AND_END = """
from PySide6.QtWidgets import QApplication, QLineEdit
from desktop.views.source_text import SourceText
from desktop.views.source_view import SourceView

app, view = QApplication([]), SourceView()
view.set_source(SourceText("申请\\t3", {}))
view.selectAll()
view.copy()
"""


def test_the_program_ends_well_with_something_copied() -> None:
    """The clipboard holds what was copied until after Python has gone."""
    done = subprocess.run(
        [sys.executable, "-c", _COPY_AND_END], capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr


def test_an_empty_cell_lights_up_the_gap_beside_it() -> None:
    source = SourceText("甲\t\t0\n", {})
    assert source.visible(TextSpan(2, 2)) == TextSpan(2, 3)
    assert source.visible(TextSpan(4, 4)) == TextSpan(4, 4)
    assert source.visible(TextSpan(3, 4)) == TextSpan(3, 4)


def test_a_clicked_finding_lights_up_its_cells(window: MainWindow, session: Session) -> None:
    view = window.findings.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center())
    assert session.finding is not None
    assert session.key in session.finding.keys


def test_no_finding_stays_chosen_in_another_report(window: MainWindow, session: Session) -> None:
    view = window.findings.view
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert view.selectionModel().hasSelection()
    session.select(1)
    assert not view.selectionModel().hasSelection()
    session.select(0)
    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1, 0))
    session.select(1)
    assert not view.selectionModel().hasSelection()


def test_export_remembers_and_later_edits_show(
    window: MainWindow, session: Session, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    assert session.exporter.proposed_name(session.entry) == "清河市农业农村局2023年报（未核）.xlsx"
    with qtbot.waitSignal(session.said):
        session.export(tmp_path / "出.xlsx")
    assert session.entry is not None
    assert session.entry.stage is Stage.EXPORTED
    assert backend.exported[0][2] == tuple(session.entry.open)
    session.set_text(key(COMPULSION), "4")
    assert session.entry.stage is Stage.CHANGED
    session.undo_stack.undo()
    assert session.entry.stage is Stage.EXPORTED


def test_the_status_names_no_cell_while_the_running_text_is_in_sight(window: MainWindow) -> None:
    window.tables._tabs.setCurrentIndex(3)
    assert window._status.where.text() == "清河市农业农村局 2023 年 › 正文"
    window.tables._tabs.setCurrentIndex(1)
    let_follow(window)
    assert "依申请公开" in window._status.where.text()


def test_tabs_and_status_say_where_and_how_much_is_left(window: MainWindow, session: Session) -> None:
    assert session.entry is not None
    session.go_to(key("applications.denied_state_secret.total"))
    let_follow(window)
    assert window._status.where.text() == "清河市农业农村局 2023 年 › 依申请公开 › （三）不予公开 › 1.属于国家秘密·总计"
    assert window._status.left.text() == f"还有 {len(session.entry.open)} 处存疑 · 1 处不符"
    assert window.tables._tabs.tabText(0) == "主动公开  1"


def test_another_form_is_laid_out_anew(window: MainWindow, session: Session) -> None:
    session.select(2)
    assert window.tables.tables[0].model().rowCount() == 18
    session.select(0)
    assert window.tables.tables[0].model().rowCount() == 14


def test_a_bug_in_a_worker_reaches_the_excepthook(
    window: MainWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.reports[tmp_path / "戊.txt"] = None  # type: ignore[assignment]
    with qtbot.captureExceptions() as caught:
        window.session.add([tmp_path / "戊.txt"])
        qtbot.waitUntil(lambda: len(window.session.entries) == 5 and not window.session.entries[4].is_reading)
    assert len(caught) == 1
    assert "程序内部出错" in (window.session.entries[4].failure or "")


@pytest.mark.parametrize("arguments", [["--help"], ["extract"], ["nosuchcommand"]])
def test_the_command_line_never_imports_qt(arguments: list[str]) -> None:
    program = f"import sys; from desktop.cli import main; main({arguments!r}); sys.exit('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0
