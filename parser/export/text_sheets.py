"""The prose of a report, and everything found and changed in it, become sheets to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby, islice

from parser.export.form_sheet import address
from parser.export.sheets import (
    PORTRAIT,
    TALLEST,
    Role,
    Sheet,
    issuer_and_year,
    lines_needed,
    report_title,
    text,
)
from parser.export.shown import decimal_text
from parser.export.wording import SEVERITIES, cell_in_words, doubts_in_words, verdict_in_words
from parser.model.decision import changed, is_as_printed
from parser.model.finding import Assessment, Finding
from parser.model.report import CellKey, Edit, Report, State, section_text
from parser.model.template import Template
from parser.templates.load import template

PROSE_TITLE, REVIEW_TITLE = "正文", "校核记录"

_PROSE_FONT, _PROSE_LINE = 12.0, 17.5
_HALVES = 2  # columns; LibreOffice does not scale a single column to the width of the page
_PARAGRAPH = 640  # characters that fit into the highest row
_PARAGRAPHS = 1000  # of one section
_LIST_FONT, _LIST_LINE = 10.0, 13.5
_LIST_WIDTHS = (6.0, 10.0, 17.0, 40.0, 12.0, 12.0, 12.0, 29.0)
_NAMED = 8
_CELLS = 320  # characters of a list of cells fill a third of a page
_PASSAGE, _AROUND = 200, 12  # characters of a changed section in the list, and around what was changed
_HINT = "说明：在三张表中改动的数字，重新读取本工作簿时按修改记录；正文和本页只供查看，在此改动不会被读取。"
_HEAD_NAMES = {"issuer": "填报机关", "year": "年度", "form": "表格格式", "checked": "整份报告"}

Line = Sequence[str]


def prose_sheet(report: Report) -> Sheet:
    """Return the six sections, a row a paragraph."""
    form = template(report.form)
    cells = [
        text(1, 1, report_title(report, form), Role.TITLE, _HALVES),
        text(2, 1, issuer_and_year(report), Role.LEFT_LINE, _HALVES),
    ]
    heights = {1: 36.0, 2: 21.0}
    for section in form.sections:
        heading = text(len(cells) + 1, 1, f"{section.ordinal}、{section.title.text}", Role.HEADING, _HALVES)
        cells.append(heading)
        heights[heading.row] = 27.0
        for paragraph in _paragraphs(report.sections.get(section.number)):
            indented = f"　　{paragraph}"
            cells.append(text(len(cells) + 1, 1, indented, Role.PROSE, _HALVES))
            lines = lines_needed(indented, PORTRAIT, _PROSE_FONT)
            heights[len(cells)] = min(TALLEST, lines * _PROSE_LINE + 3)
    return Sheet(PROSE_TITLE, (PORTRAIT / _HALVES,) * _HALVES, tuple(cells), heights)


def review_sheet(report: Report, assessment: Assessment, open_cells: Collection[CellKey]) -> Sheet:
    """Return the findings, the cells to look at, and every change with its author, time and reason."""
    form = template(report.form)
    cells = [
        text(1, 1, REVIEW_TITLE, Role.TITLE, len(_LIST_WIDTHS)),
        text(2, 1, issuer_and_year(report), Role.LEFT_LINE, len(_LIST_WIDTHS)),
        text(3, 1, _summary(report, assessment, form, open_cells), Role.LEFT_LINE, len(_LIST_WIDTHS)),
        text(4, 1, _HINT, Role.LEFT_LINE, len(_LIST_WIDTHS)),
    ]
    heights = {1: 36.0, 2: 21.0, 3: 21.0, 4: 21.0}
    row = 5
    for title, head, lines in _lists(report, assessment, form, open_cells):
        cells.append(text(row, 1, f"{title}（{len(lines)}）" if lines else f"{title}（无）", Role.HEADING, len(head)))
        heights[row] = 27.0
        for number, line in enumerate([head, *lines] if lines else ()):
            row += 1
            entries = line if number == 0 else (str(number), *line)
            role = Role.LIST_HEAD if number == 0 else Role.LIST_TEXT
            cells += (text(row, column, words, role) for column, words in enumerate(entries, 1))
            heights[row] = _list_height(entries)
        row += 1
    return Sheet(REVIEW_TITLE, _LIST_WIDTHS, tuple(cells), heights, landscape=True)


def _summary(report: Report, assessment: Assessment, form: Template, open_cells: Collection[CellKey]) -> str:
    counts = "，".join(
        f"{words} {sum(finding.severity is severity for finding in assessment.findings)} 项"
        for severity, words in SEVERITIES.items()
    )
    count = sum(finding.explained for finding in assessment.findings)
    explained = f"（其中已说明 {count} 项）" if count else ""
    return (
        f"来源：{' '.join(report.source.split())}　　格式：{form.id} 年（{form.circular}）　　"
        f"存疑 {len(open_cells)} 格；{counts}{explained}；"
        f"改动 {len(changed(report.edits))} 处，修改与确认共 {len(report.edits)} 格次"
    )


def _lists(
    report: Report, assessment: Assessment, form: Template, open_cells: Collection[CellKey]
) -> Iterator[tuple[str, Line, list[Line]]]:
    why = {edit.key: edit.reason for edit in report.edits if is_as_printed(edit)}
    findings: list[Line] = [_finding_line(finding, form, why) for finding in assessment.findings]
    yield "一、检查结果", ("序号", "等级", "规则", "内容", "应为", "实为", "判断", "涉及单元格"), findings
    doubts: list[Line] = [_doubt_line(report, assessment, form, key) for key in form.fields if key in open_cells]
    yield "二、存疑单元格", ("序号", "状态", "位置", "单元格", "原文", "读作", "建议", "原因"), doubts
    printed = {edit.key: edit.before.raw for edit in reversed(report.edits)}  # before the first change
    together = (list(edits) for _, edits in groupby(report.edits, _alike))
    changes: list[Line] = [line for edits in together for line in _change_lines(edits, form, printed)]
    yield "三、修改与确认记录", ("序号", "修改人", "时间", "单元格", "原文", "修改前", "修改后", "原因"), changes


def _alike(edit: Edit) -> tuple[object, ...]:
    """Return what is the same for cells confirmed in one go, which are told together; every change is told alone.

    The words of a section are kept as they are typed: what was typed in one go, on one day, is one change.
    """
    if edit.key.section:
        return edit.key, edit.author, edit.reason, _time(edit.at).partition(" ")[0]
    if (edit.before.state, edit.before.shown) != (edit.after.state, edit.after.shown):
        return (edit.key, edit.at)
    return edit.author, _time(edit.at), edit.reason, edit.before.raw.strip(), cell_in_words(edit.after)


def _change_lines(edits: Sequence[Edit], form: Template, printed: Mapping[CellKey, str]) -> Iterator[Line]:
    """Yield what was done in one go; many cells in several lines, for no row shows more than a page."""
    edit = replace(edits[0], after=edits[-1].after, at=edits[-1].at) if edits[0].key.section else edits[0]
    if len(edits) == 1 or edit.key.section:
        told = [cell_name(form, edit.key)]
    else:
        told = [f"{len(edits)} 格："]
        for name in _names(form, [edit.key for edit in edits]):
            if len(told[-1]) + len(name) > _CELLS:
                told.append("（续）")
            told[-1] += name if told[-1].endswith(("：", "（续）")) else f"；{name}"
    for cells in told:
        yield edit.author, _time(edit.at), cells, *_before_and_after(edit, printed[edit.key]), edit.reason


def _before_and_after(edit: Edit, printed: str) -> tuple[str, str, str]:
    """Return what was printed, what stood there, and what stands there now; of a section only what differs."""
    if edit.key.section is None:
        return printed, cell_in_words(edit.before), cell_in_words(edit.after)
    old, new = section_text(edit.before), section_text(edit.after)
    if old is None or new is None:
        return "", _whole_text(old), _whole_text(new)
    start = _same_start(old, new)
    end = _same_start(old[start:][::-1], new[start:][::-1])
    return "", _passage(old, start, len(old) - end), _passage(new, start, len(new) - end)


def _same_start(one: str, other: str) -> int:
    """Return how many characters both texts begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _whole_text(words: str | None) -> str:
    return "（无此部分）" if words is None else _shortened(words, _PASSAGE)


