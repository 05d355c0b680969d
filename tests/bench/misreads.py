"""What recognition makes of a printed figure: a model of its errors that knows nothing of how repairs are searched."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_LOOK_ALIKE: Mapping[str, str] = {
    "0": "86869",
    "1": "7774",
    "2": "77355",
    "3": "888552",
    "4": "99911",
    "5": "66333",
    "6": "5588800",
    "7": "11112",
    "8": "33666009",
    "9": "4440878",
}


@dataclass(frozen=True)
class Around:
    """The figures printed next to a cell, None at the edge of the table."""

    left: str | None
    right: str | None
    above: str | None
    below: str | None


Misread = Callable[[str, Around, random.Random], "str | None"]


def misread(printed: str, around: Around, rng: random.Random) -> tuple[str, str]:
    """Return what is read instead of ``printed``, always another number, and the name of the error."""
    while True:
        (act,) = rng.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))
        read = act(printed, around, rng)
        if read and int(read) != int(printed):
            return str(int(read)), act.__name__.strip("_")


def _look_alike(printed: str, around: Around, rng: random.Random) -> str:
    place = rng.randrange(len(printed))
    return printed[:place] + rng.choice(_LOOK_ALIKE[printed[place]]) + printed[place + 1 :]


def _other_digit(printed: str, around: Around, rng: random.Random) -> str:
    place = rng.randrange(len(printed))
    return printed[:place] + rng.choice("0123456789") + printed[place + 1 :]


def _dropped_digit(printed: str, around: Around, rng: random.Random) -> str:
    place = rng.randrange(len(printed))
    return printed[:place] + printed[place + 1 :]


def _doubled_digit(printed: str, around: Around, rng: random.Random) -> str:
    place = rng.randrange(len(printed))
    return printed[:place] + printed[place] + printed[place:]


def _added_digit(printed: str, around: Around, rng: random.Random) -> str:
    """A speck or a stroke of the ruling is read as a digit."""
    place = rng.choice((0, len(printed)))
    return printed[:place] + rng.choice("1114707") + printed[place:]


def _swapped_digits(printed: str, around: Around, rng: random.Random) -> str | None:
    if len(printed) < 2:
        return None
    place = rng.randrange(len(printed) - 1)
    return printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]


def _neighbours_digit(printed: str, around: Around, rng: random.Random) -> str | None:
    """The nearest digit of the cell to the left or right leaks in."""
    if rng.random() < 0.5:
        return around.left[-1] + printed if around.left else None
    return printed + around.right[0] if around.right else None


def _blank_as_zero(printed: str, around: Around, rng: random.Random) -> str:
    """The figure is too faint: the cell counts as empty, and empty as 0."""
    return "0"


def _point_lost(printed: str, around: Around, rng: random.Random) -> str:
    """A figure typed with decimals, 12.0 or 12.00, loses its point."""
    return printed + rng.choice(("0", "00"))


def _neighbours_figure(printed: str, around: Around, rng: random.Random) -> str | None:
    return rng.choice((around.left, around.right, around.above, around.below))


_WEIGHTS: Mapping[Misread, float] = {
    _look_alike: 30,
    _other_digit: 8,
    _dropped_digit: 10,
    _doubled_digit: 5,
    _added_digit: 8,
    _swapped_digits: 4,
    _neighbours_digit: 8,
    _blank_as_zero: 8,
    _point_lost: 5,
    _neighbours_figure: 14,
}
