"""How long a plain report takes from its text to checked cells, beside a naive split of the same text."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from parser.pipeline import open_report
from parser.rules.check import assess
from tests.generator import Case, generate

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def print_figures(repeats: int = 60) -> None:
    """Print the median of one report, of the baseline, the cost of 1,000 against 100, and the peak of memory."""
    cases = [generate(seed, layout="tabs", damages=()) for seed in range(7000, 7400)]
    plain = [case for case in cases if case.truth["template"] == "2021"]
    with tempfile.TemporaryDirectory() as folder:
        files = _write(plain, Path(folder))
        read_and_check(files[0])  # loads the forms
        full = _median(read_and_check, files, repeats)
        naive = _median(naive_split, files, repeats)
        hundred = min(_processor_time(files, 100) for _ in range(3))
        thousand = _processor_time(files, 1000)
        peak = _peak(files)
    print(f"\none plain 2021 report, file to checked cells: median {full * 1000:.1f} ms")
    print(f"naive regular expression over the same file:  median {naive * 1000:.2f} ms (no alignment, no checks)")
    print(
        f"processor time: 100 reports {hundred:.2f} s, 1,000 reports {thousand:.2f} s, ratio {thousand / hundred:.1f}"
    )
    print(f"peak of memory over 100 reports, one at a time: {peak / 2**20:.1f} MiB of Python objects{_resident()}")


def read_and_check(path: Path) -> int:
    """Read the report and check it; return the number of findings."""
    return len(assess(open_report(path)).findings)


def naive_split(path: Path) -> int:
    """Do what a script in an afternoon does: take the numbers of every line that has a known label."""
    found = 0
    for line in path.read_text("utf-8").splitlines():
        label, *cells = re.split(r"[\t|]+", line.strip())
        if cells and not label.isdigit():
            found += len([cell for cell in cells if _NUMBER.fullmatch(cell.strip())])
    return found


def _resident() -> str:
    """Return the largest memory of this process so far where the system tells it."""
    try:
        import resource
    except ImportError:  # Windows
        return ""
    return f"; whole process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MiB"


def _write(cases: list[Case], folder: Path) -> list[Path]:
    files = []
    for case in cases:
        path = folder / f"{case.seed}.txt"
        path.write_bytes(case.data)
        files.append(path)
    return files


def _median(act: Callable[[Path], int], files: list[Path], repeats: int) -> float:
    times = []
    for number in range(repeats):
        start = time.perf_counter()
        act(files[number % len(files)])
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _processor_time(files: list[Path], count: int) -> float:
    start = time.process_time()  # other work on the machine does not count
    for number in range(count):
        read_and_check(files[number % 100])  # the same reports over and over, so that the ratio compares like with like
    return time.process_time() - start


def _peak(files: list[Path]) -> int:
    tracemalloc.start()
    for number in range(100):
        read_and_check(files[number % len(files)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
