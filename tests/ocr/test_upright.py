"""Which way up a page is: told by pairs of characters that only the form's labels, read forwards, have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from parser.layout.cell_grid import GridCell, GridTable
from parser.layout.straighten import Warp
from parser.ocr.crops import CellInk, Line
from parser.ocr.cut_page import CutPage
from parser.ocr.engine import Grey, Recognised
from parser.ocr.flat_page import FlatPage
from parser.ocr.spread import WHOLE
from parser.ocr.upright import holds_labels, turned_upright
from parser.templates.labels import label_pairs
from parser.templates.load import templates

PAIRS = label_pairs(templates())
NARROW = ["结果", "维持", "结果", "纠正", "其他", "结果", "尚未", "审结", "总计", "行政", "复议"]
SAMPLE, LARGER_SAMPLE = 24, 96  # lines of a page that are looked at first, and where they say nothing
BLANK = np.full((40, 60), 255, np.uint8)


class Script:
    """A recogniser that says what it is told: one answer a line, by turn of the page being read."""

    def __init__(self, says: Mapping[int, Sequence[Recognised]]) -> None:
        self.says = says
        self.asked: list[tuple[int, int]] = []  # the turn and the line of every crop it was given

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        lines = [(255 - int(crop[0, 0]), int(crop[0, 1])) for crop in crops]
        self.asked += lines
        return [self.says[turn][line] for turn, line in lines]


def words(texts: Sequence[str], confidence: float) -> list[Recognised]:
    return [Recognised(text, confidence, "", 0.0) for text in texts]


def page(turn: int, cells: int) -> CutPage:
    """A page with one column of cells, one line in each."""
    grid = tuple(GridCell(n, 0, 1, 1, (0.0, 40.0 * n, 60.0, 40.0 * n + 40)) for n in range(cells))
    table = GridTable(tuple(40.0 * n for n in range(cells + 1)), (0.0, 60.0), grid, 2.0)
    flat = FlatPage(turn, WHOLE, Warp((60, 40 * cells), 0.0, np.zeros(8), np.zeros(8)), BLANK, None, (table,))
    inks = tuple(CellInk((Line(crop_of(turn, n), (0, 0, 60, 40), False),), 0.0, False) for n in range(cells))
    return CutPage(flat, 20.0, (inks,))


def crop_of(turn: int, line: int) -> Grey:
    """A crop by which the recogniser knows the turn and the line, also when the page is turned over."""
    crop = BLANK.copy()
    crop[0, :2] = 255 - turn, line
    crop[-1, :-3:-1] = 255 - (turn + 2) % 4, line
    return crop


def turn_found(says: Mapping[int, Sequence[Recognised]]) -> int:
    cells = len(says[0])
    script = Script(dict.fromkeys(range(4), words(["影"] * cells, 0.4)) | dict(says))

    return turned_upright([page(0, cells)], lambda turn: [page(turn, cells)], script, PAIRS)[0].flat.turn


def test_a_table_of_narrow_headers_is_upright() -> None:
    assert turn_found({0: words(NARROW, 0.7)}) == 0


def test_labels_read_backwards_lie_on_their_side() -> None:
    backwards = words([text[::-1] for text in NARROW], 0.95)
    assert turn_found({0: backwards, 3: words(NARROW, 0.95)}) == 3


def test_the_way_in_which_most_was_read_is_kept_when_none_is_sure() -> None:
    dirt = words(["影", "乙"], 0.4)
    found = {0: dirt, 3: dirt, 1: words(["工作情况说明", "乙"], 0.9), 2: dirt}
    assert turn_found(found) == 1


def test_long_labels_that_run_backwards_lie_on_their_side_however_sure_they_are() -> None:
    labels = ["量数定决理处", "量数目项年一上", "项五第条十二第"]
    assert turn_found({0: words(labels, 0.95), 3: words([text[::-1] for text in labels], 0.95)}) == 3


def test_a_few_pairs_among_dirt_do_not_make_a_page_upright() -> None:
    dirt = words(["花强明沿卉双结果", "嘉師甜行政乙九", "項总计二", "限模梁序复议", "規章尚未审", "浦王囲結纠正"], 0.5)
    assert turn_found({0: dirt, 2: words([*NARROW[:5], "行政复议"], 0.7), 3: dirt, 1: dirt}) == 2


def test_heads_that_ran_downwards_can_be_read_on_their_side_but_fewer_labels_than_upright() -> None:
    aside = words(
        ["尚未审结", "其他结果", "结果纠正", "影丙丁", "乙花强", "明沿卉双", "嘉師甜", "項总", "浦王囲", "限模"], 0.95
    )
    upright = words(["行政复议", "结果纠正", "其他结果", "尚未审结", *NARROW[4:10]], 0.95)
    dirt = words(["影"] * 10, 0.4)
    assert turn_found({0: dirt, 3: aside, 1: dirt, 2: upright}) == 2
    assert turn_found({0: aside, 3: upright, 1: dirt, 2: dirt}) == 3
    assert turn_found({0: aside, 3: dirt, 1: dirt, 2: dirt}) == 0


def test_a_page_on_its_side_with_heads_that_ran_downwards_is_not_taken_before_all_ways_were_looked_at() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
    upright = words([*heads, "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"], 0.95)
    aside = words([*heads, *["影"] * 4], 0.95)
    assert turn_found({0: words(["影"] * 8, 0.4), 3: aside, 2: upright}) == 2


def test_what_the_longest_lines_seem_to_say_is_not_taken_before_all_were_read() -> None:
    heads, dirt = ["尚未审结", "其他结果"], ["影丙丁己"]
    upright = words([*heads * 4, *dirt * 16, *["未经复议直接起诉"] * 6], 0.95)  # hardly anything in the longest
    aside = words([*heads * 6, *dirt * 12, *["诉起接直议复经未"] * 6], 0.95)
    assert turn_found({0: upright, 3: aside}) == 0
    assert turn_found({0: aside, 3: upright}) == 3


def test_the_longest_lines_say_nothing_so_more_are_looked_at_before_the_page_stays_as_it_is() -> None:
    dirt, labels = ["影丙丁己"] * SAMPLE, ["未经复议直接起诉", "其他结果"] * 3
    nothing = words([*dirt, *["影"] * len(labels)], 0.4)
    upright = words([*dirt, *labels], 0.95)
    assert [turn_found({0: nothing, turn: upright}) for turn in range(4)] == [0, 1, 2, 3]


def test_of_a_page_of_which_nothing_can_be_read_only_the_longest_lines_are_read_in_other_ways_and_none_twice() -> None:
    script = Script(dict.fromkeys(range(4), words(["影"] * 200, 0.4)))
    read = turned_upright([page(0, 200)], lambda turn: [page(turn, 200)], script, PAIRS)
    assert Counter(turn for turn, _ in script.asked) == {0: 200} | dict.fromkeys((1, 2, 3), LARGER_SAMPLE)
    assert len(set(script.asked)) == len(script.asked)
    assert not holds_labels(read, PAIRS)


def test_a_page_of_which_labels_can_be_read_holds_some() -> None:
    script = Script({0: words(NARROW, 0.7)})
    assert holds_labels(turned_upright([page(0, len(NARROW))], lambda _: None, script, PAIRS), PAIRS)


def test_pairs_of_labels() -> None:
    assert {"结果", "纠正", "行政", "规章"} <= PAIRS
    assert not {"果结", "正纠", "章规", "20"} & PAIRS
