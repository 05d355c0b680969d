"""What a person does to a report becomes edits that can be undone and are kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.backend import Backend
from desktop.commands import EditCommand, Step, confirmed_change, drop, edits_for, suggested_changes, typed_changes
from desktop.decisions import ODD
from desktop.entries import Entry
from desktop.foresight import Case, Foresight
from desktop.keeper import Keeper
from desktop.signing import login_name, now
from desktop.tasks import TaskRunner
from parser.model.decision import (
    CHECK_MARK,
    CHECKED,
    CONFIRMED,
    PICKED,
    PRINTED,
    REWRITTEN,
    SUGGESTED,
    is_as_printed,
)
from parser.model.finding import Assessment, Suggestion
from parser.model.report import Cell, CellKey, Edit, Report, State, head_cell, section_cell

_MANY = 9  # broken equations; where there are more, the search for what explains them may take longer than a key


class Changes(QObject):
    """Every edit of every report goes through here; ``author`` signs them."""

    made = Signal(object, object)  # an Entry, and the edits just applied to it: done, undone or done again
    assessed = Signal(object)  # an Entry that has been checked beside the window
    unassessable = Signal(object)  # an Entry that could not be
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.undo_stack, self._foresight = QUndoStack(self), Foresight(backend, tasks, self)
        self._steps, self._is_new = 0, False  # steps that are done, and whether one is just made
        self.last: Entry | None = None  # what was changed last
        self.undo_stack.indexChanged.connect(self._on_stepped)
        self.unassessed: set[Entry] = set()  # they have changed and are being checked
        self._author = ""  # as long as none was given

    @property
    def author(self) -> str:
        """The name under which edits are made: that of the login until there is another."""
        return self._author or login_name()

    @author.setter
    def author(self, name: str) -> None:
        self._author = name

    def put_texts(self, entry: Entry | None, texts: Mapping[CellKey, str], step: str = "") -> bool:
        """Put typed texts into a report as one step, called ``step``; False, and nothing done, when one is no value."""
        if entry is None or not self.may_change(entry):
            return False
        typed = typed_changes(entry, texts)
        if typed is not None and typed[0]:
            self._make(entry, *typed, step)
        return typed is not None

    def expect_text(self, entry: Entry | None, key: CellKey | None, text: str) -> None:
        """Be ready for a text that is being typed into a cell."""
        if entry is not None and key is not None and entry.is_editable:
            self._expect(entry, lambda: _with(entry, (typed_changes(entry, {key: text}) or ({}, ""))[0]))

    def expect_confirmation(self, entry: Entry | None, key: CellKey | None) -> None:
        """Be ready for the confirmation of a cell."""
        if entry is not None and key in entry.open and entry.is_editable:
            self._expect(entry, lambda: _with(entry, confirmed_change(entry, key)))

    def _expect(self, entry: Entry, make: Callable[[], Case | None]) -> None:
        self._foresight.expect(make, takes_time=_takes_time(entry))

    def confirm(self, entry: Entry | None, key: CellKey | None) -> bool:
        """Confirm a cell as it stands; False when that cannot be: there must be something to confirm.

        What was said to be as printed, and is asked again because another figure has changed, is so still.
        """
        if entry is None or entry.report is None or key is None or not self.may_change(entry):
            return False
        cell = entry.report.cells[key]
        if cell.state is State.UNREADABLE:
            self.said.emit("info", self.tr("这一格读不出数：请输入数值，或按 Delete 记为空白"))
            return False
        if key in entry.open:
            _, before = entry.decided.get(key, (0, None))
            reason = before.reason if before is not None and is_as_printed(before) else CONFIRMED
            self._make(entry, confirmed_change(entry, key), reason)
        return True

    def confirm_all(self, entry: Entry | None, keys: Iterable[CellKey]) -> tuple[int, int]:
        """Confirm, as one step, the cells among ``keys`` that are open; return how many, and how many cannot be.

        Those that were not found have to be looked for one by one: they may stand where nothing was recognised.
        """
        if entry is None or entry.report is None or not self.may_change(entry):
            return 0, 0
        cells = entry.report.cells
        still_open = [key for key in dict.fromkeys(keys) if key in entry.open]
        readable = [key for key in still_open if cells[key].state not in (State.UNREADABLE, State.ABSENT)]
        if readable:
            self._make(entry, {key: replace(cells[key], doubts=()) for key in readable}, CONFIRMED)
        return len(readable), len(still_open) - len(readable)

    def call_printed(self, entry: Entry | None, keys: Iterable[CellKey], why: str) -> bool:
        """Let cells stand as they are because the source has it so, ``why`` is logged; False if it cannot be."""
        if entry is None or entry.report is None or not self.may_change(entry):
            return False
        cells = entry.report.cells
        said = {key: replace(cells[key], doubts=()) for key in keys if cells[key].state is not State.UNREADABLE}
        if said:
            self._make(entry, said, f"{PRINTED}：{why}")
        else:
            self.said.emit("info", self.tr("这一格读不出数：请输入数值，或按 Delete 记为空白"))
        return bool(said)

    def sift(self, entry: Entry | None, good: Iterable[CellKey], odd: Iterable[CellKey]) -> int:
        """Confirm the ``good`` cells that nobody has decided and put the ``odd`` ones in doubt, all as one step.

        Returns how many were confirmed. Cells that cannot be read stay as they are.
        """
        if entry is None or entry.report is None or not self.may_change(entry):
            return 0
        cells = entry.report.cells
        fresh = [key for key in good if key in entry.open or (key not in entry.decided and cells[key].is_read)]
        confirmed = {key: replace(cells[key], doubts=()) for key in fresh if cells[key].is_read}
        picked = {key: replace(cells[key], doubts=(*cells[key].doubts, ODD)) for key in odd if key not in entry.open}
        edits = edits_for(entry, picked, PICKED, self.author) + edits_for(entry, confirmed, CONFIRMED, self.author)
        if edits:
            self.push(EditCommand(self.tr("同数对照"), entry, edits, self._commit))
        return len(confirmed)

    def rewrite(self, entry: Entry | None, number: str, text: str) -> bool:
        """Give the section another text; False when it may not be changed."""
        if entry is None or entry.report is None or not self.may_rewrite(entry):
            return False
        if text != entry.report.sections.get(number):
            key = CellKey.of_section(number)
            before = section_cell(entry.report.sections.get(number))
            edit = Edit(key, before, section_cell(text), REWRITTEN, self.author, now())
            self.push(EditCommand(REWRITTEN, entry, [edit], self._commit))
        return True

    def may_rewrite(self, entry: Entry) -> bool:
        """Whether the prose may be changed; says why not."""
        if self.may_change(entry) and not entry.is_complete:
            self.said.emit("info", self.tr("正文还没有读完，读完后就可以修改"))
        return entry.is_complete and not self._keeper.is_read_only

    def mark_checked(self, entry: Entry) -> bool:
        """Call a report checked as it stands; False when it may not be changed."""
        edit = Edit(CHECK_MARK, head_cell("未核"), head_cell("已核"), CHECKED, self.author, now())
        return self.put(entry, [edit], self.tr("标为已核"))

    def adopt(self, entry: Entry | None, suggestion: Suggestion) -> bool:
        """Put the values of a suggestion into a report; False when it may not be changed."""
        if entry is None or not self.may_change(entry):
            return False
        self._make(entry, suggested_changes(entry, suggestion), f"{SUGGESTED}：{suggestion.proof}")
        return True

    def put(self, entry: Entry, edits: Sequence[Edit], text: str) -> bool:
        """Make edits as one step called ``text``; False when the report may not be changed."""
        if not self.may_change(entry):
            return False
        if edits:
            self.push(EditCommand(text, entry, edits, self._commit))
        return True

    def forget(self, is_gone: Callable[[Entry], bool]) -> None:
        """Let nothing be undone any more in reports that are gone, or are not what the steps were made in."""
        self._is_new = True
        drop(self.undo_stack, is_gone)
        self._is_new = False
        self.unassessed = {entry for entry in self.unassessed if not is_gone(entry)}

    def push(self, command: Step) -> None:
        """Do what the command says, as a step that can be undone; what it does sets ``last``."""
        self._is_new = True
        self.undo_stack.push(command)
        self._is_new = False

    def _on_stepped(self, steps: int) -> None:
        """Say which step was undone or done again, and in which report: it may be another than the current one."""
        before, self._steps = self._steps, steps
        if self._is_new or not self.undo_stack.count() or self.last is None:
            return
        words = self.tr("已撤销“{0}”：{1}") if steps < before else self.tr("已重做“{0}”：{1}")
        self.said.emit("info", words.format(self.undo_stack.text(min(steps, before)), self.last.path.name))

    def may_change(self, entry: Entry) -> bool:
        """Whether the report may be changed; says why not."""
        if entry.report is not None and self._keeper.is_read_only:
            self.said.emit("info", self.tr("工作区是以只读方式打开的，不能修改"))
            return False
        if entry.report is not None and not entry.is_editable:
            self.said.emit("info", self.tr("表格还在识别，读完后就可以修改"))
        return entry.is_editable

    def _make(self, entry: Entry, changes: Mapping[CellKey, Cell], reason: str, step: str = "") -> None:
        edits = edits_for(entry, changes, reason, self.author)
        self.push(EditCommand(step or reason.partition("：")[0], entry, edits, self._commit))

    def _commit(self, entry: Entry, edits: Sequence[Edit]) -> None:
        assert entry.report is not None
        self.last, was_checked = entry, entry.is_checked
        report = entry.report.apply(edits)
        self._keeper.append(entry.path, edits)
        if all(edit.key == CHECK_MARK for edit in edits):  # no rule asks for it
            entry.renew(report, entry.assessment)
            self.made.emit(entry, edits)
            return
        known = self._foresight.known(report, entry.previous)
        takes_time = _takes_time(entry) or any(edit.key.section for edit in edits)  # other prose does, too
        if known is None and takes_time:
            entry.renew(report, entry.assessment._replace(suggestions=()))
            if entry not in self.unassessed:
                self.unassessed.add(entry)
                self._assess_beside(entry)
        else:
            entry.renew(report, known or self._foresight.assess(report, entry.previous))
            self.unassessed.discard(entry)
        self.made.emit(entry, edits)
        if was_checked and not entry.is_checked:
            self.said.emit("info", self.tr("报告有改动，不再是已核；改完请再按 Ctrl+Enter"))

    def _assess_beside(self, entry: Entry) -> None:
        """Assess the report in a worker; as it is then, if it changes meanwhile."""
        report, previous = entry.report, entry.previous
        assert report is not None
        self._foresight.assess_beside(
            Case(report, previous),
            lambda assessment: self._on_assessed(entry, report, assessment),
            lambda why: self._on_not_assessed(entry, why),
        )

    def _on_assessed(self, entry: Entry, report: Report, assessment: Assessment) -> None:
        if entry not in self.unassessed or entry.report is None:
            return
        if entry.report is not report:
            self._assess_beside(entry)
            return
        entry.renew(report, assessment)
        self.unassessed.discard(entry)
        self.assessed.emit(entry)

    def _on_not_assessed(self, entry: Entry, why: str) -> None:
        self.unassessed.discard(entry)
        self.unassessable.emit(entry)
        self.said.emit("error", why)


def _takes_time(entry: Entry) -> bool:
    """Whether so much is wrong with the report that what the rules say of it is worked out beside the window."""
    return sum(finding.equation is not None for finding in entry.assessment.findings) > _MANY


def _with(entry: Entry, changes: Mapping[CellKey, Cell]) -> Case | None:
    """Return the report with the changes in it, None when there are none."""
    edits = edits_for(entry, changes, "", "")
    return Case(entry.report.apply(edits), entry.previous) if entry.report is not None and edits else None
