"""A file read again takes over what people decided in it before, and says where it cannot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from parser.model.decision import REREAD
from parser.model.report import Cell, CellKey, Doubt, Edit, Reason, Report, State, section_cell, section_text
from parser.workspace.kept import Fingerprint, Kept, Reading

_FORMERLY = "上次读取时是"
_TOLD = ("issuer", "year")


@dataclass(frozen=True, slots=True)
class Carried:
    """A new reading with the earlier decisions in it.

    ``contested`` are cells that a person had decided and that are printed otherwise now: they carry a doubt that says
    so. ``renewed`` are others that read otherwise now, doubted if people have worked on the report. ``homeless`` are
    decisions on cells the form no longer has. Sections that a person has changed and that are printed otherwise now are
    in ``contested`` too.
    """

    reading: Reading
    report: Report
    contested: tuple[CellKey, ...]
    renewed: tuple[CellKey, ...]
    homeless: tuple[Edit, ...]


def carried(
    before: Kept, fresh: Report, decided: Mapping[CellKey, Edit], at: datetime, fingerprint: Fingerprint | None
) -> Carried:
    """Return ``fresh`` with the decisions that stand in ``before``.

    A person's value stays where the source prints the same as it did. Where it prints something else, the new reading
    counts and a doubt names the value of before. Whatever changes thereby is an edit with the reason REREAD, so that
    a decision whose equation has another number now is open again.
    """
    assert before.report is not None
    known = set(before.report.edits)
    came_with = tuple(edit for edit in fresh.edits if edit not in known)
    changed_elsewhere = {edit.key for edit in came_with}
    start: dict[CellKey, Cell] = {}
    edits: list[Edit] = []
    for key, cell in fresh.cells.items():
        past = _Past(before, key, decided.get(key), key in changed_elsewhere)
        start[key], after = past.meet(cell)
        if after is not None:
            edits.append(Edit(key, start[key], after, REREAD, "", at))
    sections, section_edits = _carried_sections(before.report, fresh, changed_elsewhere, at)
    edits += section_edits
    kept_edits = tuple(edit for edit in before.report.edits if edit.key in fresh.cells or not edit.key.is_cell)
    begun = replace(fresh, cells=start, sections=sections, edits=kept_edits + came_with)
    for name in (key.head for key in decided if key.head in _TOLD):  # a person knows better than the file
        begun = begun.called(name, str(getattr(before.report, name) or ""))
    reading = Reading(begun, fresh.cells, fingerprint, came_with=came_with, carried=tuple(edits))
    contested = tuple(edit.key for edit in edits if edit.key in decided)
    renewed = tuple(edit.key for edit in edits if edit.key not in decided and not edit.key.section)
    homeless = tuple(edit for key, edit in decided.items() if key not in fresh.cells and key.is_cell)
    return Carried(reading, begun.apply(edits), contested, renewed, homeless)


def _carried_sections(
    before: Report, fresh: Report, changed_elsewhere: Collection[CellKey], at: datetime
) -> tuple[dict[str, str | None], list[Edit]]:
    """Return the sections to begin with, and the edits that put the new text where the source has another one."""
    start, edits = dict(fresh.sections), []
    for key in dict.fromkeys(edit.key for edit in before.edits if edit.key.section):
        number = key.section
        assert number is not None
        now, text = before.sections.get(number), fresh.sections.get(number)
        if now == text or key in changed_elsewhere:
            continue
        start[number] = now
        if now == (printed := _printed_section(before, key)) or text != printed:
            edits.append(Edit(key, section_cell(now), section_cell(text), REREAD, "", at))
    return start, edits


def _printed_section(report: Report, key: CellKey) -> str | None:
    """Return the text that a section had when it was read last, whatever was made of it since."""
    printed: Cell | None = None
    for edit in report.edits:
        if edit.key == key:
            printed = edit.after if edit.reason == REREAD else printed or edit.before
    return section_text(printed) if printed is not None else None


@dataclass(frozen=True, slots=True)
class _Past:
    """What was known of a cell before its file was read again."""

    before: Kept
    key: CellKey
    decision: Edit | None
    is_changed_elsewhere: bool

    def meet(self, fresh: Cell) -> tuple[Cell, Cell | None]:
        """Return the cell to begin with, and the one the new reading makes of it if that says something else."""
        assert self.before.report is not None
        now, as_read = self.before.report.cells.get(self.key), self.before.as_read.get(self.key)
        if now is None or as_read is None:
            return fresh, None
        is_same_print = not self.is_changed_elsewhere and _print(fresh) == _print(as_read)
        if self.decision is None:
            return self._meet_undecided(now, fresh)
        if is_same_print:
            return _decided(fresh, now), None
        if _says(fresh) == _says(now) and not fresh.doubts:
            return fresh, None
        return now, replace(fresh, doubts=(*fresh.doubts, self._doubt(now, as_read, fresh)))

    def _meet_undecided(self, now: Cell, fresh: Cell) -> tuple[Cell, Cell | None]:
        """Return the same of a cell that nobody changed: who called the report right had the former figure in sight."""
        if _says(fresh) == _says(now):
            unseen = tuple(doubt for doubt in now.doubts if doubt.note.startswith(_FORMERLY))
            return replace(fresh, doubts=(*fresh.doubts, *unseen)), None
        if not self.before.is_worked_on:
            return now, fresh
        note = f"{_FORMERLY}“{_in_words(now)}”，现在是“{_in_words(fresh)}”，请重新核对"
        return now, replace(fresh, doubts=(*fresh.doubts, Doubt(Reason.READINGS_DIFFER, note)))

    def _doubt(self, now: Cell, as_read: Cell, fresh: Cell) -> Doubt:
        assert self.decision is not None
        who = self.decision.author or "此前"
        note = f"{who}核为“{_in_words(now)}”时原文是“{_raw(as_read)}”，现在原文是“{_raw(fresh)}”，请重新核对"
        return Doubt(Reason.READINGS_DIFFER, note)


def _decided(fresh: Cell, now: Cell) -> Cell:
    """Return what a person made of the cell, at its new place; ``Cell`` shows a mark by its raw text."""
    raw = now.raw if now.state is State.MARK else fresh.raw
    return replace(now, raw=raw, place=fresh.place)


def _print(cell: Cell) -> tuple[object, ...]:
    """Return what stands in the source; where nothing does, it matters why."""
    raw = cell.raw.strip()
    return (raw,) if raw else (raw, cell.state)


def _says(cell: Cell) -> tuple[object, ...]:
    return cell.state, cell.value, cell.unit, cell.shown


def _in_words(cell: Cell) -> str:
    return cell.shown or _nothing(cell)


def _raw(cell: Cell) -> str:
    return cell.raw.strip() or _nothing(cell)


def _nothing(cell: Cell) -> str:
    return "无此格" if cell.state is State.ABSENT else "空白"
