"""Damaged reports become precision and recall of the flags: how many of the cells a clerk is sent to are worth it.

python -m tests.bench.flags --count 1000 --seed-from 100000      exit 1 if recall is below 1 or precision below 0.6
python -m tests.bench.flags --show 100017                        the flags of one report

A flag is worth it if the cell is not read as printed, holds characters that had to be interpreted, or stands in a row
of which the text does not tell where its values belong. Recall is over the cells that a damage made wrong; the classes
that no reader can notice are named in tests.generator.hidden and counted apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from parser.errors import ReportError
from tests.bench.extraction import run
from tests.generator import UNDETECTABLE, Case, generate
from tests.scoring import expect, score

_LEAST_PRECISE = 0.6
_FOUND = ("caught", "right", "false_alarm")


@dataclass
class Flags:
    """The flags of one report: ``reasons`` of the idle ones, and what came of the cells that a damage made wrong."""

    seed: int
    damages: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    made_wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    idle: list[str] = field(default_factory=list)


def measure(seed: int) -> Flags:
    """Return the flags of the report of a seed."""
    case = generate(seed)
    flags = Flags(seed, case.damages)
    try:
        result = run(case)
    except ReportError:
        flags.counts["refused"] += 1
        return flags
    kinds = score(case.truth, result).kinds
    cells = {cell["key"]: cell for cell in result["cells"]}
    for key, cell in cells.items():
        if key in kinds and _is_flagged(cell):  # of others nobody can tell what is right
            is_worth = _is_worth_it(case, key, kinds[key])
            flags.counts["worth it" if is_worth else "idle"] += 1
            flags.counts["vague"] += is_worth and key in case.vague and kinds[key] != "caught"
            if not is_worth:
                flags.reasons.update(cell["reasons"])
                flags.idle.append(f"{key} {cell['raw']!r} {cell['reasons']}")
    for key, name in case.altered.items():
        flags.made_wrong[name, "hidden" if key in case.hidden else "found" if kinds[key] in _FOUND else "missed"] += 1
    return flags


def _is_flagged(cell: Mapping[str, Any]) -> bool:
    return bool(cell["doubtful"]) or cell["state"] == "unreadable"


def _is_worth_it(case: Case, key: str, kind: str) -> bool:
    """Whether the cell is wrong, or is read right only by interpreting what stands there."""
    is_odd = expect(case.truth["cells"][key], key)
    is_vague = key in case.vague or key in case.truth.get("damaged", ())
    return kind == "caught" or is_vague or is_odd.interpreted or is_odd.state == "unreadable"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if a flag is missing or too many are idle."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.flags", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed-from", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--show", type=int, metavar="SEED")
    options = parser.parse_args(arguments)
    if options.show is not None:
        flags = measure(options.show)
        print(flags.damages, dict(flags.counts), dict(flags.made_wrong), *flags.idle, sep="\n")
        return 0
    with ProcessPoolExecutor(options.processes) as pool:
        seeds = range(options.seed_from, options.seed_from + options.count)
        return _print(list(pool.map(measure, seeds, chunksize=20)))


def _print(found: Sequence[Flags]) -> int:
    groups: dict[str, list[Flags]] = {}
    for flags in found:
        for name in flags.damages or ("(none)",):
            groups.setdefault(name, []).append(flags)
    print(f"{'reports with':26}{'reports':>9}{'worth it':>10}{'idle':>8}{'precision':>11}")
    for name in sorted(groups):
        _print_line(name, groups[name])
    precision = _print_line("TOTAL", found)
    vague = sum(flags.counts["vague"] for flags in found)
    print(f"read right all the same, in rows of which the text does not tell: {vague} of those worth it")
    made: Counter[tuple[str, str]] = Counter()
    for flags in found:
        made.update(flags.made_wrong)
    print(f"\n{'cells made wrong by':26}{'found':>9}{'missed':>9}{'recall':>9}{'hidden':>9}")
    for name in sorted({name for name, _ in made}, key=lambda name: (name in UNDETECTABLE, name)):
        hits, missed = made[name, "found"], made[name, "missed"]
        print(f"{name:26}{hits:9}{missed:9}{hits / max(1, hits + missed):9.3f}{made[name, 'hidden']:9}")
    print("\nidle flags by reason:", dict(sum((flags.reasons for flags in found), Counter[str]())))
    worst = sorted(found, key=lambda flags: -flags.counts["idle"])[:10]
    print(
        "most idle:", *(f"{flags.seed} {flags.counts['idle']} {'+'.join(flags.damages)}" for flags in worst), sep="\n  "
    )
    missed = sum(count for (_, what), count in made.items() if what == "missed")
    return int(bool(missed) or precision < _LEAST_PRECISE)


def _print_line(name: str, found: Iterable[Flags]) -> float:
    counts: Counter[str] = Counter(reports=0)
    for flags in found:
        counts.update(flags.counts, reports=1)
    precision = counts["worth it"] / max(1, counts["worth it"] + counts["idle"])
    print(f"{name:26}{counts['reports']:9}{counts['worth it']:10}{counts['idle']:8}{precision:11.2f}")
    return precision


if __name__ == "__main__":
    sys.exit(main())
