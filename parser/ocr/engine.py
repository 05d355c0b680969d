"""What recognises the text of a crop, seen from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Recognised:
    """One line of text as recognised: freely, and with figures and marks only.

    The confidences (0–1) are those of the least sure character; ``rival`` is what the figure would be if that one
    character were its runner-up, ``''`` where nothing else comes near.
    """

    text: str
    confidence: float
    figure: str
    figure_confidence: float
    rival: str = ""


NOTHING = Recognised("", 0.0, "", 0.0)


class Recogniser(Protocol):
    """Reads crops of one line each: dark ink on white, any height."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        """Return what each crop says, in order."""


class NullRecogniser:
    """Sees nothing anywhere: for tests of everything around recognition."""

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        """Return nothing for each crop."""
        return [NOTHING for _ in crops]


class Remembering:
    """A recogniser that reads no crop twice; for as long as the same ones are asked for again and again."""

    def __init__(self, engine: Recogniser) -> None:
        self._engine = engine
        self._known: dict[tuple[tuple[int, ...], bytes], Recognised] = {}

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        """Return what each crop says, in order."""
        keys = [(crop.shape, crop.tobytes()) for crop in crops]
        new = {key: crop for key, crop in zip(keys, crops, strict=True) if key not in self._known}
        self._known.update(zip(new, self._engine.read(list(new.values())), strict=True))
        return [self._known[key] for key in keys]
