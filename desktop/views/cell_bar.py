"""The current cell right above its table: the piece of the source enlarged, why to look, what is proposed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.entries import Entry
from desktop.icons import pixmap
from desktop.models.wording import explain
from desktop.page_images import PageImages
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.page_crop import PageCrop
from desktop.views.pane import ElidedLabel
from desktop.views.source_strip import SourceStrip
from desktop.views.source_text import excerpt
from parser.model.finding import Suggestion
from parser.model.place import PageBox, TextSpan
from parser.model.report import Cell, State


class CellBar(QWidget):
    """Two lines of fixed height, so that the table below never jumps."""

    suggestion_chosen = Signal(int)

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._images = session, images
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
        session.current_changed.connect(self._renew)
        session.report_grew.connect(self._renew)
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
        if isinstance(cell.place, TextSpan) and not has_pages and entry.report is not None:
            self._strip.show_parts(excerpt(entry.report.text, cell.place), empty, doubtful)
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
