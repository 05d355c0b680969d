"""Grey that a fax or a copier drew as scattered dots, taken away: between them nobody finds lines or letters."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_DOT = 4  # pixels of ink at most
_SCATTERED = 0.01  # dots to the pixel, and more, are grey; dirt is far less
_BAND = (0.4, 0.6)  # of the page's height is looked at for them
_INK = 128  # of 255: darker pixels are ink
_SPREAD = 1.5  # pixels over which dots become even grey again, and strokes stay strokes
_GREY = 2.0  # times as much ink as lies about everywhere is still the grey
_STROKE = 0.55  # of the pixels about a stroke's middle are ink


def without_dots(pixels: Pixels) -> Pixels:
    """Return the page with the grey that was drawn as dots taken away; itself where there is none, or only dirt."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    first, last = (round(share * len(grey)) for share in _BAND)
    ink = np.asarray(grey[first:last] < _INK, dtype=np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if (stats[:, cv2.CC_STAT_AREA] <= _DOT).sum() < _SCATTERED * ink.size:
        return pixels
    share = cv2.GaussianBlur(1 - grey.astype(np.float32) / 255, (0, 0), _SPREAD)
    paper = _GREY * float(np.median(share))
    strokes = np.clip((share - paper) / max(_STROKE - paper, 0.1), 0, 1)
    return np.asarray(cv2.cvtColor((255 * (1 - strokes)).astype(np.uint8), cv2.COLOR_GRAY2RGB), dtype=np.uint8)
