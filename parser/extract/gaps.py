"""Rows of the form whose labels were not found, and the unknown rows that stand in their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from rapidfuzz import fuzz

from parser.extract.align import SURE, Alignment
from parser.extract.bodies import Body, figures_of, rows_of, until_next, words_of
from parser.extract.columns import RowShape
from parser.extract.elements import Element, Kind, chunks, elements, own_elements
from parser.extract.rows import lost, place_values
from parser.extract.unread_labels import lines_of, placed_rows
from parser.extract.values import with_doubt
from parser.model.report import ABSENT, Cell, CellKey, Reason
from parser.model.template import Block, Row, Table
from parser.templates.labels import normalise, wordings

_RESEMBLING = 60  # rapidfuzz ratio; the row's place between its neighbours is evidence already
_FIGURES = re.compile(r"\s\d[\d,.]*\s*$")  # behind words
_ORDINAL = re.compile(r"^[（(]?\s*[一二三四五六七八九十\d]{1,2}\s*[)）.．、]?")
_DIGIT = re.compile(r"\d")
_NEXT = 2  # so many rows may be in one part of which only the first was told from the one above
UNNAMED_NOTE = "这一行的标签无法辨认，按前后行的位置归到本行"
DISPLACED_NOTE = "本行的标签出现在格式规定的次序之外"
RIVAL_NOTE = "另有一行标签残缺，可能就是本行"
GAP_NOTE = "原文此处有无法辨认的内容，可能就是本行"


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive rows of the form without a label, and the parts with values that stand between their neighbours.

    ``slots`` are the numbers of the rows in whose place the unknown ones stand, none where that cannot be told;
    ``others`` are unknown, too, and not placed. ``above`` and ``below`` are the neighbours, the known rows before and
    after, None at the table's ends, ``sharing`` the keys of the gap's rows that seem to have run together with each.
    ``hidden``: the figures of the one above may be those of the first rows of the gap. ``named``: the keys of rows
    whose label stands there but for its number.
    """

    rows: tuple[tuple[Row, Block], ...]
    strangers: tuple[Sequence[Element], ...]
    slots: tuple[int, ...] = ()
    others: tuple[Sequence[Element], ...] = ()
    above: tuple[Row, Block] | None = None
    below: tuple[Row, Block] | None = None
    sharing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    hidden: bool = False
    named: frozenset[str] = frozenset()

    @property
    def orphans(self) -> tuple[Sequence[Element], ...]:
        """Unknown rows that no row of the form accounts for."""
        return self.others if self.slots else self.strangers

    @property
    def extra_rows(self) -> tuple[str, ...]:
        """The wording of the orphans, where there is any, and their figures."""
        return tuple(f"{words}{figures_of(part)}" for part in self.orphans if (words := words_of(part)))


def in_their_places(alignment: Alignment, table: Table, bodies: Sequence[Body]) -> list[Body]:
    """Return the bodies without those whose garbled label took the place of another row's.

    Then there is an unknown row too many on one side of it and one too few on the other, and with it taken for an
    unknown one, too, there are as many as rows are missing.
    """
    kept = list(bodies)
    for body in bodies:
        if body.match.similarity < SURE:
            around = [g for g in gaps_of(alignment, table, kept) if (body.row, body.block) in (g.above, g.below)]
            missing, unknown = sum(len(gap.rows) for gap in around), sum(len(gap.strangers) for gap in around)
            is_even = missing == unknown and any(gap.orphans or len(gap.rows) > len(gap.strangers) for gap in around)
            if is_even or _is_out_of_place(around, body):
                kept.remove(body)
    return kept


def _is_out_of_place(around: Sequence[Gap], body: Body) -> bool:
    """Whether more lines of the table stand on one side of a row than the form has rows there, and not on both."""
    if not body.is_line:
        return False
    sides = [(len(lines_of(gap.strangers, len(body.block.columns))), len(gap.rows)) for gap in around]
    lines, rows = (sum(counts) for counts in zip(*sides, strict=True)) if sides else (0, 0)
    return lines <= rows and any(own > room for own, room in sides)


def gaps_of(alignment: Alignment, table: Table, bodies: Sequence[Body]) -> Iterator[Gap]:
    """Yield the gaps between known rows, in order; a gap without rows may still hold unknown ones."""
    found = {body.row.key: body for body in bodies}
    missing: list[tuple[Row, Block]] = []
    last: Body | None = None
    for row, block in rows_of(table):
        body = found.get(row.key)
        if body is None:
            missing.append((row, block))
            continue
        yield _gap(alignment, table, found, missing, last, body)
        missing, last = [], body
    yield _gap(alignment, table, found, missing, last, None)


