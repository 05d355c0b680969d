"""Dialogs speak Chinese, those that Qt brings along too, and look alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QStyle,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.dialogs.about import show_about
from desktop.dialogs.author import ask_author
from desktop.dialogs.closing import ask_to_close
from desktop.dialogs.conversion import offer_conversion
from desktop.dialogs.files import ask_export_folder, ask_files, ask_folder, ask_workbook, ask_workspace
from desktop.dialogs.heading import ask_for_empty_form, correct_heading
from desktop.dialogs.keys import show_keys
from desktop.dialogs.printed import ask_why_printed
from desktop.main_window import MainWindow
from desktop.settings import Settings
from tests.forms import make_report

Opening = Callable[[QWidget, Settings], QDialog]
_ENGLISH = re.compile(r"(?<![+A-Za-z/\\.])[A-Za-z]{4,}")  # keys and ends of names are shorter or follow a sign
_KNOWN = {"Enter", "Shift", "Ctrl", "Delete", "PgUp", "PgDn", "Excel", "Esc", "Alt", "Tab", "xlsx"}


def ignore(*_values: object) -> None:
    pass


class FullDisk(QObject):
    """Stands in for a keeper that cannot keep what was changed."""

    changed = Signal()
    unkept, trouble = 2, "磁盘已满；请清理后重试"


def ask_why(parent: QWidget, _settings: Settings) -> QDialog:
    assert isinstance(parent, MainWindow)
    assert parent.session.key is not None
    dialog = ask_why_printed(parent, parent.session, [parent.session.key])
    assert dialog is not None
    return dialog


DIALOGS: dict[str, Opening] = {
    "files": lambda parent, settings: ask_files(parent, settings, ignore),
    "folder": lambda parent, settings: ask_folder(parent, settings, ignore),
    "workbook": lambda parent, settings: ask_workbook(parent, settings, "清河.xlsx", Path("/"), ignore),
    "export folder": lambda parent, settings: ask_export_folder(parent, settings, ignore),
    "workspace": lambda parent, settings: ask_workspace(parent, settings, ignore),
    "author": lambda parent, settings: ask_author(parent, settings, ignore),
    "new form": lambda parent, _settings: ask_for_empty_form(parent, ignore),
    "heading": lambda parent, _settings: correct_heading(parent, make_report(), ignore),
    "conversion": lambda parent, _settings: offer_conversion(parent, make_report("2019", year=2023), "2021", ignore),
    "printed": ask_why,
    "close": lambda parent, _settings: ask_to_close(parent, FullDisk(parent), ignore, ignore),  # type: ignore[arg-type]
    "keys": lambda parent, _settings: show_keys(parent),
    "about": lambda parent, _settings: show_about(parent),
}
FILE_DIALOGS = {"files", "folder", "workbook", "export folder", "workspace"}  # Qt's own


def words_of(dialog: QDialog) -> list[str]:
    """Return what can be read in the dialog without its data."""
    texts = [dialog.windowTitle()]
    texts += [label.text() for label in dialog.findChildren(QLabel) if label.isVisible() and "<" not in label.text()]
    for button in dialog.findChildren(QAbstractButton):
        texts += [button.text(), button.toolTip()] if button.isVisible() else []
    for view in dialog.findChildren(QTreeView):
        for column in range(view.header().count()):
            if view.isVisible() and not view.isColumnHidden(column):
                texts.append(str(view.model().headerData(column, Qt.Orientation.Horizontal)))
    return texts


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_speaks_chinese(window: MainWindow, tmp_path: Path, name: str) -> None:
    dialog = DIALOGS[name](window, Settings(tmp_path / "other.ini"))
    found = [word for text in words_of(dialog) for word in _ENGLISH.findall(text)]
    dialog.reject()
    assert not set(found) - _KNOWN


def test_a_list_of_files_shows_no_kind_of_file(window: MainWindow, tmp_path: Path) -> None:
    dialog = ask_files(window, Settings(tmp_path / "other.ini"), ignore)
    view = dialog.findChild(QTreeView)
    assert isinstance(view, QTreeView)
    assert view.isColumnHidden(2)  # “txt File” in every language
    dialog.reject()


def test_reports_are_picked_among_files_that_may_be_some_and_any_file_can_be(
    window: MainWindow, tmp_path: Path
) -> None:
    for name in ("年报.docx", "扫描.PDF", "照片.jpg", "程序.exe"):
        (tmp_path / name).touch()
    settings = Settings(tmp_path / "other.ini")
    settings.remember_folder("open", tmp_path)
    dialog = ask_files(window, settings, ignore)
    filters = dialog.nameFilters()
    dialog.reject()
    assert all(f"*{suffix}" in filters[0].split("(")[1].rstrip(")").split() for suffix in (".docx", ".pdf", ".jpg"))
    assert "exe" not in filters[0]
    assert filters[1] == "所有文件 (*)"


def test_a_folder_typed_for_the_workbook_is_gone_to_and_the_name_stays(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "上报"
    folder.mkdir()
    chosen: list[Path] = []
    dialog = ask_workbook(window, Settings(tmp_path / "other.ini"), "清河.xlsx", tmp_path, chosen.append)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.setText(str(folder))
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "清河.xlsx")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [folder / "清河.xlsx"]


def test_buttons_of_dialogs_carry_no_pictures(window: MainWindow, tmp_path: Path) -> None:
    dialog = ask_author(window, Settings(tmp_path / "other.ini"), ignore)
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    assert not box.style().styleHint(QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons, None, box)
    assert all(button.icon().isNull() for button in box.buttons() if not isinstance(button, QToolButton))
    dialog.reject()


def test_what_else_is_explained_with_a_cell_is_said_before(window: MainWindow) -> None:
    entry = window.session.entry
    assert entry is not None
    column = next(f for f in entry.assessment.findings if f.equation is not None and len(f.keys) > 1)
    other = column._replace(rule="T9", message="另一条不符。", equation="T9:x")
    entry.assessment = entry.assessment._replace(findings=(*entry.assessment.findings, other))
    for about, words in ((column.message, "同时不再提示：\n另一条不符。"), ("", "说明后不再提示：")):
        dialog = ask_why_printed(window, window.session, list(column.keys), about)
        assert dialog is not None
        (label,) = dialog.findChildren(QLabel)
        assert words in label.text()
        dialog.reject()


@pytest.mark.parametrize("count", [1, 12, 400])
def test_why_a_finding_may_stand_is_asked_in_lines_on_the_screen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(640, 400))
    assert window.session.key is not None
    about = "依申请公开：没有找到这些行：" + "、".join(["“（三）不予公开·1.属于国家秘密”"] * count)
    dialog = ask_why_printed(window, window.session, [window.session.key], about)
    assert dialog is not None
    (label,), box = dialog.findChildren(QLabel), dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    assert dialog.width() <= 640
    assert dialog.height() <= 400
    assert all(dialog.rect().contains(part.geometry()) for part in (label, box, dialog.findChild(QComboBox)))
    assert label.height() >= label.heightForWidth(label.width())
    assert label.text().startswith(about) or label.toolTip().startswith(about)
    dialog.reject()
