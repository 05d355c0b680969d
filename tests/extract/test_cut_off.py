"""Documents that end in the middle of a table: what stands before the end is certain, what would follow is absent."""

from __future__ import annotations

import pytest

from tests.extract.snippets import numbered, read, row, shown, written

_LOOSE = ("paragraphs", "single_lines", "spaces")


def ended(layout: str, before: str, rest: str = "") -> str:
    """Return a report that ends where these words stood, with ``rest`` of them left."""
    text = written("2021", layout=layout)
    return text[: text.index(before)].rstrip() + ("\n\n" if layout == "paragraphs" else "\n") + rest


@pytest.mark.parametrize("rest", ["2.其他法", "2.", "（"])
@pytest.mark.parametrize("layout", [*_LOOSE, "cell_closed_by_pipe", "tabs"])
def test_the_row_before_the_end_is_certain_and_the_others_absent(layout: str, rest: str) -> None:
    found = shown(read(ended(layout, "2.其他法律行政法规禁止公开", rest)))
    due = numbered("2021")
    last = [key for key in due if key.startswith("applications.denied_state_secret")][-1]
    known = list(due)[: list(due).index(last) + 1]
    assert {key: found[key] for key in known} == {key: due[key] for key in known}
    following = [key for key in due if key not in known and "denied_prohibited_by_law" not in key]
    assert {found[key] for key in following} == {"absent"}


@pytest.mark.parametrize("layout", _LOOSE)
def test_a_figure_at_the_very_end_may_go_on(layout: str) -> None:
    found = shown(read(ended(layout, "第二十条第（六）项")), "proactive")
    assert found["proactive.administrative_licensing.decisions"] == "?106"
    assert found["proactive.normative_documents.issued"] == "103"
    assert found["proactive.administrative_penalty.decisions"] == "absent"


@pytest.mark.parametrize("layout", _LOOSE)
def test_a_zero_or_a_total_that_is_right_ends_there(layout: str) -> None:
    text = ended(layout, "第二十条第（六）项").replace("106", "0")
    assert shown(read(text))["proactive.administrative_licensing.decisions"] == "0"
    row = {key: "2" for key in numbered("2021") if "denied_state_secret" in key}
    row["applications.denied_state_secret.total"] = "12"
    full = written("2021", row, layout)
    found = shown(read(full[: full.index("2.其他法律行政法规禁止公开")].rstrip()))
    assert {found[key] for key in row} == {"2", "12"}


def test_a_row_cut_in_two_is_doubted_and_what_follows_absent() -> None:
    text = ended("single_lines", "2.其他法律行政法规禁止公开")
    found = shown(read(text[: text.rindex("142")]))
    assert all(value.startswith("?") for key, value in found.items() if "denied_state_secret" in key)
    assert {value for key, value in found.items() if "unable" in key} == {"absent"}


_PIPED = ("cell_closed_by_pipe", "cell_and_pipe_alternate")


@pytest.mark.parametrize("layout", [*_PIPED, *_LOOSE, "tabs", "lines_led_by_tab"])
@pytest.mark.parametrize("cell", [0, 1, 2])
def test_a_row_that_ends_within_words_is_not_blank(cell: int, layout: str) -> None:
    words = {key: "年内没有制定" for key in numbered("2021") if key.startswith(("proactive.rules", "proactive.norm"))}
    parts = written("2021", words, layout).split("年内没有制定")
    report = read("年内没有制定".join(parts[: 4 + cell]) + "年内")
    assert all(text.startswith(("?", "!")) for text in row(report, "proactive.normative_documents"))


@pytest.mark.parametrize("figures", ["0", ""])
@pytest.mark.parametrize("layout", _PIPED)
def test_a_row_of_words_and_blanks_is_not_blank(layout: str, figures: str) -> None:
    values = dict.fromkeys(numbered("2021"), figures)
    names = [key for key in values if key.startswith("proactive.rules")]
    report = read(written("2021", values | dict(zip(names, ("未制定", "", ""), strict=True)), layout))
    assert all(text.startswith(("?", "!")) for text in row(report, "proactive.rules"))
