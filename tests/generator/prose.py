"""The prose of a report: invented, plausible, full of figures and of words that also stand in the tables."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.generator.data import words
from tests.generator.offices import Office

_TEXTS: Mapping[str, list[str]] = words("prose")
_OVERVIEW = ("openings", "active", "applied", "managed", "platform", "guarded")


class Narrator:
    """Writes the prose of one office; its figures agree with ``cells`` where they speak of the same thing."""

    def __init__(self, bureau: Office, year: int, cells: Mapping[str, str | None], rng: random.Random) -> None:
        self._rng = rng
        self._facts = {
            "name": bureau.name,
            "we": bureau.we,
            "place": bureau.place,
            "year": year,
            "next": year + 1,
            "new": cells.get("applications.new_received.total"),
            "before": cells.get("applications.carried_over.total"),
            "done": cells.get("applications.results_total.total"),
            "forward": cells.get("applications.carried_forward.total"),
            "natural": cells.get("applications.new_received.natural_person"),
            "granted": cells.get("applications.granted.total"),
            "part": cells.get("applications.partially_granted.total"),
            "licensing": cells.get("proactive.administrative_licensing.decisions"),
            "penalty": cells.get("proactive.administrative_penalty.decisions"),
            "compulsion": cells.get("proactive.administrative_compulsion.decisions"),
        }

    def intro(self, with_period: bool) -> list[str]:
        """Return the text before section one; with the reporting period if asked, else perhaps nothing."""
        basis, *periods = _TEXTS["intros"]
        if with_period:
            picked = [basis, self._rng.choice(periods)]
        else:
            picked = self._rng.choice(([], [basis], periods[:1], [basis, periods[-1]]))
        return [self._fill(text) for text in picked]

    def overview(self) -> list[str]:
        """Return section one, long or short."""
        names = _OVERVIEW[:1] if self._rng.random() < 0.15 else _OVERVIEW
        return [self._fill(self._rng.choice(_TEXTS[name])) for name in names]

    def remark(self) -> str | None:
        """Return a line that some offices print before a table."""
        return self._rng.choice(_TEXTS["remarks"]) if self._rng.random() < 0.12 else None

    def problems(self) -> list[str]:
        """Return section five."""
        return [self._fill(self._rng.choice(_TEXTS[name])) for name in ("problems", "improved")]

    def other_matters(self) -> list[str]:
        """Return section six."""
        return [self._fill(self._rng.choice(_TEXTS["nothing" if self._rng.random() < 0.55 else "fees"]))]

    def _fill(self, text: str) -> str:
        rng = self._rng
        drawn: dict[str, object] = {f"n{i}": rng.randint(11, rng.choice((99, 400, 9000))) for i in (1, 2, 3, 4)}
        drawn |= {f"d{i}": rng.randint(1, 9) for i in (1, 2, 3)}
        drawn |= {"fee": rng.choice((0, 20, 350, 3940)), "post": f"{rng.randint(110000, 899999)}"}
        return text.format(**self._facts, **drawn)