def _passage(words: str, start: int, end: int) -> str:
    """Return the piece of a text with a few characters around it."""
    before, after = max(0, start - _AROUND), min(len(words), end + _AROUND)
    piece = _shortened(words[before:after], _PASSAGE)
    return f"{'…' if before else ''}{piece}{'…' if after < len(words) else ''}"


def _shortened(words: str, most: int) -> str:
    """Return the text, of a long one its beginning and its end, ``most`` characters in all."""
    return words if len(words) <= most else f"{words[: most // 2]}……{words[len(words) - most // 2 + 2 :]}"


def _finding_line(finding: Finding, form: Template, why: Mapping[CellKey, str]) -> Line:
    """Return what is said of a finding; ``why`` it may stand is known by cell."""
    reason = next((why[key] for key in finding.keys if key in why), None) if finding.explained else None
    return (
        SEVERITIES[finding.severity], finding.rule, finding.message, finding.expected or "", finding.actual or "",
        reason or verdict_in_words(finding), _cells_named(form, finding.keys),
    )  # fmt: skip


def _cells_named(form: Template, keys: Sequence[CellKey]) -> str:
    """Return the cells in few words."""
    return _listed(_names(form, keys), "；")


def _names(form: Template, keys: Sequence[CellKey]) -> list[str]:
    """Return what names the cells: tables and rows that are whole, then the others.

    Those are told as a row with its columns, or a column with its rows, whichever is shorter.
    """
    whole, others = _whole(form, keys)
    rows: dict[str, list[str]] = {}
    columns: dict[str, list[str]] = {}
    for key in others:
        line, _, column = cell_name(form, key).rpartition("·")
        rows.setdefault(line, []).append(column)
        columns.setdefault(f"{line.partition('·')[0]}·{column}", []).append(line.partition("·")[2])
    groups = min(rows, columns, key=len)
    pieces = ((head, names[n : n + _NAMED]) for head, names in groups.items() for n in range(0, len(names), _NAMED))
    return [*whole, *(f"{head}：{'、'.join(names)}" for head, names in pieces)]


