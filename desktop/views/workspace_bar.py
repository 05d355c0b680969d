"""What is the matter with the workspace, over all panes, with the way on."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.keeper import Keeper
from desktop.views.pane import NoticeBar
from parser.workspace.kept import Opened

_PATIENCE = 8000  # ms after which a workspace that has not been opened is missed


class WorkspaceBar(NoticeBar):
    """Follows the keeper; goes by itself once all is well again."""

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workspace_bar")
        self._keeper = keeper
        self._about_trouble = ""  # what was said of it
        self._waiting = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._waiting.timeout.connect(self._on_slow)
        keeper.opened.connect(self._on_opened)
        keeper.refused.connect(self._on_refused)
        keeper.changed.connect(self._on_changed)

    def await_opening(self) -> None:
        """Say so if the workspace is not open soon."""
        self._waiting.start()

    def _on_slow(self) -> None:
        words = self.tr("工作区 {0} 还没有打开，可能是网络盘没有响应；打开后会自动继续")
        self.say(words.format(self._keeper.folder), is_error=True)

    def _on_opened(self, opened: Opened) -> None:
        self._waiting.stop()
        if opened.remarks:
            self.say("\n".join(opened.remarks), is_error=True)
        elif opened.is_read_only:
            self.say(self.tr("工作区是以只读方式打开的：可以查看和导出，不能修改"), is_error=False)
        else:
            self.hide()

    def _on_refused(self, why: str, may_look: bool) -> None:
        self._waiting.stop()
        look = [(self.tr("只读打开"), self._keeper.open_read_only)] if may_look else []
        self.say(why, is_error=True, offers=[(self.tr("重试"), self._try_again), *look])

    def _try_again(self) -> None:
        self._keeper.retry()
        self.await_opening()

    def _on_changed(self) -> None:
        if self._keeper.trouble:
            count = self._keeper.unkept
            unkept = self.tr("{0} 处修改还没有保存：").format(count) if count else self.tr("读出的内容还没有保存：")
            self._about_trouble = unkept + self._keeper.trouble
            self.say(self._about_trouble, is_error=True, offers=[(self.tr("重试"), self._keeper.retry)])
        elif self._about_trouble:
            if self.label.text() == self._about_trouble:  # nothing else has been said since
                self.hide()
            self._about_trouble = ""
