"""One enlarged line of the source with the text of a cell in its middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.palette import Theme, tabular, theme_of

_GAP = 10
_ENLARGED = 4 / 3  # against the text of the window


class SourceStrip(QWidget):
    """One enlarged line of the source, the cell's own text framed in the middle.

    It is no lower than so many ``lines`` of usual text, which may stand beside it.
    """

    fitted = Signal()  # its height is another

    HEIGHT = 36  # at the usual size of text

    def __init__(self, parent: QWidget | None = None, lines: int = 1, *, is_framed: bool = False) -> None:
        """``is_framed``: a frame around it takes the place of its line below."""
        super().__init__(parent)
        self._is_framed = is_framed
        self._lines = lines
        self._parts = ("", "", "")
        self._empty = ""
        self._doubtful = False
        self._fit()

    def show_parts(self, parts: tuple[str, str, str], empty: str, doubtful: bool) -> None:
        """Show what stands before, in and after the cell; ``empty`` is said where nothing stands."""
        self._parts, self._empty, self._doubtful = parts, empty, doubtful
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self.fitted.emit()

    def _fit(self) -> None:
        beside = self._lines * self.fontMetrics().lineSpacing() + 2
        self.setFixedHeight(max(self.HEIGHT, QFontMetrics(self._enlarged()).height() + 12, beside))

    def _enlarged(self) -> QFont:
        font = tabular(self.font())
        font.setPointSizeF(self.font().pointSizeF() * _ENLARGED)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setFont(self._enlarged())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(theme.base))
            if not self._is_framed:
                painter.setPen(QColor(theme.line))
                painter.drawLine(QPointF(0, self.height() - 0.5), QPointF(self.width(), self.height() - 0.5))
            box = self._paint_inside(painter, theme)
            painter.setPen(QColor(theme.muted))
            room = self.rect().adjusted(8, 0, -8, 0)
            left = QRect(room.topLeft(), QPoint(box.left() - _GAP, room.bottom()))
            right = QRect(QPoint(box.right() + _GAP, room.top()), room.bottomRight())
            before, _, after = self._parts
            _paint_line(painter, left, before, Qt.AlignmentFlag.AlignRight, Qt.TextElideMode.ElideLeft)
            _paint_line(painter, right, after, Qt.AlignmentFlag.AlignLeft, Qt.TextElideMode.ElideRight)

    def _paint_inside(self, painter: QPainter, theme: Theme) -> QRect:
        """Draw the cell's own text in its frame, which is returned; without a frame where the source has no cell."""
        inside = self._parts[1]
        text = inside or self._empty
        width = min(max(28, painter.fontMetrics().horizontalAdvance(text) + 16), self.width() - 24)
        box = QRect((self.width() - width) // 2, 4, width, self.height() - 8)
        if inside or any(self._parts):
            painter.setPen(QPen(QColor(theme.doubt if self._doubtful else theme.accent), 1.5))
            painter.setBrush(QColor(theme.doubt_soft if self._doubtful else theme.accent_soft))
            painter.drawRoundedRect(QRectF(box), 3, 3)
        painter.setPen(QColor(theme.text if inside else theme.muted))
        _paint_line(
            painter, box.adjusted(4, 0, -4, 0), text, Qt.AlignmentFlag.AlignHCenter, Qt.TextElideMode.ElideRight
        )
        return box


def _paint_line(painter: QPainter, space: QRect, text: str, side: Qt.AlignmentFlag, elide: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(text, elide, space.width())
    painter.drawText(space, side | Qt.AlignmentFlag.AlignVCenter, shown)
