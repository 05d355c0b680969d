"""The manual is whole: every chapter, picture, key and link in it is there, and it is shown as it should be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from desktop.dialogs.manual import Chapter, Manual, chapters
from desktop.main_window import MainWindow
from parser.paths import resource
from tests.desktop.keys import Key, press

ROOM = 120 * 1024  # bytes of a picture
CHAPTERS = ["start", "open", "review", "source", "tables", "same", "prose", "findings", "export", "workspace",
            "unreadable", "keys", "install", "commands", "forms", "questions"]  # fmt: skip
# Keys that lists, tables and editors handle by themselves; every other one in the manual is an action's.
PLAIN = {"Enter", "Shift+Enter", "Esc", "Tab", "Shift+Tab", "Delete", "Ctrl", "Shift+空格", "Shift+方向键", "Ctrl+A",
         "Ctrl+←", "Ctrl+→"}  # fmt: skip
KEY = re.compile(r"`((?:(?:Ctrl|Shift|Alt)\+)+.+?|F\d+|Enter|Esc|Tab|Delete)`")
LINK, PICTURE = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]*)\)"), re.compile(r"!\[[^\]]+\]\(([^)]*)\)")


def every_chapter() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.name)


def keys_of(chapter: Chapter) -> set[str]:
    return set(KEY.findall(chapter.text))


def keys_of_actions(window: QMainWindow) -> set[str]:
    actions = window.findChildren(QAction)
    keys = {shortcut.toString() for action in actions for shortcut in action.shortcuts()}
    named = {action.text().partition("\t")[2] for action in actions}
    return {key.replace("PgDown", "PgDn").replace("Return", "Enter") for key in keys | named}


def test_all_chapters_are_there_in_their_order() -> None:
    assert [chapter.name for chapter in chapters()] == CHAPTERS


@every_chapter()
def test_a_chapter_has_a_title_of_its_own_and_words_below_it(chapter: Chapter) -> None:
    assert chapter.text.startswith("# ")
    assert [other.name for other in chapters() if other.title == chapter.title] == [chapter.name]
    assert len(chapter.text) > 200


@every_chapter()
def test_every_picture_is_there_and_small(chapter: Chapter) -> None:
    for name in PICTURE.findall(chapter.text):
        file = resource("manual", name)
        assert not QImage(str(file)).isNull(), name
        assert file.stat().st_size <= ROOM, name


def test_every_picture_is_shown_somewhere() -> None:
    shown = {Path(name).name for chapter in chapters() for name in PICTURE.findall(chapter.text)}
    assert {file.name for file in resource("manual", "images").iterdir()} == shown


@every_chapter()
def test_every_link_leads_to_a_chapter(chapter: Chapter) -> None:
    for link in LINK.findall(chapter.text):
        assert resource("manual", link).is_file(), link


def test_every_key_is_a_key_of_the_program(window: MainWindow) -> None:
    known = keys_of_actions(window) | PLAIN
    unknown = {(chapter.name, key) for chapter in chapters() for key in keys_of(chapter) - known}
    assert unknown == set()


def test_every_key_of_the_program_is_in_the_chapter_of_keys(window: MainWindow) -> None:
    (chapter,) = (chapter for chapter in chapters() if chapter.name == "keys")
    others = {"Ctrl+Shift+Enter", "空格", ""}
    assert keys_of_actions(window) - keys_of(chapter) <= others


@pytest.fixture
def manual(window: MainWindow, qtbot: QtBot) -> Manual:
    """Return the manual, open at its first chapter."""
    window.desk.open_manual()
    found = window.findChild(Manual)
    assert isinstance(found, Manual)
    return found


@pytest.mark.parametrize(
    ("pane", "title"),
    [(0, "逐处核对"), (1, "检查结果与建议"), (2, "打开报告"), (3, "看原文")],  # F6: from the tables to what is found, …
)
def test_f1_opens_the_chapter_about_where_the_keyboard_is(window: MainWindow, pane: int, title: str) -> None:
    for _ in range(pane):
        press(Key.Key_F6)
    press(Key.Key_F1)
    manual = window.findChild(Manual)
    assert manual is not None
    assert manual.text.toPlainText().startswith(title)


def test_f1_where_a_file_cannot_be_read_says_what_to_do(window: MainWindow) -> None:
    entry = next(entry for entry in window.session.entries if entry.failure)
    window.session.select(window.session.entries.index(entry))
    press(Key.Key_F1)
    manual = window.findChild(Manual)
    assert manual is not None
    assert manual.text.toPlainText().startswith("读不了的文件怎么办")


def test_a_link_opens_its_chapter(manual: Manual) -> None:
    assert manual.text.toPlainText().startswith("开始使用")
    manual.text.anchorClicked.emit(QUrl("08-findings.md"))
    assert manual.text.toPlainText().startswith("检查结果与建议")
    assert manual.contents.currentItem().text() == "检查结果与建议"


def test_pictures_are_as_wide_as_the_window_lets_them(manual: Manual) -> None:
    manual.resize(1040, 680)
    wide = manual.text.document().idealWidth()
    manual.resize(700, 680)
    assert manual.text.document().idealWidth() < wide
    assert manual.text.horizontalScrollBar().maximum() == 0


def test_searching_lists_the_chapters_that_have_the_words(manual: Manual) -> None:
    manual.field.setText("空白表")
    names = [manual.contents.item(row).text() for row in range(manual.contents.count())]
    assert names
    assert all(re.search(r"  \d+$", name) for name in names)
    manual.field.setText("没有这样的词")
    assert manual.contents.count() == 0
    manual.field.clear()
    assert manual.contents.count() == len(CHAPTERS)
