"""Slow work runs on a thread pool and is answered on the GUI thread."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from parser.errors import ReportError

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class TaskRunner(QObject):
    """Runs functions one after the other in a worker; their answers arrive by the event loop of the owner's thread."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Qt's own pool: one of ours would wait for its tasks when the window is deleted, and they for the interpreter.
        self._pool = QThreadPool.globalInstance()
        self._pool.setMaxThreadCount(1)  # reading is pure Python: a second thread would only make the window stutter
        self._is_closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        urgent: bool = False,
    ) -> None:
        """Run ``work`` later; then call ``done`` with its result or ``failed`` with a message for the user.

        An error that is not a ReportError is a bug: it also reaches ``sys.excepthook``.
        """
        self._pool.start(_Task(self, work, done, failed), 1 if urgent else 0)

    def close(self) -> None:
        """Forget what waits and answer no more; what runs comes to its end before the program does."""
        self._is_closed = True

    @property
    def is_closed(self) -> bool:
        """Whether nobody waits for answers any more."""
        return self._is_closed

    def deliver(self, answer: Callable[[], None]) -> None:
        """Have ``answer`` called on the owner's thread; called from a worker."""
        if not self._is_closed:
            with suppress(RuntimeError):  # the window was taken down while we worked: nobody is left to tell
                self._answered.emit(answer)

    @Slot(object)
    def _on_answered(self, answer: Callable[[], None]) -> None:
        if not self._is_closed:
            answer()


class _Task(QRunnable):
    def __init__(
        self,
        runner: TaskRunner,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._runner, self._work, self._done, self._failed = runner, work, done, failed

    def run(self) -> None:
        if self._runner.is_closed:
            return
        done, failed = self._done, self._failed
        try:
            result = self._work()
        except ReportError as error:
            message = str(error)
            self._runner.deliver(lambda: failed(message))
        except Exception as error:  # noqa: BLE001  the thread boundary: nothing may be lost here
            _LOG.exception("a task failed")
            bug = error
            self._runner.deliver(lambda: _report_bug(bug, failed))
        else:
            self._runner.deliver(lambda: done(result))


def _report_bug(error: Exception, failed: Callable[[str], None]) -> None:
    failed(QCoreApplication.translate("tasks", "程序内部出错，详情已写入日志；请把日志文件交给维护人员"))
    sys.excepthook(type(error), error, error.__traceback__)
