"""Cells parted by line ends alone: the empty ones show by the line ends that they left."""

from __future__ import annotations

import pytest

from parser.layout.flat_text import split_text
from tests.extract.snippets import numbered, read, row, written

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


@pytest.mark.parametrize("usual", [2, 3])
def test_empty_cells_that_are_paragraphs_like_others_are_told_by_the_length_of_rows(usual: int) -> None:
    cells = [cell for cells in TABLE for cell in cells]
    text = "".join(f"{cell}{chr(10) * usual}" for cell in cells)
    assert [piece.text for piece in split_text(text) if piece.bounded] == cells


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


def test_no_figure_moves_past_empty_paragraphs_to_where_it_is_a_sum() -> None:
    figures = ["", "2", "5", "", "7", "", ""]
    keys = [key for key in numbered("2021") if key.startswith("applications.denied_internal_affairs.")]
    marked = written(values={key: text or "空" for key, text in zip(keys, figures, strict=True)}, layout="paragraphs")
    text = marked.replace("空\n", "\n")
    assert [figure.lstrip("?") for figure in row(read(text), "applications.denied_internal_affairs")] == figures


def test_rows_farther_apart_than_cells_end_in_no_empty_cells() -> None:
    rows = [["规章", "7", "9", "8"], ["规范性文件", "12", "2", "5"], ["行政许可", "1"], ["行政处罚", "10", "2"]] * 3
    text = "".join("\n\n".join(cells) + "\n\n\n\n" for cells in rows)
    assert not any(piece.bounded for piece in split_text(text))
