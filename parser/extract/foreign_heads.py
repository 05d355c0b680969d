"""Columns that the source has and the form does not: 备注, the figures of the year before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parser.extract.align import Alignment
from parser.extract.elements import Element, Kind
from parser.extract.heads import Heads, under_heads
from parser.model.template import Block
from parser.templates.labels import SlotKind, normalise, slots

FOREIGN_NOTE = "原文多出“{}”一栏，本行又有空格，各数可能错了一栏"
_WORD = re.compile(r"[\u4e00-\u9fff]{2}|[%％]")


@dataclass(frozen=True, slots=True)
class ForeignHeads:
    """What the headers of such columns say; ``are_last``: they stand behind all of the form's."""

    names: tuple[str, ...]
    are_last: bool


def foreign_heads(alignment: Alignment, block: Block) -> ForeignHeads | None:
    """Return the headers among those of the block that the form does not have; None without any.

    Nor where one of the form's own is not found as it should be: what is strange may be that one.
    """
    heads = [m for m in alignment.matches if m.slot.block is block and m.slot.kind is SlotKind.HEAD]
    found = {m.slot.label.text for m in heads if m.similarity == 1}
    if not heads or not found.issuperset(column.label.text for column in block.columns):
        return None
    last_on = {alignment.pieces[i].line: i for i in sorted(i for m in heads for i in m.pieces)}
    labels = [normalise(slot.label.text) for slot in slots(alignment.template) if slot.table is heads[0].slot.table]
    others = alignment.label_pieces | alignment.known
    strange = [
        i
        for i, piece in enumerate(alignment.pieces)
        if piece.line in last_on and i not in others and piece.bounded and _is_word(piece.text, labels)
    ]
    if not strange:
        return None
    are_last = all(i > last_on[alignment.pieces[i].line] for i in strange)
    return ForeignHeads(tuple(alignment.pieces[i].text.strip() for i in strange), are_last)


def _is_word(text: str, labels: Sequence[str]) -> bool:
    """Whether the text is words that are no part of a label of the table."""
    words = normalise(text)
    return _WORD.search(words) is not None and not any(words in label for label in labels)


@dataclass(frozen=True, slots=True)
class ToldByHeads:
    """What the headers tell of a row.

    ``cells`` are those of the form's columns, where only the headers tell which value is whose; ``has_foreign``: some
    of the row's cells are of other columns; ``shifted_by``: these columns, among which its values may have shifted.
    """

    cells: list[Element] | None = None
    has_foreign: bool = False
    shifted_by: str = ""


def told_by_heads(
    alignment: Alignment, own: Sequence[Element], width: int, heads: Heads | None, foreign: ForeignHeads | None
) -> ToldByHeads:
    """Return what the headers of its block tell of a row with so many columns."""
    cells, has_foreign = under_heads(alignment, own, heads), heads is not None and heads.has_foreign(own)
    if cells is not None or foreign is None:
        return ToldByHeads(cells, has_foreign)
    before = _before(own, width, foreign)
    if before is not None:
        return ToldByHeads(before, has_foreign=True)
    is_unsure = len(own) > width and any(e.kind is Kind.BLANK for e in own)
    return ToldByHeads(None, has_foreign, "、".join(foreign.names) if is_unsure else "")


def _before(own: Sequence[Element], width: int, foreign: ForeignHeads) -> list[Element] | None:
    """Return the cells of the form's columns where those of the others follow, one for each; None elsewhere."""
    if not foreign.are_last or len(own) != width + len(foreign.names):
        return None
    in_cells = all(e.piece.bounded for e in own) and len({e.piece.line for e in own}) == 1
    return list(own[:width]) if in_cells else None


def cells_before_foreign(
    alignment: Alignment, block: Block, own: Sequence[Element], width: int
) -> list[Element] | None:
    """Return the cells of a table on one line where those of other columns follow, one for each; None elsewhere."""
    foreign = foreign_heads(alignment, block)
    return None if foreign is None else _before(own, width, foreign)
