"""The current cell right above its table: the piece of the source enlarged, why to look, what is proposed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.entries import Entry
from desktop.icons import pixmap
from desktop.models.wording import explain
from desktop.page_images import PageImages
from desktop.palette import Theme, tabular, theme_of
from desktop.session import Session
from desktop.views.page_crop import PageCrop
from desktop.views.pane import ElidedLabel
from desktop.views.source_text import SourceText
from parser.model.finding import Suggestion
from parser.model.place import PageBox, TextSpan
from parser.model.report import Cell, State

_GAP = 10


class SourceStrip(QWidget):
    """One enlarged line of the source, the cell's own text framed in the middle."""

    HEIGHT = 36

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = ("", "", "")
        self._empty = ""
        self._doubtful = False
        self.setFixedHeight(self.HEIGHT)
        font = tabular(self.font())
        font.setPointSizeF(13)
        self.setFont(font)

    def show_parts(self, parts: tuple[str, str, str], empty: str, doubtful: bool) -> None:
        """Show what stands before, in and after the cell; ``empty`` is said where nothing stands."""
        self._parts, self._empty, self._doubtful = parts, empty, doubtful
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(theme.base))
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
        width = min(max(28, QFontMetrics(self.font()).horizontalAdvance(text) + 16), self.width() - 24)
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


class CellBar(QWidget):
    """Two lines of fixed height, so that the table below never jumps."""

    suggestion_chosen = Signal(int)

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._images = session, images
        self._source = SourceText("", {})
        self._strip, self.crop = SourceStrip(self), PageCrop(session, images, self)
        self._sign, self._why = QLabel(self), ElidedLabel("", self)
        self._sign.setFixedSize(16, 16)
        self._buttons = [self._button(number) for number in (1, 2, 3)]
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._why, 1)
        for button in self._buttons:
            row.addWidget(button)
        line = QWidget(self)
        line.setFixedHeight(32)
        line.setLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.crop)
        self.crop.hide()
        column.addWidget(line)
        session.current_changed.connect(self._on_current_changed)
        session.report_grew.connect(self._on_current_changed)
        session.cell_changed.connect(self._renew)
        session.assessed.connect(self._renew)

    def _button(self, number: int) -> QPushButton:
        button = QPushButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(24)
        button.clicked.connect(lambda: self.suggestion_chosen.emit(number))
        button.hide()
        return button

    def _on_current_changed(self) -> None:
        report = self._session.report
        self._source = SourceText(report.text if report else "", {})
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self._renew()

    def _renew(self) -> None:
        entry, key, cell = self._session.entry, self._session.key, self._session.cell
        if entry is None or key is None or cell is None:
            self._strip.show_parts(("", "", ""), "", False)
            self._why.setText("")
            return
        doubtful = key in entry.open
        self._show_source(entry, cell, doubtful)
        reasons = explain(entry, key)
        self._why.setText("；".join(reasons) or self.tr("没有疑问"))
        self._why.setToolTip("\n".join(reasons))
        self._show_sign(doubtful, key in entry.decided)
        self._show_suggestions()

    def _show_source(self, entry: Entry, cell: Cell, doubtful: bool) -> None:
        """Show the cell's piece of the page, or of the text; pages keep their height where there is nothing to show."""
        has_pages = entry.is_paged and self._images.failure is None
        is_placed = has_pages and isinstance(cell.place, PageBox)
        self.crop.setVisible(is_placed)
        self._strip.setVisible(not is_placed)
        self._strip.setFixedHeight(PageCrop.HEIGHT if has_pages else SourceStrip.HEIGHT)
        if isinstance(cell.place, PageBox) and is_placed:
            self.crop.show_place(cell.place, doubtful)
            return
        is_absent = cell.place is None or cell.state is State.ABSENT
        empty = self.tr("原文没有这一格") if is_absent else self.tr("空白")
        if isinstance(cell.place, TextSpan) and not has_pages:
            self._strip.show_parts(self._source.excerpt(cell.place), empty, doubtful)
        else:
            self._strip.show_parts(("", cell.raw.strip(), ""), empty, doubtful)

    def _show_sign(self, doubtful: bool, decided: bool) -> None:
        theme = theme_of(self.palette())
        name, colour = (
            ("triangle-alert", theme.doubt) if doubtful else ("check", theme.good) if decided else ("info", theme.muted)
        )
        self._sign.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))

    def _show_suggestions(self) -> None:
        suggestions = self._session.suggestions
        for number, button in enumerate(self._buttons, 1):
            button.setVisible(number <= len(suggestions))
            if number <= len(suggestions):
                button.setText(self._words(number, suggestions[number - 1]))
                button.setToolTip(suggestions[number - 1].proof)
                font = QFont(self.font())
                font.setWeight(QFont.Weight.DemiBold if number == 1 else QFont.Weight.Normal)
                button.setFont(font)

    def _words(self, number: int, suggestion: Suggestion) -> str:
        key = self._session.key
        value = f"{suggestion.values[key]:f}" if key else ""
        more = len(suggestion.values) - 1
        text = self.tr("改为 {0}（另改 {1} 格）").format(value, more) if more else self.tr("改为 {0}").format(value)
        return f"{text}  Alt+{number}"
