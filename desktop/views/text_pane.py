"""The text pane: the report as text, where the current cell stands in it, and what is looked for."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.find_bar import FindBar
from desktop.views.source_text import SourceText
from desktop.views.source_view import Selection, SourceView
from desktop.whereabouts import place_near
from parser.model.place import Place, TextSpan

_TELLING, _KNOWN = 6, 24  # characters by which a line is known again, at least and at most


class _Mark(NamedTuple):
    """A highlight from a Qt position to another; of the whole line at ``start`` without an end."""

    start: int
    end: int | None
    colour: str
    ink: str


class TextPane(QWidget):
    """The text of the current report under its find bar, with the current cell's place lit up."""

    cell_chosen = Signal()  # with a click on its place
    find_closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view, self.find_bar = SourceView(self), FindBar(self)
        self._source = SourceText("", {})
        self._found: list[int] = []
        self._at = 0
        self._marks: list[_Mark | None] | None = None  # what is drawn, if that is known
        self._known: dict[tuple[Place, str, str], _Mark] = {}  # where what was marked so far stands in the view …
        self._selections: dict[_Mark, Selection] = {}  # … and how it is drawn: each takes its time to make
        self._is_new_finding = self._is_moved = False  # a finding, a cell has been chosen, and was not revealed yet
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self.view.clicked.connect(self._on_clicked)
        self.find_bar.changed.connect(self._on_find_changed)
        self.find_bar.step.connect(self._on_find_step)
        self.find_bar.closed.connect(self._on_find_closed)
        session.current_changed.connect(self._on_current_changed)
        session.report_grew.connect(self._on_current_changed)
        session.cell_changed.connect(self._on_cell_changed)
        session.finding_changed.connect(self._on_finding_changed)
        session.step.followed.connect(self._follow)

    def open_find_bar(self) -> None:
        """Open the find bar with the selected text."""
        self.find_bar.open_bar(self.view.textCursor().selectedText())

    def reveal_section(self, number: str) -> None:
        """Scroll to a section of the prose: to the first of its lines that still stands in the source, or its title."""
        entry = self._session.entry
        if entry is None or entry.report is None:
            return
        lines = (line.strip() for line in (entry.report.sections.get(number) or "").splitlines())
        title = next(section.title.text for section in entry.form.sections if section.number == number)
        wanted = [*(line[:_KNOWN] for line in lines if len(line) >= _TELLING), title]
        place = next((at for words in wanted if (at := self._source.text.find(words)) >= 0), None)
        if place is not None:
            self.view.reveal(self._source.units(place))

    def reveal_cell(self) -> None:
        """Scroll back to the current cell."""
        self._reveal()

    def _on_current_changed(self) -> None:
        report = self._session.report
        text = report.text if report else ""
        is_other = text != self._source.text
        self._source = SourceText(text, report.cells if report else {})
        if is_other:
            self.view.set_source(self._source)
            self._marks, self._known, self._selections = None, {}, {}
            self._search(self.find_bar.field.text() if self.find_bar.isVisible() else "")
            self._is_moved = True
            self._follow()

    def _on_finding_changed(self) -> None:
        self._is_new_finding = self._session.finding is not None

    def _on_cell_changed(self) -> None:
        self._is_moved = True

    def _follow(self) -> None:
        if self._is_moved:
            self._reveal()
        self._highlight()

    def _reveal(self) -> None:
        """Scroll to the cell, or to the sentence of a finding just chosen."""
        entry, key, finding = self._session.entry, self._session.key, self._session.finding
        sentence = finding.sentence if finding is not None and self._is_new_finding else None
        self._is_new_finding = self._is_moved = False
        place = sentence or (place_near(entry, key) if entry is not None and key is not None else None)
        if isinstance(place, TextSpan):
            self.view.reveal(self._source.units(place.start))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_at"):
            self._highlight()

    def _on_clicked(self, position: int) -> None:
        key = self._source.key_at(position)
        if key is not None:
            self._session.go_to(key)
            self.cell_chosen.emit()

    def _highlight(self) -> None:
        marks = self._marks_of_cells()
        if self._found or marks != self._marks:  # every mark costs, and most edits change none
            self._marks = None if self._found else marks
            drawn = [self._drawn(mark) for mark in marks if mark is not None]
            self.view.setExtraSelections(drawn + self._marks_of_search())

    def _drawn(self, mark: _Mark) -> Selection:
        if mark not in self._selections:
            start, end, colour, ink = mark
            line, part = self.view.line, self.view.selection
            self._selections[mark] = line(start, colour) if end is None else part(start, end, colour, ink)
        return self._selections[mark]

    def _marks_of_cells(self) -> list[_Mark | None]:
        session, theme = self._session, theme_of(self.palette())
        entry = session.entry
        if entry is None or entry.report is None:
            return []
        marks = [self._mark_of_span(session.finding.sentence, theme.accent_soft)] if session.finding else []
        cells = entry.report.cells
        for keys, colour, ink in ((session.lit, theme.accent_soft, ""), (entry.open, theme.doubt_soft, theme.text)):
            marks += [self._mark_of_span(cells[key].place, colour, ink) for key in keys if key in cells]
        cell = session.cell
        if cell is not None and isinstance(cell.place, TextSpan):
            marks.insert(0, _Mark(self._source.units(cell.place.start), None, theme.lit, ""))
            marks.append(self._mark_of_span(cell.place, theme.accent, theme.on_accent))
        if session.finding is not None:
            marks.append(self._mark_of_span(session.finding.figure, theme.doubt_soft, theme.text))
        return marks

    def _mark_of_span(self, place: Place | None, colour: str, ink: str = "") -> _Mark | None:
        if not isinstance(place, TextSpan):
            return None
        wanted = place, colour, ink
        if wanted not in self._known:
            place = self._source.visible(place)
            self._known[wanted] = _Mark(self._source.units(place.start), self._source.units(place.end), colour, ink)
        return self._known[wanted]

    # ── finding text ─────────────────────────────────────────────────────────────────
    def _on_find_changed(self, wanted: str) -> None:
        self._search(wanted)
        self._show_found()

    def _search(self, wanted: str) -> None:
        self._found, start = [], 0
        while wanted and (start := self._source.text.find(wanted, start)) >= 0:
            self._found.append(start)
            start += len(wanted)
        here = self._source.point(self.view.textCursor().position())
        self._at = next((i for i, place in enumerate(self._found) if place >= here), 0)

    def _on_find_step(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
        self._show_found()

    def _show_found(self) -> None:
        self.find_bar.show_count(self._at + 1, len(self._found))
        if self._found:
            self.view.reveal(self._source.units(self._found[self._at]))
        self._highlight()

    def _on_find_closed(self) -> None:
        self._found = []
        self._highlight()
        self.view.setFocus()
        self.find_closed.emit()

    def _marks_of_search(self) -> list[Selection]:
        theme, length = theme_of(self.palette()), len(self.find_bar.field.text())
        marks = []
        for number, start in enumerate(self._found[:2000]):
            colour = theme.found_now if number == self._at else theme.found
            ink = theme.on_accent if number == self._at else theme.text
            marks.append(
                self.view.selection(self._source.units(start), self._source.units(start + length), colour, ink)
            )
        return marks
