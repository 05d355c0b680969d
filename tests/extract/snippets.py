"""Small invented reports as text, and what extraction makes of them in a form that is easy to compare."""

from __future__ import annotations

import random
from collections.abc import Mapping

from parser.extract.report import extract
from parser.model.report import Cell, CellKey, Report, State
from parser.readers.text import read_text
from parser.templates.load import template
from tests.generator.layouts import LAYOUTS
from tests.generator.sheets import sheets

PROACTIVE_2021 = """\
第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t2\t1\t9
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t186
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t37
行政强制\t4
第二十条第（八）项
信息内容\t本年收费金额（单位：万元）
行政事业性收费\t12.6500
"""
PROACTIVE_2019 = """\
第二十条第（一）项
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t3\t3\t14
第二十条第（五）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政许可\t26\t增7\t412
其他对外管理服务事项\t58\t0\t1203
第二十条第（六）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政处罚\t310\t减12\t46
行政强制\t9\t0/0\t2
第二十条第（八）项
信息内容\t上一年项目数量\t本年增/减
行政事业性收费\t2\t0
第二十条第（九）项
信息内容\t采购项目数量\t采购总金额
政府集中采购\t14个\t3964万元
"""
REMEDIES_HEAD = """\
四、政府信息公开行政复议、行政诉讼情况
行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t
结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t
\t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
"""
REMEDIES_ROW = "1\t0\t0\t1\t2\t0\t0\t1\t0\t1\t3\t0\t0\t2\t5"
REMEDIES = f"{REMEDIES_HEAD}{REMEDIES_ROW}\n五、存在的主要问题及改进情况\n无\n"


def read(text: str) -> Report:
    """Return the report in a text."""
    return extract(read_text(text.encode(), "报告.txt", "0" * 64))


def written(form: str = "2021", values: Mapping[str, str] | None = None, layout: str = "tabs") -> str:
    """Return a report whose every value tells its place, ``values`` put in, laid out like the generator does."""
    filled = numbered(form) | dict(values or {})
    drawn = sheets(template(form), filled)
    tables = {table.section: drawn[table.key] for table in template(form).tables}
    gap = "\n\n" if LAYOUTS[layout].gap else "\n"
    parts = ["清河市水务局2023年政府信息公开工作年度报告"]
    for section in template(form).sections:
        parts.append(f"{section.ordinal}、{section.title.text}")
        if section.number in tables:
            rows = LAYOUTS[layout].render(tables[section.number], random.Random(1))
            parts.append("\n".join(line for row in rows for line in row))
        else:
            parts.append("全局上下做了大量工作，取得了一定成效。")
    return gap.join(parts) + "\n"


def numbered(form: str) -> dict[str, str]:
    """Return a different number for every cell of the form, so that a value in the wrong cell shows."""
    return {str(key): str(100 + n) for n, key in enumerate(template(form).fields)}


def shown(report: Report, *prefixes: str) -> dict[str, str]:
    """Return the cells under ``prefixes`` as text: see ``glance``."""
    return {str(key): glance(cell) for key, cell in report.cells.items() if str(key).startswith(prefixes or ("",))}


def row(report: Report, name: str) -> list[str]:
    """Return the cells of ``table.row`` from left to right: see ``glance``."""
    return list(shown(report, f"{name}.").values())


def glance(cell: Cell) -> str:
    """Return the value, '' for blank, the mark, 'absent', or '!' and the raw text; a '?' before it is a doubt."""
    text = {
        State.NUMBER: cell.shown,
        State.BLANK: "",
        State.MARK: cell.shown,
        State.ABSENT: "absent",
        State.UNREADABLE: f"!{cell.raw}",
    }[cell.state]
    return f"?{text}" if cell.doubts else text


def silent(report: Report, due: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that differ from what is due and carry no doubt."""
    found = {key: (text, report.cells[CellKey.parse(key)]) for key, text in shown(report).items()}
    return {
        key: text
        for key, (text, cell) in found.items()
        if key in due and text != due[key] and not cell.doubts and cell.state is not State.UNREADABLE
    }
