"""Write a simulated scan to look at: ``python -m tests.simulator SEED LEVEL OUTDIR``."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from PIL import Image, ImageDraw

from tests.simulator import LEVELS, ScanCase, as_pdf, scan_case


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("level", choices=LEVELS)
    parser.add_argument("out", type=Path)
    parser.add_argument("--form", choices=("2019", "2021"))
    parser.add_argument("--wrong-sums", action="store_true")
    parser.add_argument("--show-cells", action="store_true", help="draw the true outlines of the cells")
    given = parser.parse_args()
    case = scan_case(given.seed, given.level, given.form, wrong_sums=given.wrong_sums)
    given.out.mkdir(parents=True, exist_ok=True)
    stem = f"{case.seed}-{case.level}"
    for number, page in enumerate(case.pages, 1):
        picture = Image.fromarray(page)
        if given.show_cells:
            _outline(picture, case, number)
        picture.save(given.out / f"{stem}-{number}.png")
    (given.out / f"{stem}.pdf").write_bytes(as_pdf(case))
    facts = {key: value for key, value in asdict(case).items() if key not in ("pages", "outlines")}
    (given.out / f"{stem}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")


def _outline(picture: Image.Image, case: ScanCase, number: int) -> None:
    pencil = ImageDraw.Draw(picture)
    for page, points in case.outlines.values():
        if page == number:
            pencil.polygon([(float(x), float(y)) for x, y in points], outline=(255, 0, 160), width=1)


if __name__ == "__main__":
    main()
