"""The prose to read; the links in it are reached with the mouse and with Tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QKeyEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from desktop.models.narrative_model import NarrativeModel
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.narrative_text import EDIT, FIGURE, NarrativeText

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NarrativeView(QTextBrowser):
    """Written anew when the report changes and it is in sight; a chosen finding has its sentence lit up."""

    figure_chosen = Signal(int)  # the row of a figure
    edit_asked = Signal(str)  # for a section
    at_figure = Signal(int)  # the keyboard stands on the figure in this row; -1 on none

    def __init__(self, session: Session, model: NarrativeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("narrative_view")
        self.setAccessibleName(self.tr("正文"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(16)
        self._session, self._model = session, model
        self._text: NarrativeText | None = None
        self._is_stale = True
        session.current_changed.connect(self._on_current_changed)
        for change in (session.report_grew, session.assessed, model.modelReset):
            change.connect(self.renew)
        session.finding_changed.connect(self._on_finding_changed)
        self.anchorClicked.connect(self._on_link)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    # ── writing ──────────────────────────────────────────────────────────────────────
    def renew(self) -> None:
        """Write the report anew, now or once it is in sight; what is in sight stays there."""
        self._is_stale = True
        if self.isVisible():
            self._write()

    def _write(self) -> None:
        entry = self._session.entry
        self._is_stale = False
        if entry is None or entry.report is None:
            self._text = None
            self.clear()
            return
        before, link = self.verticalScrollBar().value(), self._link()
        self._text = NarrativeText(self.document(), entry, self._model, theme_of(self.palette()))
        self._light()
        self.verticalScrollBar().setValue(before)
        if link:
            self._stand_on(link)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._write()
        self._reveal_finding()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_text"):
            self.renew()

    def _on_current_changed(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.renew()
        self.verticalScrollBar().setValue(0)

    # ── the chosen finding ───────────────────────────────────────────────────────────
    def _on_finding_changed(self) -> None:
        if self.isVisible():
            self._light()
            self._reveal_finding()

    def _light(self) -> None:
        """Light up the sentence of the chosen finding."""
        place = self._place_of_finding()
        marks = []
        if place is not None:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(place[0])
            cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            style.setBackground(QColor(theme_of(self.palette()).accent_soft))
            mark.cursor, mark.format = cursor, style  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def _reveal_finding(self) -> None:
        place, section = self._place_of_finding(), self._model.section_of(self._session.finding)
        if place is not None:
            self._reveal(place[0])
        elif section is not None:
            self.reveal_section(section)

    def _place_of_finding(self) -> tuple[int, int] | None:
        place = self._model.place_of(self._session.finding)
        return self._text.range_of(*place) if place is not None and self._text is not None else None

    def reveal_section(self, number: str) -> None:
        """Scroll to a section."""
        if self._text is not None and number in self._text.headings:
            self._reveal(self._text.headings[number])

    def _reveal(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        seen, height = self.cursorRect(cursor), self.viewport().height()
        if not height // 8 < seen.top() < height * 6 // 8:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + seen.top() - height // 4)

    # ── links ────────────────────────────────────────────────────────────────────────
    @property
    def section(self) -> str | None:
        """The section of the link the keyboard stands on, else the one in sight: at the end of a long text its last.

        At its beginning that is the first.
        """
        if self._text is None:
            return None
        link = self._link()
        bar, room = self.verticalScrollBar(), self.viewport().rect()
        is_at_end = bar.maximum() and bar.value() == bar.maximum()
        place = room.bottomLeft() if is_at_end else room.topLeft() if not bar.value() else room.center()
        seen = self.cursorForPosition(place).position()
        return self._text.section_at(self.textCursor().position() if link else seen)

    def _on_link(self, link: QUrl) -> None:
        target = link.toString()
        if target.startswith(FIGURE):
            self.figure_chosen.emit(int(target.removeprefix(FIGURE)))
        elif target.startswith(EDIT):
            self.edit_asked.emit(target.removeprefix(EDIT))

    def _link(self) -> str:
        """Return the link the keyboard stands on."""
        cursor = self.textCursor()
        return cursor.charFormat().anchorHref() if cursor.hasSelection() else ""

    def _stand_on(self, link: str) -> None:
        """Put the keyboard on a link again after the text was written anew."""
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                if piece.charFormat().anchorHref() == link:
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(piece.position())
                    cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
                    self.setTextCursor(cursor)
                    return
                pieces += 1
            block = block.next()

    def _on_cursor_moved(self) -> None:
        link = self._link()
        self.at_figure.emit(int(link.removeprefix(FIGURE)) if link.startswith(FIGURE) else -1)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go to the next or previous link, then on to the next widget."""
        is_here = super().focusNextPrevChild(is_next)
        if is_here:
            self._on_cursor_moved()
        return is_here

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and self.section is not None:
            self.edit_asked.emit(self.section)
        elif event.key() in _ENTER and not event.modifiers() and self._link():
            self._on_link(QUrl(self._link()))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):  # with Ctrl as in the tables, and without
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum() if event.key() == Qt.Key.Key_End else bar.minimum())
        else:
            super().keyPressEvent(event)
