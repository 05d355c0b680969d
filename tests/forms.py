"""Build reports in memory: every field of a form filled with zeros, then the given values put in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parser.model.place import TextSpan
from parser.model.report import Cell, CellKey, Report, State
from parser.templates.load import template


def number(value: str | int) -> Cell:
    """Return a cell that reads ``value``."""
    return Cell(State.NUMBER, Decimal(str(value)), raw=str(value))


def make_report(form: str = "2021", cells: Mapping[str, Cell | str | int] | None = None, **fields: object) -> Report:
    """Return a complete report on ``form``; ``cells`` maps "table.row.column" to a value or a whole Cell."""
    lines: list[str] = []
    readings: dict[CellKey, Cell] = {}
    position = 0
    changes = dict(cells or {})
    for key, field in template(form).fields.items():
        given = changes.pop(str(key), 0)
        cell = given if isinstance(given, Cell) else number(given)
        line = f"{field.name}\t{cell.raw}"
        place = TextSpan(position + len(line) - len(cell.raw), position + len(line))
        readings[key] = Cell(cell.state, cell.value, cell.unit, cell.raw, place, cell.confidence, cell.doubts)
        lines.append(line)
        position += len(line) + 1
    assert not changes, f"unknown keys: {sorted(changes)}"
    defaults: dict[str, object] = {
        "source": "清河市农业农村局2023年报告.txt",
        "sha256": "0" * 64,
        "kind": "text",
        "text": "\n".join(lines),
        "form": form,
        "template": form,
        "issuer": "清河市农业农村局",
        "year": 2023 if form == "2021" else 2020,
        "title": "清河市农业农村局政府信息公开工作年度报告",
        "sections": {str(n): "（略）" for n in range(1, 7)},
    }
    return Report(cells=readings, **(defaults | fields))  # type: ignore[arg-type]
