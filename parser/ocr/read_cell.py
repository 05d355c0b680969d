"""A cell of a scanned table, and what was made of its ink."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from parser.layout.cell_grid import GridCell
from parser.ocr.crops import CellInk
from parser.ocr.engine import Grey, Recognised
from parser.ocr.marks import (
    begins_flat,
    ends_leaning,
    is_bare_stroke,
    is_leaning,
    is_taken_for_mark,
    is_tick,
    mark_of,
)

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_DOTTED_ZERO = frozenset("日曰")
_TICKED = re.compile(r"([\d.,/-]+)[√✓✔Vv]|(\d+)[/／]")  # a figure that somebody has ticked off
_SPECKED = re.compile(r"(?=[.,]|.*[.,]$)[.,]?(\d+)[.,]?")  # a figure with a speck before or behind it
_ACCOMPANIED = re.compile(r"[:;·•'`~^*]+\d[\d.,]*|\d[\d.,]*[:;·•'`~^*]+")  # … with what is no digit: a sign, or dirt
_BESIDES = 0.7  # confidence of such figures at best
_BY_SHAPE = 0.95  # confidence of a mark told by its shape
_FREE = 0.5  # a Chinese character as sure as this is one
_SEVERAL = 0.2  # … and several of them need no more
_CLOSER = 0.18  # of a digit's height is cut off all round for the second reading
_PIECES = 2.5  # of ink for each digit: it is broken
UNKNOWN = "□"  # stands for ink of which nothing could be made


@dataclass(frozen=True)
class ReadCell:
    """A cell with its ink and what each line of it was recognised as.

    ``stamped`` is the share a stamp covers, ``digit`` the height of digits on the page, in pixels. ``is_crossed``: a
    fold or streak runs through its ink, is its ink, or runs through the blank cell. ``is_figure``: it stands among
    figures, so that a single character is a figure badly printed. ``is_word``: it stands among labels, so that a figure
    is what is left of a label. ``is_slash_like``: what leans in it is a slash, if only because others of its table are;
    ``is_bare_slash``: it is, because many strokes as bare lean alike in upright print. ``is_dotted``: a zero of the
    page has a dot in its middle, so that it is taken for a character. ``is_flush``: like most figures of its table it
    ends at the line of its column, to which no room is left in that print.
    ``is_off_page``: the edge of the picture may have cut a part off. ``is_uneven``: one of its digits is raised
    above its neighbours, or they are smaller than those of the table.
    """

    grid: GridCell
    ink: CellInk
    readings: tuple[Recognised, ...]
    stamped: float
    digit: float
    is_crossed: bool = False
    is_figure: bool = False
    is_word: bool = False
    is_slash_like: bool = False
    is_bare_slash: bool = False
    is_dotted: bool = False
    is_flush: bool = False
    is_off_page: bool = False
    is_uneven: bool = False

    @cached_property
    def mark(self) -> str | None:
        """The mark that stands in the cell alone, told by its shape."""
        if len(self.ink.lines) != 1 or self.is_word:
            return None
        if self._drawn_mark or self._is_small_hyphen:
            return self._drawn_mark or "-"
        return "/" if self.is_slash_like or self.is_bare_slash else None

    @cached_property
    def _drawn_mark(self) -> str | None:
        return mark_of(self.ink.lines[0].crop, self.digit, self.readings[0].figure)

    @property
    def _is_small_hyphen(self) -> bool:
        """Whether what stands in the cell is a hyphen only because others on the page are like it."""
        return self.ink.is_hyphen_like and self._drawn_mark is None

    @cached_property
    def is_bare_stroke(self) -> bool:
        """Whether a straight leaning stroke stands in the cell alone."""
        return len(self.ink.lines) == 1 and is_bare_stroke(self.ink.lines[0].crop, self.digit)

    @cached_property
    def is_ticked_blank(self) -> bool:
        """Whether nothing but a tick stands in the cell."""
        return len(self.ink.lines) == 1 and is_tick(self.ink.lines[0].crop, self.digit, self.readings[0].figure)

    @property
    def is_ticked(self) -> bool:
        """Whether a tick was taken away that stood beside what is in the cell."""
        return len(self.ink.lines) == 1 and self.ink.lines[0].is_ticked

    @property
    def is_cut(self) -> bool:
        """Whether ink runs into the cell's borders."""
        return self.ink.is_cut

    @property
    def is_broken(self) -> bool:
        """Whether the figure's digits fell to pieces: what is left of one may look like another."""
        return len(self.ink.lines) == 1 and self.ink.lines[0].pieces >= _PIECES * max(1, len(self.text))

    @property
    def is_accompanied(self) -> bool:
        """Whether beside the figure stands what may be a sign that dirt has joined, or what is left of a digit."""
        return len(self.ink.lines) == 1 and _ACCOMPANIED.fullmatch(self.readings[0].text) is not None

    @cached_property
    def may_have_sign(self) -> bool:
        """Whether the figure was read without a sign, and something like one has run into it."""
        return (
            self.text[:1].isdecimal() and len(self.ink.lines) == 1 and begins_flat(self.ink.lines[0].crop, self.digit)
        )

    @cached_property
    def is_leaning(self) -> bool:
        """Whether what was read as a 1 may be a slash, or as the last 1 of a figure a tick that joins it."""
        if len(self.ink.lines) != 1:
            return False
        crop = self.ink.lines[0].crop
        return is_leaning(crop, self.text) or ends_leaning(crop, self.digit, self.text)

    @cached_property
    def text(self) -> str:
        """What stands in the cell; UNKNOWN where there is ink that says nothing."""
        if self.is_word and self.readings:
            words = "".join(reading.text for reading in self.readings)
            return words if _CHINESE.search(words) else words + UNKNOWN
        if self.is_ticked_blank:
            return ""
        return self.mark or "".join(_text(reading, self.is_figure) for reading in self.readings)

    @cached_property
    def confidence(self) -> float:
        """The confidence of the least sure line."""
        if self.mark:
            is_drawn = self._drawn_mark is not None or self.is_bare_slash
            is_sure = is_drawn and is_taken_for_mark(self.readings[0].figure) and not self._is_small_hyphen
            return _BY_SHAPE if is_sure else _BESIDES
        return min((_confidence(reading, self.is_figure) for reading in self.readings), default=1.0)


