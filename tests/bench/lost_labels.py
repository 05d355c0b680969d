"""Reports whose rows lost labels, in every layout of plain text, web pages whose tables lost their shape, and copies
of such pages with empty cells: cells wrong in silence, and cells doubted.

python -m tests.bench.lost_labels --count 1000      reports of each way; exit 1 if anything was wrong in silence
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from tests.extract.lost_labels import WAYS, lost_labels
from tests.extract.reshaped import SHAPES, reshaped
from tests.extract.snippets import read, shown, silent
from tests.extract.web_copies import COPIES, web_copy

_WAYS = dict.fromkeys(WAYS, lost_labels) | dict.fromkeys(SHAPES, reshaped) | dict.fromkeys(COPIES, web_copy)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cells by way, and the seeds of the reports in which something was wrong in silence."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lost_labels", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=1000, help="reports of each way")
    parser.add_argument("--seed-from", type=int, default=1_000)
    options = parser.parse_args(arguments)
    print(f"{'way':20}{'cells':>8}{'right':>8}{'doubted':>9}{'silent':>8}{'reports':>9}")
    bad = 0
    for way, make in _WAYS.items():
        counts: Counter[str] = Counter()
        for seed in range(options.seed_from, options.seed_from + options.count):
            case = make(seed, way)
            report = read(case.text)
            wrong = silent(report, case.due)
            hidden = {key: text for key, text in wrong.items() if (text, case.due[key]) != ("absent", "")}
            texts = shown(report)
            counts["cells"] += len(case.due)
            counts["right"] += sum(texts[key].removeprefix("?") == due for key, due in case.due.items())
            counts["doubted"] += sum(texts[key].startswith(("?", "!")) for key in case.due)
            counts["silent"] += len(hidden)
            counts["reports"] += bool(hidden)
            if hidden:
                print(f"  {way} {seed} {case.layout}: {dict(list(hidden.items())[:3])}", flush=True)
        bad += counts["silent"]
        print(
            f"{way:20}"
            + "".join(
                f"{counts[name]:{8 + (name == 'doubted') + (name == 'reports')}}"
                for name in ("cells", "right", "doubted", "silent", "reports")
            )
        )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
