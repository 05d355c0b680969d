"""Damages by name: each a small function that changes a draft and says whether it found something to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.generator.model import Draft, Layout

STAGES = ("fill", "sheet", "text", "file")

Action = Callable[[Draft], bool]


@dataclass(frozen=True)
class Damage:
    """``stage`` says when it acts: on the printed values, the sheets, the laid out text or the file."""

    name: str
    stage: str
    act: Action
    weight: float = 1.0
    families: tuple[str, ...] = ("text", "html")
    layouts: tuple[str, ...] = ()  # empty: all

    def fits(self, layout: Layout) -> bool:
        """Whether the damage occurs in texts laid out like this."""
        return layout.family in self.families and (not self.layouts or layout.name in self.layouts)


DAMAGES: dict[str, Damage] = {}


def damage(
    stage: str, weight: float = 1.0, *, families: tuple[str, ...] = ("text", "html"), layouts: tuple[str, ...] = ()
) -> Callable[[Action], Action]:
    """Register the decorated function as a damage under its own name."""

    def register(act: Action) -> Action:
        name = act.__name__
        DAMAGES[name] = Damage(name, stage, act, weight, families, layouts)
        return act

    return register
