"""Labels compared by what they say: every form's labels as one ordered sequence, and an index over their wordings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise

from parser.model.template import Block, GridCell, Label, Table, Template
from parser.templates.characters import characters

_C = characters()
_ORDINAL = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]、|\d+[.．、])\s*")
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")
_ARTEFACT = re.compile(rf"\[bookmark:[^\]]*\]|{PINYIN.pattern}")
_BRACKETED = re.compile(r"\((?![一二三四五六七八九十\d]{1,2}\))[^()]*\)|\([^()]*$")
_KEPT = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")


class SlotKind(StrEnum):
    """What a label of the form is for."""

    SECTION = "section"
    GROUP = "group"  # stands over or beside several rows
    HEAD = "head"  # a column header
    ROW = "row"  # the label of one row of values


@dataclass(frozen=True, slots=True)
class Slot:
    """One label of a form at its place in reading order.

    ``part`` names the section, or the block of the table ("proactive/第二十条第（一）项"), the label belongs to.
    """

    position: int
    kind: SlotKind
    label: Label
    part: str
    table: Table | None = None
    block: Block | None = None
    row: str | None = None


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Return the letters, digits and Chinese characters of ``text`` alone, simplified, without artefacts.

    Full width becomes half width; spaces, punctuation, bookmarks and pinyin in brackets are dropped; traditional
    characters and the words some web sites substitute (檔案 for 文件) become the form's own.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_C.simplify)
    plain = _KEPT.sub("", _ARTEFACT.sub("", plain) if "(" in plain or "[" in plain else plain)
    for word, meant in _C.words.items():
        plain = plain.replace(word, meant)
    return plain


@lru_cache(maxsize=8192)
def wordings(text: str) -> tuple[str, ...]:
    """Return the normalised text, and the same without explanations in brackets where there are some."""
    full = normalise(text)
    plain = unicodedata.normalize("NFKC", text)
    if "(" not in plain:
        return (full,)
    bare = normalise(_BRACKETED.sub("", _ARTEFACT.sub("", plain)))
    return (full, bare) if bare and bare != full and len(bare) >= 2 else (full,)


@cache
def slots(template: Template) -> tuple[Slot, ...]:
    """Return every label of the form in reading order: section titles with their table's labels between them."""
    found: list[Slot] = []
    tables = {table.section: table for table in template.tables}
    for section in template.sections:
        numbered = Label(
            section.ordinal + section.title.text,
            (
                section.title.text,
                *section.title.aliases,
                *(section.ordinal + alias for alias in section.title.aliases),
                section.number + section.title.text,
            ),
        )
        found.append(Slot(len(found), SlotKind.SECTION, numbered, f"section/{section.number}"))
        if section.number in tables:
            _add_table(found, tables[section.number])
    return tuple(found)


@cache
def label_index(forms: tuple[Template, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return every normalised wording of the forms' labels with the (form id, slot position) it may stand for."""
    index: dict[str, dict[tuple[str, int], None]] = {}
    for form in forms:
        for slot in slots(form):
            for text in _written(slot):
                for wording in wordings(text):
                    index.setdefault(wording, {})[form.id, slot.position] = None
    return {wording: tuple(places) for wording, places in index.items()}


def _written(slot: Slot) -> Iterator[str]:
    """Yield the ways the label is written: officially, as seen in reports, without its number, behind its groups."""
    for text in (slot.label.text, *slot.label.aliases):
        yield text
        if slot.kind is not SlotKind.SECTION and _ORDINAL.match(text):
            yield _ORDINAL.sub("", text)
    groups = [group.text for group in _path(slot)]
    yield from ("".join(groups[n:]) + slot.label.text for n in range(len(groups)))


def _path(slot: Slot) -> tuple[Label, ...]:
    rows = slot.block.rows if slot.block and slot.row else ()
    return next((row.path for row in rows if row.key == slot.row), ())


@cache
def wording_kinds(forms: tuple[Template, ...]) -> dict[str, frozenset[SlotKind]]:
    """Return for every wording what it labels in any of the forms ("其他" heads a column and labels a row)."""
    sequences = {form.id: slots(form) for form in forms}
    return {
        wording: frozenset(sequences[form][position].kind for form, position in places)
        for wording, places in label_index(forms).items()
    }


@cache
def label_pairs(forms: tuple[Template, ...]) -> frozenset[str]:
    """Return the pairs of Chinese characters that stand next to each other in the forms' labels."""
    return frozenset(
        first + second
        for wording in label_index(forms)
        for first, second in pairwise(wording)
        if not (first + second).isascii()
    )


def _add_table(found: list[Slot], table: Table) -> None:
    blocks = iter(table.blocks)
    block = next(blocks) if not table.blocks[0].line else None
    part = f"{table.key}/{table.sheet}"
    row_labels = _row_labels(table)
    for cell in table.grid:
        if cell.label is None:
            continue
        row = row_labels.get((cell.row, cell.column))
        if block is None or (cell.is_group and block.line and cell.column == 0):
            block = next(blocks)
            part = f"{table.key}/{cell.label.text}"
        kind = SlotKind.ROW if row else SlotKind.GROUP if cell.is_group else SlotKind.HEAD
        found.append(Slot(len(found), kind, cell.label, part, table, block, row))


def _row_labels(table: Table) -> dict[tuple[int, int], str]:
    """Map the grid place of each row's own label (the last label left of its values) to the row key."""
    places: dict[tuple[int, int], str] = {}
    last: GridCell | None = None
    for cell in table.grid:
        if cell.key and last and last.row == cell.row and last.label:
            places[last.row, last.column] = cell.key.row
        last = cell
    return places
