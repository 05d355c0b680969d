"""The character tables of ``resources/characters.toml``, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from parser.paths import resource


@dataclass(frozen=True, slots=True)
class Characters:
    """What printed characters stand for; ``simplify`` and ``look_alikes`` are tables for ``str.translate``."""

    simplify: Mapping[int, str]
    words: Mapping[str, str]
    look_alikes: Mapping[int, str]
    marks: frozenset[str]
    plus: frozenset[str]
    minus: frozenset[str]
    units: tuple[str, ...]
    value_words: frozenset[str]
    nothing: frozenset[str]


@cache
def characters() -> Characters:
    """Return the tables."""
    data = tomllib.loads(resource("characters.toml").read_text("utf-8"))
    values = data["values"]
    return Characters(
        simplify=str.maketrans(dict(zip(data["traditional"], data["simplified"], strict=True))),
        words=data["words"],
        look_alikes=str.maketrans(data["look_alikes"]),
        marks=frozenset(values["marks"]),
        plus=frozenset(values["plus"]),
        minus=frozenset(values["minus"]),
        units=tuple(values["units"]),
        value_words=frozenset(values["words"]),
        nothing=frozenset(values["nothing"]),
    )
