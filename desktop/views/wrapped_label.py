"""A sentence in as many lines as there is room for."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextLayout, QTextOption

from desktop.views.pane import ElidedLabel

_NAME = re.compile("(“[^“”]*”)")
_SUM = re.compile(r"(\d[\d.]*\+)(?:\d[\d.]*\+){2,}(\d[\d.]*=)")  # of more than three figures
_NAME_LENGTHS = (24, 16, 10)  # characters that names are cut to, one after the other, where there is no room


class WrappedLabel(ElidedLabel):
    """A label that first takes as many lines as are in its height, then leaves out the middle of long sums and names.

    What they come to decides: that must not be cut off at the end.
    """

    def shortened(self, room: QRect) -> str:
        return "\n".join(self._lines(self.text(), room))

    def _lines(self, text: str, room: QRect) -> list[str]:
        """Return the text in lines that fit into the room, what is left of it at the end of the last."""
        brief = _SUM.sub(r"\1…+\2", text)
        for shorter in (text, brief, *(_with_names(brief, most) for most in _NAME_LENGTHS)):
            lines, rest = self._broken(shorter, room)
            if self.fontMetrics().horizontalAdvance(rest) <= room.width():
                break
        return [*lines, *([self.fontMetrics().elidedText(rest, self.mode, room.width())] if rest else [])]

    def _broken(self, text: str, room: QRect) -> tuple[list[str], str]:
        """Return the text in lines but for the last that the room has, and what is left for that."""
        metrics, layout, ends = self.fontMetrics(), QTextLayout(text, self.font()), [0]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while len(ends) < room.height() // metrics.lineSpacing() and ends[-1] < len(text):
            line = layout.createLine()
            line.setLineWidth(room.width())
            ends.append(ends[-1] + line.textLength())
        layout.endLayout()
        return [text[start:end] for start, end in pairwise(ends)], text[ends[-1] :]


def _with_names(text: str, most: int) -> str:
    """Return the text, the middle left out of each name in it that has more than so many characters."""
    pieces, half = _NAME.split(text), most // 2
    return "".join(f"{p[:half]}…{p[-half:]}" if n % 2 and len(p) > most else p for n, p in enumerate(pieces))
