"""A report becomes the rows of the hidden sheet, and those rows become the same report again.

A row is (entry, part, text). Entries are JSON; long ones take several parts. Texts stand between bars and are escaped,
so that no spreadsheet program trims, decodes or normalises anything in them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from parser.errors import UnreadableFile, UnsupportedFormat
from parser.model.place import PageBox, Place, TextSpan
from parser.model.report import Cell, CellKey, Doubt, Edit, Note, Reason, Report, State

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
    fee = report.information_processing_fee_yuan
    yield (
        "report",
        {
            "source": report.source,
            "sha256": report.sha256,
            "kind": report.kind,
            "form": report.form,
            "template": report.template,
            "issuer": report.issuer,
            "year": report.year,
            "title": report.title,
            "period": [day.isoformat() for day in report.period] if report.period else None,
            "published": report.published.isoformat() if report.published else None,
            "information_processing_fee_yuan": None if fee is None else str(fee),
            "notes": [list(note) for note in report.notes],
            "pages": report.pages,
        },
    )
    yield "sections", dict(report.sections)
    yield "text", report.text
    for key, cell in report.cells.items():
        yield f"cell {key}", _cell_data(cell)
    for number, edit in enumerate(report.edits, 1):
        yield (
            f"edit {number}",
            {
                "key": str(edit.key),
                "before": _cell_data(edit.before),
                "after": _cell_data(edit.after),
                "reason": edit.reason,
                "author": edit.author,
                "at": edit.at.isoformat(),
            },
        )


def _report(entries: Mapping[str, str]) -> Report:
    data = {name: json.loads(text) for name, text in entries.items()}
    head = data["report"]
    period = head.pop("period")
    published = head.pop("published")
    fee = head.pop("information_processing_fee_yuan")
    notes = head.pop("notes")
    return Report(
        **head,
        period=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        published=date.fromisoformat(published) if published else None,
        information_processing_fee_yuan=None if fee is None else Decimal(fee),
        notes=tuple(Note(rule, detail) for rule, detail in notes),
        sections=data["sections"],
        text=data["text"],
        cells={CellKey.parse(name[5:]): _cell(value) for name, value in data.items() if name.startswith("cell ")},
        edits=tuple(_edit(value) for name, value in data.items() if name.startswith("edit ")),
    )


def _cell_data(cell: Cell) -> dict[str, object]:
    return {
        "state": cell.state.value,
        "value": None if cell.value is None else str(cell.value),
        "unit": cell.unit,
        "raw": cell.raw,
        "place": None if cell.place is None else asdict(cell.place),
        "confidence": cell.confidence,
        "doubts": [[doubt.reason.value, doubt.note] for doubt in cell.doubts],
    }


def _cell(data: Mapping[str, Any]) -> Cell:
    return Cell(
        state=State(data["state"]),
        value=None if data["value"] is None else Decimal(data["value"]),
        unit=data["unit"],
        raw=data["raw"],
        place=_place(data["place"]),
        confidence=data["confidence"],
        doubts=tuple(Doubt(Reason(reason), note) for reason, note in data["doubts"]),
    )


def _place(data: Mapping[str, Any] | None) -> Place | None:
    if data is None:
        return None
    if "box" in data:
        left, top, right, bottom = data["box"]
        return PageBox(data["page"], (left, top, right, bottom))
    return TextSpan(data["start"], data["end"])


def _edit(data: Mapping[str, Any]) -> Edit:
    at = datetime.fromisoformat(data["at"])
    key = CellKey.parse(data["key"])
    return Edit(key, _cell(data["before"]), _cell(data["after"]), data["reason"], data["author"], at)


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
