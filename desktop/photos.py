"""Photos of the pages of one report become one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.removing import remove
from desktop.session import Session
from desktop.tasks import TaskRunner
from desktop.views.pane import NoticeBar


class Photos(QObject):
    """Joins photos, and offers to where several lie side by side: each was taken for a report of its own."""

    def __init__(
        self, session: Session, tasks: TaskRunner, bar: NoticeBar, add: Callable[[Sequence[Path]], object]
    ) -> None:
        super().__init__(session)
        self._session, self._tasks, self._bar, self._add = session, tasks, bar, add

    def offer(self, folders: Sequence[Sequence[Path]]) -> None:
        """Offer to make one report of the photos of each folder, unless the bar has something else to say."""
        if self._bar.isVisible():
            return
        if len(folders) == 1:
            words = self.tr("“{0}”里的 {1} 张图片各算一份报告；若是同一份报告的各页，请合并成一份")
            words = words.format(folders[0][0].parent.name, len(folders[0]))
            offer = self.tr("合并成一份")
        else:
            words = self.tr("{0} 个文件夹里的图片每张算一份报告；若同一文件夹里的是同一份报告的各页，请合并")
            words = words.format(len(folders))
            offer = self.tr("每个文件夹合并成一份")
        self._bar.say(words, is_error=False, offers=[(offer, lambda: self._join_all(folders))])

    def _join_all(self, folders: Sequence[Sequence[Path]]) -> None:
        self._bar.leave()
        for files in folders:
            self.join(files)

    def join(self, files: Sequence[Path]) -> None:
        """Make one PDF of photos, beside them, and queue it in their place."""
        say = self._session.said.emit
        folder = files[0].parent

        def work() -> Path:
            from parser.export.joined_pictures import in_page_order, join_pictures

            names = (f"{folder.name}（合并{'' if number == 1 else number}）.pdf" for number in count(1))
            target = next(path for name in names if not (path := folder / name).exists())
            join_pictures(in_page_order(files), target)
            return target

        def take(target: Path) -> None:
            self._add([target])
            self._take_off(files)
            say("info", self.tr("已把 {0} 张照片按文件名次序合并为“{1}”").format(len(files), target.name))

        say("info", self.tr("正在合并 {0} 张照片…").format(len(files)))
        self._tasks.submit(work, take, lambda why: say("error", why))

    def _take_off(self, files: Sequence[Path]) -> None:
        """Take single photos in which nobody has done anything off the list; Ctrl+Z brings them back."""
        single = set(files)
        for entry in [entry for entry in self._session.entries if entry.path in single]:
            if entry.report is None or not entry.report.edits:
                remove(self._session, entry)
