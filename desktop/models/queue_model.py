"""The files of the session as a Qt list model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.entries import Entry, Source, Stage
from desktop.models.wording import about_progress, about_source, about_twin
from desktop.session import Session

Index = QModelIndex | QPersistentModelIndex
STAGE_ROLE = Qt.ItemDataRole.UserRole + 1
WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
_NOWHERE = QModelIndex()


class QueueModel(QAbstractListModel):
    """One row a file; UserRole is its path, WORDS_ROLE its state in words."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._count = len(session.entries)
        session.entries_added.connect(self._on_added)
        session.entry_changed.connect(self._on_changed)
        session.entry_removed.connect(self._on_removed)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._session.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.path.name
        if role == Qt.ItemDataRole.UserRole:
            return str(entry.path)
        if role == STAGE_ROLE:
            return entry.stage
        if role == WORDS_ROLE:
            return self._words(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            words = (entry.failure or self._words(entry), entry.shortfall, about_twin(entry), about_source(entry))
            return "\n".join(filter(None, (str(entry.path), *words)))
        return None

    def _words(self, entry: Entry) -> str:
        words = {
            Stage.UNREAD: self.tr("已停止") if entry.was_stopped else self.tr("未读"),
            Stage.READING: about_progress(entry),
            Stage.FAILED: self.tr("无法读取：{0}").format(entry.failure),
            Stage.DOUBTFUL: self.tr("待核 {0} 处").format(len(entry.open)),
            Stage.BROKEN: self.tr("{0} 处不符").format(entry.error_count),
            Stage.CLEAN: self.tr("无存疑"),
            Stage.EXPORTED: self.tr("已导出"),
            Stage.CHANGED: self.tr("导出后有修改"),
        }[entry.stage]
        if entry.exported_to is not None and entry.open:
            words = self.tr("{0}，待核 {1} 处").format(words, len(entry.open))
        if entry.is_unread and entry.report is not None:
            words = self.tr("{0} · 正文未读").format(words)
        if entry.source is not Source.SAME:
            source = self.tr("原文件已变") if entry.source is Source.CHANGED else self.tr("原文件不在")
            words = self.tr("{0} · {1}").format(words, source)
        return self.tr("{0} · 可能重复").format(words) if entry.twin else words

    def _on_added(self, first: int, last: int) -> None:
        self.beginInsertRows(QModelIndex(), first, last)
        self._count = last + 1
        self.endInsertRows()

    def _on_changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))

    def _on_removed(self) -> None:
        self.beginResetModel()  # removing a row would make the view choose another before the session does
        self._count = len(self._session.entries)
        self.endResetModel()
