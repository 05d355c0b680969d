"""Pages that lie in another order than the form's, or twice in the file, are put in order: a feeder does such things.

Where a page belongs is told by the labels on it that the form has only once. Two reports in a file have them all twice:
such a file is left as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import median

from parser.extract.values import looks_like_value
from parser.layout.page import PageBlock, PageCell, PageTable, TextPage
from parser.model.report import Doubt, Reason, Report, State
from parser.model.template import Template
from parser.templates.labels import SlotKind, label_index, slots, wordings

_OF_PROSE = ("。", "；", "，", "、")  # no label ends so
_FEWEST = 3  # labels of rows on a page by which its place is known, or on two pages by which they are alike
_ORDER_NOTE = "各页的次序与格式不符，已按内容排列：依次为第 {} 页"
_ALIKE = 0.04  # of the figures may be read otherwise on the other of two copies
_MIXED_NOTE = "文件里不止一份报告，各页次序又是乱的，此格未必出自同一份"
_ELSEWHERE_NOTE = "文件里不止一份报告，这一行可能在另外的页上"
_DIFFERENT_NOTE = "同一页在第 {} 页又扫描了一次，那里读作“{}”"
_TWICE_NOTE = "第 {} 页与第 {} 页内容相同，只读了一次"


def in_form_order(pages: Sequence[TextPage], forms: tuple[Template, ...]) -> tuple[list[TextPage], list[str]]:
    """Return the pages in the order of the form and each once, and what to tell the clerk about that."""
    single, notes = _each_once(pages, forms)
    places = _places(single, forms)
    known = [page for page in single if page.number in places]
    if hold_several(single, forms) or _is_ascending([places[p.number] for p in known]):
        return single, notes
    ordered = _ordered(single, known, places)
    numbers = "、".join(str(page.number) for page in ordered)
    return ordered, [*notes, _ORDER_NOTE.format(numbers)]


def hold_several(pages: Sequence[TextPage], forms: tuple[Template, ...]) -> bool:
    """Whether labels that a form has only once stand on several pages: there is more than one report."""
    times = Counter(label for page in pages for label in _labels(page, forms))
    return sum(count > 1 for count in times.values()) >= _FEWEST


def doubted_among_others(report: Report, pages: Sequence[TextPage], forms: tuple[Template, ...]) -> Report:
    """Return the report with doubts where it is one of several on the pages.

    What is absent may stand on another's pages; nothing is certain where these do not lie one report after the other.
    """
    if not hold_several(pages, forms):
        return report
    places = list(_places(pages, forms).values())
    is_mixed = sum(one > other for one, other in pairwise(places)) > 1
    doubt = Doubt(Reason.AMBIGUOUS_POSITION, _MIXED_NOTE if is_mixed else _ELSEWHERE_NOTE)
    cells = {
        key: replace(cell, doubts=(*cell.doubts, doubt)) if is_mixed or cell.state is State.ABSENT else cell
        for key, cell in report.cells.items()
    }
    return replace(report, cells=cells)


def _places(pages: Sequence[TextPage], forms: tuple[Template, ...]) -> dict[int, float]:
    """Return where in the form the pages stand, by number; those of which that is not known are left out."""
    titles, found = _titles(forms), {page.number: _labels(page, forms) for page in pages}
    known = {n: own for n, own in found.items() if len(own) >= _FEWEST or not titles.isdisjoint(own)}
    return {number: median(own.values()) for number, own in known.items()}


def _is_ascending(places: Sequence[float]) -> bool:
    return all(one <= other for one, other in pairwise(places))


def _ordered(pages: Sequence[TextPage], known: Sequence[TextPage], places: dict[int, float]) -> list[TextPage]:
    """Return the pages by their places; one without a place stays behind the page it follows.

    Where the last is the first, the others are back to front as well.
    """
    if _is_ascending([-places[page.number] for page in known]):
        return list(reversed(pages))
    groups: list[list[TextPage]] = [[]]
    for page in pages:
        if page.number in places:
            groups.append([])
        groups[-1].append(page)
    first, *others = groups
    others.sort(key=lambda group: places[group[0].number])
    return [*first, *(page for group in others for page in group)]


def _each_once(pages: Sequence[TextPage], forms: tuple[Template, ...]) -> tuple[list[TextPage], list[str]]:
    """Return the pages without those that say the same as an earlier one, or nearly the same as the one before.

    Figures that the two copies do not have in common are doubted.
    """
    kept: list[TextPage] = []
    notes: list[str] = []
    for page in pages:
        labels = _labels(page, forms).keys()
        same = (other for other in kept if len(labels) >= _FEWEST and _labels(other, forms).keys() == labels)
        copied = next((o for o in same if _unlike(o, page) <= (_ALIKE if o is kept[-1] else 0)), None)
        if copied is None:
            kept.append(page)
        else:
            kept[kept.index(copied)] = _doubted(copied, page)
            notes.append(_TWICE_NOTE.format(page.number, copied.number))
    return kept, notes


def _figures(page: TextPage) -> list[str]:
    return [text.strip() for text in _texts(page) if looks_like_value(text)]


def _unlike(one: TextPage, other: TextPage) -> float:
    """Return which share of the pages' figures differs, 1 where they are not equally many."""
    figures, others = _figures(one), _figures(other)
    if len(figures) != len(others) or not figures:
        return 1
    return sum(a != b for a, b in zip(figures, others, strict=True)) / len(figures)


