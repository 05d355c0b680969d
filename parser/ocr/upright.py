"""Which way up a page is: the way in which its labels can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from parser.ocr.cut_page import CutPage, longest_lines, turned_over
from parser.ocr.engine import Recogniser, Remembering
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
_SAMPLES = (24, 96)  # lines of a part: few at first, and more where those say nothing
_NEARLY = 0.5  # of the likeliest way's evidence: such ways are read as a whole, for long lines may be heads turned
_TURNS = (0, 3, 1, 2)  # quarter turns, what lies on its left side before what lies on its right


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
    engine = Remembering(engine)
    read = [read_tables(part, engine) for part in parts]
    if _is_clearly_upright(read, pairs) or not any(page.tables for page in read):
        return read
    ways = list(_ways(parts, turned))
    for most_lines in _SAMPLES:
        found = [_evidence([_sampled(part, most_lines, engine) for part in sample], pairs) for _, sample in ways]
        most = max(found)
        if most > (0, 0):
            break
    else:
        return read
    likely = [turn for (turn, _), few in zip(ways, found, strict=True) if _is_likely(few, most)]
    laid = (parts if turn == parts[0].flat.turn else turned(turn) for turn in likely)
    wholes = [read if way is parts else [read_tables(part, engine) for part in way] for way in laid if way is not None]
    return wholes[0] if len(wholes) == 1 else max(wholes, key=lambda pages: _evidence(pages, pairs), default=read)


def _ways(
    parts: Sequence[CutPage], turned: Callable[[int], Sequence[CutPage] | None]
) -> Iterator[tuple[int, Sequence[CutPage]]]:
    """Yield the quarter turns and the page's parts so turned, as it is first.

    Upside down a page has the same lines of text: it is laid flat that way only when something speaks for it.
    """
    first = parts[0].flat.turn
    for turn, way in ((first, parts), (aside := next(t for t in _TURNS if (t - first) % 2), turned(aside))):
        if way is not None:
            yield turn, way
            yield (turn + 2) % 4, [turned_over(part) for part in way]


def _is_likely(found: tuple[int, int], most: tuple[int, int]) -> bool:
    return found == most or found[0] >= max(_PAIRS, _NEARLY * most[0])


def _sampled(part: CutPage, most: int, engine: Recogniser) -> ReadPage:
    """Return the part with nothing but so many of the longest lines of its tables read."""
    return read_tables(longest_lines(part, most), engine)


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


def holds_labels(pages: Sequence[ReadPage], pairs: AbstractSet[str]) -> bool:
    """Whether any label can be read on the page: where none can, its figures are none either."""
    return _evidence(pages, pairs) > (0, 0)


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
