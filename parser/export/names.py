"""What files made from reports are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePath

from parser.model.finding import Assessment, Severity
from parser.model.report import Report, State

_ILLEGAL = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_JOINED = "（合并"
_LONGEST = 60  # characters; three UTF-8 bytes each leave room for the rest within the 255 a file name may have


def workbook_name(report: Report, assessment: Assessment, *, checked: bool | None = None) -> str:
    """Return ``<机关><年份>年报.xlsx``, with （未核） at the end of the stem while something is open.

    ``checked`` says whether a person has closed every doubt and error; when it is not given, the assessment decides.
    """
    stem = f"{_office(report)}{report.year or ''}年报"
    if checked is None:
        checked = not has_open_points(report, assessment)
    if _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}{'' if checked else '（未核）'}.xlsx"


def has_open_points(report: Report, assessment: Assessment) -> bool:
    """Whether a cell is doubtful or unreadable, or an error is not explained."""
    return any(
        cell.state is State.UNREADABLE or assessment.is_doubtful(report, key) for key, cell in report.cells.items()
    ) or any(f.severity is Severity.ERROR and not f.explained for f in assessment.findings)


def _office(report: Report) -> str:
    """Return the issuer fit for a file name, else the name of the source file, else nothing."""
    name = _cleaned(report.issuer or "")
    return name or _cleaned(PurePath(report.source.replace("\\", "/")).stem)


def _cleaned(name: str) -> str:
    visible = "".join(" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(_ILLEGAL.sub("", visible).split())[:_LONGEST].strip(" .")


def joined_names(folder: Path) -> Iterator[Path]:
    """Yield what the PDF of the photos in a folder may be called, the usual name first."""
    for number in count(1):
        yield folder / f"{folder.name}{_JOINED}{'' if number == 1 else number}）.pdf"


def is_joined(file: Path) -> bool:
    """Whether the file has the name of the PDF of the photos in its folder."""
    return file.suffix == ".pdf" and file.name.startswith(f"{file.parent.name}{_JOINED}")
