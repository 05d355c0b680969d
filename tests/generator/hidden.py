"""Which errors of a damaged report no reader of its text could notice.

A cell that shows another value than the office printed is hidden only if all of this is so:

- the damage that changed it is one of ``UNDETECTABLE``, named here beforehand;
- what stands there is a plain figure or mark that the cell may hold: no look-alike letter, speck or fraction of a case;
- no equation that must hold by the form's own definition (T3-ROW, T3-SUM, T3-BAL, T4-SUM, T2o-NEG) and contains the
  cell is broken by the text as printed, after all damages. An equation is not evaluated when an operand is absent, a
  mark, unreadable (a speck in an empty cell) or not to be told from the text (the values of a row with an empty cell
  where empty cells leave no trace); with blanks as 0 it counts only if it then holds.

A result that gives such a cell the value the text shows is wrong through no fault of the reader; any other wrong value
in it is the reader's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from parser.model.report import CellKey
from parser.model.template import NumberKind
from tests.generator.equations import broken
from tests.generator.model import Draft, Slot
from tests.scoring import Reading, expect

UNDETECTABLE: Mapping[str, str] = {
    "changed_digit": "a digit reads as another one, in a cell that no equation covers or none that can be evaluated",
    "dropped_digit": "a digit of a number is lost, in a cell that no equation covers or none that can be evaluated",
    "swapped_columns": "neighbours in a row changed places: its sum still holds, and no equation of the columns tells",
    "errors_that_cancel": "a figure and its total are off by the same amount: their sum holds",
}

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\ufeff\xad"))
_SPECKS = ".,'、·`，"
_TAIL = re.compile(r"[\u4e00-\u9fff]{1,2} +(?=\S)")  # of a label, before the figure


def shown_readings(draft: Draft) -> dict[str, Reading]:
    """Return what the text says in every cell that it shows."""
    return {key: _reading(slot) for key, slot in _shown(draft).items()}


def settle(draft: Draft) -> None:
    """Bring the truth in line with cells into which a damage moved the text of others.

    Letters or specks that came in are due for a doubt; where they went out and the figure left is right, none is.
    """
    for key, slot in _shown(draft).items():
        reading, printed = _reading(slot), draft.cells[key]
        if reading.interpreted or (reading.state == "unreadable" and expect(printed, key).state != "unreadable"):
            draft.expected_doubt.add(key)
        elif key in draft.damaged and reading.value == expect(printed, key).value:
            draft.cells[key] = slot.text
            draft.damaged.discard(key)


def figures_in_text(draft: Draft) -> dict[str, Decimal]:
    """Return the figures a person would put into the equations, by cell."""
    figures = {key: _figure(slot) for key, slot in _shown(draft).items() if key not in draft.vague}
    return {key: value for key, value in figures.items() if value is not None}


def altered_cells(draft: Draft) -> dict[str, str]:
    """Return for every cell that says something else than the office printed the damage that last changed it."""
    return {key: draft.altered[key] for key, slot in _shown(draft).items() if _is_wrong(slot, draft.cells[key])}


def hidden_cells(draft: Draft) -> dict[str, str]:
    """Return the text of every cell whose error nobody can notice."""
    contradicted = {key for equation in broken(draft.form, figures_in_text(draft)) for key in equation.keys}
    shown = _shown(draft)
    return {
        key: _visible(shown[key].text)
        for key, name in altered_cells(draft).items()
        if name in UNDETECTABLE and key not in contradicted and _is_plausible(draft, key, shown[key])
    }


def _shown(draft: Draft) -> dict[str, Slot]:
    """Return the slots of the cells that are there and whose truth can be told."""
    return {
        slot.key: slot
        for slot in draft.slots("value")
        if slot.key and slot.key not in draft.unscored and draft.cells[slot.key] is not None
    }


def _reading(slot: Slot) -> Reading:
    return expect(_visible(slot.text), slot.key or "")


def _visible(text: str) -> str:
    return text.translate(_INVISIBLE).replace("\n", "")


def _is_wrong(slot: Slot, printed: str | None) -> bool:
    reading, due = _reading(slot), expect(printed, slot.key or "")
    return (reading.state, reading.value, reading.money) != (due.state, due.value, due.money)


def _is_plausible(draft: Draft, key: str, slot: Slot) -> bool:
    """Whether nothing in the cell itself looks wrong."""
    reading = _reading(slot)
    if slot.noise or reading.interpreted or reading.state == "unreadable":
        return False
    kind = draft.form.fields[CellKey.parse(key)].kind
    value = Decimal(reading.value or 0)
    return (value >= 0 or kind is NumberKind.CHANGE) and (value % 1 == 0 or kind is NumberKind.AMOUNT)


def _figure(slot: Slot) -> Decimal | None:
    """Return the figure in the cell whatever stands around it; None for a lone speck."""
    if slot.noise:
        return None
    text = unicodedata.normalize("NFKC", _visible(slot.text))
    value = expect(_TAIL.sub("", text.strip()).strip(_SPECKS), slot.key or "").value
    return None if value is None else Decimal(value)
