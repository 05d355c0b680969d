"""What a person does to a report becomes edits that can be undone and are kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.backend import Backend
from desktop.commands import EditCommand, edits_for, suggested_changes, typed_changes
from desktop.decisions import CONFIRMED, SUGGESTED
from desktop.entries import Entry
from desktop.keeper import Keeper
from desktop.settings import login_name
from parser.model.finding import Suggestion
from parser.model.report import Cell, CellKey, Edit, State


class Changes(QObject):
    """Every edit of every report goes through here; ``author`` signs them."""

    made = Signal(object, object)  # an Entry, and the edits just applied to it: done, undone or done again
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._keeper = backend, keeper
        self.undo_stack = QUndoStack(self)
        self.author = login_name()

    def put_texts(self, entry: Entry | None, texts: Mapping[CellKey, str]) -> bool:
        """Put typed texts into a report as one step; False, and nothing changed, when one is no value."""
        if entry is None or not self._may_change(entry):
            return False
        typed = typed_changes(entry, texts)
        if typed is not None and typed[0]:
            self._make(entry, *typed)
        return typed is not None

    def confirm(self, entry: Entry | None, key: CellKey | None) -> bool:
        """Confirm a cell as it stands; False when that cannot be: there must be something to confirm."""
        if entry is None or entry.report is None or key is None or not self._may_change(entry):
            return False
        cell = entry.report.cells[key]
        if cell.state is State.UNREADABLE:
            self.said.emit("info", self.tr("这一格读不出数：请输入数值，或按 Delete 记为空白"))
            return False
        if key in entry.open:
            self._make(entry, {key: replace(cell, doubts=())}, CONFIRMED)
        return True

    def adopt(self, entry: Entry | None, suggestion: Suggestion) -> bool:
        """Put the values of a suggestion into a report; False when it may not be changed."""
        if entry is None or not self._may_change(entry):
            return False
        self._make(entry, suggested_changes(entry, suggestion), f"{SUGGESTED}：{suggestion.proof}")
        return True

    def forget(self) -> None:
        """Let nothing be undone any more: a report is no longer the one the steps were made in."""
        self.undo_stack.clear()

    def _may_change(self, entry: Entry) -> bool:
        """Whether the report may be changed; says why not."""
        if entry.report is not None and self._keeper.is_read_only:
            self.said.emit("info", self.tr("工作区是以只读方式打开的，不能修改"))
            return False
        if entry.report is not None and not entry.is_editable:
            self.said.emit("info", self.tr("表格还在识别，读完后就可以修改"))
        return entry.is_editable

    def _make(self, entry: Entry, changes: Mapping[CellKey, Cell], reason: str) -> None:
        edits = edits_for(entry, changes, reason, self.author)
        self.undo_stack.push(EditCommand(reason.partition("：")[0], entry, edits, self._commit))

    def _commit(self, entry: Entry, edits: Sequence[Edit]) -> None:
        assert entry.report is not None
        report = entry.report.apply(edits)
        self._keeper.append(entry.path, edits)
        entry.renew(report, self._backend.assess(report))
        self.made.emit(entry, edits)
