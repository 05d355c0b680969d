"""A window that is painted before the page of the report is loaded: two thirds of all its modules and widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow

from desktop.soon import soon
from desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.review_page import ReviewPage
    from desktop.views.findings_pane import FindingsPane
    from desktop.views.source_pane import SourcePane
    from desktop.views.tables_pane import TablesPane
    from desktop.views.zero_sheet import ZeroSheet

_UNSEEN = 100  # ms after which a window that nobody shows goes on all the same


class PaintedFirst(QMainWindow):
    """Nothing of a report is in sight when the program starts: what shows it is built later, see ``review``.

    Nor does anything begin in the background before the tasks are let go: threads of Python hold each other up.
    """

    painted = Signal()  # for the first time

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self._review: ReviewPage | None = None
        self._is_painted = False
        tasks.hold()
        QTimer.singleShot(_UNSEEN, self, self._go_on)

    @property
    def review(self) -> ReviewPage:
        """The page of the report, built once the window has been painted, or before when somebody asks for it."""
        if self._review is None:
            self._review = self._build_review()
        return self._review

    @property
    def source(self) -> SourcePane:
        """The source of the current report."""
        return self.review.source

    @property
    def tables(self) -> TablesPane:
        """The tables of the current report."""
        return self.review.tables

    @property
    def findings(self) -> FindingsPane:
        """What the rules say about the current report."""
        return self.review.findings

    @property
    def zero_sheet(self) -> ZeroSheet:
        """The cells of the current report that read alike."""
        return self.review.zero_sheet

    def findChild(self, *what: Any) -> Any:
        """Return a part of the window to who drives it from outside, also one that is yet to be built."""
        self.furnish()
        return super().findChild(*what)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            soon(self, self._go_on)

    def _go_on(self) -> None:
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def furnish(self) -> None:
        """Build what is not there yet."""
        _page = self.review

    def _build_review(self) -> ReviewPage:
        raise NotImplementedError
