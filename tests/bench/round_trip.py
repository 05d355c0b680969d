"""Reports become workbooks and reports again: real ones, the samples and generated ones, as read and after edits.

python -m tests.bench.round_trip --count 200 --seed-from 600000      exit 1 if anything came back different
python -m tests.bench.round_trip --libreoffice                       also opened and saved by LibreOffice in between
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl

from parser.errors import ReportError
from parser.export.reread import reread
from parser.export.workbook import write_workbook
from parser.model.report import Cell, CellKey, Edit, Report, State
from parser.paths import resource
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.generator import generate

_SAVED = "saved"  # the folder of what LibreOffice wrote
_SHARED = Path(__file__).resolve().parents[3] / "shared"
_AT = datetime(2024, 1, 25, 3, 4, 5, 678901, tzinfo=UTC)
_LISTED = 20
_BATCH = 100  # files a call; with some 250 soffice stops half-way and says nothing
_CONVERTER = ("soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML")


@dataclass
class Trip:
    """What came back different, by (stage, part of the report), with the first example in words."""

    name: str
    group: str
    checked: Counter[str] = field(default_factory=Counter)
    different: Counter[tuple[str, str]] = field(default_factory=Counter)
    example: str = ""

    def compare(self, stage: str, report: Report, file: Path) -> None:
        """Note how the report in ``file`` differs from ``report``."""
        self.checked[stage] += 1
        try:
            found = list(differences(report, reread(file)))
        except ReportError as error:
            found = [("refused", str(error))]
        for part, words in found:
            self.different[stage, part] += 1
            self.example = self.example or f"{stage}, {part}: {words}"


def versions(source: Path) -> dict[str, Report]:
    """Return the report in ``source`` as read and after edits of all kinds, the same ones on every call."""
    report = open_report(source)
    return {"as read": report, "edited": report.apply(_edits(report, random.Random(source.name)))}


def differences(report: Report, again: Report) -> Iterator[tuple[str, str]]:
    """Yield what differs and how: fields of the report, fields of single cells, findings; printed decimals count."""
    for part in fields(Report):
        before, after = getattr(report, part.name), getattr(again, part.name)
        if part.name != "cells" and before != after:
            yield part.name, f"{before!r} became {after!r}"[:300]
    for key in report.cells.keys() | again.cells.keys():
        before, after = report.cells.get(key), again.cells.get(key)
        if before is None or after is None:
            yield "cells", str(key)
            continue
        for part in fields(Cell):
            one, other = getattr(before, part.name), getattr(after, part.name)
            if one != other or str(one) != str(other):
                yield part.name, f"{key}: {one!r} became {other!r}"
    if assess(report) != assess(again):
        yield "findings", "the assessments differ"


def travel(source: Path, folder: Path, group: str = "") -> Trip:
    """Return how the report in ``source`` came back from workbooks in ``folder``."""
    trip = Trip(source.name, group)
    try:
        reports = versions(source)
        for stage, report in reports.items():
            file = workbook_of(source, stage, folder)
            write_workbook(report, assess(report), file)
            trip.compare(stage, report, file)
        _retype(trip, reports["as read"], workbook_of(source, "as read", folder))
    except ReportError as error:
        trip.checked["refused"] += 1
        trip.example = str(error)
    except Exception:  # noqa: BLE001 -- a crash is a result of the measurement
        trip.different["as read", "crashed"] += 1
        trip.example = traceback.format_exc(limit=-2)
    return trip


def workbook_of(source: Path, stage: str, folder: Path) -> Path:
    """Return where the workbook of a stage goes."""
    return folder / f"{source.name}.{stage.replace(' ', '_')}.xlsx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 if anything came back different."""
    options = _options(arguments)
    if options.libreoffice and not shutil.which(_CONVERTER[0]):
        sys.exit("soffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        sources = _sources(Path(folder), range(options.seed_from, options.seed_from + options.count))
        books = Path(folder, "workbooks")
        books.mkdir()
        with ProcessPoolExecutor(options.processes) as pool:
            trips = list(pool.map(partial(_travel, folder=books), sources.items(), chunksize=5))
            if options.libreoffice:
                _convert(sorted(books.glob("*.xlsx")), books / _SAVED)
                saved = (file for file, trip in zip(sources.items(), trips, strict=True) if trip.checked["as read"])
                trips += pool.map(partial(_travel_saved, folder=books / _SAVED), saved, chunksize=5)
    return _report(trips)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.round_trip", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--count", type=int, default=200, help="number of generated reports")
    parser.add_argument("--seed-from", type=int, default=600_000, help="first seed")
    parser.add_argument("--libreoffice", action="store_true", help="also convert every workbook with soffice")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)


