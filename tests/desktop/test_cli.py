from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop import app
from desktop.cli import main


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """Return what windows would have been opened on."""
    windows: list[list[Path]] = []
    monkeypatch.setattr(app, "run", lambda paths, _: windows.append(paths) or 0)
    return windows


@pytest.mark.parametrize("word", ["/no/such/file", "没有.txt", "a/b"])
def test_a_path_that_is_not_there_still_opens_the_window_which_says_so(word: str, opened: list[list[Path]]) -> None:
    assert main([word]) == 0
    assert opened == [[Path(word).absolute()]]


def test_the_folder_of_the_workspace_reaches_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(app, "run", lambda paths, workspace: given.extend([paths, workspace]) or 0)
    assert main(["review", "甲.txt", "--workspace", "年报 工作区"]) == 0
    assert given == [[Path("甲.txt").absolute()], Path("年报 工作区")]


def test_a_mistyped_command_is_no_path(opened: list[list[Path]]) -> None:
    assert main(["extrct"]) == 2
    assert opened == []


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["review", "--help"]])
def test_help_is_in_chinese(arguments: list[str], opened: list[list[Path]], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "用法：" in said
    assert "usage" not in said
    assert opened == []


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [(["review", "--bad"], "没有这个选项 --bad"), (["review", "--workspace"], "--workspace 后面要写文件夹")],
)
def test_wrong_options_are_said_in_chinese(
    arguments: list[str], fault: str, opened: list[list[Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert fault in capsys.readouterr().err


@pytest.fixture
def without_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this be a Linux computer without a desktop."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("without_display")
@pytest.mark.parametrize("arguments", [[], ["review", "甲.txt"]])
def test_without_a_display_nothing_is_opened_and_another_way_is_named(
    arguments: list[str], opened: list[list[Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 3
    assert opened == []
    said = capsys.readouterr()
    assert "没有图形界面" in said.err
    assert "nianbao extract" in said.err
    assert said.out == ""


@pytest.mark.usefixtures("without_display")
@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_sign_of_a_display_opens_the_window(
    name: str, opened: list[list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, ":0")
    assert main([]) == 0
    assert opened == [[]]


@pytest.mark.usefixtures("without_display")
def test_help_and_wrong_options_need_no_display() -> None:
    assert main(["review", "--help"]) == 0
    assert main(["review", "--bad"]) == 2


def test_where_qt_is_missing_the_way_to_install_it_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "desktop.app", None)
    assert main(["review"]) == 3
    assert "build/dev.py run" in capsys.readouterr().err
