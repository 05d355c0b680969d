"""A page image becomes clean ink on white paper: shadows divided out, red stamps lifted off and remembered."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.fills import dark_on_light
from parser.ocr.stamps import without_stamps

Grey = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8]

_PAPER_CELL = 8  # pixels of the page to one of the paper's brightness map
_PAPER_REACH = 15  # … in which ink is bridged, in cells of that map


@dataclass(frozen=True)
class Sheet:
    """A page: ``ink`` is dark on white (255 = paper), ``red`` where a stamp lies (None: nowhere)."""

    ink: Grey
    red: Grey | None


def clean(pixels: Pixels) -> Sheet:
    """Return the page's ink without background and stamps; same size as ``pixels``."""
    grey, red = without_stamps(dark_on_light(pixels))
    return Sheet(_on_white(grey), red)


def _on_white(grey: Grey) -> Grey:
    """Divide the paper's own brightness out, and stretch the ink to black."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(1, width // _PAPER_CELL), max(1, height // _PAPER_CELL)), interpolation=cv2.INTER_AREA
    )
    bright = cv2.dilate(cv2.medianBlur(small, 3), np.ones((_PAPER_REACH // 3, _PAPER_REACH // 3), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(bright, _PAPER_REACH), (0, 0), _PAPER_REACH / 4)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    flat = cv2.divide(grey, np.maximum(paper, 40), scale=255)
    dark = float(np.percentile(flat[::3, ::3], 0.4))
    dark = min(dark, 190.0)
    table = np.clip((np.arange(256) - dark) * (255 / max(250 - dark, 20)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(flat, table), dtype=np.uint8)
