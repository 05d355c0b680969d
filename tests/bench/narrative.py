"""Seeds become reports whose prose is partly wrong: how many wrong figures are found, how many warnings are false.

python -m tests.bench.narrative --count 2000 --seed-from 1     measures; exit 1 if a warning was false
python -m tests.bench.narrative --show 17                      prints one case and what was said about it
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parser.model.report import Report
from parser.prose.figures import figures_in
from tests.forms import make_report

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_CELLS = {
    "new": "applications.new_received.total",
    "over": "applications.carried_over.total",
    "done": "applications.results_total.total",
    "forward": "applications.carried_forward.total",
    "granted": "applications.granted.total",
    "part": "applications.partially_granted.total",
    "denied": "applications.denied_process_information.total",
    "unable": "applications.unable_still_unclear.total",
    "unheld": "applications.unable_not_held.total",
    "refused": "applications.not_processed_excessive.total",
    "petition": "applications.not_processed_petition_complaint.total",
    "repeated": "applications.not_processed_repeated.total",
    "other": "applications.other_misc.total",
    "natural": "applications.new_received.natural_person",
    "business": "applications.new_received.commercial_enterprise",
    "lawyers": "applications.new_received.legal_service_org",
    "review": "remedies.review.total",
    "upheld": "remedies.review.upheld",
    "corrected": "remedies.review.corrected",
    "lawsuits": "remedies.litigation_direct.total",
    "pending": "remedies.litigation_direct.pending",
    "licence": "proactive.administrative_licensing.decisions",
    "penalty": "proactive.administrative_penalty.decisions",
    "compulsion": "proactive.administrative_compulsion.decisions",
    "issued": "proactive.normative_documents.issued",
    "repealed": "proactive.normative_documents.repealed",
    "effective": "proactive.normative_documents.effective",
}
_SUMS = {"unable": ("unable", "unheld"), "refused": ("refused", "petition", "repeated")}  # what the prose calls so
_YEAR = 2023


@dataclass
class Case:
    """A report, and the figures of its prose that agree and that differ, as "rule value"."""

    report: Report
    agrees: Counter[str] = field(default_factory=Counter)
    differs: Counter[str] = field(default_factory=Counter)


def make_case(seed: int) -> Case:
    """Return the case of ``seed``: two or three true or wrong statements among sentences about other matters."""
    rng = random.Random(seed)
    table = dict(zip(_CELLS, rng.sample(range(20, 900), len(_CELLS)), strict=True))
    said = {name: sum(table[part] for part in _SUMS.get(name, (name,))) for name in table}
    agrees: Counter[str] = Counter()
    differs: Counter[str] = Counter()
    lines = []
    for topic in rng.sample(["applications", "remedies", "proactive"], rng.randint(1, 3)):
        entry = rng.choice(_DATA[topic])
        states = {slot: rule for rule, slot in (state.split() for state in entry["states"])}
        written = dict(said)
        for slot, rule in states.items():
            if rng.random() < 0.3:
                written[slot] += rng.choice((-9, -1, 1, 10, 1000))
            kind = agrees if written[slot] == said[slot] else differs
            kind[f"{rule} {written[slot]}"] += 1
        lines.append(_filled(entry["text"], written, rng))
    lines += [_filled(text, said, rng) for text in rng.sample(_DATA["others"], rng.randint(1, 4))]
    rng.shuffle(lines)
    text = rng.choice(("", "\n")).join(lines)
    cells = {cell: table[name] for name, cell in _CELLS.items()}
    return Case(
        make_report("2021", cells, text=text, sections={"1": text}, issuer="清河县水务局", year=_YEAR), agrees, differs
    )


def _filled(text: str, values: dict[str, int], rng: random.Random) -> str:
    others = {f"n{i}": rng.randint(1001, 9999) for i in range(1, 5)}
    words = {"y": _YEAR, "p": _YEAR - 1, "q": _YEAR + 1, "we": rng.choice(_DATA["we"])}
    filled = text.format(**values, **others, **words, office=rng.choice(_DATA["nobody"]))
    return re.sub(r"(?<=\d)(?=件)", rng.choice(("", " ")), filled)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if a warning was false."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.narrative", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed-from", type=int, default=1)
    parser.add_argument("--worst", type=int, default=12, help="how many wrong cases to print")
    parser.add_argument("--show", type=int, metavar="SEED")
    options = parser.parse_args(arguments)
    seeds = [options.show] if options.show is not None else range(options.seed_from, options.seed_from + options.count)
    counts: Counter[str] = Counter()
    spent = 0.0
    for seed in seeds:
        case = make_case(seed)
        start = time.perf_counter()
        figures = figures_in(case.report)
        spent += time.perf_counter() - start
        wrong = _judge(case, figures, counts)
        if (wrong and counts["printed"] < options.worst) or options.show is not None:
            counts["printed"] += 1
            print(f"{seed}: {case.report.text}\n    {wrong}")
    for kind in ("differs", "agrees"):
        found, false, missed = (counts[f"{kind} {name}"] for name in ("found", "false", "missed"))
        precision, recall = found / ((found + false) or 1), found / ((found + missed) or 1)
        print(
            f"{kind:8} found {found:6} false {false:4} missed {missed:5}  precision {precision:.4f} recall {recall:.4f}"
        )
    print(f"{spent / len(seeds) * 1000:.2f} ms a report")
    return 1 if counts["differs false"] else 0


def _judge(case: Case, figures: Sequence[Any], counts: Counter[str]) -> str:
    wrong = []
    for kind, due, agrees in (("differs", case.differs, False), ("agrees", case.agrees, True)):
        got = Counter(f"{figure.rule} {figure.value}" for figure in figures if figure.agrees is agrees)
        counts[f"{kind} found"] += (got & due).total()
        counts[f"{kind} false"] += (got - due).total()
        counts[f"{kind} missed"] += (due - got).total()
        wrong += [f"{kind} false {name}" for name in got - due] + [f"{kind} missed {name}" for name in due - got]
    return ", ".join(wrong)


if __name__ == "__main__":
    sys.exit(main())