def _whole(form: Template, keys: Sequence[CellKey]) -> tuple[list[str], list[CellKey]]:
    """Return the tables, and the rows of more than one cell, that have all their cells among ``keys``; and the rest."""
    named: dict[str, Collection[CellKey]] = {}
    for table, own in groupby(form.fields, lambda key: key.table):
        rows = [list(row) for _, row in groupby(own, lambda key: key.row)]
        sheet = form.table(table).sheet
        named[f"{sheet}（整张表）"] = [key for row in rows for key in row]
        for row in rows:
            named[f"{cell_name(form, row[0]).rpartition('·')[0]}（全部 {len(row)} 格）"] = row
    left, found = set(keys), []
    for name, cells in named.items():
        if len(cells) > 1 and left.issuperset(cells):
            left.difference_update(cells)
            found.append(name)
    return found, [key for key in keys if key in left]


def _listed(names: Sequence[str], joint: str) -> str:
    more = f" 等 {len(names)} 项" if len(names) > _NAMED else ""
    return joint.join(names[:_NAMED]) + more


def _doubt_line(report: Report, assessment: Assessment, form: Template, key: CellKey) -> Line:
    cell = report.cells[key]
    state = "无法识别" if cell.state is State.UNREADABLE else "存疑"
    proposed = (s.values[key] for s in assessment.suggestions if key in s.values and s.values[key] != cell.value)
    suggestion = next(proposed, None)
    return (
        state, address(form, key), cell_name(form, key), cell.raw, cell_in_words(cell),
        "" if suggestion is None else decimal_text(suggestion),
        "；".join(doubts_in_words(report, assessment, key)),
    )  # fmt: skip


def cell_name(form: Template, key: CellKey) -> str:
    """Return the Chinese address of a cell or section, the key itself when the form does not have it."""
    if section := next((section for section in form.sections if section.number == key.section), None):
        return f"{PROSE_TITLE}·{section.ordinal}、{section.title.text}"
    if key.head:
        return _HEAD_NAMES[key.head]
    return f"{form.table(key.table).sheet}·{form.address(key)}" if key in form.fields else str(key)


def _paragraphs(words: str | None) -> list[str]:
    """Return the paragraphs to show: none of them higher than a row can be, no more than anyone would read."""
    if words is None:
        return ["（没有找到这一部分）"]
    lines = (
        line[start : start + _PARAGRAPH] for line in words.splitlines() for start in range(0, len(line), _PARAGRAPH)
    )
    shown = list(islice((line.strip() for line in lines if line.strip()), _PARAGRAPHS + 1))
    return shown if len(shown) <= _PARAGRAPHS else [*shown[:_PARAGRAPHS], "（以下从略，全文见原报告）"]


def _list_height(entries: Line) -> float:
    lines = max(lines_needed(e, w, _LIST_FONT) for e, w in zip(entries, _LIST_WIDTHS, strict=True))
    return min(TALLEST, max(18.0, lines * _LIST_LINE + 5))


def _time(at: datetime) -> str:
    """Return the local time of an edit, as a clerk writes it."""
    return (at if at.tzinfo is None else at.astimezone()).strftime("%Y-%m-%d %H:%M")
