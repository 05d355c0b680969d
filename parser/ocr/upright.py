"""Which way up a page is: the way in which its labels can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from parser.ocr.cut_page import CutPage, longest_lines
from parser.ocr.engine import Recogniser
from parser.ocr.read_cell import is_label
from parser.ocr.scan_tables import ReadPage, read_tables

_LONG = 4  # characters
_READABLE = 0.8  # confidence of a label that is read the right way up
_FEWEST = 2  # such labels are needed
_SHARE = 0.15  # … and this share of all words in the tables
_PAIRS = 8  # pairs of neighbouring characters that a form's labels have, too, say that this is a form
_FORWARD = 4  # … the right way up if so many times as many are read forwards as backwards: on its side a label may run
_CLEARLY = 0.4  # … backwards; and if this share of all pairs is: upside down a few are read by chance
_BEYOND_DOUBT = 0.6  # … or of which no other way is looked at: of a table on its side a few heads can be read, too
_SAMPLE = 24  # lines of a part
_NEARLY = 0.5  # of the likeliest way's evidence: such ways are read as a whole, for long lines may be heads turned
_OTHER_WAYS = (0, 3, 1, 2)  # quarter turns: heads written downwards can be read on a page that lies on its side, too


def turned_upright(
    parts: Sequence[CutPage],
    turned: Callable[[int], Sequence[CutPage] | None],
    engine: Recogniser,
    pairs: AbstractSet[str],
) -> list[ReadPage]:
    """Return the parts of a page with their tables read, in whichever of the four ways most of its labels can be read.

    ``parts`` are tried first; without tables they stay so. ``turned`` gives the page's parts after some quarter turns,
    of which the longest lines tell how likely they are. ``pairs`` are the pairs of neighbouring characters in the
    labels of all forms.
    """
    read = [read_tables(part, engine) for part in parts]
    if _is_clearly_upright(read, pairs) or not any(page.tables for page in read):
        return read
    ways = [(_evidence(_sampled(parts, engine), pairs), parts)]
    for turn in _OTHER_WAYS:
        others = None if turn == parts[0].flat.turn else turned(turn)
        if others is not None:
            ways.append((_evidence(_sampled(others, engine), pairs), others))
    most = max(found for found, _ in ways)
    likely = [way for found, way in ways if found == most or found[0] >= max(_PAIRS, _NEARLY * most[0])]
    wholes = [read if way is parts else [read_tables(part, engine) for part in way] for way in likely]
    return wholes[0] if len(wholes) == 1 else max(wholes, key=lambda pages: _evidence(pages, pairs))


def _sampled(parts: Sequence[CutPage], engine: Recogniser) -> list[ReadPage]:
    """Return the parts with nothing but the longest lines of their tables read."""
    return [read_tables(longest_lines(part, _SAMPLE), engine) for part in parts]


def _is_clearly_upright(pages: Sequence[ReadPage], pairs: AbstractSet[str]) -> bool:
    """Whether the page is the right way up, and so many labels were read that none of the other ways can be."""
    neighbours = _neighbours(pages)
    known = _known(neighbours, pairs)
    return is_upright(pages, pairs) and (max(known) < _PAIRS or known[0] >= _BEYOND_DOUBT * len(neighbours))


def is_upright(pages: Sequence[ReadPage], pairs: AbstractSet[str]) -> bool:
    """Whether enough labels were read for the page to be the right way up.

    On its side a page falls into single characters, upside down into uncertain ones.
    """
    neighbours = _neighbours(pages)
    forward, backward = _known(neighbours, pairs)
    if max(forward, backward) >= _PAIRS:
        return forward >= max(_FORWARD * backward, _CLEARLY * len(neighbours))
    words = sum(is_label(reading) for page in pages for t in page.tables for c in t.cells for reading in c.readings)
    return _labels(pages) >= max(_FEWEST, _SHARE * words)


def _evidence(pages: Sequence[ReadPage], pairs: AbstractSet[str]) -> tuple[int, int]:
    """Return how much speaks for the page being the right way up, to be compared with other ways."""
    forward, backward = _known(_neighbours(pages), pairs)
    return forward - backward, _labels(pages)


def _neighbours(pages: Sequence[ReadPage]) -> list[str]:
    cells = (cell for page in pages for table in page.tables for cell in table.cells)
    return [first + second for cell in cells for first, second in pairwise(cell.text)]


def _known(neighbours: Sequence[str], pairs: AbstractSet[str]) -> tuple[int, int]:
    """Return how many pairs of neighbouring characters a form's labels have, read forwards and backwards."""
    return sum(pair in pairs for pair in neighbours), sum(pair[::-1] in pairs for pair in neighbours)


def _labels(pages: Sequence[ReadPage]) -> int:
    """Return how many labels of several characters were read with certainty."""
    readings = (r for page in pages for table in page.tables for cell in table.cells for r in cell.readings)
    return sum(is_label(r) and len(r.text) >= _LONG and r.confidence >= _READABLE for r in readings)