def _gap(
    alignment: Alignment,
    table: Table,
    found: Mapping[str, Body],
    missing: Sequence[tuple[Row, Block]],
    last: Body | None,
    body: Body | None,
) -> Gap:
    """Return the gap between two known rows, None at the table's ends."""
    start, end = last.match.start if last else -1, body.match.start if body else len(alignment.pieces)
    parts = _parts_between(alignment, table, found, start, end)
    strangers = _in_rows([part for part in parts if any(e.kind is Kind.VALUE for e in part)], missing)
    may_hold = last is not None and last.may_hold_next and not _begins_apart(alignment, missing, start, end)
    may_hold = may_hold and last is not None and not _is_cut_off(alignment, last)
    unknown = may_hold or any(map(_holds_figures, parts))
    placed = placed_rows(strangers, missing)
    return Gap(
        rows=tuple(missing),
        strangers=placed.rows,
        slots=placed.slots,
        others=placed.others,
        above=(last.row, last.block) if last else None,
        below=(body.row, body.block) if body else None,
        sharing=(_sharing(alignment, last, missing), _sharing(alignment, body, missing[::-1])),
        hidden=unknown and len(strangers) < len(missing),
        named=_named(alignment, missing, start, end, is_last=body is None),
    )


def _named(
    alignment: Alignment, missing: Sequence[tuple[Row, Block]], start: int, end: int, *, is_last: bool
) -> frozenset[str]:
    """Return the missing rows whose label stands between two pieces and is taken for none.

    Without its number, except behind the last row, or with digits behind it that signs part from it.
    """
    unused = (alignment.pieces[i].text for i in range(start + 1, end) if i not in alignment.label_pieces)
    words = set(map(normalise, unused)) if missing else set()
    return frozenset(row.key for row, _ in missing if _is_among(row, words, is_last=is_last))


def _is_among(row: Row, words: Collection[str], *, is_last: bool) -> bool:
    bare = normalise(_ORDINAL.sub("", row.label.text))
    if bare in words and not is_last:
        return True
    labels = {bare, *wordings(row.label.text)}
    return any(text.startswith(label) and text.replace(label, "").isdecimal() for text in words for label in labels)


def _is_cut_off(alignment: Alignment, last: Body) -> bool:
    """Whether the document ends within the row, or behind it with the beginning of the next label or header.

    All that is lost then is the document's end, not a label.
    """
    end = len(alignment.pieces) - 1  # what is left of a label there may be any row's
    if any(m.slot.row and m.start > last.match.start and m.pieces[-1] < end for m in alignment.matches):
        return False
    every = [element for part in last.parts for element in part if element.kind is not Kind.BLANK]
    figures = [n for n, element in enumerate(every) if element.kind is Kind.VALUE]
    behind = every[figures[-1] + 1 :] if figures else []
    is_row = 0 < len(figures) <= len(last.block.columns) and figures[-1] - figures[0] + 1 == len(figures)
    return is_row and not any(_DIGIT.search(_ORDINAL.sub("", e.piece.text)) for e in behind)


def _begins_apart(alignment: Alignment, missing: Sequence[tuple[Row, Block]], start: int, end: int) -> bool:
    """Whether the heading of the first missing row's block stands between: what is before it is of another block."""
    heads = (m.slot.block for m in alignment.matches if not m.slot.row and start < m.start < end)
    return bool(missing) and any(block is missing[0][1] for block in heads)


def _in_rows(
    strangers: Sequence[Sequence[Element]], missing: Sequence[tuple[Row, Block]]
) -> tuple[Sequence[Element], ...]:
    """Cut unknown rows where all the labels are lost and just as many cells stand there as the missing rows have.

    The label of their group may stand before them.
    """
    widths = {len(block.columns) for _, block in missing}
    every = [e for part in strangers for e in part]
    cells = list(dropwhile(lambda e: e.kind is Kind.TEXT, every))
    if len(widths) != 1 or len(strangers) >= len(missing) or any(e.kind is Kind.TEXT for e in cells):
        return tuple(strangers)
    width = widths.pop()
    is_even = len(cells) == width * len(missing)
    return tuple(cells[n : n + width] for n in range(0, len(cells), width)) if is_even else tuple(strangers)


def _sharing(alignment: Alignment, body: Body | None, nearest: Sequence[tuple[Row, Block]]) -> frozenset[str]:
    """Return which of the missing rows, the nearest first, may stand in this one by its figures or by its label."""
    if body is None or body.heads.cells is not None:
        return frozenset()
    pieces = [alignment.pieces[i] for i in body.match.pieces]
    label = normalise("".join(piece.text for piece in pieces))
    is_torn = pieces[0].line != pieces[-1].line  # or two rows whose labels make up one
    more = _rows_in([e for part in body.parts[: None if is_torn else 1] for e in part], body.block) - 1
    named = body.match.similarity < 1
    rows = [row for row, _ in nearest]
    return frozenset(r.key for n, r in enumerate(rows) if n < more or (named and normalise(r.label.text) in label))


