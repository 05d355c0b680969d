"""How far-fetched it is that one figure was read where another is printed.

Costs are roughly minus the natural logarithm of a likelihood, in whole numbers: what matters is their order, and that
two ordinary slips in two cells are less likely than one odd slip in one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

LOOK_ALIKE = 1
LOST = 2  # a digit, or a whole figure too faint to be seen
LEAKED = 2  # a digit or a whole figure of a neighbour, or a digit twice
ODD = 4  # another digit changed or came in, two changed places
LEAST = LOOK_ALIKE
TWICE = 7  # two slips in one figure
ANYTHING = 10

_LIKE_0 = (6, 8, 9)
_DIGITS = "0123456789"
_ALIKE = frozenset(
    frozenset(pair)
    for pair in ("06", "08", "09", "14", "17", "23", "25", "27", "35", "38", "49", "56", "58", "68", "69", "89", "47")
)


def slip_cost(read: int, printed: int, beside: Collection[int]) -> int:
    """Return how far-fetched it is that ``printed`` was read as ``read``, with figures ``beside`` it in the table."""
    if printed < 0 or read < 0:
        return ODD
    if not read:
        return LOOK_ALIKE if printed in _LIKE_0 else LOST
    slip = _one_slip(str(read), str(printed), beside)
    return min(slip, LEAKED) if slip > LEAKED and read in beside else slip


@lru_cache(maxsize=512)
def slips_of(read: int) -> tuple[int, ...]:
    """Return the figures that one slip, whatever stands beside them, turns into ``read``; none for one below 0."""
    if read < 0:
        return ()
    text = str(read)
    printed = {text[:i] + digit + text[i + 1 :] for i in range(len(text)) for digit in _DIGITS}
    printed |= {text[:i] + digit + text[i:] for i in range(len(text) + 1) for digit in _DIGITS}
    printed |= {text[:i] + text[i + 1 :] for i in range(len(text))} if len(text) > 1 else {"0"}
    printed |= {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)}
    return tuple(sorted({int(figure) for figure in printed} - {read}))


def _one_slip(read: str, printed: str, beside: Collection[int]) -> int:
    longer = len(read) - len(printed)
    if longer == 0:
        return _changed(read, printed)
    if longer == -1:
        return LOST if _is_without_one(printed, read) else TWICE if _is_near(printed, read) else ANYTHING
    if longer == 1 and _is_without_one(read, printed):
        return _added(read, printed, beside)
    if longer == 2 and read == f"{printed}00":  # 12.00 that lost its point
        return ODD
    return TWICE if abs(longer) == 1 and _is_near(read, printed) else ANYTHING


def _changed(read: str, printed: str) -> int:
    """Return the cost of digits read as others, none lost or added."""
    pairs = [(a, b) for a, b in zip(read, printed, strict=True) if a != b]
    if len(pairs) == 1:
        return LOOK_ALIKE if frozenset(pairs[0]) in _ALIKE else ODD
    if len(pairs) == 2:
        return ODD if pairs[0] == pairs[1][::-1] else TWICE
    return ANYTHING


def _added(read: str, printed: str, beside: Collection[int]) -> int:
    """Return the cost of a digit too many: one twice, a neighbour's, a point lost before the 0 of 12.0, or any."""
    if read == f"{printed}0" or any(a == b for a, b in pairwise(read)):
        return LEAKED
    leaked = {digit for figure in beside for digit in (str(figure)[0], str(figure)[-1])}
    came = read[-1] if read.startswith(printed) else read[0]
    return LEAKED if came in leaked else ODD


def _is_without_one(long: str, short: str) -> bool:
    """Whether ``long`` without one of its digits is ``short``, leading zeros left out."""
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _is_near(long: str, short: str) -> bool:
    """Whether ``short`` is ``long`` with one digit lost and another changed."""
    without = (long[:i] + long[i + 1 :] for i in range(len(long)))
    return any(sum(a != b for a, b in zip(some, short, strict=True)) == 1 for some in without)
