"""The sections of a report become a document to read: headings, paragraphs, and figures that lead to their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop.entries import Entry
from desktop.models.narrative_model import NarrativeModel
from desktop.palette import Theme
from desktop.views.source_text import SourceText
from parser.model.decision import changed
from parser.model.place import TextSpan
from parser.model.report import CellKey
from parser.model.template import Section

if TYPE_CHECKING:  # brings the words of the prose, which the window does not wait for
    from parser.prose.figures import Figure

FIGURE, EDIT = "figure:", "edit:"  # what links begin with
_LINE = 150.0  # % of the height of the letters


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a section: where it begins there, and where in the document."""

    start: int
    text: SourceText
    position: int

    def units(self, point: int) -> int:
        """Return the place in the document of a code point of the section."""
        return self.position + self.text.units(min(max(point - self.start, 0), len(self.text.text)))


class NarrativeText:
    """Writes one report into a document, and knows afterwards where everything stands."""

    def __init__(self, document: QTextDocument, entry: Entry, model: NarrativeModel, theme: Theme) -> None:
        self._entry, self._model, self._theme = entry, model, theme
        self._lines: dict[str, list[_Line]] = {}
        self.headings: dict[str, int] = {}
        document.clear()
        self._cursor = QTextCursor(document)
        self._cursor.beginEditBlock()
        self._write()
        self._cursor.endEditBlock()

    def range_of(self, section: str, span: TextSpan) -> tuple[int, int] | None:
        """Return where a piece of a section begins and ends in the document, None when it is not there."""
        touched = [
            line
            for line in self._lines.get(section, [])
            if line.start < span.end and span.start < line.start + len(line.text.text)
        ]
        return (touched[0].units(span.start), touched[-1].units(span.end)) if touched else None

    def section_at(self, position: int) -> str | None:
        """Return the section that a position of the document belongs to."""
        before = [number for number, start in self.headings.items() if start <= position]
        return before[-1] if before else next(iter(self.headings), None)

    # ── writing ──────────────────────────────────────────────────────────────────────
    def _write(self) -> None:
        report = self._entry.report
        assert report is not None
        if report.title:
            self._paragraph(report.title, _format(self._theme.text, 1.25, QFont.Weight.DemiBold), above=4)
        for section in self._entry.form.sections:
            self._write_heading(section)
            text = report.sections.get(section.number)
            quiet = _format(self._theme.muted)
            if text is None and self._entry.is_reading:
                self._paragraph(_tr("（正在识别）"), quiet)
            elif text is None:
                self._paragraph(_tr("没有找到这一部分"), _format(self._theme.error))
            elif text.strip():
                self._write_section(section.number, text)
            else:
                self._paragraph(_tr("（除表格外没有文字）"), quiet)

    def _write_heading(self, section: Section) -> None:
        strong = _format(self._theme.text, 1.08, QFont.Weight.DemiBold)
        self._paragraph(f"{section.ordinal}、{section.title.text}", strong, above=14)
        self.headings[section.number] = self._cursor.block().position()
        key = CellKey.of_section(section.number)
        decision = self._entry.decided.get(key)
        if decision is not None and self._entry.report is not None and key in changed(self._entry.report.edits):
            mark = _format(self._theme.accent)
            at = decision[1].at.astimezone().strftime("%Y-%m-%d %H:%M")
            mark.setToolTip(_tr("{0} {1} 修改过").format(decision[1].author, at).strip())
            self._cursor.insertText(f"　● {_tr('已修改')}", mark)
        if self._entry.is_complete:
            self._cursor.insertText("　", QTextCharFormat())
            link = _format(self._theme.accent)
            link.setAnchor(True)
            link.setAnchorHref(f"{EDIT}{section.number}")
            link.setToolTip(_tr("修改这一部分（F2）"))
            is_missing = self._entry.report is not None and self._entry.report.sections.get(section.number) is None
            self._cursor.insertText(_tr("补录") if is_missing else _tr("修改"), link)

    def _write_section(self, number: str, text: str) -> None:
        start = 0
        plain = _format(self._theme.text)
        for line in text.split("\n"):
            words = line.strip()
            if words:
                source = SourceText(words, {})
                self._paragraph(source.shown, plain)
                here = start + len(line) - len(line.lstrip())
                self._lines.setdefault(number, []).append(_Line(here, source, self._cursor.block().position()))
            start += len(line) + 1
        for row, figure in self._model.in_section(number):
            self._mark(number, row, figure)

    def _mark(self, number: str, row: int, figure: Figure) -> None:
        """Make the figure a link: a dotted line under what agrees, a warning under what does not."""
        place = self.range_of(number, figure.place)
        if place is None:
            return
        marked = QTextCursor(self._cursor)
        marked.setPosition(place[0])
        marked.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        marked.mergeCharFormat(figure_format(figure, self._theme, f"{FIGURE}{row}", self._model.about(figure)))

    def _paragraph(self, words: str, style: QTextCharFormat, above: float = 4) -> None:
        layout = QTextBlockFormat()
        layout.setTopMargin(above)
        layout.setBottomMargin(4)
        layout.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._cursor.position():
            self._cursor.insertBlock(layout, style)
        else:
            self._cursor.setBlockFormat(layout)
        self._cursor.insertText(words, style)


def figure_format(figure: Figure, theme: Theme, href: str, about: str) -> QTextCharFormat:
    """Return how a figure is written: quiet when it agrees, else in the colour of doubts, bold, with a wavy line."""
    style = QTextCharFormat()
    style.setAnchor(True)
    style.setAnchorHref(href)
    style.setToolTip(about)
    if figure.agrees is False:
        style.setBackground(QColor(theme.doubt_soft))
        style.setFontWeight(QFont.Weight.Bold)
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(QColor(theme.doubt))
    else:
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        style.setUnderlineColor(QColor(theme.good if figure.agrees else theme.muted))
    return style


def _format(colour: str, size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(colour))
    style.setFontWeight(weight)
    if size != 1.0:
        style.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 1)
    return style


def _tr(text: str) -> str:
    return QCoreApplication.translate("narrative_text", text)
