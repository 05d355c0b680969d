"""Glyphs become lines of words, and the text of a cell: by where they stand, whatever order the file has them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parser.model.report import Doubt, Reason
from parser.readers.pdf_chars import Glyph
from parser.readers.pdf_objects import Rect

_SAME = 0.35  # of a glyph's width: nearer glyphs stand on top of each other
_APART = 0.6  # em between words where a Chinese character stands on one side at least
_APART_LATIN = 0.3  # … between figures and Latin letters; kerning moves them less
_SPACE = 0.15  # … and of a space that was printed
_SAME_LINE = 0.5  # of the lower height: middles further apart are two lines
_PADDING = 12.5  # points that Word leaves free beside the text of a cell, both sides together
_EVEN = 0.25  # em by which gaps differ that space out a line evenly
_WIDEST = 1.2  # em of such a gap
OVERPRINT_NOTE = "此处有不同的字叠印在一起（{}）"


@dataclass
class Word:
    """Glyphs without a gap between them, and what is doubtful about what they say."""

    glyphs: list[Glyph]
    text: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def box(self) -> Rect:
        """The box around the glyphs."""
        return box_around(self.glyphs)


@dataclass
class Line:
    """Words side by side; ``overprints`` are different characters that stand on top of each other."""

    words: list[Word]
    overprints: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def glyphs(self) -> list[Glyph]:
        """All glyphs from left to right."""
        return [glyph for word in self.words for glyph in word.glyphs]

    @property
    def box(self) -> Rect:
        """The box around the words."""
        return box_around(self.glyphs)


@dataclass(frozen=True)
class CellText:
    """The text of a cell; ``runs_on`` says that its last line leaves no room for another character."""

    text: str
    runs_on: bool = False
    doubts: tuple[Doubt, ...] = ()


def box_around(glyphs: Iterable[Glyph]) -> Rect:
    """Return the smallest box that holds the glyphs."""
    members = list(glyphs)
    return (
        min(g.x0 for g in members),
        min(g.y0 for g in members),
        max(g.x1 for g in members),
        max(g.y1 for g in members),
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines in which upright glyphs stand, from top to bottom."""
    groups: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.y0 + g.y1):
        high = glyph.y1 - glyph.y0
        if groups and glyph.y - middle <= _SAME_LINE * min(high, height):
            groups[-1].append(glyph)
            middle += (glyph.y - middle) / len(groups[-1])
            height = max(height, high)
        else:
            groups.append([glyph])
            middle, height = glyph.y, high
    return [_line(group) for group in groups]


def cell_text(glyphs: Sequence[Glyph], box: Rect) -> CellText:
    """Return what the glyphs inside a cell say."""
    if not glyphs:
        return CellText("")
    if any(glyph.turn for glyph in glyphs) or _is_vertical(glyphs):
        return CellText(_vertical_text(glyphs))
    lines = lines_of(glyphs)
    width = box[2] - box[0]
    text = lines[0].text
    for above, below in pairwise(lines):
        text += _joint(above, below, _is_full(above, width)) + below.text
    marks = [mark for line in lines for mark in line.overprints]
    doubts = (Doubt(Reason.READINGS_DIFFER, OVERPRINT_NOTE.format("、".join(marks))),) if marks else ()
    return CellText(text, _is_full(lines[-1], width), doubts)


def _line(group: list[Glyph]) -> Line:
    """Part a line into words; characters printed twice to look bold count once."""
    kept: list[Glyph] = []
    overprints: list[str] = []
    for glyph in sorted(group, key=lambda g: g.x0):
        twin = next((g for g in kept[-3:] if _stand_on_each_other(g, glyph)), None)
        if twin is None:
            kept.append(glyph)
        elif twin.text != glyph.text:
            overprints.append(f"{twin.text}{glyph.text}")
            kept.append(glyph)
    words = [Word([kept[0]])]
    even = _is_even(kept)
    for left, right in pairwise(kept):
        if not even and _is_apart(left, right):
            words.append(Word([right]))
        else:
            words[-1].glyphs.append(right)
    for word in words:
        word.text = "".join(glyph.text for glyph in word.glyphs)
    return Line(words, overprints)


def _stand_on_each_other(one: Glyph, other: Glyph) -> bool:
    return abs(one.x0 - other.x0) < _SAME * min(one.x1 - one.x0, other.x1 - other.x0)


def _is_apart(left: Glyph, right: Glyph) -> bool:
    """Whether the glyphs belong to two words: a gap, or one of them is raised and smaller, a note's mark."""
    if right.spaced and right.x0 - left.x1 > _SPACE * min(left.em, right.em):
        return True
    chinese = left.text >= "\u2e80" or right.text >= "\u2e80"
    if right.x0 - left.x1 > (_APART if chinese else _APART_LATIN) * min(left.em, right.em):
        return True
    heights = sorted((left.y1 - left.y0, right.y1 - right.y0))
    raised = abs(left.y1 - right.y1) > 0.2 * heights[1] or abs(left.y0 - right.y0) > 0.45 * heights[1]
    return left.text.isdigit() and right.text.isdigit() and heights[0] < 0.8 * heights[1] and raised


def _is_even(line: Sequence[Glyph]) -> bool:
    """Whether Chinese characters are spaced out evenly over the line's width: one word."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(line)]
    em = min(glyph.em for glyph in line)
    chinese = all(glyph.text >= "\u2e80" for glyph in line)
    return chinese and len(gaps) > 1 and max(gaps) < _WIDEST * em and max(gaps) - min(gaps) < _EVEN * em


def _is_full(line: Line, width: float) -> bool:
    """Whether the line leaves no room for another character in a cell of this width."""
    left, _, right, _ = line.box
    return width - (right - left) < _PADDING + line.words[-1].glyphs[-1].em


def _joint(above: Line, below: Line, is_full: bool) -> str:
    """Return what stands between two lines of a cell; figures go on only where the upper line is full."""
    last, first = above.text[-1], below.text[0]
    if re.fullmatch(r"[\d.,]+", below.text):
        return "" if is_full and re.fullmatch(r"[-+\d.,]+", above.text) else " "
    return " " if last.isascii() and first.isascii() and last.isalnum() and first.isalnum() else ""


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether the file draws the characters downwards, one below the other; figures are never written so."""
    if all(glyph.text.isascii() for glyph in glyphs):
        return False
    ordered = sorted(glyphs, key=lambda g: g.order)
    steps = [(b.x - a.x, b.y - a.y, min(a.em, b.em)) for a, b in pairwise(ordered)]
    downwards = sum(abs(dx) < 0.3 * em and dy > 0.5 * em for dx, dy, em in steps)
    return len(steps) > 0 and downwards > len(steps) / 2


def _vertical_text(glyphs: Sequence[Glyph]) -> str:
    """Return turned or stacked characters in the order in which they were drawn, those drawn twice once."""
    kept: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.order):
        em = _SAME * glyph.em
        if not any(g.text == glyph.text and abs(g.x - glyph.x) < em and abs(g.y - glyph.y) < em for g in kept):
            kept.append(glyph)
    return "".join(glyph.text for glyph in kept)
