"""The text of the six sections, tables left out, and what is wrong with their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from parser.extract.align import Alignment
from parser.extract.scraps import without_emphasis, without_head, without_scraps
from parser.extract.values import looks_like_value
from parser.model.document import Piece
from parser.model.place import TextSpan
from parser.model.report import Note
from parser.templates.labels import SlotKind, normalise

_REMARK = re.compile(r"[*※（(]?(?:备?注|说明|填表说明)\d?[:：].+|\D.{8,}。[）)]?")
_ORDINAL = re.compile(r"[#*]*[一二三四五六1-6—][、.．,，]?")


def read_sections(alignment: Alignment, text: str) -> tuple[dict[str, str | None], list[Note]]:
    """Return the text of sections "1" … "6" (None: not found) and notes on missing or misnamed headings."""
    headings, renamed = _headings(alignment)
    notes = [
        Note("X-SECTION", f"第{s.ordinal}部分的标题应为“{s.title.text}”，原文为“{renamed[s.number]}”")
        for s in alignment.template.sections
        if s.number in renamed
    ]
    sections: dict[str, str | None] = {}
    starts = sorted(headings.values())
    limits = sorted(_start(alignment.pieces[first]) for first, _ in starts)
    for section in alignment.template.sections:
        heading = headings.get(section.number)
        if heading is None:
            sections[section.number] = None
            notes.append(Note("X-SECTION", section.missing_words))
            continue
        following = next((first for first, _ in starts if first > heading[1]), None)
        sections[section.number] = _prose(alignment, text, heading[1], following, limits)
    return sections, notes


def heading_start(alignment: Alignment) -> int:
    """Return where the title block ends in the text: at the first heading or table label found."""
    return min((_start(alignment.pieces[m.start]) for m in alignment.matches), default=0)


def _headings(alignment: Alignment) -> tuple[dict[str, tuple[int, int]], dict[str, str]]:
    """Return the first and last piece of each section's heading, and the headings under another name."""
    found: dict[str, tuple[int, int]] = {}
    renamed: dict[str, str] = {}
    for match in alignment.matches:
        if match.slot.kind is SlotKind.SECTION:
            number = match.slot.part.removeprefix("section/")
            found[number] = (with_ordinal(alignment.pieces, match.start), match.pieces[-1])
    order = [s.number for s in alignment.template.sections]
    for n, section in enumerate(alignment.template.sections):
        if section.number in found:
            continue
        low = max((found[k][1] for k in order[:n] if k in found), default=-1)
        high = min((found[k][0] for k in order[n + 1 :] if k in found), default=len(alignment.pieces))
        pattern = re.compile(rf"[#*\s]*{section.ordinal}\s*[、.．]\s*\S{{2,26}}")
        for i in range(low + 1, high):
            piece = alignment.pieces[i]
            if not piece.bounded and i not in alignment.label_pieces and pattern.fullmatch(piece.text):
                found[section.number], renamed[section.number] = (i, i), piece.text.strip("#* ")
                break
    return found, renamed


def with_ordinal(pieces: Sequence[Piece], first: int) -> int:
    """Return the piece before the title ``first`` if it is its number, set apart by a space ("二、 主动公开…")."""
    before = pieces[first - 1] if first else None
    if before and before.line == pieces[first].line and _ORDINAL.fullmatch(before.text):
        return first - 1
    return first


def _prose(alignment: Alignment, text: str, heading: int, following: int | None, limits: Sequence[int]) -> str:
    """Return the text between two headings without the table that stands there.

    ``following`` is the piece that begins the next section of the form, ``limits`` are where sections begin in the
    text: those of the document may stand in another order.
    """
    begin = _end(alignment.pieces[heading])
    end = next((limit for limit in limits if limit >= begin), len(text))
    inside = [m for m in alignment.matches if m.slot.table and heading < m.start < (following or len(alignment.pieces))]
    if not inside:
        return _tidy(text[begin:end])
    first = _table_start(alignment, min(m.start for m in inside), heading)
    after = _table_end(alignment, inside[-1].pieces[-1], following)
    remarks = (f"\n{text[low:high]}\n" for low, high in _remarks(alignment, first, after))
    tables = [m.slot.table for m in inside if m.slot.table]
    above = without_head(text[begin:first], tables[0])
    return _tidy("".join((above, "\n", *remarks, text[after:end])))


def _remarks(alignment: Alignment, first: int, after: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where remarks of the office stand between the rows of a table, a line or a row each."""
    within = [(i, piece) for i, piece in enumerate(alignment.pieces) if first <= _start(piece) < after and piece.text]
    for _, line in groupby(within, lambda numbered: numbered[1].line):
        numbers, pieces = zip(*line, strict=True)
        is_row = len(pieces) > 1 and any(piece.bounded for piece in pieces)
        is_known = any(i in alignment.label_pieces or i in alignment.known for i in numbers)
        if not is_row and not is_known and _REMARK.fullmatch("".join("".join(piece.text.split()) for piece in pieces)):
            yield _start(pieces[0]), _end(pieces[-1])


def _table_start(alignment: Alignment, first_label: int, heading: int) -> int:
    """Return where the table begins: with the cells before the first label, on its line and those right above it."""
    pieces = alignment.pieces
    at = first_label
    while at - 1 > heading and pieces[at - 1].bounded and pieces[at].line - pieces[at - 1].line <= 1:
        at -= 1
    return _start(pieces[at])


def _table_end(alignment: Alignment, last_label: int, following: int | None) -> int:
    """Return where the table ends: after the last label come only values and empty cells."""
    pieces = alignment.pieces
    end = _end(pieces[last_label])
    for i in range(last_label + 1, following if following is not None else len(pieces)):
        loose = pieces[i].text and not pieces[i].bounded and i not in alignment.known
        if loose and len(normalise(pieces[i].text)) > 1 and not looks_like_value(pieces[i].text):
            break
        end = _end(pieces[i])
    return end


def _tidy(text: str) -> str:
    """Return the text without what belonged to the headings before and behind it, and without scraps."""
    return without_scraps(without_emphasis(text.strip()).removeprefix("**"))


def _start(piece: Piece) -> int:
    return piece.place.start if isinstance(piece.place, TextSpan) else 0


def _end(piece: Piece) -> int:
    return piece.place.end if isinstance(piece.place, TextSpan) else 0
