"""The page pane: the pages of the current file with the marks of its cells, and the list of pages beside them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.page_images import PageImages
from desktop.session import Session
from desktop.upright import Turns, upright_turns
from desktop.views.page_places import PagePlaces, Spot, doubts_by_page, marks_of
from desktop.views.page_strip import PageStrip
from desktop.views.page_view import PageView
from desktop.whereabouts import place_near
from parser.model.place import PageBox

_BLINK = 15  # ms in which several movements count as one


class PagePane(QWidget):
    """Follows the session; a click on a cell makes it current."""

    cell_chosen = Signal()  # with a click on its place
    turned = Signal(object)  # the Turns of the pages in sight are others

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._images = session, images
        self.view, self.strip = PageView(images, self), PageStrip(images, self)
        self._places, self._is_moved = PagePlaces({}), False  # a cell has been chosen, and was not revealed yet
        self._more: dict[Path, int] = {}  # by how many quarters the clerk has turned each file
        self._upright: dict[int, int] = {}  # how the pages of the current report are turned to be read
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addWidget(self.view, 1)
        self.strip.hide()
        self.view.is_place = lambda spot: self._places.key_at(spot) is not None
        self._wire()

    def _wire(self) -> None:
        session, view, strip = self._session, self.view, self.strip
        self._images.opened.connect(self._on_opened)
        view.clicked.connect(self._on_clicked)
        view.page_changed.connect(strip.follow)
        view.scrolled.connect(self._ask_soon)
        strip.chosen.connect(view.go_to_page)
        strip.verticalScrollBar().valueChanged.connect(self._ask_soon)
        session.current_changed.connect(self._renew)
        session.report_grew.connect(self._renew)
        session.cell_changed.connect(self._on_cell_changed)
        session.step.followed.connect(self._follow)

    def reveal_cell(self) -> None:
        """Scroll back to the current cell."""
        self._reveal()

    def turn(self, quarters: int) -> None:
        """Turn the pages clockwise by so many quarters more; remembered for this file."""
        self._turn(self.view.turns.turned(quarters))
        if self._images.path is not None:
            self._more[self._images.path] = self.view.turns.more

    def _turn(self, turns: Turns) -> None:
        self.view.turn(turns)
        self.strip.show_pages(turns)
        self.turned.emit(turns)
        self.strip.follow(self.view.page)

    def _turns(self) -> Turns:
        path = self._images.path
        return Turns(self._more.get(path, 0) if path is not None else 0, self._upright)

    def show_strip(self, is_wanted: bool) -> None:
        """Show or fold the list of pages."""
        self.strip.setVisible(is_wanted)
        self._ask_soon()

    def _show_file(self) -> bool:
        """Show the pages of the current file; whether they are others than those in sight."""
        entry = self._session.entry
        path = entry.path if entry is not None and entry.is_paged and not entry.lock.is_shut else None
        known = entry.fingerprint if entry is not None else None
        content = known.sha256 if known is not None else ""
        is_new = not self._images.is_showing(path, content)
        if is_new:
            self.view.forget()
        self._images.show(path, content, entry.lock.password if entry is not None else None)
        if is_new:
            self.strip.show_pages(self._turns())
        return is_new

    def _on_opened(self) -> None:
        turns = self._turns()
        self.strip.show_pages(turns)
        self.view.show_pages(turns)
        self.turned.emit(turns)
        self._mark()

    def _renew(self) -> None:
        report = self._session.report
        self._upright = upright_turns(report.cells) if report else {}
        is_new = self._show_file()
        self._places = PagePlaces(report.cells if report else {})
        if self._images.sizes and self.view.turns != self._turns():  # more of the report says how its pages lie
            self._turn(self._turns())
        if is_new:
            self._reveal()

    def _on_cell_changed(self) -> None:
        self._is_moved = True

    def _follow(self) -> None:
        if self._is_moved:
            self._reveal()
        self._mark()

    def _reveal(self) -> None:
        self._is_moved = False
        entry, key = self._session.entry, self._session.key
        place = place_near(entry, key) if entry is not None and key is not None else None
        if isinstance(place, PageBox):
            self.view.reveal(place)

    def _mark(self) -> None:
        session, entry = self._session, self._session.entry
        if entry is None or entry.report is None or not self._places:
            self.view.set_marks({})
            self.strip.set_doubts({})
        else:
            self.view.set_marks(marks_of(entry, session.lit, session.key))
            self.strip.set_doubts(doubts_by_page(entry))

    def _on_clicked(self, spot: Spot) -> None:
        key = self._places.key_at(spot)
        if key is not None:
            self._session.go_to(key)
            self.cell_chosen.emit()

    def _ask_soon(self) -> None:
        if not self._asking.isActive():
            self._asking.start(_BLINK)

    def _ask(self) -> None:
        now, later = self.view.wanted()
        self._images.want("pages", now, later + self.strip.wanted())
