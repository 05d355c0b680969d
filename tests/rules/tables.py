"""A filled-in table three whose equations all hold, and shorthand for its cells."""

from __future__ import annotations

from collections.abc import Mapping

from parser.model.report import Cell, CellKey, State
from parser.templates.load import template

BLANK = Cell(State.BLANK)
MARK = Cell(State.MARK, raw="/")
UNREADABLE = Cell(State.UNREADABLE, raw="●")
ABSENT = Cell(State.ABSENT)

COLUMNS = tuple(column.key for column in template("2021").table("applications").blocks[0].columns)
FRAME = ("new_received", "carried_over", "results_total", "carried_forward")


def rows(form: str) -> tuple[str, ...]:
    """Return the rows of table three."""
    return tuple(row.key for row in template(form).table("applications").blocks[0].rows)


def applications(form: str = "2021") -> dict[str, int]:
    """Return a table three like that of a city: 127 new, 34 carried over, 148 answered, 13 carried forward."""
    details = {
        "granted": (60, 12, 0, 0, 1, 0),
        "partially_granted": (9, 3, 0, 0, 0, 0),
        "denied_process_information": (7, 0, 0, 0, 0, 0),
        "unable_not_held": (41, 2, 0, 1, 0, 0),
        "not_processed_repeated": (10, 0, 0, 0, 0, 0),
        "other_misc" if form == "2021" else "other": (2, 0, 0, 0, 0, 0),
    }
    figures: dict[str, tuple[int, ...]] = dict.fromkeys(rows(form), (0,) * 6) | details
    figures["results_total"] = tuple(sum(column) for column in zip(*details.values(), strict=True))
    figures["carried_forward"] = (11, 2, 0, 0, 0, 0)
    figures["carried_over"] = (30, 4, 0, 0, 0, 0)
    figures["new_received"] = tuple(
        results + forward - over
        for results, forward, over in zip(
            figures["results_total"], figures["carried_forward"], figures["carried_over"], strict=True
        )
    )
    return {
        f"applications.{row}.{column}": value
        for row, parts in figures.items()
        for column, value in zip(COLUMNS, (*parts, sum(parts)), strict=True)
    }


def with_changes(cells: Mapping[str, Cell | str | int], **changes: Cell | str | int) -> dict[str, Cell | str | int]:
    """Return the cells after changes written ``row__column=value`` in table three."""
    return {**cells, **{f"applications.{name.replace('__', '.')}": value for name, value in changes.items()}}


def every(form: str, table: str, cell: Cell) -> dict[str, Cell | str | int]:
    """Return a table in which every cell is ``cell``."""
    return {str(key): cell for key in template(form).fields if key.table == table}


def key(text: str) -> CellKey:
    """Return the key of a cell of table three, written ``row.column``."""
    return CellKey.parse(f"applications.{text}")
