"""Grey that a fax or a copier drew as scattered dots, taken away: between them nobody finds lines or letters."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Grey = npt.NDArray[np.uint8]

_DOT = 4  # pixels of ink at most
_SCATTERED = 0.01  # dots to the pixel, and more, are grey; dirt is far less
_BAND = (0.4, 0.6)  # of the page's height is looked at for them
_INK = 128  # of 255: darker pixels are ink
_SPREAD = 1.5  # pixels over which dots become even grey again, and strokes stay strokes
_GREY = 2.0  # times as much ink as lies about everywhere is still the grey
_STROKE = 0.55  # of the pixels about a stroke's middle are ink
_BLACK, _WHITE = 64, 192  # of 255: black and white
_BETWEEN = 1.4  # times as many pixels as are black lie between, and no more, where nothing but black and white was sent
_SPECK = 9  # pixels of ink at most has a dot of a shade; a decimal point has more
_CLUMP, _ACROSS = 40, 12  # … and has a clump of them, and so many pixels it measures, less than a digit
_SOLID, _BAR = 3, 6  # pixels: a point is solid for so many both ways, a sign for so many one way; clumps are not
_HIGH, _SLIM = 10, 1.5  # pixels high is a thin stroke at least, and so many to each of its rows it has at most
_EVERYWHERE = 0.02  # of the paper is ink where the whole page is grey
_GAP, _LINE, _APART = 1 / 150, 1 / 26, 1 / 150  # of the longer side: gaps in a dotted line, its length, and how far
# from another at least it is alone
_FIELD = 16  # pixels: into fields so large the page is cut to see where it is shaded
_AROUND = (7, 3)  # fields, across and down, are looked at about each
_SHADED, _CLOSER, _NEARLY_ALL = 0.0055, 2.5, 0.75  # dots to the pixel at least, times as many as lie about everywhere,
# and in so many of the fields are some


def without_dots(pixels: Pixels) -> Pixels:
    """Return the page with the grey that was drawn as dots taken away; itself where there is none, or only dirt.

    Where the whole page is grey it is smoothed; in cells that were shaded, such as headers, each dot is taken out.
    """
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    first, last = (round(share * len(grey)) for share in _BAND)
    ink = np.asarray(grey[first:last] < _INK, dtype=np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if (stats[:, cv2.CC_STAT_AREA] <= _DOT).sum() < _SCATTERED * ink.size:
        return _without_shades(pixels, grey) if _is_black_and_white(grey) else pixels
    share = cv2.GaussianBlur(1 - grey.astype(np.float32) / 255, (0, 0), _SPREAD)
    everywhere = float(np.median(share))
    if everywhere < _EVERYWHERE:
        return _without_shades(pixels, grey)
    paper = _GREY * everywhere
    strokes = np.clip((share - paper) / max(_STROKE - paper, 0.1), 0, 1)
    return np.asarray(cv2.cvtColor((255 * (1 - strokes)).astype(np.uint8), cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def _is_black_and_white(grey: Grey) -> bool:
    """Whether the page was sent in black and white, though its edges may have been smoothed since."""
    shades = cv2.calcHist([grey], [0], None, [256], (0, 256)).ravel()
    return bool(shades[_BLACK:_WHITE].sum() <= _BETWEEN * shades[:_BLACK].sum())


def _without_shades(pixels: Pixels, grey: Grey) -> Pixels:
    """Return the page without the dots of shaded cells: they lie as close everywhere, fragments of print do not."""
    ink = np.asarray(grey < _INK, dtype=np.uint8)
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_dot = stats[1:, cv2.CC_STAT_AREA] <= _SPECK  # the first is the paper, which has no middle if all is ink
    rows, columns = (centres[1:, axis].astype(int) // _FIELD for axis in (1, 0))
    dots = np.zeros(tuple(side // _FIELD + 1 for side in grey.shape), np.float32)
    np.add.at(dots, (rows[is_dot], columns[is_dot]), 1)
    share = cv2.blur(dots, _AROUND) / _FIELD**2
    is_close = share >= max(_SHADED, _CLOSER * float(np.median(share)))
    is_even = cv2.blur((dots > 0).astype(np.float32), _AROUND) >= _NEARLY_ALL
    shaded = np.asarray(cv2.dilate((is_close & is_even).astype(np.uint8), np.ones(_AROUND[::-1], np.uint8)))
    if not shaded.any():
        return pixels
    lines = _dotted_lines(np.append(0, is_dot).astype(np.uint8)[labels])
    is_dot |= _are_clumps(ink, np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32))
    is_dot &= shaded[rows, columns] > 0
    taken = np.append(False, is_dot)[labels] & ~lines
    around = cv2.dilate(taken.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0  # smoothed edges are lighter than ink
    cleaned = pixels.copy()
    cleaned[around & ((ink == 0) | taken)] = 255
    return cleaned


def _are_clumps(ink: Grey, labels: npt.NDArray[np.int32], stats: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Tell which pieces of ink, but for the first, the paper, are dots run together: small, and solid nowhere."""
    solid = [cv2.erode(ink, np.ones(shape, np.uint8)) for shape in ((_SOLID, _SOLID), (1, _BAR), (_BAR, 1))]
    is_solid = np.zeros(len(stats), np.bool_)
    is_solid[labels[np.maximum.reduce(solid) > 0]] = True
    width, height, area = (stats[:, part] for part in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    is_small = (np.maximum(width, height) <= _ACROSS) & (area <= _CLUMP)
    is_stroke = (height >= _HIGH) & (width < height) & (area <= _SLIM * height)  # a thin slash or 1
    return np.asarray((is_small & ~is_solid & ~is_stroke)[1:])


def _dotted_lines(grains: Grey) -> npt.NDArray[np.bool_]:
    """Return where dots stand in a line alone, level or upright: such are the lines of a table, and no shade."""
    side = max(grains.shape)
    gap, longest, apart = (round(side * share) | 1 for share in (_GAP, _LINE, _APART))
    found = np.zeros(grains.shape, np.bool_)
    for along in ((1, 0), (0, 1)):
        across = along[::-1]
        run = cv2.morphologyEx(grains, cv2.MORPH_CLOSE, _bar(along, gap))
        lines = cv2.morphologyEx(run, cv2.MORPH_OPEN, _bar(along, longest))
        area = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, _bar(across, apart))
        area = cv2.morphologyEx(area, cv2.MORPH_OPEN, _bar(across, apart))
        found |= (lines > 0) & (area == 0)
    return found


def _bar(direction: tuple[int, int], length: int) -> Grey:
    """Return a kernel, so long across or down, as ``direction`` says."""
    across, down = (1 + way * (length - 1) for way in direction)
    return np.ones((down, across), np.uint8)
