"""A sheet becomes a ruled table: heights of rows, merged cells, parts of it drawn on a page."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageDraw

from tests.generator.model import Sheet, Slot
from tests.generator.sheets import height
from tests.simulator.leaf import Leaf, Rect
from tests.simulator.pen import DPI, Typeface, lead, solid, width, wrap, write
from tests.simulator.style import TableStyle

_INK = 25


@dataclass
class _Box:
    """A cell over ``rows`` rows from ``row``; ``left`` are the lines of its text not yet drawn."""

    slot: Slot
    row: int
    rows: int
    lines: list[str]
    left: list[str]


class Ruled:
    """A table ready to be drawn. ``heights`` are those of its rows, from centre to centre of the rules."""

    def __init__(self, sheet: Sheet, style: TableStyle, left: int, room: int) -> None:
        self._style = style
        self._pad = round(style.pad * DPI / 72)
        self._rule = max(2, round(style.rule * DPI / 72))
        self._frame = max(self._rule, round(style.frame * DPI / 72))
        self._columns = self._edges(sheet, left, room)
        self._boxes = [self._box(sheet, n, slot) for n, row in enumerate(sheet.rows) for slot in row.slots]
        self.heights = self._heights(len(sheet.rows))
        self.heads = next((n for n, row in enumerate(sheet.rows) if row.kind == "data"), 0)
        self.cut = style.cut
        self.header_again = style.header_again and sheet.key == "applications"

    def draw(self, leaf: Leaf, top: int, first: int, last: int, *, again: bool = False) -> int:
        """Draw rows from ``first`` to before ``last`` at ``top``; return where they end. ``again`` repeats text."""
        ys = [top]
        for row in range(first, last):
            ys.append(ys[-1] + self.heights[row])
        pencil = leaf.pencil
        for box in self._boxes:
            begin, end = max(box.row, first), min(box.row + box.rows, last)
            if begin < end:
                if again:
                    box.left = list(box.lines)
                self._cell(leaf, pencil, box, ys[begin - first], ys[end - first], end == box.row + box.rows)
        self._outline(pencil, ys[0], ys[-1])
        leaf.tables.append((self._columns[0], ys[0], self._columns[-1], ys[-1]))
        return ys[-1]

    def _edges(self, sheet: Sheet, left: int, room: int) -> list[int]:
        """Return the places of the vertical rules; columns too narrow for their figures take from the widest."""
        total = sum(self._style.widths)
        widths = [part / total * room for part in self._style.widths]
        for slot in sheet.slots("value"):
            if slot.span == 1:
                lack = width(slot.text, self._style.value) + 2 * self._pad + self._rule * 2 - widths[slot.column]
                if lack > 0:
                    widths[slot.column] += lack
                    widths[widths.index(max(widths))] -= lack
        edges = [float(left)]
        for part in widths:
            edges.append(edges[-1] + part)
        return [round(edge) for edge in edges]

    def _face(self, slot: Slot) -> Typeface:
        return self._style.value if slot.role == "value" else self._style.label

    def _box(self, sheet: Sheet, number: int, slot: Slot) -> _Box:
        room = self._columns[slot.column + slot.span] - self._columns[slot.column] - 2 * self._pad - self._rule
        lines = wrap(slot.text, self._face(slot), room) if slot.text else []
        return _Box(slot, number, height(sheet, sheet.rows[number], slot), lines, list(lines))

    def _heights(self, count: int) -> list[int]:
        heights = [round(self._style.row * DPI / 72)] * count
        for box in sorted(self._boxes, key=lambda box: box.rows):
            need = len(box.lines) * self._face(box.slot).line + 2 * self._pad + self._rule
            lack = need - sum(heights[box.row : box.row + box.rows])
            if lack > 0:
                for row in range(box.row, box.row + box.rows):
                    heights[row] += -(-lack // box.rows)
        return heights

    def _inner(self, slot: Slot, top: int, bottom: int) -> Rect:
        before, after = self._rule // 2, self._rule - self._rule // 2
        left, right = self._columns[slot.column], self._columns[slot.column + slot.span]
        return left + after, top + after, right - before, bottom - before

    def _cell(self, leaf: Leaf, pencil: ImageDraw.ImageDraw, box: _Box, top: int, bottom: int, ends: bool) -> None:
        inner = self._inner(box.slot, top, bottom)
        self._rules(pencil, inner)
        if self._style.shade and box.slot.role in ("head", "line"):
            pencil.rectangle((inner[0], inner[1], inner[2] - 1, inner[3] - 1), fill=self._style.shade)
        fit = max(0, (bottom - top - 2 * self._pad) // self._face(box.slot).line)
        now = box.left if ends else box.left[:fit]
        box.left = box.left[len(now) :]
        self._text(pencil, box.slot, now, inner)
        if box.slot.key:
            leaf.cells[box.slot.key] = inner

    def _rules(self, pencil: ImageDraw.ImageDraw, inner: Rect) -> None:
        x0, y0, x1, y1 = inner
        outer = (x0 - self._rule, y0 - self._rule, x1 + self._rule - 1, y1 + self._rule - 1)
        pencil.rectangle(outer, outline=_INK, width=self._rule)

    def _outline(self, pencil: ImageDraw.ImageDraw, top: int, bottom: int) -> None:
        before, after = self._rule // 2, self._rule - self._rule // 2
        extra = self._frame - self._rule
        left, right = self._columns[0], self._columns[-1]
        outer = (left - before - extra, top - before - extra, right + after + extra - 1, bottom + after + extra - 1)
        pencil.rectangle(outer, outline=_INK, width=self._frame)

    def _text(self, pencil: ImageDraw.ImageDraw, slot: Slot, lines: list[str], inner: Rect) -> None:
        face = self._face(slot)
        spare = inner[3] - inner[1] - len(lines) * face.line
        y = inner[1] + spare / 2 + face.line * 0.5 + face.pixels * 0.37
        for line in lines:
            free = inner[2] - inner[0] - solid(line, face)
            shift = self._pad if slot.role == "label" and self._style.left_labels else free / 2 - lead(line, face)
            write(pencil, (inner[0] + shift, y), line, face)
            y += face.line