def _rows_in(part: Sequence[Element], block: Block) -> int:
    """Return how many rows of the block the figures would fill, or those of one cell if it holds several."""
    figures = [len(e.value.split()) for e in part if e.kind is Kind.VALUE]
    return max([len(figures) // len(block.columns), *figures])


def fill(
    alignment: Alignment, table: Table, gap: Gap, shapes: Sequence[RowShape], lines_lost: bool
) -> dict[CellKey, Cell]:
    """Return what can be said of the gap's rows; rows not returned are absent beyond doubt.

    Unknown rows go to the rows without a label when their numbers agree; else the absence itself is doubtful.
    """
    cells: dict[CellKey, Cell] = {}
    for n, (row, block) in enumerate(gap.rows):
        width = len(block.columns)
        if n in gap.slots:
            read = _adopt(gap, gap.slots.index(n), n, shapes)
        elif (
            row.key in gap.sharing[0] | gap.sharing[1] | gap.named
            or (gap.hidden and n < _NEXT)
            or (gap.strangers and _may_be(gap, n))
        ):
            read = [with_doubt(ABSENT, Reason.AMBIGUOUS_POSITION, GAP_NOTE)] * width
        elif (table.key, row.key) in alignment.rivals:
            read = [with_doubt(ABSENT, Reason.AMBIGUOUS_POSITION, RIVAL_NOTE)] * width
        elif alignment.is_unused(wordings(row.label.text)):
            read = [with_doubt(ABSENT, Reason.AMBIGUOUS_POSITION, DISPLACED_NOTE)] * width
        elif lines_lost and gap.rows[-1][0] is not table.blocks[-1].rows[-1]:
            read = [lost(ABSENT)] * width
        else:
            continue
        keys = (CellKey(table.key, row.key, column.key) for column in block.columns)
        cells |= zip(keys, read, strict=True)
    return cells


def _may_be(gap: Gap, n: int) -> bool:
    """Whether one of fewer unknown rows may be the gap's n-th row: by its place, or by its words if it has any."""
    row, block = gap.rows[n]
    words = [words_of(part) for part in gap.strangers]
    return (
        n < sum(max(_NEXT, _rows_in(part, block)) for part in gap.strangers)
        or not all(words)
        or any(resembles(text, row) for text in words)
    )


def resembles(words: str, row: Row) -> bool:
    """Whether the words are like the row's label."""
    return _resemblance(words, row) >= _RESEMBLING


def _resemblance(words: str, row: Row) -> float:
    return fuzz.ratio(normalise(words), normalise(row.label.text))


def _adopt(gap: Gap, stranger: int, n: int, shapes: Sequence[RowShape]) -> list[Cell]:
    """Read an unknown row as the n-th of the gap, in whose place it stands.

    Doubtful unless its words resemble the label, and no other around it more.
    """
    part, (row, block) = gap.strangers[stranger], gap.rows[n]
    own = own_elements(part, [part[0].piece], len(block.columns))
    read = place_values(own, block.columns, len(row.path), shapes, part[0].piece.place)
    words = words_of(part)
    around = [other for other, _ in (*gap.rows, *filter(None, (gap.above, gap.below)))]
    if resembles(words, row) and max(around, key=lambda other: _resemblance(words, other)) is row:
        return read
    return [with_doubt(cell, Reason.AMBIGUOUS_POSITION, UNNAMED_NOTE) for cell in read]


def _parts_between(
    alignment: Alignment, table: Table, found: Mapping[str, Body], start: int, end: int
) -> list[Sequence[Element]]:
    """Return what stands behind a row, a header or a group label and belongs to none, cut where a row may begin."""
    parts: list[Sequence[Element]] = []
    for match in alignment.matches:
        if match.slot.table is table and start <= match.start < end:
            body = found.get(match.slot.row) if match.slot.row else None
            if body:
                parts += body.parts[1:]
            else:
                label = [alignment.pieces[i] for i in match.pieces] if match.slot.row else []
                parts += chunks(elements([*label, *until_next(alignment, match)]), 1)
    return parts


def _holds_figures(part: Sequence[Element]) -> bool:
    """Whether figures stand among the words of one piece: rows that ran together."""
    return any(e.kind is Kind.TEXT and _FIGURES.search(e.piece.text) for e in part)
