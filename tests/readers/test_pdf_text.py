from __future__ import annotations

import contextlib
import random
import tracemalloc
from collections.abc import Sequence

import numpy as np
import pytest

from parser.errors import Cancelled, ReportError, UnreadableFile
from parser.layout.page import PageLine, PageTable, TextPage
from parser.model.watch import UNWATCHED, Watch
from parser.readers import pdf_chars, pdf_objects
from parser.readers.garbled import is_garbled
from parser.readers.pdf_shown import unseen_glyphs
from parser.readers.pdf_text import UNSEEN_NOTE, read_text_pages
from parser.readers.raster import PdfPages
from tests.bench.pdf_files import judge
from tests.generator.pdf import HABITS, pdf_case
from tests.page_files import pdf_of

pytestmark = pytest.mark.usefixtures("qapp")  # Qt writes the files

_GRID = b"0.5 w 100 400 m 300 400 l 100 420 m 300 420 l 100 400 m 100 420 l 200 400 m 200 420 l 300 400 m 300 420 l S "


_FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def pdf(content: bytes, *, page: bytes = b"", resources: bytes = b"", other: bytes = b"") -> bytes:
    """Return a PDF file of one page, 400 × 600 points, with the font F; ``other`` is object 6."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % (page, resources),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *([other] if other else []),
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, begin)


def words(x: float, y: float, text: str, size: float = 12) -> bytes:
    return b"BT /F %f Tf 1 0 0 1 %f %f Tm (%s) Tj ET " % (size, x, y, text.encode())


def only_page(data: bytes) -> TextPage | None:
    with PdfPages(data) as pages:
        (page,) = read_text_pages(pages, UNWATCHED)
    return page


def texts(data: bytes) -> list[list[str]]:
    """Return the rows of the page's tables, and its lines as rows of one text."""
    page = only_page(data)
    assert page is not None
    found: list[list[str]] = []
    for block in page.blocks:
        if isinstance(block, PageLine):
            found.append([block.text])
        else:
            found += [[cell.text for cell in row.cells] for row in block.rows]
    return found


def boxes(data: bytes) -> list[list[float]]:
    page = only_page(data)
    assert page is not None
    (table,) = (block for block in page.blocks if isinstance(block, PageTable))
    return [[round(side, 3) for side in cell.box] for cell in table.rows[0].cells]


# ── whole reports ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(8100, 8106))
def test_generated_reports_are_read_without_a_fault(seed: int) -> None:
    case = pdf_case(seed)
    found = judge(case.data, case.truth, case.boxes)
    assert {key: kind for key, kind in found.kinds.items() if kind != "right"} == {}
    assert found.counts["misplaced"] == 0


@pytest.mark.parametrize("habits", [HABITS[:10], HABITS[10:], ("torn_rows", "early_break", "two_reports")])
def test_many_habits_at_once_do_no_harm(habits: tuple[str, ...]) -> None:
    case = pdf_case(8200, "2021", habits)
    found = judge(case.data, case.truth, case.boxes)
    assert {key: kind for key, kind in found.kinds.items() if kind != "right"} == {}


def test_without_borders_nothing_is_wrong_in_silence() -> None:
    case = pdf_case(8300, "2021", ("no_rules",))
    counts = judge(case.data, case.truth).counts
    assert counts["silent"] == 0
    assert counts["lost"] == 0


# ── tables ───────────────────────────────────────────────────────────────────────────


def test_a_ruled_table_has_its_cells_with_their_boxes() -> None:
    data = pdf(_GRID + words(110, 405, "12") + words(50, 500, "above") + words(50, 300, "below"))
    assert texts(data) == [["above"], ["12", ""], ["below"]]
    assert boxes(data) == [[0.25, 0.3, 0.5, 0.333], [0.5, 0.3, 0.75, 0.333]]


def test_thin_filled_boxes_are_lines() -> None:
    rules = b"".join(b"%d %d %d %d re f " % box for box in ((100, 400, 200, 1), (100, 420, 200, 1)))
    rules += b"".join(b"%d 400 1 20 re " % x for x in (100, 200, 300)) + b"f "
    assert texts(pdf(rules + words(110, 405, "12"))) == [["12", ""]]


