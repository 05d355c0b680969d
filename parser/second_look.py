"""Cells read off a scan are doubted where the evidence for them is weak.

Evidence is a second reading of another crop, how sure both were, what lies on the cell, and the equations that a
misreading would break. Cells that two closed equations vouch for need no look unless the two readings disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from parser.misread_alike import confusions, misread_alike
from parser.model.document import RECOGNISED
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey, Doubt, Reason, Report, State
from parser.model.template import NumberKind
from parser.ocr.engine import Recognised, Recogniser
from parser.ocr.read_cell import ReadCell, as_zero, figure_alone, second_crops
from parser.rules.check import closed_equations, vouching
from parser.templates.characters import characters
from parser.templates.load import template

# The confidence that two equal readings need on average, by how many closed equations vouch for them: none, one, more.
_ENOUGH = (0.75, 0.6, 0.4)
_ENOUGH_OF_SEVERAL = 0.95  # … of several digits, for which none does: a misread one among them is told by nothing else
_SURE = 0.97  # a reading surer than this, vouched for by two equations, is not repeated
_CLEAR = 0.9  # a reading as sure as this, vouched for by an equation, is whole, whatever lies on it
_ALONE = 0.9  # confidence that a reading needs that cannot be repeated
_STAMPED = 0.02  # share of a cell that a stamp may cover
_DIRTY = 0.02  # squares of a digit's height of ink taken for dirt
_FEW_MARKS, _RARE_MARKS = 2, 0.25  # of a kind in a report, and as a share of its blanks: they may be dirt
_HARDLY = 0.2  # share of a scan's figures, zeros left out, that are doubted or unreadable: none vouches for itself then
_FEWEST = 10  # figures tell how legible a scan is
_BLANKS_RARE = 0.15  # share of a table's cells that are blank, up to which a blank one is odd if it is not spotless
_MISLAID = 0.3  # share of a table's cells whose figures may belong elsewhere: then its blanks may hide some
_ILLEGIBLE = 0.3  # share of what was recognised that is doubtful: a table that is not found may be there all the same

_UNIT = re.compile(rf"(?:{'|'.join(characters().units)})$")
_YUAN = "元"
_LEADING_ZERO = re.compile(r"[-—]?0\d")  # nobody prints one

FAINT_NOTE = "字迹不清"
DIFFER_NOTE = "两次识别结果不同：“{}”和“{}”"
STAMP_NOTE = "印章压在此格上"
CROSSED_NOTE = "折痕或扫描条纹穿过字迹"
CUT_NOTE = "字迹与表格线相连，可能没有切全"
EDGE_NOTE = "表格被图片的边缘截断，此格可能不完整"
UNEVEN_NOTE = "有的数字偏小或偏高，可能是注码、残缺的符号或污点"
TICK_NOTE = "格里只有一个手写的勾，像是空白"
BLANK_NOTE = "此格看上去是空白，但可能有过淡或不完整的字迹"
LONE_NOTE = "别处很少有“{}”，此格也可能是污点"
MISLAID_NOTE = "这张表多处对不上格，此格未必是空白"
LOST_NOTE = "没有认出这一行，请看原图"
OUTSIDE_NOTE = "这一行的表格线没有认出，数字取自表格外的文字，请看原图"
HARDLY_NOTE = "这份扫描件多处看不清，两次识别相同也不一定可靠"
ALIKE_NOTE = "这份扫描件有形近的数字分不清，本格与同一勾稽关系中的另一格可能一同误读"
SIGN_NOTE = "数字旁有淡的痕迹，可能是没有认出的负号"
UNIT_NOTE = "单位读作“元”，与表头的万元不同，可能没有认出“万”字"
ZERO_NOTE = "数字前面多出一个 0，像是误读"


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of a value cell, and how many equations vouch for it: none, one, or two and more."""

    read: ReadCell
    vouched: int

    @property
    def is_weak(self) -> bool:
        """Whether a second reading is worth its time."""
        read = self.read
        odd = read.is_cut or read.is_off_page or read.is_crossed or read.stamped > _STAMPED
        return odd or self.vouched < len(_ENOUGH) - 1 or read.confidence < _SURE


