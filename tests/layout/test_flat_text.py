"""Plain text becomes pieces: the layouts in which reports are copied, and where every piece stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.layout.flat_text import split_text
from parser.model.document import Piece
from parser.model.place import TextSpan
from tests.generator import LAYOUTS, generate


def lines(text: str) -> list[list[str]]:
    """Return the texts of the pieces, those on one line together."""
    found: dict[int, list[str]] = {}
    for piece in split_text(text):
        found.setdefault(piece.line, []).append(piece.text)
    return list(found.values())


def printed(text: str, piece: Piece) -> str:
    """Return what stands in ``text`` at the place of ``piece``."""
    assert isinstance(piece.place, TextSpan)
    return text[piece.place.start : piece.place.end]


def test_tabs_separate_the_cells_of_a_row_and_leave_empty_ones() -> None:
    text = "规章\t0\t\t7\n行政规范性文件\t2\t1\t9\n"
    assert lines(text) == [["规章", "0", "", "7"], ["行政规范性文件", "2", "1", "9"]]
    assert all(piece.bounded for piece in split_text(text))


def test_empty_tabs_stand_for_merged_cells() -> None:
    text = "三、本年度办理结果\t（一）予以公开\t\t6\n\t（二）部分公开\t\t2\n"
    assert lines(text) == [["三、本年度办理结果", "（一）予以公开", "", "6"], ["", "（二）部分公开", "", "2"]]
    assert [piece.column for piece in split_text(text)] == [0, 1, 2, 3, 0, 1, 2, 3]


def test_one_cell_a_line_led_by_a_tab_knows_its_empty_cells() -> None:
    text = "二、主动公开政府信息情况\n" + "\t规章\n\t0\n\t\n\t7\n\n" * 3
    cells = [piece for piece in split_text(text) if piece.bounded]
    assert [piece.text for piece in cells[:4]] == ["规章", "0", "", "7"]
    assert len(cells) == 12
    assert not split_text(text)[0].bounded


def test_a_label_broken_inside_its_cell_continues_without_a_tab() -> None:
    text = "\t信息内容\n\t本年新\n制作数量\n\t本年新\n公开数量\n" + "\t规章\n\t0\n\t0\n" * 3
    assert [piece.text for piece in split_text(text)][:5] == ["信息内容", "本年新", "制作数量", "本年新", "公开数量"]


@pytest.mark.parametrize("page", ["— 3 —", "- 3 -", "第3页", "\n— 3 —\n", "3 / 12"])
def test_a_page_may_end_between_a_cell_and_its_pipe(page: str) -> None:
    text = "规章\n|\n0\n|\n0\n|\n7\n|\n行政规范性文件\n|\n12\n" + page + "\n|\n8\n|\n46\n|\n"
    cells = [piece.text for piece in split_text(text) if piece.bounded]
    assert cells == ["规章", "0", "0", "7", "行政规范性文件", "12", "8", "46"]


def test_one_cell_a_paragraph_has_no_borders() -> None:
    text = "规章\n\n0\n\n0\n\n7\n\n行政许可\n\n186\n"
    assert [piece.text for piece in split_text(text)] == ["规章", "0", "0", "7", "行政许可", "186"]
    assert not any(piece.bounded for piece in split_text(text))


def test_one_cell_a_line_has_no_borders() -> None:
    text = "规章\n0\n0\n7\n"
    assert lines(text) == [["规章"], ["0"], ["0"], ["7"]]
    assert not any(piece.bounded for piece in split_text(text))


def test_spaces_separate_words_without_borders() -> None:
    text = "规章 0 0　7\n行政许可    186\n"
    assert lines(text) == [["规章", "0", "0", "7"], ["行政许可", "186"]]
    assert not any(piece.bounded for piece in split_text(text))


def test_a_no_break_space_does_not_part_a_label() -> None:
    assert lines("商业\xa0企业 科研\xa0机构 3\xa04\n")[0][:2] == ["商业\xa0企业", "科研\xa0机构"]


@pytest.mark.parametrize("figures", ["0 0 0 0 0 0 0", "18,405 0", "18，405"])
def test_a_value_glued_to_its_label_is_cut_off(figures: str) -> None:
    assert lines(f"1.属于国家秘密{figures}\n") == [["1.属于国家秘密", *figures.split()]]


PIPED = [
    ("规章 | 0 | | 7 |\n行政许可 | 186 | ||\n", [["规章", "0", "", "7"], ["行政许可", "186", "", ""]]),
    ("规章 | 0 | 0 | 7 |\n行政许可 | 186 |\n", [["规章", "0", "0", "7"], ["行政许可", "186"]]),
    ("| 规章 | 0 | | 7 |\n| 行政许可 | 186 |\n", [["规章", "0", "", "7"], ["行政许可", "186"]]),
    ("|规章|0|0|7|\n|---|---|---|---|\n|行政许可|186|\n", [["规章", "0", "0", "7"], ["行政许可", "186"]]),
    ("规章｜0｜0｜7｜\n行政许可｜186｜\n", [["规章", "0", "0", "7"], ["行政许可", "186"]]),
]


@pytest.mark.parametrize(("text", "cells"), PIPED)
def test_pipes_separate_the_cells_of_a_row(text: str, cells: list[list[str]]) -> None:
    assert lines(text * 2) == cells * 2
    assert all(piece.bounded for piece in split_text(text * 2))


@pytest.mark.parametrize(
    "text",
    [
        "规章 |\n0 |\n|\n7 |\n行政许可 |\n186 |\n",
        "规章\n|\n0\n|\n|\n7\n|\n行政许可\n|\n186\n|\n",
        "规章 | 0 |\n| 7 |\n行政许可 | 186 |\n",
    ],
    ids=["closed by a pipe", "alternate lines", "broken by an empty cell"],
)
def test_pipes_on_lines_of_their_own_close_cells(text: str) -> None:
    cells = split_text(text * 2)
    assert [piece.text for piece in cells] == ["规章", "0", "", "7", "行政许可", "186"] * 2
    assert all(piece.bounded for piece in cells)


def test_a_stray_pipe_makes_no_table() -> None:
    assert not any(piece.bounded for piece in split_text("首页 | 政务公开\n行政许可 186\n"))


def test_prose_stays_one_piece() -> None:
    text = "全年公开信息412条，其中政策文件31条，办理行政许可186件。" * 6
    assert [piece.text for piece in split_text(text)] == [text]


@pytest.mark.parametrize(
    "line",
    ["--- --- ---", "| --- | :---: |", "---\t---\t---", "- 5 -", "— 12 —", "第 3 页 共 8 页", "5 / 12", "Page 3"],
)
def test_separator_and_page_lines_hold_no_cells(line: str) -> None:
    assert [piece.text for piece in split_text(f"行政许可\t186\n{line}\n行政处罚\t37\n")] == [
        "行政许可",
        "186",
        "行政处罚",
        "37",
    ]


@pytest.mark.parametrize("line", ["-", "5", "0/0", "12/3", "—", "-3"])
def test_a_mark_or_a_number_alone_on_its_line_is_a_cell(line: str) -> None:
    assert [piece.text for piece in split_text(f"行政许可\n{line}\n行政处罚\n")] == ["行政许可", line, "行政处罚"]


def test_markdown_signs_are_no_pieces() -> None:
    assert lines("## 一、总体情况\n**二、主动公开政府信息情况**\n")[0] == ["一、总体情况"]


@pytest.mark.parametrize("name", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", [21, 22])
def test_every_piece_is_what_stands_at_its_place(name: str, seed: int) -> None:
    text = generate(seed, layout=name, damages=[]).text
    for piece in split_text(text):
        # in a drawn table a cell's lines are joined; its place is that of the first line
        assert printed(text, piece) == piece.text or (name == "ruled" and piece.text.startswith(printed(text, piece)))


@given(st.text(st.sampled_from("规章许可0127 \t\n|　-—/#（）。│─┼├\u200b\xa0"), max_size=120))
def test_any_text_is_cut_into_pieces_in_reading_order(text: str) -> None:
    pieces = split_text(text)
    places = [piece.place for piece in pieces if isinstance(piece.place, TextSpan)]
    assert len(places) == len(pieces)
    assert all(0 <= place.start <= place.end <= len(text) for place in places)
    assert [piece.line for piece in pieces] == sorted(piece.line for piece in pieces)
    assert all(piece.text == piece.text.strip() for piece in pieces)


@given(st.text(st.sampled_from("规章许可0127 \t\n　。"), max_size=120))
def test_no_character_of_a_text_without_borders_is_lost(text: str) -> None:
    assert re.sub(r"\s", "", "".join(piece.text for piece in split_text(text))) == re.sub(r"\s", "", text)
