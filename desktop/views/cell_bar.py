"""The current cell right above its table: the piece of the source enlarged, why to look, what is proposed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.icons import pixmap
from desktop.models.wording import explain
from desktop.palette import tabular, theme_of
from desktop.session import Session
from desktop.views.pane import ElidedLabel
from desktop.views.source_text import SourceText
from parser.model.finding import Suggestion
from parser.model.place import TextSpan
from parser.model.report import State

_GAP = 10


class SourceStrip(QWidget):
    """One enlarged line of the source, the cell's own text framed in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = ("", "", "")
        self._empty = ""
        self._doubtful = False
        self.setFixedHeight(36)
        font = tabular(self.font())
        font.setPointSizeF(13)
        self.setFont(font)

    def show_parts(self, parts: tuple[str, str, str], empty: str, doubtful: bool) -> None:
        """Show what stands before, in and after the cell; ``empty`` is said where nothing stands."""
        self._parts, self._empty, self._doubtful = parts, empty, doubtful
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.base))
        before, inside, after = self._parts
        metrics = QFontMetrics(self.font())
        text = inside or self._empty
        width = min(max(28, metrics.horizontalAdvance(text) + 16), self.width() - 24)
        box = QRect((self.width() - width) // 2, 4, width, self.height() - 8)
        colour = theme.doubt if self._doubtful else theme.accent
        painter.setPen(QPen(QColor(colour), 1.5))
        painter.setBrush(QColor(theme.doubt_soft if self._doubtful else theme.accent_soft))
        painter.drawRoundedRect(QRectF(box), 3, 3)
        painter.setPen(QColor(theme.text if inside else theme.muted))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 8)
        )
        painter.setPen(QColor(theme.muted))
        centre = Qt.AlignmentFlag.AlignVCenter
        left = QRect(8, 0, box.left() - _GAP - 8, self.height())
        right = QRect(box.right() + _GAP, 0, self.width() - box.right() - _GAP - 8, self.height())
        painter.drawText(
            left,
            Qt.AlignmentFlag.AlignRight | centre,
            metrics.elidedText(before, Qt.TextElideMode.ElideLeft, left.width()),
        )
        painter.drawText(
            right,
            Qt.AlignmentFlag.AlignLeft | centre,
            metrics.elidedText(after, Qt.TextElideMode.ElideRight, right.width()),
        )
        painter.setPen(QColor(theme.line))
        painter.drawLine(QPointF(0, self.height() - 0.5), QPointF(self.width(), self.height() - 0.5))


class CellBar(QWidget):
    """Two lines of fixed height, so that the table below never jumps."""

    suggestion_chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = SourceText("", {})
        self._strip = SourceStrip(self)
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
        column.addWidget(line)
        session.current_changed.connect(self._on_current_changed)
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

    def _renew(self) -> None:
        entry, key, cell = self._session.entry, self._session.key, self._session.cell
        if entry is None or key is None or cell is None:
            self._strip.show_parts(("", "", ""), "", False)
            self._why.setText("")
            return
        doubtful = key in entry.open
        if isinstance(cell.place, TextSpan):
            empty = self.tr("空白") if cell.state is not State.ABSENT else self.tr("原文无此格")
            self._strip.show_parts(self._source.excerpt(cell.place), empty, doubtful)
        else:
            self._strip.show_parts(("", cell.raw.strip(), ""), self.tr("原文中没有这一格的位置"), doubtful)
        reasons = explain(entry, key)
        self._why.setText("；".join(reasons) or self.tr("没有疑问"))
        self._why.setToolTip("\n".join(reasons))
        self._show_sign(doubtful, key in entry.decided)
        self._show_suggestions()

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
