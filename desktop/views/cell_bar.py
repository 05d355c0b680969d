"""Over the tables: why to look at the current cell and what is proposed, else what stands in the source."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolTip, QWidget

from desktop.entries import Entry
from desktop.icons import pixmap
from desktop.models.wording import about_suggestion, all_of_suggestion, explain
from desktop.page_images import PageImages
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.page_crop import PageCrop
from desktop.views.source_strip import SourceStrip
from desktop.views.source_text import excerpt
from desktop.views.wrapped_label import WrappedLabel
from parser.model.decision import is_as_printed, is_change
from parser.model.finding import Suggestion
from parser.model.place import PageBox, TextSpan
from parser.model.report import Cell, CellKey


class CellBar(QWidget):
    """Always of the same height, so that the table below never jumps.

    The source of a cell that is in doubt or being edited is shown by the lens at the cell, that of any other here.
    """

    suggestion_chosen = Signal(int)

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._images, self._is_editing = session, images, False
        self._strip, self.crop = SourceStrip(self, lines=2), PageCrop(session, images, self)
        self._sign, self.why = QLabel(self), WrappedLabel("", self)
        self._sign.setFixedSize(16, 16)
        self._buttons = [self._button(number) for number in (1, 2, 3)]
        self._suggested: list[Suggestion] = []
        words = QHBoxLayout()
        words.setContentsMargins(12, 0, 8, 0)
        words.setSpacing(8)
        words.addWidget(self._sign)
        words.addWidget(self.why, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(words, 3)
        row.addWidget(self._strip, 2)
        row.addWidget(self.crop, 2)
        offers = QHBoxLayout()
        offers.setContentsMargins(0, 0, 8, 0)
        offers.setSpacing(8)
        for button in self._buttons:
            offers.addWidget(button)
        row.addLayout(offers)
        self._renew()
        session.step.followed.connect(self._renew)
        self._strip.fitted.connect(self._renew)  # the text of the window is another

    def set_editing(self, is_editing: bool) -> None:
        """Say whether the current cell is being edited."""
        self._is_editing = is_editing
        self._session.step.note()

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
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_buttons"):
            self._renew()

    def _renew(self) -> None:
        entry, key, cell = self._session.entry, self._session.key, self._session.cell
        has_pages = self._images.may_show(entry)
        self.setFixedHeight(max(self._strip.height(), PageCrop.HEIGHT if has_pages else 0))
        if entry is None or key is None or cell is None:
            self._say([], is_alone=True)
            return
        is_doubtful, reasons = key in entry.open, explain(entry, key)
        shows_source = not is_doubtful and not self._is_editing and self._show_source(entry, cell, has_pages)
        self.crop.setVisible(shows_source and has_pages)
        self._strip.setVisible(shows_source and not has_pages)
        if self._is_editing and not reasons:
            reasons = [self.tr("Enter 提交，Esc 放弃")]
        self._say(reasons, not shows_source)
        self._show_sign(entry, key)
        self._show_suggestions()

    def _say(self, reasons: list[str], is_alone: bool) -> None:
        """Give the reasons; without any, and without a piece of the source beside them, that there are none."""
        if is_alone:
            self._strip.hide()
            self.crop.hide()
        self.why.setText("；".join(reasons) or (self.tr("没有疑问") if is_alone and self._session.key else ""))
        self.why.setToolTip("\n".join(reasons))
        for part in (self._sign, self.why):
            part.setVisible(bool(self.why.text()))

    def _show_source(self, entry: Entry, cell: Cell, has_pages: bool) -> bool:
        """Fill the piece of the page, or of the text; False when the cell stands nowhere that can be shown."""
        if has_pages and isinstance(cell.place, PageBox):
            self.crop.show_place(cell.place, False)
        elif not has_pages and isinstance(cell.place, TextSpan) and entry.report is not None:
            self._strip.show_parts(excerpt(entry.report.text, cell.place), self.tr("空白"), False)
        else:
            return False
        return True

    def _show_sign(self, entry: Entry, key: CellKey) -> None:
        """Show of the cell what is worst: a doubt, an equation that is broken though somebody decided, a decision."""
        theme = theme_of(self.palette())
        if key in entry.open:
            name, colour = "triangle-alert", theme.doubt
        elif key in entry.broken:
            name, colour = "circle-x", theme.error
        elif key not in entry.decided:
            name, colour = "info", theme.muted
        elif is_as_printed(entry.decided[key][1]):
            name, colour = "quote", theme.accent
        elif is_change(entry.decided[key][1]):
            name, colour = "pencil", theme.accent
        else:
            name, colour = "check", theme.good
        self._sign.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))

    def _show_suggestions(self) -> None:
        suggestions = self._session.suggestions
        if suggestions != self._suggested:  # what the mouse rests on says something else now
            QToolTip.hideText()
        self._suggested = suggestions
        for number, button in enumerate(self._buttons, 1):
            button.setVisible(number <= len(suggestions))
            if number <= len(suggestions):
                is_next = any(s.certainty == suggestions[number - 1].certainty for s in suggestions[: number - 1])
                button.setText(self._words(number, suggestions[number - 1], is_next=is_next))
                button.setAccessibleName(self._words(number, suggestions[number - 1]))
                button.setToolTip(self._all_of(suggestions[number - 1]))
                font = QFont(self.font())
                font.setWeight(QFont.Weight.DemiBold if number == 1 else QFont.Weight.Normal)
                button.setFont(font)

    def _all_of(self, suggestion: Suggestion) -> str:
        entry = self._session.entry
        return all_of_suggestion(entry, suggestion) if entry is not None else ""

    def _words(self, number: int, suggestion: Suggestion, *, is_next: bool = False) -> str:
        """Return what a button says; behind another that says as much, the value is enough: ``is_next``."""
        entry, key = self._session.entry, self._session.key
        if entry is None or key is None:
            return ""
        return f"{about_suggestion(entry, key, suggestion, is_next=is_next)}  Alt+{number}"
