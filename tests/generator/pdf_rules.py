"""The borders of a table that runs over pages, in the ways in which programs draw them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.generator.model import Sheet
from tests.generator.pdf_paint import Frame, Mark, Rule
from tests.generator.sheets import height

Box = tuple[float, float, float, float]


@dataclass
class Part:
    """The part of a row that stands on one page, and which lines of its label are in it."""

    page: int
    top: float
    bottom: float
    first: int = 0
    last: int = 999


def regions_of(parts: Sequence[Part]) -> list[tuple[int, float, float]]:
    """Return page, top and bottom of a cell on each page that it reaches."""
    regions: dict[int, tuple[float, float]] = {}
    for part in parts:
        top, bottom = regions.get(part.page, (part.top, part.bottom))
        regions[part.page] = min(top, part.top), max(bottom, part.bottom)
    return [(page, top, bottom) for page, (top, bottom) in regions.items()]


def rules(
    sheet: Sheet, parts: Sequence[Sequence[Part]], xs: Sequence[float], habits: frozenset[str], rng: random.Random
) -> Iterator[tuple[int, Mark]]:
    """Yield the borders of the table, each with the page on which it is drawn; ``parts`` are those of each row."""
    if "no_rules" in habits:
        return
    open_sides, open_break = "open_sides" in habits, "open_break" in habits
    boxes = list(_boxes(sheet, parts, xs))
    edges: dict[int, set[Box]] = defaultdict(set)
    for page, (x0, y0, x1, y1), (torn_above, torn_below), cuts in boxes:
        edges[page] |= {(x0, y0, x1, y0)} if not (torn_above and open_break) else set()
        edges[page] |= {(x0, y1, x1, y1)} if not (torn_below and open_break) else set()
        sides = [x for x in (x0, x1) if not (open_sides and x in (xs[0], xs[-1]))]
        edges[page] |= {(x, top, x, bottom) for x in sides for top, bottom in cuts}
    if "cell_boxes" in habits and not (open_sides or open_break):
        yield from ((page, Frame(*box)) for page, box, _, _ in boxes)
    else:
        yield from ((page, rule) for page, found in edges.items() for rule in _drawn(sorted(found), habits))
    if "framed" in habits and not open_sides:
        yield from _frames(edges, xs, rng.choice((6.0, 9.0, 14.0)))


def _boxes(
    sheet: Sheet, parts: Sequence[Sequence[Part]], xs: Sequence[float]
) -> Iterator[tuple[int, Box, tuple[bool, bool], list[tuple[float, float]]]]:
    """Yield for each cell on each page its box, whether the page's end tears it, and the rows it runs along."""
    for n, row in enumerate(sheet.rows):
        for slot in row.slots:
            rows = height(sheet, row, slot)
            own = [part for parts_of in parts[n : n + rows] for part in parts_of]
            regions = regions_of(own)
            for k, (page, top, bottom) in enumerate(regions):
                box = (xs[slot.column], top, xs[slot.column + slot.span], bottom)
                torn = k > 0, k < len(regions) - 1 and n + rows < len(sheet.rows)
                yield page, box, torn, [(part.top, part.bottom) for part in own if part.page == page]


def _drawn(found: Sequence[Box], habits: frozenset[str]) -> Iterator[Rule]:
    filled = "filled_rules" in habits
    for x0, y0, x1, y1 in found:
        yield Rule(x0, y0, x1, y1, filled)
        if "double_rules" in habits and y0 == y1:
            yield Rule(x0, y0 + 1.5, x1, y1 + 1.5, filled)


def _frames(edges: dict[int, set[Box]], xs: Sequence[float], gap: float) -> Iterator[tuple[int, Frame]]:
    """Yield a box around the table on each page."""
    for page, found in edges.items():
        top, bottom = min(edge[1] for edge in found), max(edge[3] for edge in found)
        yield page, Frame(xs[0] - gap, top - 2.5, xs[-1] + gap, bottom + 2.5)
