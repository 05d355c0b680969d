"""Figures that were hardly read are read again, smoothed and in thicker strokes, and what most readings say counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import cv2
import numpy as np

from parser.ocr.engine import Grey, Recognised, Recogniser
from parser.ocr.read_cell import ReadCell, is_label, is_ticked_off
from parser.ocr.scan_tables import ReadPage

_WEAK = 0.75  # confidence of a reading below which another is worth its time
_PRINT = 0.1  # of what is written on a page is surer, or it is grain, of which nothing is read a second time …
_FEW = 24  # … unless there is so little
_SMOOTHED, _THICKENED = 0.087, 0.13  # of a digit's height: how far ink is spread, and by how much strokes are widened
_AT_BEST = 0.15  # confidence of what only most readings say: two equations, no less, make it sure
_DIRT = ".,"  # that smoothing makes larger


def weak_read_again(page: ReadPage, recogniser: Recogniser) -> ReadPage:
    """Return the page, the right way up, with the figures that were hardly read read again; grain is not."""
    written = [cell for table in page.tables for cell in table.cells if cell.readings]
    weak = [cell for cell in written if _is_weak_figure(cell)]
    is_print = sum(cell.confidence >= _WEAK for cell in written) >= _PRINT * len(written)
    if not weak or not (is_print or len(weak) <= _FEW):
        return page
    crops = [cell.ink.lines[0].crop for cell in weak]
    found = reread(crops, [cell.readings[0] for cell in weak], weak[0].digit, recogniser)
    better = {id(cell): replace(cell, readings=(reading,)) for cell, reading in zip(weak, found, strict=True)}
    tables = (replace(t, cells=tuple(better.get(id(cell), cell) for cell in t.cells)) for t in page.tables)
    return replace(page, tables=tuple(tables))


def _is_weak_figure(cell: ReadCell) -> bool:
    """Whether there is a figure that was hardly read, and nothing beside it that would be taken for a part of it."""
    if len(cell.readings) != 1 or cell.is_word or cell.mark or cell.is_ticked_blank or cell.is_accompanied:
        return False
    reading = cell.readings[0]
    is_word = is_label(reading) and (not cell.is_figure or len(reading.text) > 1)
    return cell.confidence < _WEAK and not is_word and not is_ticked_off(reading)


def reread(crops: Sequence[Grey], readings: Sequence[Recognised], digit: float, engine: Recogniser) -> list[Recognised]:
    """Return the readings of crops of single figures as most of four see them; one crop at least.

    ``digit`` is the height of their digits in pixels. Where hair strokes are lost, the parts of a digit pass for
    others; smoothed or widened they grow together again.
    """
    others = engine.read(list(chain.from_iterable(_variants(crop, digit) for crop in crops)))
    each = len(others) // len(crops)
    return [_agreed(first, others[n * each : (n + 1) * each]) for n, first in enumerate(readings)]


def _variants(crop: Grey, digit: float) -> tuple[Grey, ...]:
    side = max(3, round(_THICKENED * digit) | 1)
    thick = cv2.erode(crop, np.ones((side, side), np.uint8))
    smooth, both = (cv2.GaussianBlur(image, (0, 0), _SMOOTHED * digit) for image in (crop, thick))
    return tuple(np.asarray(image, dtype=np.uint8) for image in (smooth, thick, both))


def _agreed(first: Recognised, others: Sequence[Recognised]) -> Recognised:
    votes: dict[str, float] = defaultdict(float)
    for reading in (first, *others):
        if figure := reading.figure.strip(_DIRT):
            votes[figure] += reading.figure_confidence
    best = _best(votes)
    if not best or best == first.text.strip(_DIRT):
        return first
    sure = min(_AT_BEST, first.figure_confidence) if best == first.figure else _AT_BEST
    return Recognised(best, sure, best, sure, first.figure if best != first.figure else first.rival)


def _best(votes: Mapping[str, float]) -> str:
    return max(votes, key=lambda figure: votes[figure], default="")
