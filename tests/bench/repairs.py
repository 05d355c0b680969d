"""Wrong figures in generated tables become a table: which were flagged, which repairs were offered, how fast.

python -m tests.bench.repairs --count 500             both forms, 1 to 5 wrong cells of table three, one of table four
python -m tests.bench.repairs --show 2021 applications 3 17     one case: what was wrong, flagged and offered
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from desktop.smoothness import tidy_on_request
from parser.model.finding import Assessment, Suggestion
from parser.model.place import TextSpan
from parser.model.report import CellKey, Report
from parser.pipeline import open_report
from parser.rules.check import assess
from parser.templates.load import template
from tests.bench.misreads import Around, misread
from tests.generator import generate
from tests.generator.equations import equations

_LAYOUTS = ("tabs", "pipes_grid", "markdown", "pipes_plain")
FORMS = ("2019", "2021")
TABLES = {"applications": "table 3", "remedies": "table 4"}
_MOST_WRONG = 5
_FIGURES_FIRST = 0.75  # share of the wrong cells that held another figure than 0
_TIDIED = 50  # reports after which memory is tidied, as the window does while nobody looks
_EMPTY_KEPT = 0.15  # share of the tables full of zeros that are used
_COUNTS = ("tables", "wrong", "cancelled", "masked", "m. unflagged", "unflagged", "unique right", "unique wrong")
_OUTCOMES = ("right", "rival", "smaller", "partly", "larger", "none")


@dataclass(frozen=True)
class Trial:
    """A report with wrong figures in some cells: what they should say, and the errors that changed them."""

    name: str
    report: Report
    truth: Mapping[CellKey, Decimal]
    errors: Mapping[CellKey, str]


@dataclass
class Tally:
    """What came of the trials of one kind."""

    counts: Counter[str] = field(default_factory=Counter)
    flags: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    worst: list[str] = field(default_factory=list)


def judge(trial: Trial, tally: Tally) -> None:
    """Add to ``tally`` what the rules say about the trial."""
    assess(trial.report)  # what the prose says is remembered
    started = time.process_time()
    assessment = assess(trial.report)
    tally.times.append(time.process_time() - started)
    tally.plain.append(_bare_loop())
    wrong = {key: value for key, value in trial.truth.items() if trial.report.cells[key].value != value}
    visible = {key for key in wrong if key in _in_equations(trial, broken=True)}
    masked = {key for key in visible if key in _in_equations(trial, broken=False)}
    tally.counts.update(tables=1, wrong=len(wrong), cancelled=len(wrong) - len(visible), masked=len(masked))
    if not visible:
        tally.counts["unseen tables"] += 1
        return
    missed = visible - masked - set(assessment.suspects)
    tally.counts["unflagged"] += len(missed)
    tally.counts["m. unflagged"] += len(masked - set(assessment.suspects))
    tally.flags.append(len(assessment.suspects) / len(visible))
    for suggestion in assessment.suggestions:
        right = all(trial.truth.get(key) == value for key, value in suggestion.values.items())
        tally.counts[f"{suggestion.certainty} {'right' if right else 'wrong'}"] += 1
        if suggestion.certainty == "unique" and not right:
            tally.worst.append(f"{trial.name} wrong unique")
    if missed:
        tally.worst.append(f"{trial.name} unflagged")
    outcome = _outcome(trial, assessment, visible)
    tally.counts[outcome] += 1
    if outcome in ("none", "larger"):
        tally.worst.append(f"{trial.name} {outcome}")


def _bare_loop() -> float:
    """Return how many seconds the machine takes to add up 100,000 numbers: it is not always equally fast."""
    started = time.process_time()
    total = 0
    for number in range(100_000):
        total += number
    return time.process_time() - started


def _outcome(trial: Trial, assessment: Assessment, visible: set[CellKey]) -> str:
    """Compare the best suggestion for every part of the table, taken together, with the truth.

    "right": every wrong cell that can be seen gets its figure back and no other cell changes. "rival": as many or fewer
    cells change, in which case the equations alone cannot tell; "partly": what is offered is right, but not all.
    """
    repair: dict[CellKey, Decimal] = {}
    for suggestion in assessment.suggestions:
        if repair.keys().isdisjoint(suggestion.values) and not _is_rival(suggestion, assessment, repair):
            repair |= suggestion.values
    if not repair:
        return "none"
    if all(repair.get(key) == trial.truth[key] for key in visible) and len(repair) == len(visible):
        return "right"
    if all(trial.truth.get(key) == value for key, value in repair.items()):
        return "partly"
    return "rival" if len(repair) == len(visible) else "smaller" if len(repair) < len(visible) else "larger"


def _is_rival(suggestion: Suggestion, assessment: Assessment, repair: Mapping[CellKey, Decimal]) -> bool:
    """Whether the suggestion repairs an equation that one taken up before repairs too."""
    taken = [s for s in assessment.suggestions if s.values.items() <= repair.items()]
    return any(not set(suggestion.equations).isdisjoint(other.equations) for other in taken)


def _in_equations(trial: Trial, *, broken: bool) -> set[CellKey]:
    """Return the cells of the equations that the figures in the report contradict, or of those that they fulfil."""
    values = {str(key): cell.value for key, cell in trial.report.cells.items() if cell.value is not None}
    exact = (equation for equation in equations(template(trial.report.form)) if not equation.at_least_zero)
    return {CellKey.parse(key) for equation in exact if equation.holds(values) is (not broken) for key in equation.keys}


@dataclass(frozen=True)
class Clean:
    """A generated report as read, with nothing wrong in it."""

    seed: int
    text: str
    report: Report

    def figures(self, table: str) -> dict[CellKey, str]:
        """Return what is printed in a table."""
        return {key: cell.raw for key, cell in self.report.cells.items() if key.table == table}


def clean(seed: int, form: str) -> Clean | None:
    """Return the report of a seed, None when it is on another form."""
    case = generate(seed, layout=_LAYOUTS[seed % len(_LAYOUTS)], damages=())
    return Clean(seed, case.text, _read(case.text)) if case.truth["template"] == form else None


def damaged(source: Clean, table: str, wrong: int) -> Trial | None:
    """Return the report with ``wrong`` wrong cells in the table, read anew; None for most tables full of zeros."""
    rng = random.Random(f"{source.seed} {table} {wrong}")
    figures = source.figures(table)
    if set(figures.values()) == {"0"} and rng.random() > _EMPTY_KEPT:
        return None
    errors: dict[CellKey, str] = {}
    changed: dict[CellKey, str] = {}
    for key in _pick(figures, wrong, rng):
        changed[key], errors[key] = misread(figures[key], around(figures, key), rng)
    name = f"{source.report.form} {table} {wrong} {source.seed}"
    truth = {key: Decimal(text) for key, text in figures.items()}
    return Trial(name, _read(_changed(source.text, source.report, changed)), truth, errors)


def _pick(figures: Mapping[CellKey, str], wrong: int, rng: random.Random) -> list[CellKey]:
    busy = [key for key, text in figures.items() if text != "0"]
    picked: dict[CellKey, None] = {}
    while len(picked) < wrong:
        pool = busy if busy and rng.random() < _FIGURES_FIRST else list(figures)
        key = rng.choice(pool)
        if key.table != "remedies" or key.row not in {other.row for other in picked}:
            picked[key] = None
    return list(picked)


def around(figures: Mapping[CellKey, str], key: CellKey) -> Around:
    """Return the figures beside a cell of a table."""
    rows = list(dict.fromkeys(k.row for k in figures))
    columns = list(dict.fromkeys(k.column for k in figures))
    row, column = rows.index(key.row), columns.index(key.column)

    def at(r: int, c: int) -> str | None:
        inside = 0 <= r < len(rows) and 0 <= c < len(columns)
        return figures.get(CellKey(key.table, rows[r], columns[c])) if inside else None

    return Around(at(row, column - 1), at(row, column + 1), at(row - 1, column), at(row + 1, column))


def _changed(text: str, report: Report, changed: Mapping[CellKey, str]) -> str:
    """Return the text of the report with other figures in some cells."""
    places = [(report.cells[key].place, figure) for key, figure in changed.items()]
    spans = [(place.start, place.end, figure) for place, figure in places if isinstance(place, TextSpan)]
    for start, end, figure in sorted(spans, reverse=True):
        text = text[:start] + figure + text[end:]
    return text


def _read(text: str) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "报告.txt")
        path.write_text(text, "utf-8")
        return open_report(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if a suggestion called unique was wrong or a wrong cell was not flagged."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.repairs", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=500, help="reports for each form and number of wrong cells")
    parser.add_argument("--seed-from", type=int, default=1)
    parser.add_argument("--form", action="append", choices=FORMS, help="only this form")
    parser.add_argument("--wrong", type=int, action="append", help="only so many wrong cells; may be repeated")
    parser.add_argument("--show", nargs=4, metavar=("FORM", "TABLE", "WRONG", "SEED"), help="print one trial")
    options = parser.parse_args(arguments)
    if options.show:
        return _show(*options.show)
    sizes = options.wrong or range(1, _MOST_WRONG + 1)
    kinds = [("applications", wrong) for wrong in sizes] + [("remedies", 1)] * (not options.wrong)
    tallies = {
        (form, table, wrong): tally
        for form in options.form or FORMS
        for (table, wrong), tally in measure(form, kinds, options.count, options.seed_from).items()
    }
    print_tallies({f"{form} {TABLES[table]} k={wrong}": tally for (form, table, wrong), tally in tallies.items()})
    return int(any(tally.counts["unique wrong"] + tally.counts["unflagged"] for tally in tallies.values()))


def measure(form: str, kinds: Sequence[tuple[str, int]], count: int, seed: int) -> dict[tuple[str, int], Tally]:
    """Return what came of ``count`` reports for each table and number of wrong cells."""
    tallies = {kind: Tally() for kind in kinds}
    tidy_on_request()
    while any(tally.counts["tables"] < count for tally in tallies.values()):
        source = clean(seed, form)
        seed += 1
        if seed % _TIDIED == 0:
            gc.collect()
        for (table, wrong), tally in tallies.items() if source else ():
            trial = damaged(source, table, wrong) if source and tally.counts["tables"] < count else None
            if trial is not None:
                judge(trial, tally)
    return tallies


def print_tallies(tallies: Mapping[str, Tally]) -> None:
    """Print a line for each kind of trial, then how long they took, then the worst."""
    names = [*_COUNTS, *_OUTCOMES]
    print(
        f"{'':26}"
        + "".join(f"{name:>13}" for name in names)
        + f"{'right %':>9}{'of told %':>10}{'flags a wrong cell':>24}"
    )
    for title, tally in tallies.items():
        seen = tally.counts["tables"] - tally.counts["unseen tables"]
        told = seen - tally.counts["rival"] - tally.counts["smaller"]
        share = f"{100 * tally.counts['right'] / max(seen, 1):9.1f}{100 * tally.counts['right'] / max(told, 1):10.1f}"
        flags = f"median {statistics.median(tally.flags):.1f} mean {statistics.mean(tally.flags):.1f}"
        print(f"{title:26}" + "".join(f"{tally.counts[name]:13}" for name in names) + share + f"{flags:>24}")
    print(f"\n{'milliseconds':26}{'p50':>9}{'p99':>9}{'max':>9}   of a bare loop of 100,000 additions right after")
    for title, tally in tallies.items():
        print(f"{title:26}{_spread(tally.times)} {_spread(tally.plain)}")
    for line in [line for tally in tallies.values() for line in tally.worst][:40]:
        print(line)


def _spread(seconds: Sequence[float]) -> str:
    """Return median, 99th percentile and maximum in milliseconds."""
    times = sorted(1000 * t for t in seconds)
    return f"{times[len(times) // 2]:9.2f}{times[int(len(times) * 0.99)]:9.2f}{times[-1]:9.2f}"


def _show(form: str, table: str, wrong: str, seed: str) -> int:
    source = clean(int(seed), form)
    trial = damaged(source, table, int(wrong)) if source else None
    if trial is None:
        print("no such trial")
        return 2
    assessment = assess(trial.report)
    for key, error in trial.errors.items():
        print(f"{key}: {trial.truth[key]} read {trial.report.cells[key].value} ({error})")
    for finding in assessment.findings:
        print(f"  {finding.severity} {finding.equation} {finding.message}")
    for key, broken in assessment.suspects.items():
        print(f"flagged {key} {trial.report.cells[key].value} {broken}{' WRONG' if key in trial.errors else ''}")
    for suggestion in assessment.suggestions:
        print(suggestion.certainty, {f"{k.row}.{k.column}": int(v) for k, v in suggestion.values.items()})
        print("   ", suggestion.proof)
    return 0


if __name__ == "__main__":
    sys.exit(main())