def test_a_table_in_a_form_is_read_where_it_is_shown() -> None:
    inner = _GRID + words(110, 405, "12")
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 400 600]/Resources<</Font<</F 5 0 R>>>>/Length %d>>" % len(inner)
    form += b"stream\n%s\nendstream" % inner
    data = pdf(b"q 0.5 0 0 0.5 50 100 cm /X Do Q", resources=b"/XObject<</X 6 0 R>>", other=form)
    assert texts(data) == [["12", ""]]
    assert boxes(data)[0] == [0.25, 0.483, 0.375, 0.5]


@pytest.mark.parametrize(("turn", "box"), [(90, [0.667, 0.25, 0.7, 0.5]), (180, [0.5, 0.667, 0.75, 0.7])])
def test_a_turned_page_has_its_boxes_as_shown(turn: int, box: list[float]) -> None:
    data = pdf(_GRID + words(110, 405, "12"), page=b"/Rotate %d" % turn)
    assert boxes(data)[0] == box


def test_boxes_are_fractions_of_what_is_left_of_a_cropped_page() -> None:
    assert boxes(pdf(_GRID + words(110, 405, "12"), page=b"/CropBox[100 300 300 500]"))[0] == [0.0, 0.4, 0.5, 0.5]


def test_a_label_that_reads_upwards_is_read_along_its_letters() -> None:
    tall = b"100 400 m 300 400 l 100 480 m 300 480 l 100 400 m 100 480 l 200 400 m 200 480 l 300 400 m 300 480 l S "
    upwards = b"BT /F 12 Tf 0 1 -1 0 150 410 Tm (LABEL) Tj ET "
    assert texts(pdf(tall + upwards + words(210, 440, "7") + words(50, 300, "a line of words"))) == [
        ["LABEL", "7"],
        ["a line of words"],
    ]


def test_a_frame_of_prose_is_no_table() -> None:
    frame = b"50 300 m 350 300 l 350 500 l 50 500 l 50 300 l S 50 480 m 350 480 l S "
    lines = b"".join(words(60, 460 - 20 * n, f"line {n} of prose") for n in range(5))
    assert texts(pdf(frame + lines)) == [[f"line {n} of prose"] for n in range(5)]


# ── characters ───────────────────────────────────────────────────────────────────────


def test_a_figure_drawn_in_pieces_is_one() -> None:
    assert texts(pdf(_GRID + words(110, 405, "1") + words(117.4, 405, "2") + words(124.8, 405, "3"))) == [["123", ""]]


def test_figures_apart_are_two() -> None:
    assert texts(pdf(_GRID + words(110, 405, "1") + words(125, 405, "2"))) == [["1 2", ""]]


def test_characters_printed_twice_to_look_bold_count_once() -> None:
    twice = words(110, 405, "110") + words(110.3, 405, "110")
    assert texts(pdf(_GRID + twice)) == [["110", ""]]


def test_different_figures_on_top_of_each_other_are_doubtful() -> None:
    page = only_page(pdf(_GRID + words(110, 405, "3") + words(110.2, 405, "8")))
    assert page is not None
    (table,) = page.blocks
    assert isinstance(table, PageTable)
    assert table.rows[0].cells[0].doubts
    assert not table.rows[0].cells[1].doubts


def test_a_figure_wider_than_its_cell_keeps_together() -> None:
    data = pdf(_GRID + words(170, 405, "59237.2449"))
    assert sorted(texts(data)[0]) == ["", "59237.2449"]


def test_a_figure_that_hangs_over_the_edge_of_the_table_is_in_the_cell_where_it_begins() -> None:
    assert texts(pdf(_GRID + words(293, 405, "1025")))[0] == ["", "1025"]


def test_a_page_that_claims_any_width_takes_no_more_memory() -> None:
    file = pdf(words(20, 500, "1 2 3")).replace(b"MediaBox[0 0 400 600]", b"MediaBox[0 0 2147483647 600]")
    tracemalloc.start()
    try:
        assert texts(file) == [["1 2 3"]]
        assert tracemalloc.get_traced_memory()[1] < 50e6
    finally:
        tracemalloc.stop()


