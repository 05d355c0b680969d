"""Wrong first readings on simulated scans become a table: which were flagged, which repairs were offered.

python -m tests.bench.scan_repairs --count 20 --seed-from 1      both forms, 1 to 5 wrong cells of table 3, 1 of table 4

As tests.bench.repairs does it for text. The tables of a scan are read once; in a trial some cells get another first
reading, the second reading is the engine's own. Every scan serves once for each kind of trial. Trials in which
the engine itself misread a cell for good, or did not find the table, are left out, and counted.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from itertools import count

from parser.model.report import CellKey, Report
from tests.bench import repairs as repaired
from tests.bench.verdicts import LEVELS, MOST_WRONG, TABLES, Scan, changeable, read_scan, trial

_KINDS = [*(("applications", wrong) for wrong in range(1, MOST_WRONG + 1)), ("remedies", 1)]


def judge(scan: Scan, report: Report, changed: set[CellKey], tally: repaired.Tally) -> None:
    """Add what was flagged and offered for the cells whose first reading was changed."""
    truth = {key: value for key, value in scan.printed.items() if key.table in TABLES}
    repaired.judge(repaired.Trial(scan.name, report, truth, dict.fromkeys(changed, "")), tally)


def is_read_wrong(scan: Scan, report: Report, changed: set[CellKey]) -> bool:
    """Whether a cell is wrong of which no reading was changed."""
    printed = ((k, value) for k, value in scan.printed.items() if k.table in TABLES and k not in changed)
    return any(report.cells[k].value != value for k, value in printed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if a suggestion called unique was wrong or a wrong cell was not flagged."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scan_repairs", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=20, help="trials for each form and number of wrong cells")
    parser.add_argument("--seed-from", type=int, default=1)
    options = parser.parse_args(arguments)
    tallies = {(form, *kind): repaired.Tally() for form in repaired.FORMS for kind in _KINDS}
    left_out = 0
    seeds = count(options.seed_from)
    while any(tally.counts["tables"] < options.count for tally in tallies.values()):
        seed = next(seeds)
        scan = read_scan(seed, LEVELS[seed % len(LEVELS)], wrong_sums=False)
        form = scan.report.form
        for table, wrong in _KINDS:
            tally = tallies[form, table, wrong]
            if tally.counts["tables"] >= options.count:
                continue
            if len(changeable(scan, (table,))) < wrong:
                left_out += 1
                continue
            report, changed = trial(scan, wrong, random.Random(f"{seed} {table} {wrong}"), (table,))
            if is_read_wrong(scan, report, changed):
                left_out += 1
            else:
                judge(scan, report, changed, tally)
    titles = {kind: f"{kind[0]} scans {repaired.TABLES[kind[1]]} k={kind[2]}" for kind in tallies}
    repaired.print_tallies({titles[kind]: tally for kind, tally in tallies.items()})
    print(f"scans read: {next(seeds) - options.seed_from}; trials left out: {left_out}")
    return int(any(tally.counts["unique wrong"] + tally.counts["unflagged"] for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
