"""Which way up a page is: the way in which its labels can be read."""

from __future__ import annotations

from collections.abc import Sequence

from parser.ocr.engine import Recogniser
from parser.ocr.flat_page import FlatPage, lay_flat
from parser.ocr.ink import Pixels
from parser.ocr.scan_tables import ReadTable, is_label, read_tables

_LONG, _PAIR = 4, 2  # characters
_READABLE = 0.8  # confidence of a label that is read the right way up
_FEWEST = 2  # such labels are needed
_SHARE = 0.15  # … and this share of all words in the tables
_MOST = 0.6  # … or this share of shorter ones, in tables of narrow headers
_OTHER_WAYS = (0, 3, 1, 2)  # quarter turns, the likelier first


def turned_upright(pixels: Pixels, guess: int, engine: Recogniser) -> tuple[FlatPage, list[ReadTable]]:
    """Return the page laid flat and its tables read, in whichever of the four ways its labels can be read.

    ``guess`` is the number of quarter turns tried first; a page without tables stays as guessed.
    """
    flat = lay_flat(pixels, guess)
    tables = read_tables(flat, engine)
    if not tables or is_upright(tables):
        return flat, tables
    best = (_labels(tables), flat, tables)
    for turn in _OTHER_WAYS:
        if turn == guess:
            continue
        flat = lay_flat(pixels, turn)
        tables = read_tables(flat, engine)
        if is_upright(tables):
            return flat, tables
        best = max(best, (_labels(tables), flat, tables), key=lambda found: found[0])
    return best[1], best[2]


def is_upright(tables: Sequence[ReadTable]) -> bool:
    """Whether enough labels were read for the page to be the right way up.

    On its side a page falls into single characters, upside down into uncertain ones.
    """
    words = [r for table in tables for cell in table.cells for r in cell.readings if is_label(r)]
    pairs = sum(len(r.text) >= _PAIR and r.confidence >= _READABLE for r in words)
    return _labels(tables) >= max(_FEWEST, _SHARE * len(words)) or pairs >= max(_FEWEST, _MOST * len(words))


def _labels(tables: Sequence[ReadTable]) -> int:
    """Return how many labels of several characters were read with certainty."""
    readings = (reading for table in tables for cell in table.cells for reading in cell.readings)
    return sum(is_label(r) and len(r.text) >= _LONG and r.confidence >= _READABLE for r in readings)
