"""A page without tables is turned whichever way its words can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from parser.layout.page import PageCell
from parser.layout.straighten import Warp
from parser.ocr.flat_page import FlatPage
from parser.ocr.full_page import FoundWord, Spotted
from parser.ocr.legible import Spots, Words, legible_way
from parser.ocr.spread import WHOLE

PROSE = ["根据政府信息公开条例", "编制本报告", "一、总体情况", "- 1 -"]
DIRT = ["1", "双系", "7疑", "一", "3日日"]


def sheet(turn: int) -> FlatPage:
    ink = np.full((40, 60), 255, np.uint8)
    return FlatPage(turn, WHOLE, Warp((60, 40), 0.0, np.zeros(8), np.zeros(8)), ink, None, ())


def found(says: Mapping[int, Sequence[str]], confidence: float = 0.9, first: int = 0) -> tuple[int, list[int], Words]:
    """Return the turn that was chosen, those that were read, and the words, when each turn says what it is told."""
    read: list[int] = []

    def words(spots: Spots, most: int | None = None, is_upside_down: bool = False) -> Words:
        turn = (spots[0].page.turn + 2 * is_upside_down) % 4
        read.append(turn)
        cells = [PageCell(text, (0, 0, 1, 1), confidence) for text in says[turn]]
        return [[FoundWord((0, 0, 60, 40), cell) for cell in cells]]

    def spot(parts: Sequence[FlatPage]) -> Spots:
        return [Spotted(part, part.ink, ()) for part in parts]

    parts, chosen = legible_way([sheet(first)], lambda turn: [sheet(turn)], spot, words)
    return parts[0].turn, read, chosen


def test_a_legible_page_is_read_once() -> None:
    turn, read, words = found({0: PROSE})
    assert (turn, read) == (0, [0])
    assert [word.cell.text for word in words[0]] == PROSE


def test_a_page_on_its_side_is_turned() -> None:
    turn, _, words = found({0: DIRT, 1: DIRT, 2: DIRT, 3: PROSE})
    assert turn == 3
    assert [word.cell.text for word in words[0]] == PROSE


def test_turning_ends_when_the_page_is_legible_and_all_of_it_is_read() -> None:
    assert found({0: DIRT, 1: PROSE, 2: DIRT, 3: DIRT})[1] == [0, 2, 1, 1]


def test_a_turn_that_other_pages_needed_is_given_up_where_it_does_not_fit() -> None:
    assert found({3: DIRT, 1: DIRT, 0: PROSE}, first=3)[0] == 0


def test_long_words_that_are_unsure_do_not_make_a_page_legible() -> None:
    assert found(dict.fromkeys(range(4), PROSE), confidence=0.3)[1] == [0, 2, 1, 3]


def test_an_empty_page_is_read_once() -> None:
    assert found({0: []})[1] == [0]


def test_a_page_on_its_side_is_turned_though_its_strokes_pass_for_figures() -> None:
    assert found({1: ["1", "1", "1", "1"], 3: DIRT, 2: DIRT, 0: PROSE}, first=1)[0] == 0


def test_a_page_with_nothing_but_its_number_is_read_once() -> None:
    assert found({0: ["- 3 -"]})[1] == [0]
