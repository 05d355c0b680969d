"""Statements of the prose are laid beside the cells they speak of: do they agree?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache

from parser.model.place import TextSpan
from parser.model.report import Cell, CellKey, Reason, Report, State
from parser.prose.statements import Statement, statements_in
from parser.prose.vocabulary import CellSum
from parser.templates.load import template


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the prose that states what cells of the tables hold.

    ``section`` is the section it stands in, ``place`` and ``passage`` are its place there and that of its sentence.
    ``keys`` are the cells whose sum it states, ``total`` their sum; ``agrees`` is None where a cell does not hold a
    number. ``span`` and ``sentence`` are places in ``Report.text``, None when the prose is not to be found there.
    ``tables`` names in Chinese all the sums that the figure could have stood for, with their values.
    """

    rule: str
    value: Decimal
    is_approximate: bool
    words: str
    section: str
    place: TextSpan
    passage: TextSpan
    span: TextSpan | None
    sentence: TextSpan | None
    keys: tuple[CellKey, ...]
    total: Decimal | None
    agrees: bool | None
    tables: str


def figures_in(report: Report, rule: str | None = None) -> tuple[Figure, ...]:
    """Return the figures of the prose that state what the tables hold, in the order of the text; pure and quick.

    ``rule`` limits them to those of one rule (X-NEW, X-ANS, X-CAT, X-APPL, X-REV, X-T2). Figures that may also mean
    something else are there only if they agree: whoever does not agree with the table surely speaks of its cells.
    """
    said = statements_in(report.text, tuple(report.sections.items()), report.issuer, report.year)
    linked: dict[tuple[str, ...], list[tuple[Statement, Figure]]] = defaultdict(list)
    order: list[Figure] = []
    for statement in said:
        figure = _linked(statement, report) if rule in (None, statement.rule) else None
        if figure is not None:
            linked[statement.cells[0].patterns].append((statement, figure))
            order.append(figure)
    doubtful = {id(figure) for pairs in linked.values() for figure in _of_parts(pairs)}
    return tuple(figure for figure in order if id(figure) not in doubtful)


def _linked(statement: Statement, report: Report) -> Figure | None:
    """Return the statement beside the sum of cells that it agrees with, else beside the likeliest one."""
    sums = [
        (cells.name, keys, _total(keys, report.cells))
        for cells in statement.cells
        if (keys := _keys(report.form, cells))
    ]
    if not sums:
        return None
    agreeing = next((entry for entry in sums if entry[2] is not None and _agrees(statement, entry[2])), None)
    if agreeing is None and not statement.certain:
        return None
    _, keys, total = agreeing or sums[0]
    agrees: bool | None = True
    if agreeing is None:
        is_known = all(total is not None for _, _, total in sums)
        agrees = False if is_known else None
        if statement.number.is_rough and any(total is not None and _is_near(statement, total) for _, _, total in sums):
            return None
    return Figure(
        rule=statement.rule,
        value=statement.number.value,
        is_approximate=statement.number.low != statement.number.high and total != statement.number.value,
        words=statement.words,
        section=statement.section,
        place=statement.place,
        passage=statement.passage_place,
        span=statement.figure,
        sentence=statement.sentence,
        keys=keys,
        total=total,
        agrees=agrees,
        tables="，".join(dict.fromkeys(f"“{name}”为 {total:f}" for name, _, total in sums if total is not None)),
    )


def _of_parts(pairs: Iterable[tuple[Statement, Figure]]) -> list[Figure]:
    """Return the figures that differ from the table only because they count a part of it, so that nobody is sure.

    Of several figures for the same cells one agrees, or they add up, or they stand in one sentence with others.
    """
    pairs = list(pairs)
    wrong = [(statement, figure) for statement, figure in pairs if figure.agrees is False]
    if not wrong:
        return []
    values = {statement.number.value for statement, _ in wrong}
    if len(pairs) > len(wrong) or (len(values) > 1 and sum(s.number.value for s, _ in wrong) == wrong[0][1].total):
        return [figure for _, figure in wrong]
    passages: dict[tuple[int, int], set[Decimal]] = defaultdict(set)
    for statement, _ in wrong:
        passages[statement.passage].add(statement.number.value)
    return [figure for statement, figure in wrong if len(passages[statement.passage]) > 1]


@lru_cache(maxsize=512)
def _keys(form: str, cells: CellSum) -> tuple[CellKey, ...]:
    fields = template(form).fields
    return tuple(key for key in fields if any(fnmatchcase(str(key), pattern) for pattern in cells.patterns))


def _total(keys: tuple[CellKey, ...], cells: Mapping[CellKey, Cell]) -> Decimal | None:
    """Return the sum of the cells, blanks beside numbers as 0; None when one may hold something else."""
    total, numbers = Decimal(0), 0
    for key in keys:
        cell = cells[key]
        if cell.state is State.NUMBER and cell.value is not None:
            total += cell.value
            numbers += 1
        if cell.state in (State.UNREADABLE, State.ABSENT):
            return None
        if any(doubt.reason is Reason.AMBIGUOUS_POSITION for doubt in cell.doubts):
            return None
    return total if numbers else None


def _agrees(statement: Statement, total: Decimal) -> bool:
    return statement.number.low <= total <= statement.number.high


def _is_near(statement: Statement, total: Decimal) -> bool:
    """Whether the total is so near to a rough figure that nobody would call it wrong."""
    width = statement.number.high - statement.number.low
    return statement.number.low - width <= total <= statement.number.high + width
