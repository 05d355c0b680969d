"""The window: places the panes and wires what they announce to what the session does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from desktop.actions import Actions
from desktop.desk import Desk
from desktop.dialogs.closing import ask_to_close
from desktop.export_desk import ExportDesk
from desktop.file_drop import FileDrop
from desktop.last_place import LastPlace
from desktop.models.wording import about_keeping, nothing_open
from desktop.page_images import PageImages
from desktop.session import Session
from desktop.settings import Settings
from desktop.tasks import TaskRunner
from desktop.views.blank_page import BlankPage
from desktop.views.findings_pane import FindingsPane
from desktop.views.pane import holds_focus, stack
from desktop.views.queue_pane import QueuePane
from desktop.views.report_strip import ReportStrip
from desktop.views.source_pane import SourcePane
from desktop.views.splitter import Splitter, queue_and_rest, source_and_tables, tables_and_findings
from desktop.views.status_line import StatusLine
from desktop.views.tables_pane import TablesPane
from desktop.views.workspace_bar import WorkspaceBar
from desktop.views.zero_sheet import ZeroSheet
from desktop.window_layout import WindowLayout


class MainWindow(QMainWindow):
    """Queue left, source in the middle, tables and findings right."""

    def __init__(self, session: Session, tasks: TaskRunner, settings: Settings) -> None:
        super().__init__()
        self.session, self._tasks, self._settings = session, tasks, settings
        self._is_giving_up = self._has_shown_report = False
        self.setWindowTitle(self.tr("年报核校"))
        self._images = PageImages(session.backend, tasks, self)
        self.queue, self.source = QueuePane(session, self), SourcePane(session, self._images, self)
        self.tables, self.findings = TablesPane(session, self._images, self), FindingsPane(session, self)
        self._blank, self._beside = BlankPage(session, self), BlankPage(session, self)
        self._pages, self._right = QStackedWidget(self), QStackedWidget(self)  # with or without source; report
        self._status, self.bar = StatusLine(session, self), WorkspaceBar(session.keeper, self)
        self.zero_sheet = ZeroSheet(session, self._images, tasks, self._pages, self.tables.focus_current)
        self._last_place = LastPlace(session, session.keeper, self)
        self.actions_, self.desk = Actions(self, session), Desk(self, session, tasks, settings)
        self._export_desk = ExportDesk(self, session, settings, self.tables.notice)
        self._strip = ReportStrip(session, self)
        self._place()
        self._wire()
        self._layout.restore()
        self._on_current_changed()

    def _place(self) -> None:
        self._report = Splitter(Qt.Orientation.Vertical, [self.tables, self.findings], tables_and_findings)
        self._reviewed = stack(self._strip, self._report)
        self._right.addWidget(self._reviewed)
        self._right.addWidget(self._beside)
        self._review = Splitter(Qt.Orientation.Horizontal, [self.source, self._right], source_and_tables)
        self._pages.addWidget(self._blank)
        self._pages.addWidget(self._review)
        self._whole = Splitter(Qt.Orientation.Horizontal, [self.queue, self._pages], queue_and_rest)
        self.queue.setMinimumWidth(160)
        self.setCentralWidget(stack(self.bar, self._whole))
        self.setStatusBar(self._status)
        parts = {"whole": self._whole, "review": self._review, "right": self._report}
        self._layout = WindowLayout(self, parts, self.queue, self._settings)

    def _wire(self) -> None:
        session, actions = self.session, self.actions_
        actions.build(
            self.desk.slots()
            | {
                "save": lambda: self._on_said("info", about_keeping(session.keeper)),
                "export": self._export_desk.export,
                "export_checked": self._export_desk.export_checked,
                "remove": self.queue.view.remove_current,
                "search_queue": self.queue.search,
                "edit": self.tables.edit_in_place,
                **self.tables.slots(),
                "printed": self._on_printed,
                "find": self.source.open_find_bar,
                "zoom_in": lambda: self.source.zoom(1),
                "zoom_out": lambda: self.source.zoom(-1),
                "fit_width": lambda: self.source.zoom(0),
                "turn_right": lambda: self.source.turn(1),
                "turn_left": lambda: self.source.turn(-1),
                "next_page": lambda: self.source.turn_page(1),
                "previous_page": lambda: self.source.turn_page(-1),
                "pages_or_text": self.source.switch,
                "fold_strip": self.source.fold_strip,
                "zero_sheet": self.zero_sheet.open,
                "next_finding": lambda: self.findings.view.step(1),
                "previous_finding": lambda: self.findings.view.step(-1),
                "next_report": lambda: self.queue.view.step(1),
                "previous_report": lambda: self.queue.view.step(-1),
                "next_pane": lambda: self._go_to_pane(1),
                "previous_pane": lambda: self._go_to_pane(-1),
                "fold_queue": self._layout.fold_queue,
            },
            self.desk.menus | {"orders": self.queue.orders},
        )
        self._strip.button.setDefaultAction(actions.heading)
        self.findings.offer(actions.convert)
        self.queue.add_buttons([actions.open_files, actions.open_folder])
        self.queue.view.add_menu([*actions.for_queue, None, actions.export])
        self.queue.view.entered_report.connect(self.tables.focus_current)
        self.source.pages.turned.connect(self.tables.turn)
        self.source.pages.turned.connect(self.zero_sheet.turn)
        self.source.add_actions(actions.for_pages)
        self.source.changed.connect(self._on_source_changed)
        self._beside.add_reading_buttons(session.stop_reading, session.resume_reading)
        self.tables.add_buttons([actions.undo, actions.redo, actions.export])
        self._blank.add_buttons([actions.open_files, actions.open_folder, actions.samples])
        FileDrop(self).dropped.connect(self.desk.add)
        session.current_changed.connect(self._on_current_changed)
        session.said.connect(self._on_said)
        session.nothing_open.connect(lambda entry: self._on_said("info", nothing_open(entry)))

    def _go_to_pane(self, step: int) -> None:
        panes = [self.queue.view, self.source.view, self.tables, self.findings.view]
        at = next((i for i, pane in enumerate(panes) if holds_focus(pane)), -1)
        for distance in range(1, len(panes) + 1):
            pane = panes[(at + step * distance) % len(panes)]
            if pane.isVisible():
                break
        pane.focus_current() if pane is self.tables else pane.setFocus()

    def _on_current_changed(self) -> None:
        has_report, was_in_queue = self.session.report is not None, holds_focus(self.queue)
        self._on_source_changed()
        if not (self._has_shown_report and was_in_queue):
            if has_report:
                self.tables.focus_current()
            else:
                (self.source.view if self.source.has_pages else self._blank).setFocus()
        self._has_shown_report |= has_report

    def _on_source_changed(self) -> None:
        """Show the pages of a file already, or still, when there is no report of it."""
        has_report = self.session.report is not None
        self._pages.setCurrentWidget(self._review if has_report or self.source.has_pages else self._blank)
        self._right.setCurrentWidget(self._reviewed if has_report else self._beside)
        self.actions_.renew_for_source(self.source.shows_pages and self.source.has_pages, self.source.has_pages)

    def _on_said(self, level: str, text: str) -> None:
        if level == "error" and self.session.report is not None:
            self.tables.notice.say(text, is_error=True)
        else:
            self.statusBar().showMessage(text, 8000)

    def _on_printed(self) -> None:
        """Explain the finding that is lit up, else the chosen cells."""
        if holds_focus(self.findings) or (self.session.finding is not None and self.findings.view.cells_to_explain):
            self.findings.view.explain()
        else:
            self.tables.explain()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.draw_icons()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._last_place.keep()
        if not self._is_giving_up and not self.session.keeper.settle():
            ask_to_close(self, self.session.keeper, self.close, self.let_go)
            event.ignore()
            return
        self._layout.keep()
        self.desk.close()
        self._images.close()
        self._tasks.close()
        self.session.keeper.close()
        super().closeEvent(event)

    def let_go(self) -> None:
        """Close without asking: what could not be kept is given up."""
        self._is_giving_up = True
        self.close()