def test_what_nobody_sees_is_left_out() -> None:
    unseen = b"1 g " + words(120, 405, "86") + b"0 g 3 Tr " + words(130, 405, "87") + b"0 Tr " + words(140, 405, "8", 1)
    assert texts(pdf(_GRID + words(110, 405, "4") + unseen)) == [["4", ""]]


_HIDING = {
    "painted over": (words(210, 405, "12") + b"q 1 g 201 401 98 18 re f Q ", b"", b""),
    "cut off": (b"q 0 0 9 9 re W n " + words(210, 405, "12") + b"Q ", b"", b""),
    "switched off": (b"/OC /L BDC " + words(210, 405, "12") + b"EMC ", b"/Properties<</L 6 0 R>>", b"<</Type/OCG>>"),
}


@pytest.mark.parametrize("how", _HIDING)
def test_figures_that_the_page_does_not_show_are_doubtful(how: str) -> None:
    figure, resources, layer = _HIDING[how]
    table = _GRID + words(110, 405, "public offices")
    data = pdf(table + figure + words(250, 405, "15"), resources=resources, other=layer)
    data = data.replace(b"/Catalog", b"/Catalog/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>")
    page = only_page(data)
    assert page is not None
    (table_block,) = page.blocks
    assert isinstance(table_block, PageTable)
    label, value = table_block.rows[0].cells
    assert (label.doubts, value.text) == ((), "12 15")
    assert [doubt.note for doubt in value.doubts] == [UNSEEN_NOTE.format("12")]


def test_letters_that_the_renderer_lacks_are_not_doubted() -> None:
    with PdfPages(pdf(b"")) as pages, PdfPages(pdf(_GRID + words(110, 405, "1"))) as printed:
        with printed.opened(1) as opened:
            marks = pdf_chars.read_marks(opened)
        assert unseen_glyphs(marks, pages.pixels(1, 100)) == set()


def test_white_on_a_dark_ground_is_seen() -> None:
    assert texts(pdf(b"0 0 0.5 rg 100 400 100 20 re f 0 g " + _GRID + b"1 g " + words(110, 405, "4"))) == [["4", ""]]


def test_a_dash_at_the_end_of_a_line_stays() -> None:
    assert texts(pdf(_GRID + words(110, 405, "x-") + words(50, 300, "below"))) == [["x-", ""], ["below"]]


# ── what was filled in, noted and stamped ────────────────────────────────────────────


def noted(kind: bytes, flags: int, look: bytes = b"", *, page: bytes = b"") -> bytes:
    """Return a page with a table, in its second cell a note of that kind that says 57; ``look``: how it is drawn."""
    note = b"/Rect[200 400 300 420]/F %d/Contents(57)/DA(/F 12 Tf 0 g)/FT/Tx/T(x)/V(57)%s" % (flags, look)
    table = _GRID + words(110, 405, "name")
    drawn = b"BT /F 12 Tf 1 0 0 1 10 5 Tm (57) Tj ET"
    form = b"/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F 5 0 R>>>>/Length %d" % len(drawn)
    data = pdf(table, page=b"/Annots[6 0 R]" + page, other=b"<</Type/Annot/Subtype/%s%s>>" % (kind, note))
    data = data.replace(b"/Catalog", b"/Catalog/AcroForm<</Fields[6 0 R]/DR<</Font<</F 5 0 R>>>>>>")
    return data.replace(b"xref", b"7 0 obj\n<<%s>>stream\n%s\nendstream\nendobj\nxref" % (form, drawn), 1)


@pytest.mark.parametrize("kind", [b"FreeText", b"Widget", b"Stamp"])
@pytest.mark.parametrize("turn", [0, 90])
def test_what_was_written_over_a_page_is_read_and_shown(kind: bytes, turn: int) -> None:
    data = noted(kind, 4, b"/AP<</N 7 0 R>>", page=b"/Rotate %d" % turn)
    assert texts(data) == [["name", "57"]]
    assert ink_in(data, boxes(data)[1]) > 20


