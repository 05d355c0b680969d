"""A report becomes printed pages: title, prose, tables flowing over the ends of pages, page numbers."""

from __future__ import annotations

import random

from tests.generator.model import Draft, Section
from tests.simulator.leaf import SIZE, Leaf
from tests.simulator.pen import DPI, Typeface, width, wrap, write
from tests.simulator.ruled import Ruled
from tests.simulator.style import Style, style


def compose(draft: Draft, seed: int) -> list[Leaf]:
    """Return the pages of ``draft``, set in the style that ``seed`` picks."""
    rng = random.Random(f"style {seed}")
    chosen = style(rng, {table.key: table.widths for table in draft.form.tables})
    return _Flow(draft, chosen, rng).pages()


class _Flow:
    def __init__(self, draft: Draft, chosen: Style, rng: random.Random) -> None:
        self._draft, self._style, self._rng = draft, chosen, rng
        left, top, right, bottom = (round(margin * DPI / 72) for margin in chosen.margins)
        self._left, self._top = left, top
        self._room, self._end = SIZE[0] - left - right, SIZE[1] - bottom
        self._leaves = [Leaf()]
        self._y = top

    def pages(self) -> list[Leaf]:
        self._title()
        for text in self._draft.intro:
            self._paragraph(text)
        for section in self._draft.sections:
            self._section(section)
        self._closing()
        for number, leaf in enumerate(self._leaves, 1):
            self._page_number(leaf, number)
        return self._leaves

    @property
    def _leaf(self) -> Leaf:
        return self._leaves[-1]

    def _turn(self) -> None:
        self._leaves.append(Leaf())
        self._y = self._top

    def _line(self, text: str, face: Typeface, leading: float, align: str = "left") -> None:
        step = round(face.pixels * leading)
        if self._y + step > self._end:
            self._turn()
        free = self._room - width(text, face)
        x = self._left + {"left": 0.0, "centre": free / 2, "right": free - face.pixels * 2}[align]
        write(self._leaf.pencil, (x, self._y + step / 2 + face.pixels * 0.37), text, face)
        self._y += step

    def _title(self) -> None:
        face = self._style.title
        for text in self._draft.head:
            for line in wrap(text, face, self._room):
                self._line(line, face, 1.5, "centre")
        self._y += round(face.pixels * self._rng.uniform(0.4, 1.5))

    def _paragraph(self, text: str) -> None:
        for line in wrap("　　" + text, self._style.body, self._room):
            self._line(line, self._style.body, self._style.leading)

    def _section(self, section: Section) -> None:
        table = self._table(section)
        face = self._style.heading
        needed = round(face.pixels * self._style.leading) * 2
        if table:
            start = sum(table.heights[: table.heads + 1])
            needed += sum(table.heights) if table.cut == "whole" else start
        if self._y + needed > self._end or (table and self._style.new_page and self._y > self._top):
            self._turn()
        for line in wrap("　　" + section.heading, face, self._room):
            self._line(line, face, self._style.leading)
        for text in [*([section.remark] if section.remark else []), *section.paragraphs]:
            self._paragraph(text)
        if table:
            self._y += round(face.pixels * 0.3)
            self._rows(table)
            self._y += round(face.pixels * self._rng.uniform(0.3, 0.8))

    def _table(self, section: Section) -> Ruled | None:
        if not section.table:
            return None
        outside = round(self._rng.choice((0, 0, self._rng.uniform(4, 20))) * DPI / 72)
        left, room = self._left - outside, self._room + 2 * outside
        return Ruled(self._draft.sheets[section.table], self._style.tables[section.table], left, room)

    def _rows(self, table: Ruled) -> None:
        """Draw a table over as many pages as it takes."""
        count = len(table.heights)
        first = 0
        while first < count:
            last, y = first, self._y
            while last < count and y + table.heights[last] <= self._end:
                y += table.heights[last]
                last += 1
            if first == 0 and table.cut == "forced" and last > table.heads + 4:
                last = self._rng.randrange(table.heads + 3, last)
            last = max(last, first + 1)  # a row higher than a page runs off it
            self._y = table.draw(self._leaf, self._y, first, last)
            first = last
            if first < count:
                self._turn()
                if table.header_again:
                    self._y = table.draw(self._leaf, self._y, 0, table.heads, again=True)

    def _closing(self) -> None:
        face = self._style.body
        if self._draft.tail and self._y + round(face.pixels * 5) > self._end:
            self._turn()
        self._y += round(face.pixels * 1.5) if self._draft.tail else 0
        for text in self._draft.tail:
            self._line(text, face, self._style.leading, "right")
            self._leaf.closing = (self._left + self._room - round(face.pixels * 6), self._y - round(face.pixels))

    def _page_number(self, leaf: Leaf, number: int) -> None:
        if self._style.number:
            text = self._style.number.format(n=number)
            face = Typeface(self._style.body.cjk, self._style.body.latin, 10.5, 1.0, self._style.body.ink)
            write(leaf.pencil, ((SIZE[0] - width(text, face)) / 2, SIZE[1] - DPI * 0.55), text, face)
