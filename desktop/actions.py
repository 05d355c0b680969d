"""The menu bar: every action with its key. Keys that belong to a table are only named here, the table handles them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.icons import icon
from desktop.palette import theme_of
from desktop.session import Session

Slot = Callable[[], object]


class Actions(QObject):
    """Builds the menus of a window; a few actions are kept by name for buttons."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._needing_report: list[QAction] = []
        self._signs: list[tuple[QAction, str]] = []
        self.undo = session.undo_stack.createUndoAction(window, self.tr("撤销"))
        self.redo = session.undo_stack.createRedoAction(window, self.tr("重做"))
        self._needing_pages: list[QAction] = []
        session.current_changed.connect(self.renew)
        session.entry_changed.connect(self.renew)
        session.cell_changed.connect(self.renew)
        self._needing_suggestion: list[QAction] = []

    def build(self, slots: dict[str, Slot]) -> None:
        """Fill the menu bar; ``slots`` says what the window itself does."""
        self._build_file(slots)
        self._build_edit(slots)
        self._build_review(slots)
        self._build_view(slots)
        help_menu = self._menu(self.tr("帮助(&H)"))
        self._add(help_menu, self.tr("快捷键一览"), slots["keys"], "Ctrl+/")
        self._add(help_menu, self.tr("关于年报核校"), slots["about"])
        self.renew()
        self.draw_icons()

    def draw_icons(self) -> None:
        """Draw the icons in the colours of the day."""
        theme = theme_of(self._window.palette())
        for action, sign in self._signs:
            action.setIcon(icon(sign, theme.text, theme.line))

    def _build_file(self, slots: dict[str, Slot]) -> None:
        menu = self._menu(self.tr("文件(&F)"))
        self.open_files = self._add(menu, self.tr("打开文件…"), slots["open_files"], "Ctrl+O", "file-plus")
        self.open_folder = self._add(menu, self.tr("打开文件夹…"), slots["open_folder"], "Ctrl+Shift+O", "folder-plus")
        self._add(menu, self.tr("重新读取原文件"), self._session.read_again, "F5")
        self._add(menu, self.tr("从列表中移除"), self._session.remove)
        menu.addSeparator()
        self._add(menu, self.tr("保存"), slots["save"], "Ctrl+S")
        self.export = self._add(menu, self.tr("导出…"), slots["export"], "Ctrl+E", "file-down")
        menu.addSeparator()
        self._add(menu, self.tr("校核人姓名…"), slots["author"])
        menu.addSeparator()
        self._add(menu, self.tr("退出"), self._window.close, "Ctrl+Q")

    def _build_edit(self, slots: dict[str, Slot]) -> None:
        menu = self._menu(self.tr("编辑(&E)"))
        for action, name, key in ((self.undo, "undo-2", "Ctrl+Z"), (self.redo, "redo-2", "Ctrl+Y")):
            self._signs.append((action, name))
            shown = [QKeySequence(key)] if action is self.undo else [QKeySequence(key), QKeySequence("Ctrl+Shift+Z")]
            action.setShortcuts(shown)
            menu.addAction(action)
        menu.addSeparator()
        self._add(menu, self.tr("修改单元格") + "\tF2", slots["edit"], needs_report=True)
        self._add(menu, self.tr("记为空白") + "\tDelete", slots["clear"], needs_report=True)
        menu.addSeparator()
        self._add(menu, self.tr("在原文中查找"), slots["find"], "Ctrl+F", "search", needs_report=True)

    def _build_review(self, slots: dict[str, Slot]) -> None:
        menu = self._menu(self.tr("核对(&R)"))
        session = self._session
        self._add(menu, self.tr("确认，到下一处存疑") + "\tEnter", session.accept, needs_report=True)
        back = self.tr("回上一处存疑") + "\tShift+Enter"
        self._add(menu, back, lambda: session.go_to_doubt(-1), needs_report=True)
        menu.addSeparator()
        for number in (1, 2, 3):
            text = self.tr("采用建议 {0}").format(number)
            action = self._add(menu, text, partial(session.accept_suggestion, number), f"Alt+{number}")
            self._needing_suggestion.append(action)
        menu.addSeparator()
        self._add(menu, self.tr("下一条检查结果"), slots["next_finding"], "F8", needs_report=True)
        self._add(menu, self.tr("上一条检查结果"), slots["previous_finding"], "Shift+F8", needs_report=True)

    def _build_view(self, slots: dict[str, Slot]) -> None:
        menu = self._menu(self.tr("查看(&V)"))
        self._add(menu, self.tr("下一份报告"), slots["next_report"], "Ctrl+PgDown")
        self._add(menu, self.tr("上一份报告"), slots["previous_report"], "Ctrl+PgUp")
        menu.addSeparator()
        self._build_source(menu, slots)
        menu.addSeparator()
        self._add(menu, self.tr("下一窗格"), slots["next_pane"], "F6")
        self._add(menu, self.tr("上一窗格"), slots["previous_pane"], "Shift+F6")
        menu.addSeparator()
        self._add(menu, self.tr("显示或收起报告列表"), slots["fold_queue"], "F9")

    def _build_source(self, menu: QMenu, slots: dict[str, Slot]) -> None:
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
            (strip, "sometimes"), (before, "often"), (None, "often"), (after, "often"),
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
        count = len(self._session.suggestions)
        for number, action in enumerate(self._needing_suggestion, 1):
            action.setEnabled(number <= count)

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(
        self, menu: QMenu, text: str, slot: Slot, key: str = "", sign: str = "", needs_report: bool = False
    ) -> QAction:
        action = QAction(text, self._window)
        if sign:
            self._signs.append((action, sign))
        if key:
            action.setShortcut(QKeySequence(key))
            action.setToolTip(f"{text.rstrip('…')}（{key}）")
        action.triggered.connect(lambda _checked: slot())
        if needs_report:
            self._needing_report.append(action)
        menu.addAction(action)
        return action
