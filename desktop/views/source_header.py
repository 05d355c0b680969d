"""The heading of the source pane: what it is called, and for pages which one, how large and which way up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSpinBox, QTabBar, QToolButton, QWidget

from desktop.icons import icon
from desktop.palette import theme_of
from desktop.views.pane import PaneHeader

PAGES, TEXT = 0, 1
_USES = ("always", "often", "sometimes", "seldom")  # what is used more has room first


class PageField(QWidget):
    """The number of the page in sight, to read and to type, and how many there are."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._count = QSpinBox(self), QLabel(self)
        self.field.setObjectName("page_field")
        self.field.setAccessibleName(self.tr("页码"))
        self.field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setKeyboardTracking(False)
        self._fit()
        self.field.valueChanged.connect(self.chosen)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field)
        row.addWidget(self._count)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "field"):
            self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.field.setFixedSize(max(36, metrics.horizontalAdvance("0000") + 8), max(24, metrics.height() + 6))

    def show_page(self, page: int, count: int) -> None:
        """Show which page of how many is in sight."""
        self.field.blockSignals(True)
        self.field.setRange(min(1, count), count)
        self.field.setValue(page)
        self.field.blockSignals(False)
        self._count.setText(f"/ {count}")
        self.field.setToolTip(self.tr("第 {0} 页，共 {1} 页；输入页码后按 Enter").format(page, count))


class SourceHeader(PaneHeader):
    """A plain name over text; over pages two tabs and buttons, those that have no room in a menu behind the last."""

    view_chosen = Signal(int)  # PAGES or TEXT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent.tr("原文") if parent else "", parent)
        self.tabs, self.page_field = QTabBar(self), PageField(self)
        self.tabs.setDrawBase(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("原文的显示方式"))
        for name in (self.tr("页面"), self.tr("文字")):
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(self.view_chosen)
        self._buttons: list[tuple[QWidget, int]] = []
        self._has_pages = False
        self._more, self._rest = QToolButton(self), QMenu(self)
        self._more.setObjectName("more_for_pages")
        self._more.setAccessibleName(self.tr("更多页面操作"))
        self._more.setToolTip(self._more.accessibleName())
        self._more.setMenu(self._rest)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._dress(self._more)
        self._colour()
        self.row.insertWidget(0, self.tabs)
        self.row.setSpacing(2)
        self.title.setContentsMargins(0, 0, 6, 0)

    def add_actions(self, actions: list[tuple[QAction | None, str]]) -> None:
        """Put buttons into the heading with how often they are used; None stands for the page field."""
        for action, use in actions:
            widget: QWidget = self.page_field
            if action is not None:
                button = QToolButton(self)
                button.setDefaultAction(action)
                self._dress(button)
                widget = button
            self.row.addWidget(widget)
            self._buttons.append((widget, _USES.index(use)))
        self.row.addWidget(self._more)

    def show_kind(self, is_paged: bool, is_text: bool, has_text: bool) -> None:
        """Dress for text, for pages, or for the text of pages, which is not there yet while they are read."""
        self._has_pages = is_paged and not is_text
        self.title.setVisible(not is_paged)
        self.tabs.setVisible(is_paged)
        self.tabs.blockSignals(True)
        self.tabs.setTabEnabled(TEXT, has_text or is_text)
        self.tabs.setCurrentIndex(TEXT if is_text else PAGES)
        self.tabs.blockSignals(False)
        self.row.setContentsMargins(0 if is_paged else 12, 0, 4, 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_more"):
            self._colour()

    def _colour(self) -> None:
        self._more.setIcon(icon("ellipsis", theme_of(self.palette()).text))

    def _dress(self, button: QToolButton) -> None:
        button.setAutoRaise(True)
        button.setFixedSize(26, 26)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _fit(self) -> None:
        room = self.width() - self.tabs.sizeHint().width() - self._detail.minimumSizeHint().width() - 4
        if self._needed(len(_USES)) > room:
            room -= self._space(self._more)
        ranks = max((rank for rank in range(len(_USES) + 1) if self._needed(rank) <= room), default=0)
        for widget, use in self._buttons:
            widget.setVisible(self._has_pages and use < ranks)
        rest = [w.defaultAction() for w, use in self._buttons if use >= ranks and isinstance(w, QToolButton)]
        self._rest.clear()
        self._rest.addActions(rest)
        self._more.setVisible(self._has_pages and bool(rest))

    def _needed(self, ranks: int) -> int:
        """Return the pixels that the buttons of the first ranks of use take."""
        return sum(self._space(widget) for widget, use in self._buttons if use < ranks)

    def _space(self, widget: QWidget) -> int:
        return widget.sizeHint().width() + self.row.spacing()
