"""What cells of a page show that is no plain text is put before the clerk, and never taken for an empty cell."""

from __future__ import annotations

import pytest

from parser.extract.report import extract
from parser.model.report import Cell, CellKey, State
from parser.readers.html import read_html
from parser.readers.text import read_text

LICENSING = CellKey.parse("proactive.administrative_licensing.decisions")
FORM = """<table><tr><td colspan="2">第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
<tr><td>行政许可</td><td>{}</td></tr><tr><td colspan="2">第二十条第（六）项</td></tr>
<tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政处罚</td><td>4</td></tr>
<tr><td>行政强制</td><td>7</td></tr></table>"""
PAGE = "<html><head>{}</head><body><p>二、主动公开政府信息情况</p>{}</body></html>"


def read(inside: str, sheet: str = "") -> Cell:
    """Return the cell that holds ``inside``, on a page with the style sheet."""
    page = PAGE.format(f"<style>{sheet}</style>" if sheet else "", FORM.format(inside))
    return extract(read_html(page.encode(), "网页.html", "0")).cells[LICENSING]


def notes(cell: Cell) -> str:
    return "；".join(doubt.note for doubt in cell.doubts)


@pytest.mark.parametrize(
    ("inside", "raw"),
    [
        ('<img src="n.gif">', "［图片］"),
        ('<p><img src="n.gif" alt=" 12 "></p>', "［图片：12］"),
        ('<img src="n.gif" alt="行政许可">', "［图片］"),
        ("<svg width=20><text>12</text></svg>", "［图片］"),
        ("<canvas></canvas>", "［图片］"),
        ('<object data="n.svg"></object>', "［图片］"),
        ('<input type="image" src="n.gif">', "［图片］"),
    ],
)
def test_a_picture_in_a_cell_is_no_empty_cell(inside: str, raw: str) -> None:
    cell = read(inside)
    assert (cell.state, cell.raw) == (State.UNREADABLE, raw)
    assert "图片" in notes(cell)


def test_a_picture_beside_a_figure_puts_it_in_doubt() -> None:
    cell = read('1<img src="2.gif">')
    assert cell.shown == "1"
    assert "还有图片" in notes(cell)


@pytest.mark.parametrize(
    "inside",
    [
        *('<img src="blank.gif" width="1" height="1">', '<img src="blank.gif" style="width:0px">'),
        *('<img src="n.gif" style="display:none">', '<input type="hidden" value="12">', "<button>12</button>"),
        *('<input type="text">', "<textarea></textarea>"),
        '<script type="application/json">{"n": 12}</script>',
    ],
)
def test_what_shows_nothing_leaves_a_cell_empty(inside: str) -> None:
    cell = read(inside)
    assert (cell.state, cell.doubts) == (State.BLANK, ())


def test_a_picture_alone_in_its_row_is_no_text() -> None:
    page = "<p>一、总体情况</p><table><tr><td><img src='banner.jpg'></td></tr></table>"
    assert read_html(page.encode(), "网页.html", "0").text == "一、总体情况"


def test_a_picture_beside_a_label_is_left_out() -> None:
    page = "<table><tr><td><img src='dot.gif'>行政许可</td><td>5</td></tr></table>"
    document = read_html(page.encode(), "网页.html", "0")
    assert (document.text, document.doubts) == ("行政许可\t5", {})


@pytest.mark.parametrize(
    "inside",
    [
        "<select><option>5</option><option selected>12</option></select>",
        "<textarea>\n12\n</textarea>",
        *('<input value="12">', '<input type="number" value="12">', '<input type="tel" value="12" readonly>'),
    ],
)
def test_fields_of_forms_show_what_was_filled_in(inside: str) -> None:
    cell = read(inside)
    assert (cell.shown, cell.doubts) == ("12", ())


def test_a_choice_that_nobody_made_is_doubted() -> None:
    cell = read("<select><option>12</option><option>5</option></select>")
    assert cell.shown == "12"
    assert "选择框" in notes(cell)


def test_a_box_to_tick_is_doubted() -> None:
    assert "勾选框" in notes(read('<input type="checkbox" checked>'))


