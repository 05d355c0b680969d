"""The text of a linear relation ("effective >= issued - repealed") becomes its terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Comparison = Literal["=", "!=", ">=", "<="]

_PREVIOUS = "previous."
_TOKEN = re.compile(
    r"\s*(?:(?P<name>(?:[a-z_][a-z0-9_]*\*?|\*)(?:\.(?:[a-z_][a-z0-9_]*\*?|\*))*)|(?P<number>\d+)|(?P<sign>[+-]))"
)
_SPLIT = re.compile(r"(!=|>=|<=|=)")


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a side: ``name`` may hold wildcards; ``previous`` means the report of the year before."""

    sign: int
    name: str
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A sum of terms and a whole number."""

    terms: tuple[Term, ...]
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """``left`` compared with ``right``."""

    left: Side
    comparison: Comparison
    right: Side


def parse_relation(text: str) -> Relation:
    """Return the terms of ``text``; raise ValueError naming what is not understood.

    A side is a sum of names and whole numbers with ``+`` and ``-``; between the sides stands ``=``, ``!=``, ``>=`` or
    ``<=``. A name is ``a``, ``a.b`` or a pattern with ``*`` at its end; ``previous.`` before it means the year before.
    """
    parts = _SPLIT.split(text)
    if len(parts) != 3:
        raise ValueError(f"关系式应恰有一个比较号：{text}")
    left, sign, right = parts
    comparison = next(c for c in get_args(Comparison) if c == sign)
    return Relation(_side(left, text), comparison, _side(right, text))


def _side(text: str, whole: str) -> Side:
    terms: list[Term] = []
    constant, sign, position = 0, 1, 0
    expects_operand = True
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or (match["sign"] is None) != expects_operand:
            raise ValueError(f"关系式无法理解：{whole}")
        if match["sign"] is not None:
            sign = 1 if match["sign"] == "+" else -1
        elif match["number"] is not None:
            constant += sign * int(match["number"])
        else:
            name = match["name"]
            terms.append(Term(sign, name.removeprefix(_PREVIOUS), name.startswith(_PREVIOUS)))
        expects_operand = not expects_operand
        position = match.end()
    if expects_operand:
        raise ValueError(f"关系式不完整：{whole}")
    return Side(tuple(terms), constant)
