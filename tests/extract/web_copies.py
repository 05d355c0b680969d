"""Web pages copied as text by programs that close every cell with a pipe, of forms in which cells were left empty."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from parser.templates.load import template
from tests.extract.lost_labels import Damaged
from tests.extract.snippets import numbered
from tests.generator.layout_tabs import inline
from tests.generator.layouts import LAYOUTS
from tests.generator.model import Sheet, SheetRow, Slot
from tests.generator.sheets import sheets

Due = dict[str, str]
Lines = list[list[str]]
_GROUP = 5  # figures of table four between two totals


def web_copy(seed: int, way: str) -> Damaged:
    """Return the copy made in one of COPIES of a form whose cells ``seed`` leaves empty, and what is due."""
    rng = random.Random(f"{way} {seed}")
    form = rng.choice(("2021", "2019"))
    due: Due = numbered(form)
    drawn = sheets(template(form), due)
    empty = rng.choice(_EMPTY)
    for sheet in drawn.values():
        for slots in (part for row in sheet.rows for part in _with_totals(row)):
            _leave_empty([slots[n] for n in empty(len(slots), rng)], due)
            _add_up(slots, due)
    lines = ["清河市水务局2023年政府信息公开工作年度报告"]
    tables = {table.section: drawn[table.key] for table in template(form).tables}
    for section in template(form).sections:
        lines.append(f"{section.ordinal}、{section.title.text}")
        if section.number in tables:
            lines += [line for block in COPIES[way](tables[section.number], rng) for line in block]
        else:
            lines.append("全局上下做了大量工作，取得了一定成效。")
    ends = "\n" * _LINE_ENDS.get(way, 1)
    of_empty = ends if way in _EMPTY_PARAGRAPHS else "\n"
    return Damaged("".join(line + (ends if line else of_empty) for line in lines), due, way)


def _with_totals(row: SheetRow) -> list[list[Slot]]:
    """Return the row's values, those of table four by the totals at their ends."""
    values = row.values
    size = _GROUP if len(values) > 2 * _GROUP else len(values)
    return [values[n : n + size] for n in range(0, len(values), size or 1)]


# ── which of so many cells are left empty ────────────────────────────────────────────
def _all_but_the_total(count: int, _: random.Random) -> Sequence[int]:
    return range(count - 1)


def _all_but_the_first_and_the_total(count: int, _: random.Random) -> Sequence[int]:
    return range(1, count - 1)


def _some(count: int, rng: random.Random) -> Sequence[int]:
    return [n for n in range(count - 1) if rng.random() < 0.3]


def _some_rows(count: int, rng: random.Random) -> Sequence[int]:
    return range(count) if rng.random() < 0.5 else []


_EMPTY = (_all_but_the_total, _all_but_the_first_and_the_total, _some, _some_rows)


def _leave_empty(slots: Sequence[Slot], due: Due) -> None:
    for slot in slots:
        if slot.key:
            slot.text = due[slot.key] = ""


def _add_up(slots: Sequence[Slot], due: Due) -> None:
    """Let the last figure be the sum of the others where a total is due."""
    *parts, total = slots
    figures = [int(slot.text) for slot in parts if slot.text]
    if total.key and total.key.endswith(".total") and figures:
        total.text = due[total.key] = str(sum(figures))


# ── how the copies are written ───────────────────────────────────────────────────────
def _blanks_last_a_cell_a_line(sheet: Sheet, _: random.Random) -> Lines:
    """Empty cells are left out, and as many pipes as the row lacks cells stand at its end."""
    return [[*(f"{text} |" for text in _filled(row)), "|" * (sheet.width - len(_filled(row)))] for row in sheet.rows]


def _blanks_last_a_row_a_line(sheet: Sheet, _: random.Random) -> Lines:
    return [["".join(f"{text} | " for text in _filled(r)) + "|" * (sheet.width - len(_filled(r)))] for r in sheet.rows]


