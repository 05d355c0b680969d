"""Web pages whose tables have rows and cells that went, came, or ran together, with figures that all differ."""

from __future__ import annotations

import random
from collections.abc import Callable

from parser.templates.load import template
from tests.extract.lost_labels import Damaged, what_is_left
from tests.extract.snippets import numbered
from tests.generator.layout_page import html_table
from tests.generator.model import Sheet, SheetRow, Slot
from tests.generator.sheets import sheets

Due = dict[str, str]
_MOST = 3  # blows to one report


def reshaped(seed: int, way: str) -> Damaged:
    """Return the page that ``seed`` damages in one of SHAPES, once or a few times; what no longer says is not due."""
    rng = random.Random(f"{way} {seed}")
    form = rng.choice(("2021", "2019"))
    due: Due = numbered(form)
    drawn = sheets(template(form), due)
    for damage in (_leave_blank, SHAPES[way]):
        for _ in range(rng.randint(1, _MOST)):
            damage(rng.choice(list(drawn.values())), rng, due)
    lines = ["<html><body><h1>清河市水务局2023年政府信息公开工作年度报告</h1>"]
    tables = {table.section: drawn[table.key] for table in template(form).tables}
    for section in template(form).sections:
        lines.append(f"<p>{section.ordinal}、{section.title.text}</p>")
        if section.number in tables:
            rows = html_table(tables[section.number], rng)
            lines += ["<table>", *(line for row in rows for line in row), "</table>"]
        else:
            lines.append("<p>全局上下做了大量工作，取得了一定成效。</p>")
    return Damaged("\n".join([*lines, "</body></html>"]), due, way)


def _leave_blank(sheet: Sheet, rng: random.Random, due: Due) -> None:
    share = rng.choice((0.0, 0.5, 1.0))
    for slot in rng.choice(_filled(sheet)).values:
        if slot.key and rng.random() < share:
            slot.text = due[slot.key] = ""


def _filled(sheet: Sheet) -> list[SheetRow]:
    return [row for row in sheet.rows if row.values]


def _blank_cell_gone(sheet: Sheet, rng: random.Random, due: Due) -> None:
    row = rng.choice(_filled(sheet))
    slot = rng.choice(row.values)
    if len(row.values) > 1 and slot.key:
        due[slot.key] = ""
        row.slots.remove(slot)


def _cell_more(sheet: Sheet, rng: random.Random, due: Due) -> None:
    row = rng.choice(_filled(sheet))
    at = row.slots.index(rng.choice(row.values)) + rng.randint(0, 1)
    row.slots.insert(at, Slot("", "value", row.slots[at - 1].column))


def _cells_joined(sheet: Sheet, rng: random.Random, due: Due) -> None:
    row = rng.choice(_filled(sheet))
    values = row.values
    if len(values) > 1:
        at = rng.randrange(len(values) - 1)
        values[at].text += rng.choice((" ", "\n", "、", "/")) + values[at + 1].text
        values[at].span += rng.choice((0, values[at + 1].span))
        row.slots.remove(values[at + 1])


def _rows_joined(sheet: Sheet, rng: random.Random, due: Due) -> None:
    pairs = [(a, b) for a, b in zip(sheet.rows, sheet.rows[1:], strict=False) if a.label and b.label]
    pairs = [(a, b) for a, b in pairs if len(a.slots) == len(b.slots) == len(a.values) + 1]
    if pairs:
        upper, lower = rng.choice(pairs)
        is_plain = all(slot.text for slot in upper.values)  # else its label alone says that all is its own
        for one, other in zip(upper.values, lower.values, strict=True):
            one.text = f"{one.text}\n{other.text}"
        if upper.label and lower.label and (rng.random() < 0.6 or not is_plain):
            upper.label.text += f"\n{lower.label.text}"
        sheet.rows.remove(lower)


def _column_gone(sheet: Sheet, rng: random.Random, due: Due) -> None:
    width = max(len(row.values) for row in sheet.rows)
    at = rng.randrange(width)
    for row in _filled(sheet):
        if width > 1 and len(row.values) == width:
            due.pop(row.values[at].key or "", None)
            row.slots.remove(row.values[at])


def _column_more(sheet: Sheet, rng: random.Random, due: Due) -> None:
    """Add a column that the form does not have on one side of the figures: units, remarks, shares."""
    says, is_left = rng.choice(("件", "无", "/", "12%", "9")), rng.random() < 0.5
    for row in _filled(sheet) if sheet.key != "remedies" else ():
        at = row.slots.index(row.values[0]) if is_left else len(row.slots)
        row.slots.insert(at, Slot(says, "extra", row.slots[at - 1].column))


def _row_gone(sheet: Sheet, rng: random.Random, due: Due) -> None:
    row = rng.choice(_filled(sheet))
    if len(_filled(sheet)) > 1 and not any(slot.role == "group" for slot in row.slots):
        for key in row.keys:
            due.pop(key, None)
        sheet.rows.remove(row)


def _rows_moved(sheet: Sheet, rng: random.Random, due: Due) -> None:
    """Put a row in the place of another, mostly this one in its own, and leave out the label of one."""
    plain = [row for row in _filled(sheet) if row.label and all(slot.role != "group" for slot in row.slots)]
    if len(plain) > 1:
        one, other = (sheet.rows.index(row) for row in rng.sample(plain, 2))
        moved = sheet.rows.pop(one)
        sheet.rows.insert(other, moved)
        if rng.random() < 0.6:
            sheet.rows.insert(one, sheet.rows.pop(other + (1 if one > other else -1)))
        label = rng.choice((moved, sheet.rows[one])).label
        if label:
            label.text = ""


def _labels_gone(sheet: Sheet, rng: random.Random, due: Due) -> None:
    labels = list(sheet.slots("label"))
    for slot in rng.sample(labels, min(len(labels), rng.randint(1, 2))):
        slot.text = what_is_left(slot.text, rng) if slot.text else ""


def _heads_garbled(sheet: Sheet, rng: random.Random, due: Due) -> None:
    for slot in sheet.slots("head", "line", "group"):
        if rng.random() < 0.4:
            slot.text = what_is_left(slot.text, rng) if slot.text else ""


SHAPES: dict[str, Callable[[Sheet, random.Random, Due], None]] = {
    "blank cell gone": _blank_cell_gone,
    "cell more": _cell_more,
    "cells joined": _cells_joined,
    "rows joined": _rows_joined,
    "column gone": _column_gone,
    "column more": _column_more,
    "row gone": _row_gone,
    "labels gone": _labels_gone,
    "rows moved": _rows_moved,
    "heads garbled": _heads_garbled,
}
