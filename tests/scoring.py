"""A truth file and an extraction result become counts of right, doubted and silently wrong cells.

The definitions are those of the acceptance scorer:
right        state and value as printed, and not doubtful (or doubtful where that is due)
false_alarm  right, but doubtful for no reason
unmarked     right value, but characters had to be interpreted and nothing says so
caught       wrong or unread, and the result says so (doubtful or unreadable)
lost         called absent, without doubt, although it is there
silent       wrong, or no record, and nothing says so
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MUST_BE_ZERO = ("silent", "lost", "unmarked")

_LOOK_ALIKE = str.maketrans("Oo〇口DQlI|!]ZSBbGgq", "000000111112586699")
_MARKS = frozenset("/-—–―_无") | {"——", "――"}
_BOOKMARK = re.compile(r"^\[bookmark:[^\]]*\]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_NUMBER = re.compile(r"(增|减|\+|-|−|－)?\s*(\d+(?:\.\d+)?)\s*(万元|元|件|个|项|宗|条|次|起|份|人)?")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")


@dataclass(frozen=True)
class Reading:
    """What a printed cell means; ``money`` is 元 or 万元 where printed, ``interpreted`` marks look-alike characters."""

    state: str
    value: str | None = None
    money: str | None = None
    interpreted: bool = False


@dataclass(frozen=True)
class Miss:
    """A cell that went wrong in silence, and how."""

    kind: str
    key: str
    printed: str | None
    state: str | None
    value: str | None
    raw: str | None


@dataclass
class Score:
    """Counts of one or more reports and the cells that must not happen."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def value_right(self) -> float:
        """Share of cells with the right state and value."""
        good = self.counts["right"] + self.counts["false_alarm"] + self.counts["unmarked"]
        return good / (self.counts["cells"] or 1)


def expect(printed: str | None, key: str = "") -> Reading:
    """Return what a correct extraction says about a cell that prints ``printed``."""
    if printed is None:
        return Reading("absent")
    text = _BOOKMARK.sub("", unicodedata.normalize("NFKC", printed).strip()).strip()
    if not text:
        return Reading("blank")
    if text in _MARKS:
        return Reading("mark")
    plain = _THOUSANDS.sub("", text)
    digits = _THOUSANDS.sub("", text.translate(_LOOK_ALIKE))
    if match := _NUMBER.fullmatch(digits):
        sign = "-" if match[1] in ("减", "-", "−", "－") else ""
        money = match[3] if match[3] in ("元", "万元") else None
        return Reading("number", canonical(sign + match[2]), money, digits != plain)
    if (match := _FRACTION.fullmatch(digits)) and key.endswith(".items_change"):
        return Reading("number", canonical(str(int(match[1]) - int(match[2]))))
    return Reading("unreadable")


def canonical(value: str) -> str:
    """Return a decimal string without plus sign, padding or trailing zeros."""
    negative, digits = value.startswith("-"), value.lstrip("+-")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    digits = digits.lstrip("0") or "0"
    digits = f"0{digits}" if digits.startswith(".") else digits
    return f"-{digits}" if negative and digits != "0" else digits


def score(truth: Mapping[str, Any], result: Mapping[str, Any]) -> Score:
    """Return the counts for one report; ``kinds`` says how each cell was judged."""
    total = Score()
    records: dict[str, Mapping[str, Any]] = {}
    for record in result["cells"]:
        total.counts["duplicate_key"] += record["key"] in records
        records[record["key"]] = record
    due = frozenset(truth.get("damaged", ()))
    excused = frozenset(truth.get("expected_doubt", ()))
    for key, printed in truth["cells"].items():
        total.counts["cells"] += 1
        cell = records.get(key)
        kind = "silent" if cell is None else _judge(cell, expect(printed, key), key in due, key in excused)
        total.counts[kind] += 1
        total.counts["no_record"] += cell is None
        total.kinds[key] = kind
        if cell is not None and kind in ("silent", "lost"):
            total.misses.append(Miss(kind, key, printed, cell["state"], cell["value"], cell.get("raw")))
        elif cell is not None and kind == "caught":
            total.counts["caught_suggestion_right"] += _suggestion_right(cell, expect(printed, key))
    for name in ("issuer", "year", "template"):
        if truth.get(name) is not None:
            total.counts[f"{name}_total"] += 1
            total.counts[f"{name}_right"] += str(result.get(name)) == str(truth[name])
    return total


def add(scores: Iterable[Score]) -> Score:
    """Return the sum of ``scores``."""
    total = Score()
    for one in scores:
        total.counts.update(one.counts)
        total.misses.extend(one.misses)
    return total


def _judge(cell: Mapping[str, Any], due: Reading, damaged: bool, excused: bool) -> str:
    flagged = bool(cell.get("doubtful")) or cell["state"] == "unreadable"
    if not _same(cell, due):
        if flagged:
            return "caught"
        return "lost" if cell["state"] == "absent" else "silent"
    if due.state == "unreadable":
        return "right"
    if damaged or due.interpreted:
        return "right" if flagged or excused else "unmarked"
    return "false_alarm" if flagged and not excused else "right"


def _same(cell: Mapping[str, Any], due: Reading) -> bool:
    if cell["state"] != due.state:
        return False
    if due.state == "number" and (cell["value"] is None or canonical(cell["value"]) != due.value):
        return False
    return due.money is None or (cell.get("unit") or None) == due.money


def _suggestion_right(cell: Mapping[str, Any], due: Reading) -> bool:
    suggestion = cell.get("suggestion")
    return due.state == "number" and suggestion is not None and canonical(suggestion) == due.value
