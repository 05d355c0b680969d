"""An error of ours reaches the user once and the log file always."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

_LOG = logging.getLogger("desktop")


def log_file() -> Path:
    """Return where the program writes its log."""
    return user_log_path("nianbao", appauthor=False) / "nianbao.log"


def start_logging(file: Path) -> None:
    """Write warnings and errors to ``file``; without a writable folder, to standard error only."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(file, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True))
    except OSError:
        pass
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form, handlers=handlers)


class CrashReporter:
    """Stands in for ``sys.excepthook``: logs every error, shows each once, one dialog at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._is_open = False
        self._shown: set[str] = set()

    def install(self) -> None:
        """Become the hook for uncaught errors."""
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.error("uncaught", exc_info=(kind, error, trace))
        what = f"{kind.__name__}: {error}"
        if QApplication.instance() is None or self._is_open or what in self._shown:
            return
        self._is_open = True
        self._shown.add(what)  # an error while painting comes back with every paint
        QTimer.singleShot(0, lambda: self._show(what))  # not in the middle of an event

    def _show(self, what: str) -> None:
        tr = QCoreApplication.translate
        windows = (top for top in QApplication.topLevelWidgets() if isinstance(top, QMainWindow) and top.isVisible())
        box = QMessageBox(next(windows, None))  # the active window may be a dialog about to be deleted
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(tr("crash", "年报核校"))
        box.setText(tr("crash", "程序内部出错。已保存的修改不受影响，可以继续核对。"))
        box.setInformativeText(tr("crash", "详情已写入日志：{0}").format(self._file))
        box.setDetailedText(what)
        box.finished.connect(self._on_closed)
        box.open()

    def _on_closed(self) -> None:
        self._is_open = False
