"""Words in the cells of values are never taken for nothing, whatever label of the form they are like."""

from __future__ import annotations

import pytest

from tests.extract.snippets import numbered, read, silent, written

_LAYOUTS = ("tabs", "markdown", "pipes_grid", "pipes_leading", "pipes_with_extras", "cell_closed_by_pipe")
_CELLS = (
    "proactive.administrative_licensing.decisions",
    "proactive.rules.issued",
    "applications.granted.natural_person",
    "remedies.review.upheld",
)


@pytest.mark.parametrize("layout", _LAYOUTS)
@pytest.mark.parametrize("words", ["本年未制发", "本年无处理", "现行有效", "其他结果不详"])
def test_words_that_are_like_a_label_are_not_taken_for_nothing(layout: str, words: str) -> None:
    for key in _CELLS:
        due = numbered("2021") | {key: words}
        report = read(written("2021", {key: words}, layout))
        assert silent(report, due) == {}, key


@pytest.mark.parametrize("layout", ["tabs", "markdown", "pipes_grid"])
def test_nor_is_a_label_of_another_row_beside_the_rows_own(layout: str) -> None:
    key = "proactive.administrative_licensing.decisions"
    report = read(written("2021", {key: "不予公开"}, layout))
    assert silent(report, numbered("2021") | {key: "不予公开"}) == {}
