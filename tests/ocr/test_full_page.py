"""Words outside tables, as they are put into the text of a report."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from parser.layout.page import PageCell, PageRow, PageTable
from parser.ocr.engine import Grey, Recognised
from parser.ocr.flat_page import lay_flat
from parser.ocr.full_page import lines_of, outside, read_words, spot_words
from tests.simulator import scan_case


class Saying:
    """A recogniser that says the same of everything."""

    def __init__(self, text: str, figure: str = "") -> None:
        self._reading = Recognised(text, 0.9, figure, 0.9 if figure else 0.0)

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [self._reading for _ in crops]


def said_of(text: str, figure: str = "") -> str:
    """Return what a word says that is recognised so."""
    page = np.full((1170, 827, 3), 255, np.uint8)
    cv2.putText(page, "words", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 3)
    (said,) = {word.cell.text for word in read_words(spot_words(lay_flat(page)), Saying(text, figure))}
    return said


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("(三）政府信息管理", "（三）政府信息管理"),
        ("（四)平台建设(含网站)", "（四）平台建设（含网站）"),
        ("f(x)=2(a+b)", "f(x)=2(a+b)"),
        ("其中:受理12件,办结8件;", "其中：受理12件，办结8件；"),
        ("占30%,比上年多1,234件", "占30%，比上年多1,234件"),
        ("9:30至17:00", "9:30至17:00"),
    ],
)
def test_brackets_and_points_about_chinese_are_wide_ones(read: str, said: str) -> None:
    assert said_of(read) == said


@pytest.mark.parametrize(
    ("text", "figure", "said"),
    [
        ("17%。", "17", "17%。"),
        ("99.6％", "99.6", "99.6％"),
        ("40。", "40", "40。"),
        ("1O。", "10", "10"),
        ("8,", "8", "8"),
    ],
)
def test_the_end_of_a_sentence_alone_on_a_line_is_no_mere_figure(text: str, figure: str, said: str) -> None:
    assert said_of(text, figure) == said


def test_a_heading_close_above_a_table_askew_is_no_word_of_it() -> None:
    case = scan_case(10_340_011, "skewed", "2019", wrong_sums=True)
    flat = lay_flat(case.pages[1])
    words = read_words(spot_words(flat), Saying("二、主动公开政府信息情况"))
    cells = flat.on_page([cell.box for table in flat.tables for cell in table.cells])
    centres = [((w.cell.box[0] + w.cell.box[2]) / 2, (w.cell.box[1] + w.cell.box[3]) / 2) for w in words]
    assert any(c[0] < x < c[2] and c[1] < y < c[3] for x, y in centres for c in cells)  # the boxes of cells askew
    table = PageTable((PageRow(tuple(PageCell("0", cell) for cell in cells)),), (0.0, 0.0, 1.0, 1.0))
    assert outside(flat, [table], words) == words


def test_lines_know_from_where_to_where_they_run_on_the_page_laid_flat() -> None:
    case = scan_case(10_340_011, "skewed", "2019", wrong_sums=True)
    flat = lay_flat(case.pages[0])
    lines = lines_of(flat, read_words(spot_words(flat), Saying("全年")))
    outermost = [line for line in lines if line.left < 0.15]  # not set in
    assert len(outermost) > 8
    assert max(line.left for line in outermost) - min(line.left for line in outermost) < 0.01
    assert max(line.box[0] for line in outermost) - min(line.box[0] for line in outermost) > 0.03


def test_lines_askew_stand_in_the_order_of_the_page_laid_flat() -> None:
    flat = lay_flat(scan_case(20_113_101, "skewed", "2021", wrong_sums=True).pages[0])
    lines = lines_of(flat, read_words(spot_words(flat), Saying("全年")))
    assert [line.top for line in lines] == sorted(line.top for line in lines)
    assert [line.box[1] for line in lines] != sorted(line.box[1] for line in lines)  # a short line above a long one
