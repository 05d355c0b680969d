"""The zero sheet: all cells that read alike side by side; the odd ones are clicked out and the rest confirmed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from desktop.models.zero_model import ZeroModel
from desktop.page_images import PageImages
from desktop.palette import theme_of
from desktop.session import Session
from desktop.tasks import TaskRunner
from desktop.upright import Turns
from desktop.views.pane import CHAPTER, ElidedLabel, PaneHeader
from desktop.views.zero_crops import ZeroCrops
from desktop.views.zero_foot import ZeroFoot
from desktop.views.zero_view import ZeroView


class ZeroSheet(QWidget):
    """Lies over another widget until it is closed, the report changes, or the keyboard goes elsewhere beneath it."""

    shown = Signal(bool)  # whether it is in sight

    def __init__(
        self, session: Session, images: PageImages, tasks: TaskRunner, over: QWidget, back: Callable[[], object]
    ) -> None:
        """``back`` gives the keyboard to the review when it was not somewhere that is still in sight."""
        super().__init__(over)
        self.setObjectName("zero_sheet")
        self.setProperty(CHAPTER, "same")
        self._session, self._images, self._over, self._back = session, images, over, back
        self._turns = Turns()
        self._before: QWidget | None = None  # what had the keyboard
        self.model, self._crops = ZeroModel(session, self), ZeroCrops(images, tasks, self)
        self.view, self.foot = ZeroView(self.model, self._crops, self), ZeroFoot(session, images, self)
        self.tabs, self.counts = QTabBar(self), ElidedLabel("", self)
        self._confirm, self._close = QPushButton(self), QPushButton(self.tr("关闭  Esc"), self)
        self._build()
        self._wire()
        over.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        header = PaneHeader(self.tr("同数对照"), self)
        header.set_detail(self.tr("同一读数的各格放在一起看：不一样的剔除，其余一次确认"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("读数"))
        self.view.setAccessibleName(self.tr("读数相同的各格"))
        for button in (self._confirm, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoDefault(False)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.counts, 1)
        row.addWidget(self._confirm)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.tabs)
        column.addWidget(line)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)

    def _wire(self) -> None:
        view, model = self.view, self.model
        view.confirmed.connect(self.confirm)
        view.closed.connect(self.leave)
        view.wanted.connect(self._on_digit)
        view.stepped.connect(lambda step: model.choose(model.at + step))
        view.asked_for_cell.connect(self._go_to_cell)
        view.moved.connect(self._renew_foot)
        view.looked.connect(self._renew_counts)
        self._confirm.clicked.connect(self.confirm)
        self._close.clicked.connect(self.leave)
        self.tabs.currentChanged.connect(model.choose)
        model.regrouped.connect(self._renew)
        model.counted.connect(self._renew_counts)
        self._session.turning_away.connect(self._turn_away)
        self._session.current_changed.connect(self._end)
        self._session.finding_changed.connect(self._on_finding_changed)
        self._session.report_grew.connect(self._on_grew)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    # ── opening and closing ──────────────────────────────────────────────────────────
    def open(self) -> None:
        """Lie over the review with the zeros of the current report."""
        entry = self._session.entry
        if self.isVisible() or entry is None or entry.report is None:
            return
        if not entry.is_editable:
            self._session.said.emit("info", self.tr("表格还在识别，读完后再对照"))
            return
        self._before = QApplication.focusWidget()
        self.setGeometry(self._over.rect())
        has_pages = self._images.may_show(entry)
        self.view.tiles.has_pages = has_pages
        self._cut()
        self.model.wake()
        self.show()
        self.raise_()
        self.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def _cut(self) -> None:
        report = self._session.report
        if self.view.tiles.has_pages and report is not None:
            self._crops.show(report.cells, self._turns, self.devicePixelRatioF())

    def turn(self, turns: Turns) -> None:
        """Show pages turned so from now on."""
        if turns != self._turns:
            self._end()
        self._turns = turns
        self.foot.crop.turn(turns)

    def leave(self) -> None:
        """Go back to the review, first to a cell that was clicked out."""
        entry, odd = self._session.entry, self.model.odd
        self._turn_away()
        first = next((key for key in entry.open if key in odd), None) if entry is not None else None
        if first is not None:
            self._session.go_to(first)

    def _turn_away(self) -> None:
        """Close, and put in doubt what was clicked out, also where the rest was not confirmed: nothing seen is lost."""
        if self.isHidden():
            return
        self._end()
        entry, new = self._session.entry, self.model.unkept
        if new:
            self._session.changes.sift(entry, [], new)
        doubted = [key for key in new if entry is not None and key in entry.open]
        if doubted:
            self.model.keep(doubted)
            self._session.said.emit("info", self.tr("剔除的 {0} 格已标为存疑").format(len(doubted)))

    def _end(self) -> None:
        if not self.isHidden():
            had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
            self.hide()
            if had_focus and self._before is not None and self._before.isVisible():
                self._before.setFocus()
            elif had_focus:
                self._back()
            self._before = None
            self.model.sleep()
            self._crops.clear()

    def _go_to_cell(self) -> None:
        key = self.model.key_at(self.view.currentIndex().row())
        self._turn_away()
        self._session.go_to(key)

    # ── deciding ─────────────────────────────────────────────────────────────────────
    def confirm(self) -> None:
        """Confirm what was not clicked out, as one step, once all of it was in sight; show what was not.

        Where nothing is left, go to the next group that has some.
        """
        group = self.model.group
        if group is None:
            return
        if self.model.count(group).left and not self.view.is_seen_through:
            self.view.page_on()
            return
        good, odd = self.model.sorted_out()
        entry = self._session.entry
        is_new = entry is not None and any(key not in entry.open for key in odd)
        if not self.model.count(group).left and not is_new:
            self._go_on()
            return
        done = self._session.changes.sift(entry, good, odd)
        words = self.tr("已确认 {0} 格{1}").format(done, group.read_as)
        if odd:
            words = self.tr("{0}；剔除的 {1} 格存疑，关闭后先看").format(words, len(odd))
        self._session.said.emit("info", words)

    def _go_on(self) -> None:
        following = self.model.following()
        if following < 0:
            self._session.said.emit("info", self.tr("各种读数都对照完了"))
            self.leave()
        else:
            self.model.choose(following)

    def _on_digit(self, digit: str) -> None:
        if not self.model.choose_kind(digit):
            self._session.said.emit("info", self.tr("没有读作 {0} 的格").format(digit))

    # ── keeping up ───────────────────────────────────────────────────────────────────
    def _on_finding_changed(self) -> None:
        if self._session.finding is not None:
            self._end()

    def _on_grew(self) -> None:
        if self.isVisible():
            self._cut()

    def _renew(self) -> None:
        groups, tabs = self.model.groups, self.tabs
        self.tabs.blockSignals(True)
        while tabs.count() > len(groups):
            tabs.removeTab(tabs.count() - 1)
        while tabs.count() < len(groups):
            tabs.addTab("")
        tabs.setCurrentIndex(self.model.at)
        self.tabs.blockSignals(False)
        self._renew_counts()
        self._renew_foot()

    def _renew_counts(self) -> None:
        for number, each in enumerate(self.model.groups):
            count = self.model.count(each)
            self.tabs.setTabText(number, f"{each.name}（{count.cells}）" + ("" if count.left else "✓"))
            about = self.tr("{0} 格{1}").format(count.cells, each.read_as)
            self.tabs.setTabToolTip(number, about if count.left else self.tr("{0}，都确认过了").format(about))
        group = self.model.group
        if group is None:
            self.counts.setText("")
            self._confirm.hide()
            return
        count = self.model.count(group)
        words = [self.tr("{0} 格{1}").format(count.cells, group.read_as)]
        words += [self.tr("其中 {0} 格存疑").format(count.open)] if count.open else []
        text = "，".join(words)
        text += self.tr("；已剔除 {0} 格").format(count.odd) if count.odd else ""
        self.counts.setText(text)
        self._confirm.show()
        if count.left and not self.view.is_seen_through:
            self._confirm.setText(self.tr("看下一屏  Enter"))
        elif count.left:
            rest = self.tr("确认其余 {0} 格  Enter") if count.odd else self.tr("全部确认 {0} 格  Enter")
            self._confirm.setText(rest.format(count.left))
        else:
            self._confirm.setText(
                self.tr("下一种读数  Enter") if self.model.following() >= 0 else self.tr("完成  Enter")
            )

    def _renew_foot(self) -> None:
        if self.isVisible() or self.model.groups:
            self.foot.show_cell(self.model.key_at(self.view.currentIndex().row()), self.view.tiles.has_pages)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        beneath = new is not None and self._over.isAncestorOf(new) and not self.isAncestorOf(new) and new is not self
        if beneath and self.isVisible():
            self._before = None
            self._turn_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme_of(self.palette()).window))
