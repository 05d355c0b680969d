"""Web pages become text and cells: what a browser would show of the report, in the order in which it shows it."""

from __future__ import annotations

import pytest

from parser.errors import EmptyFile
from parser.model.document import Document
from parser.model.place import TextSpan
from parser.readers.html import read_html

ARTICLE = "<p>一、总体情况</p><p>全年公开政府信息412条，办理行政许可186件。</p><p>六、其他需要报告的事项</p>"


def read(body: str, encoding: str = "utf-8", head: str = "") -> Document:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding), "网页.html", "0")


def rows(body: str) -> list[list[str]]:
    """Return the cells of all tables, row by row."""
    found: dict[int, list[str]] = {}
    for piece in read(body).pieces:
        if piece.bounded:
            found.setdefault(piece.line, []).append(piece.text)
    return list(found.values())


def cell(inside: str) -> str:
    """Return the text of a cell that holds ``inside``."""
    return rows(f"<table><tr><td>行政许可</td><td>{inside}</td></tr></table>")[0][1]


@pytest.mark.parametrize("data", [b"<?", b"<!DOCTYPE", b"<!-- -->", b"<?xml version='1.0'?>", b"</a>", b""])
def test_a_page_with_nothing_in_it_says_so(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_html(data, "网页.html", "0")


@pytest.mark.parametrize("style", ["text-decoration:line-through", "color:red; TEXT-DECORATION-LINE: line-through"])
def test_figures_struck_through_run_into_no_others(style: str) -> None:
    assert cell(f'<span style="{style}">99</span>776') == "99 776"
    assert cell(f'<span style="vertical-align: super">{9}</span>776') == "9 776"


def test_cells_with_spans_stand_once_where_they_begin() -> None:
    table = """<table border="1"><tbody>
      <tr><td colspan="3">一、本年新收政府信息公开申请数量</td><td>14</td><td></td><td>18</td></tr>
      <tr><td rowspan="2">三、本年度办理结果</td><td colspan="2">（一）予以公开</td><td>6</td><td>2</td><td>9</td></tr>
      <tr><td colspan="2">（二）部分公开</td><td>2</td><td>&nbsp;</td><td>2</td></tr></tbody></table>"""
    assert rows(table) == [
        ["一、本年新收政府信息公开申请数量", "14", "", "18"],
        ["三、本年度办理结果", "（一）予以公开", "6", "2", "9"],
        ["（二）部分公开", "2", "", "2"],
    ]


def test_cells_without_closing_tags_are_told_apart() -> None:
    table = "<table><tr><td>规章<td>0<td><td>7<tr><td>行政许可<td>186</table>"
    assert rows(table) == [["规章", "0", "", "7"], ["行政许可", "186"]]


def test_a_table_that_lays_out_the_page_is_no_table_of_figures() -> None:
    inner = "<table><tr><td>规章</td><td>0</td></tr></table>"
    page = f"<table><tr><td>栏目导航</td><td><p>一、总体情况</p>{inner}<p>六、其他需要报告的事项</p></td></tr></table>"
    document = read(page)
    assert [piece.text for piece in document.pieces if piece.bounded] == ["规章", "0"]
    assert document.text.split("\n")[-3:] == ["一、总体情况", "规章\t0", "六、其他需要报告的事项"]


def test_navigation_around_the_article_is_left_out() -> None:
    page = (
        '<div class="top"><a>首页</a><a>政务公开</a></div><div class="nav"><ul><li>政策文件</li></ul></div>'
        f'<div id="zoom"><h1>清河市水务局2023年政府信息公开工作年度报告</h1>{ARTICLE}</div>'
        '<div class="footer"><p>网站标识码1301000001 电话0999-8100218</p></div>'
    )
    text = read(page).text
    assert text.startswith("清河市水务局2023年政府信息公开工作年度报告\n一、总体情况\n")
    assert text.endswith("六、其他需要报告的事项")


@pytest.mark.parametrize(
    "inside",
    [
        '3<span style="display:none">5</span>',
        '<span style="DISPLAY: none;">5</span>3',
        "<span hidden>5</span>3",
        "<script>var n = 5;</script>3",
        "3<style>td { width: 5px }</style>",
        "<svg><text>5</text></svg>3",
        "<button>5</button>3",
        "<noscript>5</noscript>3",
        "3<!-- 5 -->",
    ],
)
def test_what_a_browser_does_not_show_in_a_cell_is_left_out(inside: str) -> None:
    assert cell(inside) == "3"


@pytest.mark.parametrize(
    "inside",
    [
        *("3", " \n 3 \n", "&nbsp;3", "&#51;", "3<br>", "<p>3</p>", "<b>3</b>", "<a>3</a>", "<ul><li>3</li></ul>"),
        *("<div><font>3</font></div>", '<input type="text" value="3">'),
        '<p class="MsoNormal"><span lang="EN-US">3<o:p></o:p></span></p>',
    ],
)
def test_a_value_is_found_in_whatever_wraps_it(inside: str) -> None:
    assert cell(inside) == "3"


@pytest.mark.parametrize(
    "inside", ["3<sup>1</sup>", "<del>3</del>1", "<s>3</s>1", "<p>3</p><p>1</p>", "3<br>1", "<div>3</div>1"]
)
def test_what_stands_apart_in_a_cell_is_not_run_together(inside: str) -> None:
    assert cell(inside) == "3 1"


def test_digits_in_several_spans_are_one_number() -> None:
    assert cell("<span>1</span><span>86</span>") == "186"


@pytest.mark.parametrize(
    "hidden",
    ['<tr style="display:none">{}</tr>', "<tr hidden>{}</tr>", '<tbody style="display:none"><tr>{}</tr></tbody>'],
)
def test_hidden_rows_are_left_out(hidden: str) -> None:
    table = hidden.format("<td>规章</td><td>9</td>")
    assert rows(f"<table>{table}<tbody><tr><td>规章</td><td>1</td></tr></tbody></table>") == [["规章", "1"]]


def test_a_hidden_cell_is_left_out() -> None:
    assert rows('<table><tr><td>规章</td><td hidden>9</td><td style="display: none">8</td><td>1</td></tr></table>') == [
        ["规章", "1"]
    ]


def test_a_hidden_part_of_the_page_is_left_out() -> None:
    table = "<table><tr><td>规章</td><td>{}</td></tr></table>"
    assert rows(f'<div style="display:none">{table.format(9)}</div>{ARTICLE}{table.format(1)}') == [["规章", "1"]]


def test_the_caption_of_a_table_is_a_line_before_it() -> None:
    table = "<table><caption>二、主动公开政府信息情况</caption><tr><td>规章</td><td>1</td></tr></table>"
    assert read(table).text == "二、主动公开政府信息情况\n规章\t1"


def test_a_page_inside_one_form_is_read() -> None:
    table = "<table><tr><td>行政许可</td><td>186</td></tr></table>"
    assert read(f'<form id="form1" action="./">{ARTICLE}{table}</form>').text.endswith("行政许可\t186")


def test_preformatted_text_keeps_its_lines_and_tabs() -> None:
    document = read("<pre>一、总体情况\n规章\t0\t\t7\n行政许可\t186</pre>")
    assert document.text == "一、总体情况\n规章\t0\t\t7\n行政许可\t186"
    assert [piece.text for piece in document.pieces if piece.bounded] == ["规章", "0", "", "7", "行政许可", "186"]


def test_line_breaks_make_lines_and_blanks_run_together() -> None:
    assert read("<p>行政许可\n   186<br>行政处罚&nbsp;37</p>").text == "行政许可 186\n行政处罚\xa037"


TITLE = "清河市水务局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("head", "outside"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        ("", f'<div class="crumb"><h3>政府信息公开年报</h3></div><h2>{TITLE}</h2>'),
        (f"<title>{TITLE}</title>", ""),
        (f"<title>{TITLE}_清河市人民政府门户网站</title>", '<h1 class="logo">清河市人民政府</h1>'),
        (f"<title>清河市人民政府 - {TITLE}</title>", ""),
    ],
)
def test_a_title_outside_the_article_is_put_before_it(head: str, outside: str) -> None:
    article = f"<div><p>首页 &gt; 政府信息公开年报</p>{ARTICLE * 30}</div>"
    assert read(outside + article, head=head).text.startswith(f"{TITLE}\n")


