"""The window with the real parser behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.page_book import Wanted
from desktop.views.form_table import FormTable
from desktop.views.page_item import Sign
from parser.model.place import PageBox
from parser.model.report import CellKey, State
from parser.paths import resource
from parser.pipeline import open_report
from tests.conftest import ROOT
from tests.desktop.conftest import MakeWindow, is_at_rest, key
from tests.desktop.sample_text import write_samples
from tests.desktop.seen import let_follow

_PATIENCE = 60_000  # ms on a busy machine; none of it is waited for without need


def test_from_files_to_a_workbook_and_back(show_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    write_samples(tmp_path / "报告 2023")
    window = show_window(tmp_path / "报告 2023")
    session = window.session
    qtbot.waitUntil(lambda: is_at_rest(window, 6), timeout=_PATIENCE)
    assert len(session.entries) == 6
    failed = [entry.path.name for entry in session.entries if entry.failure]
    assert failed == ["通讯录.txt"]
    session.select(next(i for i, e in enumerate(session.entries) if e.path.name.startswith("清河市农业农村局")))
    assert session.set_text(key("applications.granted.natural_person"), "12")
    assert session.set_text(key("proactive.rules.issued"), "无")
    target = tmp_path / session.exporter.proposed_name(session.entry)
    assert target.name == "清河市农业农村局2023年报（未核）.xlsx"
    with qtbot.waitSignal(session.said, timeout=_PATIENCE):
        session.export(target)
    again = open_report(target)
    assert again.cells[key("applications.granted.natural_person")].shown == "12"
    mark = again.cells[key("proactive.rules.issued")]
    assert (mark.state, mark.shown) == (State.MARK, "无")
    assert session.entry is not None
    assert not session.entry.is_unexported


def test_a_photo_is_read_into_the_tables_and_every_figure_shows_its_place_on_the_page(
    show_window: MakeWindow, qtbot: QtBot
) -> None:
    photo = next(resource("samples").glob("11*.jpg"))
    truth = json.loads((ROOT / "tests" / "samples_truth" / f"{photo.name}.truth.json").read_text("utf-8"))["cells"]
    window = show_window(photo)
    session = window.session
    qtbot.waitUntil(lambda: is_at_rest(window) and session.report is not None, timeout=_PATIENCE)
    assert session.entry is not None
    sure = [name for name, value in truth.items() if value is not None and key(name) not in session.entry.open]
    shown = {name: _shown(window.tables.tables, key(name)) for name in sure}
    assert len(sure) > 100
    assert shown == {name: truth[name] for name in sure}
    view = window.source.pages.view
    qtbot.waitUntil(lambda: bool(window.review.images.sizes), timeout=_PATIENCE)
    for name in (sure[0], sure[-1]):
        session.go_to(key(name))
        let_follow(window)
        assert session.cell is not None
        assert isinstance(session.cell.place, PageBox)
        assert [mark.box for mark in view._items[0].marks if Sign.CURRENT in mark.sign] == [session.cell.place.box]
    qtbot.waitUntil(lambda: window.review.images.is_sharp(Wanted(1, 0, view._layout.width_pixels)), timeout=_PATIENCE)


def _shown(tables: Sequence[FormTable], cell: CellKey) -> str:
    """Return what stands in a cell of the tables in the window."""
    table = next(table for table in tables if table.name == cell.table)
    return str(table.model().index_of(cell).data())  # type: ignore[attr-defined]
