"""The window on the bundled samples, with the real parser."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.palette import DARK, LIGHT, wear
from parser.model.place import TextSpan
from parser.paths import resource
from tests.desktop.conftest import MakeWindow
from tests.desktop.seen import bar_of, let_follow

PAGES = (".pdf", ".jpg")  # shown as pages, not as text
SAMPLES = [file for file in sorted(resource("samples").iterdir()) if file.suffix not in PAGES]


@pytest.fixture
def window(request: pytest.FixtureRequest, show_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    """Return a window on one sample."""
    window = show_window(request.param)
    qtbot.waitUntil(lambda: window.session.report is not None)
    return window


@pytest.mark.parametrize("window", SAMPLES, ids=lambda file: file.name[:2], indirect=True)
def test_what_is_lit_up_is_what_the_cell_was_read_from_and_both_are_in_sight(window: MainWindow) -> None:
    session, source = window.session, window.source.view
    text, report = source.document().toPlainText(), session.report
    assert report is not None
    for place, (key, cell) in enumerate(report.cells.items()):
        if place % 7 and key not in window.session.entry.open:  # type: ignore[union-attr]
            continue
        session.go_to(key)
        let_follow(window)
        table = window.tables.current_table
        assert table is not None
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
        assert source.viewport().rect().contains(source.cursorRect())
        if isinstance(cell.place, TextSpan):
            mark = source.extraSelections()[-1]
            lit = mark.cursor  # type: ignore[attr-defined]
            assert text[lit.selectionStart() : lit.selectionEnd()].split() == cell.raw.split()


@pytest.mark.parametrize("window", [SAMPLES[3]], indirect=True)
def test_a_cell_the_source_has_not_shows_where_the_source_ends(window: MainWindow) -> None:
    from parser.model.report import CellKey

    window.session.go_to(CellKey.parse("applications.unable_still_unclear.total"))
    let_follow(window)
    last = window.source.view.textCursor().position()
    window.session.go_to(CellKey.parse("applications.not_processed_repeated.total"))
    let_follow(window)
    assert window.source.view.textCursor().position() == last
    assert bar_of(window).why.text() == "原文无此格"


@pytest.mark.parametrize("window", [SAMPLES[4]], indirect=True)
def test_a_message_goes_when_the_clerk_moves_on(window: MainWindow) -> None:
    window.session.review.accept()
    window.session.review.accept()
    assert "按 F8 逐条查看" in window.statusBar().currentMessage()
    window.session.go_to(next(iter(window.session.report.cells)))  # type: ignore[union-attr]
    assert window.statusBar().currentMessage() == ""


@pytest.mark.parametrize("window", [SAMPLES[4]], indirect=True)
def test_the_colours_change_while_the_window_is_open(window: MainWindow, qapp) -> None:  # type: ignore[no-untyped-def]
    window.session.said.emit("error", "写不了文件；请换一个文件名")
    window.tables._tabs.setCurrentIndex(3)
    for theme in (DARK, LIGHT, DARK, LIGHT):
        wear(qapp, theme)
        assert window.tables.notice.palette().window().color().name() == theme.error_soft
        assert window.tables.notice.label.palette().text().color().name() == theme.text
        picture = window.source.find_bar._buttons[0][0].icon().pixmap(16).toImage()
        colours = {
            picture.pixelColor(x, y).name()
            for x in range(16)
            for y in range(16)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert theme.text in colours