def _sources(folder: Path, seeds: range) -> dict[Path, str]:
    """Return the files to read with the group each belongs to; generated ones are written to ``folder``."""
    found = {path: name for name in ("seeds", "excerpts") for path in sorted((_SHARED / name).glob("*.txt"))}
    found |= dict.fromkeys(sorted(resource("samples").iterdir()), "samples")
    for seed in seeds:
        case = generate(seed)
        path = folder / f"{seed}{case.suffix}"
        path.write_bytes(case.data)
        found[path] = "generated"
    return found


def _travel(source: tuple[Path, str], folder: Path) -> Trip:
    return travel(source[0], folder, source[1])


def _travel_saved(source: tuple[Path, str], folder: Path) -> Trip:
    """Compare the workbooks that LibreOffice saved with the reports they were made from."""
    trip = Trip(source[0].name, source[1])
    for stage, report in versions(source[0]).items():
        trip.compare(f"{stage}, LibreOffice", report, workbook_of(source[0], stage, folder))
    return trip


def _convert(files: Sequence[Path], target: Path) -> None:
    profile = f"-env:UserInstallation={(target.parent / 'profile').as_uri()}"
    for start in range(0, len(files), _BATCH):
        command = [*_CONVERTER, profile, "--outdir", str(target), *map(str, files[start : start + _BATCH])]
        subprocess.run(command, check=True, capture_output=True)


def _edits(report: Report, rng: random.Random) -> list[Edit]:
    """Return edits to a number, a blank and a mark, of cells in any state, and one cell edited twice."""
    keys = rng.sample(sorted(report.cells), 4)
    changes = [
        {"state": State.NUMBER, "value": Decimal(f"{rng.randint(0, 9999)}.50"), "unit": "万元", "doubts": ()},
        {"state": State.BLANK, "value": None, "unit": None, "doubts": ()},
        {"state": State.MARK, "value": None, "unit": None, "raw": "—", "doubts": ()},
        {"state": State.NUMBER, "value": Decimal(rng.randint(0, 99)), "unit": None},
    ]
    edits = [_edit(key, report.cells[key], change) for key, change in zip(keys, changes, strict=True)]
    return [*edits, _edit(keys[0], edits[0].after, {"value": Decimal("0.0")})]


def _edit(key: CellKey, before: Cell, change: Mapping[str, object]) -> Edit:
    after = replace(before, **change)  # type: ignore[arg-type]
    return Edit(key, before, after, "按勾稽关系改正\n=1+1", "李四 _x0041_", _AT)


def _retype(trip: Trip, report: Report, file: Path) -> None:
    """Type another figure over a cell of the workbook: it must come back as an edit, all else as it was."""
    key = random.Random(trip.name).choice(sorted(report.cells))
    figure = 7 if report.cells[key].value != 7 else 8
    book = openpyxl.load_workbook(file)
    ((sheet, address),) = book.defined_names[str(key)].destinations
    book[sheet][address].value = figure
    changed = file.with_suffix(".retyped.xlsx")
    book.save(changed)
    found = reread(changed)
    changed.unlink()
    trip.checked["retyped"] += 1
    if len(found.edits) == 1 and found.cells[key].value == figure:
        found = replace(found, cells={**found.cells, key: found.edits[0].before}, edits=())
    for part, words in differences(report, found):
        trip.different["retyped", part] += 1
        trip.example = trip.example or f"retyped, {part}: {words}"


def _report(trips: Sequence[Trip]) -> int:
    """Print a line a group and stage, then every report that came back different; return 1 if there is one."""
    refused = sum(trip.checked["refused"] for trip in trips)
    print(f"{'group':12}{'stage':24}{'reports':>9}{'different':>11}   in")
    for group in dict.fromkeys(trip.group for trip in trips):
        members = [trip for trip in trips if trip.group == group]
        for stage in dict.fromkeys(stage for trip in members for stage in trip.checked if stage != "refused"):
            parts = Counter(p for trip in members for s, p in trip.different.elements() if s == stage)
            bad = sum(any(s == stage for s, _ in trip.different) for trip in members)
            checked = sum(trip.checked[stage] for trip in members)
            print(f"{group:12}{stage:24}{checked:9}{bad:11}   {dict(parts) or '—'}")
    print(f"refused when read: {refused}")
    failed = [trip for trip in trips if trip.different]
    for trip in failed[:_LISTED]:
        print(f"{trip.name}: {trip.example}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
