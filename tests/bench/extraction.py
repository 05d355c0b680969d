"""Seeds become generated reports, extracted and scored: a table of what went right by damage and by layout.

python -m tests.bench.extraction --count 2000 --seed-from 100000     measures; exit 1 if anything was silently wrong
python -m tests.bench.extraction --show 100017                       prints one case, its result and its bad cells
python -m tests.bench.extraction --speed                             only the speed figures
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from parser.errors import ReportError
from parser.export.record import record
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.bench import speed
from tests.generator import LAYOUTS, UNDETECTABLE, Case, damage_names, generate
from tests.scoring import Miss, score

_COLUMNS = ("caught", "hidden", "silent", "lost", "unmarked", "refused", "crashed")


@dataclass
class Outcome:
    """What came of one case.

    ``counts`` has ``hidden`` for cells read just as the text shows them whose error no reader could notice;
    ``altered`` counts the cells that a damage made wrong by (damage, what came of the cell).
    """

    seed: int
    layout: str
    damages: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)
    altered: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    trouble: str = ""

    @property
    def badness(self) -> int:
        """Number of cells (or a whole report) that went wrong in silence."""
        bad = ("silent", "lost", "unmarked", "no_record", "duplicate_key")
        return sum(self.counts[name] for name in bad) + 1000 * (self.counts["refused"] + self.counts["crashed"])


def run(case: Case) -> dict[str, Any]:
    """Return the contract record for the case, read from a file as a user would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"报告{case.seed}{case.suffix}")
        path.write_bytes(case.data)
        report = open_report(path)
        return record(report, assess(report))


def measure(seed: int, layout: str | None = None, damages: Sequence[str] | None = None) -> Outcome:
    """Return how the case of ``seed`` fared."""
    case = generate(seed, layout=layout, damages=damages)
    outcome = Outcome(seed, case.layout, case.damages, Counter(reports=1))
    try:
        result = run(case)
    except ReportError as error:
        outcome.counts.update(refused=1, cells=len(case.truth["cells"]))
        outcome.trouble = str(error)
    except Exception:  # noqa: BLE001 -- a crash is a result of the measurement
        outcome.counts.update(crashed=1, cells=len(case.truth["cells"]))
        outcome.trouble = traceback.format_exc(limit=-2)
    else:
        _judge(outcome, case, result)
    return outcome


