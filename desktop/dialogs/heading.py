"""Asks whose report it is, on which year, and in which form: for a report that was read, and for an empty form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from parser.model.report import Report
from parser.model.template import Template
from parser.templates.load import template_due, templates

Done = Callable[[str | None, int | None, str], object]
_FIRST_YEAR, _LAST_YEAR = 2008, 2099


def _tr(text: str) -> str:
    return QCoreApplication.translate("heading", text)


def correct_heading(parent: QWidget, report: Report, done: Done) -> HeadingDialog:
    """Open the question with what was read of the report; ``done`` gets what the clerk says it is."""
    dialog = HeadingDialog(parent, _tr("机关、年度和格式"), done)
    dialog.show_values(report.issuer, report.year, report.form)
    dialog.hint.setText(_tr("更改格式后按新格式重新对齐原文；两种格式都有的格，核对过的内容会保留。可以撤销。"))
    dialog.open()
    return dialog


def ask_for_empty_form(parent: QWidget, done: Done) -> HeadingDialog:
    """Open the question for a report that exists on paper only."""
    year = date.today().year - 1  # noqa: DTZ011  reports are due in January, on the year before
    dialog = HeadingDialog(parent, _tr("新建空白表"), done)
    due = template_due(year) or templates()[-1]
    dialog.show_values(None, year, due.id)
    dialog.hint.setText(_tr("在空白表中照纸质报告逐格录入：输入数字按 Enter 到下一格，原文空白的格按 Delete。"))
    dialog.open()
    return dialog


class HeadingDialog(QDialog):
    """Three fields; what cannot be is said beside them before anything is changed."""

    def __init__(self, parent: QWidget, title: str, done: Done) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._done = done
        self.issuer, self.year, self.form = QLineEdit(self), QLineEdit(self), QComboBox(self)
        self.hint, self.remark = QLabel(self), QLabel(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self._column = QVBoxLayout(self)
        self._build()

    def _build(self) -> None:
        self.issuer.setMinimumWidth(360)
        self.issuer.setMaxLength(100)
        self.issuer.setPlaceholderText(_tr("例如：清河市农业农村局"))
        self.year.setValidator(QIntValidator(_FIRST_YEAR, _LAST_YEAR, self))
        self.year.setPlaceholderText(_tr("报告的是哪一年，例如 2023"))
        for form in templates():
            self.form.addItem(_name(form), form.id)
        rows = QFormLayout()
        rows.setSpacing(8)
        for words, field in (
            (_tr("机关(&J)"), self.issuer),
            (_tr("年度(&N)"), self.year),
            (_tr("格式(&G)"), self.form),
        ):
            label = QLabel(words, self)
            label.setBuddy(field)
            field.setAccessibleName(words.partition("(")[0])
            rows.addRow(label, field)
        for label in (self.hint, self.remark):
            label.setWordWrap(True)
            label.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        column = self._column
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(rows)
        column.addWidget(self.remark)
        column.addWidget(self.hint)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.year.textChanged.connect(self._renew)
        self.form.currentIndexChanged.connect(self._renew)

    def show_values(self, issuer: str | None, year: int | None, form: str) -> None:
        """Put what is known into the fields."""
        self.issuer.setText(issuer or "")
        self.year.setText(str(year or ""))
        self.form.setCurrentIndex(max(0, self.form.findData(form)))
        self._renew()
        self.issuer.selectAll()

    def accept(self) -> None:
        issuer, year = " ".join(self.issuer.text().split()), self.year.text().strip()
        super().accept()
        self._done(issuer or None, int(year) if year else None, str(self.form.currentData()))

    def _renew(self) -> None:
        """Say when the form is not the one due for the year; it may be so all the same."""
        year = self.year.text().strip()
        is_sound = not year or self.year.hasAcceptableInput()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_sound)
        due = template_due(int(year)) if year and is_sound else None
        words = ""
        if not is_sound:
            words = _tr("年度是 {0} 到 {1} 之间的四位数字，例如 2023；不知道就留空。").format(_FIRST_YEAR, _LAST_YEAR)
        elif due is not None and due.id != self.form.currentData():
            words = _tr("{0} 年度的报告应使用 {1} 年格式。").format(year, due.id)
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        self._column.activate()
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))


def _name(form: Template) -> str:
    if form.due_until is None:
        return _tr("{0} 年格式（{1} 年度起）").format(form.id, form.due_from)
    return _tr("{0} 年格式（{1}—{2} 年度）").format(form.id, form.due_from, form.due_until)
