"""Damaged reports become keys pressed until the workbook is right, against typing every cell into Excel.

python -m tests.bench.keys --count 500 --seed-from 100000

The model of the keys: Enter confirms a cell and goes to the next one in doubt (1 key). Alt+n takes the n-th repair that
is offered for the cell, all its cells at once (2). Anything else is typed: its characters and Enter. One report more is
2 keys (Ctrl+PgDn), its export 2 (Ctrl+E). Nothing else is looked at. In Excel every cell is its characters and Tab.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from parser.errors import ReportError
from parser.model.finding import Assessment, Suggestion
from parser.model.report import Cell, CellKey, Report, State
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.generator import Case, generate
from tests.scoring import Reading, expect

_CHORD = 2
_PER_REPORT = 2 * _CHORD
_OFFERED = 3  # repairs that have a key
_AIM = 5.0  # percent


@dataclass(frozen=True)
class Session:
    """How a report was brought right: keys here and in Excel, and cells wrong in the end that nothing pointed to."""

    seed: int
    keys: int
    typed: int
    excel: int
    unseen: int
    is_refused: bool = False

    @property
    def share(self) -> float:
        """The keys in percent of those in Excel."""
        return 100 * self.keys / self.excel


def session(seed: int) -> Session:
    """Return the keys that the report of a seed takes."""
    case = generate(seed)
    printed = {CellKey.parse(key): expect(text, key) for key, text in case.truth["cells"].items()}
    excel = sum(len(reading.value or " ") + 1 for reading in printed.values())
    try:
        report = _read(case)
    except ReportError:
        return Session(seed, excel, excel, excel, 0, is_refused=True)
    keys, typed, decided = _PER_REPORT, 0, set[CellKey]()
    while True:
        assessment = assess(report)
        key = next((k for k in report.cells if k not in decided and _is_open(report, assessment, k)), None)
        if key is None:
            break
        due = printed.get(key)
        if due is None or _is_right(report.cells[key], due):
            keys, decided = keys + 1, decided | {key}
            continue
        chosen = _right_repair(assessment, key, printed)
        if chosen is not None:
            changes = {
                k: _typed(report.cells[k], Reading("number", f"{value:f}")) for k, value in chosen.values.items()
            }
            cost = _CHORD
        else:
            changes, cost = {key: _typed(report.cells[key], due)}, len(due.value or " ") + 1
            typed += cost
        keys, decided = keys + cost, decided | changes.keys()
        report = replace(report, cells={**report.cells, **changes})
    unseen = sum(not _is_right(report.cells[k], due) for k, due in printed.items() if k in report.cells)
    return Session(seed, keys, typed, excel, unseen)


def _read(case: Case) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"报告{case.suffix}")
        path.write_bytes(case.data)
        return open_report(path)


def _is_open(report: Report, assessment: Assessment, key: CellKey) -> bool:
    return assessment.is_doubtful(report, key) or report.cells[key].state is State.UNREADABLE


def _is_right(cell: Cell, due: Reading) -> bool:
    if due.state != "number" or due.value is None:
        return cell.state.value == due.state
    return cell.value is not None and cell.value == Decimal(due.value)


def _right_repair(assessment: Assessment, key: CellKey, printed: Mapping[CellKey, Reading]) -> Suggestion | None:
    """Return the repair that gives the cell, and every other cell it changes, what is printed there."""
    offered = [suggestion for suggestion in assessment.suggestions if key in suggestion.values][:_OFFERED]
    return next((s for s in offered if all(_is_printed(printed.get(k), v) for k, v in s.values.items())), None)


def _is_printed(due: Reading | None, value: Decimal) -> bool:
    return due is not None and due.state == "number" and due.value is not None and Decimal(due.value) == value


def _typed(cell: Cell, due: Reading) -> Cell:
    value = None if due.state != "number" or due.value is None else Decimal(due.value)
    return replace(cell, state=State(due.state), value=value, doubts=())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if the median is over the aim."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.keys", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed-from", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(options.processes) as pool:
        seeds = range(options.seed_from, options.seed_from + options.count)
        return _print(list(pool.map(session, seeds, chunksize=20)))


def _print(found: Sequence[Session]) -> int:
    read = [one for one in found if not one.is_refused]
    shares = sorted(one.share for one in read)
    print(f"{len(found)} reports, {len(found) - len(read)} refused (typed in Excel, left out below)")
    print(f"keys in Excel: median {statistics.median(one.excel for one in read):.0f}")
    print(f"keys here:     median {statistics.median(one.keys for one in read):.0f}", end="")
    print(
        f", mean {statistics.mean(one.keys for one in read):.1f}, of which typed {sum(o.typed for o in read)}", end=""
    )
    print(f" of {sum(one.keys for one in read)}")
    for name, place in (("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p99", 0.99)):
        print(f"  {name:8}{shares[int(len(shares) * place)]:6.1f} % of Excel")
    print("cells wrong in the end, nothing having pointed to them (damage that no reader can notice): ", end="")
    print(sum(one.unseen for one in read))
    worst = sorted(read, key=lambda one: -one.keys)[:8]
    print("most keys:", ", ".join(f"{one.seed} {one.keys} ({one.typed} typed)" for one in worst))
    return int(statistics.median(shares) > _AIM)


if __name__ == "__main__":
    sys.exit(main())
