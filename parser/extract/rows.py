"""What stands after a row's label becomes the cells of the row: values in order, blanks by position, never by count.

Seven values for seven columns need no thought. With blanks among them the position after the label decides, measured
on rows of the same depth that are full; without such knowledge the row is doubtful, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parser.extract.columns import (
    RowShape,
    are_all,
    has_joined,
    has_more_cells,
    stands_apart,
    under_others,
    usual_positions,
)
from parser.extract.elements import Element, Kind
from parser.extract.values import read_value, with_doubt
from parser.model.place import Place, TextSpan
from parser.model.report import ABSENT, Cell, Reason, State
from parser.model.template import Column

POSITION_NOTE = "本行数字少于栏数，无法确定各数属于哪一栏"
SURPLUS_NOTE = "本行数字多于栏数，可能混入页码等"
APART_NOTE = "本行有的数字之间有空格，按一行一个数读取"
EMPTY_NOTE = "原文此行标签后没有数字"
SEVERAL_NOTE = "本行有空格，又有一格是“{}”，可能是两个数，各数可能错了一栏"
LOST_NOTE = "原文中重复的行似已丢失，此格内容不明"
_SEVERAL = re.compile(r"\d[^\d.,，增减+-]+\d")  # figures in one cell; thousands and changes have their own signs
_FEW = 3  # figures of the longest row without a total
_NO_CHANGE = "0/0"  # what was added and what was removed


def place_values(
    own: Sequence[Element], columns: Sequence[Column], depth: int, shapes: Sequence[RowShape], label_end: Place
) -> list[Cell]:
    """Return one cell a column; cells whose column is uncertain carry the doubt ``ambiguous_position``.

    ``shapes`` are the rows from which the columns may be learned; none are given where the source's are torn.
    """
    filled = [e for e in own if e.kind is not Kind.BLANK]
    width = len(columns)
    if len(filled) == width and not (has_joined(own) and stands_apart(filled, shapes)):
        if _may_end_in_a_page_number(filled):
            return doubted(as_cells(filled, columns), POSITION_NOTE)
        return _as_many_as_columns(own, filled, columns, depth, shapes)
    rest = with_doubt(Cell(State.BLANK, place=label_end), Reason.AMBIGUOUS_POSITION, POSITION_NOTE)
    if len(filled) > width:
        apart = _one_a_line(filled, width)
        if apart:
            return [_cell(e, c, APART_NOTE) for e, c in zip(apart, columns, strict=True)]
        inside = _bounded(filled, width)
        certain = inside or _one_line(filled, width)
        if certain:
            late = not inside and certain[0] is not filled[0]
            notes = [SURPLUS_NOTE if late else _followed_by(e, filled, certain) for e in certain]
            return [_cell(e, c, note) for e, c, note in zip(certain, columns, notes, strict=True)]
        likely = under_others(filled, width, shapes) or filled
        return [_cell(e, c, SURPLUS_NOTE) if e else rest for e, c in zip(likely, columns, strict=False)]
    slots = _slots(own, width, depth, shapes) if len(filled) < width else None
    if slots is None:
        under = under_others(filled, width, shapes) if has_joined(own) else None
        likely = under or [*filled, *[None] * (width - len(filled))]
        last = filled[-1].piece.place if filled and not under else None
        if isinstance(last, TextSpan):
            rest = replace(rest, place=TextSpan(last.end, last.end))  # where a blank would stand that follows them
        return [_cell(e, c, POSITION_NOTE) if e else rest for e, c in zip(likely, columns, strict=True)]
    none = Cell(State.BLANK, place=label_end)
    return _doubted_beside_several([_cell(e, c) if e else none for e, c in zip(slots, columns, strict=True)])


def _as_many_as_columns(
    own: Sequence[Element], filled: Sequence[Element], columns: Sequence[Column], depth: int, shapes: Sequence[RowShape]
) -> list[Cell]:
    """Return the cells of a row of as many figures as columns, one of which may stand in a column of the source alone.

    Then another is blank: other rows tell by having more figures, or theirs elsewhere.
    """
    width = len(columns)
    if len(own) == width or not all(e.piece.bounded for e in own):
        return as_cells(filled, columns)
    if len({e.piece.line for e in own}) > 1:
        is_odd = _has_blank_inside(own) and not _vouches(filled) and usual_positions(own, width, depth, shapes) is None
        return doubted(as_cells(filled, columns), SURPLUS_NOTE) if is_odd else as_cells(filled, columns)
    usual = usual_positions(own, width, depth, shapes)
    if usual is not None and usual[-1] < len(own):
        likely = [own[n] for n in usual]
        strays = [e for e in filled if not any(e is other for other in likely)]
        if not strays:
            return as_cells(likely, columns)
        has_gap = next(n for n, e in enumerate(own) if e is filled[0]) + width <= _last(own)
        return doubted(as_cells(likely if has_gap else filled, columns), POSITION_NOTE)
    has_more = any(s.values > width for s in shapes if s.depth == depth and s.width == width)
    is_foreign = has_more or any(e.kind is Kind.SPECK for e in filled)
    return doubted(as_cells(filled, columns), POSITION_NOTE) if is_foreign else as_cells(filled, columns)


def _has_blank_inside(own: Sequence[Element]) -> bool:
    """Whether an empty cell stands between figures: that of a column, and one of the figures is a page number."""
    filled = [n for n, e in enumerate(own) if e.kind is not Kind.BLANK]
    return filled[-1] - filled[0] + 1 > len(filled)


def _may_end_in_a_page_number(filled: Sequence[Element]) -> bool:
    """Whether the last figure stands alone below the others: without borders, a blank among these does not show."""
    above = {e.piece.line for e in filled[:-1]}
    last = filled[-1].piece
    is_below = not last.bounded and len(filled) > _FEW and len(above) == 1 and last.line == max(above) + 1
    return is_below and not _vouches(filled)


def _vouches(filled: Sequence[Element]) -> bool:
    """Whether the last figure is the sum of the others."""
    *parts, total = (read_value(e.value).value for e in filled)
    return total is not None and sum(part or 0 for part in parts) == total


def _last(own: Sequence[Element]) -> int:
    return max(n for n, e in enumerate(own) if e.kind is not Kind.BLANK)


def as_cells(own: Sequence[Element], columns: Sequence[Column]) -> list[Cell]:
    """Return the cells of a row that has an element, value or blank, for each column."""
    return _doubted_beside_several([_cell(e, column) for e, column in zip(own, columns, strict=True)])


def _doubted_beside_several(cells: Sequence[Cell]) -> list[Cell]:
    """Doubt a row with a blank and a cell that may hold two figures: the blank may be that of another column."""
    several = next((cell.raw for cell in cells if _SEVERAL.search(cell.raw) and cell.raw.strip() != _NO_CHANGE), None)
    if several is None or all(cell.state is not State.BLANK for cell in cells):
        return list(cells)
    return doubted(cells, SEVERAL_NOTE.format(several))


def doubted(cells: Sequence[Cell], note: str) -> list[Cell]:
    """Return the cells with the doubt that their figures may stand elsewhere, for the reason in ``note``."""
    return [with_doubt(cell, Reason.AMBIGUOUS_POSITION, note) for cell in cells]


def with_total_last(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """Return the cells of a row whose blanks all stand behind its figures, the last under 总计 if it is their sum."""
    filled = [n for n, cell in enumerate(cells) if cell.value is not None]
    moved = list(cells)
    if columns[-1].key == "total" and len(filled) > 1:
        *parts, total = (cells[n].value or 0 for n in filled)
        if sum(parts) == total:
            moved[filled[-1]], moved[-1] = moved[-1], moved[filled[-1]]
    return moved


def lost(cell: Cell) -> Cell:
    """Return the cell as one whose content was dropped from the source."""
    return with_doubt(replace(ABSENT, state=State.UNREADABLE, place=cell.place), Reason.LINES_LOST, LOST_NOTE)


def _slots(own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]) -> list[Element | None] | None:
    """Return the element of each column (None: blank), or None when the columns cannot be told."""
    filled = [n for n, e in enumerate(own) if e.kind is not Kind.BLANK]
    if not filled:
        blanks = [e for e in own if e.kind is Kind.BLANK]
        usual = usual_positions(own, width, depth, shapes) or tuple(range(width))
        if len(own) > usual[-1]:
            return [own[n] for n in usual]
        return [*blanks[:width], *[None] * (width - len(blanks))]
    if not any(e.piece.bounded for e in own):
        return None
    positions = None if has_more_cells(own, width, depth, shapes) else usual_positions(own, width, depth, shapes)
    if positions is None and are_all(own, width, shapes):
        positions = tuple(range(width))
    if positions is None or not set(filled) <= set(positions) or positions[-1] >= len(own):
        return None
    return [own[n] for n in positions]


def _followed_by(element: Element, filled: Sequence[Element], certain: Sequence[Element]) -> str:
    """Say so when a loose number stands right behind the cell: a page number, or the rest of this one."""
    after = next((e for a, e in pairwise(filled) if a is element), None)
    if after is None or any(e is after for e in certain) or after.piece.line > element.piece.line + 1:
        return ""
    return f"此格后面另有数字“{after.value}”，可能是折行的后半截，也可能是页码"


def _bounded(filled: Sequence[Element], width: int) -> list[Element] | None:
    """Return the values in cells of the table if they are ``width``, leaving out loose numbers between them."""
    inside = [e for e in filled if e.piece.bounded]
    return inside if len(inside) == width else None


def _one_line(filled: Sequence[Element], width: int) -> list[Element] | None:
    """Return the values of the only line that holds exactly ``width`` of them."""
    whole = [members for members in _lines(filled) if len(members) == width]
    return whole[0] if len(whole) == 1 and width > 1 else None


def _lines(filled: Sequence[Element]) -> list[list[Element]]:
    lines: dict[int, list[Element]] = {}
    for element in filled:
        lines.setdefault(element.piece.line, []).append(element)
    return list(lines.values())


def _one_a_line(filled: Sequence[Element], width: int) -> list[Element] | None:
    """Return a value a line, if there are ``width`` lines without borders: digits side by side are those of one."""
    lines = _lines(filled)
    if len(lines) != width or width == 1 or any(e.piece.bounded for e in filled):
        return None
    return [_joined(members) for members in lines]


def _joined(members: Sequence[Element]) -> Element:
    """Return the values as one, its digits a space apart."""
    first, last = members[0].piece.place, members[-1].piece.place
    text = " ".join(e.piece.text for e in members)
    place = TextSpan(first.start, last.end) if isinstance(first, TextSpan) and isinstance(last, TextSpan) else first
    return Element(Kind.VALUE, replace(members[0].piece, text=text, place=place), text) if members[1:] else members[0]


def _cell(element: Element, column: Column, position_note: str = "") -> Cell:
    piece = element.piece
    if element.kind is Kind.BLANK:
        return Cell(State.BLANK, raw=piece.text, place=piece.place)
    if element.kind is Kind.SPECK:
        cell = Cell(State.UNREADABLE, raw=piece.text, place=piece.place, confidence=0.0)
    else:
        cell = replace(read_value(element.value, column.kind), raw=piece.text, place=piece.place)
        if element.value != piece.text:
            note = f"“{piece.text}”中只有“{element.value}”是数，前面像是标签的残余"
            cell = with_doubt(cell, Reason.LABEL_LEAK, note)
    return with_doubt(cell, Reason.AMBIGUOUS_POSITION, position_note) if position_note else cell
