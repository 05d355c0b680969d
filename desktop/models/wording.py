"""A cell and what is known about it become sentences for the clerk."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.entries import Entry, Source
from desktop.keeper import Keeper
from desktop.missing_rows import is_missing_row, offered_rows
from desktop.signing import now
from parser.model.decision import TYPED, is_as_printed, is_change, is_confirmation
from parser.model.finding import Finding, Severity, Suggestion, Verdict
from parser.model.report import Cell, CellKey, Doubt, Reason, State
from parser.rules.explained import suspects_of

_OF_BLANKS = (Reason.AMBIGUOUS_POSITION, Reason.LOW_CONFIDENCE)  # the cell may not be blank: do not call it so
_NAMED = 2  # of the other files about the same are named; more are counted


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)


def address(entry: Entry, key: CellKey) -> str:
    """Return the Chinese address of a cell: group, row and column."""
    return entry.form.address(key)


def about_twins(entry: Entry) -> str:
    """Return that other files are about the same office and year, ``''`` when none is."""
    if not entry.twins or entry.report is None:
        return ""
    names = "、".join(_tr("“{0}”").format(path.name) for path in entry.twins[:_NAMED])
    if (count := len(entry.twins)) > _NAMED:
        names = _tr("{0}等 {1} 份").format(names, count)
    if not entry.report.issuer or entry.report.year is None:
        return _tr("{0}与这份内容相同，请确认是否重复").format(names)
    is_one = count == 1
    sentence = (
        _tr("{0}也是{1} {2} 年的年报，请确认是否重复") if is_one else _tr("{0}都是{1} {2} 年的年报，请确认是否重复")
    )
    return sentence.format(names, entry.report.issuer, entry.report.year)


def about_source(entry: Entry) -> str:
    """Return what has become of the file since it was read, ``''`` for nothing."""
    return {
        Source.SAME: "",
        Source.CHANGED: _tr("原文件在读取之后有改动；按 F5 重新读取，核对过的内容会保留"),
        Source.MISSING: _tr("原文件已不在原来的位置；核对过的内容都在，但看不到原文的页面"),
    }[entry.source]


def about_lock(entry: Entry) -> str:
    """Return why a password is asked for."""
    if entry.lock.is_wrong and entry.report is not None:
        return _tr("密码不对，请重新输入；注意大小写和全角半角")
    if entry.lock.is_wrong:
        return _tr("请重新输入；注意大小写和全角半角")
    if entry.report is not None:
        return _tr("原文件设有密码，输入后才能查看页面、重新读取；密码不会保存")
    return _tr("密码只在程序打开期间使用，不会保存；下次打开程序要重新输入")


def about_keeping(keeper: Keeper) -> str:
    """Return whether the work is kept."""
    if not keeper.is_open:
        return _tr("工作区没有打开")
    if keeper.is_read_only:
        return _tr("只读")
    if not keeper.is_late:
        return _tr("已自动保存")
    return (_tr("未保存 {0} 处") if keeper.trouble else _tr("正在保存 {0} 处…")).format(keeper.unkept)


def about_progress(entry: Entry) -> str:
    """Return how far reading the file is."""
    progress = entry.progress
    if progress is None:
        return _tr("等待读取")
    if not progress.share and not progress.what:
        return _tr("读取中…")
    words = progress.what or _tr("识别中")
    return _tr("{0}% · {1}").format(int(progress.share * 100), words)


def nothing_open(entry: Entry) -> str:
    """Return what is left to do in a report without open doubts."""
    if entry.error_count:
        return _tr("本份没有存疑的单元格了；还有 {0} 处不符，按 F8 逐条查看").format(entry.error_count)
    if not entry.is_checked:
        return _tr("本份没有存疑的单元格了；按 Ctrl+Enter 标为已核，再按 Ctrl+E 导出")
    return _tr("本份没有存疑的单元格了；按 Ctrl+E 导出，按 Ctrl+PgDn 看下一份")


def about_explanation(entry: Entry | None, finding: Finding) -> str:
    """Return why a finding may stand, in the words of the person who said so; ``''`` when nobody did."""
    decided = entry.decided if entry is not None else {}
    edits = (decided[key][1] for key in finding.keys if key in decided)
    return next((edit.reason for edit in edits if is_as_printed(edit)), "")


def about_suggestion(entry: Entry, key: CellKey, suggestion: Suggestion, *, is_next: bool = False) -> str:
    """Return what the suggestion makes of the cell, and of how many others; of equally good ones, what it may be.

    ``is_next``: another one that says so stands before it.
    """
    value, more = f"{suggestion.values[key]:f}", len(suggestion.values) - 1
    if is_missing_row(entry, suggestion):
        return _tr("补入 {0}（本行 {1} 格）").format(value, more + 1)
    becomes = _tr("按勾稽应为 {0}") if suggestion.certainty == "unique" else _tr("可能是 {0}")
    becomes = value if is_next else becomes.format(value)
    return _tr("{0}（另改 {1} 格）").format(becomes, more) if more else becomes


def all_of_suggestion(entry: Entry, suggestion: Suggestion) -> str:
    """Return what the suggestion makes of each of its cells, a line each, and what proves it."""
    assert entry.report is not None
    cells, fields = entry.report.cells, entry.form.fields
    changes = (
        _tr("{0}：{1} 改为 {2}").format(fields[key].name, what_stands(cells[key]), f"{value:f}")
        for key, value in suggestion.values.items()
    )
    return "\n".join((*changes, suggestion.proof))


def about_rows(entry: Entry | None, finding: Finding) -> str:
    """Return how many of the missing rows that a finding names the equations determine; ``''`` for none."""
    rows = offered_rows(entry, finding)
    if not rows:
        return ""
    is_one = len({(key.table, key.row) for key in finding.keys}) == 1
    words = _tr("可按勾稽关系补入，选中后按 Alt+1")
    return words if is_one else _tr("其中 {0} 行{1}").format(len(rows), words)


def about_verdict(entry: Entry | None, finding: Finding) -> str:
    """Return who seems to be wrong, as far as two readings of the source tell; ``''`` when they do not.

    They say nothing of figures that somebody typed.
    """
    decided = entry.decided if entry is not None else {}
    if any(key in decided and not is_confirmation(decided[key][1]) for key in finding.keys):
        return ""
    return {
        Verdict.MISREAD: _tr("两次识别结果不同，疑为识别有误"),
        Verdict.SOURCE: _tr("两次识别结果相同，疑为原文有误"),
        Verdict.OPEN: "",
    }[finding.verdict]


def explain(entry: Entry, key: CellKey) -> list[str]:
    """Return why the cell looks as it does, most urgent first; empty for a plain number."""
    assert entry.report is not None
    cell = entry.report.cells[key]
    sentences = [_doubt(doubt) for doubt in cell.doubts]
    if cell.state is State.ABSENT and not entry.has_tables:
        return [_tr("还没有识别到这一格")]
    if cell.state is State.ABSENT and not sentences:  # that rows are missing is said once, by the finding
        return _with_decision(entry, key, [_state(cell, entry.as_read[key])])
    sentences += [
        _message(entry, key, finding)
        for finding in entry.assessment.findings
        if finding.keys == (key,)
        or (finding.severity is Severity.ERROR and finding.equation and _is_suspect(entry, key, finding))
    ]
    is_unread = cell.state is State.UNREADABLE and not cell.raw.strip()  # or not typed in yet: nothing to quote
    is_questioned = cell.state is State.BLANK and any(doubt.reason in _OF_BLANKS for doubt in cell.doubts)
    is_changed = key in entry.decided and is_change(entry.decided[key][1])  # then the decision says what stands there
    is_said = bool(cell.doubts) and (is_unread or is_questioned or cell.state is State.ABSENT)
    if not (is_said or is_changed) and (state := _state(cell, entry.as_read[key])):
        sentences.append(state)
    return list(dict.fromkeys(_with_decision(entry, key, sentences)))


def _message(entry: Entry, key: CellKey, finding: Finding) -> str:
    """Return what a finding says, with why it may stand where that was said of another cell."""
    why = about_explanation(entry, finding) if finding.explained else ""
    is_own = key in entry.decided and entry.decided[key][1].reason == why
    return finding.message if is_own or not why else f"{finding.message}（{why}）"


def _is_suspect(entry: Entry, key: CellKey, finding: Finding) -> bool:
    """Whether the cell can explain the finding, alone or together with others of its row or column."""
    assessment = entry.assessment
    return key in suspects_of(finding, assessment) or finding.equation in assessment.suspects.get(key, ())


def _with_decision(entry: Entry, key: CellKey, sentences: list[str]) -> list[str]:
    """Return the sentences and what was decided: at the end, or as the reason before those that it answers."""
    if not (decision := _decision(entry, key)):
        return sentences
    if not is_as_printed(entry.decided[key][1]):
        return [*sentences, decision]
    open_ones = {f.message for f in entry.assessment.findings if not f.explained and key in f.keys}
    return sorted([decision, *sentences], key=lambda sentence: sentence not in open_ones)


def _doubt(doubt: Doubt) -> str:
    if doubt.note:
        return doubt.note
    words = {
        Reason.LOOK_ALIKE: _tr("有字符是按形近的数字读的"),
        Reason.LABEL_LEAK: _tr("格中混入了栏目名称的文字"),
        Reason.AMBIGUOUS_POSITION: _tr("不能确定这个数属于哪一格"),
        Reason.LINES_LOST: _tr("原文这里丢了行"),
        Reason.LOW_CONFIDENCE: _tr("识别把握不大"),
        Reason.READINGS_DIFFER: _tr("两次识别的结果不同"),
        Reason.STAMP: _tr("被印章盖住"),
        Reason.EQUATION: _tr("与勾稽关系不符"),
        Reason.MAGNITUDE: _tr("数值大得不寻常"),
    }
    return words[doubt.reason]


def _state(cell: Cell, as_read: Cell) -> str:
    raw = cell.raw.strip()
    if cell.state is not State.NUMBER and (cell.state, cell.shown) != (as_read.state, as_read.shown):
        return _tr("记为“{0}”").format(cell.shown) if cell.shown else _tr("记为空白")
    return {
        State.NUMBER: "",
        State.BLANK: _tr("原文此格空白"),
        State.MARK: _tr("原文为“{0}”，不是数").format(cell.shown),
        State.UNREADABLE: _tr("读不出数：“{0}”").format(raw) if raw else _tr("读不出数"),
        State.ABSENT: _tr("原文无此格"),
    }[cell.state]


def _decision(entry: Entry, key: CellKey) -> str:
    if key not in entry.decided:
        return ""
    edit = entry.decided[key][1]
    at = edit.at.astimezone()
    is_today = at.date() == now().date()
    when = at.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")
    if is_confirmation(edit):
        return _tr("{0} {1} 已确认").format(edit.author, when).strip()
    if is_as_printed(edit):
        return _tr("{0}（{1} 说明）").format(edit.reason, f"{edit.author} {when}".strip())
    as_read, cell = entry.as_read.get(key), entry.report.cells.get(key) if entry.report is not None else None
    if as_read is not None and cell is not None and (as_read.state, as_read.shown) == (cell.state, cell.shown):
        return _tr("{0} {1} 改回读出的“{2}”（{3}）").format(edit.author, when, what_stands(cell), edit.reason).strip()
    if edit.before.state is State.UNREADABLE and entry.report is not None and not entry.report.sha256:
        return _tr("{0} {1} 录入").format(edit.author, when).strip()  # nothing has been read
    old, new = what_stands(edit.before), what_stands(edit.after)
    words = _tr("{0} {1} 由“{2}”改为“{3}”").format(edit.author, when, old, new).strip()
    return words if edit.reason == TYPED else _tr("{0}（{1}）").format(words, edit.reason)


def what_stands(cell: Cell) -> str:
    """Return what stands in a cell, in words where that is nothing."""
    if cell.state is State.ABSENT:
        return _tr("无此格")
    if cell.state is State.UNREADABLE:
        return cell.raw.strip() or _tr("读不出")
    return cell.shown or _tr("空白")


def in_an_empty_place(is_doubtful: bool) -> str:
    """Return what to say where nothing was read in the source: of a doubtful cell it may be that something is there."""
    return _tr("没有读到字") if is_doubtful else _tr("空白")
