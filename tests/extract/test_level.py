"""Figures of a scan without ruled lines that do not stand level with their row's label are doubted."""

from __future__ import annotations

import pytest

from parser.extract.report import extract
from parser.layout.page import PageCell, PageLine
from parser.layout.page_text import TextPage, join_pages
from parser.model.document import Document
from parser.model.report import Report
from tests.extract.snippets import row, written

_HEIGHT = 0.012


def _seen(text: str, tilt: float, kind: str) -> Report:
    """Return the report of a page whose lines are the text's, figures standing ``tilt`` line heights off the labels."""
    blocks = []
    for number, line in enumerate(text.splitlines()):
        top = 0.01 + number * 0.016
        words = []
        for place, word in enumerate(line.split("\t")):
            y = top + (tilt * _HEIGHT if place and word.isdigit() else 0.0)
            words.append(PageCell(word, (0.05 + 0.1 * place, y, 0.12 + 0.1 * place, y + _HEIGHT)))
        words = [word for word in words if word.text]
        if words:
            box = (words[0].box[0], top, words[-1].box[2], top + _HEIGHT)
            blocks.append(PageLine("    ".join(word.text for word in words), box, tuple(words)))
    joined, pieces, seen = join_pages([TextPage(1, tuple(blocks))])
    return extract(Document("报告.jpg", kind, "0" * 64, joined, pieces, 1, (), seen))


@pytest.mark.parametrize(
    ("tilt", "kind", "doubted"), [(0.0, "image", False), (0.9, "image", True), (0.9, "pdf", False)]
)
def test_figures_off_their_labels_level_are_doubted_where_all_was_recognised(
    tilt: float, kind: str, doubted: bool
) -> None:
    figures = row(_seen(written(), tilt, kind), "applications.not_processed_repeated")
    assert all(text.startswith("?") for text in figures) is doubted
