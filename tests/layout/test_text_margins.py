"""Tabs round the lines of a text are no cells of its tables."""

from __future__ import annotations

import pytest

from tests.extract.snippets import numbered, read, shown, written


@pytest.mark.parametrize("margin", ["\t", "\t\t", "    "])
def test_rows_of_words_with_spaces_may_be_indented(margin: str) -> None:
    text = "\n".join(margin + line for line in written(layout="spaces").split("\n"))
    assert shown(read(text)) == numbered("2021")


@pytest.mark.parametrize(("before", "after"), [("", "\t"), ("\t\t", ""), ("\t", "\t")])
def test_repeated_lines_are_missed_also_with_tabs_round_those_left(before: str, after: str) -> None:
    zeros = written(values=dict.fromkeys(numbered("2021"), "0"), layout="single_lines")
    lines = dict.fromkeys(line for line in zeros.split("\n") if line)
    report = read("\n".join(f"{before}{line}{after}" for line in lines))
    assert all(cell.doubts for cell in report.cells.values())


def test_a_tab_before_every_cell_parts_them() -> None:
    assert shown(read(written(layout="lines_led_by_tab"))) == numbered("2021")


def test_tabs_alone_between_two_rows_are_no_cells() -> None:
    empty = {key: "" for key in numbered("2021") if key.endswith((".natural_person", ".other_org"))}
    text = written(values=empty, layout="lines_led_by_tab")
    assert "\n\n" in text
    assert shown(read(text.replace("\n\n", "\n\t\t\n"))) == shown(read(text))


def test_several_tabs_before_a_cell_are_no_blank_cells() -> None:
    lines = written(layout="lines_led_by_tab").split("\n")
    more = ("\t" * (n % 3) if line.startswith("\t") and line.strip() else "" for n, line in enumerate(lines))
    assert shown(read("\n".join(map("".join, zip(more, lines, strict=True))))) == numbered("2021")
