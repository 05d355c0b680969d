"""Reports with every state, unit and doubt, edits, and text made to break a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from parser.model.finding import Assessment, Finding, Severity, Suggestion
from parser.model.place import PageBox
from parser.model.report import ABSENT, Cell, CellKey, Doubt, Edit, Note, Reason, Report, State
from tests.forms import make_report

NEW_PERSONS = CellKey("applications", "new_received", "natural_person")
NEW_TOTAL = CellKey("applications", "new_received", "total")
CARRIED_PERSONS = CellKey("applications", "carried_over", "natural_person")
STAMPED = CellKey("remedies", "review", "upheld")
UNREADABLE = CellKey("applications", "carried_over", "other_org")
MARKED = CellKey("applications", "granted", "natural_person")
BLANK = CellKey("applications", "granted", "total")
GONE = CellKey("applications", "carried_forward", "total")
AMOUNTS = {
    "2019": CellKey("proactive", "centralized_procurement", "total_amount"),
    "2021": CellKey("proactive", "administrative_fees", "amount_10k_yuan"),
}
HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "#N/A", "TRUE", "'=1", "_x0041_", "a\x00b\x07", "\ufffe",
    "\ud800", "行一\r\n行二\r行三\n", "  两端  空格\u3000", "\u200b零宽\ufeff", "𠮷" * 17_000, "&<>\"'",
    "|", "1E5", "2024-1-2",
)  # fmt: skip


def full_report(form: str) -> Report:
    """Return a report with a cell of every kind and an edit."""
    report = make_report(
        form,
        {
            str(NEW_PERSONS): Cell(
                State.NUMBER,
                Decimal(3001),
                raw="3O01",
                confidence=0.6,
                doubts=(Doubt(Reason.LOOK_ALIKE, "“O”按 0 读取"),),
            ),
            str(NEW_TOTAL): 3119,
            str(STAMPED): Cell(State.NUMBER, Decimal(12), raw="12", doubts=(Doubt(Reason.STAMP),)),
            str(UNREADABLE): Cell(State.UNREADABLE, raw="1?#", confidence=0.0),
            str(MARKED): Cell(State.MARK, raw=" — "),
            str(BLANK): Cell(State.BLANK),
            str(GONE): ABSENT,
            str(AMOUNTS[form]): Cell(State.NUMBER, Decimal("18.8710"), "万元", "18.8710万元"),
        },
        title="清河市农业农村局2023年政府信息公开工作年度报告",
        period=(date(2023, 1, 1), date(2023, 12, 31)),
        published=date(2024, 1, 20),
        information_processing_fee_yuan=Decimal("3940.50"),
        sections={"1": "第一段。\n第二段。", "2": "", "3": "", "4": None, "5": "长" * 2000, "6": "无"},
        notes=(Note("X-MULTI", "第二份报告"),),
        pages=6,
    )
    placed = replace(report.cells[STAMPED], place=PageBox(4, (0.1, 0.2, 1 / 3, 0.4)))
    report = replace(report, cells={**report.cells, STAMPED: placed})
    return report.apply([edit(report, CARRIED_PERSONS, Decimal(118))])


def edit(report: Report, key: CellKey, value: Decimal, reason: str = "按勾稽关系改正") -> Edit:
    """Return an edit of one cell by 李四."""
    before = report.cells[key]
    after = replace(before, state=State.NUMBER, value=value, doubts=())
    return Edit(key, before, after, reason, "李四", datetime(2024, 1, 25, 3, 4, 5, 678, tzinfo=UTC))


def broken_row() -> Assessment:
    """Return what the checks say about ``full_report``: one broken row, one warning, one proposal."""
    equation = "T3-ROW:new_received"
    message = "“一、本年新收政府信息公开申请数量”：六类申请人之和 3001，总计 3119，不相等"
    keys = (NEW_PERSONS, NEW_TOTAL)
    return Assessment(
        findings=(
            Finding("T3-ROW", Severity.ERROR, message, keys, "3119", "3001", equation=equation),
            Finding("X-YEAR", Severity.WARNING, "年份不一致"),
        ),
        suspects={NEW_PERSONS: (equation,), NEW_TOTAL: (equation,)},
        suggestions=(
            Suggestion({NEW_TOTAL: Decimal(3119)}, (equation,), "likely", "总计不变"),
            Suggestion({NEW_PERSONS: Decimal(3119)}, (equation,), "likely", "3119 = 3119"),
            Suggestion({NEW_TOTAL: Decimal(3001)}, (equation,), "likely", "3001 = 3001"),
        ),
    )


def hostile_report(form: str) -> Report:
    """Return a report whose every text is made to break a workbook."""
    report = full_report(form)
    cells = dict(report.cells)
    for key, raw in zip([key for key in cells if key.row.startswith("denied")], HOSTILE, strict=False):
        state = State.MARK if raw in ("+1+1", "  两端  空格\u3000") else State.UNREADABLE
        cells[key] = Cell(state, raw=raw, unit="=件", doubts=(Doubt(Reason.STAMP, raw),))
    everything = "".join(HOSTILE)
    return replace(
        report,
        cells=cells,
        text=everything,
        title="=cmd()" + everything,
        issuer="@" + everything,
        source="..\\=" + everything,
        sections={"1": everything, "2": None, "3": "=1", "4": "", "5": everything, "6": "\r\n=1"},
        notes=(Note("X-SECTION", everything),),
        edits=(replace(report.edits[0], reason=everything, author="=author\x00"),),
    )
