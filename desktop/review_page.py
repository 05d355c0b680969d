"""The page of the window that shows a report: its source, its tables and what the rules say, side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import Actions
from desktop.page_images import PageImages
from desktop.session import Session
from desktop.tasks import TaskRunner
from desktop.views.blank_page import BlankPage
from desktop.views.findings_pane import FindingsPane
from desktop.views.pane import holds_focus, stack
from desktop.views.report_strip import ReportStrip
from desktop.views.source_pane import SourcePane
from desktop.views.splitter import Splitter, source_and_tables, tables_and_findings
from desktop.views.tables_pane import TablesPane
from desktop.views.zero_sheet import ZeroSheet

_MOMENT = 1  # ms; with none it would be painted in the same turn of the event loop


class ReviewPage(Splitter):
    """Source left, report right; the zero sheet lies over it, in the stack of pages that holds both."""

    changed = Signal()  # the source has pages or has none, after all; or its other view is in sight

    def __init__(self, session: Session, tasks: TaskRunner, actions: Actions, pages: QStackedWidget) -> None:
        self.images = PageImages(session.backend, tasks, pages)
        self.source, self.tables = SourcePane(session, self.images), TablesPane(session, self.images)
        self.findings, self.strip, self.beside = FindingsPane(session), ReportStrip(session), BlankPage(session)
        self.report = Splitter(Qt.Orientation.Vertical, [self.tables, self.findings], tables_and_findings)
        self._right, self._reviewed = QStackedWidget(), stack(self.strip, self.report)
        for page in (self._reviewed, self.beside):
            self._right.addWidget(page)
        super().__init__(Qt.Orientation.Horizontal, [self.source, self._right], source_and_tables)
        self._session, self._actions = session, actions
        self.zero_sheet = ZeroSheet(session, self.images, tasks, pages, self.tables.focus_current)
        self._wire()
        self.renew()

    def _wire(self) -> None:
        self._actions.draw_icons()
        self.strip.button.setDefaultAction(self._actions.heading)
        self.findings.offer(self._actions.convert)
        self.source.add_actions(self._actions.for_pages)
        self.tables.add_buttons([self._actions.undo, self._actions.redo, self._actions.export])
        self.beside.add_reading_buttons(self._session.stop_reading, self._session.resume_reading)
        self.beside.offer_for_unreadable(self._actions.for_unreadable)
        self.source.pages.turned.connect(self.tables.turn)
        self.source.pages.turned.connect(self.zero_sheet.turn)
        for chosen in (self.source.pages.cell_chosen, self.source.text.cell_chosen, self.findings.view.led_to_cell):
            chosen.connect(self.tables.focus_current)
        for prose in (self.tables.narrative.editing, self.tables.narrative.section_seen):
            prose.connect(self.source.reveal_section)
        self.tables.narrative.left.connect(self.source.reveal_cell)
        self.source.changed.connect(self.renew)
        self.source.changed.connect(self.changed)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Return what menus do here."""
        source = self.source
        return {
            **self.tables.slots(),
            "focus": self.tables.focus_current,
            "edit": self.tables.edit_in_place,
            "printed": self._on_printed,
            "find": source.open_find_bar,
            "zoom_in": lambda: source.zoom(1),
            "zoom_out": lambda: source.zoom(-1),
            "fit_width": lambda: source.zoom(0),
            "turn_right": lambda: source.turn(1),
            "turn_left": lambda: source.turn(-1),
            "next_page": lambda: source.turn_page(1),
            "previous_page": lambda: source.turn_page(-1),
            "pages_or_text": source.switch,
            "fold_strip": source.fold_strip,
            "zero_sheet": self.zero_sheet.open,
            "next_finding": lambda: self._step_finding(1),
            "previous_finding": lambda: self._step_finding(-1),
        }

    def renew(self) -> None:
        """Show the pages of a file already, or still, when there is no report of it."""
        self._bring(self._reviewed if self._session.report is not None else self.beside)
        self._actions.renew_for_source(self.source.shows_pages and self.source.has_pages, self.source.has_pages)

    def _bring(self, page: QWidget) -> None:
        """Have a page in sight; that of a report is painted after what waits already, so that nothing waits for both.

        To fill it takes as long as to paint it, and the first tables come while the file is still being read.
        """
        if page is self._reviewed and self._right.currentWidget() is not page:
            page.setUpdatesEnabled(False)
            QTimer.singleShot(_MOMENT, page, lambda: page.setUpdatesEnabled(True))
        self._right.setCurrentWidget(page)

    def _step_finding(self, step: int) -> None:
        """Go to another finding, and with the keys to its cell, unless they are with the findings already."""
        self.findings.view.step(step)
        if not holds_focus(self.findings):
            self.tables.focus_current()

    def _on_printed(self) -> None:
        """Explain the finding that is lit up, else the chosen cells."""
        view, finding = self.findings.view, self._session.finding
        if finding is not None and not finding.keys:
            self._session.said.emit("info", self.tr("这条提醒不针对单元格，不用说明“原文如此”；请按提示补录或核对"))
        elif holds_focus(self.findings) or (finding is not None and view.cells_to_explain):
            view.explain()
        else:
            self.tables.explain()
