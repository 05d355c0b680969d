from __future__ import annotations

import pytest

from parser.readers.pdf_chars import Glyph
from parser.readers.pdf_lines import Line, lines_of
from parser.readers.pdf_wrapped import WRAPPED_NOTE, with_wrapped_joined

Put = tuple[float, str]  # from the left, figure


def printed(*rows: tuple[Put, ...], pitch: float = 14) -> list[Line]:
    """Return lines of figures, each character 5 wide and 10 high."""
    glyphs: list[Glyph] = []
    for n, row in enumerate(rows):
        for left, text in row:
            for k, sign in enumerate(text):
                x, y = left + 5 * k, 100 + pitch * n
                glyphs.append(Glyph(sign, x, y, x + 5, y + 10, len(glyphs)))
    return lines_of(glyphs)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in with_wrapped_joined(lines)]


_ABOVE: tuple[Put, ...] = ((0, "938"), (30, "/"), (60, "288"), (90, "165"))


def test_the_end_of_a_figure_in_the_line_below_comes_back_to_it_with_a_doubt() -> None:
    (line,) = with_wrapped_joined(printed(_ABOVE, ((0, "5"), (65, "0"))))
    assert line.text == "9385 / 2880 165"
    assert [[doubt.note for doubt in word.doubts] for word in line.words] == [
        [WRAPPED_NOTE.format("938", "5")],
        [],
        [WRAPPED_NOTE.format("288", "0")],
        [],
    ]
    assert line.words[0].box == (0, 100, 15, 124)


def test_figures_that_go_on_over_three_lines_are_one() -> None:
    assert texts(printed(_ABOVE, ((0, "52"), (60, "1")), ((0, "7"),))) == ["938527 / 2881 165"]


@pytest.mark.parametrize(
    "below",
    [
        ((0, "5"), (20, "7")),  # not under a figure
        ((30, "5"),),  # under a mark
        ((0, "5"), (62, "甲")),
        ((0, "9385"),),  # wider than what is above
        ((0, "1"), (30, "2"), (60, "3"), (90, "4")),  # a row of its own
    ],
)
def test_other_lines_below_a_row_stay_alone(below: tuple[Put, ...]) -> None:
    assert len(texts(printed(_ABOVE, below))) == 2


def test_a_line_further_down_or_below_few_figures_stays_alone() -> None:
    assert texts(printed(_ABOVE, ((0, "5"),), pitch=24)) == ["938 / 288 165", "5"]
    assert texts(printed(_ABOVE[:2], ((0, "5"),))) == ["938 /", "5"]
