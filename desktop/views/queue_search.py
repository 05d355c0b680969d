"""What sifts the list of the queue: words, and a group of states."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QWidget

from desktop.models.queue_model import GROUPS
from desktop.models.queue_wording import group_name


class QueueSearch(QWidget):
    """A row over the list; Esc shows all files again."""

    sifted = Signal(str, str)  # the words, and the group of states ("" for all)
    left = Signal()  # the clerk goes on to the list

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field, self.groups = QLineEdit(self), QComboBox(self)
        self.field.setObjectName("queue_field")
        self.field.setAccessibleName(self.tr("按名称、机关、年份或状态筛选"))
        self.field.setPlaceholderText(self.tr("名称、机关"))
        self.field.setToolTip(self.tr("按名称、机关、年份或状态筛选（Ctrl+Shift+F）；Esc 看全部"))
        self.field.setClearButtonEnabled(True)
        self.field.setAcceptDrops(False)
        self.field.textChanged.connect(self._on_changed)
        self.field.installEventFilter(self)
        self.groups.setObjectName("queue_groups")
        self.groups.installEventFilter(self)
        self.groups.setAccessibleName(self.tr("按状态筛选"))
        self.groups.setToolTip(self.tr("只看某一状态的报告"))
        self.groups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.groups.setMinimumContentsLength(6)
        for group in ("", *GROUPS):
            self.groups.addItem(group_name(group), group)
        self.groups.currentIndexChanged.connect(self._on_changed)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(4)
        self._row.addWidget(self.groups)
        self._row.addWidget(self.field, 1)

    @property
    def is_sifting(self) -> bool:
        """Whether not all files are wanted."""
        return bool(self.field.text()) or self.groups.currentIndex() > 0

    def begin(self) -> None:
        """Take the keyboard."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def clear(self) -> None:
        """Want all files again."""
        self.field.clear()
        self.groups.setCurrentIndex(0)

    def count(self, counts: Mapping[str, int]) -> None:
        """Say how many files there are in each group, from their number in each stage."""
        for place in range(self.groups.count()):
            group = str(self.groups.itemData(place) or "")
            number = sum(counts[stage] for stage in list(GROUPS[group] if group else counts.keys()))
            words = f"{group_name(group)} {number}"
            if self.groups.itemText(place) != words:
                self.groups.setItemText(place, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row"):
            self._fit()

    def _fit(self) -> None:
        """Put the field below the states where too little room is left beside them for a name."""
        room = self.width() - self.groups.sizeHint().width() - 5 * self._row.spacing()
        is_enough = room >= self.fontMetrics().horizontalAdvance(self.field.placeholderText())
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if is_enough else way.TopToBottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
                return True
            if watched is self.field and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        self.sifted.emit(self.field.text(), str(self.groups.currentData() or ""))
