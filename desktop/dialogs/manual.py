"""The manual inside the program: chapters on the left, the text on the right, a field to search all of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QKeySequence, QPixmap, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.palette import Theme, theme_of
from desktop.screen_room import resize_on_screen
from parser.paths import resource

_WIDEST = 860  # pixels of a picture, however wide the window
_STYLE = """
h1 {{ font-size: 20px; font-weight: 600; color: {text}; }}
h2 {{ font-size: 16px; font-weight: 600; color: {text}; margin-top: 20px; }}
p, li {{ line-height: 150%; }}
th {{ text-align: left; background: {header}; padding: 4px 10px; }}
td {{ padding: 4px 10px; }}
a {{ color: {accent}; }}
"""


class Chapter(NamedTuple):
    """A file of the manual: its name without suffix, its title, and its Markdown."""

    name: str
    title: str
    text: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in their order, which their names begin with."""
    found = []
    for file in sorted(resource("manual").glob("[0-9]*.md")):
        text = file.read_text("utf-8")
        found.append(Chapter(file.stem.partition("-")[2], text.partition("\n")[0].lstrip("# ").strip(), text))
    return tuple(found)


class Manual(QWidget):
    """A window of its own, so that one can read and work at the same time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("年报核校 · 使用说明"))
        self.setObjectName("manual")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.contents, self.field, self.text = QListWidget(self), QLineEdit(self), _Browser(self)
        self._count = QLabel(self)
        self._next = QPushButton(self.tr("下一处(&N)"), self)
        self._build()
        self._fill("")

    def _build(self) -> None:
        resize_on_screen(self, QSize(1040, 680))
        self.contents.setAccessibleName(self.tr("目录"))
        self.contents.setFrameShape(QListWidget.Shape.NoFrame)
        self.contents.setStyleSheet("QListWidget::item { padding-left: 12px; }")
        self.contents.currentItemChanged.connect(self._on_chapter_changed)
        self.field.setAccessibleName(self.tr("在说明中查找"))
        self.field.setPlaceholderText(self.tr("在说明中查找（Ctrl+F）"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_sought)
        self.field.returnPressed.connect(self.find_next)
        self._next.clicked.connect(self.find_next)
        self._count.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.text.setAccessibleName(self.tr("说明正文"))
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 8)
        top.addWidget(self.field, 1)
        top.addWidget(self._count)
        top.addWidget(self._next)
        left = QSplitter(Qt.Orientation.Horizontal, self)
        left.addWidget(self.contents)
        left.addWidget(self.text)
        left.setSizes([220, 820])
        left.setChildrenCollapsible(False)
        left.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(left, 1)
        QShortcut(QKeySequence("Ctrl+F"), self, self.field.setFocus)
        QShortcut(QKeySequence("Esc"), self, self.close)

    def open_at(self, chapter: str = "") -> None:
        """Show the window, at a chapter if one is named."""
        self.show()
        self.raise_()
        self.activateWindow()
        if chapter:
            self.field.clear()
            self._go_to(chapter)
        self.text.setFocus()

    def find_next(self) -> None:
        """Go to the next place with the words sought, in the following chapters too."""
        wanted = self.field.text().strip()
        if not wanted:
            return
        if not self.text.find(wanted):
            row = (self.contents.currentRow() + 1) % max(1, self.contents.count())
            self.contents.setCurrentRow(row)
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_next"):
            self._show_chapter()

    def _chapter(self) -> str:
        """Return the name of the chapter in sight, ``""`` for none."""
        row = self.contents.currentRow()
        return str(self.contents.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""

    def _go_to(self, name: str) -> None:
        for row in range(self.contents.count()):
            if self.contents.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.contents.setCurrentRow(row)

    def _on_sought(self, wanted: str) -> None:
        self._fill(wanted.strip())

    def _fill(self, wanted: str) -> None:
        """List the chapters that have the words sought, and show the first place."""
        before = self._chapter()
        self.contents.blockSignals(True)
        self.contents.clear()
        times = 0
        for chapter in chapters():
            here = _plain(chapter.text).casefold().count(wanted.casefold()) if wanted else 0
            times += here
            if here or not wanted:
                row = QListWidgetItem(f"{chapter.title}  {here}" if wanted else chapter.title, self.contents)
                row.setData(Qt.ItemDataRole.UserRole, chapter.name)
                row.setSizeHint(QSize(0, self.fontMetrics().height() + 14))
        self.contents.setCurrentRow(0)
        self._go_to(before)
        self.contents.blockSignals(False)
        words = (self.tr("{0} 处").format(times) if times else self.tr("没有找到")) if wanted else ""
        self._count.setText(words)
        self._next.setEnabled(bool(times))
        self._show_chapter()

    def _on_chapter_changed(self) -> None:
        self._show_chapter()

    def _show_chapter(self) -> None:
        chapter = next((chapter for chapter in chapters() if chapter.name == self._chapter()), None)
        self.text.show_markdown(chapter.text if chapter is not None else "", theme_of(self.palette()))
        self._mark(self.field.text().strip())

    def _mark(self, wanted: str) -> None:
        """Mark every place with the words sought, and go to the first."""
        marks, cursor, theme = [], QTextCursor(self.text.document()), theme_of(self.palette())
        while wanted:
            cursor = self.text.document().find(wanted, cursor)
            if cursor.isNull():
                break
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor  # type: ignore[attr-defined]
            mark.format.setBackground(QColor(theme.doubt_soft))  # type: ignore[attr-defined]
            marks.append(mark)
        self.text.setExtraSelections(marks)
        if marks:
            self.text.setTextCursor(QTextCursor(marks[0].cursor))  # type: ignore[attr-defined]
            self.text.moveCursor(QTextCursor.MoveOperation.Left)
            self.text.ensureCursorVisible()

    def _on_link(self, link: QUrl) -> None:
        """Go to another chapter; the manual links nowhere else."""
        self.field.clear()
        self._go_to(Path(link.path()).stem.partition("-")[2])


class _Browser(QTextBrowser):
    """Shows Markdown with its pictures as large as they are, or as the window is wide."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[str, Theme] | None = None
        self._widest = 0  # pixels of a picture

    def show_markdown(self, text: str, theme: Theme) -> None:
        """Show a chapter in the colours of the day."""
        self._shown, self._widest = (text, theme), self._room()
        draft = QTextDocument()
        draft.setMarkdown(text)
        html = re.sub(r"<body[^>]*>", "<body>", draft.toHtml())
        html = re.sub(r"<p [^>]*>(<img [^>]*>)", r'<p style="line-height:100%">\1', html)
        html = re.sub(r"font-family:'[^']*mono[^']*';", f"color:{theme.accent}; font-weight:600;", html)
        colours = {name: getattr(theme, name) for name in ("text", "accent", "header")}
        self.document().clear()  # and the pictures it remembers
        self.document().setDefaultStyleSheet(_STYLE.format(**colours))
        self.document().setDocumentMargin(20)
        self.setHtml(html)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and self._room() != self._widest:
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self.show_markdown(*self._shown)
            bar.setValue(round(share * bar.maximum()))

    def _room(self) -> int:
        return min(_WIDEST, max(320, self.width() - 60))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the manual, smoothly reduced where it is too wide."""
        picture = QPixmap(str(resource("manual", QUrl(name).path())))
        if picture.isNull():
            return super().loadResource(kind, name)
        ratio = self.devicePixelRatioF()
        room = round(self._widest * ratio)
        if picture.width() > room:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
        return picture

    def setSource(self, _url: QUrl) -> None:  # type: ignore[override]
        """Stay: chapters are shown by ``show_markdown``."""


def _plain(text: str) -> str:
    """Return the words of a chapter without what Markdown makes of them."""
    return re.sub(r"[*`#|]|!\[[^\]]*\]\([^)]*\)", "", text)
