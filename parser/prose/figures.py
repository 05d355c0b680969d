"""Statements of the prose are laid beside the cells they speak of: do they agree?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache

from parser.model.place import TextSpan
from parser.model.report import Cell, CellKey, Reason, Report, State
from parser.prose.statements import Statement, statements_in
from parser.prose.vocabulary import CellSum
from parser.templates.load import template

_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the prose that states what cells of the tables hold.

    ``section`` is the section it stands in, ``place`` and ``passage`` are its place there and that of its sentence.
    ``keys`` are the cells whose sum it states, ``total`` their sum, None where they hold no number. ``agrees`` is None
    where that says nothing: a cell was not read, or what was left out is found elsewhere. ``span`` and ``sentence`` are
    places in ``Report.text``, None when the prose is not to be found there. ``tables`` names in Chinese all the sums
    that the figure could have stood for, with their values.
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


@dataclass(frozen=True, slots=True)
class _Sum:
    """Cells that a figure may stand for together: ``total`` is their sum, None when they hold no number.

    ``printed`` is what stands there instead where that is known: a mark, or "" where all is blank.
    """

    name: str
    keys: tuple[CellKey, ...]
    total: Decimal | None
    printed: str | None

    @property
    def in_words(self) -> str:
        """What the table holds, for a message."""
        if self.total is not None:
            return f"“{self.name}”为 {self.total:f}"
        return f"“{self.name}”为“{self.printed}”" if self.printed else f"“{self.name}”空白"


def _linked(statement: Statement, report: Report) -> Figure | None:
    """Return the statement beside the sum of cells that it agrees with, else beside the likeliest one."""
    sums = [_sum(cells.name, keys, report) for cells in statement.cells if (keys := _keys(report.form, cells))]
    if not sums:
        return None
    agreeing = next((entry for entry in sums if entry.total is not None and _agrees(statement, entry.total)), None)
    if agreeing is None and not statement.certain:
        return None
    likeliest = agreeing or sums[0]
    agrees: bool | None = True
    if agreeing is None:
        agrees = False if _differs(statement, sums, report) else None
        if statement.number.is_rough and any(_is_near(statement, entry.total) for entry in sums):
            return None
    total = likeliest.total
    named = [likeliest] if agrees is False and total is None else [entry for entry in sums if entry.total is not None]
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
        keys=likeliest.keys,
        total=total,
        agrees=agrees,
        tables="，".join(dict.fromkeys(entry.in_words for entry in named)),
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


def _sum(name: str, keys: tuple[CellKey, ...], report: Report) -> _Sum:
    """Return the cells with their sum, blanks beside numbers as 0."""
    cells = [report.cells[key] for key in keys]
    total = _total(cells)
    printed = {cell.shown for cell in cells}
    is_known = total is None and all(_is_sure(cell) for cell in cells)
    return _Sum(name, keys, total, (printed.pop() if len(printed) == 1 else "") if is_known else None)


def _total(cells: Sequence[Cell]) -> Decimal | None:
    """Return the sum of the cells; None when they hold no number, or one may hold something else."""
    numbers = [cell.value for cell in cells if cell.value is not None]
    return sum(numbers, Decimal(0)) if numbers and all(_is_sure(cell) for cell in cells) else None


def _is_sure(cell: Cell) -> bool:
    if cell.state in (State.UNREADABLE, State.ABSENT):
        return False
    return all(doubt.reason is not Reason.AMBIGUOUS_POSITION for doubt in cell.doubts)


def _differs(statement: Statement, sums: Sequence[_Sum], report: Report) -> bool:
    """Whether the table surely does not say what a figure says that agrees with none of the sums."""
    if any(entry.total is None and entry.printed is None for entry in sums):
        return False
    return sums[0].total is not None or (statement.number.high > 0 and not _is_told(statement, sums[0].keys, report))


def _is_told(statement: Statement, keys: Sequence[CellKey], report: Report) -> bool:
    """Whether the rest of the table makes up for cells without a number, or is no better than they are.

    Totals left out are found once for all (T3-BLANKROWTOTAL) where their rows say the same as the prose, and so are
    tables without any number (X-BLANK).
    """
    table = keys[0].table
    if all(cell.value is None for key, cell in report.cells.items() if key.table == table):
        return True
    rows = {key.row for key in keys if key.column == _TOTAL}
    parts = _total([cell for key, cell in report.cells.items() if key.table == table and key.row in rows])
    return parts is not None and _agrees(statement, parts)


def _agrees(statement: Statement, total: Decimal) -> bool:
    return statement.number.low <= total <= statement.number.high


def _is_near(statement: Statement, total: Decimal | None) -> bool:
    """Whether the total is so near to a rough figure that nobody would call it wrong."""
    width = statement.number.high - statement.number.low
    return total is not None and statement.number.low - width <= total <= statement.number.high + width
