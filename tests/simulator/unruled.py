"""Scans of tables that nothing rules, or level lines only, as many web pages print them."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from tests.simulator.case import ScanCase

_LONG = 1 / 40  # of the page's longer side; no stroke of a character is as long
_DARK = 0.8  # of the paper's brightness is the most a line has
_BESIDE = 5  # pixels are wiped off, as a line is blurred


def unruled(case: ScanCase, *, keeps_level: bool = False) -> ScanCase:
    """Return the scan, which must lie straight, without its ruled lines; ``keeps_level``: without upright ones only."""
    return replace(case, pages=[_wiped(page, keeps_level=keeps_level) for page in case.pages])


def _wiped(page: np.ndarray, *, keeps_level: bool) -> np.ndarray:
    paper = np.median(page.reshape(-1, 3), axis=0).astype(np.uint8)
    dark = (page.min(axis=2) < _DARK * paper.min()).astype(np.uint8)
    long = round(max(dark.shape) * _LONG)
    lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    if not keeps_level:
        lines |= cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    wiped = page.copy()
    wiped[cv2.dilate(lines, np.ones((_BESIDE, _BESIDE), np.uint8)) > 0] = paper
    return wiped
