"""Which way up a page is: the way in which its labels can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from parser.ocr.engine import Recogniser
from parser.ocr.flat_page import FlatPage
from parser.ocr.scan_tables import CutPage, ReadTable, is_label, read_tables

_LONG = 4  # characters
_READABLE = 0.8  # confidence of a label that is read the right way up
_FEWEST = 2  # such labels are needed
_SHARE = 0.15  # … and this share of all words in the tables
_PAIRS = 8  # pairs of neighbouring characters that a form's labels have, too, say as much
_FORWARD = 4  # … if so many times as many are read forwards as backwards: on its side a label may run backwards
_OTHER_WAYS = (0, 3, 1, 2)  # quarter turns, the likelier first


def turned_upright(
    page: CutPage, turned: Callable[[int], CutPage | None], engine: Recogniser, pairs: AbstractSet[str]
) -> tuple[FlatPage, list[ReadTable]]:
    """Return the page and its tables read, in whichever of the four ways its labels can be read.

    ``page`` is tried first; without tables it stays so. ``turned`` gives it after some quarter turns. ``pairs`` are
    the pairs of neighbouring characters in the labels of all forms.
    """
    tables = read_tables(page, engine)
    if not tables or is_upright(tables, pairs):
        return page.flat, tables
    best = (_labels(tables), page.flat, tables)
    for turn in _OTHER_WAYS:
        other = None if turn == page.flat.turn else turned(turn)
        if other is None:
            continue
        tables = read_tables(other, engine)
        if is_upright(tables, pairs):
            return other.flat, tables
        best = max(best, (_labels(tables), other.flat, tables), key=lambda found: found[0])
    return best[1], best[2]


def is_upright(tables: Sequence[ReadTable], pairs: AbstractSet[str]) -> bool:
    """Whether enough labels were read for the page to be the right way up.

    On its side a page falls into single characters, upside down into uncertain ones.
    """
    forward = sum(pair in pairs for pair in _neighbours(tables))
    backward = sum(pair[::-1] in pairs for pair in _neighbours(tables))
    if forward >= max(_PAIRS, _FORWARD * backward):
        return True
    words = sum(is_label(r) for table in tables for cell in table.cells for r in cell.readings)
    return _labels(tables) >= max(_FEWEST, _SHARE * words)


def _neighbours(tables: Sequence[ReadTable]) -> Iterator[str]:
    """Yield each two characters that follow each other in a cell."""
    for table in tables:
        for cell in table.cells:
            for first, second in pairwise(cell.text):
                yield first + second


def _labels(tables: Sequence[ReadTable]) -> int:
    """Return how many labels of several characters were read with certainty."""
    readings = (reading for table in tables for cell in table.cells for reading in cell.readings)
    return sum(is_label(r) and len(r.text) >= _LONG and r.confidence >= _READABLE for r in readings)
