"""Generated docx, xlsx and html files of filled forms, read and scored.

python -m tests.bench.office_files --count 60      exit 1 if a cell was silently wrong or a file refused
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from parser.export.record import record
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.generator.assemble import generate
from tests.generator.excel import excel_case
from tests.generator.model import Truth
from tests.generator.word import word_case
from tests.scoring import Score, score

_BAD = ("silent", "lost", "unmarked", "misplaced")
_COUNTS = ("cells", "right", "false_alarm", "caught", *_BAD)


def judge(data: bytes, suffix: str, truth: Truth) -> Score:
    """Return the score of the file and count its places that do not show what the cell says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"报告{suffix}")
        path.write_bytes(data)
        report = open_report(path)
    result = record(report, assess(report))
    scored = score(truth, result)
    for cell in result["cells"]:
        span = (cell["place"] or {}).get("span")
        if cell["raw"] and (span is None or report.text[slice(*span)] != cell["raw"]):
            scored.counts["misplaced"] += 1
    return scored


def _told(name: str, files: int, total: Counter[str]) -> None:
    print(f"{name:12}{files:7}" + "".join(f"{total[count]:12}" for count in _COUNTS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print right, silent and false alarms by format and form; return 1 if anything went wrong in silence."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.office_files", description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="files of each format")
    parser.add_argument("--seed-from", type=int, default=5000)
    options = parser.parse_args(arguments)
    print(f"{'':12}{'files':>7}" + "".join(f"{name:>12}" for name in _COUNTS))
    bad = 0
    for suffix, make in ((".docx", word_case), (".xlsx", excel_case)):
        for form in ("2019", "2021"):
            total: Counter[str] = Counter()
            for seed in range(options.seed_from, options.seed_from + (options.count + 1) // 2):
                case = make(seed, form)
                found = judge(case.data, suffix, case.truth)
                total.update(found.counts)
                odd = {k: v for k, v in found.kinds.items() if v != "right"}
                if odd:
                    print("  ", seed, form, suffix, case.habits, dict(list(odd.items())[:6]))
            bad += sum(total[name] for name in _BAD)
            _told(f"{suffix} {form}", (options.count + 1) // 2, total)
    for layout in ("html", "html_bare"):  # the seed picks the form
        total = Counter()
        for seed in range(options.seed_from, options.seed_from + options.count):
            page = generate(seed, layout=layout, damages=())
            found = judge(page.data, page.suffix, page.truth)
            total.update(found.counts)
            if odd := {k: v for k, v in found.kinds.items() if v != "right"}:
                print("  ", seed, layout, dict(list(odd.items())[:6]))
        bad += sum(total[name] for name in _BAD)
        _told(layout, options.count, total)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
