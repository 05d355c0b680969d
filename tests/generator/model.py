"""What a generated report is made of: slots in sheets, chunks of lines, the draft they belong to, the finished case."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from parser.model.template import Template


class Truth(TypedDict):
    """The format of the truth files: ``cells`` maps a key to what is printed, ``""`` blank or None absent."""

    issuer: str | None
    year: int | None
    template: str
    cells: dict[str, str | None]
    damaged: list[str]
    expected_doubt: list[str]
    unscored: list[str]


@dataclass(frozen=True)
class Case:
    """A generated report.

    ``data`` are the bytes of the file (``text`` before encoding), ``damages`` the classes applied. ``altered`` names
    for every cell that no longer says what the office printed the damage that changed it; ``hidden`` gives for those
    among them whose error no reader could notice (see tests.generator.hidden) what the text shows instead. ``vague``
    are the cells of rows of which the text does not tell where their values belong.
    """

    seed: int
    layout: str
    damages: tuple[str, ...]
    text: str
    data: bytes
    suffix: str
    truth: Truth
    altered: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()

    @property
    def detectable(self) -> bool:
        """Whether every error in the text can be noticed."""
        return not self.hidden


@dataclass
class Slot:
    """A cell of a sheet. ``text`` is what will be shown; a line break in it stands inside the cell."""

    text: str
    role: str  # line, head, group, label, value
    column: int
    span: int = 1
    key: str | None = None
    glued: bool = False  # no space before it
    noise: bool = False  # nothing but a speck in an empty cell


@dataclass
class SheetRow:
    """The slots that begin in one row of a table; ``covered`` are the columns that reach down from rows above."""

    kind: str  # line, head, data, extra
    slots: list[Slot]
    covered: set[int] = field(default_factory=set)
    shift: int = 0  # columns the values stand too far right (negative: left)
    upper: SheetRow | None = None  # the part with the beginning of the label, when the row was torn

    @property
    def values(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.role == "value"]

    @property
    def keys(self) -> list[str]:
        return [slot.key for slot in self.slots if slot.key]

    @property
    def label(self) -> Slot | None:
        return next((slot for slot in self.slots if slot.role == "label"), None)


@dataclass
class Sheet:
    """One of the three tables as it will be laid out."""

    key: str
    width: int
    rows: list[SheetRow]

    def slots(self, *roles: str) -> Iterator[Slot]:
        """Yield the slots with one of ``roles`` in reading order."""
        return (slot for row in self.rows for slot in row.slots if not roles or slot.role in roles)


@dataclass
class Chunk:
    """Lines of the finished text that belong together; ``row`` is set for a table row."""

    kind: str  # title, intro, prose, heading, row, open, close, tail
    lines: list[str]
    table: str | None = None
    row: SheetRow | None = None


@dataclass
class Section:
    """One of the six sections: heading, prose before the table, table, prose after it."""

    number: str
    heading: str
    paragraphs: list[str]
    table: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Layout:
    """A way to print a table. ``bounded`` says that an empty cell leaves a trace; ``gap`` goes between paragraphs."""

    name: str
    render: Callable[[Sheet, random.Random], list[list[str]]]
    bounded: bool = True
    gap: bool = True
    family: str = "text"
    suffixes: tuple[str, ...] = (".txt",)
    weight: float = 1.0


@dataclass
class Draft:
    """A report in the making. ``cells`` is what the office printed, the slots of ``sheets`` what will be shown."""

    rng: random.Random
    form: Template
    layout: Layout
    year: int
    issuer: str | None
    named: bool  # in the title
    cells: dict[str, str | None]
    head: list[str] = field(default_factory=list)
    intro: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    expected_doubt: set[str] = field(default_factory=set)
    unscored: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)  # the text does not tell which value is theirs
    altered: dict[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    newline: str = "\n"
    charset: str | None = None  # what a web page claims, None: the truth

    def slots(self, *roles: str) -> Iterator[Slot]:
        """Yield the slots of all three tables."""
        return (slot for sheet in self.sheets.values() for slot in sheet.slots(*roles))

    def rows(self, *kinds: str) -> Iterator[tuple[Sheet, SheetRow]]:
        """Yield the rows of all three tables with their sheet."""
        return ((sheet, row) for sheet in self.sheets.values() for row in sheet.rows if row.kind in kinds)
