"""What is typed, drawn and pasted over the cells of a PDF page, by office programs and by readers of PDF files."""

from __future__ import annotations

import pytest

from parser.layout.page import PageCell, PageTable
from parser.readers.pdf_text import PICTURE_NOTE, STRUCK_NOTE, UNSEEN_NOTE
from tests.readers.test_pdf_text import _GRID, boxes, ink_in, noted, only_page, pdf, texts, words

_TABLE = _GRID + words(110, 405, "name") + words(210, 405, "7380")
_NO_FORM = b"/AcroForm<</Fields[6 0 R]/DR<</Font<</F 5 0 R>>>>>>"


def value_of(data: bytes) -> PageCell:
    """Return the second cell of the first row; no other is in doubt."""
    page = only_page(data)
    assert page is not None
    (table,) = page.blocks
    assert isinstance(table, PageTable)
    cells = [cell for row in table.rows for cell in row.cells]
    assert not any(cell.doubts for cell in cells[:1] + cells[2:])
    return cells[1]


def notes_on(data: bytes) -> list[str]:
    return [doubt.note for doubt in value_of(data).doubts]


# ── struck out ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        b"208 409 m 240 409 l S ",
        b"200 409 m 240 409 l S ",  # from the border of the cell
        b"208 406 m 240 412 l S ",  # by hand
        b"208 408.5 32 1 re f ",
    ],
)
def test_a_figure_with_a_line_through_it_is_doubtful(line: bytes) -> None:
    assert value_of(pdf(_TABLE + line)).text == "7380"
    assert notes_on(pdf(_TABLE + line)) == [STRUCK_NOTE.format("7380")]


def test_an_old_figure_struck_out_before_a_new_one_is_doubtful() -> None:
    data = pdf(_TABLE + words(236, 405, "15") + b"208 409 m 236 409 l S ")
    assert notes_on(data) == [STRUCK_NOTE.format("7380")]


@pytest.mark.parametrize("line", [b"208 403 m 240 403 l S ", b"208 418 m 240 418 l S ", b"110 409 m 130 409 l S "])
def test_lines_beside_a_figure_or_through_words_strike_nothing_out(line: bytes) -> None:
    assert notes_on(pdf(_TABLE + line)) == []


@pytest.mark.parametrize(
    "mark",
    [
        b"/StrikeOut/QuadPoints[210 417 236 417 210 403 236 403]/C[1 0 0]",
        b"/Ink/InkList[[209 409 237 410]]/C[1 0 0]",
    ],
)
def test_a_figure_struck_out_in_a_reader_is_doubtful(mark: bytes) -> None:
    note = b"<</Type/Annot/Subtype%s/Rect[208 402 238 418]/F 4>>" % mark
    data = pdf(_TABLE, page=b"/Annots[6 0 R]", other=note)
    assert notes_on(data) == [STRUCK_NOTE.format("7380")]


# ── typed in a reader ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", [b"", _NO_FORM])
@pytest.mark.parametrize(
    ("contents", "text"),
    [(b"(57)", "57"), (b"<FEFFFF15FF17>", "57"), (b"<FEFF65E0>", "?"), (b"<FEFF003500374EF6>", "57?")],
)
@pytest.mark.parametrize("look", [b"/DA(/F 12 Tf 0 g)", b"/DA(0 0 0 rg)/DS(font: 9pt Helvetica)", b""])
def test_typed_notes_are_read_whatever_they_lack(form: bytes, contents: bytes, text: str, look: bytes) -> None:
    data = noted(b"FreeText", 0).replace(b"/FT/Tx/T(x)/V(57)", b"").replace(b"/DA(/F 12 Tf 0 g)", look)
    data = data.replace(b"/Contents(57)", b"/Contents" + contents).replace(form or b"%", b"" if form else b"%")
    assert texts(data) == [["name", text]]
    assert ink_in(data, boxes(data)[1]) > 5


# ── pasted and switched off ──────────────────────────────────────────────────────────


def picture(left: float, bottom: float, wide: float, pixels: bytes = b"\x00\xff") -> bytes:
    return b"q %f 0 0 12 %f %f cm BI /W 2 /H 1 /CS /G /BPC 8 ID %s EI Q " % (wide, left, bottom, pixels)


def test_a_picture_in_a_blank_cell_is_doubtful() -> None:
    table = _GRID + words(110, 405, "name")
    assert notes_on(pdf(table + picture(205, 404, 30))) == [PICTURE_NOTE]
    assert value_of(pdf(table + picture(205, 404, 30))).text == ""


def test_a_white_picture_one_beside_a_figure_and_one_over_the_page_are_not_doubted() -> None:
    table = _GRID + words(110, 405, "name")
    assert notes_on(pdf(table + picture(205, 404, 30, b"\xff\xff"))) == []
    assert notes_on(pdf(_TABLE + picture(260, 404, 30))) == []
    assert notes_on(pdf(table + picture(90, 410, 300))) == []


def test_a_figure_of_a_hidden_layer_is_doubtful_where_a_border_passes_too() -> None:
    hidden = b"/OC /L BDC " + words(240, 411, "7") + b"EMC "
    data = pdf(_TABLE + hidden, resources=b"/Properties<</L 6 0 R>>", other=b"<</Type/OCG>>")
    data = data.replace(b"/Catalog", b"/Catalog/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>")
    assert notes_on(data) == [UNSEEN_NOTE.format("7")]
