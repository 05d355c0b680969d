"""What the clerk decides about the current report, key by key, and where each decision leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.changes import Changes
from desktop.decisions import must_be_settled
from desktop.entries import Entry
from desktop.missing_rows import is_missing_row, offered_rows
from parser.model.finding import Finding
from parser.model.report import CellKey, State
from parser.rules.explained import suspects_of

if TYPE_CHECKING:  # the session makes its review
    from desktop.session import Session

_PATIENCE = 5000  # ms after which nobody is led on any more


class _Wait(NamedTuple):
    """The clerk wants to go on from ``start``, see ``Round.go``, in the direction of ``step``."""

    entry: Entry
    start: CellKey | None
    step: int


def _is_open_by_itself(entry: Entry, key: CellKey) -> bool:
    """Whether a cell is open whatever the equations say: how it was read is in doubt, and nobody has decided on it."""
    cell = entry.report.cells[key] if entry.report is not None else None
    return cell is not None and key not in entry.decided and bool(cell.doubts or cell.state is State.UNREADABLE)


class Review(QObject):
    """Leads through the doubts of the session's current report; everything it changes goes through ``changes``."""

    led = Signal(bool)  # who has waited: on to another cell, or nowhere

    def __init__(self, session: Session, changes: Changes) -> None:
        super().__init__(session)
        self._session, self._changes = session, changes
        self._waits: _Wait | None = None  # where the clerk wants to go on from, once the rules have been asked
        changes.assessed.connect(self._on_assessed, Qt.ConnectionType.QueuedConnection)  # when views know of it
        for change in (changes.unassessable, session.cells_edited, session.cell_changed, session.current_changed):
            change.connect(lambda *_what: self.stay())
        session.cell_changed.connect(lambda: changes.expect_confirmation(session.entry, session.key))

    def accept(self) -> None:
        """Confirm the current cell as it stands and go to the next doubt; refused for an unreadable cell."""
        entry, key = self._session.entry, self._session.key
        before = set(entry.open) if entry is not None else set()
        with self._session.step:
            if entry is None or not self._changes.confirm(entry, key):
                return
            more = len(set(entry.open) - before)
            self.go_to_doubt(1)
        if more:
            words = self.tr("按确认的数算，另有 {0} 格与勾稽关系不符，一并列为存疑")
            self._session.said.emit("info", words.format(more))

    def accept_suggestion(self, number: int) -> None:
        """Put the n-th suggestion (from 1) for the current cell into the report and go to the next doubt, or row.

        Says so where there is none.
        """
        session, suggestions = self._session, self._session.suggestions
        if session.entry is None or session.key is None:
            return
        if number > len(suggestions):
            words = self.tr("这一格只有 {0} 条建议") if suggestions else self.tr("这一格没有建议")
            session.said.emit("info", words.format(len(suggestions)))
            return
        entry, chosen = session.entry, suggestions[number - 1]
        is_row, names = is_missing_row(entry, chosen), [entry.form.fields[key].name for key in chosen.values]
        with session.step:
            if self._changes.adopt(entry, chosen):
                self._go_on_to_row() if is_row and offered_rows(entry) else self.go_to_doubt(1)
        if not is_row and len(names) > 1:
            words = self.tr("已按建议改了 {0} 格：{1}；按 Ctrl+Z 撤销")
            session.said.emit("info", words.format(len(names), "、".join(names)))

    def _go_on_to_row(self) -> None:
        """Go to the next missing row of which the equations say what must stand in it."""
        row, *others = offered_rows(self._session.entry)
        self._session.go_to(next(iter(row.values)))
        self._session.said.emit("info", self.tr("还有 {0} 行可以按勾稽关系补入").format(1 + len(others)))

    def go_to_doubt(self, step: int) -> None:
        """Go to the next (1) or previous (-1) open doubt of the round; says when another round begins."""
        self._go(self._session.key, step)

    def _go(self, start: CellKey | None, step: int) -> None:
        """Go on from a cell; from where the clerk was led to last for None."""
        session, entry = self._session, self._session.entry
        if entry is None or entry.report is None:
            return
        postponed, self._waits = entry.round.postponed, None
        is_known = entry not in self._changes.unassessed
        following, begins_again = entry.round.go(start, step, lambda key: is_known or _is_open_by_itself(entry, key))
        if following in (None, session.key):
            session.cell_changed.emit()  # it may be out of sight
            session.step.note()
        else:
            session.go_to(following)
        if following is None and not is_known:
            self._waits = wait = _Wait(entry, start, step)
            QTimer.singleShot(_PATIENCE, self, lambda: self.stay() if self._waits is wait else None)
        elif following is None:
            session.nothing_open.emit(entry)
        elif begins_again:
            session.said.emit("info", self._about_round(entry, step, postponed))
        elif step > 0 and entry.round.is_postponed(following):
            session.said.emit("info", self.tr("其余的都看过了；先放下的还有 {0} 处").format(postponed))

    def _on_assessed(self, entry: Entry) -> None:
        """Go on to what the rules now speak against, unless the clerk has gone elsewhere meanwhile."""
        if self._waits is not None and entry is self._waits.entry and entry not in self._changes.unassessed:
            at, waits = self._session.key, self._waits
            self._go(waits.start, waits.step)
            self.led.emit(self._session.key != at)

    @property
    def is_waiting(self) -> bool:
        """Whether the clerk is to be led on once the rules have been asked: what is typed now is for the next cell."""
        return self._waits is not None

    def stay(self) -> None:
        """Lead nobody on any more: the clerk has gone elsewhere, or begun with something else."""
        if self._waits is not None:
            self._waits = None
            self.led.emit(False)

    def _about_round(self, entry: Entry, step: int, postponed: int) -> str:
        count = len(entry.open)
        if count == 1:
            return self.tr("只剩这一处存疑")
        if step < 0:
            return self.tr("这是第一处存疑，已回到最后一处；还有 {0} 处").format(count)
        if postponed:
            return self.tr("已看完一遍，从头再看：还有 {0} 处存疑，其中 {1} 处是先放下的").format(count, postponed)
        return self.tr("已看完一遍，从头再看：还有 {0} 处存疑").format(count)

    def postpone(self) -> None:
        """Leave the current doubt open, put it at the end of the round, and go to the next."""
        entry, key = self._session.entry, self._session.key
        if entry is None or key is None or key not in entry.open:
            self._session.said.emit("info", self.tr("这一格没有存疑，不用先放下"))
            return
        entry.round.postpone(key)
        self._go(None, 1)

    def confirm(self, keys: Iterable[CellKey]) -> None:
        """Confirm all open cells among ``keys`` as one step and go to the next doubt."""
        with self._session.step:
            done, unreadable = self._changes.confirm_all(self._session.entry, keys)
            if done:
                self.go_to_doubt(1)
        words = self.tr("已确认 {0} 格").format(done) if done else self.tr("所选各格没有可以确认的存疑")
        if unreadable:
            words = self.tr("{0}；{1} 格读不出数或没有找到，请逐格核对").format(words, unreadable)
        self._session.said.emit("info", words)

    def call_printed(self, keys: Iterable[CellKey], why: str) -> None:
        """Let the cells stand because the source has it so; ``why`` goes into the log."""
        if self._changes.call_printed(self._session.entry, keys, why):
            self._session.said.emit("info", self.tr("已记入校核记录：原文如此（{0}）").format(why))

    def cells_to_explain(self, finding: Finding) -> list[CellKey]:
        """Return the cells to call as printed so that the finding is explained; empty when it speaks of none.

        Of figures that do not add up and are all certain it is the one that the clerk is at, else the sum, which an
        equation has last. Where no figures stand, because rows are missing or were left blank, it is all of them.
        """
        entry = self._session.entry
        if entry is None or entry.report is None:
            return []
        cells = entry.report.cells
        suspects = [key for key in suspects_of(finding, entry.assessment) if key in cells]
        if all(cells[key].state in (State.ABSENT, State.BLANK) for key in suspects):
            return suspects
        one = suspects[-1:] if finding.equation else suspects[:1]
        if (here := self._session.key) is not None and here in suspects:
            one = [here]  # the clerk is looking at it
        return [key for key in suspects if key in entry.open] or one

    def mark_checked(self) -> None:
        """Call the report checked; refused while a doubt or an error is open: says so and goes there."""
        session, entry = self._session, self._session.entry
        if entry is None or entry.report is None:
            return
        session.look_at_source()  # it may have been changed in another program since it came into sight
        if entry.open:
            if session.key not in entry.open:
                self.go_to_doubt(1)
            words = self.tr("还不能标为已核：还有 {0} 处存疑，先看这一处").format(len(entry.open))
        elif error := next((f for f in entry.assessment.findings if must_be_settled(f)), None):
            session.choose_finding(error)
            words = self.tr("还不能标为已核：{0} 处不符既没有改正，也没有说明；改正，或按 Ctrl+' 说明原文如此")
            words = words.format(entry.error_count)
        elif entry.is_checked:
            words = self.tr("这份报告已标为已核")
        elif self._changes.mark_checked(entry):
            words = self.tr("已核；按 Ctrl+E 导出，按 Ctrl+PgDn 看下一份")
        else:
            return
        session.said.emit("info", words)
