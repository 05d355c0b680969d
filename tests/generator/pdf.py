"""A seed becomes a filled form as a PDF file, with the habits of real ones: torn tables, upright labels, thin boxes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.generator.filled import Filled, filled
from tests.generator.model import Truth
from tests.generator.pdf_layout import Column, Paper, flow
from tests.generator.pdf_paint import paint

HABITS = (
    "torn_rows", "early_break", "header_again", "values_below", "filled_rules", "cell_boxes", "double_rules",
    "open_sides", "open_break", "stacked_groups", "turned_groups", "page_numbers", "running_title", "fake_bold",
    "kerned", "hidden_text", "wide_digits", "framed", "turned_pages", "serif",
)  # fmt: skip
RARE_HABITS = ("no_rules", "two_reports")  # which leave less than the others to go by
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PdfCase:
    """A generated document: its bytes, its truth, the habits it shows, and where each cell stands.

    ``boxes`` gives for each cell the page (from 1) and its box in fractions of the page; empty without borders.
    """

    seed: int
    data: bytes
    truth: Truth
    habits: tuple[str, ...]
    boxes: Mapping[str, tuple[int, Box]]


def pdf_case(seed: int, form: str | None = None, habits: Sequence[str] | None = None) -> PdfCase:
    """Return the PDF of ``seed``; ``habits`` from HABITS or RARE_HABITS, by default the seed picks some."""
    report = filled(seed, form)
    rng = random.Random(f"pdf {seed}")
    chosen = _picked(rng) if habits is None else tuple(habits)
    papers, boxes = _papers(report, rng, frozenset(chosen))
    return PdfCase(seed, paint(papers, turned="turned_pages" in chosen), report.truth, chosen, boxes)


def _picked(rng: random.Random) -> tuple[str, ...]:
    chosen = [habit for habit in HABITS if rng.random() < 0.3]
    if rng.random() < 0.12:
        chosen.append("two_reports")
    return tuple(chosen)


def _papers(
    report: Filled, rng: random.Random, habits: frozenset[str]
) -> tuple[list[Paper], dict[str, tuple[int, Box]]]:
    """Return the pages and where on them the cells are: A4, or A3 across with another report on the right."""
    if "two_reports" in habits:
        wide, high = 1191.0, 842.0
        other = filled(report.draft.year * 1000 + rng.randrange(1000), report.draft.form.id)
        own = flow(report.draft, rng, habits, Column(60, 560, 60, high - 60, 9.5))
        sides = [own, flow(other.draft, rng, habits, Column(630, 1130, 60, high - 60, 9.5))]
    else:
        wide, high = 595.0, 842.0
        margin = rng.uniform(50, 80)
        own = flow(report.draft, rng, habits, Column(margin, wide - margin, 60, high - 65, rng.uniform(9, 10.5)))
        sides = [own]
    papers = [
        Paper(wide, high, [mark for side in sides if n < len(side) for mark in side[n].marks])
        for n in range(max(map(len, sides)))
    ]
    boxes = {key: (n, _share(box, wide, high)) for n, page in enumerate(own, 1) for key, box in page.boxes.items()}
    return papers, {} if "no_rules" in habits else boxes


def _share(box: Box, wide: float, high: float) -> Box:
    return box[0] / wide, box[1] / high, box[2] / wide, box[3] / high
