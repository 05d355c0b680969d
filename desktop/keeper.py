"""The workspace as the window sees it: what is to be kept waits in order for a thread, and the window never does."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Condition, Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.job_line import Job, JobLine
from desktop.smoothness import moment_left
from parser.errors import ReportError, WorkspaceInUse, WorkspaceUnwritable
from parser.model.finding import Assessment
from parser.model.report import CellKey, Edit, Report
from parser.workspace.kept import Kept, Opened, Reading, new_token

if TYPE_CHECKING:  # brings the database, which the window does not wait for
    from parser.workspace.store import Store

_LOG = logging.getLogger(__name__)
_SLOW = 500  # ms after which it is said that something is not kept yet
_STUCK = 4000  # ms more after which something must be wrong with the disk
_A_KEY = 0.25  # s that an edit may wait for the one before to be on the disk; nobody types as fast as it takes
_QUICK = 0.05  # s in which a disk keeps an edit that need not be feared to hold up the next
_PATIENCE = 2.0  # s to wait for the thread once the window is closed


class Keeper(QObject):
    """Keeps in the background; a job that fails stays first in the line until it succeeds, so the order never changes.

    A disk that is full or a drive that has gone away costs nothing but memory: ``trouble`` says what is wrong, and
    ``retry`` tries again, as does every new edit.
    """

    opened = Signal(object)  # Opened
    refused = Signal(str, bool)  # it cannot be opened, and why; whether looking at it may be possible
    loaded = Signal(object, object)  # a Kept, and the Assessment of its report if that can be shown
    unloadable = Signal(object, str)  # the path of a report, and why it is not there
    changed = Signal()  # ``unkept`` or ``trouble`` is another than it was
    _answered = Signal(object)

    def __init__(self, folder: Path, assess: Callable[[Report], Assessment], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.is_open = self.is_read_only = False
        self.trouble = ""  # why something is not kept
        self.is_late = False  # edits have waited so long that it should be said, or are more than one
        self._is_slow = False  # the disk: it is not waited for any more
        self._assess = assess
        self._store: Store | None = None
        self._may_write = True
        self._jobs = JobLine()
        self._loads: list[Path] = []
        self._is_stalled = self._is_closed = False
        self._turn, self._hurry = Condition(), Event()
        self._thread = Thread(target=self._run, name="keeper", daemon=True)  # a dead drive must not keep the program
        self._lateness = QTimer(self)
        self._lateness.setSingleShot(True)
        self._lateness.timeout.connect(self._on_late)
        self._answered.connect(lambda answer: answer(), Qt.ConnectionType.QueuedConnection)

    # ── for the window ───────────────────────────────────────────────────────────────
    def open(self) -> None:
        """Open the workspace; ``opened`` or ``refused`` answers."""
        self._thread.start()

    def open_read_only(self) -> None:
        """Look at a workspace that was refused, without keeping anything."""
        self._go_on(may_write=False)

    def retry(self) -> None:
        """Try again what has failed."""
        self._go_on(may_write=True)

    def close(self) -> None:
        """Keep what waits, but for what cannot be kept, and let the next one write; waits no longer than a moment."""
        with self._turn:
            self._is_closed = True
            self._hurry.set()
            self._turn.notify_all()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def settle(self, patience: float = 0.3) -> bool:
        """Wait a moment for what is being kept; return whether all edits are on the disk."""
        with self._turn:
            if self._jobs.edits:
                self._hurry.set()
                self._turn.wait_for(lambda: self._is_stalled or not self._jobs.edits, patience)
                self._hurry.clear()
        return not self.unkept

    @property
    def unkept(self) -> int:
        """The number of edits that are not on the disk."""
        with self._turn:
            return self._jobs.edits

    def load(self, paths: Sequence[Path]) -> None:
        """Load these reports, one after the other; ``loaded`` or ``unloadable`` answers for each."""
        with self._turn:
            self._loads.extend(paths)
            self._turn.notify_all()

    def prefer(self, path: Path) -> None:
        """Load this report next, if it waits to be loaded."""
        with self._turn:
            if path in self._loads:
                self._loads.remove(path)
                self._loads.insert(0, path)

    def add(self, paths: Sequence[Path], folders: Sequence[Path] | None = None) -> None:
        """Keep files at the end of the queue, and the folders to look through again."""
        self._submit(Job(lambda store: store.add(paths, folders)))

    def begin_reading(self, path: Path, reading: Reading, made: int = 0) -> None:
        """Keep what a file was read to be, and with it edits just made; see ``Store.begin_reading``."""
        self._submit(Job(lambda store: store.begin_reading(path, reading), len(reading.carried) + made))

    def complete_reading(self, path: Path, reading: Reading) -> None:
        """Keep all of what was begun; see ``Store.complete_reading``."""
        self._submit(Job(lambda store: store.complete_reading(path, reading)))

    def append(self, path: Path, edits: Sequence[Edit]) -> None:
        """Keep the edits of one step.

        There is never more than one step on its way to the disk, unless ``is_late`` has been said: the next one waits
        for it, but not for long, and not again as long as the disk is slow.
        """
        if not self._is_slow and not self.settle(_A_KEY):
            self._is_slow = True
        if self.unkept:
            self._be_late()
        step, edits = new_token(), tuple(edits)
        self._submit(Job(lambda store: store.append(path, step, edits), len(edits)))

    def mark_exported(self, path: Path, workbook: Path, edits: int) -> None:
        """Keep that the report as it was after so many edits is in a workbook."""
        self._submit(Job(lambda store: store.mark_exported(path, workbook, edits)))

    def leave_at(self, path: Path, cell: CellKey | None) -> None:
        """Keep where the clerk is, in place of where the clerk was."""
        self._submit(Job(lambda store: store.leave_at(path, cell), purpose="place"))

    def hide(self, path: Path) -> None:
        """Keep that a file is no longer in the queue."""
        self._submit(Job(lambda store: store.hide(path)))

    def _submit(self, job: Job) -> None:
        if self.is_read_only or self._is_closed:
            return
        with self._turn:
            self._jobs.add(job)
        self._go_on(self._may_write)
        if self.is_late:
            self.changed.emit()
        elif job.edits and not self._lateness.isActive():
            self._lateness.start(_SLOW)

    def _go_on(self, may_write: bool) -> None:
        with self._turn:
            self._may_write, self._is_stalled = may_write, False
            self._turn.notify_all()

    # ── answers, on the GUI thread ───────────────────────────────────────────────────
    def _on_opened(self, opened: Opened) -> None:
        self.is_open, self.is_read_only = True, opened.is_read_only
        self.opened.emit(opened)

    def _on_kept(self, edits: int, seconds: float) -> None:
        if edits:
            self._is_slow = seconds > _QUICK
        is_all = not self.unkept
        if is_all:
            self._lateness.stop()
        if self.is_late or self.trouble:
            self.is_late, self.trouble = not is_all, ""
            self.changed.emit()

    def _be_late(self) -> None:
        if not self.is_late:
            self.is_late = True
            self._lateness.start(_STUCK)
            self.changed.emit()

    def _on_late(self) -> None:
        if self.is_late and not self.trouble:
            self.trouble = self.tr("工作区 {0} 没有响应；恢复后会自动保存").format(self.folder)
            self.changed.emit()
        self._be_late()

    def _on_trouble(self, why: str) -> None:
        self._lateness.stop()
        self.is_late, self.trouble = bool(self.unkept), why
        self.changed.emit()

    # ── the thread ───────────────────────────────────────────────────────────────────
    def _run(self) -> None:
        while self._wait_for_turn(lambda: not self._is_stalled):
            if self._open():
                break
        while self._wait_for_turn(lambda: bool((self._jobs and not self._is_stalled) or self._loads)):
            with self._turn:
                job = self._jobs.first if self._jobs and not self._is_stalled else None
                path = self._loads.pop(0) if job is None else None
            if job is not None:
                self._let_paint()
                self._keep(job)
            elif path is not None:
                self._load(path)
        if self._store is not None:
            self._store.close()

    def _wait_for_turn(self, is_due: Callable[[], bool]) -> bool:
        """Wait until there is something to do; False once the window is closed and nothing more can be kept."""
        with self._turn:
            self._turn.wait_for(lambda: self._is_closed or is_due())
            if self._is_closed:
                self._loads = []
                return self._store is not None and bool(self._jobs) and not self._is_stalled
            return True

    def _open(self) -> bool:
        from parser.workspace.store import Store

        may_write, store = self._may_write, None
        try:
            store = Store(self.folder, may_write=may_write)
            found = store.paths(), store.hidden(), store.left_at(), store.remarks
            opened = Opened(*found, not may_write, store.folders())
        except Exception as error:  # noqa: BLE001  the thread boundary
            if store is not None:
                store.close()
            why = self._words(error)
            may_look = may_write and isinstance(error, (WorkspaceInUse, WorkspaceUnwritable))
            self._stall()
            self._deliver(lambda: self.refused.emit(why, may_look))
            return False
        self._store = store
        self._deliver(lambda: self._on_opened(opened))
        return True

    def _let_paint(self) -> None:
        """Let the window paint what an edit has changed, unless somebody waits for it to be on the disk.

        Not even to look at what else has come: to give the interpreter away and take it back costs the window most.
        """
        self._hurry.wait(moment_left())

    def _keep(self, job: Job) -> None:
        assert self._store is not None
        begun = monotonic()
        try:
            job.work(self._store)
        except Exception as error:  # noqa: BLE001  the thread boundary: what was not kept stays in the line
            why = self._words(error)
            self._stall()
            self._deliver(lambda: self._on_trouble(why))
            return
        with self._turn:
            self._jobs.remove(job)
            self._turn.notify_all()
        seconds = monotonic() - begun
        self._deliver(lambda: self._on_kept(job.edits, seconds))

    def _load(self, path: Path) -> None:
        assert self._store is not None
        try:
            kept: Kept = self._store.load(path)
            assessment = self._assess(kept.report) if kept.report is not None and not kept.problem else None
        except Exception as error:  # noqa: BLE001  the thread boundary
            why = self._words(error)
            self._deliver(lambda: self.unloadable.emit(path, why))
            return
        self._deliver(lambda: self.loaded.emit(kept, assessment))

    def _stall(self) -> None:
        with self._turn:
            self._is_stalled = True
            self._turn.notify_all()

    def _deliver(self, answer: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the window was taken down meanwhile: nobody is left to tell
            self._answered.emit(answer)

    def _words(self, error: Exception) -> str:
        """Return what to tell the user; an error that is not the world's also reaches ``sys.excepthook``."""
        if isinstance(error, ReportError):
            return str(error)
        _LOG.error("the workspace failed", exc_info=error)
        self._deliver(lambda: sys.excepthook(type(error), error, error.__traceback__))
        return self.tr("工作区出现内部错误，详情已写入日志；请先导出已做的修改，再把日志文件交给维护人员")
