"""Whatever a clerk does, undoing leads back to each earlier state, and doing again to each later one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from pytestqt.qtbot import QtBot

from desktop.entries import Entry
from desktop.keeper import Keeper
from desktop.session import Session
from desktop.tasks import TaskRunner
from parser.extract.refit import refit
from parser.model.report import CellKey, Report
from parser.model.watch import UNWATCHED, Watch
from parser.workspace.store import Store
from tests.desktop.conftest import FakeBackend, doubtful, doubtful_report
from tests.forms import make_report

_TEXTS = ("", "0", "1", "2", "3", "12", "/", "无", "3.5", "见表", "７")
_STEPS, _RUNS = 60, 12
_BUSY = ("applications", "remedies")  # where equations tie cells together
_SEED = settings(
    stateful_step_count=_STEPS,
    max_examples=_RUNS,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # to make a failing run shorter takes minutes
    suppress_health_check=list(HealthCheck),
)


class ReportsBackend(FakeBackend):
    """Reads reports in memory, into the form asked for."""

    def open_report_as(self, path: Path, form: str, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        return refit(self.open_report(path, watch), form)


class Clerk(RuleBasedStateMachine):
    """Does things to two reports in one window session and remembers what was there after each."""

    qtbot: QtBot
    folder: Path
    numbers = count()
    done = 0

    def __init__(self) -> None:
        super().__init__()
        folder = self.folder / str(next(self.numbers))
        cells = {"applications.new_received.natural_person": doubtful("3", "3"), "remedies.review.total": 1}
        reports = {folder / "甲.txt": doubtful_report(), folder / "乙.txt": make_report(issuer="水务局", cells=cells)}
        backend, self.tasks = ReportsBackend(reports), TaskRunner()
        self.keeper = Keeper(folder / "工作区", backend.assess)
        self.session = Session(backend, self.tasks, self.keeper)
        self.session.add(list(reports))
        self.keeper.open()
        self.qtbot.waitUntil(lambda: len(self.entries) == 2 and not any(entry.is_reading for entry in self.entries))
        self.stack = self.session.undo_stack
        self.states = [self.state()]

    @property
    def entries(self) -> list[Entry]:
        return self.session.entries

    @property
    def entry(self) -> Entry:
        entry = self.session.entry
        assert entry is not None
        return entry

    def state(self) -> Hashable:
        """Return all that can be seen of the reports."""
        self.qtbot.waitUntil(lambda: not self.session.changes.unassessed)
        return tuple(_seen(entry) for entry in self.entries)

    # ── what a clerk does ────────────────────────────────────────────────────────────
    @rule(data=st.data(), text=st.sampled_from(_TEXTS))
    def type_over(self, data: st.DataObject, text: str) -> None:
        self.step(lambda: self.session.set_text(self.key(data), text))

    @rule(data=st.data(), text=st.sampled_from(_TEXTS))
    def paste(self, data: st.DataObject, text: str) -> None:
        self.step(lambda: self.session.set_texts(dict.fromkeys(self.keys(data), text)))

    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        self.session.go_to(self.key(data))
        self.step(self.session.review.accept)

    @rule(data=st.data())
    def confirm_many(self, data: st.DataObject) -> None:
        self.step(lambda: self.session.review.confirm(self.keys(data)))

    @rule(data=st.data(), number=st.integers(1, 3))
    def take_suggestion(self, data: st.DataObject, number: int) -> None:
        self.session.go_to(self.key(data))
        self.step(lambda: self.session.review.accept_suggestion(number))

    @rule(data=st.data())
    def call_printed(self, data: st.DataObject) -> None:
        self.step(lambda: self.session.review.call_printed(self.keys(data), "已与原件核对"))

    @rule(data=st.data())
    def sift(self, data: st.DataObject) -> None:
        good, odd = self.keys(data), self.keys(data)
        self.step(lambda: self.session.changes.sift(self.entry, set(good) - set(odd), odd))

    @rule(number=st.sampled_from("126"), text=st.sampled_from(["（略）", "收到申请3件。", ""]))
    def rewrite(self, number: str, text: str) -> None:
        self.step(lambda: self.session.changes.rewrite(self.entry, number, text))

    @rule(issuer=st.sampled_from(["清河市水务局", "水务局", None]), year=st.sampled_from([2022, 2023, None]))
    def correct_heading(self, issuer: str | None, year: int | None) -> None:
        self.step(lambda: self.session.headings.correct(self.entry, issuer, year, self.entry.form.id))

    @rule(form=st.sampled_from(["2019", "2021"]))
    def choose_form(self, form: str) -> None:
        report, entry = self.entry.report, self.entry
        assert report is not None

        def choose() -> None:
            self.session.headings.correct(entry, report.issuer, report.year, form)
            self.qtbot.waitUntil(lambda: entry.form.id == form)

        self.step(choose)

    @rule()
    def mark_checked(self) -> None:
        self.step(self.session.review.mark_checked)

    @rule(position=st.integers(0, 1))
    def look_at(self, position: int) -> None:
        self.session.select(position)
        assert self.state() == self.states[self.stack.index()]

    # ── and takes back ───────────────────────────────────────────────────────────────
    @precondition(lambda self: self.stack.canUndo())
    @rule()
    def undo(self) -> None:
        type(self).done += 1
        self.stack.undo()
        assert self.state() == self.states[self.stack.index()]

    @precondition(lambda self: self.stack.canRedo())
    @rule()
    def redo(self) -> None:
        type(self).done += 1
        self.stack.redo()
        assert self.state() == self.states[self.stack.index()]

    def step(self, action: Callable[[], object]) -> None:
        """Do something that is one step, or none."""
        type(self).done += 1
        before = (self.stack.index(), self.stack.count())
        action()
        after = (self.stack.index(), self.stack.count())
        if after == before and self.state() == self.states[self.stack.index()]:
            return
        assert after == (before[0] + 1, before[0] + 1)
        self.states[after[0] :] = [self.state()]

    def key(self, data: st.DataObject) -> CellKey:
        fields = list(self.entry.form.fields)
        return data.draw(
            st.sampled_from([key for key in fields if key.table in _BUSY and "total" not in key] or fields)
        )

    def keys(self, data: st.DataObject) -> list[CellKey]:
        fields = list(self.entry.form.fields)
        start = data.draw(st.integers(0, len(fields) - 8))
        return fields[start : start + data.draw(st.integers(1, 8))]

    def teardown(self) -> None:
        end = self.stack.index()
        with contextlib.closing(self.keeper):
            self.stack.setIndex(0)
            assert self.state() == self.states[0]
            self.stack.setIndex(end)
            assert self.state() == self.states[end]
            assert self.keeper.settle(5)
        self.tasks.close()
        with contextlib.closing(Store(self.keeper.folder, may_write=False)) as store:
            for entry in self.entries:  # and the next time everything is as it was left
                again, kept = Entry(entry.path), store.load(entry.path)
                assert kept.report is not None
                again.restore(kept, self.session.backend.assess(kept.report))
                assert _seen(again) == _seen(entry)


def _seen(entry: Entry) -> Hashable:
    report = entry.report
    assert report is not None
    decided = {(key, edit.reason, edit.after.raw) for key, (_, edit) in entry.decided.items()}
    findings = tuple((f.rule, f.keys, f.message, f.verdict) for f in entry.assessment.findings)
    return (
        (report.form, report.issuer, report.year, tuple(report.sections.items())),
        tuple(report.cells.items()),
        frozenset(decided),
        tuple(entry.open),
        findings,
        (entry.stage, entry.is_checked, entry.error_count),
    )


def test_undo_and_redo_of_random_actions_lead_exactly_there_and_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clerk, "qtbot", qtbot, raising=False)
    monkeypatch.setattr(Clerk, "folder", tmp_path, raising=False)
    Clerk.done = 0
    run_state_machine_as_test(Clerk, settings=_SEED)
    assert Clerk.done >= 500
