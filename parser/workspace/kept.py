"""What a workspace holds, and what it holds of a report."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from parser.model.decision import REREAD
from parser.model.report import Cell, CellKey, Edit, Report


def new_token() -> str:
    """Return a name that nothing else has."""
    return os.urandom(8).hex()  # the module secrets brings OpenSSL, which the window does not wait for


class Fingerprint(NamedTuple):
    """By what a source file is known again: size in bytes, time of the last change in ns, hash of its content."""

    size: int
    modified: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a file gave.

    ``report`` is what the clerk began with; ``as_read`` the cells as printed, which differ from it where a person's
    value was carried over from an earlier reading. ``came_with`` are edits that brought the cells where they are in
    ``report``: made before the file came here, noted in an exported workbook. ``carried`` are edits that apply to
    ``report``: what became of earlier decisions. ``token`` makes keeping it twice the same as once.
    """

    report: Report
    as_read: Mapping[CellKey, Cell]
    fingerprint: Fingerprint | None = None
    is_complete: bool = True
    came_with: tuple[Edit, ...] = ()
    carried: tuple[Edit, ...] = ()
    token: str = field(default_factory=new_token)


class Kept(NamedTuple):
    """A report of the workspace as it was left; ``report`` is None when the file was never read.

    ``exported_edits`` is the number of edits the report had when it was written to ``exported_to``. ``problem`` says
    why the report cannot be shown: its form is another in this program. Its decisions can still be carried over.
    """

    path: Path
    report: Report | None = None
    as_read: Mapping[CellKey, Cell] = MappingProxyType({})
    fingerprint: Fingerprint | None = None
    is_complete: bool = False
    cell: CellKey | None = None
    exported_to: Path | None = None
    exported_edits: int = 0
    problem: str = ""

    @property
    def is_worked_on(self) -> bool:
        """Whether people have decided anything in the report, called it checked or exported it."""
        edits = self.report.edits if self.report is not None else ()
        is_decided = any(edit.reason != REREAD for edit in edits)
        return is_decided or self.exported_to is not None


class Opened(NamedTuple):
    """What the workspace holds: the files of its queue, those once removed from it, and the one that was current."""

    paths: list[Path]
    hidden: list[Path]
    current: Path | None
    remarks: list[str]
    is_read_only: bool
    folders: list[Path]  # given by the clerk


def fingerprint_of(path: Path, known: Fingerprint | None = None) -> Fingerprint | None:
    """Return the fingerprint of the file, None when there is no such file to read.

    The content is only looked at when size or time differ from those of ``known``.
    """
    import hashlib  # brings OpenSSL, which the window does not wait for

    try:
        status = path.stat()
        if known is not None and (status.st_size, status.st_mtime_ns) == (known.size, known.modified):
            return known
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
    return Fingerprint(status.st_size, status.st_mtime_ns, digest)
