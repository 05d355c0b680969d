"""Two figures of one equation that were misread alike: it holds all the same, and both readings of each agree.

A fax takes the same stroke from every 4, so that part and total both lose it (40 + 2 = 42 is read 10 + 2 = 12). What a
scan does to its digits shows where two readings of a cell differ in one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from parser.model.report import Cell, CellKey
from parser.rules.check import Signed


def confusions(readings: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the pairs of digits, in both orders, in which two readings of as many characters differ."""
    pairs = (pair for one, other in readings if len(one) == len(other) for pair in zip(one, other, strict=True))
    found = {(a, b) for a, b in pairs if a != b and a.isdigit() and b.isdigit()}
    return frozenset(found | {(b, a) for a, b in found})


def misread_alike(
    cells: Mapping[CellKey, Cell], equations: Sequence[Sequence[Signed]], confused: Collection[tuple[str, str]]
) -> set[CellKey]:
    """Return the cells on both sides of a closed equation with the same digit, one that is confused, in one place."""
    digits = {a for a, _ in confused}
    return {key for equation in equations for pair in _alike(cells, equation, digits) for key in pair}


def _alike(
    cells: Mapping[CellKey, Cell], equation: Sequence[Signed], digits: Collection[str]
) -> Iterator[tuple[CellKey, CellKey]]:
    for one, other in combinations(equation, 2):
        if one.sign != other.sign and set(_placed(cells[one.key], digits)) & set(_placed(cells[other.key], digits)):
            yield one.key, other.key


def _placed(cell: Cell, digits: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the digits among ``digits`` in a cell's figure, each with its power of ten."""
    if cell.value:  # that a figure should lose all its digits to zeros, twice, is not to be feared
        _, figure, exponent = cell.value.as_tuple()
        last = len(figure) - 1
        yield from ((int(exponent) + last - n, str(digit)) for n, digit in enumerate(figure) if str(digit) in digits)
