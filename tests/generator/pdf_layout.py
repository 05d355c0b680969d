"""A filled report flows down a column of pages: paragraphs wrapped, tables torn where the page ends."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.generator.model import Draft, Sheet, SheetRow, Slot
from tests.generator.pdf_paint import Ink, Mark, Paper, advance
from tests.generator.pdf_rules import Box, Part, regions_of, rules
from tests.generator.sheets import height

__all__ = ["Column", "Paper", "flow"]
_PAD = 4.0  # points beside and above the text of a cell
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Column:
    """Where on a page text may stand, and the size of its letters, in points."""

    left: float
    right: float
    top: float
    bottom: float
    size: float


@dataclass
class Page:
    """What was put on a page, and the boxes of the value cells on it by their keys."""

    marks: list[Mark] = field(default_factory=list)
    boxes: dict[str, Box] = field(default_factory=dict)


def flow(draft: Draft, rng: random.Random, habits: frozenset[str], column: Column) -> list[Page]:
    """Return the pages of a report."""
    return _Flow(draft, rng, habits, column).run()


class _Flow:
    def __init__(self, draft: Draft, rng: random.Random, habits: frozenset[str], column: Column) -> None:
        self._draft, self._rng, self._habits, self._column = draft, rng, habits, column
        self._pages = [Page()]
        self._y = column.top
        self._bottom = self._new_bottom()
        self._serif = "serif" in habits

    def run(self) -> list[Page]:
        draft, size = self._draft, self._column.size
        for line in draft.head:
            self._paragraph(line, size * 1.4, centred=True)
        for text in draft.intro:
            self._paragraph("　　" + text)
        for section in draft.sections:
            self._paragraph(section.heading, size * 1.15)
            for text in ([section.remark] if section.remark else []) + section.paragraphs:
                self._paragraph("　　" + text)
            if section.table:
                self._table(draft.sheets[section.table])
        for line in draft.tail:
            self._paragraph(line, right=True)
        self._margins()
        return self._pages

    def _new_bottom(self) -> float:
        column = self._column
        if "early_break" in self._habits:
            return column.bottom - self._rng.uniform(0, 0.35) * (column.bottom - column.top)
        return column.bottom

    def _next_page(self) -> None:
        self._pages.append(Page())
        self._y = self._column.top
        self._bottom = self._new_bottom()

    def _width(self, text: str, size: float) -> float:
        return sum(advance(sign, size, self._serif) for sign in text)

    def _wrap(self, text: str, width: float, size: float) -> list[str]:
        lines = [""]
        for sign in text:
            if sign == "\n" or (lines[-1] and self._width(lines[-1] + sign, size) > width):
                lines.append("")
            if sign != "\n":
                lines[-1] += sign
        return lines

    def _paragraph(self, text: str, size: float | None = None, *, centred: bool = False, right: bool = False) -> None:
        size = size or self._column.size
        left, wide = self._column.left, self._column.right - self._column.left
        for line in self._wrap(text, wide, size):
            if self._y + 1.6 * size > self._bottom:
                self._next_page()
            room = wide - self._width(line, size)
            self._ink(left + (room / 2 if centred else room if right else 0), self._y + 0.2 * size, line, size)
            self._y += 1.6 * size
        self._y += 0.3 * size

    def _ink(self, x: float, y: float, text: str, size: float, page: int = -1) -> None:
        self._pages[page].marks.append(Ink(x, y, text, size, serif=self._serif))
        if "fake_bold" in self._habits:
            self._pages[page].marks.append(Ink(x + 0.25, y, text, size, serif=self._serif))

    def _table(self, sheet: Sheet) -> None:
        xs = self._columns(sheet)
        labels = {id(row): self._label_lines(row, xs) for row in sheet.rows}
        heights = [self._height(sheet, row, xs, len(labels[id(row)])) for row in sheet.rows]
        self._stretch(sheet, xs, heights)
        heads = next((n for n, row in enumerate(sheet.rows) if row.kind == "data"), 0)
        again = "header_again" in self._habits and sheet.key == "applications"
        parts: list[list[Part]] = []
        for n, row in enumerate(sheet.rows):
            parts.append(self._place(heights[n], len(labels[id(row)]), keep=n < heads))
            turned_page = n >= heads and n > 0 and parts[n][0].page != parts[n - 1][-1].page
            if again and turned_page and heads:
                self._y = self._column.top
                head = [[Part(len(self._pages) - 1, *self._take(h))] for h in heights[:heads]]
                self._draw(Sheet(sheet.key, sheet.width, sheet.rows[:heads]), head, xs, labels)
                parts[n] = [Part(len(self._pages) - 1, *self._take(heights[n]))]
        self._draw(sheet, parts, xs, labels)
        self._y += self._column.size

    def _take(self, high: float) -> tuple[float, float]:
        self._y += high
        return self._y - high, self._y

    def _columns(self, sheet: Sheet) -> list[float]:
        rng = self._rng
        shares = [rng.uniform(0.9, 1.2) for _ in range(sheet.width)]
        if sheet.key == "applications":
            shares[:3] = [rng.uniform(0.7, 1.0), rng.uniform(0.7, 1.1), rng.uniform(2.0, 4.0)]
        elif sheet.key == "proactive":
            shares[0] = rng.uniform(1.2, 2.5)
        total, xs = sum(shares), [self._column.left]
        for share in shares:
            xs.append(xs[-1] + share / total * (self._column.right - self._column.left))
        return xs

    def _label_lines(self, row: SheetRow, xs: list[float]) -> list[str]:
        return [] if row.label is None else self._slot_lines(row.label, xs)

    def _slot_lines(self, slot: Slot, xs: list[float]) -> list[str]:
        width = xs[slot.column + slot.span] - xs[slot.column] - 2 * _PAD
        return self._wrap(slot.text, width, self._column.size)

    def _height(self, sheet: Sheet, row: SheetRow, xs: list[float], label_lines: int) -> float:
        own = [slot for slot in row.slots if slot.role != "group" and height(sheet, row, slot) == 1]
        most = max([label_lines, 1, *(len(self._slot_lines(slot, xs)) for slot in own)])
        return most * 1.35 * self._column.size + 2 * _PAD + self._rng.choice((0, 0, 3, 6))

    def _stretch(self, sheet: Sheet, xs: list[float], heights: list[float]) -> None:
        """Make the last row of a merged cell as high as its label needs."""
        for n, row in enumerate(sheet.rows):
            for slot in row.slots:
                rows = height(sheet, row, slot)
                lines = (
                    len(slot.text) if slot.role == "group" and self._stacks(slot) else len(self._slot_lines(slot, xs))
                )
                if slot.role == "group" and "turned_groups" in self._habits and not self._stacks(slot):
                    lines = int(self._width(slot.text, 1)) + 1
                due = lines * 1.35 * self._column.size + 2 * _PAD
                heights[n + rows - 1] += max(0.0, due - sum(heights[n : n + rows]))

    def _stacks(self, slot: Slot) -> bool:
        return "stacked_groups" in self._habits and slot.span == 1

    def _place(self, high: float, lines: int, *, keep: bool) -> list[Part]:
        """Return where a row goes: on this page, torn at its end, or on the next."""
        if self._y + high <= self._bottom:
            return [Part(len(self._pages) - 1, *self._take(high))]
        step = 1.35 * self._column.size
        fitting = int((self._bottom - self._y - 2 * _PAD) / step)
        if "torn_rows" not in self._habits or keep or lines < 2 or fitting < 1 or fitting >= lines:
            self._next_page()
            return [Part(len(self._pages) - 1, *self._take(high))]
        above = Part(len(self._pages) - 1, *self._take(fitting * step + 2 * _PAD), 0, fitting)
        self._next_page()
        return [above, Part(len(self._pages) - 1, *self._take((lines - fitting) * step + 2 * _PAD), fitting)]

    def _draw(self, sheet: Sheet, parts: list[list[Part]], xs: list[float], labels: dict[int, list[str]]) -> None:
        for n, row in enumerate(sheet.rows):
            for slot in row.slots:
                rows = height(sheet, row, slot)
                regions = regions_of([part for parts_of in parts[n : n + rows] for part in parts_of])
                left, right = xs[slot.column], xs[slot.column + slot.span]
                if slot.role == "value":
                    page, top, bottom = regions[-1 if "values_below" in self._habits else 0]
                    self._value(slot, page, (left, top, right, bottom))
                elif slot is row.label:
                    for part in parts[n]:
                        lines = labels[id(row)][part.first : part.last]
                        self._lines(lines, part.page, (left, part.top, right, part.bottom), centred=False)
                else:
                    self._merged(slot, regions, left, right, xs)
        for page, mark in rules(sheet, parts, xs, self._habits, self._rng):
            self._pages[page].marks.append(mark)

    def _value(self, slot: Slot, page: int, box: Box) -> None:
        left, top, right, bottom = box
        if slot.key:
            self._pages[page].boxes[slot.key] = box
        text = slot.text.translate(_WIDE) if "wide_digits" in self._habits else slot.text
        size = self._column.size
        if self._width(text, size) > right - left - 2:
            size *= (right - left - 2) / self._width(text, size)
        x, y = left + (right - left - self._width(text, size)) / 2, (top + bottom) / 2 - 0.675 * size
        for sign, at in self._pieces(text, x, size):
            self._ink(at, y, sign, size, page)
        if "hidden_text" in self._habits and self._rng.random() < 0.3:
            self._pages[page].marks.append(Ink(left + 2, top + 2, "86", size, colour="white"))
            self._pages[page].marks.append(Ink(right - 4, top + 3, "7", 0.9))

    def _pieces(self, text: str, x: float, size: float) -> list[tuple[str, float]]:
        if "kerned" not in self._habits:
            return [(text, x)] if text else []
        pieces = []
        for sign in text:
            pieces.append((sign, x))
            x += self._width(sign, size) + self._rng.uniform(-0.04, 0.1) * size
        return pieces

    def _lines(self, lines: list[str], page: int, box: Box, *, centred: bool) -> None:
        left, top, right, bottom = box
        step = 1.35 * self._column.size
        y = (top + bottom - len(lines) * step) / 2
        for line in lines:
            room = right - left - 2 * _PAD - self._width(line, self._column.size)
            self._ink(left + _PAD + (room / 2 if centred else 0), y + 0.1 * step, line, self._column.size, page)
            y += step

    def _merged(
        self, slot: Slot, regions: list[tuple[int, float, float]], left: float, right: float, xs: list[float]
    ) -> None:
        """Draw the text of a cell over several rows: on its first pages as much as fits, the rest on the next."""
        size, step = self._column.size, 1.35 * self._column.size
        if slot.role == "group" and "turned_groups" in self._habits and not self._stacks(slot):
            page, top, bottom = max(regions, key=lambda region: region[2] - region[1])
            need = self._width(slot.text, size)
            if need <= bottom - top:
                x, y = (left + right) / 2 - 0.6 * size, (top + bottom + need) / 2
                self._pages[page].marks.append(Ink(x, y, slot.text, size, turned=True, serif=self._serif))
                return
        lines = list(slot.text) if slot.role == "group" and self._stacks(slot) else self._slot_lines(slot, xs)
        for n, (page, top, bottom) in enumerate(regions):
            fitting = max(0, int((bottom - top - _PAD) / step)) if n < len(regions) - 1 else len(lines)
            self._lines(lines[:fitting], page, (left, top, right, bottom), centred=True)
            lines = lines[fitting:]

    def _margins(self) -> None:
        """Put page numbers and a running title on the pages."""
        rng, column = self._rng, self._column
        pattern = rng.choice(("— {} —", "- {} -", "{}", "第{}页", "第{}页 共{}页", "{}/{}"))
        title = self._draft.head[-1] if self._draft.head else "年度报告"
        for n, page in enumerate(self._pages, 1):
            middle = (column.left + column.right) / 2
            if "page_numbers" in self._habits:
                page.marks.append(Ink(middle - 10, column.bottom + 22, pattern.format(n, len(self._pages)), 9))
            if "running_title" in self._habits:
                page.marks.append(Ink(column.left, column.top - 30, title[:30], 8))
