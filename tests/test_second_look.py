"""Which cells of a scan are doubted: by two readings, by what lies on them, by what the equations vouch for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import cv2
import numpy as np
import pytest

from parser.layout.cell_grid import GridCell
from parser.model.place import PageBox
from parser.model.report import ABSENT, Cell, CellKey, Doubt, Reason, Report, State
from parser.ocr.crops import CellInk, Line
from parser.ocr.engine import Grey, Recognised
from parser.ocr.read_cell import ReadCell
from parser.rules.check import vouching
from parser.second_look import look_again, with_rows_outside
from parser.templates.load import template
from tests.forms import make_report

KEY = CellKey.parse("proactive.rules.issued")  # no equation speaks of it
VOUCHED_ONCE = CellKey.parse("remedies.review.upheld")
VOUCHED = CellKey.parse("applications.granted.natural_person")


class Echo:
    """Reads whatever it is told to."""

    def __init__(self, text: str = "0", confidence: float = 0.99) -> None:
        self.reading = Recognised(text, confidence, text, confidence)

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [self.reading for _ in crops]


def report() -> Report:
    """Return a report of zeros, every cell with a place of its own."""
    form = template("2021")
    keys = [CellKey(t.key, r.key, c.key) for t in form.tables for b in t.blocks for r in b.rows for c in b.columns]
    cells = {
        key: Cell(State.NUMBER, Decimal(0), raw="0", place=PageBox(1, (0, n / 1000, 1, (n + 1) / 1000)))
        for n, key in enumerate(keys)
    }
    return Report("x", "0", "scan", "", "2021", "2021", cells)


def read_cell(
    text: str = "0", confidence: float = 0.99, *, stamped: float = 0.0, cut: bool = False, crossed: bool = False
) -> ReadCell:
    box = (0, 0, 20, 20)
    crop = np.full((36, 30), 255, np.uint8)
    crop[8:28, 10:20] = 0
    lines = (Line(crop, box, False),) if text else ()
    readings = (Recognised(text, confidence, text, confidence),) if text else ()
    return ReadCell(GridCell(0, 0, 1, 1, box), CellInk(lines, 0.0, cut), readings, stamped, 20.0, crossed)


def doubts(read: ReadCell, engine: Echo, key: CellKey = KEY, state: State = State.NUMBER) -> list[Reason]:
    found = report()
    cells = dict(found.cells)
    if state is not State.NUMBER:
        cells[key] = replace(cells[key], state=state, value=None, raw="")
    found = replace(found, cells=cells)
    place = cells[key].place
    assert isinstance(place, PageBox)
    looked = look_again(found, {place: read}, engine)
    assert looked.cells[key].value == cells[key].value  # never changed, only doubted
    return [doubt.reason for doubt in looked.cells[key].doubts]


def test_two_sure_readings_that_agree_are_enough() -> None:
    assert doubts(read_cell(), Echo()) == []


def test_a_second_reading_that_differs_is_a_doubt_even_where_equations_vouch() -> None:
    assert doubts(read_cell(), Echo("6")) == [Reason.READINGS_DIFFER]
    assert doubts(read_cell(confidence=0.9), Echo("6"), VOUCHED) == [Reason.READINGS_DIFFER]


def test_several_digits_that_no_equation_vouches_for_must_be_read_surer_than_one() -> None:
    assert doubts(read_cell("8", 0.85), Echo("8", 0.85)) == []
    assert doubts(read_cell("89856", 0.85), Echo("89856", 0.85)) == [Reason.LOW_CONFIDENCE]
    assert doubts(read_cell("89856", 0.97), Echo("89856", 0.97)) == []
    assert doubts(read_cell("89856", 0.85), Echo("89856", 0.85), VOUCHED_ONCE) == []


def test_several_digits_read_only_once_need_no_less() -> None:
    read = read_cell("1234", 0.93)
    twice = replace(read, ink=replace(read.ink, lines=read.ink.lines * 2))  # in two lines there is no second reading
    assert doubts(replace(twice, readings=read.readings), Echo("1234")) == [Reason.LOW_CONFIDENCE]


def test_a_figure_beside_which_a_tick_stood_is_doubted_unless_an_equation_vouches() -> None:
    read = read_cell()
    ticked = replace(read, ink=replace(read.ink, lines=(replace(read.ink.lines[0], is_ticked=True),)))
    assert doubts(ticked, Echo()) == [Reason.LOW_CONFIDENCE]
    assert doubts(ticked, Echo(), VOUCHED_ONCE) == []


def test_an_equation_vouches_for_a_clear_figure_on_a_line_or_one_that_ends_there_as_most_do() -> None:
    flush = replace(read_cell(cut=True), is_flush=True)
    assert doubts(read_cell(cut=True), Echo(), VOUCHED_ONCE) == []
    unsure = replace(flush, readings=read_cell(confidence=0.8).readings)
    assert doubts(unsure, Echo(confidence=0.8), VOUCHED_ONCE) == []
    assert doubts(replace(unsure, is_flush=False), Echo(confidence=0.8), VOUCHED_ONCE) == [Reason.LOW_CONFIDENCE]
    assert doubts(flush, Echo()) == [Reason.LOW_CONFIDENCE]


def test_what_the_second_reading_says_is_kept() -> None:
    found = report()
    place = found.cells[KEY].place
    assert isinstance(place, PageBox)
    assert look_again(found, {place: read_cell()}, Echo("6")).cells[KEY].second == "6"
    assert look_again(found, {}, Echo("6")).cells[KEY].second is None


class Apart:
    """Reads words and the figure among them each for itself."""

    def __init__(self, text: str, figure: str) -> None:
        self.reading = Recognised(text, 0.99, figure, 0.99)

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        return [self.reading for _ in crops]


def test_a_zero_with_a_dot_is_one_the_second_time_too() -> None:
    engine, dotted = Echo(), replace(read_cell(), is_dotted=True)
    engine.reading = Recognised("日", 0.99, "0", 0.02)
    assert doubts(dotted, engine) == []
    assert doubts(read_cell(), engine) == [Reason.LOW_CONFIDENCE]
    engine.reading = Recognised("日", 0.99, "8", 0.02)
    assert doubts(dotted, engine) == [Reason.READINGS_DIFFER]


@pytest.mark.parametrize(
    ("first", "text", "figure", "agree"),
    [
        ("3964万元", "3964万元", "3964", True),
        ("3964万元", "3964方元", "3964", True),  # the unit was read once, the figure twice
        ("14个", "14个", "14", True),
        ("减12", "减12", "12", True),
        ("+4", "+4", "-4", True),
        ("14个", "19个", "19", False),
        ("减12", "城12", "12", False),  # what stands before the figure makes it another
        ("+4", "44", "44", False),
    ],
)
def test_units_and_signs_in_words_are_read_twice_like_figures(first: str, text: str, figure: str, agree: bool) -> None:
    found = report()
    place = found.cells[KEY].place
    assert isinstance(place, PageBox)
    looked = look_again(found, {place: read_cell(first)}, Apart(text, figure))
    assert [d.reason for d in looked.cells[KEY].doubts] == ([] if agree else [Reason.READINGS_DIFFER])


def test_where_an_equation_is_broken_all_its_cells_are_read_again() -> None:
    found = report()
    total = CellKey.parse("applications.results_total.natural_person")
    place = found.cells[total].place
    assert isinstance(place, PageBox)
    wrong = CellKey.parse("applications.results_total.other_org")
    cells = {**found.cells, wrong: replace(found.cells[wrong], value=Decimal(5))}
    assert look_again(found, {place: read_cell()}, Echo("6")).cells[total].second is None
    assert look_again(replace(found, cells=cells), {place: read_cell()}, Echo("6")).cells[total].second == "6"


def test_equations_vouch_for_what_is_hard_to_read() -> None:
    assert vouching(report())[VOUCHED] >= 2
    assert doubts(read_cell(confidence=0.55), Echo(confidence=0.55)) == [Reason.LOW_CONFIDENCE]
    assert doubts(read_cell(confidence=0.55), Echo(confidence=0.55), VOUCHED) == []
    assert doubts(read_cell(confidence=0.2), Echo(confidence=0.2), VOUCHED) == [Reason.LOW_CONFIDENCE]


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (read_cell(stamped=0.2), Reason.STAMP),
        (read_cell(cut=True), Reason.LOW_CONFIDENCE),
        (read_cell(crossed=True), Reason.LOW_CONFIDENCE),
    ],
    ids=["stamp", "cut", "fold"],
)
def test_what_lies_on_a_cell_is_a_doubt_unless_equations_vouch(read: ReadCell, reason: Reason) -> None:
    assert doubts(read, Echo()) == [reason]
    assert doubts(read, Echo(), VOUCHED) == []


@pytest.mark.parametrize("lies_on", [{"stamped": 0.2}, {"crossed": True}, {"cut": True}])
def test_whatever_lies_on_a_cell_one_equation_vouches_for_what_is_read_clearly(lies_on: dict[str, Any]) -> None:
    reason = Reason.STAMP if "stamped" in lies_on else Reason.LOW_CONFIDENCE
    assert doubts(read_cell(**lies_on), Echo(), VOUCHED_ONCE) == []
    assert doubts(read_cell(confidence=0.8, **lies_on), Echo(confidence=0.8), VOUCHED_ONCE) == [reason]


def test_what_the_edge_of_the_picture_may_have_cut_off_is_doubted_unless_equations_vouch() -> None:
    cut = replace(read_cell(), is_off_page=True)
    assert doubts(cut, Echo()) == [Reason.LOW_CONFIDENCE]
    assert doubts(cut, Echo(), VOUCHED) == []
    assert doubts(replace(read_cell(""), is_off_page=True), Echo(), state=State.BLANK) == [Reason.LOW_CONFIDENCE]


def test_a_speck_in_one_of_two_readings_is_no_difference() -> None:
    assert doubts(read_cell(), Echo("0.")) == []
    assert doubts(read_cell(confidence=0.7), Echo("0.")) == [Reason.LOW_CONFIDENCE]
    assert doubts(read_cell(), Echo("0.5")) == [Reason.READINGS_DIFFER]


def test_a_blank_among_figures_is_doubted_if_there_is_a_trace_of_ink() -> None:
    spotless = replace(read_cell(""), ink=CellInk((), 0.0, False, is_bare=True))
    assert doubts(read_cell(""), Echo(), state=State.BLANK) == [Reason.LOW_CONFIDENCE]
    assert doubts(spotless, Echo(), state=State.BLANK) == []


def test_a_cell_with_nothing_but_a_tick_is_blank_and_doubted() -> None:
    crop = np.full((40, 40), 255, np.uint8)
    cv2.polylines(crop, [np.array([(8, 22), (14, 30), (30, 8)])], False, (0,), 3)
    ticked = read_cell("1")
    ticked = replace(ticked, ink=CellInk((replace(ticked.ink.lines[0], crop=crop),), 0.0, False, is_bare=True))
    assert (ticked.is_ticked_blank, ticked.text) == (True, "")
    assert doubts(ticked, Echo(), state=State.BLANK) == [Reason.LOW_CONFIDENCE]


def test_a_stamp_on_a_blank_is_a_doubt() -> None:
    assert doubts(read_cell("", stamped=0.3), Echo(), state=State.BLANK) == [Reason.STAMP]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (read_cell(""), []),
        (read_cell("", crossed=True), [Reason.LOW_CONFIDENCE]),
        (replace(read_cell(""), ink=CellInk((), 0.001, False, True)), [Reason.LOW_CONFIDENCE]),
    ],
    ids=["clean", "under a fold", "with specks in its middle"],
)
def test_a_blank_among_blanks_is_doubted_only_where_it_may_hide_something(
    read: ReadCell, expected: list[Reason]
) -> None:
    found = report()
    blank = {key: replace(cell, state=State.BLANK, value=None, raw="") for key, cell in found.cells.items()}
    place = found.cells[KEY].place
    assert isinstance(place, PageBox)
    looked = look_again(replace(found, cells=blank), {place: read}, Echo())
    assert [doubt.reason for doubt in looked.cells[KEY].doubts] == expected


@pytest.mark.parametrize(
    ("marks", "blanks", "expected"),
    [(2, 0, [Reason.LOW_CONFIDENCE]), (3, 0, []), (3, 11, []), (3, 13, [Reason.LOW_CONFIDENCE])],
)
def test_a_mark_of_which_there_are_few_in_the_report_may_be_a_speck(
    marks: int, blanks: int, expected: list[Reason]
) -> None:
    found = report()
    keys = [KEY, *(CellKey.parse(f"proactive.rules.{name}") for name in ("repealed", "effective"))][:marks]
    empty = [key for key in found.cells if key.table == "remedies"][:blanks]
    states = dict.fromkeys(keys, (State.MARK, "-")) | dict.fromkeys(empty, (State.BLANK, ""))
    cells = {
        key: replace(cell, state=states[key][0], value=None, raw=states[key][1]) if key in states else cell
        for key, cell in found.cells.items()
    }
    place = cells[KEY].place
    assert isinstance(place, PageBox)
    looked = look_again(replace(found, cells=cells), {place: read_cell("-", 0.95)}, Echo("-"))
    assert [doubt.reason for doubt in looked.cells[KEY].doubts] == expected


def test_rows_that_no_label_was_found_for_are_doubted_in_a_table_that_was_recognised() -> None:
    found = report()
    place = found.cells[KEY].place
    assert isinstance(place, PageBox)
    lost = CellKey.parse("proactive.normative_documents.issued")
    cells = dict(found.cells) | {lost: Cell(State.ABSENT)}
    looked = look_again(replace(found, cells=cells), {place: read_cell()}, Echo())
    assert [doubt.reason for doubt in looked.cells[lost].doubts] == [Reason.LINES_LOST]


def test_a_word_of_a_table_without_lines_is_doubted_unless_it_is_sure() -> None:
    found = report()
    unsure = replace(found.cells[KEY], confidence=0.8)
    looked = look_again(replace(found, cells=dict(found.cells) | {KEY: unsure}), {}, Echo())
    assert [doubt.reason for doubt in looked.cells[KEY].doubts] == [Reason.LOW_CONFIDENCE]
    assert not any(cell.doubts for key, cell in looked.cells.items() if key != KEY)


@pytest.mark.parametrize(("heading", "expected"), [("", [Reason.LINES_LOST]), (None, [])])
def test_a_whole_table_that_was_not_found_is_doubted_if_its_heading_was(
    heading: str | None, expected: list[Reason]
) -> None:
    found = report()
    place = found.cells[KEY].place
    assert isinstance(place, PageBox)
    cells = {key: Cell(State.ABSENT) if key.table == "remedies" else cell for key, cell in found.cells.items()}
    looked = look_again(replace(found, cells=cells, sections={"4": heading}), {place: read_cell()}, Echo())
    lost = [cell for key, cell in looked.cells.items() if key.table == "remedies"]
    assert all([doubt.reason for doubt in cell.doubts] == expected for cell in lost)


@pytest.mark.parametrize(("illegible", "is_doubted"), [(70, True), (20, False)])
def test_a_table_without_a_trace_is_doubted_where_much_else_could_not_be_read(illegible: int, is_doubted: bool) -> None:
    found = report()
    cells = {key: Cell(State.ABSENT) if key.table == "remedies" else cell for key, cell in found.cells.items()}
    for key in [key for key in cells if key.table != "remedies"][:illegible]:
        cells[key] = replace(cells[key], state=State.UNREADABLE, value=None, raw="□")
    looked = look_again(replace(found, cells=cells), {}, Echo())
    lost = {bool(cell.doubts) for key, cell in looked.cells.items() if key.table == "remedies"}
    assert lost == {is_doubted}


@pytest.mark.parametrize("text", ["01", "007", "-05"])
def test_a_figure_that_begins_with_a_zero_is_doubted(text: str) -> None:
    assert doubts(read_cell(text), Echo(text)) == [Reason.LOW_CONFIDENCE]


@pytest.mark.parametrize("text", ["0", "0.5", "-0.5", "10"])
def test_other_figures_with_zeros_are_not(text: str) -> None:
    assert doubts(read_cell(text), Echo(text)) == []


def test_a_figure_on_two_lines_cannot_be_read_again_and_must_be_sure() -> None:
    torn = read_cell("1", 0.8)
    torn = replace(torn, ink=replace(torn.ink, lines=torn.ink.lines * 2), readings=torn.readings * 2)
    assert doubts(torn, Echo("11")) == [Reason.LOW_CONFIDENCE]


def test_a_figure_in_pieces_is_doubted_unless_an_equation_vouches_for_it() -> None:
    whole = read_cell("0")
    broken = replace(whole, ink=replace(whole.ink, lines=(replace(whole.ink.lines[0], pieces=4),)))
    assert doubts(broken, Echo()) == [Reason.LOW_CONFIDENCE]
    vouched = CellKey.parse("applications.granted.natural_person")
    assert doubts(broken, Echo(), vouched) == []


def test_a_one_that_leans_is_doubted_unless_an_equation_vouches_for_it() -> None:
    read = read_cell("1")
    crop = np.full((36, 30), 255, np.uint8)
    cv2.line(crop, (16, 8), (13, 28), (0,), 2)
    leaning = replace(read, ink=replace(read.ink, lines=(replace(read.ink.lines[0], crop=crop),)))
    assert doubts(leaning, Echo("1")) == [Reason.LOW_CONFIDENCE]
    assert doubts(leaning, Echo("1"), VOUCHED) == []


@pytest.mark.parametrize(("faint", "is_doubted"), [(2, False), (6, True)])
def test_where_many_figures_are_in_doubt_none_vouches_for_itself(faint: int, is_doubted: bool) -> None:
    found = report()
    keys = [key for key in found.cells if key.table == "proactive"] + [k for k in found.cells if k.table == "remedies"]
    cells = dict(found.cells)
    for key in keys[:20]:
        cells[key] = replace(cells[key], value=Decimal(21), raw="21")
    places = [cells[key].place for key in keys[:20]]
    seen = {
        place: read_cell("21", 0.3 if n and n <= faint else 0.99)
        for n, place in enumerate(places)
        if isinstance(place, PageBox)
    }
    looked = look_again(replace(found, cells=cells), seen, Echo("21"))
    assert bool(looked.cells[KEY].doubts) is is_doubted


def test_a_figure_with_one_digit_much_fainter_is_doubted_unless_an_equation_vouches_for_it() -> None:
    read = read_cell("71")
    uneven = replace(read, ink=replace(read.ink, is_uneven=True))
    assert doubts(uneven, Echo("71")) == [Reason.LOW_CONFIDENCE]
    assert doubts(read, Echo("71")) == []
    assert doubts(uneven, Echo("71"), VOUCHED) == []


def _blanks(report_: Report, keys: list[CellKey]) -> Report:
    blank = {key: replace(report_.cells[key], state=State.BLANK, value=None, raw="") for key in keys}
    return replace(report_, cells={**report_.cells, **blank})


def _looked_at(report_: Report, keys: list[CellKey]) -> list[bool]:
    """Return which of the blank cells are doubted, each in a table with as many blanks as not to be odd for itself."""
    places = {cell.place: read_cell("") for cell in (report_.cells[key] for key in keys)}
    looked = look_again(report_, {p: r for p, r in places.items() if isinstance(p, PageBox)}, Echo())
    return [bool(looked.cells[key].doubts) for key in keys]


def test_a_blank_is_doubted_where_other_cells_of_its_table_may_have_moved() -> None:
    found = report()
    keys = [key for key in found.cells if key.table == "proactive"]
    blank, others = keys[:3], keys[3:]
    moved = (Doubt(Reason.AMBIGUOUS_POSITION, "可能错了一栏"),)
    found = _blanks(found, blank)
    assert not any(_looked_at(found, blank))
    cells = {key: replace(cell, doubts=moved) if key in others else cell for key, cell in found.cells.items()}
    assert all(_looked_at(replace(found, cells=cells), blank))


def test_a_row_that_is_missing_in_the_middle_of_a_recognised_page_is_doubted() -> None:
    found = report()
    keys = [key for key in found.cells if key.row == "granted"]
    cells = {**found.cells, **{key: replace(found.cells[key], state=State.ABSENT, value=None, raw="") for key in keys}}
    looked = look_again(replace(found, cells=cells), {}, Echo())
    assert all(doubt.reason is Reason.LINES_LOST for key in keys for doubt in looked.cells[key].doubts)
    assert all(looked.cells[key].doubts for key in keys)


@pytest.mark.parametrize(
    ("text", "doubted"), [(":1", True), ("75·", True), ("1", False), ("1.5", False), ("-1", False)]
)
def test_a_figure_beside_which_something_stands_is_doubted_unless_an_equation_vouches(text: str, doubted: bool) -> None:
    figure = "".join(c for c in text if c in "0123456789.-")
    read = replace(read_cell(figure), readings=(Recognised(text, 0.95, figure, 0.99),))
    assert (doubts(read, Echo(figure)) == [Reason.LOW_CONFIDENCE]) is doubted
    assert doubts(read, Echo(figure), VOUCHED) == []


class Told:
    """Reads what it is told to, crop by crop."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        assert len(crops) == len(self.texts)
        return [Recognised(text, 0.99, text, 0.99) for text in self.texts]