def _doubted(page: TextPage, copy: TextPage) -> TextPage:
    """Return the page with the figures doubted that its copy has otherwise."""
    others = iter(_figures(copy))

    def compared(cell: PageCell) -> PageCell:
        other = next(others) if looks_like_value(cell.text) else cell.text
        if other.strip() == cell.text.strip():
            return cell
        doubt = Doubt(Reason.READINGS_DIFFER, _DIFFERENT_NOTE.format(copy.number, other))
        return replace(cell, doubts=(*cell.doubts, doubt))

    def block_compared(block: PageBlock) -> PageBlock:
        if isinstance(block, PageTable):
            rows = (replace(row, cells=tuple(map(compared, row.cells))) for row in block.rows)
            return replace(block, rows=tuple(rows))
        if looks_like_value(block.text):
            next(others)
        return block

    blocks, beside = (tuple(map(block_compared, part)) for part in (page.blocks, page.beside))
    return replace(page, blocks=blocks, beside=beside)


def _labels(page: TextPage, forms: tuple[Template, ...]) -> dict[str, int]:
    """Return the labels on the page that a form has only once, each with its place in the form.

    A line of prose may end with the words of a label, but then goes on, or ends a sentence.
    """
    single = _single(forms)
    texts = (text for text in _texts(page) if not text.rstrip().endswith(_OF_PROSE))
    said = (next((w for w in wordings(text) if w in single), None) for text in texts)
    return {wording: single[wording] for wording in said if wording is not None}


@cache
def _single(forms: tuple[Template, ...]) -> dict[str, int]:
    """Return the wordings of rows and sections that name one place only in each form, with that place in the newest.

    A header is printed once more on the next page.
    """
    kinds = {form.id: [slot.kind for slot in slots(form)] for form in forms}
    found = {}
    for wording, places in label_index(forms).items():
        own = [place for form, place in places if form == forms[-1].id]
        single = len(own) == 1 and len(places) == len({form for form, _ in places})
        if single and all(kinds[form][place] in (SlotKind.ROW, SlotKind.SECTION) for form, place in places):
            found[wording] = own[0]
    return found


@cache
def _titles(forms: tuple[Template, ...]) -> frozenset[str]:
    """Return the titles of sections among the labels that a form has only once."""
    sequence = slots(forms[-1])
    return frozenset(wording for wording, n in _single(forms).items() if sequence[n].kind is SlotKind.SECTION)


def _texts(page: TextPage) -> Iterator[str]:
    """Yield the texts of a page's cells and lines, in order."""
    for block in (*page.blocks, *page.beside):
        if isinstance(block, PageTable):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text
