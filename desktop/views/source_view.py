"""The text of a report exactly as it came."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.palette import tabular
from desktop.views.source_text import SourceText

Selection = QTextEdit.ExtraSelection


class SourceView(QPlainTextEdit):
    """Read-only text; ``clicked`` announces the Qt position of a click that selected nothing."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("原文"))
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFont(tabular(self.font()))
        self.document().setDocumentMargin(12)
        self._source, self._zoom = SourceText("", {}), 0
        self._revealed: int | None = None  # what the reader was brought to last, unless they went elsewhere
        self._laid_out: tuple[int, int, int, str] | None = None  # for what all lines were broken
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._reveal_again)
        self.verticalScrollBar().actionTriggered.connect(self._go_elsewhere)

    def set_source(self, source: SourceText) -> None:
        """Show another text."""
        self._source, self._revealed = source, None
        self.setPlainText(source.shown)

    def toPlainText(self) -> str:
        """Return the text as it came; the document holds wide spaces for its tabs."""
        return self._source.text

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is selected as it stands in the source, tabs and all.

        The object is one of Qt's own: the clipboard deletes it when the program ends, after Python has gone.
        """
        data, cursor = super().createMimeDataFromSelection(), self.textCursor()
        start, end = self._source.point(cursor.selectionStart()), self._source.point(cursor.selectionEnd())
        data.text()  # fills it from the document, which it would do later, over what follows
        data.clear()
        data.setText(self._source.text[start:end])
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.clicked.emit(self.cursorForPosition(event.position().toPoint()).position())

    def zoom_by(self, steps: int) -> None:
        """Enlarge the letters, reduce them with negative steps."""
        steps = min(max(self._zoom + steps, -4), 24) - self._zoom
        self._zoom += steps
        self.zoomIn(steps)

    def fit_width(self) -> None:
        """Show the letters in their own size; lines break at the edge anyway."""
        self.zoom_by(-self._zoom)

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
        """Scroll so that the position is well inside the view, and keep it there when lines break elsewhere."""
        self._lay_out()
        self.setTextCursor(self._cursor(position))
        seen = self.cursorRect(self._cursor(position))
        height = self.viewport().height()
        if not height // 6 < seen.top() < height * 5 // 6:
            self.centerCursor()
        self._revealed = position

    def _lay_out(self) -> None:
        """Break all lines: Qt breaks those that were in sight, and takes the others for one each when it scrolls."""
        document = self.document()
        now = document.revision(), self.viewport().width(), self._zoom, self.font().key()
        if now == self._laid_out:
            return
        layout, block = document.documentLayout(), document.begin()
        while block.isValid():
            layout.blockBoundingRect(block)
            block = block.next()
        self._laid_out = now

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._again.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_again"):
            self._again.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._go_elsewhere()

    def _go_elsewhere(self) -> None:
        self._revealed = None

    def _reveal_again(self) -> None:
        if self._revealed is not None:
            self.reveal(self._revealed)

    def _cursor(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return cursor
