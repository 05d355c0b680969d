"""``resources/narrative.toml`` becomes what the figures of the prose may count, and how they are worded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from parser.errors import TemplateError
from parser.paths import resource
from parser.prose.phrases import Phrase, Step

_LISTS = (
    "foreign",
    "steps",
    "keeps",
    "narrowing",
    "other_years",
    "this_year",
    "parts_of_year",
    "changes",
    "plans",
    "ahead",
)
_UNITS = ("件", "宗", "起", "份", "例", "条", "项", "个", "次", "")


@dataclass(frozen=True, slots=True)
class CellSum:
    """Cells that a figure may stand for together: their name for messages, and patterns "table.row.column"."""

    name: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a figure counts: its wordings, and the sums of cells it may stand for, the likeliest first.

    ``family`` is what is spoken of after it, ``contexts`` what must be spoken of before its phrases in context.
    ``units`` are those its figure has; with one of ``weak_units`` it may also mean something else. See the resource.
    """

    rule: str
    family: str
    contexts: frozenset[str]
    phrases: tuple[Phrase, ...]
    negated: tuple[Phrase, ...]
    cells: tuple[CellSum, ...]
    with_carried_over: tuple[CellSum, ...]
    units: frozenset[str]
    weak_units: frozenset[str]
    is_open: bool
    part_is_weak: bool
    weak_after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The subjects, and the words that change what a figure says."""

    subjects: tuple[Subject, ...]
    topics: Mapping[str, re.Pattern[str]]
    loose: re.Pattern[str]
    foreign: re.Pattern[str]
    steps: re.Pattern[str]
    keeps: re.Pattern[str]
    narrowing: re.Pattern[str]
    other_years: re.Pattern[str]
    this_year: re.Pattern[str]
    parts_of_year: re.Pattern[str]
    changes: re.Pattern[str]
    plans: re.Pattern[str]
    ahead: re.Pattern[str]
    negation: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words of the resource, loaded once."""
    return load(resource("narrative.toml"))


def load(file: Path) -> Vocabulary:
    """Return the words in ``file``; raise TemplateError naming what is missing or wrong."""
    try:
        return _vocabulary(tomllib.loads(file.read_text("utf-8")))
    except (OSError, KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        what = f"缺少 {error}" if isinstance(error, KeyError) else error
        raise TemplateError(f"正文用语文件 {file.name} 有误（{what}）；请改正该文件后重试") from error


def _vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    words = {name: _any(options) for name, options in data["words"].items()}
    subjects = [group | entry for group in data["groups"] for entry in group["subjects"]]
    return Vocabulary(
        subjects=tuple(_subject(entry, words) for entry in subjects),
        topics={name: _any(options) for name, options in data["topics"].items()},
        loose=_any((*data["loose"], *data["narrowing"])),
        negation=_any(data["negations"]),
        **{name: _any(data[name]) for name in _LISTS},
    )


def _subject(entry: Mapping[str, Any], words: Mapping[str, re.Pattern[str]]) -> Subject:
    def phrases(kind: str, *, certain: bool) -> list[Phrase]:
        return [
            Phrase(_steps(phrase, words), certain, in_context)
            for name, in_context in ((kind, False), (f"{kind}_in_context", True))
            for phrase in entry.get(name, ())
        ]

    return Subject(
        rule=entry["rule"],
        family=entry["family"],
        contexts=frozenset(entry.get("context", ())),
        phrases=(*phrases("certain", certain=True), *phrases("weak", certain=False)),
        negated=tuple(phrases("negated", certain=True)),
        cells=_sums(entry["cells"]),
        with_carried_over=_sums(entry.get("includes_carried_over", ())),
        units=frozenset(entry.get("units", _UNITS)),
        weak_units=frozenset(entry.get("weak_units", ())),
        is_open=entry.get("open", False),
        part_is_weak=entry.get("part_is_weak", False),
        weak_after=_any(entry["weak_after"]) if "weak_after" in entry else None,
        not_after=_any(entry["not_after"]) if "not_after" in entry else None,
    )


def _sums(entries: Iterable[Mapping[str, Any]]) -> tuple[CellSum, ...]:
    return tuple(CellSum(entry["name"], tuple(entry["sum"])) for entry in entries)


def _steps(phrase: str, words: Mapping[str, re.Pattern[str]]) -> tuple[Step, ...]:
    return tuple((words[name.removesuffix("?")], name.endswith("?")) for name in phrase.split())


def _any(options: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_longest_first(options)))


def _longest_first(options: Iterable[str]) -> list[str]:
    return sorted(options, key=len, reverse=True)