def second_crops(cell: ReadCell) -> list[Grey]:
    """Return other crops of the cell's lines for an independent reading: cut close, so that the digits come larger."""
    less = round(_CLOSER * cell.digit)
    return [
        line.crop[less:-less, less:-less] if less and min(line.crop.shape) > 3 * less else line.crop
        for line in cell.ink.lines
    ]


def is_dotted_zero(reading: Recognised) -> bool:
    """Whether a line may be a zero with a dot in its middle, as fonts for programs have it."""
    return reading.text in _DOTTED_ZERO and reading.figure == "0"


def as_zero(reading: Recognised) -> Recognised:
    """Return the reading of a dotted zero as that of a zero, as sure as it was of the character."""
    return replace(reading, text="0", figure_confidence=reading.confidence) if is_dotted_zero(reading) else reading


def figure_alone(reading: Recognised) -> Recognised:
    """Return the reading without the tick or speck beside its figure, less sure then; itself where there is none."""
    figure = _besides(reading)
    sure = min(reading.confidence, reading.figure_confidence, _BESIDES)
    return replace(reading, figure=figure, figure_confidence=sure) if figure else reading


def _text(reading: Recognised, is_figure: bool) -> str:
    if is_label(reading):
        if not is_figure or len(reading.text) > 1:
            return reading.text
        return reading.figure if reading.figure_confidence >= _FREE or is_dotted_zero(reading) else UNKNOWN
    return _besides(reading) or reading.figure or reading.text or UNKNOWN


def is_ticked_off(reading: Recognised) -> bool:
    """Whether somebody has put a tick beside the figure."""
    return _TICKED.fullmatch(reading.text) is not None


def _besides(reading: Recognised) -> str | None:
    """Return the figure beside which somebody put a tick, or dirt left a point; None where it stands alone."""
    found = _TICKED.fullmatch(reading.text) or _SPECKED.fullmatch(reading.figure)
    return next(filter(None, found.groups())) if found else None


def _confidence(reading: Recognised, is_figure: bool) -> float:
    if _besides(reading):
        return min(reading.confidence, _BESIDES)
    is_word = is_label(reading) and (not is_figure or len(reading.text) > 1)
    return reading.confidence if is_word else reading.figure_confidence


def is_label(reading: Recognised) -> bool:
    """Whether a line is words: it has Chinese characters that are no marks, and they are sure, many, or no figure."""
    words = _CHINESE.findall(reading.text.replace("无", "").replace("一", ""))
    if not words:
        return False
    needed = _FREE if len(words) == 1 else _SEVERAL
    return reading.confidence > needed or reading.figure_confidence < _FREE
