from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.findings_model import FindingsModel
from desktop.models.form_layout import balanced, layout_of, stacked
from desktop.models.form_model import FormModel
from desktop.models.queue_model import QueueModel
from desktop.session import Session
from parser.model.report import CellKey
from parser.templates.load import templates
from tests.desktop.conftest import COMPULSION, GRANTED, REVIEW_TOTAL, key

Role = Qt.ItemDataRole


def index_of(model: FormModel, name: str) -> QModelIndex:
    """Find the cell the way a script would: by UserRole."""
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            if model.index(row, column).data(Role.UserRole) == name:
                return model.index(row, column)
    raise AssertionError(name)


@pytest.mark.parametrize("position", [0, 2])
def test_models_keep_qts_rules(session: Session, qtmodeltester: ModelTester, position: int) -> None:
    session.select(position)
    models = [FormModel(session, name) for name in ("proactive", "applications", "remedies")]
    for model in [*models, FindingsModel(session), QueueModel(session)]:
        qtmodeltester.check(model)
        session.set_text(next(iter(session.entry.form.fields)), "5") if session.entry else None
        session.undo_stack.undo()


@pytest.mark.parametrize("position", [0, 2])
def test_every_field_of_the_form_is_in_its_table(session: Session, position: int) -> None:
    session.select(position)
    assert session.entry is not None
    shown: list[str] = []
    for name in ("proactive", "applications", "remedies"):
        model = FormModel(session, name)
        cells = [model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount())]
        shown += [index.data(Role.UserRole) for index in cells if index.data(Role.UserRole)]
    assert sorted(shown) == sorted(map(str, session.entry.form.fields))


def test_cells_answer_and_take_edits(window: MainWindow, session: Session) -> None:
    model = window.tables.tables[0].model()
    index = index_of(model, COMPULSION)  # type: ignore[arg-type]
    assert index.data(Role.EditRole) == "0"
    assert "字母 O 按 0 读取" in index.data(Role.ToolTipRole)
    assert not model.setData(index, "abc", Role.EditRole)
    assert model.setData(index, "18", Role.EditRole)
    assert index.data(Role.EditRole) == "18"
    assert model.setData(index, "/", Role.EditRole)
    assert index.data(Role.EditRole) == "/"
    assert model.setData(index, "", Role.EditRole)
    assert index.data(Role.EditRole) == ""


def test_checks_live_on_every_edit(window: MainWindow, session: Session) -> None:
    model = window.tables.tables[2].model()
    assert window.findings.view.model().rowCount() == 1
    model.setData(index_of(model, REVIEW_TOTAL), "2", Role.EditRole)  # type: ignore[arg-type]
    assert window.findings.view.model().rowCount() == 0


def test_a_finding_with_other_figures_keeps_its_row(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    view, model = window.findings.view, window.findings.view.model()
    view.setCurrentIndex(model.index(0, 0))
    changes: list[str] = []
    model.rowsInserted.connect(lambda *_: changes.append("in"))
    model.rowsRemoved.connect(lambda *_: changes.append("out"))
    before = model.index(0, 0).data()
    with qtbot.waitSignal(model.dataChanged):
        session.set_text(key(REVIEW_TOTAL), "9")
    assert model.index(0, 0).data() != before
    assert "9" in model.index(0, 0).data()
    assert model.rowCount() == 1
    assert view.currentIndex().row() == 0
    assert changes == []


def test_undoing_everything_leads_back_to_the_start(session: Session, qtbot: QtBot) -> None:
    assert session.report is not None
    entry, start = session.entry, session.report.cells
    assert entry is not None
    open_at_start = list(entry.open)
    keys, chance = list(start), random.Random(7)
    for _ in range(300):
        what = chance.random()
        if what < 0.5:
            session.set_text(chance.choice(keys), chance.choice(["", "0", "1", "12", "/", "无", "3.5", "x"]))
        elif what < 0.7:
            session.go_to(chance.choice(keys))
            session.review.accept()
        elif what < 0.8:
            session.review.accept_suggestion(1)
        elif what < 0.9:
            session.undo_stack.undo()
        else:
            session.undo_stack.redo()
    after = entry.report.cells if entry.report else {}
    steps = session.undo_stack.index()
    session.undo_stack.setIndex(0)
    assert session.report.cells == start
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert (entry.open, entry.is_unexported, dict(entry.decided)) == (open_at_start, False, {})
    session.undo_stack.setIndex(steps)
    assert session.report.cells == after


def test_labels_of_narrow_columns_break_evenly() -> None:
    assert stacked("（三）不予公开", 2) == "（三）\n不予\n公开"
    assert stacked("三、本年度办理结果", 1).splitlines()[:3] == ["三、", "本", "年"]
    assert balanced("社会公益组织", 4) == "社会公\n益组织"
    assert balanced("", 3) == ""


@pytest.mark.parametrize("form", [t.id for t in templates()])
def test_what_stays_in_place_and_what_scrolls(form: str) -> None:
    template = next(t for t in templates() if t.id == form)
    sizes = {t.key: (layout_of(t).top, layout_of(t).left) for t in template.tables}
    assert sizes == {"proactive": (0, 0), "applications": (3, 3), "remedies": (3, 0)}


def test_go_to_ignores_what_is_not_there(session: Session) -> None:
    session.go_to(key(GRANTED))
    session.go_to(CellKey("applications", "no", "where"))
    assert str(session.key) == GRANTED
