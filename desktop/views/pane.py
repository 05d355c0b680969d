"""What all panes share: a heading, and a bar that says what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.icons import icon, pixmap
from desktop.palette import theme_of

CHAPTER = "chapter"  # property of a widget: which chapter of the manual is about it and what is in it


def chapter_about(widget: QWidget | None) -> str:
    """Return the name of the manual's chapter about a widget, ``""`` where none is about its part of the window."""
    while widget is not None:
        if chapter := widget.property(CHAPTER):
            return str(chapter)
        widget = widget.parentWidget()
    return ""


def holds_focus(widget: QWidget) -> bool:
    """Whether the keyboard goes to ``widget`` or to something in it."""
    here = QApplication.focusWidget()
    return here is not None and (here is widget or widget.isAncestorOf(here))


def stack(upper: QWidget, lower: QWidget) -> QWidget:
    """Return a widget with ``upper`` over ``lower``, which takes the room there is."""
    whole = QWidget(upper.parentWidget())
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(upper)
    column.addWidget(lower, 1)
    return whole


class ElidedLabel(QLabel):
    """A label that gives way: where there is no room it says ``short`` if it has that, else its text ends in …"""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.mode, self.short = Qt.TextElideMode.ElideRight, ""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            text, room = self.text(), self.contentsRect()
            shown = text if self.fontMetrics().horizontalAdvance(text) <= room.width() else self.shortened(room)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def shortened(self, room: QRect) -> str:
        """Return what is written in place of a text that is wider than the room."""
        return self.fontMetrics().elidedText(self.short or self.text(), self.mode, room.width())


class PaneTop(QWidget):
    """The strip over a pane, as high as the others and no lower than tabs in the size of text that the clerk chose."""

    HEIGHT = 32
    _AROUND_TEXT = 15  # pixels that a tab is higher than its text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def _fit_height(self) -> None:
        self.setFixedHeight(max(self.HEIGHT, self.fontMetrics().height() + self._AROUND_TEXT))


class PaneHeader(PaneTop):
    """The name of a pane in bold, a detail beside it, and room for buttons on the right.

    The line below it is thick and coloured while the keyboard goes to the pane.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = name = QLabel(title, self)
        font = QFont(name.font())
        font.setWeight(QFont.Weight.DemiBold)
        name.setFont(font)
        self._detail = ElidedLabel("", self)
        self._detail.mode = Qt.TextElideMode.ElideMiddle
        self._detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 0, 4, 0)
        self.row.setSpacing(8)
        self.row.addWidget(name)
        self.row.addWidget(self._detail, 1)
        self.is_active = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def set_detail(self, text: str, short: str = "") -> None:
        """Show ``text`` beside the name, ``short`` where there is no room for it."""
        self._detail.short = short
        self._detail.setText(text)
        self._detail.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, thick = theme_of(self.palette()), 2 if self.is_active else 1
        with QPainter(self) as painter:
            colour = QColor(theme.accent if self.is_active else theme.line)
            painter.fillRect(QRect(0, self.height() - thick, self.width(), thick), colour)

    def _on_focus_changed(self) -> None:
        pane = self.parentWidget()
        is_active = pane is not None and holds_focus(pane)
        if is_active != self.is_active:
            self.is_active = is_active
            self.update()


class NoticeBar(QWidget):
    """One sentence in the pane concerned, good or bad, until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._is_error = self._is_colouring = False
        self._sign, self.label = QLabel(self), QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setObjectName("notice_close")
        self._close.setToolTip(self.tr("关闭"))
        self._close.setAccessibleName(self.tr("关闭"))
        self._close.clicked.connect(self.leave)
        self._before: QWidget | None = None  # what had the keyboard
        self.offers: list[QPushButton] = []
        self._slots: list[Callable[[], object]] = []  # what they do
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self._close, 0)
        self.hide()

    def say(self, text: str, is_error: bool, offers: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show the sentence, and a button for each offer: its words and what it does."""
        self._is_error = is_error
        self._colour()
        self.label.setText(text)
        self._slots = [slot for _, slot in offers]
        if [words for words, _ in offers] != [button.text() for button in self.offers]:
            self._offer([words for words, _ in offers])
        self.show()

    def take_keyboard(self) -> None:
        """Give the keyboard to the first thing to do here: Enter does it, Esc closes the bar."""
        self._before = QApplication.focusWidget()
        (self.offers[0] if self.offers else self._close).setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """Close, and give the keyboard back if it was here."""
        had_keyboard, before = holds_focus(self), self._before
        self.hide()
        if had_keyboard and before is not None and isValid(before) and before.isVisible():  # an editor may be gone
            before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._close.hasFocus():
            self._close.click()
        else:
            super().keyPressEvent(event)

    def _offer(self, offers: Sequence[str]) -> None:
        for button in self.offers:
            self._row.removeWidget(button)
            button.deleteLater()
        self.offers = [QPushButton(words, self) for words in offers]
        for number, button in enumerate(self.offers):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it was
            button.setAutoDefault(True)  # Enter presses it, outside of dialogs too
            button.clicked.connect(lambda _checked, number=number: self._slots[number]())
            self._row.insertWidget(2 + number, button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_close") and not self._is_colouring:
            self._colour()

    def _colour(self) -> None:
        self._is_colouring = True
        palette, theme = QPalette(), theme_of(QApplication.palette())  # only the background is ours
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.error_soft if self._is_error else theme.accent_soft))
        self.setPalette(palette)
        sign, colour = ("circle-x", theme.error) if self._is_error else ("info", theme.accent)
        self._sign.setPixmap(pixmap(sign, colour, 16, self.devicePixelRatioF()))
        self._close.setIcon(icon("x", theme.text))
        self._is_colouring = False
