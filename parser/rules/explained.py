"""Findings that a person has explained are told from those that are open."""

from __future__ import annotations

from parser.model.decision import Decisions, is_as_printed, last_changes
from parser.model.finding import Assessment, Finding, Verdict
from parser.model.report import CellKey, Report, State


def judged(report: Report, assessment: Assessment, decided: Decisions) -> Assessment:
    """Return the assessment with every finding marked that a person has explained: it is in the source.

    A finding is explained by a cell that can explain it and is as printed, until another of its numbers changes; that
    cells are not in the source at all, by each of them: one says nothing of the others.
    """
    printed = {key: since for key, (since, edit) in decided.items() if is_as_printed(edit)}
    if not printed:
        return assessment
    changed = last_changes(report.edits)

    def is_explained(finding: Finding) -> bool:
        if finding.keys and all(report.cells[key].state is State.ABSENT for key in finding.keys):
            return printed.keys() >= set(finding.keys)
        reasons = [key for key in suspects_of(finding, assessment) if key in printed]
        return any(
            all(changed.get(other, -1) <= printed[key] for other in finding.keys if other != key) for key in reasons
        )

    findings = [
        f._replace(verdict=Verdict.SOURCE, explained=True) if is_explained(f) else f for f in assessment.findings
    ]
    return assessment._replace(findings=tuple(findings))


def suspects_of(finding: Finding, assessment: Assessment) -> tuple[CellKey, ...]:
    """Return the cells that can explain the finding; all its cells when the rules do not say."""
    suspects = tuple(key for key in finding.keys if finding.equation in assessment.suspects.get(key, ()))
    return suspects or finding.keys
