"""The window: places the panes and wires what they announce to what the session does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.actions import Actions
from desktop.desk import Desk
from desktop.export_desk import ExportDesk
from desktop.last_place import LastPlace
from desktop.models.wording import about_keeping, nothing_open
from desktop.painted_first import PaintedFirst
from desktop.session import Session
from desktop.settings import Settings
from desktop.tasks import TaskRunner
from desktop.views.blank_page import BlankPage
from desktop.views.pane import NoticeBar, holds_focus, stack
from desktop.views.queue_pane import QueuePane
from desktop.views.splitter import Splitter, queue_and_rest
from desktop.views.status_line import StatusLine
from desktop.views.workspace_bar import WorkspaceBar
from desktop.window_layout import WindowLayout
from parser.paths import own_workspace

if TYPE_CHECKING:
    from desktop.review_page import ReviewPage

_IN_REVIEW = (
    *("edit", "clear", "copy", "paste", "fill_down", "confirm", "printed", "find", "zoom_in", "zoom_out", "fit_width"),
    *("turn_right", "turn_left", "next_page", "previous_page", "pages_or_text", "fold_strip", "zero_sheet"),
    *("next_finding", "previous_finding", "next_tab", "previous_tab"),
)


class MainWindow(PaintedFirst):
    """The queue left, and beside it the page of the current report, or what to do when there is none."""

    def __init__(self, session: Session, tasks: TaskRunner, settings: Settings) -> None:
        super().__init__(tasks)
        self.session, self._settings = session, settings
        self._is_giving_up = self._has_shown_report = False
        self.queue, self._blank, self._pages = QueuePane(session, self), BlankPage(session, self), QStackedWidget(self)
        self._status, self.bar = StatusLine(session, self), WorkspaceBar(session.keeper, self)
        self._last_place = LastPlace(session, session.keeper, self)
        self.actions_, self.desk = Actions(self, session), Desk(self, session, tasks, settings, self.bar)
        self._export_desk = ExportDesk(self, session, settings, lambda: self.tables.notice)
        self._place()
        self._wire()
        self._layout.restore()
        self._on_current_changed()

    def _place(self) -> None:
        self._pages.addWidget(self._blank)
        whole = Splitter(Qt.Orientation.Horizontal, [self.queue, self._pages], queue_and_rest)
        self.queue.setMinimumWidth(160)
        self.setCentralWidget(stack(self.bar, whole))
        self.setStatusBar(self._status)
        self._layout = WindowLayout(self, self.queue, self._settings)
        self._layout.take({"whole": whole})

    def _wire(self) -> None:
        session, actions = self.session, self.actions_
        actions.build(self._slots(), lambda: self.desk.menus | {"orders": self.queue.orders})
        self.queue.add_buttons([actions.open_files, actions.open_folder])
        self._blank.add_buttons([actions.open_files, actions.open_folder, actions.samples])
        actions.completed.connect(self._on_actions_completed)
        self.painted.connect(actions.complete)
        self.queue.view.entered_report.connect(self._on_entered)
        self.queue.view.typed_password.connect(self._blank.type_password)
        session.entries_added.connect(lambda _first, _last: self.furnish())
        session.current_changed.connect(self._on_current_changed)
        session.said.connect(self._on_said)
        session.nothing_open.connect(lambda entry: self._on_said("info", nothing_open(entry)))

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            **(self.desk.slots() | self.queue.slots() | self._export_desk.slots()),
            **{name: partial(self._do_in_review, name) for name in _IN_REVIEW},
            "save": lambda: self._on_said("info", about_keeping(self.session.keeper)),
            "next_pane": lambda: self._go_to_pane(1),
            "previous_pane": lambda: self._go_to_pane(-1),
            "fold_queue": self._layout.fold_queue,
        }

    def _on_actions_completed(self) -> None:
        actions = self.actions_
        self.queue.view.add_menu([*actions.for_queue, None, actions.check, actions.export])
        self._blank.offer_for_unreadable(actions.for_unreadable)

    def _build_review(self) -> ReviewPage:
        from desktop.file_drop import FileDrop
        from desktop.review_page import ReviewPage

        self.actions_.complete()
        FileDrop(self).dropped.connect(self.desk.add)
        page = ReviewPage(self.session, self._tasks, self.actions_, self._pages)
        self._pages.addWidget(page)
        self._layout.take({"review": page, "right": page.report})
        page.changed.connect(self._on_source_changed)
        page.tables.narrative_shown.connect(self._status.show_narrative)
        page.zero_sheet.shown.connect(self._status.show_sheet)
        return page

    def _on_entered(self) -> None:
        self.tables.focus_current() if self.session.report is not None else self._blank.setFocus()

    def _do_in_review(self, what: str) -> None:
        self.review.slots()[what]()

    # ── keeping up ───────────────────────────────────────────────────────────────────
    def _go_to_pane(self, step: int) -> None:
        notice = self.tables.notice
        whole = [self.bar, self.queue, self.source, notice, self.tables, self.findings]
        panes = [self.bar, self.queue.view, self.source.view, notice, self.tables, self.findings.view]
        at = next((i for i, pane in enumerate(whole) if holds_focus(pane)), -1)
        for distance in range(1, len(panes) + 1):
            pane = panes[(at + step * distance) % len(panes)]
            if pane.isVisible():
                break
        if isinstance(pane, NoticeBar):
            pane.take_keyboard()
        else:
            pane.focus_current() if pane is self.tables else pane.setFocus()

    def _on_current_changed(self) -> None:
        has_report, was_in_queue = self.session.report is not None, holds_focus(self.queue)
        self._renew_title()
        self._on_source_changed()
        if not (self._has_shown_report and was_in_queue):
            if has_report:
                self.tables.focus_current()
            else:
                (self.source.view if self._has_pages else self._blank).setFocus()
        self._has_shown_report |= has_report

    def _renew_title(self) -> None:
        """Name the file and, where it is not the clerk's own one, the workspace."""
        entry, folder = self.session.entry, self.session.keeper.folder
        names = [entry.path.name] if entry is not None else []
        if folder != own_workspace().absolute():
            names.append(self.tr("工作区 {0}").format(folder.name))
        self.setWindowTitle(" — ".join([*names, self.tr("年报核校")]))

    @property
    def _has_pages(self) -> bool:
        return self._review is not None and self._review.source.has_pages

    def _on_source_changed(self) -> None:
        """Show the pages of a file already, or still, when there is no report of it."""
        is_there = self.session.report is not None or self._has_pages
        self._pages.setCurrentWidget(self.review if is_there else self._blank)

    def _on_said(self, level: str, text: str) -> None:
        if level == "error" and self.session.report is not None:
            self.tables.notice.say(text, is_error=True)
        else:
            self.statusBar().showMessage(text, 8000)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.draw_icons()
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and hasattr(self, "actions_"):
            self.session.look_at_source()  # it may have been changed in another program …
            self.session.inbox.sources.check(self.session.entries)  # … and so may the others

    def closeEvent(self, event: QCloseEvent) -> None:
        from desktop.views.cell_delegate import leave_editor

        if not self._is_giving_up and not leave_editor():  # what is no value, or half composed, has to be seen to
            words = self.tr("正在输入的内容还没有完成：按 Enter 确认或按 Esc 放弃，再关闭窗口")
            self.statusBar().showMessage(words, 8000)
            event.ignore()
            return
        self.session.turning_away.emit()
        self._last_place.keep()
        if not self._is_giving_up and not self.session.keeper.settle():
            from desktop.dialogs.closing import ask_to_close

            ask_to_close(self, self.session.keeper, self.close, self.let_go)
            event.ignore()
            return
        self._layout.keep()
        self.desk.close()
        if self._review is not None:
            self._review.images.close()
        self._tasks.close()
        self.session.keeper.close()
        super().closeEvent(event)

    def let_go(self) -> None:
        """Close without asking: what could not be kept is given up."""
        self._is_giving_up = True
        self.close()
