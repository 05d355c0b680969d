"""A report becomes the rows of the hidden sheet, and those rows become the same report again.

A row is (entry, part, text). Entries are JSON; long ones take several parts. Texts stand between bars and are escaped,
so that no spreadsheet program trims, decodes or normalises anything in them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from parser.errors import UnreadableFile, UnsupportedFormat
from parser.export.plain import cell_from, edit_from, plain_cell, plain_edit, plain_head, report_from
from parser.model.report import CellKey, Report

SHEET = "nianbao_data"
SCHEMA = 1
Row = tuple[str, int, str]

_PART = 16_000  # code points; a cell holds 32,767 UTF-16 units
_RISKY = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff\ufdd0-\ufdef\ufff0-\uffff\ud800-\udfff]|_(?=x)")
_DAMAGED = "工作簿中的核校数据已损坏，无法还原；请重新导出，或改为读取原报告文件"


def stored_rows(report: Report) -> list[Row]:
    """Return everything in the report as rows; the first two say which schema and guard against damage."""
    entries = [(name, _json(value)) for name, value in _entries(report)]
    return [
        ("schema", 1, f"|{SCHEMA}|"),
        ("sha256", 1, f"|{_digest(entries)}|"),
        *((name, number, f"|{part}|") for name, text in entries for number, part in enumerate(_parts(text), 1)),
    ]


def restored(rows: Iterable[tuple[object, ...]]) -> Report:
    """Return the report that ``stored_rows`` put into ``rows``.

    Raises UnsupportedFormat for a schema newer than this program, UnreadableFile when anything is missing or changed.
    """
    try:
        entries = _joined(rows)
        schema = int(entries.pop("schema"))
        if schema > SCHEMA:
            raise UnsupportedFormat("工作簿由更新版本的年报核校导出；请升级本程序后再读取")
        if entries.pop("sha256") != _digest(entries.items()):
            raise UnreadableFile(_DAMAGED)
        return _report(entries)
    except (KeyError, ValueError, TypeError, ArithmeticError, AttributeError) as error:
        raise UnreadableFile(_DAMAGED) from error


def _entries(report: Report) -> Iterator[tuple[str, object]]:
    yield "report", plain_head(report)
    yield "sections", dict(report.sections)
    yield "text", report.text
    for key, cell in report.cells.items():
        yield f"cell {key}", plain_cell(cell)
    for number, edit in enumerate(report.edits, 1):
        yield f"edit {number}", plain_edit(edit)


def _report(entries: Mapping[str, str]) -> Report:
    data = {name: json.loads(text) for name, text in entries.items()}
    cells = {CellKey.parse(name[5:]): cell_from(value) for name, value in data.items() if name.startswith("cell ")}
    edits = tuple(edit_from(value) for name, value in data.items() if name.startswith("edit "))
    return report_from(data["report"], data["text"], data["sections"], cells, edits)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _parts(text: str) -> Iterator[str]:
    return (text[start : start + _PART] for start in range(0, len(text), _PART))


def _joined(rows: Iterable[tuple[object, ...]]) -> dict[str, str]:
    """Return the text of each entry; raise ValueError when parts are missing or out of order."""
    entries: dict[str, list[str]] = {}
    for name, part, text, *_ in rows:
        if name is None:
            continue
        if not isinstance(name, str) or not isinstance(text, str) or len(text) < 2 or text[0] + text[-1] != "||":
            raise ValueError("not a row of ours")
        parts = entries.setdefault(name, [])
        parts.append(text[1:-1])
        if part != len(parts):
            raise ValueError("a part is missing")
    return {name: "".join(parts) for name, parts in entries.items()}


def _digest(entries: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for name, text in entries:
        digest.update(f"{name}\n{text}\n".encode())
    return digest.hexdigest()
