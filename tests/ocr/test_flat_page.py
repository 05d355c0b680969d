"""Scanned pages laid flat: every cell of the form is found, whatever the scanner did."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.layout.creases import find_creases
from parser.layout.straighten import ruled_length
from parser.ocr.flat_page import is_ruled, lay_flat
from parser.ocr.ink import Pixels
from parser.ocr.streaks import without_streaks
from parser.readers.raster import open_pages
from tests.boxes import overlap
from tests.simulator import ScanCase, as_pdf, cropped, scan_case

Box = tuple[float, float, float, float]


def missed(case: ScanCase, number: int, picture: Pixels | None = None) -> list[Box]:
    """Return the cells of a page in whose place none is found, in a ``picture`` other than that of the case, if any."""
    flat = lay_flat(case.pages[number - 1] if picture is None else picture)
    found = flat.on_page([cell.box for table in flat.tables for cell in table.cells])
    wanted = [box for page, box in case.boxes.values() if page == number]
    return [box for box in wanted if max(overlap(box, other) for other in found) < 0.7]


@pytest.mark.parametrize(("seed", "level"), [(101, "office"), (103, "fax"), (103, "harsh"), (107, "phone")])
def test_cells_are_found(seed: int, level: str) -> None:
    case = scan_case(seed, level)
    number = max({page for page, _ in case.boxes.values()}, key=[page for page, _ in case.boxes.values()].count)
    assert missed(case, number) == []


def test_cells_are_found_where_a_page_has_few_upright_lines() -> None:
    assert missed(scan_case(1_110_502, "phone"), 1) == []


@pytest.mark.parametrize(
    ("seed", "level", "number"),
    [
        pytest.param(9_700_019, "fax", 2, id="a streak over the line between two columns"),
        pytest.param(9_750_004, "harsh", 5, id="a fold as black as print through a column"),
        pytest.param(9_760_023, "harsh", 4, id="a single row, askew"),
        pytest.param(9_780_026, "harsh", 2, id="a fold along the line between two rows"),
        pytest.param(9_780_028, "harsh", 2, id="grain in the shadow of a fold"),
        pytest.param(10_140_008, "harsh", 3, id="characters of a seal over the line between two figures"),
        pytest.param(10_171_011, "harsh", 2, id="a fold over the last line of a table"),
        pytest.param(10_195_003, "harsh", 2, id="the star of a seal between two figures of the last row"),
        pytest.param(10_220_020, "harsh", 4, id="a seal over a line in the only row of figures"),
        pytest.param(10_210_009, "harsh", 3, id="a fold over the line between two rows, the lower one higher"),
        pytest.param(10_173_018, "harsh", 1, id="a fold over the line between a head and marks"),
        pytest.param(10_143_006, "harsh", 1, id="a fold along a line between two of four columns, and a seal over it"),
    ],
)
def test_cells_are_found_in_spite_of(seed: int, level: str, number: int) -> None:
    case = scan_case(seed, level, wrong_sums=level == "harsh")
    with open_pages(as_pdf(case)) as pages:
        assert missed(case, number, pages.pixels(number)) == []


@pytest.mark.parametrize("level", ["office", "skewed", "harsh"])
def test_pages_with_tables_are_told_at_a_glance(level: str) -> None:
    case = scan_case(920_004, level)
    with_tables = {page for page, _ in case.boxes.values()}
    assert all(is_ruled(case.pages[number - 1]) for number in with_tables)
    assert 0 < len(with_tables) < len(case.pages)
    if level == "office":
        plain = [page for number, page in enumerate(case.pages, 1) if number not in with_tables]
        assert not any(is_ruled(page) for page in plain)


def test_the_feet_of_characters_are_no_lines() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(300, 1700, 60):
        for x in range(200, 1400, 280):
            cv2.line(page, (x, y), (x + 120, y + 1), (90,), 4)
    assert ruled_length(page) == 0
    cv2.line(page, (200, 300), (200, 500), (90,), 4)
    assert ruled_length(page) > 5


def test_a_fold_is_seen_and_a_table_is_not_taken_for_one() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    cv2.rectangle(page, (160, 300), (1500, 900), (0,), 3)
    cv2.line(page, (160, 600), (1500, 600), (0,), 3)
    none = find_creases(page)
    assert none.masks(page) == (None, None)
    assert none.without_shadows(page) is page
    cv2.line(page, (0, 700), (1654, 712), (130,), 4)
    across, down = find_creases(page).masks(page)
    assert across is not None
    assert down is None
    assert across[706, 800] > 0
    assert across[600, 800] == 0


def test_a_fold_is_seen_among_dots_but_not_on_a_desk() -> None:
    chance = np.random.default_rng(3)
    page = np.full((2340, 1654), 255, np.uint8)
    cv2.line(page, (0, 700), (1654, 712), (90,), 5)
    dotted, desk = page.copy(), page.copy()
    dotted[chance.random(page.shape) < 0.015] = 0
    for y in range(0, 2340, 40):  # grain of wood runs on for a while
        cv2.line(desk, (0, y), (66, y + 2), (90,), 5)
    assert find_creases(dotted).masks(page)[0] is not None
    assert find_creases(desk).masks(page)[0] is None


def test_the_shadow_of_a_fold_is_lifted_and_what_is_printed_in_it_stays() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    distance = np.arange(1654)[None, :] - np.linspace(800, 830, 2340)[:, None]
    shadow = 1 - 0.3 * np.exp(-np.abs(distance) / 60) * (distance > 0) - 0.4 * np.exp(-((distance / 1.6) ** 2))
    for y in range(300, 2000, 80):
        cv2.putText(page, "0", (835, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2)
    cv2.line(page, (900, 250), (900, 2050), (0,), 3)
    dark = (page * shadow).astype(np.uint8)
    found = find_creases(dark)
    assert found.masks(page)[1] is not None
    bright, paper = found.without_shadows(dark), page == 255
    assert (bright[paper] > 225).mean() > 0.995
    assert (dark[paper] > 225).mean() < 0.97
    assert bright[page == 0].mean() < 20


def test_a_fold_through_figures_is_taken_away_and_strokes_across_it_stay() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(300, 2000, 80):
        cv2.putText(page, "8", (790, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 3)
        cv2.line(page, (600, y + 30), (1000, y + 30), (0,), 3)
    distance = np.abs(np.arange(1654)[None, :] - np.linspace(795, 803, 2340)[:, None])
    folded = (page * (1 - 0.8 * np.exp(-((distance / 2) ** 2)))).astype(np.uint8)
    found = find_creases(folded)
    bright = found.without_shadows(folded)
    bare = found.without_folds(folded, bright)
    printed = cv2.dilate((page < 128).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert (bare[~printed] < 165).mean() < 0.0002
    assert (folded[~printed] < 165).mean() > 0.001
    rules = bare[330:1980:80, 780:830]
    assert (rules < 165).mean() > 0.9


def test_a_page_without_folds_is_not_touched() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    cv2.rectangle(page, (160, 300), (1500, 900), (0,), 3)
    assert find_creases(page).without_folds(page, page) is page


def test_a_streak_is_taken_away_and_a_desk_left_alone() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(0, 2340, 60):
        page[y : y + 48, 500:502] = 0
    cleaned, columns = without_streaks(page)
    assert (cleaned == 255).all()
    assert columns is not None
    assert set(np.flatnonzero(columns[0])) >= {500, 501}
    desk = page.copy()
    desk[:150, ::4] = desk[-150:, ::4] = 0
    assert (without_streaks(desk)[0] == desk).all()


def test_a_streak_through_figures_leaves_the_figures() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(200, 2200, 100):
        cv2.putText(page, "0", (490, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 3)
    streaked = page.copy()
    streaked[:, 492:494] = 0
    cleaned, _ = without_streaks(streaked)
    assert (cleaned[page == 0] > 128).mean() < 0.05
    assert (cleaned[page == 255] < 128).mean() < 0.0002
    assert (streaked[page == 255] < 128).mean() > 0.0008


def test_a_long_line_of_a_table_is_no_streak() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    cv2.line(page, (600, 400), (610, 1900), (0,), 3)
    page[40:60, 601] = page[2250:2290, 609] = 0
    assert without_streaks(page)[1] is None


def streaked(page: np.ndarray, left: int, right: int) -> np.ndarray:
    """Return the page with a streak in these columns that is broken here and there."""
    page = page.copy()
    for y in range(0, 2340, 60):
        page[y : y + 48, left:right] = 0
    return page


def test_a_streak_is_seen_where_print_begins_near_the_edge_of_the_page() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for x in range(200, 1000, 24):
        cv2.putText(page, "H", (x, 190), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0,), 3)
    cleaned, columns = without_streaks(streaked(page, 1200, 1202))
    assert columns is not None
    assert (cleaned[:, 1190:1210] == 255).all()


def test_a_streak_beyond_a_table_that_reaches_into_both_margins_is_one() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(140, 2241, 100):
        page[y : y + 3, 200:1500] = 0
    for x in (200, 500, 1497):
        page[140:2243, x : x + 3] = 0
    assert without_streaks(page)[1] is None
    cleaned, columns = without_streaks(streaked(page, 800, 802))
    assert columns is not None
    assert set(np.flatnonzero(columns[0])) < set(range(790, 812))
    assert (cleaned[page == 0] < 128).mean() > 0.998
    assert (cleaned[page == 255] == 255).all()


def test_a_line_of_a_table_close_beside_a_streak_stays() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(400, 1900, 40):
        page[y : y + 36, 604:606] = 0
    cleaned, columns = without_streaks(streaked(page, 600, 602))
    assert columns is not None
    assert not columns[0, 604:606].any()
    assert (cleaned[page == 0] == 0).all()
    assert (cleaned[:, 600:602] == 255).all()


def test_a_single_row_at_the_top_of_a_page_is_a_table() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    cv2.rectangle(page, (150, 216), (1503, 266), (0,), 5)
    for x in range(835, 1503, 95):
        cv2.line(page, (x, 216), (x, 266), (0,), 5)
        cv2.putText(page, "0", (x + 30, 254), cv2.FONT_HERSHEY_SIMPLEX, 1, (0,), 3)
    tables = lay_flat(np.repeat(page[:, :, None], 3, axis=2)).tables
    assert [len(table.cells) for table in tables] == [8]


def test_words_run_together_are_no_row() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for x in range(150, 1500, 14):
        cv2.putText(page, "8", (x, 254), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0,), 4)
    assert lay_flat(np.repeat(page[:, :, None], 3, axis=2)).tables == ()


def test_a_row_alone_on_a_page_is_enough_for_a_table_and_a_rule_under_a_title_is_not() -> None:
    page = np.full((3508, 2480, 3), 253, np.uint8)
    cv2.line(page, (300, 200), (2180, 203), (0, 0, 0), 3)
    assert not is_ruled(page)
    for y in (410, 494):
        cv2.line(page, (246, y), (2212, y + 4), (20, 20, 20), 4)
    for x in (246, 1238, 1384, 1522, 1658, 1794, 1930, 2072, 2212):
        cv2.line(page, (x, 410), (x, 496), (20, 20, 20), 4)
    assert is_ruled(page)


@pytest.mark.parametrize("seed", [3, 4])
def test_a_picture_that_shows_nothing_but_its_tables_keeps_all_their_lines(seed: int) -> None:
    whole = scan_case(seed, "clean")
    for page, cut in zip(whole.pages, cropped(whole).pages, strict=True):
        expected = [(len(table.ys), len(table.xs)) for table in lay_flat(page).tables]
        assert [(len(table.ys), len(table.xs)) for table in lay_flat(cut).tables] == expected


def _running_off(top: int) -> np.ndarray:
    """Return a page with a table that runs off at its lower edge, and a line from ``top`` down to that edge."""
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(500, 2200, 60):
        cv2.line(page, (200, y), (1450, y), (0,), 3)
    return streaked(page, 800, 802) * (np.arange(2340) >= top)[:, None] + page * (np.arange(2340) < top)[:, None]


def test_a_streak_that_begins_within_a_row_is_one() -> None:
    cleaned, columns = without_streaks(_running_off(530))
    assert columns is not None
    assert columns[0].any()
    assert (cleaned[2210:] == 255).all()


def test_a_line_from_a_level_line_down_to_the_edge_of_the_page_is_ruled() -> None:
    assert without_streaks(_running_off(500))[1] is None


def test_a_column_line_that_leans_over_a_high_page_is_ruled() -> None:
    page = np.full((2340, 1654), 255, np.uint8)
    for y in range(150, 2160, 60):
        cv2.line(page, (200, y), (1450, y + 6), (0,), 3)
    for x in range(200, 1451, 250):
        cv2.line(page, (x, 150), (x - 11, 2130), (0,), 3)
    assert without_streaks(page)[1] is None


def test_a_strip_too_narrow_for_margins_has_no_folds() -> None:
    strip = np.full((2000, 20), 255, np.uint8)
    assert find_creases(strip).masks(strip) == (None, None)


def off_page(picture: np.ndarray) -> list[Box]:
    """Return the cells of a picture of which its edge may have cut a part off."""
    flat = lay_flat(picture)
    boxes = [cell.box for table in flat.tables for cell in table.cells]
    return [box for box, is_off in zip(boxes, flat.cut_off(boxes), strict=True) if is_off]


def test_cells_at_the_edge_of_a_picture_are_told_from_those_with_a_line_there() -> None:
    case = scan_case(101, "office")
    number = max({page for page, _ in case.boxes.values()}, key=[page for page, _ in case.boxes.values()].count)
    picture = case.pages[number - 1]
    boxes = [box for page, box in case.boxes.values() if page == number]
    last = [box for box in boxes if box[2] > max(box[2] for box in boxes) - 0.03]
    width = round(picture.shape[1] * min((box[0] + box[2]) / 2 for box in last))
    assert len(off_page(np.ascontiguousarray(picture[:, :width]))) >= len(last) - 1
    assert off_page(picture) == []
    assert off_page(cropped(scan_case(101, "clean")).pages[number - 1]) == []


def test_lines_of_tables_as_wide_as_the_picture_are_no_folds() -> None:
    case = cropped(scan_case(8_300_001, "clean"))
    assert [missed(case, number) for number in sorted({page for page, _ in case.boxes.values()})] == [[], [], []]