def look_again(report: Report, seen: Mapping[PageBox, ReadCell], engine: Recogniser) -> Report:
    """Return the report with doubts on the cells of scanned tables that may be misread; ``seen`` is keyed by place."""
    vouched, blanks, mislaid = vouching(report), _blank_shares(report), _mislaid(report)
    marks = Counter(cell.raw for cell in report.cells.values() if cell.state is State.MARK)
    few = max(_FEW_MARKS, _RARE_MARKS * sum(cell.state is State.BLANK for cell in report.cells.values()))
    found = {
        key: _Look(seen[cell.place], min(vouched[key], 2))
        for key, cell in report.cells.items()
        if isinstance(cell.place, PageBox) and cell.place in seen
    }
    second, fields = _second_readings(found, engine), template(report.form).fields
    cells = dict(report.cells)
    for key, look in found.items():
        cell = cells[key] = _with_second(cells[key], look, second.get(key))
        if cell.state is State.BLANK:
            is_mislaid = key.table in mislaid and not cell.doubts
            doubt = Doubt(Reason.LOW_CONFIDENCE, MISLAID_NOTE) if is_mislaid else _blank_doubt(look, blanks[key.table])
        elif cell.state is State.MARK and marks[cell.raw] <= few:  # whoever writes marks writes many
            doubt = Doubt(Reason.LOW_CONFIDENCE, LONE_NOTE.format(cell.raw))
        else:
            doubt = _doubt(look, second.get(key)) or _sign_doubt(look, fields[key].kind) or _unit_doubt(cell)
            doubt = None if cell.state is State.UNREADABLE else doubt
        if doubt:
            cells[key] = replace(cell, doubts=(*cell.doubts, doubt))
    for key, note in _doubted_with_others(report, cells, found, second).items():
        cells[key] = replace(cells[key], doubts=(Doubt(Reason.LOW_CONFIDENCE, note),))
    for key, cell in cells.items():
        if key not in found and _is_unsure_word(cell):
            cells[key] = replace(cell, doubts=(Doubt(Reason.LOW_CONFIDENCE, FAINT_NOTE),))
    return replace(report, cells=_with_lost_rows(report, cells, found))


def _doubted_with_others(
    report: Report,
    cells: Mapping[CellKey, Cell],
    found: Mapping[CellKey, _Look],
    second: Mapping[CellKey, Recognised],
) -> dict[CellKey, str]:
    """Return the cells to be doubted because of what is doubtful elsewhere on the scan, and why."""
    free = {key: look for key, look in found.items() if cells[key].value and not cells[key].doubts}
    differing = [key for key in second if _differs(cells[key])]
    confused = confusions((found[key].read.text, second[key].figure) for key in differing)
    alike = misread_alike(cells, closed_equations(report), confused)
    notes = {key: ALIKE_NOTE for key in free if key in alike and free[key].vouched < len(_ENOUGH) - 1}
    if _is_hardly_legible([cells[key] for key in found]):
        notes |= {key: HARDLY_NOTE for key, look in free.items() if not look.vouched}
    return notes


def _differs(cell: Cell) -> bool:
    """Whether two readings of the cell differ."""
    return any(doubt.reason is Reason.READINGS_DIFFER for doubt in cell.doubts)


def _is_hardly_legible(cells: Sequence[Cell]) -> bool:
    """Whether so many of a scan's figures are hard to read that others may be misread alike, however sure they seem."""
    figures = [cell for cell in cells if cell.value or cell.state is State.UNREADABLE]
    illegible = sum(cell.state is State.UNREADABLE or any(map(_is_of_print, cell.doubts)) for cell in figures)
    return len(figures) >= _FEWEST and illegible > _HARDLY * len(figures)


def _is_of_print(doubt: Doubt) -> bool:
    """Whether the doubt is about what the print says, not about where it stands or what lies on it."""
    return doubt.reason is Reason.READINGS_DIFFER or doubt.note in (FAINT_NOTE, ZERO_NOTE, UNEVEN_NOTE)


