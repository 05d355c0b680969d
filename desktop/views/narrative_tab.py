"""The tab of the prose: to read, with its figures beside the tables, and a section of it to change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.entries import Entry
from desktop.models.narrative_model import NarrativeModel
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.narrative_editor import NarrativeEditor
from desktop.views.narrative_view import NarrativeView
from desktop.views.pane import CHAPTER, ElidedLabel, holds_focus
from parser.model.report import Edit


class NarrativeTab(QWidget):
    """Follows the session; ``cell_asked`` wants a cell of the tables in sight, ``asks_to_be_seen`` this tab."""

    cell_asked = Signal(object)  # a CellKey
    asks_to_be_seen = Signal()  # something happened here
    editing = Signal(str)  # the section that is being changed
    section_seen = Signal(str)  # another section is in sight
    left = Signal()  # something else is in sight in its place

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(CHAPTER, "prose")
        self._session = session
        self._seen: str | None = None
        self._at = 0  # how far down the text was when the editor took its place
        self.model = NarrativeModel(session, self)
        self.view, self.editor = NarrativeView(session, self.model, self), NarrativeEditor(self)
        self._head, self._pages = QWidget(self), QStackedWidget(self)
        self.line, self._edit = ElidedLabel("", self._head), QPushButton(self.tr("修改  F2"), self._head)
        self._build()
        self._wire()
        self._renew()

    def _build(self) -> None:
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.editor)
        self._edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 4, 8, 4)
        head.setSpacing(8)
        head.addWidget(self.line, 1)
        head.addWidget(self._edit)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.view)

    def _wire(self) -> None:
        session, view, editor = self._session, self.view, self.editor
        view.figure_chosen.connect(lambda row: self.cell_asked.emit(self.model.figure(row).keys[0]))
        view.edit_asked.connect(self.edit)
        view.at_figure.connect(self._say)
        view.at_figure.connect(self._note_section)
        view.verticalScrollBar().valueChanged.connect(self._note_section)
        self._edit.clicked.connect(self.edit_in_sight)
        editor.kept.connect(lambda number, text: session.changes.rewrite(session.entry, number, text))
        editor.finished.connect(self._finish)
        self.model.modelReset.connect(self._renew)
        session.assessed.connect(self._renew)
        session.current_changed.connect(self._on_current_changed)
        session.changes.made.connect(self._on_changed)

    @property
    def is_editing(self) -> bool:
        """Whether a section is being changed."""
        return self._pages.currentWidget() is self.editor

    def edit_in_sight(self) -> None:
        """Change the section of the link the keyboard stands on, else the one in sight."""
        if not self.is_editing and self.view.section is not None:
            self.edit(self.view.section)

    def edit(self, number: str) -> None:
        """Change a section, unless it may not be changed."""
        entry = self._session.entry
        if entry is None or entry.report is None or not self._session.changes.may_rewrite(entry):
            return
        section = next(section for section in entry.form.sections if section.number == number)
        self._at = self.view.verticalScrollBar().value()
        self._pages.setCurrentWidget(self.editor)
        self.setFocusProxy(self.editor.field)
        self._head.hide()  # the editor has its own
        text = entry.report.sections.get(number) or ""
        self.editor.open(number, f"{section.ordinal}、{section.title.text}", text)
        self.editing.emit(number)

    def _finish(self) -> None:
        if not self.is_editing:
            return
        had_focus = holds_focus(self.editor)
        self.editor.close_section()
        self._pages.setCurrentWidget(self.view)
        self.setFocusProxy(self.view)
        if had_focus:
            self.view.setFocus()
        self._renew()
        self._column.activate()  # only with as much room as it had is the text where it was
        self.view.verticalScrollBar().setValue(self._at)

    # ── keeping up ───────────────────────────────────────────────────────────────────
    def _on_current_changed(self) -> None:
        self._seen = None
        self._finish()
        self._renew()

    def _note_section(self) -> None:
        """Tell when another section has come into sight."""
        section = self.view.section if self.view.isVisible() else None
        if section is not None and section != self._seen:
            self._seen = section
            self._name_section(section)
            self.section_seen.emit(section)

    def _name_section(self, number: str) -> None:
        """Say on the button which section F2 opens."""
        sections = self._session.entry.form.sections if self._session.entry is not None else ()
        ordinal = next((section.ordinal for section in sections if section.number == number), "")
        self._edit.setText(self.tr("修改第{0}部分  F2").format(ordinal))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen = None
        self._note_section()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.window().isVisible():
            self.left.emit()

    def _on_changed(self, entry: Entry, edits: Sequence[Edit]) -> None:
        """Show where a section was changed, undone or done again."""
        numbers = [edit.key.section for edit in edits if edit.key.section]
        if not numbers or entry is not self._session.entry or entry.report is None:
            return
        text = entry.report.sections.get(numbers[0]) or ""
        if self.is_editing and self.editor.section == numbers[0]:
            self.editor.take(text)
        elif self.is_editing:
            self._finish()
        self.asks_to_be_seen.emit()
        if not self.is_editing:
            self.view.reveal_section(numbers[0])

    def _renew(self) -> None:
        entry = self._session.entry
        has_all = entry is not None and entry.report is not None and entry.is_complete
        self._head.setVisible(not self.is_editing)
        self._edit.setVisible(has_all)
        self._say(-1)

    def _say(self, row: int) -> None:
        """Say of the figure the keyboard stands on whether it agrees, else how many do."""
        if 0 <= row < self.model.rowCount():
            self.line.setText(self.tr("{0}　Enter 到单元格").format(self.model.about(self.model.figure(row))))
        else:
            self.line.setText(self.model.summary())
        self.line.setToolTip(self.line.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme_of(self.palette()).base))
            painter.setPen(QColor(theme_of(self.palette()).line))
            painter.drawLine(0, self._pages.y() - 1, self.width(), self._pages.y() - 1)
