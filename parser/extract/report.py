"""Document to report: choose the form, lay it along the document, read its tables, headings and sections."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from parser.errors import FileTooLarge, FormerForm, NoTables
from parser.extract.align import Alignment, align
from parser.extract.candidates import find_candidates
from parser.extract.glued import split_glued
from parser.extract.headings import Heading, processing_fee, read_heading
from parser.extract.level import with_off_level_doubted
from parser.extract.order import in_order, is_disordered, section_starts
from parser.extract.run_on import unrolled
from parser.extract.sections import heading_start, read_sections
from parser.extract.tables import Reading, read_tables
from parser.extract.torn_figures import joined_figures
from parser.extract.values import with_doubt
from parser.model.document import RECOGNISED, Document, Piece
from parser.model.place import TextSpan
from parser.model.report import ABSENT, Cell, CellKey, Note, Reason, Report, State
from parser.model.template import Template
from parser.templates.detect import Choice, Vote, choose, decisive
from parser.templates.labels import SlotKind, normalise, slots, wording_kinds
from parser.templates.load import template_due, templates

_MOST_PIECES = 60_000  # a report of a hundred pages has a few thousand
_FEWEST_LABELS = 4  # fewer labels of a form's tables than this are words of the prose
_FEWEST_ROWS = 3  # so many row labels are a table
_LONGEST_LABEL = 60
_FEW_FIGURES = 5  # a form not filled in has perhaps page numbers
_TITLE = re.compile(r"信息公开.{0,8}(报告|年报)")
_FORMER = re.compile(r"指标名称|计量单位|统计指标|主动公开政府信息数|信息公开情况统计表|收到申请数")

_FOREIGN_NOTE = "此处用的是 {} 年格式，本格空着，它的数可能在另一栏"


def extract(document: Document, wanted: str | None = None) -> Report:
    """Return the report in ``document``, laid into the form ``wanted`` if a person has chosen one.

    Raises NoTables when the text holds none of the forms' tables, FormerForm when it is a report on 2018 or before,
    FileTooLarge when it is many times longer than any report.
    """
    forms = templates()
    whole = joined_figures(unrolled(document.pieces, forms), document.text)
    pieces, notes = _one_report(split_glued(whole, forms[-1]), forms)
    if len(pieces) > _MOST_PIECES:
        raise FileTooLarge("文件内容远多于一份年度报告；请只保留年度报告正文后重试")
    alignments, order_notes = _laid_in_order(pieces, forms)
    choice = choose([vote for a in alignments.values() for vote in _votes(a)], wanted)
    best = _heaviest(alignments)
    text = document.text[: _end(pieces)] if notes else document.text
    begin = _start(pieces) if notes else 0
    heading = read_heading(text[begin:], heading_start(best) - begin)
    if sum(m.slot.table is not None for m in best.matches) < _FEWEST_LABELS:
        raise _no_tables(document, heading)
    form = choice.form or _due(heading) or best.template.id
    alignment = alignments[form]
    readings = read_tables(alignment, document.kind)
    cells = {key: cell for reading in readings.values() for key, cell in reading.cells.items()}
    if choice.foreign:
        cells |= _foreign_cells(alignment, alignments, choice, document.kind)
    if document.seen:
        cells = {key: _on_page(cell, document) for key, cell in cells.items()}
        cells = with_off_level_doubted(alignment, document, cells)
    if document.doubts:
        cells = {key: _as_shown(cell, document) for key, cell in cells.items()}
    sections, section_notes = read_sections(alignment, text)
    return Report(
        source=document.name,
        sha256=document.sha256,
        kind=document.kind,
        text=document.text,
        form=form,
        template=choice.form,
        cells=cells,
        issuer=heading.issuer,
        year=heading.year,
        title=heading.title,
        period=heading.period,
        published=heading.published,
        information_processing_fee_yuan=processing_fee(sections.get("6")),
        sections=sections,
        notes=(
            *notes,
            *_structure_notes(alignment.template, readings, choice),
            *order_notes,
            *section_notes,
            *_page_notes(document),
        ),
        pages=document.pages,
    )


def _laid_in_order(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> tuple[dict[str, Alignment], list[Note]]:
    """Return each form laid along the document, its sections put in order first if more of the form is found so."""
    laid, starts = _laid(pieces, forms), section_starts(pieces, forms)
    if not is_disordered(starts):
        return laid, []
    ordered = _laid(in_order(pieces, starts), forms)
    if _heaviest(ordered).weight <= _heaviest(laid).weight:
        return laid, []
    ordinals = {section.number: section.ordinal for section in forms[-1].sections}
    found = "、".join(ordinals[number] for number, _ in starts)
    return ordered, [Note("X-SECTION", f"各部分的次序与格式不符，原文依次为第{found}部分")]


def _laid(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> dict[str, Alignment]:
    candidates = find_candidates(pieces, forms)
    return {form.id: align(pieces, form, forms, candidates) for form in forms}


def _heaviest(alignments: dict[str, Alignment]) -> Alignment:
    return max(alignments.values(), key=lambda alignment: alignment.weight)


def _page_notes(document: Document) -> list[Note]:
    return [Note("X-PAGES", note) for note in document.notes]


def _votes(alignment: Alignment) -> Iterator[Vote]:
    """Yield what speaks for this form: labels no other form has, and rows where other forms have a group.

    What is left of a label at the document's end may be of any form's.
    """
    telling = decisive(alignment.template, alignment.forms)
    kinds = wording_kinds(alignment.forms)
    for match in alignment.matches:
        label = match.slot.label.text
        is_cut = match.similarity < 1 and match.pieces[-1] == len(alignment.pieces) - 1
        if match.slot.position in telling and match.similarity >= 0.75 and not is_cut:
            yield Vote(match.slot.part, alignment.template.id, match.similarity * len(label))
        elif match.slot.row and SlotKind.GROUP in kinds[normalise(label)] and alignment.has_values(match):
            yield Vote(match.slot.part, alignment.template.id, len(label))


def _foreign_cells(
    alignment: Alignment, alignments: dict[str, Alignment], choice: Choice, kind: str
) -> dict[CellKey, Cell]:
    """Read the parts that another form was used for: the cells both forms share, the others absent and doubtful."""
    cells: dict[CellKey, Cell] = {}
    for part, other in choice.foreign.items():
        table_key, line = part.split("/")
        foreign = read_tables(alignments[other], kind)[table_key].cells
        for block in alignment.template.table(table_key).blocks:
            if block.line is None or block.line.text != line:
                continue
            for row in block.rows:
                beside = [c for k, c in foreign.items() if k.row == row.key and c.state is State.NUMBER]
                for column in block.columns:
                    key = CellKey(table_key, row.key, column.key)
                    note = f"此处用的是 {other} 年格式，没有“{column.label.text}”一栏"
                    cell = foreign.get(key) or with_doubt(ABSENT, Reason.AMBIGUOUS_POSITION, note)
                    if cell.state is State.BLANK and beside:  # its figure may stand under a column of the other form
                        cell = with_doubt(cell, Reason.AMBIGUOUS_POSITION, _FOREIGN_NOTE.format(other))
                    cells[key] = cell
    return cells


def _on_page(cell: Cell, document: Document) -> Cell:
    """Return the cell with its place on the page, and with what was noticed when it was recognised."""
    seen = document.seen_at(cell.place) if isinstance(cell.place, TextSpan) else None
    if seen is None:
        return cell if cell.place is None else replace(cell, place=None)
    confidence = min(cell.confidence, seen.confidence)
    return replace(cell, place=seen.box, confidence=confidence, doubts=(*cell.doubts, *seen.doubts))


def _as_shown(cell: Cell, document: Document) -> Cell:
    """Return the cell with what the source shows in it besides its text; where nothing but that is seen, it is unread.

    A blank of which the source only holds more than it shows stays one.
    """
    doubts = document.doubts_at(cell.place) if isinstance(cell.place, TextSpan) else ()
    if not doubts:
        return cell
    is_seen = any(doubt.reason is Reason.LOW_CONFIDENCE for doubt in doubts)
    state = State.UNREADABLE if cell.state is State.BLANK and is_seen else cell.state
    return replace(cell, state=state, confidence=0.0, doubts=(*cell.doubts, *doubts))


def _structure_notes(form: Template, readings: dict[str, Reading], choice: Choice) -> list[Note]:
    extra = [(table.sheet, row) for table in form.tables for row in readings[table.key].extra_rows]
    notes = [Note("X-EXTRAROW", f"{sheet}“{row}”") for sheet, row in extra]
    if choice.foreign:
        parts = "、".join(f"{part.split('/')[1]}用的是 {form} 年格式" for part, form in choice.foreign.items())
        notes.append(Note("X-MIXED", parts))
    return notes


def _due(heading: Heading) -> str | None:
    due = template_due(heading.year) if heading.year else None
    return due.id if due else None


def _one_report(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> tuple[Sequence[Piece], list[Note]]:
    """Cut off a second report in the same file: tables, then the first heading again, then tables again.

    What stands before it is cut off instead where that is only a scrap of a report, or a form not filled in.
    """
    sections = {wording for s in slots(forms[-1])[:1] for wording in (s.label.text, *s.label.aliases)}
    headings = {normalise(wording) for wording in sections}
    tables: dict[str, set[str]] = {}
    for slot in (slot for form in forms for slot in slots(form)):
        if slot.row and slot.table:
            tables.setdefault(slot.table.key, set()).add(normalise(slot.label.text))
    rows = set[str]().union(*tables.values())
    short = [(i, normalise(p.text)) for i, p in enumerate(pieces) if 1 < len(p.text) <= _LONGEST_LABEL]
    labels = [i for i, text in short if text in rows]
    for i, text in short:
        if text in headings and sum(n < i for n in labels) >= _FEWEST_ROWS <= sum(n > i for n in labels):
            low = max(n for n in labels if n < i)
            start = next((n for n in range(low, i) if _is_title(pieces[n].text)), i)
            if start == i and not any(n < i and other in headings for n, other in short):
                continue  # the first section out of its place
            where = f"从{_where(pieces[start])}“{pieces[start].text[:40]}”开始"
            if _is_scrap(pieces[:start], pieces[start:], tables.values()):
                return pieces[start:], [Note("X-MULTI", f"读取的{where}，在它前面的没有读取")]
            return pieces[:start], [Note("X-MULTI", f"第二份{where}，没有读取")]
    return pieces, []


def _is_scrap(first: Sequence[Piece], second: Sequence[Piece], tables: Collection[AbstractSet[str]]) -> bool:
    """Whether the first has no figures, or no title and hardly half of the rows of the second or not all tables."""
    labels, more = ({normalise(p.text) for p in part if len(p.text) <= _LONGEST_LABEL} for part in (first, second))
    few, many = (sum(len(rows & part) for rows in tables) for part in (labels, more))
    lacks = any(rows & more and not rows & labels for rows in tables)
    empty, also_empty = (sum(p.text.strip().isdecimal() for p in part) < _FEW_FIGURES for part in (first, second))
    titled, also_titled = (any(_is_title(p.text) for p in part) for part in (first, second))
    if empty or titled:
        return empty and not also_empty
    return 2 * few <= many or (lacks and also_titled)


def _start(pieces: Sequence[Piece]) -> int:
    """Return where the pieces begin in the text, 0 when they stand on pages."""
    place = pieces[0].place if pieces else None
    return place.start if isinstance(place, TextSpan) else 0


def _end(pieces: Sequence[Piece]) -> int | None:
    """Return where the pieces end in the text, None when they stand on pages."""
    place = pieces[-1].place if pieces else None
    return place.end if isinstance(place, TextSpan) else None


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _TITLE.search(normalise(text)) is not None


def _where(piece: Piece) -> str:
    return "" if isinstance(piece.place, TextSpan) else f"第 {piece.place.page} 页"


def _no_tables(document: Document, heading: Heading) -> NoTables:
    former = heading.year is not None and heading.year < min(t.due_from for t in templates())
    if former or _FORMER.search(document.text):
        year = f"{heading.year} 年" if heading.year else "2018 年及以前"
        return FormerForm(f"这是 {year}的年度报告，当时没有全国统一的表格；本程序只处理 2019 年及以后的报告")
    if document.kind in RECOGNISED:
        part = "若只是报告的一页，请在窗口里把各页照片合并成一份；" if document.kind == "image" else ""
        return NoTables(
            f"没有认出年度报告的表格；{part}若确是年度报告，多半是图像不清，"
            "请按 200～300 dpi 重新扫描，或在窗口里按 Ctrl+N 照原件录入"
        )
    return NoTables("没有找到年度报告的表格；请确认文件是政府信息公开工作年度报告，且表格没有丢失")
