"""Reports with rows left blank in which the labels of one row, or of two below each other, are lost or ran together."""

from __future__ import annotations

import random
from dataclasses import dataclass

from parser.templates.load import template
from tests.extract.snippets import numbered, written
from tests.generator.layouts import LAYOUTS

WAYS = ("one label", "two labels", "lines run together", "blanks alone")
_LAYOUTS = tuple(name for name in LAYOUTS if name not in ("html", "html_bare"))  # those made of plain text
_BLANK_ROWS, _PARTLY = 0.15, 0.15


@dataclass(frozen=True)
class Damaged:
    """A report's text, what its cells hold by key, and how it was laid out or damaged."""

    text: str
    due: dict[str, str]
    layout: str


def lost_labels(seed: int, way: str) -> Damaged:
    """Return the report that ``seed`` damages in one of WAYS; the same seed gives the same report."""
    rng = random.Random(f"{way} {seed}")
    form, layout = rng.choice(("2021", "2019")), rng.choice(_LAYOUTS)
    rows = [(table, block, row) for table in template(form).tables[:2] for block in table.blocks for row in block.rows]
    blanks: dict[str, str] = {}
    for table, block, row in rows:
        share = 1.0 if rng.random() < _BLANK_ROWS else 0.5 if rng.random() < _PARTLY else 0.0
        keys = [f"{table.key}.{row.key}.{column.key}" for column in block.columns]
        blanks |= {key: "" for key in keys if rng.random() < share}
    text = written(form=form, values=blanks, layout=layout)
    n = rng.choice([n for n in range(len(rows) - 1) if all(_is_once(text, rows[m][2].label.text) for m in (n, n + 1))])
    upper, lower = (rows[m][2].label.text for m in (n, n + 1))
    if way == "lines run together":
        end = text.rfind("\n", 0, text.index(lower))
        text = text[:end] + rng.choice((" ", "\t", "")) + text[end + 1 :]
    for label in {"one label": (lower,), "two labels": (upper, lower)}.get(way, ()):
        text = text.replace(label, what_is_left(label, rng))
    return Damaged(text, numbered(form) | blanks, layout)


def _is_once(text: str, label: str) -> bool:
    return text.count(label) == 1


def what_is_left(label: str, rng: random.Random) -> str:
    """Return nothing of a label, some of its characters, or others in their places."""
    few, start = rng.randint(1, 3), rng.randrange(len(label))
    choices = (
        "",
        "□",
        label[:few],
        label[-few:],
        label[start : start + few],
        "".join(c if rng.random() < 0.3 else rng.choice("口日目一丨乙") for c in label),
        "".join(c for c in label if rng.random() < 0.4),
    )
    return rng.choice(choices)
