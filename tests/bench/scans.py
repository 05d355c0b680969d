"""Simulated scans read like a user's files and scored: values, silent errors, places and time by level.

python -m tests.bench.scans --count 20 --seed-from 1                     exit 1 if clean or office scans hide an error
python -m tests.bench.scans --levels fax,phone --wrong-sums --form 2021
python -m tests.bench.scans --levels clean,office --cropped              every page cut to its print, like a screenshot
python -m tests.bench.scans --levels clean,office --unruled none           no ruled lines, or level ones only
python -m tests.bench.scans --count 5 --levels office --img2table        beside img2table, in an environment of its own
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parser.errors import ReportError
from parser.export.record import record
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.bench import img2table_rows
from tests.boxes import overlap
from tests.scoring import score
from tests.simulator import LEVELS, ScanCase, as_pdf, as_tiff, cropped, scan_case, unruled

OVERLAP = 0.7  # area in common over area together, from which a cell's place is right
_MUST_BE_SURE = ("clean", "office")
_HIDDEN = ("silent", "lost", "unmarked")
_WAYS: Mapping[str, tuple[str, Callable[[ScanCase], bytes]]] = {
    "pdf": (".pdf", as_pdf),
    "tiff": (".tif", lambda case: as_tiff(case.pages, case.dpi)),
}


@dataclass
class Outcome:
    """What came of one scan: the counts of the scorer, cells ``misplaced`` (blank ones beside those in which something
    is printed), rows of table three read as printed."""

    seed: int
    level: str
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    trouble: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def badness(self) -> tuple[int, int, int]:
        """The order of the worst: errors hidden, cells wrong or unread, places wrong."""
        hidden = sum(self.counts[name] for name in _HIDDEN)
        places = self.counts["misplaced"] + self.counts["misplaced_blank"]
        return hidden, self.counts["cells"] - value_right(self.counts), places


def measure(case: ScanCase, way: str = "pdf") -> Outcome:
    """Return how the scan fared in a file of the kind ``way`` names; one that cannot be read loses all its cells."""
    suffix, packed = _WAYS[way]
    outcome = Outcome(case.seed, case.level, Counter(documents=1, pages=len(case.pages)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"扫描件{suffix}")
        path.write_bytes(packed(case))
        begin = time.perf_counter()
        try:
            report = open_report(path)
            result = record(report, assess(report))
        except Exception as error:  # noqa: BLE001 -- a crash is a result of the measurement
            refused = isinstance(error, ReportError)
            outcome.trouble = str(error) if refused else traceback.format_exc(limit=-3)
            outcome.counts["refused" if refused else "crashed"] += 1
            present = sum(text is not None for text in case.truth["cells"].values())
            outcome.counts.update(cells=len(case.truth["cells"]), lost=present)
            for name in ("issuer", "year", "template"):
                outcome.counts[f"{name}_total"] += case.truth.get(name) is not None
            outcome.counts["rows"] += len(rows_of_table_three(case))
        else:
            _judge(outcome, case, result)
        outcome.seconds = time.perf_counter() - begin
    return outcome


def _judge(outcome: Outcome, case: ScanCase, result: Mapping[str, Any]) -> None:
    scored = score(case.truth, result)
    outcome.counts.update(scored.counts)
    cells = {cell["key"]: cell for cell in result["cells"]}
    places = misplaced(case, cells)
    outcome.counts["misplaced"] += sum(bool(case.truth["cells"][key]) for key in places)
    outcome.counts["misplaced_blank"] += sum(not case.truth["cells"][key] for key in places)
    for row in rows_of_table_three(case):
        outcome.counts["rows"] += 1
        outcome.counts["rows_intact"] += all(scored.kinds[key] in ("right", "false_alarm", "unmarked") for key in row)
    for key, kind in scored.kinds.items():
        if kind not in ("right", "false_alarm"):
            cell = cells.get(key, {})
            seen = [cell.get(name) for name in ("state", "value", "raw", "reasons")]
            outcome.wrong.append(f"{kind:9}{key:52} printed {case.truth['cells'][key]!r:10} read {seen}")
    outcome.wrong += [f"place    {key:52} {cells[key]['place']} is at {case.boxes[key]}" for key in places]


def misplaced(case: ScanCase, cells: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the cells that were found, but whose place is missing or not where the scan shows them."""
    found = []
    for key, (page, box) in case.boxes.items():
        cell = cells.get(key)
        if cell is None or cell["state"] == "absent":
            continue
        place = cell["place"] or {}
        if place.get("page") != page or overlap(place["box"], box) < OVERLAP:
            found.append(key)
    return found


def rows_of_table_three(case: ScanCase) -> list[list[str]]:
    """Return the keys of the rows of table three, each from left to right."""
    rows: dict[str, list[str]] = {}
    for key in case.truth["cells"]:
        table, row, _ = key.split(".")
        if table == "applications":
            rows.setdefault(row, []).append(key)
    return list(rows.values())


def value_right(counts: Mapping[str, int]) -> int:
    """Return how many cells have the right state and value, doubted or not."""
    return counts["right"] + counts["false_alarm"] + counts["unmarked"]


