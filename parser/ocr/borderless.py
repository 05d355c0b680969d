"""Tables that nothing rules: their grid is made of the words, and its cells are read like those of any other table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from parser.layout.word_columns import Word, word_of
from parser.layout.word_grid import word_tables
from parser.ocr.cut_page import cut_tables
from parser.ocr.engine import Grey, Recogniser
from parser.ocr.flat_page import FlatPage
from parser.ocr.full_page import FoundWord
from parser.ocr.legible import is_legible
from parser.ocr.scan_tables import ReadPage, read_tables
from parser.ocr.word_gaps import parts, without_rules

_GAP, _FIGURE_GAP = 0.4, 0.55  # of a word's height, between two words, and two figures, that were found as one


def read_borderless(page: FlatPage, words: Sequence[FoundWord], recogniser: Recogniser) -> ReadPage:
    """Return the page without ruled tables with those that its words make; none where they cannot be read."""
    ink = without_rules(page.ink)
    found = tuple(word_tables(list(parted(ink, words)))) if is_legible([words]) else ()
    return read_tables(cut_tables(replace(page, ink=ink, tables=found)), recogniser)


def parted(ink: Grey, words: Sequence[FoundWord]) -> Iterator[Word]:
    """Yield the words of a flat page without lines, those apart that were found as one."""
    height = median(word.box[3] - word.box[1] for word in words) if words else 0.0
    for word in words:
        whole = word_of(word.cell.text, word.box)
        for box, gaps in parts(ink, word.box, (_FIGURE_GAP if whole.is_figure else _GAP) * height):
            yield whole._replace(box=box, gaps=gaps)
            whole = Word(box, whole.is_figure)  # what was found with it stands further right or below
