"""Misreadings and the office's own mistakes on simulated scans become a confusion matrix of who was blamed.

python -m tests.bench.verdicts --count 12 --trials 10 --seed-from 1

Half of the scans are printed with sums that are wrong. Each is read once, then in every trial up to five cells of its
tables three and four get another first reading, as tests.bench.misreads has it; the second reading is the engine's own.
What is offered to repair them: tests.bench.scan_repairs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from parser import paged
from parser.model.finding import Assessment, Finding, Severity, Verdict
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey, Report, State
from parser.ocr.engine import Recogniser
from parser.ocr.read_cell import ReadCell
from parser.pipeline import open_report
from parser.rules.check import assess
from parser.second_look import look_again
from tests.bench.misreads import misread
from tests.bench.repairs import around
from tests.scoring import expect
from tests.simulator import as_pdf, scan_case

LEVELS = ("clean", "office", "skewed")
TABLES = ("applications", "remedies")
MOST_WRONG = 5
_FIGURES_FIRST = 0.75
_NAMES = {
    "misread": "a misreading",
    "source": "the office",
    "both": "both (apart)",
    "natural": "a misreading by itself (apart)",
}
_JUDGED = (Verdict.MISREAD, Verdict.SOURCE)
_RIGHT = 95  # percent


class _Caught(Exception):
    """Stops the reading before the prose."""


@dataclass(frozen=True)
class Scan:
    """A scan whose tables were read once: ``printed`` is what the office printed where that is a number."""

    name: str
    report: Report
    seen: Mapping[PageBox, ReadCell]
    engine: Recogniser
    printed: Mapping[CellKey, Decimal]


@dataclass
class Tally:
    """Findings by cause and verdict, and what must never be."""

    matrix: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    worst: list[str] = field(default_factory=list)


def read_scan(seed: int, level: str, *, wrong_sums: bool) -> Scan:
    """Return the scan of a seed with its tables read, nothing looked at a second time."""
    case = scan_case(seed, level, wrong_sums=wrong_sums)
    caught: list[tuple[Report, Mapping[PageBox, ReadCell], Recogniser]] = []

    def catch(report: Report, seen: Mapping[PageBox, ReadCell], engine: Recogniser) -> Report:
        caught.append((report, seen, engine))
        raise _Caught

    with tempfile.TemporaryDirectory() as folder, patch.object(paged, "look_again", catch):
        path = Path(folder, "扫描件.pdf")
        path.write_bytes(as_pdf(case))
        with suppress(_Caught):
            open_report(path)
    (report, seen, engine), *_ = caught
    figures = {CellKey.parse(key): expect(text, key).value for key, text in case.truth["cells"].items()}
    printed = {key: Decimal(value) for key, value in figures.items() if value is not None}
    return Scan(f"{level} {seed}{' wrong sums' if wrong_sums else ''}", report, seen, engine, printed)


def trial(scan: Scan, wrong: int, rng: random.Random, tables: Sequence[str] = TABLES) -> tuple[Report, set[CellKey]]:
    """Return the report after its second look, with the first reading of so many cells changed before it."""
    figures = _figures(scan, tables)
    whole = changeable(scan, tables)
    busy = [key for key in whole if figures[key] != "0"]
    chosen: set[CellKey] = set()
    while len(chosen) < wrong:
        chosen.add(rng.choice(busy if busy and rng.random() < _FIGURES_FIRST else whole))
    cells, seen = dict(scan.report.cells), dict(scan.seen)
    for key in sorted(chosen):
        table = {k: raw for k, raw in figures.items() if k.table == key.table and raw.isdecimal()}
        text, _ = misread(figures[key], around(table, key), rng)
        _change(cells, seen, key, text)
    return look_again(replace(scan.report, cells=cells), seen, scan.engine), chosen


def changeable(scan: Scan, tables: Sequence[str] = TABLES) -> list[CellKey]:
    """Return the cells that hold a whole number of which there is one first reading to change."""
    return [key for key, raw in _figures(scan, tables).items() if raw.isdecimal() and _can_change(scan, key)]


def _figures(scan: Scan, tables: Sequence[str]) -> dict[CellKey, str]:
    return {k: c.raw for k, c in scan.report.cells.items() if k.table in tables and c.state is State.NUMBER}


def _can_change(scan: Scan, key: CellKey) -> bool:
    place = scan.report.cells[key].place
    read = scan.seen.get(place) if isinstance(place, PageBox) else None
    return read is not None and len(read.readings) == 1 and read.mark is None


def _change(cells: dict[CellKey, Cell], seen: dict[PageBox, ReadCell], key: CellKey, text: str) -> None:
    cell = cells[key]
    assert isinstance(cell.place, PageBox)
    (reading,) = seen[cell.place].readings
    seen[cell.place] = replace(seen[cell.place], readings=(replace(reading, text=text, figure=text),))
    cells[key] = replace(cell, value=Decimal(text), raw=text)


def judge(scan: Scan, report: Report, changed: set[CellKey], tally: Tally) -> None:
    """Add the verdict of every equation that fails."""
    assessment = assess(report)
    for finding in assessment.findings:
        if finding.severity is not Severity.ERROR or not finding.rule.endswith(("-ROW", "-BAL", "-SUM")):
            continue
        cause = _cause(scan, report, finding, changed)
        tally.matrix[cause, finding.verdict] += 1
        if cause in _JUDGED and cause != finding.verdict:
            tally.worst.append(f"{scan.name} {finding.equation} {cause} called {finding.verdict}: {finding.message}")
        if finding.verdict is Verdict.MISREAD and _changes_what_agrees(report, assessment, finding):
            tally.counts["misread, and a cell whose readings agree is changed"] += 1
            tally.worst.append(f"{scan.name} {finding.equation} misread, but a cell is changed whose readings agree")


def _cause(scan: Scan, report: Report, finding: Finding, changed: set[CellKey]) -> str:
    """Return why an equation fails: a first reading that was changed, the print, both, or a reading wrong by itself."""
    wrong = {key for key in finding.keys if report.cells[key].value != scan.printed.get(key, _blank(report, key))}
    if wrong - changed:
        return "natural"
    printed = {key: scan.printed.get(key, Decimal(0)) for key in finding.keys}
    right = {key: replace(report.cells[key], value=printed[key]) for key in wrong}
    still = {f.equation for f in assess(replace(report, cells={**report.cells, **right})).findings}
    return ("both" if finding.equation in still else "misread") if wrong else "source"


def _blank(report: Report, key: CellKey) -> Decimal | None:
    return None if report.cells[key].state is not State.NUMBER else Decimal(-1)


def _changes_what_agrees(report: Report, assessment: Assessment, finding: Finding) -> bool:
    first = next((s for s in assessment.suggestions if finding.equation in s.equations), None)
    cells, values = report.cells, first.values if first is not None else {}
    return any(cells[key].is_confirmed and cells[key].value != value for key, value in values.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if a verdict is wrong more often than allowed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.verdicts", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=12, help="scans")
    parser.add_argument("--trials", type=int, default=10, help="trials a scan")
    parser.add_argument("--seed-from", type=int, default=1)
    options = parser.parse_args(arguments)
    tally = Tally()
    for seed in range(options.seed_from, options.seed_from + options.count):
        scan = read_scan(seed, LEVELS[seed // 2 % len(LEVELS)], wrong_sums=bool(seed % 2))
        for number in range(options.trials):
            rng = random.Random(f"{seed} {number}")
            wrong = number % (MOST_WRONG + 1) if seed % 2 else 1 + number % MOST_WRONG
            report, changed = trial(scan, wrong, rng)
            judge(scan, report, changed, tally)
    return _print(tally)


def _print(tally: Tally) -> int:
    print(f"{'equation fails because of':32}" + "".join(f"{verdict:>10}" for verdict in Verdict) + f"{'right %':>10}")
    shares = []
    for cause, name in _NAMES.items():
        found = [tally.matrix[cause, verdict] for verdict in Verdict]
        print(f"{name:32}" + "".join(f"{n:10}" for n in found), end="")
        if cause in _JUDGED and any(found):
            shares.append(100 * tally.matrix[cause, Verdict(cause)] / sum(found))
            print(f"{shares[-1]:10.1f}", end="")
        print()
    for name, count in tally.counts.items():
        print(f"{name}: {count}")
    print(*tally.worst[:30], sep="\n")
    return int(bool(tally.counts) or min(shares, default=0) < _RIGHT)


if __name__ == "__main__":
    sys.exit(main())
