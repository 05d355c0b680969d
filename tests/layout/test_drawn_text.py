"""Tables drawn with characters become rows of cells, also where a cell runs over several lines."""

from __future__ import annotations

import pytest

from parser.layout.flat_text import split_text
from parser.model.place import TextSpan

BOX = """\
┌────────┬──────┬──────┐
│信息内容│本年制│现行有│
│        │发件数│效件数│
├────────┼──────┼──────┤
│规章    │      │0     │
├────────┼──────┼──────┤
│行政规范│2     │9     │
│性文件  │      │      │
├────────┼──────┼──────┤
│行政许可│186   │      │
└────────┴──────┴──────┘
"""
PLUS = BOX.translate(str.maketrans("┌┬┐├┼┤└┴┘─│", "+++++++++-|"))
CELLS = [
    ["信息内容", "本年制发件数", "现行有效件数"],
    ["规章", "", "0"],
    ["行政规范性文件", "2", "9"],
    ["行政许可", "186", ""],
]


def rows(text: str) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for piece in split_text(text):
        assert piece.bounded
        found.setdefault(piece.line, []).append(piece.text)
    return list(found.values())


@pytest.mark.parametrize("text", [BOX * 3, PLUS * 3], ids=["box", "plus"])
def test_the_lines_between_two_borders_are_one_row(text: str) -> None:
    assert rows(text) == CELLS * 3


def test_the_place_of_a_cell_is_its_first_line_that_holds_anything() -> None:
    text = BOX * 3
    for piece in split_text(text):
        assert isinstance(piece.place, TextSpan)
        there = text[piece.place.start : piece.place.end]
        assert piece.text.startswith(there)
        assert bool(there) == bool(piece.text)


def test_text_around_a_drawn_table_is_no_part_of_it() -> None:
    pieces = split_text(f"一、总体情况\n\n{BOX * 3}\n六、其他需要报告的事项\n")
    assert [piece.text for piece in pieces if not piece.bounded] == ["一、总体情况", "六、其他需要报告的事项"]