def test_a_title_inside_the_article_is_not_doubled() -> None:
    page = f"<div><p>{TITLE}</p>{ARTICLE * 30}</div>"
    assert read(page, head=f"<title>{TITLE}_门户</title>").text.count(TITLE) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("claimed", ["utf-8", "gb2312", "GBK", "iso-8859-1", "unknown-8"])
def test_a_wrongly_claimed_encoding_does_no_harm(encoding: str, claimed: str) -> None:
    assert read("<p>一、总体情况</p>", encoding, f'<meta charset="{claimed}">').text == "一、总体情况"


def test_an_xml_declaration_does_no_harm() -> None:
    page = (
        '<?xml version="1.0" encoding="gb2312"?><html xmlns="http://www.w3.org/1999/xhtml"><body>总体情况</body></html>'
    )
    assert read_html(page.encode(), "网页.xhtml", "0").text == "总体情况"


@pytest.mark.parametrize("page", ["", " \n", "<p></p>", "<script>var a = 1;</script>", "<img src='a.png'>"])
def test_a_page_without_words_is_an_empty_file(page: str) -> None:
    with pytest.raises(EmptyFile, match="；请"):
        read(page)


def test_every_piece_is_what_stands_at_its_place() -> None:
    table = "<table><tr><td> 规章 </td><td></td><td>1</td></tr></table>"
    page = f"<p>　{TITLE}&nbsp;</p>{ARTICLE}<pre>行政许可\t186</pre>{table}"
    document = read(page)
    for piece in document.pieces:
        assert isinstance(piece.place, TextSpan)
        assert document.text[piece.place.start : piece.place.end] == piece.text
    assert {"规章", "", "1", "行政许可", "186"} <= {piece.text for piece in document.pieces}
