"""A file is shown to the clerk outside the window: in its own program, or in its folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.tasks import TaskRunner

Say = Callable[[str, str], None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("opening", text)


def open_original(path: Path, tasks: TaskRunner, say: Say) -> None:
    """Open the file in the program that the system has for it; a file that is away is said."""
    _when_there(path, tasks, say, lambda: _open(path, say))


def show_in_folder(path: Path, tasks: TaskRunner, say: Say) -> None:
    """Open the folder of the file, the file chosen in it where the system can."""
    _when_there(path, tasks, say, lambda: _show(path, say))


def _when_there(path: Path, tasks: TaskRunner, say: Say, then: Callable[[], None]) -> None:
    """Look for the file in a worker: a drive that has gone away may take long to answer."""

    def answer(is_there: bool) -> None:
        then() if is_there else say("error", _tr("“{0}”已不在原来的位置：{1}").format(path.name, path.parent))

    tasks.submit(path.exists, answer, lambda why: say("error", why))


def _open(path: Path, say: Say) -> None:
    if not _opened(path):
        say("error", _tr("没有能打开“{0}”的程序；请在文件夹中打开它").format(path.name))


def _show(path: Path, say: Say) -> None:
    import subprocess  # the window does not wait for it

    if sys.platform == "win32":
        subprocess.Popen(["explorer", f"/select,{path}"])
    elif sys.platform == "darwin":
        subprocess.Popen(["open", "-R", str(path)])
    else:
        folder = path if path.is_dir() else path.parent
        if not _opened(folder):
            say("error", _tr("没有能显示文件夹的程序；文件夹是 {0}").format(folder))


def _opened(path: Path) -> bool:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
