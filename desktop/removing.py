"""A file is taken out of the queue, as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.commands import Step
from desktop.entries import Entry
from desktop.session import Session
from desktop.soon import soon


def remove(session: Session, entry: Entry) -> None:
    """Take a file out of the queue; undone, it comes back with all that was decided in it."""
    session.inbox.remove(entry)
    session.changes.push(_Removal(session, entry))


class _Removal(Step):
    """Other steps in the report are void once it is gone, and this one never is."""

    def __init__(self, session: Session, entry: Entry) -> None:
        super().__init__(QCoreApplication.translate("queue", "从列表中移除"), entry)
        self._session, self._is_new = session, True

    def do(self) -> None:
        self._session.changes.last = self.entry
        if not self._is_new:  # not before the stack has done this step: others are taken off it
            soon(self._session, self._remove_again)
        self._is_new = False

    def take_back(self) -> None:
        self._session.changes.last = self.entry
        self._session.inbox.restore(self.entry.path)

    def is_void(self, _is_gone: Callable[[Entry], bool]) -> bool:
        return False

    def _remove_again(self) -> None:
        there = next((entry for entry in self._session.entries if entry.path == self.entry.path), None)
        if there is not None:
            self._session.inbox.remove(there)
