"""The figures of the prose that correspond to cells of the tables, as a Qt list model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.session import Session
from parser.model.finding import Finding
from parser.model.place import TextSpan
from parser.model.report import Report

if TYPE_CHECKING:  # brings the words of the prose, which the window does not wait for
    from parser.prose.figures import Figure

Index = QModelIndex | QPersistentModelIndex
FIGURE_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class NarrativeModel(QAbstractListModel):
    """One row a figure, in the order of the text; UserRole is the key of its first cell, ToolTipRole what to know.

    The prose of a report has been understood when its rules were asked, in the background; so it is quick here.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._report: Report | None = None  # that the figures are of
        self._figures: tuple[Figure, ...] = ()
        session.current_changed.connect(self._on_renewed)
        session.assessed.connect(self._on_renewed)
        self._on_renewed()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._figures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        figure = self._figures[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return figure.words
        if role == Qt.ItemDataRole.UserRole:
            return str(figure.keys[0])
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.about(figure)
        return figure if role == FIGURE_ROLE else None

    def figure(self, row: int) -> Figure:
        """Return the figure in a row."""
        return self._figures[row]

    def in_section(self, number: str) -> list[tuple[int, Figure]]:
        """Return the figures of a section with their rows; none while its text is another than they were found in."""
        now, then = self._session.report, self._report
        if now is None or then is None or now.sections.get(number) != then.sections.get(number):
            return []
        return [(row, figure) for row, figure in enumerate(self._figures) if figure.section == number]

    def about(self, figure: Figure) -> str:
        """Return in words whether the figure agrees, with both numbers."""
        if figure.agrees is None:
            return self.tr("正文写“{0}”；表中对应的格不是数，没有比较").format(figure.words)
        words = self.tr("与表一致：{0}") if figure.agrees else self.tr("正文写“{1}”，与表不一致：{0}")
        return words.format(figure.tables, figure.words)

    def summary(self) -> str:
        """Return how many figures there are, and how many of them do not agree."""
        if not self._figures:
            return self.tr("正文中没有与表格对应的数")
        wrong = sum(figure.agrees is False for figure in self._figures)
        unknown = sum(figure.agrees is None for figure in self._figures)
        words = [self.tr("正文中有 {0} 个数与表格对应").format(len(self._figures))]
        if wrong or unknown < len(self._figures):
            words.append(self.tr("{0} 个不一致").format(wrong) if wrong else self.tr("能比较的都一致"))
        if unknown:
            words.append(self.tr("{0} 个无法比较").format(unknown))
        return "，".join(words)

    def place_of(self, finding: Finding | None) -> tuple[str, TextSpan] | None:
        """Return the section that a finding about the prose speaks of, and the place of the sentence in it."""
        report = self._session.report
        if finding is None or report is None or finding.sentence is None:
            return self._place_of_figure(finding)
        return self._place_of_figure(finding) or _place_in(report.sections, _piece(report.text, finding.sentence))

    def section_of(self, finding: Finding | None) -> str | None:
        """Return the section that a finding speaks of as a whole: it says nothing, or is missing."""
        if finding is None or finding.keys or finding.equation is None or self._session.report is None:
            return None
        number = finding.equation.removeprefix(f"{finding.rule}:")
        return number if number in self._session.report.sections else None

    def _place_of_figure(self, finding: Finding | None) -> tuple[str, TextSpan] | None:
        if finding is None or finding.equation is None:
            return None
        for figure in self._figures:
            is_it = figure.agrees is False and (figure.rule, figure.keys) == (finding.rule, finding.keys)
            if is_it and (finding.figure is None or figure.span == finding.figure):
                return figure.section, figure.passage
        return None

    def _on_renewed(self) -> None:
        entry = self._session.entry
        if entry is not None and entry in self._session.changes.unassessed:
            return  # it is being understood
        report = entry.report if entry is not None and entry.has_tables else None
        if report is self._report:
            return
        figures = _figures_in(report) if report is not None else ()
        if figures != self._figures or report is None:
            self.beginResetModel()
            self._report, self._figures = report, figures
            self.endResetModel()
        self._report = report


def _figures_in(report: Report) -> tuple[Figure, ...]:
    from parser.prose.figures import figures_in

    return figures_in(report)


def _piece(text: str, span: TextSpan) -> str:
    return text[span.start : span.end]


def _place_in(sections: Mapping[str, str | None], sentence: str) -> tuple[str, TextSpan] | None:
    """Return where a sentence stands in the sections, None when it does not."""
    without_signs = sentence.replace("**", "")  # of Markdown, which sections are read without
    for words in filter(None, dict.fromkeys((sentence, without_signs))):
        for number, text in sections.items():
            start = (text or "").find(words)
            if start >= 0:
                return number, TextSpan(start, start + len(words))
    return None
