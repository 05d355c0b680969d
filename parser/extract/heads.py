"""Where in the source the columns of a block stand, as the cells of its header tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parser.extract.align import Alignment
from parser.extract.elements import Element, Kind
from parser.extract.values import read_value
from parser.model.document import Piece
from parser.model.template import Block, Column, Table
from parser.templates.labels import SlotKind, normalise, slots, wordings

_OPENING, _CLOSING = re.compile(r"[(（]"), re.compile(r"[)）]")
_FEWEST = 3  # headers beside a part of one tell whether it stands in order


@dataclass(frozen=True, slots=True)
class Heads:
    """The source columns of each of the form's, all that have a header, and the number of cells on its lines.

    One has several where a header that was merged stands again in each of its cells.
    """

    columns: tuple[tuple[int, ...], ...]
    named: frozenset[int]
    width: int

    def has_foreign(self, own: Sequence[Element]) -> bool:
        """Whether a cell of the row, whose label is before them, stands under a header that the form does not have."""
        known = {column for columns in self.columns for column in columns}
        return any(e.piece.column in self.named and e.piece.column not in known for e in own)


def heads_of(alignment: Alignment, table: Table, block: Block) -> Heads | None:
    """Return where the block's columns stand, None unless cells of one grid say exactly that, in the form's order.

    A block without a header of its own stands under that of another with the same columns.
    """
    alike = [b for b in table.blocks if [c.label for c in b.columns] == [c.label for c in block.columns]]
    found = next(filter(None, (_head_pieces(alignment, b) for b in (block, *alike))), {})
    pieces = [found.get(column.label.text) for column in block.columns]
    known = [piece for piece in pieces if piece is not None and piece.bounded]
    sizes = {alignment.line_sizes[piece.line] for piece in known}
    columns = tuple(_repeats(alignment, piece) for piece in known)
    if len(known) < len(pieces) or len(sizes) > 1 or any(a[-1] >= b[0] for a, b in pairwise(columns)):
        return None
    lines = {piece.line for piece in known}
    labels = [normalise(column.label.text) for column in block.columns]
    named = {piece.column for piece in alignment.pieces if piece.line in lines and not _is_part(piece.text, labels)}
    return Heads(columns, frozenset(named.union(*columns)), sizes.pop())


def _repeats(alignment: Alignment, head: Piece) -> tuple[int, ...]:
    """Return the columns side by side in which the header stands."""
    words = normalise(head.text)
    alike = {p.column for p in alignment.pieces if p.line == head.line and p.bounded and normalise(p.text) == words}
    first = last = head.column
    while first - 1 in alike:
        first -= 1
    while last + 1 in alike:
        last += 1
    return tuple(range(first, last + 1))


def _is_part(text: str, labels: Sequence[str]) -> bool:
    """Whether a cell of the header is empty, or says but a part of a label: the rest of one that was torn in two."""
    words = normalise(text)
    is_torn = len(_OPENING.findall(text)) != len(_CLOSING.findall(text))
    return is_torn or any(words in label and words != label for label in labels)


def under_heads(alignment: Alignment, own: Sequence[Element], heads: Heads | None) -> list[Element] | None:
    """Return the cells of a row under the header's, None where the row is not of the header's grid.

    There every figure has a header, of the form or not, and no header two figures. A row without blanks between its
    values, as many as the form has columns, needs none.
    """
    if heads is None or not own or not all(e.piece.bounded for e in own):
        return None
    line = own[0].piece.line
    cells = {e.piece.column: e for e in own}
    in_grid = len({e.piece.line for e in own}) == 1 and alignment.line_sizes[line] == heads.width
    filled = {e.piece.column for e in own if e.kind is not Kind.BLANK}
    if (
        not in_grid
        or not filled <= heads.named
        or not all(set(columns) <= set(cells) for columns in heads.columns)
        or (_is_plain(own, len(heads.columns)) and not heads.has_foreign(own))
    ):
        return None
    under = [[cells[column] for column in columns] for columns in heads.columns]
    figures = [[e for e in some if e.kind is not Kind.BLANK] for some in under]
    if any(len({read_value(e.value).value or e.value for e in some}) > 1 for some in figures):
        return None
    return [some[0] if some else blank[0] for some, blank in zip(figures, under, strict=True)]


def reordered_blocks(alignment: Alignment, table: Table) -> list[Block]:
    """Return the blocks of which a column's header was found, but not in the form's order.

    The total may stand above the other columns, but not before one of them on its own line.
    """
    found = {m.slot.position for m in alignment.matches}
    blocks = []
    for slot in slots(alignment.template):
        if slot.table is not table or slot.block is None or slot.kind is not SlotKind.HEAD or slot.position in found:
            continue
        column = next((c for c in slot.block.columns if c.label.text == slot.label.text), None)
        again = _again(alignment, slot.block, slot.label.text)
        is_said = column and again and (column.key != "total" or _is_before_others(alignment, slot.block, again))
        if column and _is_torn_in_order(alignment, slot.block, column, again):
            continue
        if is_said and not _stand_in_order(alignment, slot.block):
            blocks.append(slot.block)
    return blocks


def _is_torn_in_order(alignment: Alignment, block: Block, column: Column, again: Sequence[int]) -> bool:
    """Whether only a part of the column's header was found, where it stands in order among others of its line."""
    order = [other.label.text for other in block.columns]
    heads = [m for m in alignment.matches if m.slot.block is block and m.slot.label.text in order]
    for piece in (alignment.pieces[i] for i in again):
        beside = [m for m in heads if alignment.pieces[m.start].line == piece.line]
        behind = [alignment.pieces[m.start].column > piece.column for m in beside]
        due = [order.index(m.slot.label.text) > order.index(column.label.text) for m in beside]
        if not _is_part(piece.text, [normalise(column.label.text)]) or len(beside) < _FEWEST or behind != due:
            return False
    return bool(again)


