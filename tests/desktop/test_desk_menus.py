"""Menus of what was opened before, and of how the window looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.desk_menus import PathMenu
from desktop.main_window import MainWindow
from desktop.palette import DARK, LIGHT, choose_theme
from desktop.settings import Settings
from tests.desktop.conftest import FakeBackend, OpenWindow


def opened(menu: QMenu) -> list[QAction]:
    """Return what is in the menu once it opens."""
    menu.aboutToShow.emit()
    return menu.actions()


def paths_in(menu: QMenu) -> list[str]:
    return [action.toolTip() for action in opened(menu)]


@pytest.fixture
def files(backend: FakeBackend, tmp_path: Path) -> list[Path]:
    """Return two reports that are there as files, too."""
    files = [tmp_path / "甲.txt", tmp_path / "乙.txt"]
    for file in files:
        file.write_text("（略）", "utf-8")
    return files


def test_what_was_opened_last_comes_first_and_can_be_opened_again_the_next_time(
    open_window: OpenWindow, files: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    menu = window.desk.menus["recent"]
    assert [(action.text(), action.isEnabled()) for action in opened(menu)] == [("（没有）", False)]
    for file in (*files, files[0]):
        window.desk.add([file])
    assert paths_in(menu) == [str(file) for file in files]
    window.close()
    other = open_window()
    while other.session.entries:
        other.queue.view.remove_current()
    opened(other.desk.menus["recent"])[1].trigger()
    qtbot.waitUntil(lambda: [entry.path for entry in other.session.entries] == [files[1]])
    assert paths_in(other.desk.menus["recent"]) == [str(file) for file in reversed(files)]


def test_what_has_gone_away_is_said_and_no_longer_offered(
    open_window: OpenWindow, files: list[Path], qtbot: QtBot
) -> None:
    window = open_window()
    window.desk.add(files)
    files[0].unlink()
    gone = next(action for action in opened(window.desk.menus["recent"]) if action.toolTip() == str(files[0]))
    with qtbot.waitSignal(window.session.said, check_params_cb=lambda kind, _: kind == "error") as said:
        gone.trigger()
    assert said.args[1] == f"“{files[0]}”已不在原来的位置"
    assert paths_in(window.desk.menus["recent"]) == [str(files[1])]


def test_a_long_path_is_shortened_in_the_middle_and_no_letter_of_it_becomes_a_key(window: MainWindow) -> None:
    path = Path("/年报", "R&D" * 30, "清河市农业农村局.docx")
    (action,) = opened(PathMenu("", window, lambda: [path], lambda _: None))
    number, shown = action.text().split("  ")
    assert number == "&1"
    assert "&" not in shown.replace("&&", "")
    plain = shown.replace("&&", "&")
    assert (len(plain), plain.startswith("/年报"), plain.endswith("清河市农业农村局.docx")) == (60, True, True)
    assert action.toolTip() == str(path)


def test_only_as_many_are_offered_as_there_are_digits(window: MainWindow) -> None:
    paths = [Path(f"/年报/{number}") for number in range(20)]
    chosen: list[Path] = []
    actions = opened(PathMenu("", window, lambda: paths, chosen.append))
    assert [action.text()[:2] for action in actions] == [f"&{number}" for number in range(1, 10)]
    actions[8].trigger()
    assert chosen == [paths[8]]


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application, which looks as before when the test is over."""
    yield qapp
    choose_theme(qapp, "")


def test_a_chosen_theme_is_worn_at_once_and_the_next_time(
    open_window: OpenWindow, backend: FakeBackend, app: QApplication, tmp_path: Path
) -> None:
    window = open_window(*backend.reports)
    menu = window.desk.menus["theme"]
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [
        ("跟随系统", True),
        ("浅色", False),
        ("深色", False),
    ]
    for position, theme in ((2, DARK), (1, LIGHT), (2, DARK)):
        menu.actions()[position].trigger()
        assert window.palette().window().color().name() == theme.window
        assert [action.isChecked() for action in menu.actions()] == [position == n for n in range(3)]
    window.close()
    assert Settings(tmp_path / "window.ini").choice("theme") == "dark"
    choose_theme(app, "light")
    again = open_window()
    assert again.palette().window().color().name() == DARK.window
    assert [action.isChecked() for action in again.desk.menus["theme"].actions()] == [False, False, True]
