"""Words outside tables, as they are put into the text of a report."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from parser.ocr.engine import Grey, Recognised
from parser.ocr.flat_page import lay_flat
from parser.ocr.full_page import read_words, spot_words


class Saying:
    """A recogniser that says the same of everything."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [Recognised(self._text, 0.9, "", 0.0) for _ in crops]


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("(三）政府信息管理", "（三）政府信息管理"),
        ("（四)平台建设(含网站)", "（四）平台建设（含网站）"),
        ("f(x)=2(a+b)", "f(x)=2(a+b)"),
    ],
)
def test_brackets_about_chinese_are_wide_ones(read: str, said: str) -> None:
    page = np.full((1170, 827, 3), 255, np.uint8)
    cv2.putText(page, "words", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 3)
    words = read_words(spot_words(lay_flat(page)), Saying(read))
    assert words
    assert {word.cell.text for word in words} == {said}
