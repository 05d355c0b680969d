"""Pages in the wrong order or twice in a file: put in order where the form's labels tell, else left alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import pytest

from parser.extract.page_order import doubted_among_others, in_form_order
from parser.extract.report import extract
from parser.layout.page import PageBlock, PageCell, PageLine, PageRow, PageTable, TextPage
from parser.layout.page_text import join_pages
from parser.model.document import Document
from parser.model.report import Report
from parser.templates.load import templates
from tests.extract.snippets import numbered, shown, written

_BREAKS = ("三、收到和处理", "（三）不予公开", "四、政府信息公开行政", "六、其他需要报告")


def pages(text: str | None = None, breaks: Sequence[str] = _BREAKS) -> list[TextPage]:
    """Return a report of five pages: the title with table two, two parts of table three, table four, and the end."""
    text = text or written(layout="tabs")
    cuts = [0, *(text.index(words) for words in breaks), len(text)]
    parts = [text[start:end].strip("\n") for start, end in pairwise(cuts)]
    return [TextPage(number, tuple(_blocks(part))) for number, part in enumerate(parts, 1)]


def _blocks(text: str) -> list[PageBlock]:
    blocks: list[PageBlock] = []
    for is_table, lines in groupby((line for line in text.split("\n") if line), lambda line: "\t" in line):
        if is_table:
            rows = [PageRow(tuple(_cells(line, y))) for y, line in enumerate(lines)]
            blocks.append(PageTable(tuple(rows), (0, 0, 1, 1)))
        else:
            blocks += [PageLine(line, (0, 0, 1, 0.01)) for line in lines]
    return blocks


def _cells(line: str, y: int) -> list[PageCell]:
    texts = line.split("\t")
    return [
        PageCell(text, (x / 9, y / 50, (x + 1) / 9, (y + 1) / 50), column=x) for x, text in enumerate(texts[:9])
    ] + [PageCell(text, (0.9, 0, 1, 0.1), column=x) for x, text in enumerate(texts[9:], 9)]


def arranged(*numbers: int) -> list[TextPage]:
    """Return the pages with these contents, numbered as they come."""
    report = pages()
    return [TextPage(place, report[number - 1].blocks) for place, number in enumerate(numbers, 1)]


def read(found: Sequence[TextPage]) -> Report:
    text, pieces, seen = join_pages(found)
    return extract(Document("扫描件.pdf", "scan", "0" * 64, text, pieces, len(found), (), seen))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((5, 4, 3, 2, 1), [5, 4, 3, 2, 1]),
        ((1, 2, 4, 3, 5), [1, 2, 4, 3, 5]),
        ((1, 3, 2, 4, 5), [1, 3, 2, 4, 5]),
        ((4, 5, 1, 2, 3), [3, 4, 5, 1, 2]),
    ],
)
def test_pages_are_put_in_the_order_of_the_form(order: tuple[int, ...], expected: list[int]) -> None:
    ordered, notes = in_form_order(arranged(*order), templates())
    assert [page.number for page in ordered] == expected
    assert notes == [f"各页的次序与格式不符，已按内容排列：依次为第 {'、'.join(map(str, expected))} 页"]
    assert shown(read(ordered)) == shown(read(pages())) == numbered("2021")


def test_pages_in_order_are_left_alone() -> None:
    assert in_form_order(pages(), templates()) == (pages(), [])


def test_the_end_of_a_sentence_that_names_the_sections_is_no_heading() -> None:
    report = pages()
    intro = ("本报告包括总体情况、存在的主要问题及改进情况、其他需", "要报告的事项。", "存在的主要问题及改进情况，")
    named = tuple(PageLine(line, (0, 0, 1, 0.01)) for line in intro)
    title, rest = report[0].blocks[:1], report[0].blocks[1:]
    heading = next(n for n, block in enumerate(rest) if isinstance(block, PageTable) or block.text.startswith("二、"))
    cut = [TextPage(1, (*title, *named, *rest[:heading])), TextPage(2, rest[heading:])]
    found = [*cut, *(TextPage(page.number + 1, page.blocks) for page in report[1:])]
    assert in_form_order(found, templates()) == (found, [])


def test_two_reports_in_a_file_are_left_alone() -> None:
    other = pages(written(values={key: str(900 + n) for n, key in enumerate(numbered("2021"))}))
    both = [*pages(), *(TextPage(page.number + 5, page.blocks) for page in other)]
    assert in_form_order(both, templates()) == (both, [])


def test_a_page_that_was_scanned_twice_counts_once() -> None:
    ordered, notes = in_form_order(arranged(1, 2, 2, 3, 4, 5), templates())
    assert [page.number for page in ordered] == [1, 2, 4, 5, 6]
    assert notes == ["第 3 页与第 2 页内容相同，只读了一次"]
    assert shown(read(ordered)) == numbered("2021")


def test_figures_that_the_second_scan_has_otherwise_are_doubted() -> None:
    key = "applications.carried_over.natural_person"
    other = pages(written(values={key: "777"}, layout="tabs"))[1]
    scanned = arranged(1, 2, 2, 3, 4, 5)
    scanned[2] = TextPage(3, other.blocks)
    ordered, _ = in_form_order(scanned, templates())
    assert shown(read(ordered)) == numbered("2021") | {key: f"?{numbered('2021')[key]}"}


def test_pages_with_other_figures_are_no_copies() -> None:
    others = pages(written(values=dict.fromkeys(numbered("2021"), "0"), layout="tabs"))
    both = [*arranged(1, 2), TextPage(3, others[1].blocks)]
    assert in_form_order(both, templates()) == (both, [])


def test_absent_rows_of_one_report_among_others_may_stand_on_their_pages() -> None:
    other = pages(written(values={key: str(900 + n) for n, key in enumerate(numbered("2021"))}))
    found = [page for page in pages() if page.number != 2]
    both = [*found, *(TextPage(page.number + 5, page.blocks) for page in other)]
    cut = read(found)
    report = doubted_among_others(cut, both, templates())
    lost = [key for key, text in shown(cut).items() if text == "absent"]
    assert lost
    assert {shown(report)[key] for key in lost} == {"?absent"}
    assert [text for key, text in shown(report).items() if key not in lost and text.startswith("?")] == []
    assert doubted_among_others(cut, found, templates()) == cut


def test_nothing_is_certain_where_the_pages_of_two_reports_lie_mixed() -> None:
    other = pages(written(values={key: str(900 + n) for n, key in enumerate(numbered("2021"))}))
    mixed = [*reversed(pages()), *(TextPage(page.number + 5, page.blocks) for page in reversed(other))]
    report = doubted_among_others(read(pages()), mixed, templates())
    assert all(text.startswith("?") for text in shown(report).values())
