"""What an office itself prints in other ways than a plain number: blanks, marks, units, signs, its own mistakes."""

from __future__ import annotations

from tests.generator.equations import broken, numbers
from tests.generator.model import Draft
from tests.generator.registry import damage

_MARKS = ("/", "/", "/", "-", "—", "_", "无")


@damage("fill")
def blank_zeros_beside_totals(draft: Draft) -> bool:
    """Table three prints only what is not zero, and the totals."""
    changed = [key for key in _zeros(draft, "applications") if not key.endswith(".total")]
    for key in changed:
        draft.cells[key] = ""
    return bool(changed)


@damage("fill")
def blank_table(draft: Draft) -> bool:
    """A whole table has nothing filled in."""
    table = draft.rng.choice(("applications", "remedies", "remedies"))
    for key in draft.cells:
        if key.startswith(table):
            draft.cells[key] = ""
    return True


@damage("fill")
def blank_rows(draft: Draft) -> bool:
    """Rows with nothing to report are left empty."""
    rows: dict[str, list[str]] = {}
    for key in draft.cells:
        rows.setdefault(key.rpartition(".")[0], []).append(key)
    empty = [keys for keys in rows.values() if all(draft.cells[key] == "0" for key in keys)]
    for keys in draft.rng.sample(empty, min(len(empty), draft.rng.randint(1, 4))):
        draft.cells.update(dict.fromkeys(keys, ""))
    return bool(empty)


@damage("fill")
def blank_cells(draft: Draft) -> bool:
    """Single zeros are left out."""
    zeros = _zeros(draft, "")
    picked = draft.rng.sample(zeros, min(len(zeros), draft.rng.randint(1, 8)))
    draft.cells.update(dict.fromkeys(picked, ""))
    return bool(picked)


@damage("fill")
def marks_for_nothing(draft: Draft) -> bool:
    """A mark stands where there is nothing to report."""
    mark = draft.rng.choice(_MARKS)
    scope = draft.rng.choice(
        ("proactive.rules.", "proactive.rules.", "proactive.", "proactive.administrative_compulsion", "remedies.")
    )
    changed = _zeros(draft, scope)
    draft.cells.update(dict.fromkeys(changed, mark))
    return bool(changed)


@damage("fill")
def units_in_cells(draft: Draft) -> bool:
    """The unit is printed in the cell: 14个, 3964万元, 251000元."""
    amounts = [
        key
        for key, text in draft.cells.items()
        if key.endswith(("total_amount", "amount_10k_yuan")) and text and text[0].isdigit()
    ]
    for key in amounts:
        if key.endswith("total_amount") and draft.rng.random() < 0.3:
            draft.cells[key] = f"{draft.rng.randint(2000, 990000)}元"
        else:
            draft.cells[key] = f"{draft.cells[key]}万元"
    unit = draft.rng.choice(("个", "件", "项", "件"))
    scope = (
        "proactive.centralized"
        if draft.form.id == "2019"
        else draft.rng.choice(("proactive.normative", "proactive.administrative_p"))
    )
    counts = [
        key
        for key, text in draft.cells.items()
        if key.startswith(scope) and key not in amounts and text and text.isdigit()
    ]
    for key in counts:
        draft.cells[key] = f"{draft.cells[key]}{unit}"
    return bool(amounts or counts)


@damage("fill")
def signed_changes(draft: Draft) -> bool:
    """Items added and removed in the year are printed with signs: 增7, 减2, +19, −2, 0/0."""
    keys = [
        key
        for key, text in draft.cells.items()
        if key.endswith("items_change") and text and text.removeprefix("-").isdigit()
    ]
    style = draft.rng.choice(("sign", "word", "fraction", "minus"))
    for key in keys:
        draft.cells[key] = _signed(int(draft.cells[key] or 0), style)
    if keys and draft.rng.random() < 0.1:
        draft.cells[draft.rng.choice(keys)] = draft.rng.choice(("增", "减"))
    return bool(keys)


@damage("fill")
def thousands_separators(draft: Draft) -> bool:
    """Large numbers are grouped: 1,234."""
    large = [key for key, text in draft.cells.items() if text and text.isdigit() and len(text) > 3]
    comma = draft.rng.choice((",", "，"))
    for key in large:
        draft.cells[key] = f"{int(draft.cells[key] or 0):,}".replace(",", comma)
    return bool(large)


@damage("fill", 1.5)
def office_mistake(draft: Draft) -> bool:
    """The office's own figures do not add up; printed as they are."""
    keys = [k for k, text in draft.cells.items() if text and text.isdigit() and not k.startswith("proactive")]
    busy = [key for key in keys if draft.cells[key] != "0"]
    if not keys:
        return False
    for _ in range(draft.rng.choice((1, 1, 2))):
        key = draft.rng.choice(busy if busy and draft.rng.random() < 0.8 else keys)
        value = int(draft.cells[key] or 0)
        draft.cells[key] = str(
            draft.rng.choice((value + 1, value + draft.rng.randint(2, 9), max(value - 1, 0), value * 2))
        )
    return bool(broken(draft.form, numbers(draft.cells)))


def _zeros(draft: Draft, scope: str) -> list[str]:
    return [key for key, text in draft.cells.items() if text == "0" and key.startswith(scope)]


def _signed(value: int, style: str) -> str:
    if style == "fraction":
        return f"{max(value, 0)}/{max(-value, 0)}"
    if value == 0:
        return "0"
    if style == "word":
        return f"增{value}" if value > 0 else f"减{-value}"
    minus = "−" if style == "minus" else "-"
    return f"+{value}" if value > 0 else f"{minus}{-value}"
