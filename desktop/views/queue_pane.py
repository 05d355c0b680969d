"""The files of the session, how far each is, and how many are still being read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QProgressBar, QToolButton, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.models.queue_model import ORDERS
from desktop.models.queue_wording import order_name
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.pane import CHAPTER, PaneHeader
from desktop.views.queue_view import QueueView

if TYPE_CHECKING:
    from desktop.views.queue_search import QueueSearch

_MANY = 10  # from so many files on there are fields to search and sift them
_BLINK = 50  # ms between two counts while reports are read


class QueuePane(QWidget):
    """The list under a heading with the buttons that add to it, the progress of reading, and what sifts it."""

    order_chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(CHAPTER, "open")
        self._session = session
        self._header = PaneHeader(self.tr("报告"), self)
        self._progress, self.reading_button = QProgressBar(self), QToolButton(self)
        self.view = QueueView(session, self)
        self._search: QueueSearch | None = None
        self._nothing: QLabel | None = None
        self.orders = QMenu(self.tr("列表次序"), self)
        self._order_button = QToolButton(self)
        self._renewal = QTimer(self)
        self._renewal.setSingleShot(True)
        self._renewal.timeout.connect(self._renew)
        self._build()
        session.entry_removed.connect(self._renew)
        self.view.queue.counted.connect(self._renew_soon)
        self.view.queue.arranged.connect(self._renew)

    def _build(self) -> None:
        self._progress.setFixedHeight(3)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("读取进度"))
        self.reading_button.setAutoRaise(True)
        self.reading_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.reading_button.clicked.connect(self._on_reading_clicked)
        self._build_orders()
        self._header.row.setSpacing(2)
        self._header.title.setContentsMargins(0, 0, 6, 0)
        self._header.row.addWidget(self.reading_button)
        self._header.row.addWidget(self._order_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)
        self._column.addWidget(self._progress)
        self._column.addWidget(self.view, 1)
        for widget in (self._progress, self.reading_button, self._order_button):
            widget.hide()

    def _build_orders(self) -> None:
        group = QActionGroup(self)
        for order in ORDERS:
            action = self.orders.addAction(order_name(order))
            action.setCheckable(True)
            action.setData(order)
            action.setChecked(order == self.view.queue.order)
            group.addAction(action)
        group.triggered.connect(self._on_order_triggered)
        self._order_button.setAutoRaise(True)
        self._order_button.setToolTip(self.tr("列表次序"))
        self._order_button.setAccessibleName(self.tr("列表次序"))
        self._order_button.setMenu(self.orders)
        self._order_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._order_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._order_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def sifting(self) -> QueueSearch:
        """What sifts the list; built when it is first needed, a window without files starts without."""
        if self._search is None:
            from desktop.views.queue_search import QueueSearch

            self._search = QueueSearch(self)
            self._search.hide()
            self._column.insertWidget(self._column.indexOf(self.view), self._search)
            self._search.sifted.connect(self.view.queue.show_only)
            self._search.left.connect(self._go_on_in_list)
            self.view.escaped.connect(self._search.clear)
            self._search.count(self.view.queue.counts)
        return self._search

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put actions into the heading."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._header.row.addWidget(button)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Return what menus do here."""
        return {
            "remove": self.view.remove_current,
            "search_queue": self.search,
            "next_report": lambda: self.view.step(1),
            "previous_report": lambda: self.view.step(-1),
        }

    def sort_by(self, order: str) -> None:
        """Arrange the list as it was the last time."""
        self.view.queue.sort_by(order)
        for action in self.orders.actions():
            action.setChecked(action.data() == self.view.queue.order)

    def search(self) -> None:
        """Give the keyboard to the search field."""
        self.show()
        self.sifting.begin()

    def _go_on_in_list(self) -> None:
        """Give the keyboard to the list; if the current file is not among those wanted, to the first that is."""
        queue = self.view.queue
        if queue.rowCount() and queue.row_of(self._session.position) < 0:
            self._session.select(queue.position_of(0))
        self.view.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_renewal"):
            self._renew()

    def _on_order_triggered(self, action: QAction) -> None:
        self.view.queue.sort_by(str(action.data()))
        self.order_chosen.emit(str(action.data()))

    def _on_reading_clicked(self) -> None:
        if self.view.queue.counts["reading"]:
            self._session.stop_reading()
        else:
            self._session.resume_reading()

    def _renew_soon(self) -> None:
        if not self._renewal.isActive():
            self._renewal.start(_BLINK)

    def _renew(self) -> None:
        entries, counts, theme = self._session.entries, self.view.queue.counts, theme_of(self.palette())
        reading = counts["reading"]
        left = reading + sum(entry.is_unread for entry in entries)
        self._progress.setVisible(bool(reading))
        share = sum(entry.progress.share for entry in entries if entry.progress is not None) if reading else 0
        self._progress.setRange(0, len(entries) * 100)
        self._progress.setValue(round((len(entries) - left + share) * 100))
        self.reading_button.setVisible(bool(left))
        self.reading_button.setIcon(icon("stop" if reading else "go-on", theme.text))
        hint = (self.tr("停止读取，其余 {0} 份留待以后") if reading else self.tr("继续读取其余 {0} 份")).format(left)
        self.reading_button.setToolTip(hint)
        self.reading_button.setAccessibleName(hint)
        count = f"{len(entries) - left}/{len(entries)}" if left else f"{len(entries)}" if entries else ""
        in_sight = self.view.queue.rowCount()
        if not left and in_sight < len(entries):  # sifted
            self._header.set_detail(
                self.tr("{0} 份中的 {1} 份").format(len(entries), in_sight), short=f"{in_sight}/{count}"
            )
        else:
            self._header.set_detail(self.tr("{0} 份").format(count) if count else "", short=count)
        self._order_button.setIcon(icon("arrow-down-wide-narrow", theme.text))
        self._order_button.setVisible(len(entries) > 1)
        if self._search is not None or len(entries) >= _MANY:
            self.sifting.setVisible(len(entries) >= _MANY or self.sifting.is_sifting)
            self.sifting.count(counts)
        self._say_nothing_fits(bool(entries) and not self.view.queue.rowCount())

    def _say_nothing_fits(self, is_so: bool) -> None:
        if self._nothing is None and is_so:
            self._nothing = QLabel(self.tr("没有符合条件的报告"), self.view.viewport())
            self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._nothing.move(12, 12)
        if self._nothing is not None:
            self._nothing.setVisible(is_so)
