"""Damaged annual reports with their truth, from a seed."""

from tests.generator import (
    damage_context,
    damage_fill,
    damage_headings,
    damage_labels,
    damage_rows,
    damage_text,
    damage_values,
)
from tests.generator.assemble import damage_names, generate
from tests.generator.hidden import UNDETECTABLE
from tests.generator.layouts import LAYOUTS
from tests.generator.model import Case, Truth

_REGISTERED = (
    damage_fill,
    damage_values,
    damage_labels,
    damage_rows,
    damage_headings,
    damage_context,
    damage_text,
)

__all__ = ["LAYOUTS", "UNDETECTABLE", "Case", "Truth", "damage_names", "generate"]
