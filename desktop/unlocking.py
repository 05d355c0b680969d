"""Files that open only with a password are opened with what the clerk gives for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.entries import Entry
from desktop.inbox import Inbox


class Unlocking(QObject):
    """Hands passwords to the files of the queue; they stay in memory, and are asked for again the next time."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(inbox)
        self._inbox = inbox
        self._last: str | None = None  # what was given last

    def others(self, entry: Entry) -> list[Entry]:
        """Return the files besides ``entry`` that wait for a password."""
        return [other for other in self._inbox.entries if other is not entry and is_waiting(other)]

    def unlock(self, entries: Sequence[Entry], password: str) -> None:
        """Try the password on these files, on the first one first."""
        self._last = password
        for entry in reversed(entries):  # what is read again comes before what waits
            entry.lock.give(password)
            if not entry.is_complete or entry.shortfall:  # else it is only to be looked at
                self._inbox.read_again(entry)
            if entry.report is not None:  # its pages are shown again, and nothing is asked for any more
                self._inbox.say_grown(entry)

    def on_pages_locked(self, path: Path, tried: str | None) -> None:
        """Ask for the password of a file whose pages could not be shown without it, or with a wrong one.

        What was given for another file is tried before: the reports of an office often have the same.
        """
        entry = next((entry for entry in self._inbox.entries if entry.path == path), None)
        if entry is not None:
            entry.lock.refuse(tried)
            self._inbox.say_grown(entry)  # the pages are let go of
            if tried is None and self._last is not None and entry.is_complete:
                entry.lock.give(self._last, is_guess=True)
                self._inbox.say_grown(entry)
            self._inbox.announce([entry])


def is_waiting(entry: Entry) -> bool:
    """Whether a password is to be asked for before anything more can be seen of the file."""
    return entry.lock.is_shut and not entry.is_reading
