"""Reasons, states, severities and verdicts become Chinese words."""

from __future__ import annotations

from types import MappingProxyType

from parser.model.finding import Assessment, Finding, Severity, Verdict
from parser.model.report import Cell, CellKey, Reason, Report, State

REASONS = MappingProxyType(
    {
        Reason.LOOK_ALIKE: "有形近字符，已按数字读取",
        Reason.LABEL_LEAK: "混入了栏目名称",
        Reason.AMBIGUOUS_POSITION: "不能确定属于哪一栏",
        Reason.LINES_LOST: "原文此处缺行",
        Reason.LOW_CONFIDENCE: "字迹不清，识别把握不大",
        Reason.READINGS_DIFFER: "两次识别的结果不同",
        Reason.STAMP: "被印章遮盖",
        Reason.EQUATION: "勾稽关系不成立，本格可能有误",
        Reason.MAGNITUDE: "数值大小异常",
    }
)
STATES = MappingProxyType(
    {
        State.NUMBER: "数字",
        State.BLANK: "空白",
        State.MARK: "符号",
        State.UNREADABLE: "无法识别",
        State.ABSENT: "原文无此格",
    }
)
SEVERITIES = MappingProxyType({Severity.ERROR: "不符", Severity.WARNING: "提醒", Severity.INFO: "提示"})
_VERDICTS = MappingProxyType({Verdict.MISREAD: "疑为识别有误", Verdict.SOURCE: "疑为原文有误", Verdict.OPEN: "待定"})


def doubts_in_words(report: Report, assessment: Assessment, key: CellKey) -> tuple[str, ...]:
    """Return why the cell needs a look, one sentence a reason; empty when it does not."""
    cell = report.cells[key]
    words = [doubt.note or REASONS[doubt.reason] for doubt in cell.doubts]
    equations = assessment.suspects.get(key, ())
    broken = [finding.message for finding in assessment.findings if finding.equation in equations]
    if equations:
        words += broken or [REASONS[Reason.EQUATION]]
    if cell.state is State.UNREADABLE and not words:
        words = ["原文无法识别为数字"]
    return tuple(dict.fromkeys(words))


def verdict_in_words(finding: Finding) -> str:
    """Return who is wrong: what a person says, else what two readings of the source point to.

    Only an error waits for somebody to say so.
    """
    if finding.explained:
        return "原文如此"
    is_open = finding.verdict is Verdict.OPEN and finding.severity is not Severity.ERROR
    return "" if is_open or finding.severity is Severity.INFO else _VERDICTS[finding.verdict]


def cell_in_words(cell: Cell) -> str:
    """Return what a cell says: its number with unit, its mark, or its state in words."""
    if cell.state is State.NUMBER:
        return f"{cell.shown}{cell.unit or ''}"
    return cell.shown or f"（{STATES[cell.state]}）"
