"""Tables that stand as HTML in text or Markdown are read as tables, what is around them as text."""

from __future__ import annotations

import pytest

from parser.model.document import Document
from parser.model.place import TextSpan
from parser.readers.html import read_html
from parser.readers.text import read_text

TABLE = "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>{}</td></tr></table>"


def read(text: str) -> Document:
    return read_text(text.encode(), "报告.md", "0")


def rows(document: Document) -> list[list[str]]:
    """Return the cells of all tables, row by row."""
    found: dict[int, list[str]] = {}
    for piece in document.pieces:
        if piece.bounded:
            found.setdefault(piece.line, []).append(piece.text)
    return list(found.values())


def test_the_tables_are_rows_between_lines_of_text() -> None:
    document = read(f"# 一、总体情况\n办结许可12件。\n\n{TABLE.format(12)}\n\n# 五、存在的主要问题\n无。")
    assert document.kind == "text"
    assert rows(document) == [["信息内容", "本年处理决定数量"], ["行政许可", "12"]]
    assert document.text.split("\n")[:2] == ["# 一、总体情况", "办结许可12件。"]
    assert document.text.endswith("# 五、存在的主要问题\n无。")
    for piece in document.pieces:
        assert isinstance(piece.place, TextSpan)
        assert document.text[piece.place.start : piece.place.end] == piece.text


@pytest.mark.parametrize(
    "around",
    ["<html><body>{}</body></html>", "<div style='text-align:center'>{}</div>", "{}", "第一张表 {} 第二段"],
)
def test_what_is_around_a_table_is_no_part_of_it(around: str) -> None:
    text = around.format(TABLE.format(7))
    document = read(f"开头\n{text}\n结尾")
    assert rows(document)[1] == ["行政许可", "7"]
    assert "<" not in document.text


def test_cells_keep_spans_spaces_and_blanks() -> None:
    table = "<table><tr><td colspan='2'> （一）予以公开 </td><td>1 件</td><td></td></tr></table>"
    assert rows(read(table)) == [["（一）予以公开", "1 件", ""]]


def test_a_table_inside_another_and_one_that_does_not_end_are_whole() -> None:
    inner = TABLE.format(5)
    assert ["行政许可", "5"] in rows(read(f"前<TABLE border=1><tr><td>甲</td><td>{inner}</td></tr></TABLE>后"))
    assert ["行政许可", "5"] in rows(read("前文\n" + inner.removesuffix("</tr></table>")))
    assert read("多余的</table>\n正文").text == "多余的</table>\n正文"


def test_tables_written_in_other_ways_beside_them_are_read_too() -> None:
    piped = "\n".join(f"| 第{n}项 | {n} |" for n in range(6))
    document = read(f"{piped}\n\n{TABLE.format(3)}\n\n{piped}")
    assert rows(document).count(["第5项", "5"]) == 2
    assert ["行政许可", "3"] in rows(document)


@pytest.mark.parametrize("text", ["行政许可<5件，<table 是一个词", "a < b 且 b > c", "<tdx>"])
def test_signs_that_are_no_tables_stay_as_they_are(text: str) -> None:
    assert read(text).text == text


def test_a_web_page_kept_as_text_is_a_web_page() -> None:
    page = (
        f"<!DOCTYPE html>\n<html><head><title>年报</title></head><body><nav>首页</nav>{TABLE.format(9)}</body></html>"
    )
    data = page.encode("gb18030")
    assert read_text(data, "页.txt", "0") == read_html(data, "页.txt", "0")
