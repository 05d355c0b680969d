"""A path becomes a report: the one way through, used by the command line, the window and the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from parser.export.reread import is_own_workbook, reread
from parser.extract.refit import refit
from parser.extract.report import extract
from parser.model.report import Report
from parser.model.watch import UNWATCHED, Watch
from parser.paged import open_paged
from parser.readers.registry import is_paged, may_be_report, read_bytes, read_document


def open_report(path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
    """Return the report in ``path``: one of our own workbooks re-read without loss, any other file extracted.

    ``watch`` hears how far slow files have come, with the tables as soon as they are read, and may stop the work.
    ``password`` opens a PDF file that is locked. Raises a ReportError whose message says what is wrong and what to do,
    PasswordNeeded where a password would help, Cancelled when stopped.
    """
    watch.check()
    if path.is_file() and is_own_workbook(path):
        return reread(path)
    data = read_bytes(path)
    if is_paged(data, path.suffix.lower()):
        return open_paged(data, path.name, hashlib.sha256(data).hexdigest(), watch, password=password)
    return extract(read_document(path))


def open_report_as(path: Path, form: str, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
    """Return the report in ``path`` in the cells of the form that a person has chosen; as ``open_report`` otherwise.

    Text is laid along that form. Tables of pages and of our own workbooks keep the cells that the form has too.
    """
    is_text = not (path.is_file() and is_own_workbook(path)) and not is_paged(read_bytes(path), path.suffix.lower())
    return extract(read_document(path), form) if is_text else refit(open_report(path, watch, password), form)


def find_inputs(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: files as given, and all that may be reports in folders, sorted.

    Hidden files and lock files (~$…) are left out; documents that cannot be read are not, so that none is lost.
    """
    return [file for path in paths for file in _files(path)]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        hidden = any(part.startswith((".", "~$")) for part in parts)
        if not hidden and file.is_file() and may_be_report(file):
            yield file
