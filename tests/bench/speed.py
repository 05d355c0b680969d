"""How long a report takes from its file to checked cells, by layout; what a thousand cost in time and memory.

python -m tests.bench.speed
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parser.pipeline import open_report
from parser.rules.check import assess

if TYPE_CHECKING:
    from tests.generator import Case

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MANY = 1000
_FEW = 100
_SAMPLE = 25
_REPEATS = 3
_FIRST_SEED = 7000
_KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (  # name, layout, damages
    ("tabs", "tabs", ()),
    ("pipes", "pipes_with_extras", ()),
    ("html", "html", ()),
    ("pdf_text", "pdf_text", ()),
    ("garbled scan", "tabs_of_a_scan", ("garbled_labels", "look_alikes", "noise_in_blanks", "label_tail_in_value")),
)


def print_figures() -> None:
    """Print milliseconds per report by layout, the cost of 1,000 reports against 100, and the peak of memory."""
    print(
        f"\nmilliseconds of processor time per report, file to checked cells ({_SAMPLE} reports, best of {_REPEATS}):"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, layout, damages in _KINDS:
            files = _write(_cases(_SAMPLE, layout, damages), Path(folder, name))
            times = _best_times(read_and_check, files)
            print(f"  {name:14} median {_ms(statistics.median(times))}   slowest {_ms(max(times))}")
        naive = _best_times(naive_split, _files(Path(folder, "tabs")))
        print(f"  naive split of tabs, no alignment and no checks: median {_ms(statistics.median(naive))}")
        _print_many(_write(_cases(_MANY, "tabs", ()), Path(folder, "many")))


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


def _print_many(files: Sequence[Path]) -> None:
    """Compare 1,000 different reports with the first 100 of them, each run the best of several taken in turn."""
    hundred, thousand = [], []
    for _ in range(_REPEATS):
        hundred.append(_processor_time(files[:_FEW]))
        thousand.append(_processor_time(files))
    few, many = min(hundred), min(thousand)
    print(f"processor time, all different: {_FEW} reports {few:.2f} s, {_MANY} reports {many:.2f} s, ", end="")
    print(f"ratio {many / few:.2f}")
    print(f"  mean per report {_ms(few / _FEW)} and {_ms(many / _MANY)}")
    memory = [_memory_with(files[0].parent, count) for count in (1, _FEW, _MANY)]
    if all(memory):
        sizes = ", ".join(f"{size:.0f} MiB" for size in memory if size)
        print(f"peak memory of a process that keeps 1, {_FEW}, {_MANY} reports: {sizes}")


def _cases(count: int, layout: str, damages: Sequence[str]) -> Iterable[Case]:
    """Yield reports in the 2021 form."""
    from tests.generator import generate  # not in the process whose memory is measured

    found, seed = 0, _FIRST_SEED
    while found < count:
        case = generate(seed, layout=layout, damages=damages)
        seed += 1
        if case.truth["template"] == "2021":
            found += 1
            yield case


def _write(cases: Iterable[Case], folder: Path) -> list[Path]:
    folder.mkdir()
    for case in cases:
        (folder / f"{case.seed}{case.suffix}").write_bytes(case.data)
    return _files(folder)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _best_times(act: Callable[[Path], int], files: Sequence[Path]) -> list[float]:
    """Return the shortest of several times for each file; the first round also loads the forms."""
    rounds = [[_time(act, file) for file in files] for _ in range(1 + _REPEATS)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def _time(act: Callable[[Path], int], file: Path) -> float:
    start = time.process_time()  # other work on the machine does not count
    act(file)
    return time.process_time() - start


def _processor_time(files: Iterable[Path]) -> float:
    return sum(_time(read_and_check, file) for file in files)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:6.2f} ms"


def _memory_with(folder: Path, count: int) -> float | None:
    """Return the peak in MiB of a fresh process that reads ``count`` reports and keeps them all."""
    command = [sys.executable, "-m", "tests.bench.speed", str(folder), str(count)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    return float(printed) / 2**10 if printed else None


def _keep(folder: Path, count: int) -> None:
    """Read and check reports, keep everything that came out, and print the peak of memory in KiB where it is known."""
    kept = [(report, assess(report)) for report in map(open_report, _files(folder)[:count])]
    assert len(kept) == count
    status = Path("/proc/self/status")  # getrusage would count the parent process too
    if status.exists():
        peak = re.search(r"VmHWM:\s*(\d+)", status.read_text())
        print(peak[1] if peak else "")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _keep(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        print_figures()
