"""``nianbao …``: the window, or a command of the parser without ever importing Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

_WINDOW = "review"
_COMMANDS = ("extract", "check", "merge")
_HELP = ("-h", "--help")
_OVERVIEW = """\
年报核校：核对政府信息公开工作年度报告，导出国家统一格式的工作簿。

用法：
  nianbao [review] [路径…] [--workspace 文件夹]            打开核校窗口
  nianbao extract 路径… -o 文件夹 [--format json|xlsx]     批量提取，每份报告输出一个文件
  nianbao check 路径…                                      列出不符和可疑之处，一行一条

路径可以是报告文件，也可以是文件夹（连同其中的子文件夹）。
各命令的详细说明：nianbao extract --help
"""
_REVIEW = """\
用法：nianbao [review] [路径…] [--workspace 文件夹]

打开核校窗口，读入所给的报告文件和文件夹；不写路径则打开空窗口，可以把文件拖进去。

选项：
  --workspace 文件夹   核校记录存放的位置，默认为本人的用户文件夹
  -h, --help           显示本说明
"""


class _Parser(argparse.ArgumentParser):
    """Says in Chinese that the arguments are wrong."""

    def error(self, message: str) -> NoReturn:
        words = message.rpartition(": ")[2]
        fault = "--workspace 后面要写文件夹" if "--workspace" in message else f"没有这个选项 {words}"
        self.exit(2, f"{self.prog}: {fault}；运行 {self.prog} --help 查看用法\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``nianbao``; return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] and arguments[0] in _HELP:
        print(_OVERVIEW, end="")
        return 0
    if _means_window(arguments):
        return _review(arguments[1:] if arguments[:1] == [_WINDOW] else arguments)
    from parser.cli import main as run_command

    return run_command(arguments)


def _means_window(arguments: Sequence[str]) -> bool:
    """Whether the arguments name no command of the parser: none at all, ``review``, an option, or a path."""
    if not arguments or arguments[0] in (_WINDOW, "--workspace") or arguments[0].startswith("--workspace="):
        return True
    return arguments[0] not in _COMMANDS and _looks_like_path(arguments[0])


def _looks_like_path(word: str) -> bool:
    """Whether ``word`` is a path, there or not, rather than a mistyped command."""
    path = Path(word)
    return not word.startswith("-") and (path.exists() or path.name != word or bool(path.suffix))


def _review(arguments: Sequence[str]) -> int:
    if any(word in _HELP for word in arguments):
        print(_REVIEW, end="")
        return 0
    parser = _Parser(prog="nianbao review", add_help=False, allow_abbrev=False)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--workspace", type=Path)
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    if not _has_display():
        print("打不开窗口：没有图形界面；请在桌面环境中运行，或用 nianbao extract 直接转成 Excel", file=sys.stderr)
        return 3
    try:
        from desktop.app import run
    except ImportError as error:
        print(f"打不开窗口：缺少图形界面组件（{error}）；请运行 python3 build/dev.py run 安装", file=sys.stderr)
        return 3
    return run([path.absolute() for path in options.paths], options.workspace)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
