"""How an office sets its report: faces, sizes, rules, widths. Drawn once a report."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.simulator.fonts import Face, faces
from tests.simulator.pen import Typeface

PAGE_NUMBERS = ("", "{n}", "- {n} -", "— {n} —", "第 {n} 页")
# relative widths of table 3: those of the blank form, and others that fit its labels
_APPLICATIONS = ((7, 9, 33, 7, 7, 7, 7, 7, 7, 7), (5, 8, 28, 9, 8, 8, 8, 8, 8, 9), (5, 6, 24, 9, 9, 9, 9, 9, 9, 9))


@dataclass(frozen=True)
class TableStyle:
    """A table: measures in points; ``widths`` are relative, ``cut`` says how it goes over the end of a page."""

    label: Typeface
    value: Typeface
    widths: tuple[float, ...]
    row: float
    pad: float
    rule: float
    frame: float
    shade: int | None
    left_labels: bool
    cut: str  # flow, whole, forced
    header_again: bool


@dataclass(frozen=True)
class Style:
    """A report: margins in points (left, top, right, bottom), faces, the styles of its tables."""

    margins: tuple[float, float, float, float]
    title: Typeface
    heading: Typeface
    body: Typeface
    leading: float
    number: str
    new_page: bool  # before every table's section
    tables: dict[str, TableStyle]


def style(rng: random.Random, widths: dict[str, tuple[int, ...]]) -> Style:
    """Return a style; ``widths`` are the relative column widths of the blank form by table."""
    found = faces()
    ink = rng.randint(8, 55)
    side = rng.uniform(56, 92)
    prose = rng.choice(found.serif + found.sans)
    latin = _latin(rng, prose)
    body = Typeface(prose, latin, rng.choice((12, 14, 14, 15, 16, 16)), 1.0, ink)
    table_face = rng.choice(found.serif * 2 + found.sans)
    figures = _latin(rng, table_face)
    squeeze = 1.0 if rng.random() < 0.5 else rng.uniform(0.82, 0.97)
    label = Typeface(table_face, figures, rng.choice((9, 9.5, 10, 10, 10.5, 10.5, 11, 12)), 1.0, ink)
    base = _table(rng, label, squeeze)
    tables = {key: _variant(rng, base, key, relative) for key, relative in widths.items()}
    return Style(
        (side, rng.uniform(62, 100), side * rng.uniform(0.9, 1.1), rng.uniform(62, 95)),
        Typeface(rng.choice(found.bold), latin, rng.choice((18, 20, 22, 22)), 1.0, ink),
        Typeface(rng.choice(found.bold + found.sans), latin, body.size, 1.0, ink),
        body,
        rng.uniform(1.35, 1.9),
        rng.choice(PAGE_NUMBERS),
        rng.random() < 0.3,
        tables,
    )


def _latin(rng: random.Random, cjk: Face) -> Face:
    """Return a face for figures: often the Chinese one's own."""
    others = faces().latin
    return cjk if not others or rng.random() < 0.4 else rng.choice(others)


def _table(rng: random.Random, label: Typeface, squeeze: float) -> TableStyle:
    rule = rng.uniform(0.5, 1.0) if rng.random() < 0.8 else rng.uniform(1.0, 1.5)
    size = min(14.0, max(9.0, label.size + rng.choice((-0.5, 0, 0, 0, 0.5, 1, 2))))
    return TableStyle(
        label,
        replace(label, size=size, squeeze=squeeze),
        (),
        rng.uniform(17, 27),
        rng.uniform(1.5, 5),
        rule,
        rule if rng.random() < 0.7 else rule + rng.uniform(0.5, 1.2),
        rng.randint(215, 245) if rng.random() < 0.2 else None,
        rng.random() < 0.6,
        rng.choices(("flow", "whole", "forced"), (50, 30, 20))[0],
        rng.random() < 0.4,
    )


def _variant(rng: random.Random, base: TableStyle, key: str, relative: tuple[int, ...]) -> TableStyle:
    chosen = rng.choice(_APPLICATIONS) if key == "applications" else relative
    widths = [part * rng.uniform(0.93, 1.07) for part in chosen]
    if key == "proactive":
        widths[0] *= rng.uniform(0.9, 1.6)
        larger = rng.choice((0, 0, 1, 2))
        grown = {"label": replace(base.label, size=base.label.size + larger)}
        return replace(base, widths=tuple(widths), row=base.row * rng.uniform(1, 1.3), cut="flow", **grown)
    if key == "remedies":
        small = min(base.value.size, 11.0)
        row = base.row * rng.uniform(1, 1.5)
        face = replace(base.label, size=min(base.label.size, 10.5))
        return replace(base, widths=tuple(widths), row=row, label=face, value=replace(base.value, size=small))
    return replace(base, widths=tuple(widths))
