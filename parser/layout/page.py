"""What was found on a page, however it was read: loose lines and tables of cells, each with its place on the page."""

from __future__ import annotations

from dataclasses import dataclass

from parser.model.report import Doubt

Box = tuple[float, float, float, float]  # left, top, right, bottom in fractions of the page, origin top left


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table, or a word of a loose line: its text ('' for an empty cell), and how surely it was read.

    A merged cell stands once, in the row and column where it begins, and spans ``rows`` and ``columns`` of the grid;
    its box is the whole cell inside its borders. ``runs_on`` says that its last line leaves no room for another
    character, so that the text may go on where the table does, on the next page.
    """

    text: str
    box: Box
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    column: int = 0
    columns: int = 1
    rows: int = 1
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class PageRow:
    """The cells that begin in one row of a table's grid, from left to right; none where all began further up."""

    cells: tuple[PageCell, ...]


class _Standing:
    """Where a block stands on the page as it is read: laid flat, if it was."""

    __slots__ = ()
    box: Box
    flat: Box | None

    @property
    def left(self) -> float:
        """Where it begins, in the direction in which it is read."""
        return (self.flat or self.box)[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return (self.flat or self.box)[2]

    @property
    def top(self) -> float:
        """How far it stands from the top of the page as it is read."""
        return (self.flat or self.box)[1]

    @property
    def bottom(self) -> float:
        """How far its lower edge does."""
        return (self.flat or self.box)[3]


@dataclass(frozen=True, slots=True)
class PageTable(_Standing):
    """A table, or the part of it that stands on this page; ``edges`` are its grid's vertical lines, left to right.

    ``flat`` is its box on a page that was laid flat, in fractions of that page.
    """

    rows: tuple[PageRow, ...]
    box: Box
    edges: tuple[float, ...] = ()
    flat: Box | None = None


@dataclass(frozen=True, slots=True)
class PageLine(_Standing):
    """A line of text that no table holds.

    ``words`` are its parts with their own boxes, in the order in which they occur in ``text``; without them every
    part of the line has the line's box. ``flat`` is its box on a page that was laid flat, in fractions of that page.
    """

    text: str
    box: Box
    words: tuple[PageCell, ...] = ()
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    flat: Box | None = None


PageBlock = PageLine | PageTable


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page in reading order. Where two texts stand side by side ``blocks`` is the left, ``beside`` the right one.

    ``pictures`` are those that seem to hold tables, which nobody has read.
    """

    number: int  # from 1
    blocks: tuple[PageBlock, ...]
    beside: tuple[PageBlock, ...] = ()
    pictures: tuple[Box, ...] = ()
