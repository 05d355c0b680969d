"""Pages are shown the way up in which their tables can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from desktop.upright import Turns, upright_turns
from desktop.views.page_layout import on_page, turned_point
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey, State
from tests.desktop.conftest import GRANTED, MakeWindow, key
from tests.desktop.paged import SlowBackend, draw_report

KEYS = [CellKey("applications", f"row{row}", f"column{column}") for row in range(3) for column in range(4)]


def cells(pages: dict[int, int], keys: list[CellKey] = KEYS) -> dict[CellKey, Cell]:
    """Return cells on pages that must be turned clockwise by so many quarters to stand upright."""
    found = {}
    for page, quarters in pages.items():
        for each in keys:
            x, y = 0.2 + 0.1 * int(each.column[-1]), 0.3 + 0.1 * int(each.row[-1])
            corners = [turned_point(*point, -quarters) for point in ((x, y), (x + 0.08, y + 0.06))]
            (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
            found[each._replace(row=f"{page}{each.row}")] = Cell(State.BLANK, place=PageBox(page, (x0, y0, x1, y1)))
    return found


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("keys", [KEYS, KEYS[::4], KEYS[:4]])  # a whole table, one column, one row
def test_the_way_up_is_told_by_where_the_cells_stand(quarters: int, keys: list[CellKey]) -> None:
    assert upright_turns(cells({3: quarters}, keys)) == {3: quarters}


def test_pages_without_cells_lie_like_the_others_if_those_lie_alike() -> None:
    alike, mixed, single = Turns(0, {2: 2, 3: 2}), Turns(0, {2: 2, 3: 0}), Turns(0, {2: 2})
    assert [turns.of(1) for turns in (alike, mixed, single)] == [2, 0, 0]
    assert [mixed.turned(1).of(page) for page in (1, 2, 3)] == [1, 3, 1]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_on_its_side_is_shown_upright_alone(
    show_window: MakeWindow, tmp_path: Path, qtbot: QtBot, quarters: int
) -> None:
    file, place = tmp_path / "扫描件.pdf", key(GRANTED)
    report = draw_report(file, turned={3: quarters})
    upright = draw_report(tmp_path / "放正.pdf").cells[place].place
    assert isinstance(upright, PageBox)
    window = show_window(file, backend=SlowBackend({file: report}), workspace=tmp_path / "workspace")
    view = window.source.pages.view
    qtbot.waitUntil(lambda: len(view._items) == 5 and view.turns.of(3) == quarters)
    assert [view.turns.of(page) for page in (1, 2, 4, 5)] == [0] * 4
    assert all(page.height() > page.width() for page in view._layout.pages)
    shown = on_page(QRectF(0, 0, 1, 1), report.cells[place].place.box, view.turns.of(3))
    assert shown.getCoords() == pytest.approx(upright.box, abs=0.01)
    assert window.tables.cell_bar.crop._turns == view.turns == window.source.pages.strip.turns
