"""The window: places the panes and wires what they announce to what the session does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from desktop.actions import Actions
from desktop.dialogs.about import show_about, show_keys
from desktop.dialogs.closing import ask_to_close
from desktop.dialogs.files import ask_files, ask_folder, ask_workbook
from desktop.file_drop import FileDrop
from desktop.models.wording import address, nothing_open
from desktop.session import Session
from desktop.settings import Settings
from desktop.tasks import TaskRunner
from desktop.views.blank_page import BlankPage
from desktop.views.findings_pane import FindingsPane
from desktop.views.pane import holds_focus
from desktop.views.queue_pane import QueuePane
from desktop.views.source_view import SourcePane
from desktop.views.tables_pane import TablesPane


class MainWindow(QMainWindow):
    """Queue left, source in the middle, tables and findings right."""

    def __init__(self, session: Session, tasks: TaskRunner, settings: Settings) -> None:
        super().__init__()
        self.session, self._tasks, self._settings = session, tasks, settings
        self._is_giving_up = self._has_shown_report = False
        self.setWindowTitle(self.tr("年报核校"))
        self.queue, self.source = QueuePane(session, self), SourcePane(session, self)
        self.tables, self.findings = TablesPane(session, self), FindingsPane(session, self)
        self._blank, self._pages = BlankPage(session, self), QStackedWidget(self)
        self._where, self._left = QLabel(self), QLabel(self)
        self.actions_ = Actions(self, session)
        self._place()
        self._wire()
        self._restore()
        self._on_current_changed()

    def _place(self) -> None:
        right = _splitter(Qt.Orientation.Vertical, [self.tables, self.findings], [4, 1])
        self._review = _splitter(Qt.Orientation.Horizontal, [self.source, right], [4, 6])
        self._pages.addWidget(self._blank)
        self._pages.addWidget(self._review)
        self._whole = _splitter(Qt.Orientation.Horizontal, [self.queue, self._pages], [1, 6])
        self._right = right
        self.queue.setMinimumWidth(150)
        self.setCentralWidget(self._whole)
        self.statusBar().addWidget(self._where, 1)
        self.statusBar().addPermanentWidget(self._left)
        self.statusBar().setSizeGripEnabled(False)
        self._whole.setSizes([208, 1158])

    def _wire(self) -> None:
        session, actions = self.session, self.actions_
        actions.build(
            {
                "open_files": lambda: ask_files(self, self._settings, session.add),
                "open_folder": lambda: ask_folder(self, self._settings, session.add),
                "export": self._on_export,
                "edit": self.tables.edit_in_place,
                "clear": self.tables.clear_selected,
                "find": self.source.open_find_bar,
                "next_finding": lambda: self.findings.view.step(1),
                "previous_finding": lambda: self.findings.view.step(-1),
                "next_report": lambda: self.queue.view.step(1),
                "previous_report": lambda: self.queue.view.step(-1),
                "next_pane": lambda: self._go_to_pane(1),
                "previous_pane": lambda: self._go_to_pane(-1),
                "fold_queue": lambda: self.queue.setVisible(not self.queue.isVisible()),
                "keys": lambda: show_keys(self),
                "about": lambda: show_about(self),
            }
        )
        self.queue.add_buttons([actions.open_files, actions.open_folder])
        self.tables.add_buttons([actions.undo, actions.redo, actions.export])
        self._blank.add_buttons([actions.open_files, actions.open_folder])
        FileDrop(self).dropped.connect(session.add)
        session.current_changed.connect(self._on_current_changed)
        session.cell_changed.connect(self._on_moved)
        session.assessed.connect(self._renew_status)
        session.said.connect(self._on_said)
        session.nothing_open.connect(lambda entry: self._on_said("info", nothing_open(entry)))

    def _restore(self) -> None:
        self.resize(1366, 728)
        for name, part in self._parts().items():
            state = self._settings.layout(name)
            if state is not None:
                part.restoreState(state)
        geometry = self._settings.layout("window")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _parts(self) -> dict[str, QSplitter]:
        return {"whole": self._whole, "review": self._review, "right": self._right}

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
        self._pages.setCurrentWidget(self._review if has_report else self._blank)
        self._on_moved()
        if not (self._has_shown_report and was_in_queue):
            self.tables.focus_current() if has_report else self._blank.setFocus()
        self._has_shown_report |= has_report

    def _on_moved(self) -> None:
        self.statusBar().clearMessage()  # it was about the cell or report just left
        self._renew_status()

    def _renew_status(self) -> None:
        entry, key = self.session.entry, self.session.key
        if entry is None or entry.report is None:
            self._where.setText("")
            self._left.setText("")
            return
        report = entry.report
        year = self.tr("{0} 年").format(report.year) if report.year else ""
        parts = [f"{report.issuer or entry.path.stem} {year}".strip()]
        if key is not None:
            parts += [entry.form.table(key.table).sheet, address(entry, key)]
        self._where.setText(" › ".join(parts))
        left = self.tr("还有 {0} 处存疑").format(len(entry.open)) if entry.open else self.tr("没有存疑")
        errors = self.tr(" · {0} 处不符").format(entry.error_count) if entry.error_count else ""
        self._left.setText(left + errors)

    def _on_said(self, level: str, text: str) -> None:
        if level == "error" and self.session.report is not None:
            self.tables.notice.say(text, is_error=True)
        else:
            self.statusBar().showMessage(text, 8000)

    def _on_export(self) -> None:
        entry = self.session.entry
        if entry is not None and entry.report is not None:
            ask_workbook(self, self._settings, self.session.proposed_name(), entry.path.parent, self.session.export)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.draw_icons()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.unsaved and not self._is_giving_up:
            ask_to_close(self, self.session.unsaved, self.let_go)
            event.ignore()
            return
        for name, part in self._parts().items():
            self._settings.remember_layout(name, part.saveState())
        self._settings.remember_layout("window", self.saveGeometry())
        self._tasks.close()
        super().closeEvent(event)

    def let_go(self) -> None:
        """Close without asking: the work that is in no workbook is given up."""
        self._is_giving_up = True
        self.close()


def _splitter(orientation: Qt.Orientation, widgets: list[QWidget], shares: list[int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(5)
    splitter.setChildrenCollapsible(False)
    for place, (widget, share) in enumerate(zip(widgets, shares, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(place, share)
    return splitter
