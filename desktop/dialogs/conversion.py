"""Lists what a report would say in the form that is due: every cell, where it comes from, and what stays blank."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.screen_room import resize_on_screen
from parser.export.text_sheets import cell_name
from parser.export.wording import cell_in_words
from parser.extract.refit import Origin, conversion, left_out
from parser.model.report import CellKey, Report
from parser.templates.load import template

_WIDTHS = (450, 60, 290)
_LONGEST = 20  # characters of a row's label
_Line = Sequence[str]  # a cell of the form that is due, what it would say, which cells that comes from, and why


def _tr(text: str) -> str:
    return QCoreApplication.translate("conversion", text)


def offer_conversion(parent: QWidget, report: Report, form: str, done: Callable[[], object]) -> ConversionDialog:
    """Open the list; ``done`` is called when the clerk wants it so."""
    dialog = ConversionDialog(parent, report, form)
    dialog.accepted.connect(done)
    dialog.open()
    return dialog


class ConversionDialog(QDialog):
    """The cells in groups, those that need a person first; nothing is changed before it is accepted."""

    def __init__(self, parent: QWidget, report: Report, form: str) -> None:
        super().__init__(parent)
        self.setObjectName("conversion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_tr("转换格式"))
        self._report, self._form = report, form
        self.list = QTreeWidget(self)
        self.list.setObjectName("conversion_list")
        self.list.setAccessibleName(_tr("转换后的各格"))
        self.list.setHeaderLabels([_tr("转换后的单元格"), _tr("数值"), _tr("来自原表"), _tr("说明")])
        self.list.setUniformRowHeights(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._fill()
        buttons = QDialogButtonBox(parent=self)
        self.convert = buttons.addButton(_tr("转换"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_tr("不转换"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        about = QLabel(self._about(), self)
        about.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        resize_on_screen(self, QSize(1120, 600))

    def _about(self) -> str:
        words = _tr(
            "报告填的是 {0} 年格式的表，{1} 年度应使用 {2} 年格式。转换后各格如下；没有对应的格留空并列为存疑，"
            "需向填报单位补报。原文不变，转换可以撤销。"
        )
        return words.format(self._report.form, self._report.year, self._form)

    def _fill(self) -> None:
        items, form = conversion(self._report, self._form), template(self._form)
        lines: dict[Origin, list[_Line]] = {origin: [] for origin in Origin}
        for item in items:
            sources = "、".join(self._source(key) for key in item.sources)
            lines[item.origin].append((cell_name(form, item.key), cell_in_words(item.cell), sources, item.note))
        gone = [("", "", self._source(key), _tr("转换后没有这一格")) for key in left_out(self._report, items)]
        self._add(_tr("没有对应，留空待补"), lines[Origin.NONE], is_open=True)
        self._add(_tr("由原表推算"), lines[Origin.DERIVED], is_open=True)
        self._add(_tr("原表有，新格式没有"), gone, is_open=True)
        self._add(_tr("两种格式都有，照抄"), lines[Origin.SAME])
        for column, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(column, width)

    def _source(self, key: CellKey) -> str:
        return f"{cell_name(template(self._report.form), key)}：{cell_in_words(self._report.cells[key])}"

    def _add(self, title: str, lines: Sequence[_Line], is_open: bool = False) -> None:
        if lines:
            group = QTreeWidgetItem(self.list, [_tr("{0}（{1} 格）").format(title, len(lines))])
            group.setFirstColumnSpanned(True)
            group.addChildren([_row(line) for line in lines])
            group.setExpanded(is_open)


def _row(line: _Line) -> QTreeWidgetItem:
    row = QTreeWidgetItem([_brief(line[0]), *line[1:]])
    for column, words in enumerate(line):
        row.setToolTip(column, words)
    return row


def _brief(name: str) -> str:
    """Return the name of a cell, long labels cut at their ends: they begin with what tells them from each other."""
    return "·".join(p if len(p) <= _LONGEST else f"{p[: _LONGEST - 1]}…" for p in name.split("·"))
