"""The keys at a glance, and what this program is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.crash import log_file
from desktop.dialogs.licences import parts


def _tr(text: str) -> str:
    return QCoreApplication.translate("about", text)


def show_keys(parent: QWidget) -> QMessageBox:
    """Open a sheet of all keys."""
    keys = [
        ("Enter", _tr("确认当前单元格，到下一处存疑")),
        ("Shift+Enter", _tr("回上一处存疑")),
        (_tr("空格"), _tr("先放下，最后再看")),
        (_tr("数字"), _tr("直接改值；Enter 提交，Esc 放弃")),
        ("F2", _tr("在原值上修改")),
        ("Delete", _tr("记为空白")),
        ("/  -  " + _tr("无"), _tr("记为原文所填的符号")),
        ("Alt+1 … Alt+3", _tr("采用建议")),
        ("Ctrl+Shift+Enter", _tr("确认所选各格（Shift+空格选整行，Ctrl+A 选整表）")),
        ("Ctrl+'", _tr("原文如此：数字保持不变，写明理由")),
        ("Ctrl+G", _tr("同数对照：读作同一数字的各格并排看")),
        ("Ctrl+Enter", _tr("标为已核")),
        (_tr("方向键  Tab"), _tr("在单元格之间移动")),
        ("Ctrl+C  Ctrl+V", _tr("复制、粘贴单元格，可与 Excel、WPS 互换")),
        ("Ctrl+D", _tr("向下填充")),
        ("Ctrl+Z  Ctrl+Y", _tr("撤销、重做")),
        ("F8  Shift+F8", _tr("下一条、上一条检查结果")),
        ("F6  Shift+F6", _tr("下一窗格、上一窗格")),
        ("Ctrl+PgDn  Ctrl+PgUp", _tr("下一份、上一份报告")),
        ("Ctrl+F", _tr("在原文中查找")),
        ("Ctrl++  Ctrl+-  Ctrl+0", _tr("原文放大、缩小、适合宽度（Ctrl+滚轮亦可）")),
        ("Ctrl+R  Ctrl+Shift+R", _tr("页面向右、向左转")),
        ("Alt+PgUp  Alt+PgDn", _tr("原文上一页、下一页")),
        ("Ctrl+T  Shift+F9", _tr("页面与文字切换、显示或收起页面列表")),
        ("Ctrl+O  Ctrl+Shift+O", _tr("打开文件、文件夹")),
        ("F5  Shift+F5", _tr("重新读取原文件、重新扫描文件夹；核对过的内容保留")),
        ("Ctrl+N  Ctrl+I", _tr("新建空白表、更正机关年度和格式")),
        ("Ctrl+S", _tr("查看是否已保存（每次修改自动保存）")),
        ("Ctrl+E  Ctrl+Shift+S", _tr("导出、导出全部已核报告")),
        ("F9  Ctrl+Shift+F", _tr("显示或收起报告列表、筛选列表")),
        ("Ctrl+Shift+E", _tr("用原来的程序打开原文件")),
        ("F1", _tr("使用说明")),
        ("Ctrl+/", _tr("快捷键一览")),
        ("Ctrl+Q", _tr("退出")),
    ]
    rows = "".join(f"<tr><td><b>{key}</b>&nbsp;&nbsp;&nbsp;</td><td>{what}</td></tr>" for key, what in keys)
    return _open(parent, _tr("快捷键一览"), f"<table cellspacing='0' cellpadding='3'>{rows}</table>")


def show_about(parent: QWidget) -> AboutDialog:
    """Open what the program is, and the licences of all its parts."""
    dialog = AboutDialog(parent)
    dialog.open()
    return dialog


class AboutDialog(QDialog):
    """Name, version and purpose; below them every part of the program with its licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_tr("关于年报核校"))
        self.resize(760, 520)
        self.parts, self._text = QListWidget(self), QPlainTextEdit(self)
        self._found = parts()
        self.parts.addItems([part.name for part in self._found])
        self.parts.setAccessibleName(_tr("组成部分"))
        self.parts.setMaximumWidth(240)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(_tr("许可全文"))
        self.parts.currentRowChanged.connect(lambda row: self._text.setPlainText(self._found[row].text))
        self.parts.setCurrentRow(0)
        head = QLabel(_about(), self)
        head.setWordWrap(True)
        head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        middle = QHBoxLayout()
        middle.addWidget(self.parts)
        middle.addWidget(self._text, 1)
        buttons = QDialogButtonBox(parent=self)
        buttons.addButton(_tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (head, QLabel(_tr("本程序的组成部分和许可："), self)):
            column.addWidget(part)
        column.addLayout(middle, 1)
        column.addWidget(buttons)


def _about() -> str:
    try:
        number = version("nianbao-review")
    except PackageNotFoundError:
        number = ""
    purpose = _tr("核对政府信息公开工作年度报告，导出国家统一格式的工作簿。全程离线，不上传任何内容。")
    log = _tr("运行日志（不含报告内容）：{0}").format(log_file())
    return f"<h3>{_tr('年报核校')} {number}</h3><p>{purpose}</p><p>{log}</p>"


def _open(parent: QWidget, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.addButton(_tr("关闭"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box