def _is_unsure_word(cell: Cell) -> bool:
    """Whether the cell comes from words of a table without lines, which were read once and of which no crop is kept."""
    is_alone = isinstance(cell.place, PageBox) and cell.is_read and not cell.doubts
    return is_alone and cell.confidence < _ALONE


def _second_readings(found: Mapping[CellKey, _Look], engine: Recogniser) -> dict[CellKey, Recognised]:
    """Read again, from another crop, what is not both sure and vouched for."""
    weak = [key for key, look in found.items() if look.is_weak and len(look.read.ink.lines) == 1]
    crops = [crop for key in weak for crop in second_crops(found[key].read)]
    dotted = [found[key].read.is_dotted for key in weak]
    seconds = zip(engine.read(crops), dotted, strict=True)
    readings = (figure_alone(as_zero(reading) if is_dotted else reading) for reading, is_dotted in seconds)
    return {key: _with_unit(reading, found[key].read.text) for key, reading in zip(weak, readings, strict=True)}


def _with_unit(second: Recognised, first: str) -> Recognised:
    """Return the second reading, as a figure what the first one says if both read the same unit, or sign in words."""
    bare = _UNIT.sub("", first)
    agrees = bare != first and bare == second.figure
    return replace(second, figure=first) if agrees or (first == second.text and first != second.figure) else second


def _with_second(cell: Cell, look: _Look, second: Recognised | None) -> Cell:
    """Return the cell with what the second reading says; what is a drawn mark was not read as a figure."""
    return cell if second is None or look.read.mark is not None else replace(cell, second=second.figure)


def _doubt(look: _Look, second: Recognised | None) -> Doubt | None:
    read = look.read
    if read.mark is None and second is not None and second.figure != read.text:
        return Doubt(Reason.READINGS_DIFFER, DIFFER_NOTE.format(read.text, second.figure))
    if look.vouched < len(_ENOUGH) - 1 and (read.is_off_page or read.is_uneven or read.may_have_sign):
        return Doubt(Reason.LOW_CONFIDENCE, EDGE_NOTE if read.is_off_page else UNEVEN_NOTE)
    sure = read.confidence if second is None or read.mark else (read.confidence + second.figure_confidence) / 2
    if _LEADING_ZERO.match(read.text):
        return Doubt(Reason.LOW_CONFIDENCE, ZERO_NOTE)
    needed = _ENOUGH_OF_SEVERAL if not look.vouched and len(read.text) > 1 else _ENOUGH[look.vouched]
    if second is None and look.is_weak and read.mark is None:
        needed = max(needed, _ALONE)
    is_odd = read.is_broken or read.is_leaning or read.is_accompanied or read.is_ticked or read.ink.is_uneven
    if sure < needed or (is_odd and not look.vouched):
        return Doubt(Reason.LOW_CONFIDENCE, FAINT_NOTE)
    if look.vouched == len(_ENOUGH) - 1:
        return None
    is_whole = bool(look.vouched) and sure >= _CLEAR
    if is_whole:
        return None
    if read.stamped > _STAMPED:
        return Doubt(Reason.STAMP, STAMP_NOTE)
    if read.is_crossed:
        return Doubt(Reason.LOW_CONFIDENCE, CROSSED_NOTE)
    is_printed_so = read.is_flush and (bool(look.vouched) or read.mark is not None)
    return Doubt(Reason.LOW_CONFIDENCE, CUT_NOTE) if read.is_cut and not is_printed_so else None


def _sign_doubt(look: _Look, kind: NumberKind) -> Doubt | None:
    """Doubt a figure without a sign where one may stand, and a piece of ink beside its digits may be what is left.

    Dirt beside a 0 may be a sign, too, which would say nothing.
    """
    read = look.read
    is_bare = kind is NumberKind.CHANGE and read.text.isdecimal() and look.vouched < len(_ENOUGH) - 1
    is_something = read.text.strip("0") != ""
    beside = (is_something and read.ink.dirt > 0) or any(line.pieces > len(read.text) for line in read.ink.lines)
    return Doubt(Reason.LOW_CONFIDENCE, SIGN_NOTE) if is_bare and beside else None


