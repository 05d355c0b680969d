"""``nianbao …``: the window, or a command of the parser without ever importing Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_WINDOW = "review"
_HELP = frozenset({"-h", "--help"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``nianbao``; return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _means_window(arguments):
        return _review(arguments[1:] if arguments[:1] == [_WINDOW] else arguments)
    from parser.cli import main as run_command

    return run_command(arguments)


def _means_window(arguments: Sequence[str]) -> bool:
    """Whether the arguments name no command of the parser: none at all, ``review``, an option, or an existing path."""
    if not arguments or arguments[0] in (_WINDOW, "--workspace") or arguments[0].startswith("--workspace="):
        return True
    return arguments[0] not in _HELP and Path(arguments[0]).exists() and not _is_command(arguments[0])


def _is_command(word: str) -> bool:
    return word in ("extract", "check", "merge")


def _review(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="nianbao review", description="打开核校窗口")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="报告文件或文件夹")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="工作区文件夹")
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
