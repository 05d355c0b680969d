"""Photos of the pages of one report become one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.removing import remove
from desktop.session import Session
from desktop.soon import soon
from desktop.tasks import TaskRunner
from desktop.views.pane import NoticeBar

Folders = Sequence[Sequence[Path]]


class Photos(QObject):
    """Joins photos, and offers to where several lie side by side: each was taken for a report of its own."""

    def __init__(
        self, session: Session, tasks: TaskRunner, bar: NoticeBar, add: Callable[[Sequence[Path]], object]
    ) -> None:
        super().__init__(session)
        self._session, self._tasks, self._bar, self._add = session, tasks, bar, add
        self._offered: list[Sequence[Path]] = []
        self._words = ""  # of the offer
        self._joined: dict[Path, Sequence[Path]] = {}  # what was made of which photos, until it is in the list
        session.entries_added.connect(self._on_added)

    def offer(self, folders: Folders) -> None:
        """Offer to make one report of the photos of each folder; say how where the bar has something else to say."""
        is_free = not self._bar.isVisible()
        if not is_free and self._bar.label.text() != self._words:
            words = self.tr("每张图片各算一份报告；若是同一份的各页，请用“文件 › 把照片合并成一份报告”")
            self._session.said.emit("info", words)
            return
        self._offered = [*([] if is_free else self._offered), *folders]
        if len(self._offered) == 1:
            (files,) = self._offered
            words = self.tr("“{0}”里的 {1} 张图片各算一份报告；若是同一份报告的各页，请合并成一份")
            self._words, offer = words.format(files[0].parent.name, len(files)), self.tr("合并成一份")
        else:
            words = self.tr("{0} 个文件夹里的图片每张算一份报告；若同一文件夹里的是同一份报告的各页，请合并")
            self._words, offer = words.format(len(self._offered)), self.tr("每个文件夹合并成一份")
        self._bar.say(self._words, is_error=False, offers=[(offer, self._accept)])

    def _accept(self) -> None:
        self._bar.leave()
        there = {entry.path for entry in self._session.entries}
        for files in self._offered:
            left = [file for file in files if file in there]
            if len(left) > 1:
                self.join(left)

    def join(self, files: Sequence[Path]) -> None:
        """Make one PDF of photos, beside them, and queue it in their place."""
        say = self._session.said.emit

        def work() -> Path:
            from parser.export.joined_pictures import in_page_order, join_pictures
            from parser.export.names import joined_names

            target = next(path for path in joined_names(files[0].parent) if not path.exists())
            join_pictures(in_page_order(files), target)
            return target

        def take(target: Path) -> None:
            self._joined[target] = files
            self._add([target])
            say("info", self.tr("已把 {0} 张照片按文件名次序合并为“{1}”").format(len(files), target.name))

        say("info", self.tr("正在合并 {0} 张照片…").format(len(files)))
        self._tasks.submit(work, take, lambda why: say("error", why))

    def _on_added(self, first: int, last: int) -> None:
        for entry in self._session.entries[first : last + 1]:
            if (files := self._joined.pop(entry.path, None)) is not None:
                soon(self, partial(self._take_off, files))

    def _take_off(self, files: Sequence[Path]) -> None:
        """Take single photos in which nobody has done anything off the list; Ctrl+Z brings them back."""
        entries = [entry for entry in self._session.entries if entry.path in files]
        untouched = [entry for entry in entries if not entry.decided and entry.exported_to is None]
        if untouched and not self._session.keeper.is_read_only:
            remove(self._session, untouched)
