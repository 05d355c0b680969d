"""The edits of a report become what is decided in it, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from parser.model.finding import Assessment, Finding, Severity
from parser.model.report import CellKey, Edit, Report, State
from parser.workspace.carry import REREAD

CONFIRMED = "确认"
TYPED = "修改"
SUGGESTED = "采用建议"
UNDONE = "撤销"

Decisions = Mapping[CellKey, tuple[int, Edit]]


def decisions(edits: Iterable[Edit]) -> Decisions:
    """Return the standing decision of each cell with its position in ``edits``.

    What was undone does not count, nor what was decided about a cell that is printed otherwise since.
    """
    standing: dict[CellKey, list[tuple[int, Edit]]] = {}
    for position, edit in enumerate(edits):
        past = standing.setdefault(edit.key, [])
        if edit.reason == REREAD:
            past.clear()
        elif edit.reason != UNDONE:
            past.append((position, edit))
        elif past:
            past.pop()
    return MappingProxyType({key: past[-1] for key, past in standing.items() if past})


def is_confirmation(edit: Edit) -> bool:
    """Whether the edit accepts the cell as it stands."""
    return edit.reason == CONFIRMED


def open_doubts(report: Report, assessment: Assessment, decided: Decisions, order: Iterable[CellKey]) -> list[CellKey]:
    """Return the cells a person still has to look at, in the given order.

    A decided cell stays closed until a number in its broken equation changes afterwards.
    """
    changed = _last_changes(report.edits)
    return [key for key in order if _is_open(report, assessment, decided, changed, key)]


def _is_open(
    report: Report, assessment: Assessment, decided: Decisions, changed: Mapping[CellKey, int], key: CellKey
) -> bool:
    if not assessment.is_doubtful(report, key) and report.cells[key].state is not State.UNREADABLE:
        return False
    if key not in decided or report.cells[key].state is State.UNREADABLE:
        return True
    since = decided[key][0]
    equations = assessment.suspects.get(key, ())
    involved = {other for f in assessment.findings if f.equation in equations for other in f.keys if other != key}
    return any(changed.get(other, -1) > since for other in involved)


def _last_changes(edits: Iterable[Edit]) -> dict[CellKey, int]:
    """Return where in ``edits`` the meaning of each cell changed last."""
    return {
        edit.key: position
        for position, edit in enumerate(edits)
        if (edit.before.state, edit.before.value) != (edit.after.state, edit.after.value)
    }


def broken_cells(report: Report, assessment: Assessment) -> frozenset[CellKey]:
    """Return the cells that carry the sign of a broken equation: its suspects, or all its cells if it has none."""
    marked: set[CellKey] = set()
    for finding in assessment.findings:
        if finding.severity is Severity.ERROR:
            marked.update(suspects_of(finding, assessment))
    return frozenset(key for key in marked if key in report.cells and report.cells[key].state is not State.ABSENT)


def suspects_of(finding: Finding, assessment: Assessment) -> tuple[CellKey, ...]:
    """Return the cells that can explain the finding; all its cells when the rules do not say."""
    suspects = tuple(key for key in finding.keys if finding.equation in assessment.suspects.get(key, ()))
    return suspects or finding.keys