def _unit_doubt(cell: Cell) -> Doubt | None:
    """Doubt an amount in yuan: a form counts in units of 10,000, and of the two characters one is easily lost."""
    return Doubt(Reason.LOW_CONFIDENCE, UNIT_NOTE) if cell.unit == _YUAN else None


def _blank_doubt(look: _Look, share: float) -> Doubt | None:
    """Doubt a blank cell with a tick, dirt, a stamp or a fold in it, or with any trace of ink among figures.

    And one of which a part may lie beyond the edge of the picture.
    """
    if look.read.is_ticked_blank:
        return Doubt(Reason.LOW_CONFIDENCE, TICK_NOTE)
    if look.read.stamped > _STAMPED:
        return Doubt(Reason.STAMP, STAMP_NOTE)
    if look.read.is_off_page:
        return Doubt(Reason.LOW_CONFIDENCE, EDGE_NOTE)
    read = look.read
    is_dirty = read.ink.dirt > _DIRTY or read.ink.is_central
    is_odd = share < _BLANKS_RARE and not read.ink.is_bare
    if read.is_cut or read.is_crossed or is_dirty or is_odd:
        return Doubt(Reason.LOW_CONFIDENCE, BLANK_NOTE)
    return None


def _blank_shares(report: Report) -> Mapping[str, float]:
    """Return, by table, the share of its cells that are blank."""
    tables = {key.table for key in report.cells}
    states = {table: [cell.state for key, cell in report.cells.items() if key.table == table] for table in tables}
    return {table: found.count(State.BLANK) / max(1, len(found)) for table, found in states.items()}


def _mislaid(report: Report) -> Collection[str]:
    """Return the tables of which so many cells may have moved that what seems blank may have lost its figure."""
    sizes, moved = Counter(key.table for key in report.cells), Counter[str]()
    for key, cell in report.cells.items():
        moved[key.table] += any(doubt.reason is Reason.AMBIGUOUS_POSITION for doubt in cell.doubts)
    return {table for table, size in sizes.items() if moved[table] >= _MISLAID * size}


def _with_lost_rows(
    report: Report, cells: Mapping[CellKey, Cell], found: Mapping[CellKey, _Look]
) -> Mapping[CellKey, Cell]:
    """Doubt what is absent from a table that was recognised, or of which the heading was: it may have gone unread.

    Where much of what was recognised is doubtful any table may have.
    """
    tables = {key.table for key in found}
    if found or report.kind in RECOGNISED:
        tables |= {t.key for t in template(report.form).tables if report.sections.get(t.section) is not None}
    if report.kind in RECOGNISED:
        read = {key: cell for key, cell in cells.items() if cell.state is not State.ABSENT}
        unsure = sum(bool(cell.doubts) or cell.state is State.UNREADABLE for cell in read.values())
        tables |= {key.table for key in (cells if unsure >= _ILLEGIBLE * len(read) else read)}
    doubt = Doubt(Reason.LINES_LOST, LOST_NOTE)
    return {
        key: replace(cell, doubts=(*cell.doubts, doubt))
        if cell.state is State.ABSENT and key.table in tables and not cell.doubts
        else cell
        for key, cell in cells.items()
    }


def with_rows_outside(found: Mapping[CellKey, Cell], whole: Mapping[CellKey, Cell]) -> Mapping[CellKey, Cell]:
    """Return what was read in scanned tables, and in doubt what they lack and stands among the lines of text.

    ``whole`` is what all of the document says: a fold may cut a row off its table.
    """
    doubt = Doubt(Reason.LOW_CONFIDENCE, OUTSIDE_NOTE)
    cells = dict(found)
    for key, cell in whole.items():
        if cells[key].state is State.ABSENT and cell.state in (State.NUMBER, State.MARK):
            cells[key] = replace(cell, doubts=(*cell.doubts, doubt))
    return cells
