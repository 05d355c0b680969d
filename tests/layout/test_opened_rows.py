"""A pipe on a line of its own opens a row, is an empty cell, or ends one: what stands around it tells."""

from __future__ import annotations

import pytest

from parser.layout.flat_text import split_text
from tests.layout.test_flat_text import lines

_HEAD = "二、主动公开政府信息情况\n|\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
_ROW = "|\n行政规范性文件 |\n3 |\n1 |\n25 |\n"
_CELLS = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["行政规范性文件", "3", "1", "25"]]


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        ("|\n规章 |\n0 |\n|\n7 |\n", ["规章", "0", "", "7"]),
        ("|\n规章 |\n|\n0 |\n7 |\n", ["规章", "", "0", "7"]),
        ("|\n规章 |\n0 |\n7 |\n|\n", ["规章", "0", "7", ""]),
        ("|\n规章 |\n|\n|\n|\n", ["规章", "", "", ""]),
        ("|\n规章 |\n0 |\n7 |\n", ["规章", "0", "7"]),
        ("|\n规章 |\n未作统计 |\n14个 |\n7 |\n", ["规章", "未作统计", "14个", "7"]),
    ],
)
def test_the_pipe_before_the_first_cell_is_none(printed: str, cells: list[str]) -> None:
    assert lines(_HEAD + printed + _ROW * 2)[1:] == [_CELLS[0], cells, _CELLS[1], _CELLS[1]]


@pytest.mark.parametrize("cells", [["0", "1", "2", "0", "3"], ["", "1", "2", "0", "3"], ["", "", "", "", ""]])
def test_cells_below_a_header_are_a_row(cells: list[str]) -> None:
    head = "".join(f"{name} |\n" for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    figures = "".join(f"{text} |\n".lstrip() for text in cells)
    assert lines(f"{_HEAD}{_ROW}|\n{head}|\n{figures}")[-1] == cells


def test_set_in_pipes_are_empty_cells() -> None:
    row = "| \n 规章  | \n    | \n    | \n 7  | \n"
    assert lines(_HEAD + row * 3)[2:] == [["规章", "", "", "7"]] * 3


def test_a_label_may_begin_on_the_line_above_its_cell_and_a_heading_ends_the_row() -> None:
    head = f"{_HEAD}|\n第二十条第（五）项 |\n"
    found = split_text(f"{head}{_ROW}|\n（二）部分公开\n（区分处理） |\n5 |\n三、公开申请情况\n{_ROW}")
    label, rest, figure, heading = found[-8:-4]
    assert label.line == rest.line == figure.line
    assert not heading.bounded
    assert heading.line > figure.line


@pytest.mark.parametrize(
    "row",
    ["规章 |\n0 |\n1 |\n|\n", "规章 |\n0 |\n1 |\n7\n|\n", "规章\n|\n0\n|\n1\n|\n|\n"],
    ids=["the last cell is empty", "it ends on the next line", "all do"],
)
def test_where_no_pipe_opens_rows_it_is_a_cell_or_ends_one(row: str) -> None:
    cells = [piece.text for piece in split_text("二、主动公开政府信息情况\n信息内容 |\n本年制发件数 |\n" + row * 4)]
    assert cells[3:] == ["规章", "0", "1", "7" if "7" in row else ""] * 4