@pytest.mark.parametrize(("second", "doubted"), [("4", True), ("1", False), ("7", True), ("", False)])
def test_a_part_and_its_total_are_doubted_where_a_digit_that_both_have_is_confused(second: str, doubted: bool) -> None:
    figures = {KEY: "1"} | {
        CellKey("applications", "new_received", column): figure
        for column, figure in (("natural_person", "10"), ("other_org", "2"), ("total", "12"))
    }
    found = report()
    read = {key: replace(found.cells[key], value=Decimal(text), raw=text) for key, text in figures.items()}
    found = replace(found, cells={**found.cells, **read})
    seen = {cell.place: read_cell(cell.raw) for cell in read.values() if isinstance(cell.place, PageBox)}
    looked = look_again(found, seen, Told([second, "10", "2", "12"])).cells
    _, part, other, total = (bool(looked[key].doubts) for key in figures)
    assert (part, other, total) == (doubted, False, doubted)


@pytest.mark.parametrize(("unit", "doubted"), [("元", True), ("万元", False), (None, False)])
def test_an_amount_in_yuan_is_doubted_on_a_scan(unit: str | None, doubted: bool) -> None:
    key = CellKey.parse("proactive.administrative_fees.amount_10k_yuan")
    found = report()
    text = f"5.25{unit or ''}"
    place = found.cells[key].place
    assert isinstance(place, PageBox)
    paid = replace(found.cells[key], value=Decimal("5.25"), unit=unit, raw=text)
    looked = look_again(replace(found, cells={**found.cells, key: paid}), {place: read_cell(text)}, Echo(text))
    assert bool(looked.cells[key].doubts) is doubted


