"""Edits of a report as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtGui import QUndoCommand

from desktop.decisions import UNDONE
from desktop.entries import Entry
from parser.model.report import Edit

Commit = Callable[[Entry, Sequence[Edit]], None]


class EditCommand(QUndoCommand):
    """Applies edits to an entry through ``commit``; undoing them is recorded like everything else."""

    def __init__(self, text: str, entry: Entry, edits: Sequence[Edit], commit: Commit) -> None:
        super().__init__(text)
        self._entry, self._edits, self._commit = entry, tuple(edits), commit

    def redo(self) -> None:
        self._commit(self._entry, [replace(edit, at=_now()) for edit in self._edits])

    def undo(self) -> None:
        back = [replace(edit.reversed(), reason=UNDONE, at=_now()) for edit in reversed(self._edits)]
        self._commit(self._entry, back)


def _now() -> datetime:
    return datetime.now().astimezone()
