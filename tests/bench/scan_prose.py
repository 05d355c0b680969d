"""The prose of simulated scans beside what was printed: paragraphs that came whole, and characters that did not.

python -m tests.bench.scan_prose --count 4 --seed-from 1 --levels office,skewed
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from parser.pipeline import open_report
from tests.simulator import LEVELS, as_pdf, scan_case
from tests.simulator.report import printed

_WHOLE = 0.05  # of a paragraph's characters may be misread in one that came whole
_WIDE = str.maketrans("()[],:;!?", "（）［］，：；！？")


@dataclass
class Outcome:
    """Paragraphs printed and come whole, in their section and between the same breaks; characters printed and wrong."""

    paragraphs: int = 0
    whole: int = 0
    characters: int = 0
    wrong: int = 0

    def __iadd__(self, other: Outcome) -> Outcome:
        self.paragraphs += other.paragraphs
        self.whole += other.whole
        self.characters += other.characters
        self.wrong += other.wrong
        return self

    def __str__(self) -> str:
        whole, wrong = 100 * self.whole / self.paragraphs, 100 * self.wrong / self.characters
        return f"{self.paragraphs:6} paragraphs, {whole:6.2f} % whole, {wrong:6.3f} % of the characters wrong"


def _printed(seed: int) -> dict[str, list[str]]:
    """Return what stands in each section on paper, with the remark above its table; the signature ends the last one."""
    draft = printed(seed).draft
    sections = {s.number: [*([s.remark] if s.remark else []), *s.paragraphs] for s in draft.sections}
    sections[draft.sections[-1].number] += draft.tail
    return sections


def judge(wanted_by_section: Mapping[str, Sequence[str]], read: Mapping[str, str | None]) -> tuple[Outcome, list[str]]:
    """Return what came of the sections, and the paragraphs that are in none of those read."""
    found, missed = Outcome(), []
    for number, paragraphs in wanted_by_section.items():
        wanted, come = [_plain(text) for text in paragraphs], [_plain(t) for t in (read.get(number) or "").split("\n")]
        for text in wanted:
            is_whole = any(Levenshtein.distance(text, other) <= _WHOLE * len(text) for other in come)
            found.whole += is_whole
            if not is_whole:
                missed.append(text)
        found.paragraphs += len(wanted)
        found.characters += sum(map(len, wanted))
        found.wrong += Levenshtein.distance("".join(wanted), "".join(come))
    return found, missed


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).translate(_WIDE)


def main() -> None:
    """Print a line for each level, and with --show the paragraphs that did not come whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=4, help="scans a level")
    parser.add_argument("--seed-from", type=int, default=1)
    parser.add_argument("--levels", default=",".join(LEVELS))
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    for level in options.levels.split(","):
        total = Outcome()
        for seed in range(options.seed_from, options.seed_from + options.count):
            sections = _printed(seed)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "报告.pdf")
                file.write_bytes(as_pdf(scan_case(seed, level)))
                found, missed = judge(sections, open_report(file).sections)
            total += found
            if options.show:
                print(*(f"  {seed} {text}" for text in missed), sep="\n", end="\n" if missed else "")
        print(f"{level:8}{total}", flush=True)


if __name__ == "__main__":
    main()