def _judge(outcome: Outcome, case: Case, result: dict[str, Any]) -> None:
    scored = score(case.truth, result)
    shown = score({"cells": case.hidden}, result)
    excused = {k for k in case.hidden if scored.kinds[k] == "silent" and shown.kinds[k] == "right"}
    outcome.counts.update(scored.counts)
    outcome.counts["hidden"] = len(excused)
    outcome.counts["silent"] -= len(excused)
    outcome.misses = [miss for miss in scored.misses if miss.key not in excused]
    for key, name in case.altered.items():
        outcome.altered[name, "cells"] += 1
        if key in case.hidden:
            outcome.altered[name, "hidden"] += 1
            outcome.altered[name, "hidden, caught"] += scored.kinds[key] == "caught"
        kind = "excused" if key in excused else scored.kinds[key]
        outcome.altered[name, kind] += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if anything went wrong in silence."""
    options = _options(arguments)
    if options.show is not None:
        return _show(options.show, options.layout, options.damage)
    if options.speed:
        speed.print_figures()
        return 0
    seeds = range(options.seed_from, options.seed_from + options.count)
    work: Callable[[int], Outcome] = partial(measure, layout=options.layout, damages=options.damage)
    with ProcessPoolExecutor(options.processes) as pool:
        outcomes = list(pool.map(work, seeds, chunksize=20))
    _print_tables(outcomes)
    _print_worst(outcomes, options.worst)
    if not options.no_speed:
        speed.print_figures()
    return 1 if any(outcome.badness for outcome in outcomes) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.extraction", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=2000, help="number of generated reports")
    parser.add_argument("--seed-from", type=int, default=100_000, help="first seed")
    parser.add_argument("--layout", choices=tuple(LAYOUTS), help="only this layout")
    parser.add_argument("--damage", action="append", choices=damage_names(), help="only this damage; may be repeated")
    parser.add_argument("--worst", type=int, default=15, help="how many of the worst cases to list")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--show", type=int, metavar="SEED", help="print one case and what came of it")
    parser.add_argument("--speed", action="store_true", help="only the speed figures")
    parser.add_argument("--no-speed", action="store_true")
    return parser.parse_args(arguments)


def _print_tables(outcomes: Sequence[Outcome]) -> None:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for name in outcome.damages or ("(none)",):
            groups.setdefault(name, []).append(outcome)
    _print_table("damage", groups)
    groups = {}
    for outcome in outcomes:
        groups.setdefault(outcome.layout, []).append(outcome)
    groups["TOTAL"] = list(outcomes)
    _print_table("layout", groups)
    _print_altered(outcomes)


def _print_table(title: str, groups: dict[str, list[Outcome]]) -> None:
    heads = (
        "reports",
        "cells",
        "right %",
        "alarm %",
        "caught",
        "hidden",
        "silent",
        "lost",
        "unmarked",
        "refused",
        "crashed",
    )
    print(f"\n{title:26}" + "".join(f"{head:>9}" for head in heads) + f"{'issuer':>11}{'year':>11}{'form':>11}")
    for name in sorted(groups, key=lambda name: (name == "TOTAL", name)):
        print(f"{name:26}" + _line(groups[name]))


def _line(outcomes: Iterable[Outcome]) -> str:
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome.counts)
    cells = total["cells"] or 1
    right = total["right"] + total["false_alarm"] + total["unmarked"]
    parts = [
        f"{total['reports']:9}{total['cells']:9}{100 * right / cells:9.2f}{100 * total['false_alarm'] / cells:9.2f}"
    ]
    parts += [f"{total[name]:9}" for name in _COLUMNS]
    for name in ("issuer", "year", "template"):
        parts.append(f"{total[f'{name}_right']}/{total[f'{name}_total']}".rjust(11))
    return "".join(parts)


def _print_altered(outcomes: Iterable[Outcome]) -> None:
    """Print what came of the cells that a damage made wrong, by damage; only UNDETECTABLE ones may hide an error."""
    total: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        total.update(outcome.altered)
    heads = ("cells", "hidden", "hidden, caught", "excused", "caught", "silent", "lost", "unmarked")
    print(f"\n{'cells made wrong by':26}" + "".join(f"{head:>15}" for head in heads))
    for name in sorted({name for name, _ in total}, key=lambda name: (name not in UNDETECTABLE, name)):
        print(f"{name:26}" + "".join(f"{total[name, head]:15}" for head in heads))
    sums = {head: sum(number for (_, kind), number in total.items() if kind == head) for head in heads}
    print(f"{'TOTAL':26}" + "".join(f"{sums[head]:15}" for head in heads))
    print("hidden: no reader could notice; excused: read just as shown. Named beforehand:")
    for name, why in UNDETECTABLE.items():
        print(f"  {name}: {why}")


def _print_worst(outcomes: Iterable[Outcome], count: int) -> None:
    worst = sorted((outcome for outcome in outcomes if outcome.badness), key=lambda outcome: -outcome.badness)
    print(f"\n{len(worst)} reports with something wrong in silence; --show SEED prints one")
    for outcome in worst[:count]:
        print(f"{outcome.seed:8} {outcome.layout:24} {'+'.join(outcome.damages) or '(none)'}  {_summary(outcome)}")


def _summary(outcome: Outcome) -> str:
    if outcome.trouble:
        return outcome.trouble.strip().splitlines()[-1]
    bad = ("silent", "lost", "unmarked")
    kinds = ", ".join(f"{outcome.counts[name]} {name}" for name in bad if outcome.counts[name])
    first = next(iter(outcome.misses), None)
    example = f"; {first.key}: printed {first.printed!r}, read {first.state} {first.value!r}" if first else ""
    return kinds + example


def _show(seed: int, layout: str | None, damages: Sequence[str] | None) -> int:
    case = generate(seed, layout=layout, damages=damages)
    print(case.text)
    print(f"—— seed {seed}, layout {case.layout}, damages {', '.join(case.damages) or 'none'}")
    print(f"—— hidden: {', '.join(sorted(case.hidden)) or 'nothing'}")
    print(f"—— made wrong: {', '.join(f'{key} ({name})' for key, name in sorted(case.altered.items())) or 'nothing'}")
    outcome = measure(seed, layout, damages)
    if outcome.trouble:
        print(outcome.trouble)
        return 1
    result = run(case)
    scored = score(case.truth, result)
    cells = {cell["key"]: cell for cell in result["cells"]}
    for key, kind in scored.kinds.items():
        if kind != "right":
            cell = cells.get(key, {})
            seen = [cell.get(name) for name in ("state", "value", "raw", "reasons", "suggestion")]
            print(f"{kind:12}{key:56}printed {case.truth['cells'][key]!r:12} read {seen}")
    for finding in result["findings"]:
        print(f"{finding['severity']:8}{finding['rule']:16}{finding['message']}")
    for name in ("issuer", "year", "template"):
        print(f"{name:10}due {case.truth[name]!r}, read {result[name]!r}")
    print({name: number for name, number in scored.counts.items() if number})
    return 1 if outcome.badness else 0


if __name__ == "__main__":
    sys.exit(main())