def _stand_in_order(alignment: Alignment, block: Block) -> bool:
    """Whether all headers stand in cells of one grid, from left to right as in the form, some higher than others."""
    found = _head_pieces(alignment, block)
    heads = [found[column.label.text] for column in block.columns if column.label.text in found]
    in_order = all(one.column < other.column for one, other in pairwise(heads))
    return in_order and len(heads) == len(block.columns) and all(piece.bounded for piece in heads)


def _is_before_others(alignment: Alignment, block: Block, total: Sequence[int]) -> bool:
    """Whether a header of the block's columns follows on the total's line, or stands right of it in the same grid."""
    labels = {column.label.text for column in block.columns}
    heads = (m for m in alignment.matches if m.slot.block is block and m.slot.kind is SlotKind.HEAD)
    others = [alignment.pieces[m.start] for m in heads if m.slot.label.text in labels]
    sizes = alignment.line_sizes
    return any(
        piece.column < other.column
        and (piece.line == other.line or (piece.bounded and sizes[piece.line] == sizes[other.line]))
        for piece in (alignment.pieces[i] for i in total)
        for other in others
    )


def _is_plain(own: Sequence[Element], width: int) -> bool:
    filled = [n for n, e in enumerate(own) if e.kind is not Kind.BLANK]
    return not filled or (len(filled) == width and filled[-1] - filled[0] < width)


def _head_pieces(alignment: Alignment, block: Block) -> dict[str, Piece]:
    """Return the pieces that say a column's label exactly, by the label; the total may stand outside the chain."""
    heads = (m for m in alignment.matches if m.slot.block is block and m.slot.kind is SlotKind.HEAD)
    found = {m.slot.label.text: alignment.pieces[m.start] for m in heads if m.similarity == 1 and len(m.pieces) == 1}
    for text in (column.label.text for column in block.columns if found):
        again = _again(alignment, block, text)
        if text not in found and len(again) == 1:
            found[text] = alignment.pieces[again[0]]
    return found


def _again(alignment: Alignment, block: Block, text: str) -> list[int]:
    """Return the pieces of the block's header that say the label outside the chain."""
    return [i for i, wording in alignment.unused_in_head(block).items() if wording in wordings(text)]
