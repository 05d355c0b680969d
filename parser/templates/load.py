"""A TOML file describes a national form; this turns it into a ``Template``."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise, product
from pathlib import Path
from typing import Any

from parser.errors import TemplateError
from parser.model.finding import Severity
from parser.model.report import CellKey
from parser.model.template import (
    Block,
    Column,
    Field,
    GridCell,
    Label,
    NumberKind,
    Row,
    Rule,
    Section,
    Table,
    Template,
)
from parser.paths import resource

_RULE_FIELDS = frozenset({"id", "severity", "kind", "message"})


@cache
def templates() -> tuple[Template, ...]:
    """Return every form in ``resources/templates``, oldest first."""
    files = sorted(resource("templates").glob("[0-9]*.toml"))
    return tuple(sorted((load(file) for file in files), key=lambda template: template.due_from))


def template(template_id: str) -> Template:
    """Return the form called ``template_id`` ("2021"); raise KeyError when there is none."""
    for candidate in templates():
        if candidate.id == template_id:
            return candidate
    raise KeyError(template_id)


def template_due(year: int) -> Template | None:
    """Return the form that reports on ``year`` must use, None for years before the national forms.

    A newer form ends the one before by itself: files that are in use need no change when one is added.
    """
    return next((t for t in reversed(templates()) if t.is_due(year)), None)


def load(file: Path) -> Template:
    """Return the form described by ``file``; raise TemplateError naming what is missing or wrong."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        return _template(data)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        what = f"缺少 {error}" if isinstance(error, KeyError) else error
        raise TemplateError(f"格式文件 {file.name} 有误（{what}）；请改正或移走该文件后重试") from error


def _template(data: Mapping[str, Any]) -> Template:
    tables = tuple(_table(entry) for entry in data["tables"])
    return Template(
        id=str(data["id"]),
        title=data["title"],
        circular=data["circular"],
        due_from=data["due_from"],
        due_until=data.get("due_until"),
        sections=tuple(Section(str(s["number"]), str(s["ordinal"]), _label(s)) for s in data["sections"]),
        tables=tables,
        rules=tuple(_rule(entry) for entry in data["rules"]),
        fields={field.key: field for table in tables for field in _fields(table)},
    )


def _label(entry: Mapping[str, Any] | str) -> Label:
    texts: list[Any] = [entry] if isinstance(entry, str) else [entry["label"], *entry.get("aliases", ())]
    if not all(isinstance(text, str) and text for text in texts):
        raise TypeError(f"标签应为文字，不能是 {texts}")
    return Label(texts[0], tuple(texts[1:]))


def _rule(entry: Mapping[str, Any]) -> Rule:
    options = {key: value for key, value in entry.items() if key not in _RULE_FIELDS}
    return Rule(entry["id"], Severity(entry["severity"]), entry["kind"], entry["message"], options)


def _table(entry: Mapping[str, Any]) -> Table:
    blocks = tuple(_block(block) for block in entry["blocks"])
    widths = tuple(entry["widths"])
    header = tuple(_header(entry["header"], len(widths)))
    top = len(entry["header"])
    if entry.get("arrangement") == "line":
        body = _line_body(entry["key"], blocks[0], top)
    else:
        body = _stacked_body(entry["key"], entry["blocks"], blocks, top, len(widths))
    table = Table(entry["key"], entry["sheet"], entry["section"], entry["unit"], widths, blocks, header + tuple(body))
    _refuse_holes(table)
    return table


def _refuse_holes(table: Table) -> None:
    """Raise ValueError unless the grid's cells cover the whole table once and every field has a key of its own."""
    covered = Counter(
        (row, column)
        for cell in table.grid
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    squeezed = any(cell.column_span < 1 or cell.row_span < 1 for cell in table.grid)
    if squeezed or covered != Counter(product(range(table.row_count), range(table.column_count))):
        raise ValueError(f"“{table.sheet}”的单元格有重叠或空缺")
    keys = Counter(cell.key for cell in table.grid if cell.key)
    if max(keys.values()) > 1:
        raise ValueError(f"“{table.sheet}”有重复的行或列")


def _block(entry: Mapping[str, Any]) -> Block:
    columns = tuple(
        Column(c["key"], _label(c), NumberKind(c.get("kind", "count")), c.get("unit"), c.get("span", 1))
        for c in entry["columns"]
    )
    rows = tuple(Row(r["key"], _label(r), tuple(_label(p) for p in r.get("path", ()))) for r in entry["rows"])
    return Block(_label(entry["line"]) if "line" in entry else None, columns, rows)


def _header(rows: Sequence[Sequence[Mapping[str, Any]]], width: int) -> Iterator[GridCell]:
    """Place header cells left to right, stepping over cells that reach down from above."""
    taken: set[tuple[int, int]] = set()
    for row, entries in enumerate(rows):
        column = 0
        for entry in entries:
            while (row, column) in taken:
                column += 1
            height, breadth = entry.get("rows", 1), entry.get("columns", 1)
            if column + breadth > width:
                raise ValueError(f"表头第 {row + 1} 行超出 {width} 列")
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + breadth))
            yield GridCell(row, column, height, breadth, _label(entry))
            column += breadth


def _stacked_body(
    table: str, entries: Sequence[Mapping[str, Any]], blocks: Sequence[Block], top: int, width: int
) -> Iterator[GridCell]:
    """Yield the blocks one under the other: line, header and rows, labels left and values right."""
    row = top
    for entry, block in zip(entries, blocks, strict=True):
        starts = tuple(accumulate((c.span for c in block.columns), initial=width - sum(c.span for c in block.columns)))
        if block.line:
            yield GridCell(row, 0, 1, width, block.line, is_group=True)
            row += 1
        if "corner" in entry:
            yield GridCell(row, 0, 1, starts[0], _label(entry["corner"]))
            yield from (
                GridCell(row, start, 1, column.span, column.label)
                for start, column in zip(starts, block.columns, strict=False)
            )
            row += 1
        for index, line in enumerate(block.rows):
            yield from _row_labels(block.rows, index, row, starts[0])
            for (start, end), column in zip(pairwise(starts), block.columns, strict=True):
                yield GridCell(row, start, 1, end - start, key=CellKey(table, line.key, column.key))
            row += 1


def _row_labels(rows: Sequence[Row], index: int, grid_row: int, width: int) -> Iterator[GridCell]:
    """Yield the group labels that begin at this row (spanning their rows) and the row's own label."""
    path = rows[index].path
    for depth, group in enumerate(path):
        inside = path[: depth + 1]
        if index and rows[index - 1].path[: depth + 1] == inside:
            continue
        height = 1
        while index + height < len(rows) and rows[index + height].path[: depth + 1] == inside:
            height += 1
        yield GridCell(grid_row, depth, height, 1, group, is_group=True)
    yield GridCell(grid_row, len(path), 1, width - len(path), rows[index].label)


def _line_body(table: str, block: Block, row: int) -> Iterator[GridCell]:
    """Yield the value cells of all rows side by side on one grid row."""
    keys = (CellKey(table, r.key, c.key) for r in block.rows for c in block.columns)
    return (GridCell(row, column, 1, 1, key=key) for column, key in enumerate(keys))


def _fields(table: Table) -> Iterator[Field]:
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                name = f"{row.label.text}·{column.label.text}"
                yield Field(CellKey(table.key, row.key, column.key), name, column.kind, column.unit or table.unit)
