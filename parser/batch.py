"""Report files become outputs: read, checked, compared with one another, and written one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from parser.errors import OutputError, ReportError
from parser.export.record import write_json
from parser.export.sheet_plan import cells_to_review
from parser.export.workbook import write_workbook
from parser.model.decision import decisions
from parser.model.finding import Finding
from parser.model.report import Report, State
from parser.pipeline import open_report
from parser.rules.check import assess
from parser.rules.explained import judged
from parser.rules.year_before import years_before


@dataclass(frozen=True, slots=True)
class Job:
    """One input and where its output goes, if anywhere."""

    source: Path
    target: Path | None = None
    form: str = field(default="json")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: the report with its findings, or the message why it could not be read or written.

    ``doubtful`` counts the cells that a person must still compare with the source.
    """

    job: Job
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    doubtful: int = 0
    problem: str | None = None
    output_failed: bool = False


def process(work: Sequence[Job], jobs: int) -> Iterator[Outcome]:
    """Read, check and write the reports, in up to ``jobs`` processes; yield what became of each, in order."""
    if jobs == 1 or len(work) == 1:
        yield from map(_process, work)
        return
    with ProcessPoolExecutor(max_workers=min(jobs, len(work))) as pool:
        yield from pool.map(_process, work, chunksize=4)


def compare(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes, checked and written once more where the report of the year before is among them."""
    previous = iter(years_before([outcome.report for outcome in outcomes if outcome.report is not None]))
    return [outcome if outcome.report is None else _compared(outcome, next(previous)) for outcome in outcomes]


def _process(job: Job) -> Outcome:
    """Read, check and write one report; a bad input is an outcome, not an exception."""
    try:
        return _finish(job, open_report(job.source), None)
    except ReportError as error:
        return Outcome(job, problem=str(error))


def _compared(outcome: Outcome, previous: Report | None) -> Outcome:
    if outcome.report is None or previous is None:
        return outcome
    return _finish(outcome.job, outcome.report, previous)


def _finish(job: Job, report: Report, previous: Report | None) -> Outcome:
    decided = decisions(report.edits)
    assessment = judged(report, assess(report, previous), decided)
    doubtful = sum(
        key not in decided or report.cells[key].state is State.UNREADABLE for key in cells_to_review(report, assessment)
    )
    done = Outcome(job, report, assessment.findings, doubtful)
    try:
        if job.target is not None:
            write = write_json if job.form == "json" else write_workbook
            write(report, assessment, job.target)
    except OutputError as error:
        return replace(done, problem=str(error), output_failed=True)
    return done