@pytest.mark.parametrize("kind", [b"FreeText", b"Widget"])
def test_a_note_without_a_look_of_its_own_is_read_and_shown(kind: bytes) -> None:
    data = noted(kind, 4)
    assert texts(data) == [["name", "57"]]
    assert ink_in(data, boxes(data)[1]) > 20


def test_a_hidden_note_is_neither_read_nor_shown() -> None:
    data = noted(b"FreeText", 2, b"/AP<</N 7 0 R>>")
    assert texts(data) == [["name", ""]]
    assert ink_in(data, boxes(data)[1]) == 0


@pytest.mark.parametrize("kind", [b"Text", b"Highlight", b"Link", b"Square"])
def test_icons_and_marks_are_no_part_of_a_table(kind: bytes) -> None:
    assert texts(noted(kind, 4)) == [["name", ""]]
    also = noted(kind, 4).replace(b"/Annots[6 0 R]", b"/Annots[6 0 R<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]>>]")
    assert texts(also) == [["name", ""]]


def ink_in(data: bytes, box: Sequence[float]) -> int:
    """Return how many pixels inside the box are dark."""
    with PdfPages(data) as pages:
        pixels = pages.pixels(1, 72)
    high, wide = pixels.shape[:2]
    left, top, right, bottom = (round(v * side) for v, side in zip(box, (wide, high, wide, high), strict=True))
    return int((pixels[top + 2 : bottom - 2, left + 2 : right - 2] < 128).any(axis=2).sum())


# ── pages left to recognition ────────────────────────────────────────────────────────

_PICTURE = b"q %d 0 0 %d 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xf0 EI Q "


def test_a_page_without_text_is_left_to_recognition() -> None:
    assert only_page(pdf(_PICTURE % (400, 600))) is None


def test_text_hidden_over_the_picture_of_a_page_is_not_trusted() -> None:
    assert only_page(pdf(_PICTURE % (400, 600) + b"3 Tr " + words(50, 500, "recognised"))) is None
    assert only_page(pdf(words(50, 500, "recognised") + _PICTURE % (400, 600))) is None


def test_text_under_a_page_that_was_scanned_in_strips_is_not_trusted() -> None:
    strip = b"q 400 0 0 210 0 %d cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xf0 EI Q "
    assert only_page(pdf(words(50, 500, "recognised" * 6) + strip % 0 + strip % 200 + strip % 400)) is None


def test_text_over_a_background_picture_is_read() -> None:
    line = "printed on a background, word after word and on and on to the end"
    assert texts(pdf(_PICTURE % (400, 600) + words(50, 500, line, 9))) == [[line]]
    table = _GRID + words(110, 405, "7") + words(210, 405, "8")
    assert texts(pdf(_PICTURE % (400, 600) + table)) == [["7", "8"]]


def test_a_mark_on_a_scanned_page_does_not_make_it_text() -> None:
    assert only_page(pdf(_PICTURE % (400, 600) + words(150, 10, "Scanned by CamScanner"))) is None
    assert only_page(pdf(_PICTURE % (400, 590) + words(190, 591, "- 3 -", 8))) is None


