"""A seed becomes a report with its tables filled and nothing damaged, for the writers of Office files."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.generator.assemble import _draft
from tests.generator.equations import broken, explanations, numbers
from tests.generator.hidden import figures_in_text
from tests.generator.model import Draft, Truth
from tests.generator.sheets import sheets

_FILLINGS = ("0", "", "/")


@dataclass(frozen=True)
class Filled:
    """A report before it is laid out, and its truth."""

    draft: Draft
    truth: Truth


def filled(seed: int, form: str | None = None) -> Filled:
    """Return the report of ``seed``, of the given form or the one that the seed picks; some have figures, all of them
    zeros that may be left blank or crossed out."""
    for attempt in range(100):
        rng = random.Random(f"{seed} {attempt}")
        draft, _ = _draft(rng, "tabs", wrong_form=False)
        some = sum(value not in ("0", None) for value in draft.cells.values())
        if (form is None or draft.form.id == form) and some > 12:
            break
    instead = rng.choices(_FILLINGS, (70, 15, 15))[0]
    for key, value in draft.cells.items():
        if value == "0" and instead != "0" and key.startswith("proactive.rules"):
            draft.cells[key] = instead
    draft.sheets = sheets(draft.form, draft.cells)
    due = {key for equation in broken(draft.form, numbers(draft.cells)) for key in equation.keys}
    due |= explanations(draft.form, figures_in_text(draft))
    truth: Truth = {
        "issuer": draft.issuer,
        "year": draft.year,
        "template": draft.form.id,
        "cells": dict(draft.cells),
        "damaged": [],
        "expected_doubt": sorted(due),
        "unscored": [],
    }
    return Filled(draft, truth)
