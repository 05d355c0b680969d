"""The edits of a report become what is decided in it, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from parser.model.finding import Assessment, Finding, Severity, Verdict
from parser.model.report import Cell, CellKey, Doubt, Edit, Reason, Report, State
from parser.workspace.carry import REREAD

CONFIRMED = "确认"
TYPED = "修改"
SUGGESTED = "采用建议"
UNDONE = "撤销"
PRINTED = "原文如此"
PICKED = "挑出"  # put in doubt by a person who saw it among cells of the same digit
REWRITTEN = "修改正文"
ODD = Doubt(Reason.READINGS_DIFFER, "与读作同一数字的各格对照时挑出，请核对原文")

Decisions = Mapping[CellKey, tuple[int, Edit]]
WorkState = tuple[Mapping[CellKey, Cell], Mapping[CellKey, str]]  # the cells, and why each of the decided is so


def decisions(edits: Iterable[Edit]) -> Decisions:
    """Return the standing decision of each cell with its position in ``edits``.

    What was undone does not count, nor what was decided about a cell that is printed otherwise, or in doubt, since.
    """
    last = {key: past[-1] for key, past in _standing(edits).items()}
    return MappingProxyType({key: edit for key, edit in last.items() if edit[1].reason not in (REREAD, PICKED)})


def _standing(edits: Iterable[Edit]) -> dict[CellKey, list[tuple[int, Edit]]]:
    """Return the edits of each cell that were not undone, with their positions; what came before a reading is gone."""
    standing: dict[CellKey, list[tuple[int, Edit]]] = {}
    for position, edit in enumerate(edits):
        past = standing.setdefault(edit.key, [])
        if edit.reason == REREAD:
            past[:] = [(position, edit)]
        elif edit.reason != UNDONE:
            past.append((position, edit))
        elif past:
            past.pop()
    return {key: past for key, past in standing.items() if past}


def is_confirmation(edit: Edit) -> bool:
    """Whether the edit accepts the cell as it stands."""
    return edit.reason == CONFIRMED


def is_as_printed(edit: Edit) -> bool:
    """Whether the edit says that the figure is wrong, or odd, in the source itself."""
    return edit.reason.partition("：")[0] == PRINTED


def judged(report: Report, assessment: Assessment, decided: Decisions) -> Assessment:
    """Return the assessment with the verdict SOURCE on every finding that a person has explained.

    A finding is explained by a cell that can explain it and is as printed, until another of its numbers changes.
    """
    printed = {key: since for key, (since, edit) in decided.items() if is_as_printed(edit)}
    if not printed:
        return assessment
    changed = _last_changes(report.edits)

    def is_explained(finding: Finding) -> bool:
        reasons = [key for key in suspects_of(finding, assessment) if key in printed]
        return any(
            all(changed.get(other, -1) <= printed[key] for other in finding.keys if other != key) for key in reasons
        )

    findings = [replace(f, verdict=Verdict.SOURCE) if is_explained(f) else f for f in assessment.findings]
    return replace(assessment, findings=tuple(findings))


def must_be_settled(finding: Finding) -> bool:
    """Whether the finding is an error that was neither corrected nor explained."""
    return finding.severity is Severity.ERROR and finding.verdict is not Verdict.SOURCE


def worst_first(report: Report, assessment: Assessment, cells: Iterable[CellKey]) -> list[CellKey]:
    """Return the cells in the order to look at them: what a person picked out, what cannot be read, broken sums."""

    def badness(key: CellKey) -> int:
        cell = report.cells[key]
        if cell.state is State.UNREADABLE or ODD in cell.doubts:
            return 0
        if key in assessment.suspects:
            return 1 if cell.doubts else 2
        return 3

    return sorted(cells, key=badness)


def open_doubts(report: Report, assessment: Assessment, decided: Decisions, order: Iterable[CellKey]) -> list[CellKey]:
    """Return the cells a person still has to look at, in the given order.

    A decided cell stays closed until a number in its broken equation changes afterwards; a cell that only a broken
    equation speaks against, as soon as that is explained by another of its cells.
    """
    changed = _last_changes(report.edits)
    return [key for key in order if _is_open(report, assessment, decided, changed, key)]


def _is_open(
    report: Report, assessment: Assessment, decided: Decisions, changed: Mapping[CellKey, int], key: CellKey
) -> bool:
    cell, equations = report.cells[key], assessment.suspects.get(key, ())
    is_suspect = any(f.equation in equations and f.verdict is not Verdict.SOURCE for f in assessment.findings)
    if not cell.doubts and not is_suspect and cell.state is not State.UNREADABLE:
        return False
    if key not in decided or cell.state is State.UNREADABLE:
        return True
    since = decided[key][0]
    involved = {other for f in assessment.findings if f.equation in equations for other in f.keys if other != key}
    return any(changed.get(other, -1) > since for other in involved)


def _last_changes(edits: Iterable[Edit]) -> dict[CellKey, int]:
    """Return where in ``edits`` the meaning of each cell changed last, but for changes that were undone."""
    return {
        key: position
        for key, past in _standing(edits).items()
        for position, edit in past
        if (edit.before.state, edit.before.value) != (edit.after.state, edit.after.value)
    }


def broken_cells(report: Report, assessment: Assessment) -> frozenset[CellKey]:
    """Return the cells that carry the sign of a broken equation: its suspects, or all its cells if it has none."""
    marked: set[CellKey] = set()
    for finding in assessment.findings:
        if must_be_settled(finding):
            marked.update(suspects_of(finding, assessment))
    return frozenset(key for key in marked if key in report.cells and report.cells[key].state is not State.ABSENT)


def suspects_of(finding: Finding, assessment: Assessment) -> tuple[CellKey, ...]:
    """Return the cells that can explain the finding; all its cells when the rules do not say."""
    suspects = tuple(key for key in finding.keys if finding.equation in assessment.suspects.get(key, ()))
    return suspects or finding.keys


def state_of(cells: Mapping[CellKey, Cell], decided: Decisions) -> WorkState:
    """Return what people have made of a report, to compare."""
    return cells, {key: edit.reason + ("" if key.is_cell else edit.after.raw) for key, (_, edit) in decided.items()}


def state_before(report: Report, count: int) -> WorkState:
    """Return the state of the report after its first ``count`` edits."""
    cells = dict(report.cells)
    for edit in reversed(report.edits[count:]):
        if edit.key in cells:
            cells[edit.key] = edit.before
    return state_of(cells, decisions(report.edits[:count]))
