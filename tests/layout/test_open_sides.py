"""Tables whose upright lines go on beyond the last level one."""

from __future__ import annotations

import numpy as np
import pytest

from parser.layout.open_sides import folded_ends

_SIDE = 600  # pixels measures the page
_XS, _YS = np.array([20.0, 120.0, 220.0]), np.array([100.0, 140.0, 180.0])


def _upright(*ends: int) -> np.ndarray:
    """Return upright lines from the first level one to where they end, rows and columns exchanged."""
    mask = np.zeros((240, 300), np.uint8)
    for x, end in zip(_XS, ends, strict=True):
        mask[round(x), 100:end] = 255
    return mask


def _fold(*, width: int = 240) -> np.ndarray:
    fold = np.zeros((300, 240), np.uint8)
    fold[218:223, :width] = 255
    return fold


def test_a_row_ends_at_the_fold_at_which_its_upright_lines_end() -> None:
    assert folded_ends(_upright(220, 180, 221), _XS, _YS, _SIDE, _fold()) == ([], [pytest.approx(219.5, abs=1)])


@pytest.mark.parametrize(
    ("upright", "fold"),
    [
        pytest.param(_upright(220, 180, 221), None, id="no fold"),
        pytest.param(_upright(200, 180, 201), _fold(), id="lines that end elsewhere"),
        pytest.param(_upright(220, 180, 180), _fold(), id="one line alone"),
        pytest.param(_upright(220, 180, 221), _fold(width=100), id="a fold along a part of it"),
    ],
)
def test_else_the_last_level_line_is_the_last(upright: np.ndarray, fold: np.ndarray | None) -> None:
    assert folded_ends(upright, _XS, _YS, _SIDE, fold) == ([], [])
