"""Columns of a text PDF between which nothing is drawn become a table, blanks and all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parser.layout.cell_grid import GridCell
from parser.layout.page import PageCell
from parser.readers.pdf_borderless import borderless_tables
from parser.readers.pdf_chars import Glyph

_EM = 12.0
_XS = (260.0, 330.0, 400.0, 470.0)  # where the columns begin


def written(text: str, left: float, y: float) -> Iterator[Glyph]:
    """Yield the characters of a word, each as wide as high."""
    for n, character in enumerate(text):
        x = left + n * _EM
        yield Glyph(character, x, y - _EM / 2, x + _EM, y + _EM / 2, order=round(100 * y + x))


def row(y: float, label: str, *figures: str) -> list[Glyph]:
    """Return a row: its label, and a figure in each column, "" for a blank."""
    words = [(label, 60.0), *((figure, x) for figure, x in zip(figures, _XS, strict=True) if figure)]
    return [glyph for text, left in words for glyph in written(text, left, y)]


def said(cell: GridCell, glyphs: Sequence[Glyph]) -> PageCell:
    """Return the cell of a page with the characters as they come."""
    return PageCell("".join(glyph.text for glyph in glyphs), cell.box, column=cell.column)


def test_a_blank_stays_where_it_is_and_other_text_outside() -> None:
    heading = list(written("收到和处理申请情况", 60.0, 100.0))
    heads = [glyph for name, x in zip("甲乙丙丁", _XS, strict=True) for glyph in written(name, x, 140.0)]
    body = [
        *row(170.0, "本年新收", "3", "", "5", "8"),
        *row(200.0, "上年结转", "", "2", "", "2"),
        *row(230.0, "予以公开", "1", "1", "1", "3"),
    ]
    glyphs = [*heading, *heads, *body]
    (found,), left = borderless_tables(glyphs)
    assert [[cell.text for cell in line.cells] for line in found.rows(said)] == [
        ["", "甲", "乙", "丙", "丁"],
        ["本年新收", "3", "", "5", "8"],
        ["上年结转", "", "2", "", "2"],
        ["予以公开", "1", "1", "1", "3"],
    ]
    assert left == heading


def test_prose_with_figures_is_left_as_it_is() -> None:
    glyphs = [glyph for n in range(6) for glyph in written("全年公开信息共12条其中网站8条", 60.0, 100.0 + 20 * n)]
    assert borderless_tables(glyphs) == ([], glyphs)
