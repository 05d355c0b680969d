"""Generated PDF files of filled forms, read and scored, and timed against pdfplumber on the same files.

python -m tests.bench.pdf_files --count 60             exit 1 if a cell was wrong in silence or stands elsewhere
python -m tests.bench.pdf_files --office --count 20    Word files made PDF by LibreOffice instead
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from parser.export.record import record
from parser.extract.report import extract
from parser.layout.page_text import join_pages, notes_of
from parser.model.document import Document
from parser.model.watch import UNWATCHED
from parser.readers.pdf_text import read_text_pages
from parser.readers.raster import PdfPages
from parser.rules.check import assess
from tests.boxes import overlap
from tests.generator.model import Truth
from tests.generator.pdf import RARE_HABITS, Box, PdfCase, pdf_case
from tests.generator.word import HABITS, word_case
from tests.scoring import Score, score

_SHOWN_AS_MEANT = [
    habit for habit in HABITS if habit not in ("fields", "revisions", "notes", "hidden")
]  # by LibreOffice
_OVERLAP = 0.7  # area in common over area together, from which a cell's place is right
NAMES = ("cells", "right", "false_alarm", "caught", "silent", "lost", "unmarked", "misplaced")


def read(data: bytes, name: str = "报告.pdf") -> Document:
    """Return the document of a PDF file with a text layer on every page."""
    with PdfPages(data) as pages:
        found = read_text_pages(pages, UNWATCHED)
    whole = [page for page in found if page is not None]
    assert len(whole) == len(found), "a page was left to recognition"
    text, pieces, seen = join_pages(whole)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, "pdf", digest, text, pieces, len(found), notes_of(whole), seen)


def judge(data: bytes, truth: Truth, boxes: Mapping[str, tuple[int, Box]] | None = None) -> Score:
    """Return the score of the file and count the cells whose place is not theirs."""
    report = extract(read(data))
    result = record(report, assess(report))
    scored = score(truth, result)
    for cell in result["cells"]:
        place = cell["place"] or {}
        if cell["raw"] and "box" not in place:
            scored.counts["misplaced"] += 1
        elif cell["raw"] and boxes:
            page, box = boxes[cell["key"]]
            if place["page"] != page or overlap(place["box"], box) < _OVERLAP:
                scored.counts["misplaced"] += 1
                scored.kinds[cell["key"] + " place"] = f"{place} {page} {[round(v, 3) for v in box]}"
    return scored


def plumber_time(data: bytes) -> float:
    """Return the seconds pdfplumber takes to extract the tables of the file."""
    import pdfplumber

    begin = time.perf_counter()
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()
    return time.perf_counter() - begin


def our_time(data: bytes) -> float:
    """Return the seconds we take to read the whole file into a document."""
    begin = time.perf_counter()
    read(data)
    return time.perf_counter() - begin


def generated(count: int, seed_from: int) -> Iterator[PdfCase]:
    """Yield the cases of both forms in turn."""
    for n in range(count):
        yield pdf_case(seed_from + n, ("2019", "2021")[n % 2])


def converted(count: int, seed_from: int) -> Iterator[PdfCase]:
    """Yield Word files that LibreOffice made PDF; where their cells stand is not known."""
    program = shutil.which("soffice")
    assert program, "needs LibreOffice"
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            seed = seed_from + n
            rng = random.Random(seed)
            habits = [habit for habit in _SHOWN_AS_MEANT if rng.random() < 0.35]
            case = word_case(seed, ("2019", "2021")[n % 2], habits)
            file = Path(folder, f"{seed}.docx")
            file.write_bytes(case.data)
            home = f"-env:UserInstallation=file://{folder}/home"
            command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
            subprocess.run(command, check=True, capture_output=True)
            made = file.with_suffix(".pdf")
            if made.exists():
                yield PdfCase(seed, made.read_bytes(), case.truth, case.habits, {})
            else:
                print("  ", seed, "LibreOffice could not convert it", habits)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts and times; return 1 if anything went wrong in silence."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pdf_files", description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed-from", type=int, default=5000)
    parser.add_argument("--office", action="store_true", help="Word files converted by LibreOffice")
    parser.add_argument("--habit", choices=RARE_HABITS, help="files that all have this habit")
    parser.add_argument("--untimed", action="store_true", help="leave pdfplumber out")
    options = parser.parse_args(arguments)
    total: Counter[str] = Counter()
    ours = theirs = 0.0
    files = pages = 0
    for case in (converted if options.office else generated)(options.count, options.seed_from):
        if options.habit:
            case = pdf_case(case.seed, None, [*case.habits, options.habit])
        files += 1
        found = judge(case.data, case.truth, case.boxes)
        total.update(found.counts)
        odd = {key: kind for key, kind in found.kinds.items() if kind != "right"}
        if odd:
            print("  ", case.seed, case.truth["template"], case.habits, len(odd), dict(list(odd.items())[:4]))
        with PdfPages(case.data) as opened:
            pages += opened.count
        if not options.untimed:
            ours += our_time(case.data)
            theirs += plumber_time(case.data)
    print(f"{'files':>8}" + "".join(f"{name:>12}" for name in NAMES))
    print(f"{files:8}" + "".join(f"{total[name]:12}" for name in NAMES))
    if not options.untimed:
        print(f"{pages} pages: {ours:.2f} s, pdfplumber {theirs:.2f} s, {ours / theirs:.2f} of it")
    return 1 if total["silent"] + total["lost"] + total["unmarked"] + total["misplaced"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
