"""Write the scanned report and the photo among the bundled samples, with their truth.

``python -m tests.simulator.samples [SAMPLES] [TRUTH]``, by default resources/samples and tests/samples_truth. What
comes out depends on the fonts of the machine as well as on the seeds below; both files stay under their limits.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from tests.generator.model import Truth
from tests.simulator.case import ScanCase, as_jpg, as_pdf, scan_case
from tests.simulator.optics import grey

SCAN, PHOTO = "10-扫描件.pdf", "11-手机照片.jpg"
_SCAN_SEED, _PHOTO_SEED = 3855, 75
_SCAN_LIMIT, _PHOTO_LIMIT = 900_000, 700_000
_QUALITIES = range(80, 30, -5)
_ROOT = Path(__file__).resolve().parents[2]


def scan(seed: int = _SCAN_SEED) -> tuple[bytes, Truth]:
    """Return a report from an office scanner as PDF, with its truth."""
    case = scan_case(seed, "office", "2021")
    case = replace(case, pages=[grey(page) for page in case.pages])
    for quality in _QUALITIES:
        data = as_pdf(case, quality)
        if len(data) <= _SCAN_LIMIT:
            return data, case.truth
    raise ValueError(f"seed {seed} gives no small scan")


def photo(seed: int = _PHOTO_SEED) -> tuple[bytes, Truth]:
    """Return a photo of the page with table 3 as JPEG, with the truth about what it shows."""
    case = scan_case(seed, "phone", "2021", spread=False)
    page = case.boxes["applications.new_received.total"][0]
    for quality in _QUALITIES:
        data = as_jpg(case.pages[page - 1], quality)
        if len(data) <= _PHOTO_LIMIT:
            return data, _shown(case, page)
    raise ValueError(f"seed {seed} gives no small photo")


def main() -> None:
    samples = Path(sys.argv[1]) if len(sys.argv) > 1 else _ROOT / "resources" / "samples"
    truths = Path(sys.argv[2]) if len(sys.argv) > 2 else _ROOT / "tests" / "samples_truth"
    for name, (data, truth) in {SCAN: scan(), PHOTO: photo()}.items():
        for folder in (samples, truths):
            folder.mkdir(parents=True, exist_ok=True)
        (samples / name).write_bytes(data)
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (truths / f"{name}.truth.json").write_text(text + "\n", "utf-8")
        sys.stdout.write(f"{name}: {len(data) / 1000:.0f} kB\n")


def _shown(case: ScanCase, page: int) -> Truth:
    """Return the truth of one page: cells on others are absent, issuer and year too unless it is the first."""
    cells = {key: text if case.boxes[key][0] == page else None for key, text in case.truth["cells"].items()}
    truth: Truth = {**case.truth, "cells": cells}
    truth["expected_doubt"] = [key for key in truth["expected_doubt"] if cells[key] is not None]
    if page > 1:
        truth["issuer"] = truth["year"] = None
    return truth


if __name__ == "__main__":
    main()