def upper_bound(events: int, trials: int, risk: float = 0.05) -> float:
    """Return the share above which the true one lies with the probability ``risk`` only (Clopper and Pearson)."""
    if trials == 0 or events >= trials:
        return 1.0

    def at_most(share: float) -> float:
        """The probability of no more than ``events`` in ``trials``."""
        logs = [
            math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
            + k * math.log(share) + (trials - k) * math.log1p(-share)
            for k in range(events + 1)
        ]  # fmt: skip
        return sum(map(math.exp, logs))

    low, high = events / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(middle) > risk else (low, middle)
    return high


# ── printing ─────────────────────────────────────────────────────────────────────────
_HEADS = (
    f"{'level':8}{'docs':>5}{'cells':>7}{'right %':>9}{'alarm %':>9}{'silent':>8}{'lost':>6}{'unmarked':>10}"
    f"{'hidden of cells, ≤ with 95 %':>34}{'issuer':>9}{'year':>9}{'form':>9}"
    f"{'misplaced (blank)':>19}{'rows':>11}{'s/doc':>7}"
)


def line(level: str, outcomes: Sequence[Outcome]) -> str:
    """Return the figures of one level as a line of the table."""
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome.counts)
    cells = total["cells"] or 1
    hidden = sum(total[name] for name in _HIDDEN)
    bound = f"{hidden} of {total['cells']}, ≤ {100 * upper_bound(hidden, total['cells']):.3f} %"
    shares = "".join(f"{total[f'{n}_right']}/{total[f'{n}_total']}".rjust(9) for n in ("issuer", "year", "template"))
    rows = f"{total['rows_intact']}/{total['rows']}"
    places = f"{total['misplaced']} ({total['misplaced_blank']})"
    seconds = sum(outcome.seconds for outcome in outcomes) / max(1, len(outcomes))
    return (
        f"{level:8}{len(outcomes):5}{total['cells']:7}{100 * value_right(total) / cells:9.3f}"
        f"{100 * total['false_alarm'] / cells:9.2f}{total['silent']:8}{total['lost']:6}{total['unmarked']:10}"
        f"{bound:>34}{shares}{places:>19}{rows:>11}{seconds:7.1f}"
    )


def print_worst(outcomes: Iterable[Outcome], count: int, lines: int) -> None:
    """Print the worst scans with their seeds, and their first cells that went wrong."""
    worst = sorted((outcome for outcome in outcomes if any(outcome.badness)), key=lambda o: o.badness, reverse=True)
    for outcome in worst[:count]:
        hidden, wrong, places = outcome.badness
        print(f"  {outcome.level} seed {outcome.seed}: {hidden} hidden, {wrong} not right, {places} misplaced")
        for text in [*outcome.trouble.splitlines(), *outcome.wrong[:lines]]:
            print(f"      {text}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every level; return 1 if a clean or office scan hides an error."""
    options = _options(arguments)
    print(_HEADS)
    everything: dict[str, list[Outcome]] = {}
    rivals: dict[str, str] = {}
    for level in options.levels:
        rival = img2table_rows.Rival() if options.img2table else None
        outcomes = everything.setdefault(level, [])
        for seed in range(options.seed_from, options.seed_from + options.count):
            case = scan_case(seed, level, options.form, wrong_sums=options.wrong_sums)
            case = cropped(case) if options.cropped else case
            case = unruled(case, keeps_level=options.unruled == "level") if options.unruled else case
            outcomes.append(measure(case, options.way))
            if rival:
                printed = [[case.truth["cells"][key] or "" for key in row] for row in rows_of_table_three(case)]
                rival.take(str(seed), case.pages, printed)
        print(line(level, outcomes), flush=True)
        if rival:
            intact, rows = (sum(outcome.counts[name] for outcome in outcomes) for name in ("rows_intact", "rows"))
            rivals[level] = f"{level}: ours {intact} of {rows}, img2table {rival.result()}"
    for level, outcomes in everything.items():
        if any(any(outcome.badness) for outcome in outcomes):
            print(f"\nworst of {level}:")
            print_worst(outcomes, options.worst, options.lines)
    for text in rivals.values():
        print(f"\nrows of table three intact, {text}")
    sure = [outcome for level in _MUST_BE_SURE for outcome in everything.get(level, [])]
    return 1 if any(outcome.counts[name] for outcome in sure for name in _HIDDEN) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scans", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=20, help="scans of each level")
    parser.add_argument("--seed-from", type=int, default=300_000)
    parser.add_argument("--levels", type=_levels, default=LEVELS, help=f"of {','.join(LEVELS)}")
    parser.add_argument("--form", choices=("2019", "2021"), help="by default the seed picks")
    parser.add_argument("--wrong-sums", action="store_true", help="figures that were printed not to add up")
    parser.add_argument("--cropped", action="store_true", help="every page cut to its print, like a screenshot")
    parser.add_argument("--unruled", choices=("none", "level"), help="which ruled lines are left")
    parser.add_argument("--as", dest="way", choices=tuple(_WAYS), default="pdf", help="the kind of file")
    parser.add_argument("--worst", type=int, default=5, help="how many of the worst scans of a level to list")
    parser.add_argument("--lines", type=int, default=6, help="how many cells of each to list")
    parser.add_argument("--img2table", action="store_true", help="compare; sets img2table up in a temporary folder")
    return parser.parse_args(arguments)


def _levels(text: str) -> tuple[str, ...]:
    unknown = set(text.split(",")) - set(LEVELS)
    if unknown:
        raise argparse.ArgumentTypeError(f"no such level: {', '.join(sorted(unknown))}")
    return tuple(text.split(","))


if __name__ == "__main__":
    raise SystemExit(main())
