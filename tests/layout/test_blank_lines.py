"""Cells parted by line ends alone: the empty ones show by the line ends that they left."""

from __future__ import annotations

import pytest

from parser.layout.flat_text import split_text
from tests.extract.snippets import read, row

ROWS = [
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "12", "", "46"],
    ["行政许可", "", "", "7"],
    ["行政处罚", "4", "3", ""],
]


TABLE = [*ROWS, *ROWS, ROWS[0]]


def parted(rows: list[list[str]], usual: int) -> str:
    """Return the cells, so many line ends behind each and one more for each that is empty."""
    return "".join(f"{cell}{chr(10) * usual}" if cell else "\n" for cells in rows for cell in cells)


@pytest.mark.parametrize("usual", [2, 3])
def test_line_ends_beyond_the_usual_are_empty_cells(usual: int) -> None:
    cells = [piece.text for piece in split_text(parted(TABLE, usual)) if piece.bounded]
    assert cells == [cell for cells in TABLE for cell in cells]


def test_places_of_empty_cells_stand_in_reading_order() -> None:
    places = [piece.place for piece in split_text(parted(TABLE, 2))]
    assert places == sorted(places, key=lambda place: place.start)


@pytest.mark.parametrize("usual", [1, 2])
def test_without_empty_cells_nothing_is_bounded(usual: int) -> None:
    full = [["规章", "0", "0", "0"]] * 6
    assert not any(piece.bounded for piece in split_text(parted(full, usual)))


def test_blank_lines_between_rows_of_single_lines_say_nothing() -> None:
    assert not any(piece.bounded for piece in split_text("规章\n0\n0\n0\n\n" * 8))


def test_a_row_with_a_line_end_too_many_is_doubted() -> None:
    spoilt = parted([*ROWS[:1], ["行政规范性文件", "12", "", "", "46"], *ROWS[2:]] * 3, 2)
    report = read(f"二、主动公开政府信息情况\n\n{spoilt}")
    assert all(text.startswith("?") for text in row(report, "proactive.normative_documents"))


def test_rows_farther_apart_than_cells_end_in_no_empty_cells() -> None:
    rows = [["规章", "7", "9", "8"], ["规范性文件", "12", "2", "5"], ["行政许可", "1"], ["行政处罚", "10", "2"]] * 3
    text = "".join("\n\n".join(cells) + "\n\n\n\n" for cells in rows)
    assert not any(piece.bounded for piece in split_text(text))