def ruled_picture(wide: int, high: int) -> bytes:
    """Return a picture of a table of 5 × 5 cells, as it is drawn at (50, 50)."""
    ink = np.full((high, wide), 255, np.uint8)
    ink[:: high // 5 - 1] = ink[:, :: wide // 5 - 1] = 0
    head = b"q %d 0 0 %d 50 50 cm BI /W %d /H %d /CS /G /BPC 8 ID " % (wide, high, wide, high)
    return head + ink.tobytes() + b" EI Q "


def test_a_table_pasted_as_a_picture_is_left_to_recognition() -> None:
    prose = words(50, 500, "what stands above the table")
    assert only_page(pdf(prose + ruled_picture(300, 120))) is None
    assert only_page(pdf(prose + ruled_picture(300, 120) + words(60, 55, "table 1"))) is None


def test_a_table_pasted_as_a_picture_beside_one_in_text_is_told() -> None:
    table = _GRID + words(110, 405, "7") + words(210, 405, "8")
    page = only_page(pdf(ruled_picture(300, 120) + table))
    assert page is not None
    (box,) = page.pictures
    assert box == pytest.approx((50 / 400, 1 - 170 / 600, 350 / 400, 1 - 50 / 600), abs=0.01)


def test_of_a_picture_without_lines_nothing_is_told() -> None:
    table = _GRID + words(110, 405, "7") + words(210, 405, "8")
    for prose in (words(50, 500, "printed"), table):
        page = only_page(pdf(_PICTURE % (400, 150) + prose))
        assert page is not None
        assert page.pictures == ()


def test_print_that_nobody_can_read_is_left_to_recognition() -> None:
    assert only_page(pdf(words(50, 500, "printed", 1))) is None


def test_a_page_with_more_than_is_looked_at_is_left_to_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_chars, "_MOST_CHARS", 6)
    assert only_page(pdf(words(50, 500, "printed"))) is None
    assert only_page(pdf(words(50, 500, "print"))) is not None
    monkeypatch.setattr(pdf_objects, "_MOST_OBJECTS", 1)
    assert only_page(pdf(words(50, 500, "pr") + words(50, 400, "int"))) is None


@pytest.mark.parametrize("content", [b"", _GRID])
def test_a_page_with_nothing_but_lines_is_read(content: bytes) -> None:
    assert only_page(pdf(content)) == TextPage(1, ())


def test_letters_drawn_as_outlines_are_left_to_recognition() -> None:
    letter = b"10 10 m 10 20 20 20 20 10 c 20 5 10 5 10 10 c f "
    assert only_page(pdf(letter * 600 + words(190, 20, "3"))) is None
    assert texts(pdf(letter * 20 + words(190, 20, "3"))) == [["3"]]


def test_a_text_layer_without_meaning_is_left_to_recognition() -> None:
    data = pdf_case(8400, "2021", ()).data.replace(b"/ToUnicode", b"/XoUnicode")
    with PdfPages(data) as pages:
        assert read_text_pages(pages, UNWATCHED) == [None] * pages.count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年新收政府信息公开申请数量本年度办理结果予以公开部分公开不予公开无法提供", False),
        ("本機關不掌握相關政府資訊申請人無正當理由逾期不補正行政機關不再處理其政府資訊公開申請", False),
        ("0 0 0 12 0 自然人", False),
        ("\ue001\ue002\ue003 0 0 0 本年", True),
        ("齉龘靐齾爩麤灪龖厵籱鱻麣驫鸞虪讟钃鸜鸝龗纞虋齉龘靐齾爩麤灪龖", True),
        ("Ã¥Â¹Â´Ã¦Â¬" * 10, True),
    ],
)
def test_garbled_text_is_told_from_text(text: str, expected: bool) -> None:
    assert is_garbled(list(text)) is expected


# ── trouble ──────────────────────────────────────────────────────────────────────────


def test_damaged_files_end_in_a_message_or_a_page_at_most() -> None:
    good = pdf_case(8500, "2019", ()).data
    rng = random.Random(8500)
    for _ in range(30):
        data = bytearray(good)
        for _ in range(rng.choice((1, 20, 300))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        with contextlib.suppress(ReportError), PdfPages(bytes(data)) as pages:
            assert len(read_text_pages(pages, UNWATCHED)) == pages.count


def test_a_damaged_page_does_not_stop_the_others() -> None:
    data = pdf_of([words(50, 500, "one"), b"", words(50, 500, "three")], page=_FONT)
    data = data.replace(b"/Kids[3 0 R 5 0 R", b"/Kids[3 0 R 9 0 R")
    with PdfPages(data) as pages:
        found = read_text_pages(pages, UNWATCHED)
        assert [page and page.number for page in found] == [1, None, 3]
        with pytest.raises(UnreadableFile):
            pages.pixels(2)


def test_reading_stops_when_nobody_waits() -> None:
    with PdfPages(pdf(words(50, 500, "text"))) as pages, pytest.raises(Cancelled):
        read_text_pages(pages, Watch(cancelled=lambda: True))
