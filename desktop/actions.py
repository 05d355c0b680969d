"""The menu bar: every action with its key. Keys that belong to a table are only named here, the table handles them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMenuBar

from desktop.icons import icon
from desktop.palette import theme_of
from desktop.session import Session
from desktop.soon import soon

Slot = Callable[[], object]


class Actions(QObject):
    """Builds the menus of a window; a few actions are kept by name for buttons."""

    completed = Signal()  # all actions are there

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._needing_report: list[QAction] = []
        self._needing_pages: list[QAction] = []
        self._signs: list[tuple[QAction, str]] = []
        self._fill: Slot | None = None

    def build(self, slots: dict[str, Slot], menus: Callable[[], dict[str, QMenu]]) -> None:
        """Make the menu bar and the actions in sight at the start; the rest is made by ``complete``.

        ``slots`` says what the window itself does, ``menus`` gives those that fill themselves.
        """
        bar = self._window.menuBar()
        titles = self.tr("文件(&F)"), self.tr("编辑(&E)"), self.tr("核对(&R)"), self.tr("查看(&V)"), self.tr("帮助(&H)")
        tops = [bar.addMenu(title) for title in titles]
        open_files, open_folder = self.tr("打开文件…"), self.tr("打开文件夹…")
        self.open_files = self._add(tops[0], open_files, slots["open_files"], "Ctrl+O", "file-plus")
        self.open_folder = self._add(tops[0], open_folder, slots["open_folder"], "Ctrl+Shift+O", "folder-plus")
        self.samples = self._add(None, self.tr("打开样例"), slots["samples"], sign="file-check")
        theme = theme_of(self._window.palette())
        for action, sign in self._signs:  # these are always enabled
            action.setIcon(icon(sign, theme.text))
        self._fill = partial(self._fill_menus, tops, slots, menus)
        for menu in tops:
            menu.aboutToShow.connect(self.complete)
            menu.aboutToHide.connect(lambda: soon(bar, lambda: _give_back(bar)))

    def complete(self) -> None:
        """Fill the menus, once: when the window has been painted, or a menu is opened. Icons: ``draw_icons``."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill()
            self.renew()
            self.completed.emit()

    def _fill_menus(self, tops: Sequence[QMenu], slots: dict[str, Slot], menus: Callable[[], dict[str, QMenu]]) -> None:
        file, edit, review, view, help_menu = tops
        inner = menus()
        self._fill_file(file, slots, inner)
        self._fill_edit(edit, slots)
        self._fill_review(review, slots)
        self._fill_view(view, slots, inner)
        self._add(help_menu, self.tr("使用说明"), slots["manual"], "F1")
        self._add(help_menu, self.tr("快捷键一览"), slots["keys"], "Ctrl+/")
        help_menu.addAction(self.samples)
        help_menu.addSeparator()
        self._add(help_menu, self.tr("关于年报核校"), slots["about"])
        for changed in (self._session.current_changed, self._session.entry_changed, self._session.cell_changed):
            changed.connect(self.renew)

    def draw_icons(self) -> None:
        """Draw all icons in the colours of the day."""
        theme = theme_of(self._window.palette())
        for action, sign in self._signs:
            action.setIcon(icon(sign, theme.text, theme.line))

    def _fill_file(self, menu: QMenu, slots: dict[str, Slot], menus: dict[str, QMenu]) -> None:
        menu.addMenu(menus["recent"])
        self._add(menu, self.tr("重新扫描文件夹"), slots["rescan"], "Shift+F5")
        self._add(menu, self.tr("把照片合并成一份报告…"), slots["join_pictures"])
        typed = self._add(menu, self.tr("新建空白表…"), slots["new_form"], "Ctrl+N")
        menu.addSeparator()
        again = self._add(menu, self.tr("重新读取原文件"), self._session.read_again, "F5")
        original = self._add(menu, self.tr("打开原文件"), slots["open_original"], "Ctrl+Shift+E")
        shown = self._add(menu, self.tr("在文件夹中显示"), slots["show_in_folder"])
        gone = self._add(menu, self.tr("从列表中移除") + "\tDelete", slots["remove"])
        self.for_queue: list[QAction | None] = [original, shown, again, None, gone]
        self._needing_entry = [original, shown, again, gone]
        self.for_unreadable = [original, again, typed, gone]
        menu.addMenu(menus["removed"])
        menu.addSeparator()
        self._fill_workspace(menu, slots, menus)
        menu.addSeparator()
        self._add(menu, self.tr("保存"), slots["save"], "Ctrl+S")
        self.export = self._add(menu, self.tr("导出…"), slots["export"], "Ctrl+E", "file-down")
        self._add(menu, self.tr("导出全部已核报告…"), slots["export_checked"], "Ctrl+Shift+S")
        menu.addSeparator()
        self._add(menu, self.tr("校核人姓名…"), slots["author"])
        menu.addSeparator()
        self._add(menu, self.tr("退出"), self._window.close, "Ctrl+Q")

    def _fill_workspace(self, menu: QMenu, slots: dict[str, Slot], menus: dict[str, QMenu]) -> None:
        inner = menu.addMenu(self.tr("工作区"))
        self._add(inner, self.tr("打开其他工作区…"), slots["open_workspace"])
        inner.addMenu(menus["workspaces"])
        inner.addSeparator()
        self._add(inner, self.tr("复制工作区到…（交接、备份）"), slots["copy_workspace"])
        self._add(inner, self.tr("在文件夹中显示工作区"), slots["show_workspace"])

    def _fill_edit(self, menu: QMenu, slots: dict[str, Slot]) -> None:
        steps = self._session.undo_stack
        self.undo = steps.createUndoAction(self._window, self.tr("撤销"))
        self.redo = steps.createRedoAction(self._window, self.tr("重做"))
        for action, step, name, keys in (
            (self.undo, steps.undo, "undo-2", ["Ctrl+Z"]),
            (self.redo, steps.redo, "redo-2", ["Ctrl+Y", "Ctrl+Shift+Z"]),
        ):
            action.triggered.disconnect()
            action.triggered.connect(lambda _checked, step=step: _act(step))
            self._signs.append((action, name))
            action.setShortcuts([QKeySequence(key) for key in keys])
            menu.addAction(action)
        menu.addSeparator()
        self.heading = self._add(
            menu, self.tr("机关、年度和格式…"), slots["heading"], "Ctrl+I", "pencil", needs_report=True
        )
        self.convert = self._add(menu, self.tr("转换为应使用的格式…"), slots["convert"])
        self._add(menu, self.tr("修改单元格") + "\tF2", slots["edit"], needs_report=True)
        self._add(menu, self.tr("记为空白") + "\tDelete", slots["clear"], needs_report=True)
        self._add(menu, self.tr("复制单元格") + "\tCtrl+C", slots["copy"], needs_report=True)
        self._add(menu, self.tr("粘贴单元格") + "\tCtrl+V", slots["paste"], needs_report=True)
        self._add(menu, self.tr("向下填充") + "\tCtrl+D", slots["fill_down"], needs_report=True)
        menu.addSeparator()
        self._add(menu, self.tr("在原文中查找"), slots["find"], "Ctrl+F", "search", needs_report=True)

    def _fill_review(self, menu: QMenu, slots: dict[str, Slot]) -> None:
        session = self._session
        self._add(menu, self.tr("确认，到下一处存疑") + "\tEnter", session.review.accept, needs_report=True)
        back = self.tr("回上一处存疑") + "\tShift+Enter"
        self._add(menu, back, lambda: session.review.go_to_doubt(-1), needs_report=True)
        later = self.tr("先放下，最后再看") + "\t" + self.tr("空格")
        self._add(menu, later, session.review.postpone, needs_report=True)
        self._add(menu, self.tr("确认所选各格") + "\tCtrl+Shift+Enter", slots["confirm"], needs_report=True)
        self._add(menu, self.tr("原文如此…"), slots["printed"], "Ctrl+'", needs_report=True)
        menu.addSeparator()
        for number in (1, 2, 3):
            text = self.tr("采用建议 {0}").format(number)
            self._add(menu, text, partial(session.review.accept_suggestion, number), f"Alt+{number}", needs_report=True)
        menu.addSeparator()
        self._add(menu, self.tr("同数对照…"), slots["zero_sheet"], "Ctrl+G", needs_report=True)
        self._add(menu, self.tr("下一条检查结果"), slots["next_finding"], "F8", needs_report=True)
        self._add(menu, self.tr("上一条检查结果"), slots["previous_finding"], "Shift+F8", needs_report=True)
        menu.addSeparator()
        mark = session.review.mark_checked
        self.check = self._add(menu, self.tr("标为已核"), mark, "Ctrl+Return", needs_report=True)
        self.check.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])

    def _fill_view(self, menu: QMenu, slots: dict[str, Slot], menus: dict[str, QMenu]) -> None:
        self._add(menu, self.tr("下一份报告"), slots["next_report"], "Ctrl+PgDown")
        self._add(menu, self.tr("上一份报告"), slots["previous_report"], "Ctrl+PgUp")
        menu.addSeparator()
        self._fill_source(menu, slots)
        menu.addSeparator()
        self._add(menu, self.tr("下一张表、正文"), slots["next_tab"], "Ctrl+Tab", needs_report=True)
        self._add(menu, self.tr("上一张表、正文"), slots["previous_tab"], "Ctrl+Shift+Tab", needs_report=True)
        self._add(menu, self.tr("下一窗格"), slots["next_pane"], "F6")
        self._add(menu, self.tr("上一窗格"), slots["previous_pane"], "Shift+F6")
        menu.addSeparator()
        self._add(menu, self.tr("显示或收起报告列表"), slots["fold_queue"], "F9")
        self._add(menu, self.tr("筛选报告列表"), slots["search_queue"], "Ctrl+Shift+F")
        menu.addMenu(menus["orders"])
        menu.addSeparator()
        menu.addMenu(menus["theme"])
        menu.addMenu(menus["text"])

    def _fill_source(self, menu: QMenu, slots: dict[str, Slot]) -> None:
        """Add what is done to the view of the source; ``for_pages`` are the buttons over it, None the page field."""
        larger = self._add(menu, self.tr("放大原文"), slots["zoom_in"], "Ctrl++", "zoom-in")
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        smaller = self._add(menu, self.tr("缩小原文"), slots["zoom_out"], "Ctrl+-", "zoom-out")
        fitting = self._add(menu, self.tr("原文适合宽度"), slots["fit_width"], "Ctrl+0", "move-horizontal")
        right = self._add(menu, self.tr("页面向右转"), slots["turn_right"], "Ctrl+R", "rotate-cw")
        left = self._add(menu, self.tr("页面向左转"), slots["turn_left"], "Ctrl+Shift+R", "rotate-ccw")
        before = self._add(menu, self.tr("原文上一页"), slots["previous_page"], "Alt+PgUp", "chevron-up")
        after = self._add(menu, self.tr("原文下一页"), slots["next_page"], "Alt+PgDown", "chevron-down")
        strip = self._add(menu, self.tr("显示或收起页面列表"), slots["fold_strip"], "Shift+F9", "panel-left")
        self._needing_pages = [right, left, before, after, strip]
        self._either_view = self._add(menu, self.tr("页面 / 文字"), slots["pages_or_text"], "Ctrl+T")
        self.for_pages: list[tuple[QAction | None, str]] = [
            (strip, "sometimes"), (before, "often"), (None, "always"), (after, "often"),
            (smaller, "sometimes"), (fitting, "seldom"), (larger, "sometimes"), (left, "seldom"), (right, "often"),
        ]  # fmt: skip

    def renew_for_source(self, shows_pages: bool, has_pages: bool) -> None:
        """Enable what can be done to the source in sight."""
        for action in self._needing_pages:
            action.setEnabled(shows_pages)
        self._either_view.setEnabled(has_pages and self._session.report is not None)

    def renew(self) -> None:
        """Enable what can be done now."""
        has_report, entry = self._session.report is not None, self._session.entry
        self.export.setEnabled(has_report and entry is not None and not entry.is_reading)
        for action in self._needing_report:
            action.setEnabled(has_report)
        self.convert.setEnabled(self._session.headings.form_to_convert_to(entry) is not None)
        for action in self._needing_entry:
            action.setEnabled(entry is not None)

    def _add(
        self, menu: QMenu | None, text: str, slot: Slot, key: str = "", sign: str = "", needs_report: bool = False
    ) -> QAction:
        action = QAction(text, self._window)
        if sign:
            self._signs.append((action, sign))
        if key:
            action.setShortcut(QKeySequence(key))
            if shown_key(key) != key:  # the menu would show Qt's own name, which may be another or translated
                action.setText(f"{text}\t{shown_key(key)}")
            action.setToolTip(f"{text.rstrip('…')}（{shown_key(key)}）")
        action.triggered.connect(lambda _checked: _act(slot))
        if needs_report:
            self._needing_report.append(action)
        if menu is not None:
            menu.addAction(action)
        return action


def shown_key(key: str) -> str:
    """Return the name of a key as it is written everywhere in the program and its manual."""
    return key.replace("Return", "Enter").replace("PgDown", "PgDn")


def _give_back(bar: QMenuBar) -> None:
    """Let go of the keyboard, which a menu closed with Esc leaves to the bar: keys would do what nobody sees."""
    if bar.hasFocus() and QApplication.activePopupWidget() is None:
        QApplication.sendEvent(bar, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))


def _act(slot: Slot) -> None:
    """Do what an action does, unless what is being typed is no value and has to be seen to first."""
    from desktop.views.cell_delegate import leave_editor

    if leave_editor():
        slot()
