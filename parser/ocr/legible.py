"""Which way up a page without tables is: the way in which its lines can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parser.layout.page import PageLine
from parser.ocr.flat_page import FlatPage

Lines = list[list[PageLine]]
"""The lines of text by part of the page."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = 4  # Chinese characters in a row make a word
_READ = 0.5  # … that is read if all of it is as sure as this
_SHARE = 0.3  # of what stands on the page must be words; any other way up hardly any is
_TURNS = (0, 1, 2, 3)


def legible_way(
    parts: Sequence[FlatPage],
    turned: Callable[[int], Sequence[FlatPage] | None],
    read: Callable[[Sequence[FlatPage]], Lines],
) -> tuple[Sequence[FlatPage], Lines]:
    """Return the parts of the page and their lines, in whichever of the four ways most can be read.

    ``parts`` are tried first, and kept if they are legible. ``turned`` gives the page's parts after some quarter turns.
    """
    lines = read(parts)
    best, most = (parts, lines), _words(lines)
    if most >= max(1, _SHARE * _pieces(lines)) or not _pieces(lines):
        return best
    for turn in (turn for turn in _TURNS if turn != parts[0].turn):
        others = turned(turn)
        if others is None:
            continue
        lines = read(others)
        if _words(lines) > most:
            best, most = (others, lines), _words(lines)
            if most >= _SHARE * _pieces(lines):
                break
    return best


def _pieces(lines: Lines) -> int:
    return sum(len(line.words) for part in lines for line in part)


def _words(lines: Lines) -> int:
    """Return how many words were read with certainty."""
    words = (word for part in lines for line in part for word in line.words)
    return sum(word.confidence >= _READ and len(_CHINESE.findall(word.text)) >= _WORD for word in words)
