"""The source of the current report: its pages where it has any, its text otherwise."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.models.wording import about_lock
from desktop.page_images import PageImages
from desktop.session import Session
from desktop.unlocking import is_waiting
from desktop.views.page_pane import PagePane
from desktop.views.page_view import PageView
from desktop.views.pane import CHAPTER, NoticeBar, holds_focus
from desktop.views.password_form import PasswordForm
from desktop.views.source_header import PAGES, TEXT, SourceHeader
from desktop.views.source_view import SourceView
from desktop.views.text_pane import TextPane
from desktop.whereabouts import page_of_section


class SourcePane(QWidget):
    """Shows either view under one heading; the one in sight is called ``source_view``."""

    changed = Signal()  # the file has pages or has none, after all; or the other view is in sight

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(CHAPTER, "source")
        self._session, self._images = session, images
        self._header, self._notice = SourceHeader(self), NoticeBar(self)
        self.text, self.pages = TextPane(session, self), PagePane(session, images, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.text)
        self._wants_text = self._came_to_find = False
        self._form = PasswordForm(session, self)
        self._form.setContentsMargins(12, 8, 12, 8)
        self._form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._header, self._notice, self._form):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        self._header.view_chosen.connect(self._on_view_chosen)
        self._header.page_field.chosen.connect(self.pages.view.go_to_page)
        self.pages.view.page_changed.connect(self._on_page_changed)
        self.text.find_closed.connect(self._on_find_closed)
        images.opened.connect(self._renew)
        images.failed.connect(self._renew)
        session.current_changed.connect(self._on_current_changed)
        session.report_grew.connect(self._renew)
        images.locked.connect(session.unlocking.on_pages_locked)
        self._renew()

    def add_actions(self, actions: list[tuple[QAction | None, str]]) -> None:
        """Put buttons for pages into the heading; see ``SourceHeader``."""
        self._header.add_actions(actions)
        self._renew()

    @property
    def has_pages(self) -> bool:
        """Whether the current file is made of pages that can be shown, as far as is known."""
        return self._images.may_show(self._session.entry)

    @property
    def shows_pages(self) -> bool:
        """Whether pages are in sight."""
        return self._stack.currentWidget() is self.pages

    @property
    def view(self) -> PageView | SourceView:
        """The view in sight."""
        return self.pages.view if self.shows_pages else self.text.view

    @property
    def find_bar(self) -> QWidget:
        """The bar that finds text."""
        return self.text.find_bar

    # ── what the clerk asks for ──────────────────────────────────────────────────────
    def open_find_bar(self) -> None:
        """Find in the text; over pages, in the text that was read off them."""
        if self.shows_pages:
            self._came_to_find = True
            self._show_text(True)
        self.text.open_find_bar()

    def switch(self) -> None:
        """Show the text of the pages, or the pages again."""
        if self.has_pages:
            self._show_text(self.shows_pages)

    def zoom(self, steps: int) -> None:
        """Enlarge the view in sight, reduce it with negative steps, fit it to the width with 0."""
        if steps:
            self.view.zoom_by(steps)
        else:
            self.view.fit_width()

    def turn(self, quarters: int) -> None:
        """Turn the pages clockwise by so many quarters."""
        if self.shows_pages:
            self.pages.turn(quarters)

    def fold_strip(self) -> None:
        """Show or fold the list of pages."""
        if self.shows_pages:
            self.pages.show_strip(not self.pages.strip.isVisible())

    def reveal_section(self, number: str) -> None:
        """Bring a section of the prose into sight; of pages the one on which it is likely to begin."""
        self.text.reveal_section(number)
        entry = self._session.entry
        page = page_of_section(entry, number) if entry is not None and self.shows_pages else None
        if page is not None:
            self.pages.view.go_to_page(page)

    def reveal_cell(self) -> None:
        """Bring the current cell into sight again."""
        self.text.reveal_cell()
        self.pages.reveal_cell()

    def turn_page(self, step: int) -> None:
        """Go to the next (1) or previous (-1) page."""
        if self.shows_pages:
            self.pages.view.go_to_page(self.pages.view.page + step)

    # ── keeping up ───────────────────────────────────────────────────────────────────
    def _on_current_changed(self) -> None:
        self._wants_text = self._came_to_find = False
        self._renew()

    def _on_view_chosen(self, which: int) -> None:
        self._came_to_find = False
        self._show_text(which == TEXT)

    def _on_find_closed(self) -> None:
        if self._came_to_find:
            self._came_to_find = False
            self._show_text(False)

    def _show_text(self, is_wanted: bool) -> None:
        had_focus = holds_focus(self._stack)
        self._wants_text = is_wanted and self._session.report is not None
        self._renew()
        if had_focus:
            self.view.setFocus()

    def _on_page_changed(self, page: int) -> None:
        self._header.page_field.show_page(page, len(self._images.sizes))

    def _renew(self) -> None:
        entry, report = self._session.entry, self._session.report
        shows_text = not self.has_pages or self._wants_text
        self._stack.setCurrentWidget(self.text if shows_text else self.pages)
        self.text.view.setObjectName("source_view" if shows_text else "source_text")
        self.pages.view.setObjectName("source_pages" if shows_text else "source_view")
        self._header.show_kind(self.has_pages, shows_text, has_text=report is not None)
        self._header.tabs.setTabToolTip(PAGES, entry.path.name if entry else "")
        self._header.tabs.setTabToolTip(TEXT, self.tr("从页面上识别出的文字（Ctrl+T）"))
        self._header.set_detail(report.source if report and shows_text else "")
        self._say_failure()
        self.changed.emit()

    def _say_failure(self) -> None:
        failure, entry = self._images.failure, self._session.entry
        is_locked = entry is not None and entry.report is not None and is_waiting(entry)
        self._form.setVisible(is_locked)
        if entry is not None and is_locked:
            self._form.ask(entry)
            self._notice.say(about_lock(entry), is_error=entry.lock.is_wrong)
        elif failure is not None and self._session.report is not None:
            self._notice.say(self.tr("页面显示不了：{0}").format(failure), is_error=True)
        else:
            self._notice.hide()
