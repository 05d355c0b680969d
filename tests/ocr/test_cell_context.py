"""What the cells of a page say about each other: strokes that lean a little are slashes where many do so, and 日 is a
zero with a dot where many cells hold one."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from parser.layout.cell_grid import GridCell
from parser.ocr.cell_context import in_context, with_bare_strokes, with_dotted_zeros
from parser.ocr.crops import CellInk, Line
from parser.ocr.engine import Grey, Recognised
from parser.ocr.read_cell import UNKNOWN, ReadCell

_DIGIT = 24.0


def _cell(crop: Grey, text: str) -> ReadCell:
    box = (0, 0, 60, 40)
    ink = CellInk((Line(crop, box, False),), 0.0, False)
    readings = (Recognised(text, 0.99, text, 0.99),)
    return ReadCell(GridCell(1, 1, 1, 1, box), ink, readings, 0.0, _DIGIT, is_figure=True)


def _stroke(to_the_right: int, *, flag: bool = False) -> ReadCell:
    crop = np.full((40, 60), 255, np.uint8)
    cv2.line(crop, (30 + to_the_right, 8), (30, 32), (0,), 3, cv2.LINE_AA)
    if flag:
        cv2.line(crop, (24 + to_the_right, 14), (30 + to_the_right, 8), (0,), 3, cv2.LINE_AA)
    return _cell(crop, "1")


def _zero(leaning: float) -> ReadCell:
    upright = np.full((40, 60), 255, np.uint8)
    cv2.ellipse(upright, (30, 20), (8, 12), 0, 0, 360, (0,), 3, cv2.LINE_AA)
    shear = np.array([[1.0, -leaning, 20 * leaning], [0.0, 1.0, 0.0]])
    return _cell(np.asarray(cv2.warpAffine(upright, shear, (60, 40), borderValue=255), np.uint8), "0")


@pytest.mark.parametrize(
    ("strokes", "zeros", "mark"),
    [
        pytest.param(
            [_stroke(4) for _ in range(6)],
            [_zero(0.0) for _ in range(4)],
            "/",
            id="many that lean among upright digits",
        ),
        pytest.param([_stroke(4) for _ in range(5)], [_zero(0.0) for _ in range(4)], None, id="a few"),
        pytest.param([_stroke(4) for _ in range(6)], [_zero(0.2) for _ in range(4)], None, id="italics"),
        pytest.param(
            [_stroke(4) for _ in range(6)], [_zero(0.0) for _ in range(3)], None, id="hardly a digit to compare with"
        ),
        pytest.param([_stroke(0) for _ in range(6)], [_zero(0.0) for _ in range(4)], None, id="upright ones"),
        pytest.param(
            [_stroke(4, flag=True) for _ in range(6)], [_zero(0.0) for _ in range(4)], None, id="ones with a flag"
        ),
    ],
)
def test_strokes_that_lean_less_than_a_slash(strokes: list[ReadCell], zeros: list[ReadCell], mark: str | None) -> None:
    assert strokes[0].mark is None
    told = with_bare_strokes([*strokes, *zeros])
    assert {cell.mark for cell in told[: len(strokes)]} == {mark}
    assert [cell.text for cell in told[len(strokes) :]] == ["0"] * len(zeros)
    if mark:
        assert told[0].confidence > 0.9


def _read(text: str, figure: str, figure_confidence: float) -> ReadCell:
    cell = _zero(0.0)
    return replace(cell, readings=(Recognised(text, 0.98, figure, figure_confidence),))


@pytest.mark.parametrize(
    ("dotted", "plain", "text"),
    [
        pytest.param(4, 0, "0", id="many"),
        pytest.param(3, 0, "日", id="a few"),
        pytest.param(8, 20, "日", id="among plain zeros, where they may be an 8"),
        pytest.param(20, 3, "0", id="some of which are read as they are"),
    ],
)
def test_zeros_with_a_dot(dotted: int, plain: int, text: str) -> None:
    cells = [_read("日", "0", 0.02) for _ in range(dotted)] + [_read("0", "0", 0.9) for _ in range(plain)]
    told = with_dotted_zeros([*cells, _read("38", "38", 0.99), _read("日", "8", 0.3)])
    assert {cell.readings[0].text for cell in told[:dotted]} == {text}
    assert all(
        (cell.is_dotted, cell.readings[0].figure_confidence > 0.9) == ((text == "0"),) * 2 for cell in told[:dotted]
    )
    assert [cell.readings[0].text for cell in told[dotted:]] == ["0"] * plain + ["38", "日"]


@pytest.mark.parametrize(("flush", "others", "is_usual"), [(8, 20, True), (7, 0, False), (8, 30, False)])
def test_figures_that_end_at_the_line_of_their_column(flush: int, others: int, is_usual: bool) -> None:
    cut = replace(_zero(0.0), ink=replace(_zero(0.0).ink, is_cut=True, is_flush=True))
    told = in_context([replace(cut) for _ in range(flush)] + [_zero(0.0) for _ in range(others)])
    assert [cell.is_flush for cell in told] == [is_usual] * flush + [False] * others


def test_a_zero_in_which_dirt_has_left_a_dot_is_one_and_not_sure() -> None:
    cell = _read("日", "0", 0.02)
    assert (cell.text, cell.confidence) == ("0", 0.02)
    assert _read("日", "8", 0.02).text == UNKNOWN


def _placed(row: int, column: int, text: str) -> ReadCell:
    cell = replace(_cell(np.full((40, 60), 255, np.uint8), text), is_figure=False)
    return replace(cell, grid=GridCell(row, column, 1, 1, cell.grid.box))


def test_a_figure_below_heads_of_columns_is_no_remainder_of_a_label() -> None:
    heads = [_placed(row, column, "本年数量") for row in (0, 3, 6) for column in range(3)]
    labels = [_placed(row, 0, "规范性文件") for row in (1, 4, 7)]
    figures = [_placed(1, 1, "1"), *(_placed(row, 2, "1") for row in (1, 2, 4, 5, 7, 8))]
    found = in_context([*heads, *labels, _placed(8, 0, "1"), *figures])
    assert {(c.grid.row, c.grid.column) for c in found if c.is_word and c.text.startswith("1")} == {(8, 0)}
    assert next(c for c in found if (c.grid.row, c.grid.column) == (1, 1)).text == "1"
