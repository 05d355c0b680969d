from __future__ import annotations

import pytest

from parser.layout.ruled_grid import Segment, find_grids
from parser.readers.pdf_beside import twin_gutter
from parser.readers.pdf_chars import Glyph

_LABEL = "本年新收政府信息公开申请数量上年结转政府信息公开申请数量予以公开部分公开"


def ruled(left: float, right: float, rows: int, top: float = 50) -> list[Segment]:
    """Return the lines of a table of three columns."""
    bottom = top + 20 * rows
    across = [Segment(left, top + 20 * n, right, top + 20 * n) for n in range(rows + 1)]
    return across + [Segment(x, top, x, bottom) for x in (left, (left + right) / 2, right - 20, right)]


def written(left: float) -> list[Glyph]:
    """Return labels that stand below each other from there."""
    return [Glyph(c, left + 3, 50 + 2 * n, left + 13, 60 + 2 * n, n) for n, c in enumerate(_LABEL)]


@pytest.mark.parametrize("gap", [4, 60])
@pytest.mark.parametrize("left", [20, 300])
def test_the_same_table_twice_side_by_side_is_two_forms_wherever_it_stands(left: float, gap: float) -> None:
    right = left + 150 + gap
    grids = find_grids(ruled(left, left + 150, 6) + ruled(right, right + 148, 7, 62))
    assert twin_gutter(grids, written(left) + written(right)) == left + 150 + gap / 2


def test_small_tables_side_by_side_are_parts_of_one_form() -> None:
    grids = find_grids(ruled(20, 170, 3) + ruled(180, 330, 3))
    assert twin_gutter(grids, written(20) + written(180)) is None


def test_nothing_is_parted_where_a_table_crosses() -> None:
    grids = find_grids(ruled(20, 170, 6) + ruled(180, 330, 6) + ruled(20, 330, 6, 300))
    assert twin_gutter(grids, written(20) + written(180)) is None


def test_a_form_beside_one_without_words_is_no_second_one() -> None:
    grids = find_grids(ruled(20, 170, 6) + ruled(180, 330, 6))
    assert twin_gutter(grids, written(20)) is None
