"""Which way up a page without tables is: the way in which its words can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from parser.ocr.flat_page import FlatPage
from parser.ocr.full_page import FoundWord, Spotted

Spots = Sequence[Spotted]
"""Where words stand, by part of the page."""

Words = Sequence[Sequence[FoundWord]]
"""What was read, by part of the page."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FIGURE = re.compile(r"[-+\d.,/%\s]+")
_WORD = 4  # Chinese characters in a row make a word
_READ = 0.5  # … that is read if all of it is as sure as this
_SHARE = 0.3  # of what stands on the page must be words; any other way up hardly any is
_STROKES = 3  # of words on their side that are taken for figures; fewer are the number of a page
_SAMPLE = 24  # words of a page, the longest, tell whether it can be read


def legible_way(
    parts: Sequence[FlatPage],
    turned: Callable[[int], Sequence[FlatPage] | None],
    spot: Callable[[Sequence[FlatPage]], Spots],
    read: Callable[..., Words],
) -> tuple[Sequence[FlatPage], Words]:
    """Return the parts of the page and their words, in whichever of the four ways most can be read.

    ``parts`` are tried first, and kept if they are legible. ``turned`` gives the page's parts after some quarter turns,
    ``spot`` where words stand on them. ``read(spots, most, is_upside_down)`` is asked for all words or so many of each
    part: a few tell whether another way is better, and upside down they stand where they stood.
    """
    spots = spot(parts)
    words = read(spots)
    if is_legible(words) or not (_count(words) or sum(map(len, words)) >= _STROKES):
        return parts, words
    best, most = parts[0].turn, _share(words)
    for turn, there, is_upside_down in _other_ways(parts, spots, turned, spot):
        share = _share(read(there, _SAMPLE, is_upside_down))
        if share > most:
            best, most = turn, share
        if most >= _SHARE:
            break
    chosen = parts if best == parts[0].turn else turned(best)
    return (parts, words) if chosen is parts or chosen is None else (chosen, read(spot(chosen)))


def _other_ways(
    parts: Sequence[FlatPage],
    spots: Spots,
    turned: Callable[[int], Sequence[FlatPage] | None],
    spot: Callable[[Sequence[FlatPage]], Spots],
) -> Iterator[tuple[int, Spots, bool]]:
    """Yield the other quarter turns, the words on a page that shows them, and whether they are upside down there."""
    first, aside = parts[0].turn, (parts[0].turn + 1) % 4
    yield (first + 2) % 4, spots, True
    others = turned(aside)
    if others is not None:
        spots = spot(others)
        yield aside, spots, False
        yield (aside + 2) % 4, spots, True


def is_legible(words: Words) -> bool:
    """Whether so much of what was found are words that it is no noise, and the right way up."""
    return _legible(words) >= max(1, _SHARE * _count(words))


def _share(words: Words) -> float:
    """Return which share of what was found are words that were read."""
    return _legible(words) / max(1, _count(words))


def _count(words: Words) -> int:
    """Return how many words were found; a table has more figures than words, and they can be read upside down."""
    return sum(_FIGURE.fullmatch(word.cell.text) is None for part in words for word in part)


def _legible(words: Words) -> int:
    """Return how many words were read with certainty."""
    cells = (word.cell for part in words for word in part)
    return sum(cell.confidence >= _READ and len(_CHINESE.findall(cell.text)) >= _WORD for cell in cells)
