"""A seed becomes what an office printed: a filled form with blanks, marks and, if wanted, sums that are wrong."""

from __future__ import annotations

import random

from tests.generator.equations import broken, explanations, numbers
from tests.generator.filled import Filled, filled
from tests.generator.hidden import figures_in_text
from tests.generator.sheets import sheets

_STEP = 1_000_003  # to seeds that others will hardly use
_CHOICE = 12


def printed(seed: int, form: str | None = None, *, wrong_sums: bool = False) -> Filled:
    """Return the report of ``seed``: that of ``filled`` or, half the time, one of its kind with many long figures."""
    rng = random.Random(f"print {seed} {form}")
    report = filled(seed, form)
    if rng.random() < 0.5:
        seeds = [seed + number * _STEP for number in range(_CHOICE)]
        report = max((filled(s, form) for s in seeds), key=lambda r: _length(r) * rng.uniform(0.5, 1.0))
    changed = rng.random() < 0.25 and _leave_zeros_out(report, rng)
    if wrong_sums:
        _falsify(report, rng)
    return _settled(report) if changed or wrong_sums else report


def _length(report: Filled) -> int:
    """Count the digits beyond the first."""
    return sum(len(value) - 1 for value in report.draft.cells.values() if value)


def _leave_zeros_out(report: Filled, rng: random.Random) -> bool:
    """Put blanks or marks for zeros: in all of a table, or here and there in it."""
    cells = report.draft.cells
    table = rng.choice(("proactive", "applications", "remedies"))
    instead, share = rng.choice(("", "", "/", "-")), rng.choice((1.0, 0.1, 0.03))
    for key, value in cells.items():
        if key.startswith(table) and value == "0" and rng.random() < share:
            cells[key] = instead
    return True


def _falsify(report: Filled, rng: random.Random) -> None:
    """Alter one to three figures of tables 3 and 4 until an equation of the form is broken."""
    cells, form = report.draft.cells, report.draft.form
    keys = [key for key, value in cells.items() if not key.startswith("proactive") and (value or "").isdigit()]
    totals = [key for key in keys if "total" in key and cells[key] != "0"]
    wanted = rng.randint(1, 3)
    while wanted > 0 or not broken(form, numbers(cells)):
        wanted -= 1
        key = rng.choice(totals if totals and rng.random() < 0.6 else keys)
        cells[key] = _slip(cells[key] or "0", rng)


def _slip(figure: str, rng: random.Random) -> str:
    """Return another figure, as a slip of the pen or of a sum gives it."""
    value = int(figure)
    kinds = [str(value + 1), str(value + rng.choice((2, 3, 9, 10))), str(max(value - 1, 0))]
    if len(figure) > 1:
        at = rng.randrange(len(figure) - 1)
        kinds.append(str(int(figure[:at] + figure[at + 1] + figure[at] + figure[at + 2 :])))
        kinds.append(str(int(figure[:at] + figure[at + 1 :])))
    return rng.choice([kind for kind in kinds if kind != figure])


def _settled(report: Filled) -> Filled:
    """Bring the sheets and the truth in line with the cells."""
    draft, truth = report.draft, report.truth
    draft.sheets = sheets(draft.form, draft.cells)
    due = {key for equation in broken(draft.form, numbers(draft.cells)) for key in equation.keys}
    due |= explanations(draft.form, figures_in_text(draft))
    truth["cells"] = dict(draft.cells)
    truth["expected_doubt"] = sorted(due)
    return report
