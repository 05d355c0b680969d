"""Slow work runs in workers and is answered on the GUI thread."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import main_thread
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from desktop.smoothness import stand_back
from parser.errors import ReportError

if TYPE_CHECKING:  # the window is painted before anything runs beside it
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_MOST = 16  # threads; never so many are needed at a time


class TaskRunner(QObject):
    """Runs functions in threads beside each other; the answers arrive by the event loop of the owner's thread.

    There are few at a time, because those who submit wait for their answer before they submit more: one report is
    read, one page drawn, and what the clerk just asked for is done. The threads are Python's, not Qt's: the
    interpreter waits for them before it takes down the PDF library, which would crash under their hands. They are used
    again, because to begin one holds up the window until it runs.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_closed = False
        self._held: list[Callable[[], None]] | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None], *, is_first: bool = False
    ) -> None:
        """Run ``work`` in a worker; then call ``done`` with its result or ``failed`` with a message for the user.

        An error that is not a ReportError is a bug: it also reaches ``sys.excepthook``. What ``is_first`` begins while
        everything else is held.
        """
        if not self._is_closed:
            self._start(partial(self._run, work, done, failed), is_first)

    def hold(self) -> None:
        """Begin nothing until ``let_go``: what works in the background holds up whoever builds the window."""
        self._held = self._held or []

    def let_go(self) -> None:
        """Begin what was submitted meanwhile."""
        held, self._held = self._held or [], None
        for work in held:
            self._start(work)

    def tidy_up(self, work: Callable[[], None]) -> None:
        """Run ``work`` in a worker, also once nobody waits for answers: it lets go of files."""
        if not self._is_closed:
            self._start(partial(_tidied, work))

    def close(self) -> None:
        """Forget what waits and answer no more; what runs comes to its end before the program does."""
        self._is_closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=False)

    @property
    def is_closed(self) -> bool:
        """Whether nobody waits for answers any more: the window is closed, or the program is about to end."""
        return self._is_closed or not main_thread().is_alive()

    def deliver(self, answer: Callable[[], None]) -> None:
        """Have ``answer`` called on the owner's thread; called from a worker."""
        if not self._is_closed:
            with suppress(RuntimeError):  # the window was taken down while we worked: nobody is left to tell
                self._answered.emit(answer)

    @Slot(object)
    def _on_answered(self, answer: Callable[[], None]) -> None:
        if not self._is_closed:
            answer()

    def _start(self, work: Callable[[], None], is_first: bool = False) -> None:
        if self._held is not None and not is_first:
            self._held.append(work)
        elif not self._is_closed:
            self._workers().submit(work)

    def _workers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(_MOST, "worker", initializer=stand_back)
        return self._pool

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]) -> None:
        if self.is_closed:
            return
        try:
            result = work()
        except ReportError as error:
            message = str(error)
            self.deliver(lambda: failed(message))
        except Exception as error:  # noqa: BLE001  the thread boundary: nothing may be lost here
            _LOG.exception("a task failed")
            bug = error
            self.deliver(lambda: _report_bug(bug, failed))
        else:
            self.deliver(lambda: done(result))


def _tidied(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:  # noqa: BLE001  nobody waits for an answer
        _LOG.exception("tidying up failed")


def _report_bug(error: Exception, failed: Callable[[str], None]) -> None:
    failed(QCoreApplication.translate("tasks", "程序内部出错，详情已写入日志；请把日志文件交给维护人员"))
    sys.excepthook(type(error), error, error.__traceback__)
