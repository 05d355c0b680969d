"""All keys at a glance, in two columns where the screen has room for them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.dialogs.showing import close_button
from desktop.screen_room import resize_on_screen, room_on_screen


def _tr(text: str) -> str:
    return QCoreApplication.translate("about", text)


def show_keys(parent: QWidget) -> QDialog:
    """Open a sheet of all keys."""
    dialog = QDialog(parent)
    dialog.setObjectName("keys")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_tr("快捷键一览"))
    sheet = QScrollArea(dialog)
    sheet.setFrameShape(QScrollArea.Shape.NoFrame)
    sheet.setWidgetResizable(True)
    sheet.setAccessibleName(_tr("快捷键一览"))
    sheet.setWidget(_sheet(_keys(), columns=2))
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(16, 12, 16, 12)
    whole.setSpacing(8)
    whole.addWidget(sheet)
    whole.addWidget(close_button(dialog))
    bar = QSize(sheet.verticalScrollBar().sizeHint().width(), 0)
    around = dialog.sizeHint() - sheet.sizeHint() + bar
    if sheet.widget().sizeHint().width() + around.width() > room_on_screen(dialog).width():
        sheet.setWidget(_sheet(_keys(), columns=1))
    resize_on_screen(dialog, sheet.widget().sizeHint() + around)
    dialog.open()
    return dialog


def _sheet(keys: list[tuple[str, str]], columns: int) -> QWidget:
    sheet = QWidget()
    row = QHBoxLayout(sheet)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(24)
    height = -(-len(keys) // columns)
    for first in range(0, len(keys), height):
        row.addLayout(_column(keys[first : first + height], sheet))
    return sheet


def _column(keys: list[tuple[str, str]], parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for row, (key, what) in enumerate(keys):
        name = QLabel(key, parent)
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        name.setForegroundRole(QPalette.ColorRole.Link)
        words = QLabel(what, parent)
        words.setBuddy(name)
        grid.addWidget(name, row, 0)
        grid.addWidget(words, row, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(keys), 1)
    return grid


def _keys() -> list[tuple[str, str]]:
    """Return the keys, and what each does."""
    return [
        ("Enter", _tr("确认当前单元格，到下一处存疑")),
        ("Shift+Enter", _tr("回上一处存疑")),
        (_tr("空格"), _tr("先放下，最后再看")),
        (_tr("数字"), _tr("直接改值；Enter 提交，Esc 放弃")),
        ("F2", _tr("在原值上修改")),
        ("Delete", _tr("记为空白")),
        ("/  -  " + _tr("无"), _tr("记为原文所填的符号")),
        ("Alt+1 … Alt+3", _tr("采用建议")),
        ("Ctrl+Shift+Enter", _tr("确认所选（Shift+空格选行，Ctrl+A 选表）")),
        ("Ctrl+'", _tr("原文如此：数字保持不变，写明理由")),
        ("Ctrl+G", _tr("同数对照：读作同一数字的各格并排看")),
        ("Ctrl+Enter", _tr("标为已核")),
        (_tr("方向键  Tab"), _tr("在单元格之间移动")),
        (_tr("Shift+方向键"), _tr("选中一块，当前格不动")),
        ("Ctrl+Tab  Ctrl+Shift+Tab", _tr("下一张、上一张表或正文")),
        ("Ctrl+C  Ctrl+V", _tr("复制、粘贴单元格，可与 Excel、WPS 互换")),
        ("Ctrl+D", _tr("向下填充")),
        ("Ctrl+Z  Ctrl+Y", _tr("撤销、重做")),
        ("F8  Shift+F8", _tr("下一条、上一条检查结果")),
        ("F6  Shift+F6", _tr("下一窗格、上一窗格")),
        ("Ctrl+PgDn  Ctrl+PgUp", _tr("下一份、上一份报告")),
        ("Ctrl+F", _tr("在原文中查找")),
        ("Ctrl++  Ctrl+-  Ctrl+0", _tr("原文放大、缩小、适合宽度")),
        ("Ctrl+R  Ctrl+Shift+R", _tr("页面向右、向左转")),
        ("Alt+PgUp  Alt+PgDn", _tr("原文上一页、下一页")),
        ("Ctrl+T  Shift+F9", _tr("页面与文字切换、收放页面列表")),
        ("Ctrl+O  Ctrl+Shift+O", _tr("打开文件、文件夹")),
        ("F5  Shift+F5", _tr("重新读取原文件、重新扫描文件夹")),
        ("Ctrl+N  Ctrl+I", _tr("新建空白表，更正机关、年度和格式")),
        ("Ctrl+S", _tr("查看是否已保存（改即保存）")),
        ("Ctrl+E  Ctrl+Shift+S", _tr("导出、导出全部已核报告")),
        ("F9  Ctrl+Shift+F", _tr("显示或收起报告列表、筛选列表")),
        ("Ctrl+Shift+E", _tr("用原来的程序打开原文件")),
        ("F1", _tr("使用说明")),
        ("Ctrl+/", _tr("快捷键一览")),
        ("Ctrl+Q", _tr("退出")),
    ]