@pytest.mark.parametrize("script", ["<script>document.write(12)</script>", '<script src="count.js"></script>'])
def test_a_cell_that_a_script_fills_is_unreadable(script: str) -> None:
    cell = read(script)
    assert (cell.state, cell.raw) == (State.UNREADABLE, "［脚本］")
    assert "脚本" in notes(cell)


def test_a_figure_beside_a_script_is_doubted() -> None:
    cell = read("12<script>document.write(3)</script>")
    assert cell.shown == "12"
    assert "脚本" in notes(cell)


@pytest.mark.parametrize(
    "sheet",
    [
        ".old{display:none}",
        "td .old, p.x { color: red; DISPLAY : none !important }",
        "table > tbody > tr span.old{visibility:hidden}",
        "/* .a{ */ .old{display:none}",
        "@media screen { .old{display:none} }",
        ".old{display:inline} span.old{display:none}",
        '@charset "utf-8"; @import url(a.css); @font-face { src: url(b); } .old{color:red;display:none}',
    ],
)
def test_words_that_the_page_hides_by_a_class_are_left_out_and_told(sheet: str) -> None:
    cell = read('12<span class="old b">3</span>', sheet)
    assert cell.shown == "12"
    assert "“3”" in notes(cell)


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print { .old{display:none} } @media (max-width:767px){ .old{display:none} .c{x:y} }",
        ".old{display:none} .old{display:inline}",
        ".old:hover{display:none}",
        "div .old{display:none}",
        "#old{display:none}",
    ],
)
def test_words_that_a_screen_shows_are_read(sheet: str) -> None:
    cell = read('12<span class="old">3</span>', sheet)
    assert (cell.shown, cell.doubts) == ("123", ())


@pytest.mark.parametrize(
    "hidden",
    [
        *(
            '<span style="opacity:0">3</span>',
            '<span style="font-size: 0px">3</span>',
            '<font color="#FFFFFF">3</font>',
        ),
        *(
            '<b style="color:white">3</b>',
            '<i style="position:absolute;left:-9999px">3</i>',
            '<i class="sr-only">3</i>',
        ),
    ],
)
def test_words_that_are_hardly_seen_put_a_figure_in_doubt(hidden: str) -> None:
    assert "“3”" in notes(read(f"12{hidden}"))


@pytest.mark.parametrize(
    "shown",
    [
        *('<span style="opacity:0.9">12</span>', '<span style="font-size:small;opacity:inherit">12</span>'),
        '<span style="font-size:0"><b style="font-size:12px">12</b></span>',
        '<span style="background-color:blue"><b style="color:#fff">12</b></span>',
        '<span style="background-color:#fff;color:#000;left:0">12</span>',
    ],
)
def test_words_that_are_seen_are_not_doubted(shown: str) -> None:
    cell = read(shown)
    assert (cell.shown, cell.doubts) == ("12", ())


def test_a_figure_raised_by_a_class_runs_into_no_other() -> None:
    cell = read('12<span class="note">3</span>', ".note{vertical-align:super}")
    assert cell.raw == "12 3"
    assert cell.doubts


def test_small_signs_above_a_figure_are_left_out_and_told() -> None:
    cell = read("<ruby>12<rt>3</rt></ruby>")
    assert cell.shown == "12"
    assert "“3”" in notes(cell)


@pytest.mark.parametrize("place", ['<tr class="old"><td>行政许可', '<tr><td>行政许可</td><td class="old">8'])
def test_a_figure_of_a_row_or_cell_that_a_class_hides_is_doubted(place: str) -> None:
    table = FORM.format(12).replace("<tr><td>行政许可", place)
    page = PAGE.format("<style>.old{display:none}</style>", table)
    cell = extract(read_html(page.encode(), "网页.html", "0")).cells[LICENSING]
    assert cell.doubts


def test_a_picture_in_a_table_within_text_is_told() -> None:
    text = "二、主动公开政府信息情况\n" + FORM.format('<img src="a.png">')
    cell = extract(read_text(text.encode(), "报告.md", "0")).cells[LICENSING]
    assert cell.state is State.UNREADABLE
    assert "图片" in notes(cell)
