"""What pages that cannot be read mean for the rest of a report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from parser.model.report import Doubt, Reason, Report, State

DAMAGED_NOTE = "第 {} 页已损坏，读不出来；此处可能在那一页上"


def with_damage_doubted(report: Report, damaged: Collection[int]) -> Report:
    """Return the report with doubts on what is absent from it, if pages could not be read on which it may stand."""
    if not damaged:
        return report
    doubt = Doubt(Reason.LINES_LOST, DAMAGED_NOTE.format(numbers(damaged)))
    lost = (State.ABSENT, State.UNREADABLE)
    cells = {k: replace(c, doubts=(*c.doubts, doubt)) if c.state in lost else c for k, c in report.cells.items()}
    return replace(report, cells=cells)


def numbers(pages: Iterable[int]) -> str:
    """Return the pages as they are named to the clerk: 2、5、6."""
    return "、".join(map(str, sorted(pages)))
