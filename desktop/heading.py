"""Whose report it is, on which year, and in which form: corrected by a person, as steps that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.backend import Backend
from desktop.changes import Changes
from desktop.commands import Step
from desktop.entries import Entry
from desktop.inbox import Inbox
from desktop.keeper import Keeper
from desktop.signing import now
from desktop.tasks import TaskRunner
from parser.model.decision import CONVERTED, TYPED, UNDONE
from parser.model.report import Cell, CellKey, Edit, Report, head_cell
from parser.workspace.kept import Reading

if TYPE_CHECKING:
    from parser.workspace.carry import Carried

_ISSUER, _YEAR, _FORM = (CellKey.of_head(name) for name in ("issuer", "year", "form"))
_Laid = tuple[Report, Mapping[CellKey, Cell]]


class Headings(QObject):
    """Changes the head of reports; another form lays the source into other cells."""

    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, keeper: Keeper, changes: Changes, inbox: Inbox) -> None:
        super().__init__(changes)
        self._backend, self._tasks, self._keeper = backend, tasks, keeper
        self._changes, self._inbox = changes, inbox
        changes.made.connect(self._on_made)
        self.said.connect(changes.said)

    def correct(self, entry: Entry, issuer: str | None, year: int | None, form: str) -> bool:
        """Give the report another issuer, year or form; False when it may not be changed now."""
        report = entry.report
        if report is None:
            return False
        edits = []
        for key, before, after in ((_ISSUER, report.issuer, issuer), (_YEAR, report.year, year)):
            if before != after:
                edits.append(self._edit(key, before, after))
        if not self._changes.put(entry, edits, self.tr("更正机关和年度")):
            return False
        if form != report.form or report.template is None:
            return self._choose_form(entry, form)
        return True

    def form_to_convert_to(self, entry: Entry | None) -> str | None:
        """Return the form that is due for the year of the report when it is in another one, else None."""
        report = entry.report if entry is not None and entry.is_complete and not entry.is_reading else None
        if report is None or report.year is None:
            return None
        from parser.templates.load import template_due

        due = template_due(report.year)
        return due.id if due is not None and due.id != report.form else None

    def convert(self, entry: Entry) -> None:
        """Put the report into the fields of the form that is due, as ``conversion`` lists them; as one step."""
        from parser.extract.refit import converted

        report, form = entry.report, self.form_to_convert_to(entry)
        if report is None or form is None or not self._changes.put(entry, (), ""):
            return
        new = converted(report, form)
        as_read = {key: entry.as_read.get(key, cell) for key, cell in new.cells.items()}
        words = self.tr("已转换为 {0} 年格式；没有对应的格留空，列为存疑").format(form)
        self._lay(entry, report, replace(new, cells=as_read), CONVERTED, words)

    def _edit(self, key: CellKey, before: str | int | None, after: str | int | None, reason: str = TYPED) -> Edit:
        return Edit(key, head_cell(before), head_cell(after), reason, self._changes.author, now())

    def _choose_form(self, entry: Entry, form: str) -> bool:
        if entry.is_reading or not entry.is_complete:
            self.said.emit("info", self.tr("这份报告还没有识别完，识别完后再改格式"))
            return False
        from parser.extract.refit import refit

        report = entry.report
        assert report is not None
        as_read = replace(report, cells=entry.as_read)
        if entry.is_paged or not report.sha256 or report.form == form:  # the pages need not be recognised again
            self._lay_anew(entry, report, refit(as_read, form))
            return True
        self._tasks.submit(
            lambda: self._backend.open_report_as(entry.path, form),
            lambda fresh: self._lay_anew(entry, report, fresh),
            lambda _why: self._lay_anew(entry, report, refit(as_read, form)),  # the file is away: what was read of it
        )
        return True

    def _lay_anew(self, entry: Entry, asked_for: Report, fresh: Report) -> None:
        words = self.tr("已按 {0} 年格式重新对齐原文，核对过的内容已保留").format(fresh.form)
        self._lay(entry, asked_for, fresh, TYPED, words)

    def _lay(self, entry: Entry, asked_for: Report, fresh: Report, reason: str, words: str) -> None:
        """Put the report into the cells of ``fresh``, what people decided carried over; as one step."""
        report = entry.report
        if report is None or report.form != asked_for.form or self._inbox.position_of(entry) is None:
            return
        from parser.workspace.carry import carried

        decided = {key: edit for key, (_, edit) in entry.decided.items()}
        result = carried(entry.kept, fresh, decided, now(), entry.fingerprint)
        edit = self._edit(_FORM, report.template, fresh.form, reason)
        text = self.tr("改用 {0} 年格式").format(fresh.form)
        self._changes.push(_FormCommand(text, entry, edit, result, self._commit))
        lost = len(result.homeless)
        more = self.tr("；{0} 处修改在新的表格中没有对应的格，只留在修改记录中").format(lost) if lost else ""
        self.said.emit("info", words + more)

    def _commit(self, entry: Entry, laid: Carried, edit: Edit) -> None:
        """Make a report laid into other cells the present one, with everything logged about it so far."""
        assert entry.report is not None
        self._changes.last = entry
        edit = replace(edit, at=now())
        known = set(laid.report.edits)
        since = tuple(other for other in entry.report.edits if other not in known)
        fields = laid.report.cells.keys()
        log = [e for e in (*laid.report.edits, *since, edit) if e.key in fields or not e.key.is_cell]
        report = replace(laid.report, edits=tuple(log))
        reading = Reading(
            laid.reading.report,
            laid.reading.as_read,
            entry.fingerprint,
            came_with=(edit,),
            carried=laid.reading.carried,
        )
        entry.take_again(replace(laid, reading=reading, report=report), self._backend.assess(report))
        self._changes.unassessed.discard(entry)
        entry.carried, entry.is_kept, entry.is_kept_whole = None, True, True
        self._keeper.begin_reading(entry.path, reading, made=1)
        self._inbox.show_again(entry)

    def _on_made(self, entry: Entry, edits: list[Edit]) -> None:
        if any(edit.key in (_ISSUER, _YEAR, _FORM) for edit in edits):
            self._inbox.look_for_twins_again(entry)


class _FormCommand(Step):
    """Puts a report into the cells of another form, and back."""

    def __init__(
        self, text: str, entry: Entry, edit: Edit, after: Carried, commit: Callable[[Entry, Carried, Edit], None]
    ) -> None:
        super().__init__(text, entry)
        from parser.workspace.carry import Carried

        assert entry.report is not None
        before = Reading(entry.report, entry.as_read, entry.fingerprint)
        self._before, self._after = Carried(before, entry.report, (), (), ()), after
        self._edit, self._commit = edit, commit

    def do(self) -> None:
        self._commit(self.entry, self._after, self._edit)

    def take_back(self) -> None:
        self._commit(self.entry, self._before, replace(self._edit.reversed(), reason=UNDONE))
