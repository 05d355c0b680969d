"""Figures of a table without lines that go on in the line below, since their columns are narrow, become whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.model.report import Doubt, Reason
from parser.readers.pdf_lines import Line, Word

_FIGURES = 3  # side by side at least, as in a row of a table
_PITCH = 1.8  # of a line's height from the middle of one line to that of the next at most
_OVER = 0.2  # of a digit's width by which the lower part may stand out under the upper
_REST = re.compile(r"[\d.,]+")
_FIGURE = re.compile(r"[-+\d.,]+")
_VALUE = re.compile(r"[-+\d.,/—–_]+|无")
WRAPPED_NOTE = "此数在原文里分两行印出（“{}”和“{}”），已连成一个，请核对"


def with_wrapped_joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, from top to bottom, with nothing but ends of figures in none of them; each join is a doubt.

    A line goes on with the figures above where each of its own stands right under one of these, and not under all.
    """
    joined: list[Line] = []
    for previous, line in zip((None, *lines), lines, strict=False):
        owners = _owners(joined[-1], line) if previous and _is_next(previous, line) else None
        if owners is None:
            joined.append(line)
            continue
        above = joined[-1]
        rests = dict(zip(owners, line.words, strict=True))
        words = [_united(word, rests[n]) if n in rests else word for n, word in enumerate(above.words)]
        joined[-1] = Line(words, above.overprints + line.overprints)
    return joined


def _owners(above: Line, below: Line) -> list[int] | None:
    """Return which words of the upper line those of the lower go on with; None where they are a row of their own."""
    values = sum(_VALUE.fullmatch(word.text) is not None for word in above.words)
    if values < _FIGURES or len(below.words) >= values:
        return None
    owners: list[int] = []
    for word in below.words:
        under = [n for n, upper in enumerate(above.words) if _is_rest(upper, word)]
        if len(under) != 1:
            return None
        owners += under
    return owners


def _is_next(above: Line, below: Line) -> bool:
    upper, lower = above.box, below.box
    step = (lower[1] + lower[3] - upper[1] - upper[3]) / 2
    return 0 < step <= _PITCH * (lower[3] - lower[1])


def _is_rest(upper: Word, lower: Word) -> bool:
    """Whether the lower digits stand within the width of the upper figure."""
    over = _OVER * lower.glyphs[0].em
    is_under = upper.box[0] - over <= lower.box[0] and lower.box[2] <= upper.box[2] + over
    return is_under and _FIGURE.fullmatch(upper.text) is not None and _REST.fullmatch(lower.text) is not None


def _united(upper: Word, lower: Word) -> Word:
    doubt = Doubt(Reason.READINGS_DIFFER, WRAPPED_NOTE.format(upper.text, lower.text))
    return Word([*upper.glyphs, *lower.glyphs], upper.text + lower.text, (doubt,))
