"""The text of the report exactly as it came, with the current cell's place lit up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QTextCharFormat, QTextCursor, QTextFormat, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop.palette import tabular, theme_of
from desktop.session import Session
from desktop.views.find_bar import FindBar
from desktop.views.pane import PaneHeader
from desktop.views.source_text import SourceText
from parser.model.place import TextSpan
from parser.model.report import CellKey

Selection = QTextEdit.ExtraSelection


class SourceView(QPlainTextEdit):
    """Read-only text; ``clicked`` announces the Qt position of a click that selected nothing."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_view")
        self.setAccessibleName(self.tr("原文"))
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFont(tabular(self.font()))
        self.document().setDocumentMargin(12)
        self._source = SourceText("", {})

    def set_source(self, source: SourceText) -> None:
        """Show another text."""
        self._source = source
        self.setPlainText(source.shown)

    def toPlainText(self) -> str:
        """Return the text as it came; the document holds wide spaces for its tabs."""
        return self._source.text

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is selected as it stands in the source, tabs and all."""
        cursor, data = self.textCursor(), QMimeData()
        start, end = self._source.point(cursor.selectionStart()), self._source.point(cursor.selectionEnd())
        data.setText(self._source.text[start:end])
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.clicked.emit(self.cursorForPosition(event.position().toPoint()).position())

    def selection(self, start: int, end: int, colour: str, ink: str = "", bold: bool = False) -> Selection:
        """Return a highlight of the Qt positions from ``start`` to ``end``."""
        mark = Selection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor  # type: ignore[attr-defined]
        style = QTextCharFormat()
        style.setBackground(QColor(colour))
        if ink:
            style.setForeground(QColor(ink))
        if bold:
            style.setFontWeight(QFont.Weight.Bold)
        mark.format = style  # type: ignore[attr-defined]
        return mark

    def line(self, position: int, colour: str) -> Selection:
        """Return a highlight of the whole line at a Qt position."""
        mark = self.selection(position, position, colour)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
        return mark

    def reveal(self, position: int) -> None:
        """Scroll so that the position is well inside the view."""
        self.setTextCursor(self._cursor(position))
        seen = self.cursorRect(self._cursor(position))
        height = self.viewport().height()
        if not height // 6 < seen.top() < height * 5 // 6:
            self.centerCursor()

    def _cursor(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return cursor


class SourcePane(QWidget):
    """The source view with its heading and its find bar."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._header = PaneHeader(self.tr("原文"), self)
        self.view, self.find_bar = SourceView(self), FindBar(self)
        self._source = SourceText("", {})
        self._found: list[int] = []
        self._at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self.view.clicked.connect(self._on_clicked)
        self.find_bar.changed.connect(self._on_find_changed)
        self.find_bar.step.connect(self._on_find_step)
        self.find_bar.closed.connect(self._on_find_closed)
        session.current_changed.connect(self._on_current_changed)
        session.cell_changed.connect(self._on_cell_changed)
        session.finding_changed.connect(self._highlight)
        session.assessed.connect(self._highlight)

    def open_find_bar(self) -> None:
        """Open the find bar with the selected text."""
        self.find_bar.open_bar(self.view.textCursor().selectedText())

    def _on_current_changed(self) -> None:
        report = self._session.report
        text = report.text if report else ""
        is_other = text != self._source.text
        self._source = SourceText(text, report.cells if report else {})
        if is_other:
            self.view.set_source(self._source)
        self._header.set_detail(report.source if report else "")
        self._found = []
        self._highlight()

    def _on_cell_changed(self) -> None:
        self._highlight()
        place = self._place_to_show()
        if place is not None:
            self.view.reveal(self._source.units(place.start))

    def _place_to_show(self) -> TextSpan | None:
        """Return the place of the current cell; of the last one before it when the source ends too early."""
        entry, place = self._session.entry, None
        if entry is None or entry.report is None or self._session.key is None:
            return None
        for key in entry.form.fields:
            here = entry.report.cells[key].place
            place = here if isinstance(here, TextSpan) else place
            if key == self._session.key:
                break
        return place

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_at"):
            self._highlight()

    def _on_clicked(self, position: int) -> None:
        key = self._source.key_at(position)
        if key is not None:
            self._session.go_to(key)

    def _highlight(self) -> None:
        marks = self._marks_of_cells() + self._marks_of_search()
        self.view.setExtraSelections(marks)

    def _marks_of_cells(self) -> list[Selection]:
        session, theme = self._session, theme_of(self.palette())
        entry = session.entry
        if entry is None or entry.report is None:
            return []
        marks = [self._mark(key, theme.accent_soft) for key in session.lit]
        marks += [self._mark(key, theme.doubt_soft, theme.text) for key in entry.open]
        cell = session.cell
        if cell is not None and isinstance(cell.place, TextSpan):
            marks.insert(0, self.view.line(self._source.units(cell.place.start), theme.lit))
            assert session.key is not None
            marks.append(self._mark(session.key, theme.accent, theme.on_accent))
        return [mark for mark in marks if mark is not None]

    def _mark(self, key: CellKey, colour: str, ink: str = "") -> Selection | None:
        report = self._session.report
        place = report.cells[key].place if report and key in report.cells else None
        if not isinstance(place, TextSpan):
            return None
        place = self._source.visible(place)
        start, end = self._source.units(place.start), self._source.units(place.end)
        return self.view.selection(start, end, colour, ink)

    # ── finding text ─────────────────────────────────────────────────────────────────
    def _on_find_changed(self, wanted: str) -> None:
        self._found, start = [], 0
        while wanted and (start := self._source.text.find(wanted, start)) >= 0:
            self._found.append(start)
            start += len(wanted)
        here = self._source.point(self.view.textCursor().position())
        self._at = next((i for i, place in enumerate(self._found) if place >= here), 0)
        self._show_found()

    def _on_find_step(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
        self._show_found()

    def _show_found(self) -> None:
        self.find_bar.show_count(self._at + 1, len(self._found))
        if self._found:
            self.view.reveal(self._source.units(self._found[self._at]))
        self._highlight()

    def _on_find_closed(self) -> None:
        self._found = []
        self._highlight()
        self.view.setFocus()

    def _marks_of_search(self) -> list[Selection]:
        theme, length = theme_of(self.palette()), len(self.find_bar.field.text())
        marks = []
        for number, start in enumerate(self._found[:2000]):
            colour = theme.accent if number == self._at else theme.doubt_soft
            ink = theme.on_accent if number == self._at else theme.text
            marks.append(
                self.view.selection(self._source.units(start), self._source.units(start + length), colour, ink)
            )
        return marks
