"""Readings and edits become rows of a workspace, and rows become a report again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from parser.errors import WorkspaceDamaged
from parser.export.plain import Plain, cell_from, plain_cell, plain_head, report_from
from parser.model.report import Cell, CellKey, Edit
from parser.templates.load import template
from parser.workspace.database import TEXT, stored
from parser.workspace.form_changes import in_present_form
from parser.workspace.kept import Fingerprint, Kept, Reading

_READING = ("token", "at", "size", "modified", "sha256", "head", "sections", "text", "is_complete")
_MALFORMED = (KeyError, ValueError, TypeError, ArithmeticError, AttributeError)


def insert_reading(connection: sqlite3.Connection, report: int, reading: Reading) -> int:
    """Add the reading with its cells; return its id."""
    values = [stored(reading.token), stored(_now()), *_head_values(reading)]
    marks = ", ".join([TEXT, TEXT, *_HEAD_MARKS])
    statement = f"INSERT INTO reading (report, {', '.join(_READING)}) VALUES (?, {marks})"
    number = connection.execute(statement, [report, *values]).lastrowid
    assert number is not None
    insert_cells(connection, number, reading)
    return number


def update_reading(connection: sqlite3.Connection, number: int, reading: Reading) -> None:
    """Put the head and the text of ``reading`` in the place of those the reading ``number`` had so far."""
    columns = ", ".join(f"{name} = {mark}" for name, mark in zip(_READING[2:], _HEAD_MARKS, strict=True))
    connection.execute(f"UPDATE reading SET {columns} WHERE id = ?", [*_head_values(reading), number])


def insert_cells(connection: sqlite3.Connection, number: int, reading: Reading) -> None:
    """Add the cells of a reading that are not there; what the clerk began with only where it is not what was read."""
    rows = []
    for key, start in reading.report.cells.items():
        as_read = reading.as_read[key]
        rows.append((number, stored(str(key)), _json(plain_cell(as_read)), None if start == as_read else _cell(start)))
    connection.executemany(f"INSERT OR IGNORE INTO cell VALUES (?, {TEXT}, {TEXT}, {TEXT})", rows)


def insert_edits(
    connection: sqlite3.Connection, report: int, reading: int | None, step: str, edits: Iterable[Edit], first: int = 0
) -> None:
    """Add the edits of one step to the log; ``reading`` is None for those that were made elsewhere before."""
    rows = [
        (
            report, reading, stored(step), number, stored(str(edit.key)), _cell(edit.before), _cell(edit.after),
            stored(edit.reason), stored(edit.author), stored(edit.at.isoformat()),
        )
        for number, edit in enumerate(edits, first)
    ]  # fmt: skip
    connection.executemany(
        "INSERT INTO log (report, reading, step, number, key, before, after, reason, author, at)"
        f" VALUES (?, ?, {TEXT}, ?, {TEXT}, {TEXT}, {TEXT}, {TEXT}, {TEXT}, {TEXT})",
        rows,
    )


def kept_report(connection: sqlite3.Connection, path: Path, row: sqlite3.Row) -> Kept:
    """Return the report of a row of ``report`` as it was left; raise WorkspaceDamaged for rows that do not fit."""
    last = "SELECT * FROM reading WHERE report = ? ORDER BY id DESC LIMIT 1"
    reading = connection.execute(last, [row["id"]]).fetchone()
    if reading is None:
        return Kept(path)
    cells = connection.execute("SELECT key, as_read, start FROM cell WHERE reading = ?", [reading["id"]]).fetchall()
    log = connection.execute("SELECT * FROM log WHERE report = ? ORDER BY id", [row["id"]]).fetchall()
    try:
        rows = {CellKey.parse(key): (as_read, start or as_read) for key, as_read, start in cells}
        head = json.loads(reading["head"])
        order, problem = _order(head["form"], rows.keys())
        start = {key: _cell_from(rows[key][1]) for key in order}
        edits = [(_edit(row), row["reading"]) for row in log]
        begun = report_from(head, reading["text"], json.loads(reading["sections"]), start, ())
        report = begun.apply(edit for edit, where in edits if where == reading["id"])
        present = [p for p in in_present_form(edit for edit, _ in edits) if p[1].key in start or not p[1].key.is_cell]
        return Kept(
            path,
            replace(report, edits=tuple(edit for _, edit in present)),
            {key: _cell_from(rows[key][0]) for key in order},
            _fingerprint(reading),
            bool(reading["is_complete"]),
            CellKey.parse(row["cell"]) if row["cell"] else None,
            Path(row["exported_to"]) if row["exported_to"] else None,
            _of_these(present, row["exported_edits"] or 0),
            problem,
        )
    except _MALFORMED as error:
        raise WorkspaceDamaged(f"工作区中保存的 {path.name} 已损坏；请重新读取原文件") from error


def log_length(connection: sqlite3.Connection, path: Path, edits: int) -> int:
    """Return how long the log of a file was when its report had so many edits: some may decide nothing any more."""
    statement = f"SELECT * FROM log WHERE report = (SELECT id FROM report WHERE path = {TEXT}) ORDER BY id"
    present = in_present_form(map(_edit, connection.execute(statement, [stored(str(path))])))
    return present[edits - 1][0] + 1 if 0 < edits <= len(present) else edits


def _of_these(present: Iterable[tuple[int, Edit]], length: int) -> int:
    """Return how many of the edits stood in the log when it was so long."""
    return sum(place < length for place, _ in present)


def _order(form: str, keys: Collection[CellKey]) -> tuple[Collection[CellKey], str]:
    """Return the keys in the form's order and ``''``; as they are, with the reason, when this program has others."""
    try:
        fields = template(form).fields
    except KeyError:
        return keys, f"报告使用 {form} 年格式，本程序没有这种格式；请把该格式的文件放回格式文件夹，或升级本程序"
    if fields.keys() != keys:
        return keys, f"{form} 年格式的表格与保存时不同；请按 F5 重新读取原文件，核对过的内容会保留"
    return fields.keys(), ""


_HEAD_MARKS = ("?", "?", TEXT, TEXT, TEXT, TEXT, "?")


def _head_values(reading: Reading) -> list[object]:
    known, report = reading.fingerprint, reading.report
    return [
        known.size if known else None,
        known.modified if known else None,
        stored(known.sha256) if known else None,
        _json(plain_head(report)),
        _json(dict(report.sections)),
        stored(report.text),
        int(reading.is_complete),
    ]


def _fingerprint(row: sqlite3.Row) -> Fingerprint | None:
    return None if row["sha256"] is None else Fingerprint(row["size"], row["modified"], row["sha256"])


def _edit(row: sqlite3.Row) -> Edit:
    before, after = _cell_from(row["before"]), _cell_from(row["after"])
    at = datetime.fromisoformat(row["at"])
    return Edit(CellKey.parse(row["key"]), before, after, row["reason"], row["author"], at)


def _cell(cell: Cell) -> bytes:
    return _json(plain_cell(cell))


def _cell_from(text: str) -> Cell:
    return cell_from(json.loads(text))


def _json(value: Plain | dict[str, str | None]) -> bytes:
    return stored(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
