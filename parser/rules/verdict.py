"""A broken equation and the two readings of its cells become who is wrong: the reading, the office, or nobody knows.

Text has one reading, so there nobody knows (offices print sums that are wrong: to leave them so must be offered).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations

from parser.model.finding import Verdict
from parser.rules.evaluate import ZERO, Broken, Reading

MOST_DIFFERING = 6  # cells of one equation whose readings differ; of more of them, anything can be made to fit


def evidence(broken: Broken, reading: Reading, suspects: Collection[int], repaired: Collection[int]) -> Verdict:
    """Return who is wrong; ``suspects`` are the positions of the cells that can explain the equation.

    MISREAD: with the second reading of cells whose readings differ, and no other change, the equation holds, and the
    best repair (of the cells ``repaired``) changes nothing that both readings agree on.
    SOURCE: both readings of everything that can explain it agree, and nothing else is odd about any of it.
    """
    differing = {p: other for _, p in broken.instance.operands if (other := _otherwise(reading, p)) is not None}
    if differing:
        is_office = any(reading.cells[position].is_confirmed for position in repaired)
        return Verdict.MISREAD if not is_office and _closes(broken, differing, reading) else Verdict.OPEN
    cells = [reading.cells[position] for position in suspects]
    is_source = bool(cells) and all(cell.is_confirmed and not cell.doubts for cell in cells)
    return Verdict.SOURCE if is_source else Verdict.OPEN


def _otherwise(reading: Reading, position: int) -> Decimal | None:
    """Return the figure of the second reading where it differs from the cell's."""
    second = reading.cells[position].second_value
    return second if second != reading.values[position] else None


def _closes(broken: Broken, differing: Mapping[int, Decimal], reading: Reading) -> bool:
    """Whether the equation holds with the second reading of some of the cells that differ."""
    changes = [
        sign * (second - (reading.values[position] or ZERO))
        for sign, position in broken.instance.operands
        if (second := differing.get(position)) is not None
    ]
    return any(broken.instance.holds(broken.residual + sum(some), ZERO) for some in _choices(changes))


def _choices(changes: list[Decimal]) -> Iterator[tuple[Decimal, ...]]:
    some = changes[:MOST_DIFFERING]
    return chain.from_iterable(combinations(some, size) for size in range(1, len(some) + 1))
