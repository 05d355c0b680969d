"""Files are taken out of the queue, as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.commands import Step
from desktop.entries import Entry
from desktop.session import Session
from desktop.soon import soon


def remove(session: Session, entries: Sequence[Entry]) -> None:
    """Take files out of the queue; undone, they come back with all that was decided in them."""
    _take_out(session, entries)
    session.changes.push(_Removal(session, entries))


def bring_back(session: Session, path: Path) -> None:
    """Put a file that was taken out into the queue again; there is nothing left to undo then."""
    session.inbox.restore(path)
    session.changes.forget(lambda _entry: False)


def _take_out(session: Session, entries: Sequence[Entry]) -> None:
    if session.entry in entries:
        session.turning_away.emit()
    for entry in entries:
        session.inbox.remove(entry)


class _Removal(Step):
    """Other steps in the reports are void once they are gone, this one once they are back by another way."""

    def __init__(self, session: Session, entries: Sequence[Entry]) -> None:
        super().__init__(QCoreApplication.translate("queue", "从列表中移除"), entries[0])
        self._session, self._is_new, self._is_done = session, True, True
        self._paths = [entry.path for entry in entries]

    def do(self) -> None:
        self._session.changes.last = self.entry
        if not self._is_new:  # not before the stack has done this step: others are taken off it
            soon(self._session, self._remove_again)
        self._is_new = False

    def take_back(self) -> None:
        self._session.changes.last, self._is_done = self.entry, False
        self._session.inbox.restore(*self._paths)

    def is_void(self, _is_gone: Callable[[Entry], bool]) -> bool:
        return self._is_done and {entry.path for entry in self._session.entries}.issuperset(self._paths)

    def _remove_again(self) -> None:
        self._is_done = True
        _take_out(self._session, [entry for entry in self._session.entries if entry.path in self._paths])