def _a_cell_a_line_between_pipes(sheet: Sheet, _: random.Random) -> Lines:
    """A pipe begins the row on a line of its own, and every cell ends with one."""
    return [["| ", *(f" {inline(slot.text)}  | " for slot in row.slots)] for row in sheet.rows]


def _opened_by_a_pipe(sheet: Sheet, _: random.Random) -> Lines:
    return [opened_row(row.slots) for row in sheet.rows]


def opened_row(slots: Sequence[Slot]) -> list[str]:
    """Return the lines of a row that a pipe of its own opens; another stands for every column that a cell spans."""
    return ["|", *(f"{inline(slot.text)} | {'|' * (slot.span - 1)}".strip() for slot in slots)]


def _begun_by_a_pipe(sheet: Sheet, _: random.Random) -> Lines:
    """A pipe stands before the first cell, and one on a line of its own behind every cell."""
    return [_begun([inline(slot.text) for slot in row.slots], sheet.width) for row in sheet.rows]


def _begun_blanks_last(sheet: Sheet, _: random.Random) -> Lines:
    return [_begun(_filled(row), sheet.width) for row in sheet.rows]


def _begun(cells: Sequence[str], width: int) -> list[str]:
    lines = [line for n, text in enumerate(cells) for line in ([f"| {text}" if n == 0 else text, "|"] if text else "|")]
    return [*lines, "|" * (width - len(cells))] if len(cells) < width else lines


def _in_tabs(sheet: Sheet, _: random.Random) -> Lines:
    """Every cell ends with a pipe, the last on the next line, and all but the first are indented."""
    return [_indented([inline(slot.text) for slot in row.slots]) for row in sheet.rows]


def _in_tabs_blanks_gone(sheet: Sheet, _: random.Random) -> Lines:
    return [_indented(_filled(row)) for row in sheet.rows]


def _indented(cells: Sequence[str]) -> list[str]:
    margins = ["", *["\t\t\t"] * (len(cells) - 1)]
    lines = [f"{margin}{text}  | " for margin, text in zip(margins, cells, strict=False)]
    return [*lines[:-1], lines[-1].removesuffix("  | "), "   | ", "\t\t"] if lines else []


def _a_cell_a_line(sheet: Sheet, _: random.Random) -> Lines:
    """Nothing but line ends part the cells; an empty one leaves one more."""
    return [[inline(slot.text) for slot in row.slots] for row in sheet.rows]


def _filled(row: SheetRow) -> list[str]:
    return [inline(slot.text) for slot in row.slots if slot.text]


def _in_layout(name: str) -> Callable[[Sheet, random.Random], Lines]:
    return LAYOUTS[name].render


COPIES: dict[str, Callable[[Sheet, random.Random], Lines]] = {
    "blanks last, cells": _blanks_last_a_cell_a_line,
    "blanks last, rows": _blanks_last_a_row_a_line,
    "between pipes": _a_cell_a_line_between_pipes,
    "opened by a pipe": _opened_by_a_pipe,
    "begun by a pipe": _begun_by_a_pipe,
    "begun, blanks last": _begun_blanks_last,
    "in tabs": _in_tabs,
    "in tabs, no blanks": _in_tabs_blanks_gone,
    "closed by pipes": _in_layout("cell_closed_by_pipe"),
    "cell, then pipe": _in_layout("cell_and_pipe_alternate"),
    "broken by empty": _in_layout("pipes_broken_by_empty"),
    "pipes and extras": _in_layout("pipes_with_extras"),
    "two line ends": _a_cell_a_line,
    "three line ends": _a_cell_a_line,
    "empty paragraphs": _a_cell_a_line,
}
_LINE_ENDS = {"two line ends": 2, "three line ends": 3, "empty paragraphs": 2}  # part the cells, otherwise one
_EMPTY_PARAGRAPHS = ("empty paragraphs",)  # where as many stand behind an empty cell as behind others
