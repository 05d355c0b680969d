"""How far a report is, in the words of the program."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """What has become of the file since it was read."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"


class Stage(StrEnum):
    """How far a file is, as the queue tells it."""

    UNREAD = "unread"
    READING = "reading"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"  # no doubt is open, but an error of the form stands
    CLEAN = "clean"
    CHECKED = "checked"  # a person has said that it is
    EXPORTED = "exported"
    CHANGED = "changed"  # changed after the export
