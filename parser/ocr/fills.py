"""Light print on a dark ground, as in the headers of web tables and in programs' dark modes, becomes dark on light."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_DARK_MODE = 90  # of 255: a picture of which half is darker …
_LIGHT, _LEAST_LIGHT = 160, 0.12  # … and less than this share brighter shows no sheet of paper
_FILL = 0.75  # of the paper's brightness is the most a filled cell has
_STROKE = 1 / 330  # of the picture's longer side: strokes of characters and white lines between cells are no broader
_SOLID = 1 / 110  # … and lines of print, their gaps filled, are mostly lower than a filled cell
_LOWEST, _NARROWEST = 1 / 130, 1 / 40  # … is the least a filled cell measures, up and across
_LARGEST = 0.12  # of the picture is the most it covers
_RECTANGULAR = 0.8  # of its box is filled, print included; a header's cells together make a corner at most
_SOLID_ROW = 0.9  # of the first and the last row of a filled cell is dark; no line of print has such
_BRIGHTEST = 99.5  # percentile of brightness in a filled cell that is print
_SAMPLED = 2  # of so many rows and columns one is enough to find what is larger than any stroke
_EDGE = 2  # pixels thick is the line drawn round it
_LIGHTER, _PRINT = 50, (0.01, 0.6)  # by so much print is lighter than its ground, and so much of the cell it covers


def dark_on_light(pixels: Pixels) -> Pixels:
    """Return the picture with light print on dark cells, or on a dark picture, turned round; itself without any."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    sample = grey[::4, ::4]
    paper = float(np.median(sample))
    if paper < _DARK_MODE:
        is_sheet = (sample > _LIGHT).mean() >= _LEAST_LIGHT
        return pixels if is_sheet else np.asarray(255 - pixels, dtype=np.uint8)
    turned = pixels
    for area in _filled(grey, _FILL * paper):
        turned = pixels.copy() if turned is pixels else turned
        turned[area] = _turned(grey[area])[..., None]
    return turned


def _turned(cell: Pixels) -> Pixels:
    """Return a cell with its ground white, its print black, and a line round it: there its fill ended."""
    ground, light = float(np.median(cell)), float(np.percentile(cell, _BRIGHTEST))
    table = 255 - np.clip((np.arange(256) - ground) * (255 / max(light - ground, _LIGHTER)), 0, 255)
    turned = np.asarray(cv2.LUT(cell, table.astype(np.uint8)), dtype=np.uint8)
    height, width = cell.shape
    cv2.rectangle(turned, (0, 0), (width - 1, height - 1), (0,), _EDGE)
    return turned


def _filled(grey: Pixels, darkest: float) -> list[tuple[slice, slice]]:
    """Return where cells are filled so darkly, or more, and hold print that is lighter."""
    side = max(grey.shape)
    dark = (grey < darkest).astype(np.uint8)
    stroke, solid = (np.ones((max(3, round(side * share)),) * 2, np.uint8) for share in (_STROKE, _SOLID))
    whole = cv2.morphologyEx(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, stroke), cv2.MORPH_OPEN, solid)
    if not np.asarray(whole).any():
        return []
    sampled = np.ascontiguousarray(whole[::_SAMPLED, ::_SAMPLED])
    count, labels, stats, _ = cv2.connectedComponentsWithStats(sampled, connectivity=4)
    areas = []
    for n in range(1, count):
        x, y, width, height = (int(v) * _SAMPLED for v in stats[n, : cv2.CC_STAT_AREA])
        is_large = stats[n, cv2.CC_STAT_AREA] > _LARGEST * sampled.size
        if height < _LOWEST * side or width < _NARROWEST * side or is_large:
            continue
        area = _trimmed(dark, x, y, x + width, y + height)
        rows, columns = area
        cell = grey[rows, columns][::_SAMPLED, ::_SAMPLED]
        top, left = rows.start // _SAMPLED, columns.start // _SAMPLED
        own = labels[top : top + cell.shape[0], left : left + cell.shape[1]] == n
        is_filled = rows.stop - rows.start >= _LOWEST * side and own.mean() >= _RECTANGULAR
        if is_filled and _holds_print(cell[own], darkest):
            areas.append(area)
    return areas


def _trimmed(dark: Pixels, left: int, top: int, right: int, bottom: int) -> tuple[slice, slice]:
    """Return the box without the rows at its ends that are not all dark: print on paper that touches the cell."""
    filled = np.flatnonzero(dark[top:bottom, left:right].mean(axis=1) >= _SOLID_ROW)
    first, last = (int(filled[0]), int(filled[-1]) + 1) if len(filled) else (0, 0)
    return slice(top + first, top + last), slice(left, right)


def _holds_print(cell: Pixels, darkest: float) -> bool:
    """Whether a cell is dark for the most part, and some of it lighter; a line of dark print is not."""
    ground = float(np.median(cell))
    share = float((cell > ground + _LIGHTER).mean())
    return ground < darkest and _PRINT[0] <= share <= _PRINT[1]
