"""Edits of a report as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.entries import Entry
from desktop.signing import now
from desktop.text_values import cell_from_text
from parser.model.decision import CONFIRMED, TYPED, UNDONE
from parser.model.finding import Suggestion
from parser.model.report import Cell, CellKey, Edit, State

Commit = Callable[[Entry, Sequence[Edit]], None]


def typed_changes(entry: Entry, texts: Mapping[CellKey, str]) -> tuple[dict[CellKey, Cell], str] | None:
    """Return what typing ``texts`` changes in the report and the reason to record; None when a text is no value."""
    assert entry.report is not None
    changes: dict[CellKey, Cell] = {}
    reason = CONFIRMED
    for key, text in texts.items():
        now = entry.report.cells[key]
        after = cell_from_text(text, now, entry.as_read[key])
        if after is None:
            return None
        if (after.state, after.shown, after.unit) != (now.state, now.shown, now.unit):
            changes[key], reason = after, TYPED
        elif key in entry.open:
            changes[key] = replace(now, doubts=())
    return changes, reason


def confirmed_change(entry: Entry, key: CellKey) -> dict[CellKey, Cell]:
    """Return what confirming a cell changes in the report, nothing when it is not there to be read."""
    cell = entry.report.cells.get(key) if entry.report is not None else None
    return {key: replace(cell, doubts=())} if cell is not None and cell.state is not State.UNREADABLE else {}


def suggested_changes(entry: Entry, suggestion: Suggestion) -> dict[CellKey, Cell]:
    """Return what taking up the suggestion changes in the report."""
    assert entry.report is not None
    cells = entry.report.cells
    return {
        key: replace(cells[key], state=State.NUMBER, value=value, doubts=()) for key, value in suggestion.values.items()
    }


def edits_for(entry: Entry, changes: Mapping[CellKey, Cell], reason: str, author: str) -> list[Edit]:
    """Return the edits that make the changes, signed and dated."""
    assert entry.report is not None
    return [Edit(key, entry.report.cells[key], after, reason, author, now()) for key, after in changes.items()]


class Step(QUndoCommand):
    """What was done to the report of ``entry``; asleep it does nothing, see ``drop``."""

    def __init__(self, text: str, entry: Entry) -> None:
        super().__init__(text)
        self.entry, self.is_asleep = entry, False

    def redo(self) -> None:
        if not self.is_asleep:
            self.do()

    def undo(self) -> None:
        if not self.is_asleep:
            self.take_back()

    def do(self) -> None:
        """Do it, for the first time or again."""
        raise NotImplementedError

    def take_back(self) -> None:
        """Make it undone."""
        raise NotImplementedError

    def is_void(self, is_gone: Callable[[Entry], bool]) -> bool:
        """Whether it can be neither undone nor done again any more."""
        return is_gone(self.entry)


def drop(stack: QUndoStack, is_gone: Callable[[Entry], bool]) -> None:
    """Take the steps off the stack that reports being gone makes void; the others stay, done or undone as they are."""
    steps = [step for n in range(stack.count()) if isinstance(step := stack.command(n), Step)]
    gone = [step for step in steps if step.is_void(is_gone)]
    done = stack.index() - sum(step in gone for step in steps[: stack.index()])
    for step in steps:
        step.is_asleep = True
    for step in gone:
        step.setObsolete(True)  # the stack drops it once it comes by
    for place in (0, len(steps), done):
        stack.setIndex(place)
    for step in steps:
        step.is_asleep = False
    stack.canUndoChanged.emit(stack.canUndo())  # the stack says so only where its index has moved
    stack.canRedoChanged.emit(stack.canRedo())


class EditCommand(Step):
    """Applies edits to an entry through ``commit``; undoing them is recorded like everything else."""

    def __init__(self, text: str, entry: Entry, edits: Sequence[Edit], commit: Commit) -> None:
        super().__init__(text, entry)
        self._edits, self._commit = tuple(edits), commit

    def do(self) -> None:
        at = now()
        self._commit(self.entry, [replace(edit, at=at) for edit in self._edits])

    def take_back(self) -> None:
        back = [replace(edit.reversed(), reason=UNDONE, at=now()) for edit in self._edits]  # a cell each
        self._commit(self.entry, back)
