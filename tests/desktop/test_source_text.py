"""The text of a report in its pane: the cell in question stays in sight, its surroundings are given as they are."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.palette import DARK, LIGHT, Theme
from desktop.views.source_text import _GAP, SourceText, excerpt
from desktop.views.source_view import SourceView
from parser.model.place import TextSpan

_LINES = [f"{number}.其他法律行政法规禁止公开的信息，申请人无正当理由逾期不补正 0 0 0 0 0 0 0" for number in range(200)]


@pytest.fixture
def view(qtbot: QtBot) -> SourceView:
    """Return a narrow view of a text whose lines are all broken several times."""
    view = SourceView()
    qtbot.addWidget(view)
    view.resize(220, 400)
    view.show()
    view.set_source(SourceText("\n".join(_LINES), {}))
    return view


def _is_in_sight(view: SourceView, position: int) -> bool:
    cursor = QTextCursor(view.document())
    cursor.setPosition(position)
    return view.viewport().rect().contains(view.cursorRect(cursor))


@pytest.mark.parametrize("line", [60, 150, 199])
def test_a_place_further_down_is_brought_into_sight_though_no_line_above_was_ever_seen(
    view: SourceView, line: int
) -> None:
    place = sum(len(text) + 1 for text in _LINES[:line])
    view.reveal(place)
    assert _is_in_sight(view, place)


@pytest.mark.parametrize("width", [150, 420])
def test_it_stays_in_sight_when_lines_break_elsewhere(view: SourceView, qtbot: QtBot, width: int) -> None:
    place = sum(len(text) + 1 for text in _LINES[:150])
    view.reveal(place)
    view.resize(width, 300)
    qtbot.waitUntil(lambda: _is_in_sight(view, place))


def test_who_has_scrolled_elsewhere_is_not_brought_back(view: SourceView, qtbot: QtBot) -> None:
    place = sum(len(text) + 1 for text in _LINES[:150])
    view.reveal(place)
    view.verticalScrollBar().triggerAction(view.verticalScrollBar().SliderAction.SliderToMinimum)
    view.resize(260, 380)
    qtbot.wait(50)
    assert not _is_in_sight(view, place)


@pytest.mark.parametrize(
    ("text", "at", "lit"),
    [("规章\t\t7", 3, "\t"), ("行政处罚 103", 8, ""), ("238\n其他", 3, ""), ("| 5 |  | 6 |", 6, " "), ("", 0, "")],
)
def test_of_a_place_where_nothing_stands_no_figure_beside_it_is_lit(text: str, at: int, lit: str) -> None:
    span = SourceText(text, {}).visible(TextSpan(at, at))
    assert text[span.start : span.end] == lit


def test_the_end_of_the_line_beside_a_cell_is_shown() -> None:
    text = "行政强制\t0\n\n第二十条第（八）项"
    at = text.index("0")
    before, inside, after = excerpt(text, TextSpan(at, at + 1))
    assert (before, inside) == ("行政强制", "0")
    assert after.split() == ["↵", "第二十条第（八）项"]
    before, _, after = excerpt("处罚\n5 6", TextSpan(3, 4))
    assert before.split() == ["处罚", "↵"]
    assert after == "6"


@pytest.mark.parametrize("between", ["\t", " | "])
def test_a_blank_between_two_cells_can_be_seen_around_a_figure(between: str) -> None:
    text = between.join(["", "处罚", "5", "", "7", "", "", "9", ""]) + "\n" + between.join(["", "", "强制", "6"])
    at = text.index("7")
    before, inside, after = excerpt(text, TextSpan(at, at + 1))
    assert before.split(_GAP) == ["处罚", "5", ""]
    assert inside == "7"
    assert after.split("\u2002↵\u2002")[0].split(_GAP) == ["", "", "9"]
    assert after.split("\u2002↵\u2002")[1].split(_GAP) == ["强制", "6"]
    empty = text.index("7") - len(between)  # the blank before it
    assert excerpt(text, TextSpan(empty, empty))[0].split() == ["处罚", "5"]
    assert excerpt(text, TextSpan(empty, empty))[2].split()[0] == "7"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_matches_of_the_search_are_told_from_cells(theme: Theme) -> None:
    cells = {theme.doubt_soft, theme.accent_soft, theme.lit, theme.accent}
    assert len({theme.found, theme.found_now} | cells) == len(cells) + 2