@pytest.mark.parametrize(("key", "doubted"), [(KEY, True), (VOUCHED, False)])
def test_a_figure_with_an_odd_digit_is_doubted_unless_equations_vouch(key: CellKey, doubted: bool) -> None:
    assert bool(doubts(replace(read_cell("11"), is_uneven=True), Echo("11"), key)) is doubted


def test_what_a_table_lacks_is_taken_from_the_lines_of_text_in_doubt_and_nothing_else_is() -> None:
    lost, read, blank = (
        CellKey("applications", "granted", column) for column in ("total", "other_org", "natural_person")
    )
    number = Cell(State.NUMBER, Decimal(3), raw="3")
    found = {lost: ABSENT, read: number, blank: ABSENT}
    whole = {
        lost: replace(number, value=Decimal(146)),
        read: replace(number, value=Decimal(4)),
        blank: Cell(State.BLANK),
    }
    cells = with_rows_outside(found, whole)
    assert (cells[lost].value, [doubt.reason for doubt in cells[lost].doubts]) == (146, [Reason.LOW_CONFIDENCE])
    assert cells[read] == number
    assert cells[blank] == ABSENT


@pytest.mark.parametrize(
    ("name", "pieces", "is_doubted"),
    [
        ("proactive.administrative_compulsion.items_change", 2, True),
        ("proactive.administrative_compulsion.items_change", 1, False),
        ("proactive.administrative_compulsion.decisions", 2, False),
    ],
)
def test_a_speck_beside_a_figure_may_be_a_sign_where_one_may_stand(name: str, pieces: int, is_doubted: bool) -> None:
    key, place = CellKey.parse(name), PageBox(1, (0, 0, 1, 1))
    found = make_report("2019", cells={name: 3})
    cells = {**found.cells, key: replace(found.cells[key], place=place, raw="3")}
    read = read_cell("3")
    line = replace(read.ink.lines[0], pieces=pieces)
    read = replace(read, ink=replace(read.ink, lines=(line,)))
    looked = look_again(replace(found, kind="scan", cells=cells), {place: read}, Echo("3"))
    assert bool(looked.cells[key].doubts) == is_doubted


@pytest.mark.parametrize(("text", "is_doubted"), [("3", True), ("0", False)])
def test_dirt_beside_a_figure_may_be_a_sign_but_not_beside_zero(text: str, is_doubted: bool) -> None:
    name = "proactive.administrative_compulsion.items_change"
    key, place = CellKey.parse(name), PageBox(1, (0, 0, 1, 1))
    found = make_report("2019", cells={name: int(text)})
    cells = {**found.cells, key: replace(found.cells[key], place=place, raw=text)}
    read = read_cell(text)
    read = replace(read, ink=replace(read.ink, dirt=0.02))
    looked = look_again(replace(found, kind="scan", cells=cells), {place: read}, Echo(text))
    assert bool(looked.cells[key].doubts) == is_doubted
