"""An error of ours reaches the user once and the log file always; no word of a report gets into the log."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

_LOG = logging.getLogger("desktop")
_FOREIGN, _DIGIT = re.compile(r"[^\x20-\x7e\n]+"), re.compile(r"\d")


def log_file() -> Path:
    """Return where the program writes its log."""
    return user_log_path("nianbao", appauthor=False) / "nianbao.log"


def start_logging(file: Path) -> None:
    """Write warnings and errors to ``file``; without a writable folder, to standard error only."""
    from logging.handlers import RotatingFileHandler  # brings sockets and mail

    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(file, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True))
    except OSError:
        pass
    for handler in handlers:
        handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=handlers)


def discreet(words: str) -> str:
    """Return what an error says without what may come from a report: Chinese words and figures."""
    return _DIGIT.sub("#", _FOREIGN.sub("…", words))


class Discreet(logging.Formatter):
    """Writes where an error happened in full and what it says discreetly: reports are not for the log."""

    def format(self, record: logging.LogRecord) -> str:
        safe = logging.makeLogRecord(record.__dict__ | {"msg": discreet(record.getMessage()), "args": None})
        return super().format(safe)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        error, lines, seen = ei[1], list[str](), set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            what = [f"{type(error).__qualname__}: {discreet(str(error))}\n"]
            lines = [*traceback.format_tb(error.__traceback__), *what, *lines]
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()


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
        from PySide6.QtCore import QUrl  # the start of the program need not wait for these
        from PySide6.QtGui import QDesktopServices
        from PySide6.QtWidgets import QMessageBox

        tr = QCoreApplication.translate
        windows = (top for top in QApplication.topLevelWidgets() if isinstance(top, QMainWindow) and top.isVisible())
        box = QMessageBox(next(windows, None))  # the active window may be a dialog about to be deleted
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(tr("crash", "年报核校"))
        box.setText(tr("crash", "程序内部出错。已保存的修改不受影响，可以继续核对。"))
        advice = tr("crash", "详情已写入日志，其中没有报告的内容，可以发给维护人员：\n{0}")
        box.setInformativeText(advice.format(self._file))
        box.setDetailedText(what)
        go_on = box.addButton(tr("crash", "继续核对"), QMessageBox.ButtonRole.AcceptRole)
        show = box.addButton(tr("crash", "打开日志所在文件夹"), QMessageBox.ButtonRole.ActionRole)
        show.clicked.disconnect()  # it does not close the box
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent))))
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.finished.connect(self._on_closed)
        box.open()

    def _on_closed(self) -> None:
        self._is_open = False
