"""Scanned pages cut down to what is printed on them, as screenshots and the crops of scanning programs are."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from tests.simulator.case import Box, ScanCase

_DARK = 0.75  # of the paper's brightness: darker is print
_SPECK = 1 / 120  # of a page's longer side: smaller ink is dirt
_WIDEST = 0.02  # of a page's width is the widest margin left


def cropped(case: ScanCase) -> ScanCase:
    """Return the scan with every page cut to its print, a narrow margin left on each side; the seed says how wide."""
    rng = np.random.default_rng(case.seed)
    parts = [_part(page, rng) for page in case.pages]
    pages = [
        np.ascontiguousarray(page[top:bottom, left:right])
        for page, (left, top, right, bottom) in zip(case.pages, parts, strict=True)
    ]
    outlines = {
        key: (number, points - np.array(parts[number - 1][:2])) for key, (number, points) in case.outlines.items()
    }
    boxes = {key: (n, _within(box, parts[n - 1], case.pages[n - 1])) for key, (n, box) in case.boxes.items()}
    return replace(case, pages=pages, outlines=outlines, boxes=boxes)


def _part(page: np.ndarray, rng: np.random.Generator) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the part of a page that is kept, in pixels."""
    grey = page.min(axis=2)
    dark = (grey < _DARK * np.median(grey)).astype(np.uint8)
    height, width = dark.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    boxes = stats[1:, :4]
    boxes = boxes[boxes[:, 2:].max(axis=1, initial=0) > _SPECK * max(height, width)]
    if not len(boxes):
        return 0, 0, width, height
    left, top = boxes[:, :2].min(axis=0) - rng.integers(2, _WIDEST * width, 2)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0) + rng.integers(2, _WIDEST * width, 2)
    return max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))


def _within(box: Box, part: tuple[int, int, int, int], page: np.ndarray) -> Box:
    """Return a box of the page, in fractions, in fractions of the part."""
    height, width = page.shape[:2]
    left, top, right, bottom = part
    wide, high = right - left, bottom - top
    x0, y0, x1, y1 = box
    return (
        (x0 * width - left) / wide,
        (y0 * height - top) / high,
        (x1 * width - left) / wide,
        (y1 * height - top) / high,
    )
