"""A report: every cell of its form with what was printed, what it means, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from parser.model.place import Place

if TYPE_CHECKING:  # these modules take their time, and the window does not wait for them
    from datetime import date, datetime
    from decimal import Decimal


class CellKey(NamedTuple):
    """Address of one value cell of a form, written ``table.row.column``."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return ".".join(self)

    @classmethod
    def parse(cls, text: str) -> CellKey:
        """Return the key written as ``table.row.column``; raise ValueError for anything else."""
        table, row, column = text.split(".")
        return cls(table, row, column)

    @classmethod
    def of_section(cls, number: str) -> CellKey:
        """Return the key under which edits change the text of a section, "1" … "6"."""
        return cls(_SECTIONS, number, "text")

    @property
    def section(self) -> str | None:
        """The number of the section whose text is meant, None for a cell of a form."""
        return self.row if self.table == _SECTIONS else None

    @classmethod
    def of_head(cls, name: str) -> CellKey:
        """Return the key under which edits change what the report is: "issuer", "year", "form", or "checked" or not."""
        return cls(_HEAD, name, "text")

    @property
    def head(self) -> str | None:
        """The name of what is meant of the report as a whole, None for a cell of a form."""
        return self.row if self.table == _HEAD else None

    @property
    def is_cell(self) -> bool:
        """Whether a cell of a form is meant, not a section or the head."""
        return self.table not in (_SECTIONS, _HEAD)


_SECTIONS, _HEAD = "sections", "head"


class State(StrEnum):
    """What stands in a cell of the source."""

    NUMBER = "number"
    BLANK = "blank"  # the label was read, nothing is printed
    MARK = "mark"  # "/", "-", "无": printed instead of a number
    UNREADABLE = "unreadable"  # something stands there, or was lost, and no number can be made of it
    ABSENT = "absent"  # the source does not contain this cell


class Reason(StrEnum):
    """Why a cell is doubtful. The one list of reasons; wording for people lives beside the reader of it."""

    LOOK_ALIKE = "look_alike"
    LABEL_LEAK = "label_leak"
    AMBIGUOUS_POSITION = "ambiguous_position"
    LINES_LOST = "lines_lost"
    LOW_CONFIDENCE = "low_confidence"
    READINGS_DIFFER = "readings_differ"
    STAMP = "stamp"
    EQUATION = "equation"
    MAGNITUDE = "magnitude"


class Doubt(NamedTuple):
    """One reason to look at a cell, with a short Chinese sentence that says what was seen."""

    reason: Reason
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The reading of one value cell.

    ``value`` is exact and keeps the printed decimals; it is None unless ``state`` is NUMBER. ``raw`` and ``place``
    are what stood in the source and survive every correction. ``unit`` is a unit printed in the cell itself.
    ``second`` is what a second reading of another crop says, None where there was none.
    """

    state: State
    value: Decimal | None = None
    unit: str | None = None
    raw: str = ""
    place: Place | None = None
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    second: str | None = None

    @property
    def shown(self) -> str:
        """The value without padding or plus sign, the mark as printed, or ``''``."""
        if self.state is State.NUMBER and self.value is not None:
            return f"{self.value:f}"
        return self.raw.strip() if self.state is State.MARK else ""

    @property
    def second_value(self) -> Decimal | None:
        """The figure that the second reading says; None where there was none or it is no figure."""
        is_figure = self.second is not None and self.second.replace(".", "", 1).isdecimal()
        if not is_figure or not self.second:
            return None
        from decimal import Decimal

        return Decimal(self.second)

    @property
    def is_confirmed(self) -> bool:
        """Whether a second reading says the same figure."""
        return self.value is not None and self.second_value == self.value

    @property
    def is_read(self) -> bool:
        """Whether the cell says something definite: a number, a mark, or that it is blank."""
        return self.state in (State.NUMBER, State.BLANK, State.MARK)


ABSENT = Cell(State.ABSENT)


def section_cell(text: str | None) -> Cell:
    """Return the text of a section as edits hold it: words instead of a number, or nothing at all."""
    return ABSENT if text is None else Cell(State.MARK, raw=text)


def section_text(cell: Cell) -> str | None:
    """Return the text of ``section_cell``."""
    return None if cell.state is State.ABSENT else cell.raw


def head_cell(text: str | int | None) -> Cell:
    """Return issuer, year or form as edits hold it: words instead of a number, or nothing at all."""
    return Cell(State.BLANK) if text is None else Cell(State.MARK, raw=str(text))


@dataclass(frozen=True, slots=True)
class Edit:
    """One reversible change of one cell, of a section's text (``CellKey.of_section``) or of the head (``of_head``).

    Serves undo, the change log and suggestions alike.
    """

    key: CellKey
    before: Cell
    after: Cell
    reason: str
    author: str
    at: datetime

    def reversed(self) -> Edit:
        """Return the edit that takes this one back."""
        return replace(self, before=self.after, after=self.before)


class Note(NamedTuple):
    """Something extraction noticed about the structure, by the id of the rule that reports it."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report, read into the cells of the form it uses.

    ``template`` is None only when the labels do not decide between the forms; the cells then follow ``form``, the
    form due for the year. ``sections`` maps "1" … "6" to their text without tables, None where a section is missing.
    """

    source: str
    sha256: str
    kind: str
    text: str
    form: str
    template: str | None
    cells: Mapping[CellKey, Cell]
    issuer: str | None = None
    year: int | None = None
    title: str | None = None
    period: tuple[date, date] | None = None
    published: date | None = None
    information_processing_fee_yuan: Decimal | None = None
    sections: Mapping[str, str | None] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    pages: int | None = None
    edits: tuple[Edit, ...] = ()

    def apply(self, edits: Iterable[Edit]) -> Report:
        """Return the report after ``edits``; the only way a cell or a section ever changes.

        Raises ValueError when one is no longer what an edit says it was before.
        """
        edits = tuple(edits)
        report, cells, sections = self, dict(self.cells), dict(self.sections)
        for edit in edits:
            if edit.key.head:
                report = report.called(edit.key.head, edit.after.raw)
                continue
            number = edit.key.section
            if edit.before != (section_cell(sections.get(number)) if number else cells[edit.key]):
                raise ValueError(f"{edit.key} has changed since the edit was made")
            if number:
                sections[number] = section_text(edit.after)
            else:
                cells[edit.key] = edit.after
        return replace(report, cells=cells, sections=sections, edits=self.edits + edits)

    def called(self, name: str, text: str) -> Report:
        """Return the report with another issuer or year; ``""`` for none. Its form changes only with its cells."""
        if name == "issuer":
            return replace(self, issuer=text or None)
        return replace(self, year=int(text) if text else None) if name == "year" else self
