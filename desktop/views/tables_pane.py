"""The three tables and the running text of the current report, under the bar of the current cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from desktop.dialogs.printed import ask_why_printed
from desktop.entries import Source
from desktop.models.wording import about_source, about_twins, address
from desktop.page_images import PageImages
from desktop.session import Session
from desktop.soon import soon
from desktop.upright import Turns
from desktop.views.block_edits import BlockEdits
from desktop.views.cell_bar import CellBar
from desktop.views.cell_delegate import CellDelegate
from desktop.views.form_table import FormTable
from desktop.views.lens import Lens
from desktop.views.narrative_tab import NarrativeTab
from desktop.views.pane import CHAPTER, NoticeBar, PaneTop, holds_focus
from parser.model.report import CellKey
from parser.templates.load import templates


class TablesPane(QWidget):
    """Tabs follow the current cell; choosing a tab makes its current cell the session's."""

    narrative_shown = Signal(bool)  # the running text has come into sight, or a table has

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(CHAPTER, "review")
        self._session = session
        self.notice = NoticeBar(self)
        self._twins: tuple[Path, ...] = ()  # the doubles that the notice has named …
        self._twins_words = ""  # … and how
        self._source = Source.SAME  # what the notice has said of the file
        self.cell_bar = CellBar(session, images, self)
        self.cell_bar.suggestion_chosen.connect(session.review.accept_suggestion)
        self.tables = [FormTable(session, table.key, self) for table in templates()[-1].tables]
        self.lenses = [Lens(table, session, images) for table in self.tables]
        self._names = [table.sheet for table in templates()[-1].tables]
        self.narrative = NarrativeTab(session, self)
        self._is_new_finding = False  # a finding has been chosen, and nothing was shown of it yet
        self._tabs, self._pages = QTabBar(self), QStackedWidget(self)
        self._buttons = QHBoxLayout()
        self._build()
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._tabs.tabBarClicked.connect(self._on_tab_clicked)
        session.current_changed.connect(self._on_current_changed)
        session.entry_changed.connect(self._on_entry_changed)
        session.assessed.connect(self._renew_counts)
        session.finding_changed.connect(self._on_finding_changed)
        session.cell_changed.connect(self._on_cell_changed)
        self.narrative.cell_asked.connect(self._show_cell)
        self.narrative.asks_to_be_seen.connect(self._show_narrative)

    def _build(self) -> None:
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setDocumentMode(True)
        for name, table in zip(self._names, self.tables, strict=True):
            self._tabs.addTab(name)
            table.setAccessibleName(name)
            delegate = table.itemDelegate()
            assert isinstance(delegate, CellDelegate)
            delegate.dropped.connect(self._on_dropped)
            table.editing_changed.connect(lambda table=table: self.cell_bar.set_editing(table.is_editing))
            self._pages.addWidget(table)
        self._tabs.addTab(self.tr("正文"))
        self._pages.addWidget(self.narrative)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 4, 0)
        top.setSpacing(2)
        top.addWidget(self._tabs, 1)
        top.addLayout(self._buttons)
        head = PaneTop(self)
        head.setLayout(top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.cell_bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self.notice)  # where it moves nothing that the clerk may be about to click on

    def turn(self, turns: Turns) -> None:
        """Show the pieces of pages turned so."""
        for crop in (self.cell_bar.crop, *(lens.crop for lens in self.lenses)):
            crop.turn(turns)

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put actions at the right end of the tabs."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            self._buttons.addWidget(button)

    @property
    def current_table(self) -> FormTable | None:
        """The table in sight, None while the running text is."""
        page = self._pages.currentWidget()
        return page if isinstance(page, FormTable) else None

    def edit_in_place(self) -> None:
        """Open the editor on the current cell, its text kept; in the running text on the section in sight."""
        if self.current_table is not None:
            self.current_table.edit_in_place()
        else:
            self.narrative.edit_in_sight()

    def slots(self) -> dict[str, Callable[[], object]]:
        """Return what menus do to the selection of the table in sight, and the ways to the other tables."""
        return {
            "clear": lambda: self._with_blocks(BlockEdits.clear),
            "copy": lambda: self._with_blocks(BlockEdits.copy),
            "paste": lambda: self._with_blocks(BlockEdits.paste),
            "fill_down": lambda: self._with_blocks(BlockEdits.fill_down),
            "confirm": lambda: self._with_blocks(lambda blocks: self._session.review.confirm(blocks.keys())),
            "next_tab": lambda: self._step_tab(1),
            "previous_tab": lambda: self._step_tab(-1),
        }

    def explain(self) -> None:
        """Ask why the selected cells are as they are."""
        self._with_blocks(lambda blocks: ask_why_printed(self, self._session, blocks.keys()))

    def _with_blocks(self, work: Callable[[BlockEdits], object]) -> None:
        if self.current_table is not None:
            work(self.current_table.blocks)
        else:
            self._session.said.emit("info", self.tr("正文里没有单元格；先按 Ctrl+Tab 换到表格"))

    def focus_current(self) -> None:
        """Give the keyboard to what is in sight."""
        self._pages.currentWidget().setFocus()

    def _on_dropped(self, text: str) -> None:
        """Say that what was typed was not taken, once the click that left the field has led where it leads."""
        entry, key = self._session.entry, self._session.key
        where = address(entry, key) if entry is not None and key is not None else ""
        words = self.tr("“{0}”不是数，没有改：{1}还是原来的").format(text, where)
        soon(self, lambda: self._session.said.emit("info", words))

    def _on_tab_clicked(self, number: int) -> None:
        """Show what the tab stands for, and give it the keyboard."""
        if number >= 0:
            self._tabs.setCurrentIndex(number)
            self.focus_current()

    def _step_tab(self, step: int) -> None:
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + step) % self._tabs.count())
        self.focus_current()

    def _on_tab_changed(self, number: int) -> None:
        had_focus = holds_focus(self._pages)
        self._pages.setCurrentIndex(number)
        self.cell_bar.setVisible(number < len(self.tables))
        self.narrative_shown.emit(number == len(self.tables))
        table = self.current_table
        if table is not None and (self._session.key is None or self._session.key.table != table.name):
            table.enter()
        if had_focus:
            self.focus_current()

    def _on_current_changed(self) -> None:
        self.notice.hide()
        self._twins, self._source = (), Source.SAME
        self._say_twins()
        self._say_source()
        self._renew_counts()
        self._on_cell_changed()  # before anything gets the keyboard: a table without a current cell would choose one

    def _on_entry_changed(self, position: int) -> None:
        if position == self._session.position:
            self._say_twins()
            self._say_source()

    def _say_source(self) -> None:
        """Say once that the file is no longer what was read of it."""
        entry = self._session.entry
        if entry is not None and entry.source is not self._source:
            self._source = entry.source
            again = (self.tr("重新读取"), self._session.read_again)
            self.notice.say(about_source(entry), False, [again] if entry.source is Source.CHANGED else [])
            self.notice.setVisible(entry.source is not Source.SAME)

    def _say_twins(self) -> None:
        """Say once that other files are about the same office and year."""
        entry = self._session.entry
        if entry is not None and entry.twins != self._twins:
            is_about_twins = self.notice.label.text() == self._twins_words
            self._twins, self._twins_words = entry.twins, about_twins(entry)
            if self._twins_words:
                self.notice.say(self._twins_words, is_error=False)
            elif is_about_twins:
                self.notice.hide()

    def _on_finding_changed(self) -> None:
        self._is_new_finding = self._session.finding is not None

    def _on_cell_changed(self) -> None:
        is_new, self._is_new_finding = self._is_new_finding, False
        finding, prose = self._session.finding, self.narrative.model
        if is_new and (prose.place_of(finding) is not None or prose.section_of(finding) is not None):
            self._show_narrative()
        else:
            self._show_table_of(self._session.key)

    def _show_cell(self, key: CellKey) -> None:
        """Go to a cell from the running text."""
        self._session.go_to(key)
        self._show_table_of(key)

    def _show_table_of(self, key: CellKey | None) -> None:
        number = next((i for i, table in enumerate(self.tables) if key and table.name == key.table), -1)
        self._show_tab(number)

    def _show_narrative(self) -> None:
        self._show_tab(len(self.tables))

    def _show_tab(self, number: int) -> None:
        if number < 0 or number == self._tabs.currentIndex():
            return
        had_focus = holds_focus(self._pages)
        self._tabs.setCurrentIndex(number)
        if had_focus:
            self.focus_current()

    def _renew_counts(self) -> None:
        entry = self._session.entry
        for number, (name, table) in enumerate(zip(self._names, self.tables, strict=True)):
            count = sum(key.table == table.name for key in entry.open) if entry else 0
            words = f"{name}  {count}" if count else name
            if words == self._tabs.tabText(number):
                continue
            self._tabs.setTabText(number, words)
            self._tabs.setTabToolTip(number, self.tr("{0} 处存疑").format(count) if count else "")
