"""Slashes and dashes are told from digits by their shape, whatever the recogniser makes of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parser.ocr.engine import Grey
from parser.ocr.marks import begins_flat, ends_leaning, is_leaning, is_tick, mark_of, without_tick

DIGIT = 24.0


def drawn(*strokes: tuple[tuple[int, int], tuple[int, int]]) -> Grey:
    crop = np.full((40, 60), 255, np.uint8)
    for start, end in strokes:
        cv2.line(crop, start, end, (0,), 2, cv2.LINE_AA)
    return crop


def test_a_slanting_stroke_taken_for_a_one_is_a_slash() -> None:
    assert mark_of(drawn(((34, 8), (26, 32))), DIGIT, "1") == "/"


@pytest.mark.parametrize(
    "strokes",
    [
        [((30, 8), (30, 32))],
        [((30, 8), (30, 32)), ((25, 13), (30, 8))],
        [((30, 8), (30, 32)), ((25, 13), (30, 8)), ((25, 32), (35, 32))],
        [((28, 8), (32, 32))],
    ],
    ids=["bare", "with a flag", "with a foot", "leaning back"],
)
def test_an_upright_stroke_stays_a_one(strokes: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    assert mark_of(drawn(*strokes), DIGIT, "1") is None


@pytest.mark.parametrize(("length", "mark"), [(8, "-"), (40, "—")])
def test_a_flat_stroke_is_a_dash(length: int, mark: str) -> None:
    assert mark_of(drawn(((10, 20), (10 + length, 20))), DIGIT, "") == mark


def test_what_is_far_longer_than_a_dash_is_left_of_a_line() -> None:
    crop = np.full((40, 300), 255, np.uint8)
    cv2.line(crop, (10, 20), (10 + round(4.5 * DIGIT), 20), (0,), 2)
    assert mark_of(crop, DIGIT, "") is None


def test_a_figure_read_as_such_is_no_mark_however_thin_its_strokes() -> None:
    assert mark_of(drawn(((10, 10), (30, 10))), DIGIT, "77") is None


def test_a_speck_is_no_mark() -> None:
    assert mark_of(drawn(((20, 20), (20, 20))), DIGIT, "") is None


TICK = (((20, 20), (27, 30)), ((27, 30), (40, 8)))


@pytest.mark.parametrize("figure", ["", "1", "/"])
def test_a_tick_is_no_slash(figure: str) -> None:
    assert mark_of(drawn(*TICK), DIGIT, figure) is None
    assert is_tick(drawn(*TICK), DIGIT, figure)


def test_a_tick_beside_a_one_is_neither_mark_nor_tick_alone() -> None:
    crop = drawn(((10, 10), (10, 32)), *TICK)
    assert mark_of(crop, DIGIT, "1") is None
    assert not is_tick(crop, DIGIT, "1")


@pytest.mark.parametrize("strokes", [[((34, 8), (26, 32))], [((30, 8), (30, 32)), ((25, 13), (30, 8))]])
def test_slashes_and_ones_are_no_ticks(strokes: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    assert not is_tick(drawn(*strokes), DIGIT, "1")


def test_a_slash_stays_one_beside_a_speck() -> None:
    crop = drawn(((34, 8), (26, 32)))
    crop[35:38, 50:53] = 0
    assert mark_of(crop, DIGIT, "1") == "/"


def block(width: int, height: int) -> Grey:
    """Return soft-edged ink of so many pixels, as a short hyphen or a point is printed."""
    large = np.full((400, 600), 255, np.uint8)
    large[200 : 200 + height * 10, 300 : 300 + width * 10] = 0
    return np.asarray(cv2.resize(cv2.GaussianBlur(large, (0, 0), 6), (60, 40), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize(("width", "height"), [(8, 3), (8, 4), (7, 3)])
def test_a_short_hyphen_is_a_dash(width: int, height: int) -> None:
    assert mark_of(block(width, height), DIGIT, "一") == "-"


@pytest.mark.parametrize(("width", "height"), [(4, 4), (5, 4), (3, 4)])
def test_a_point_is_no_dash(width: int, height: int) -> None:
    assert mark_of(block(width, height), DIGIT, ".") is None


SLASH = ((34, 8), (26, 32))


@pytest.mark.parametrize(("speck", "figure"), [((26, 8), "7"), ((19, 28), ".1"), ((38, 30), "1.")])
def test_a_slash_beside_a_speck_is_one_whatever_they_look_like_together(speck: tuple[int, int], figure: str) -> None:
    crop = drawn(SLASH)
    x, y = speck
    crop[y - 2 : y + 2, x - 2 : x + 2] = 0
    assert mark_of(crop, DIGIT, figure) == "/"


def test_a_seven_is_no_slash_even_if_its_bar_came_off() -> None:
    assert mark_of(drawn(SLASH, ((18, 6), (32, 6))), DIGIT, "7") is None
    assert mark_of(drawn(SLASH, ((22, 8), (34, 8))), DIGIT, "7") is None


def blurred(crop: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), 2.2), np.uint8)


def test_a_blurred_slash_is_one_if_it_slants_more_than_italics() -> None:
    assert mark_of(blurred(drawn(((34, 8), (26, 32)))), DIGIT, "1") == "/"
    assert mark_of(blurred(drawn(((32, 9), (28, 31)))), DIGIT, "1") is None


def test_a_one_that_leans_may_be_a_slash() -> None:
    assert is_leaning(drawn(((32, 8), (28, 32))), "1")
    assert not is_leaning(drawn(((30, 8), (30, 32)), ((25, 13), (30, 8))), "1")
    assert not is_leaning(drawn(((32, 8), (28, 32))), "7")


def test_a_tick_that_joins_a_figure_leans_and_a_one_does_not() -> None:
    six = [((8, 8), (8, 32)), ((8, 32), (20, 32)), ((20, 32), (20, 20)), ((8, 20), (20, 20))]
    tick = [((20, 24), (26, 32)), ((26, 32), (42, 8))]
    assert ends_leaning(drawn(*six, *tick), DIGIT, "61")
    assert not ends_leaning(drawn(*six, ((30, 8), (30, 32)), ((25, 13), (30, 8))), DIGIT, "61")
    assert not ends_leaning(drawn(*six, *tick), DIGIT, "67")


def _beside(*strokes: tuple[tuple[int, int], tuple[int, int]]) -> Grey:
    crop = np.full((40, 100), 255, np.uint8)
    for start, end in strokes:
        cv2.line(crop, start, end, (0,), 2, cv2.LINE_AA)
    return crop


SLASH, ONE = ((24, 8), (16, 32)), ((20, 8), (20, 32))
TICK_BESIDE = tuple(((x + 35, y), (u + 35, v)) for (x, y), (u, v) in TICK)


ZERO = (((45, 9), (55, 9)), ((45, 32), (55, 32)), ((45, 9), (45, 32)), ((55, 9), (55, 32)))  # touches the tick
SEVEN = (((50, 10), (62, 10)), ((62, 10), (54, 32)))


@pytest.mark.parametrize("figure", [[SLASH], [ONE], [ONE, ((4, 8), (4, 32))]], ids=["a slash", "a one", "eleven"])
def test_a_tick_beside_a_figure_is_taken_away(figure: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    alone, ticked = _beside(*figure), _beside(*figure, *TICK_BESIDE)
    bare = without_tick(ticked, DIGIT)
    assert bare is not None
    assert (bare == alone).all()


@pytest.mark.parametrize("slash", [SLASH, ((34, 2), (14, 36)), ((53, 4), (40, 32))], ids=["low", "high", "close"])
def test_a_slash_of_which_the_tick_was_taken_away_is_a_mark(slash: tuple[tuple[int, int], tuple[int, int]]) -> None:
    bare = without_tick(_beside(slash, *TICK_BESIDE), DIGIT)
    assert bare is not None
    assert mark_of(bare, DIGIT, "1") == "/"


@pytest.mark.parametrize(
    "strokes",
    [
        [*TICK_BESIDE],
        [SLASH],
        [SLASH, ((50, 8), (42, 32))],
        [ONE, *SEVEN],
        [ONE, ((60, 8), (42, 32))],
        [ONE, *TICK_BESIDE, *ZERO],
        [((51, 8), (51, 32)), *TICK_BESIDE],
    ],
    ids=[
        "a tick alone",
        "a slash alone",
        "two slashes",
        "seventeen",
        "a slash that leans far",
        "a tick on a digit",
        "close",
    ],
)
def test_nothing_else_is_a_tick_beside_a_figure(strokes: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    assert without_tick(_beside(*strokes), DIGIT) is None


@pytest.mark.parametrize(
    ("strokes", "is_flat"),
    [
        pytest.param([((8, 22), (40, 22)), ((34, 8), (22, 22)), ((34, 8), (34, 32))], True, id="a hyphen run into a 4"),
        pytest.param([((24, 24), (40, 24)), ((34, 8), (24, 24)), ((34, 8), (34, 32))], False, id="a 4"),
        pytest.param([((6, 20), (13, 20)), ((20, 8), (20, 32)), ((30, 8), (30, 32))], True, id="a hyphen beside 11"),
        pytest.param([((6, 31), (9, 31)), ((20, 8), (20, 32))], False, id="a speck at the foot"),
        pytest.param([((12, 9), (30, 9)), ((30, 9), (20, 32))], False, id="a 7"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_a_figure_that_begins_like_a_hyphen_may_have_lost_its_sign(
    strokes: list[tuple[tuple[int, int], tuple[int, int]]], is_flat: bool
) -> None:
    assert begins_flat(drawn(*strokes), DIGIT) == is_flat
