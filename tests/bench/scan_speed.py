"""How long a scan takes to its checked tables, beside RapidOCR over whole pages; a text PDF beside pdfplumber; memory.

python -m tests.bench.scan_speed                       about ten minutes
python -m tests.bench.scan_speed --memory 10,20,30     pages at 300 dpi; --only scan, text or memory
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parser.model.watch import Progress, Watch
from parser.pipeline import open_report
from parser.readers.pages import Pixels
from parser.readers.raster import open_pages_of
from parser.rules.check import assess

_TABLES, _FIRST, _PAGE, _TEXT, _MEMORY = 0.15, 0.08, 0.6, 1.0, 900  # what is aimed at: shares, seconds, share, MB
_PAGES, _TABLE_PAGES = 6, 3


@dataclass(frozen=True)
class Times:
    """Seconds from opening: to the first table, to all tables complete and checked, to the end."""

    first: float
    tables: float
    whole: float


def our_times(path: Path) -> Times:
    """Read and check the scan; return when the user gets what."""
    first, tables = 0.0, 0.0
    is_complete = False
    begin = time.perf_counter()

    def hear(progress: Progress) -> None:
        nonlocal first, tables, is_complete
        if progress.report is None or is_complete:
            return
        assess(progress.report)
        tables = time.perf_counter() - begin
        first = first or tables
        is_complete = progress.tables_done

    assess(open_report(path, Watch(hear)))
    whole = time.perf_counter() - begin
    if not is_complete:
        print("  (nobody said when the tables were complete: the last report before the end counts)")
    return Times(first or whole, tables or whole, whole)


def rendered(path: Path) -> list[Pixels]:
    """Return the pages at 200 dpi."""
    with open_pages_of(path) as pages:
        return [pages.pixels(number, 200) for number in range(1, pages.count + 1)]


def print_scan(repeats: int, seed_from: int) -> None:
    """Print the seconds for a scan of six pages, three of them with tables, and their share of RapidOCR's."""
    from rapidocr import RapidOCR

    ours: list[Times] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "扫描件.pdf")
        path.write_bytes(scan(_PAGES, "office", seed_from))
        pages = rendered(path)
        engine = RapidOCR(params={"Global.log_level": "critical"})
        engine(pages[0][:, :, ::-1])
        our_times(path)  # the models are loaded now
        for _ in range(repeats):
            ours.append(our_times(path))
            theirs.append(_time(lambda: [engine(page[:, :, ::-1]) for page in pages]))
            print(
                f"  {ours[-1].first:6.2f} {ours[-1].tables:6.2f} {ours[-1].whole:6.2f}   {theirs[-1]:6.2f}", flush=True
            )
    first, tables, whole = (statistics.median(getattr(t, name) for t in ours) for name in ("first", "tables", "whole"))
    other = statistics.median(theirs)
    print(
        f"scan of {_PAGES} pages at 200 dpi, {_TABLE_PAGES} with tables; models loaded; median of {repeats}, in turn:"
    )
    print(f"  RapidOCR over whole pages {other:7.2f} s")
    print(f"  first table visible       {first:7.2f} s   {_against(first / other, _FIRST)}")
    print(f"  tables complete, checked  {tables:7.2f} s   {_against(tables / other, _TABLES)}")
    print(f"    for a page with tables  {_against(tables / _TABLE_PAGES, _PAGE)} s")
    print(f"  everything                {whole:7.2f} s   {whole / other:.3f}")


def print_text(repeats: int, files: int, seed_from: int) -> None:
    """Print the seconds for PDF files with a text layer, beside pdfplumber's extract_tables."""
    from tests.bench.pdf_files import plumber_time
    from tests.generator.pdf import pdf_case

    ours, theirs = [0.0] * files, [0.0] * files
    with tempfile.TemporaryDirectory() as folder:
        for n in range(files):
            data = pdf_case(seed_from + n).data
            path = Path(folder, f"{n}.pdf")
            path.write_bytes(data)
            times = [(_time(lambda p=path: assess(open_report(p))), plumber_time(data)) for _ in range(repeats)]
            ours[n], theirs[n] = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{files} PDF files with text, file to checked tables; median of {repeats}, in turn:")
    print(f"  ours {sum(ours) / files:.3f} s a file, pdfplumber {sum(theirs) / files:.3f} s", end="")
    print(f"   {_against(sum(ours) / sum(theirs), _TEXT)}")


def print_memory(sizes: Sequence[int], seed_from: int) -> None:
    """Print the peak of memory of fresh processes that read scans of so many pages at 300 dpi."""
    print("peak memory of a fresh process that reads a scan at 300 dpi:")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder, f"{size}.pdf")
            path.write_bytes(scan(size, "clean", seed_from))
            command = [sys.executable, "-m", "tests.bench.scan_speed", "--read", str(path)]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            peak, seconds = float(printed[0]), float(printed[1])
            print(f"  {size:3} pages ({path.stat().st_size / 1e6:.0f} MB)  {_against(peak, _MEMORY, '.0f')} MB", end="")
            print(f"   {seconds:.0f} s", flush=True)


def scan(pages: int, level: str, seed_from: int) -> bytes:
    """Return a scan of so many pages as PDF: a report with three pages of tables, and prose of others after it."""
    from tests.simulator import as_pdf, scan_case
    from tests.simulator.compose import compose
    from tests.simulator.report import printed

    seed = seed_from
    while sum(bool(leaf.cells) for leaf in compose(printed(seed, "2021").draft, seed)) != _TABLE_PAGES:
        seed += 1
    case = scan_case(seed, level, "2021")
    pictures, prose = list(case.pages), []
    while len(pictures) + len(prose) < min(pages, 12):
        seed += 1
        other = scan_case(seed, level)
        tables = {page for page, _ in other.boxes.values()}
        prose += [picture for n, picture in enumerate(other.pages, 1) if n > 1 and n not in tables]
    while len(pictures) < pages:
        pictures.append(prose[len(pictures) % len(prose)])
    return as_pdf(replace(case, pages=pictures[:pages]))


def _read(path: Path) -> None:
    """Print the peak of memory in MB and the seconds that reading took."""
    seconds = _time(lambda: open_report(path))
    status = Path("/proc/self/status")  # getrusage would count the parent process too
    if status.exists():
        found = re.search(r"VmHWM:\s*(\d+)", status.read_text())
        peak = int(found[1]) * 1024 if found else 0
    else:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(peak / 1e6, seconds)


def _time(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def _against(value: float, most: float, shape: str = ".3f") -> str:
    return f"{value:{shape}} ({'within' if value <= most else 'OVER'} {most})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; they depend on the machine, so that none is an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scan_speed", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--files", type=int, default=8, help="PDF files with text")
    parser.add_argument("--memory", default="10,20,30", help="pages of the scans whose memory is measured")
    parser.add_argument("--seed-from", type=int, default=400_000)
    parser.add_argument("--only", choices=("scan", "text", "memory"))
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.read:
        _read(options.read)
        return 0
    if options.only in (None, "text"):
        print_text(options.repeats, options.files, options.seed_from)
    if options.only in (None, "scan"):
        print_scan(options.repeats, options.seed_from)
    if options.only in (None, "memory"):
        print_memory([int(size) for size in options.memory.split(",")], options.seed_from)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
