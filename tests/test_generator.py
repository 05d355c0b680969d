"""Generated reports are what they claim: consistent figures, a truth for every cell, damage where it is named."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from parser.export.record import record
from parser.model.template import Template
from parser.paths import resource
from parser.pipeline import open_report
from parser.rules.check import assess
from parser.templates.load import template, templates
from tests.generator import LAYOUTS, UNDETECTABLE, Case, damage_names, generate
from tests.generator.equations import broken, equations, numbers
from tests.generator.figures import figures
from tests.generator.hidden import hidden_cells
from tests.generator.model import Draft, Slot
from tests.generator.registry import DAMAGES
from tests.generator.sheets import sheets
from tests.scoring import expect, score

SAMPLES = sorted(resource("samples").iterdir())


def test_a_seed_always_gives_the_same_case() -> None:
    assert [generate(seed) for seed in range(30)] == [generate(seed) for seed in range(30)]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_figures_obey_every_equation(form: str) -> None:
    for seed in range(60):
        assert broken(template(form), numbers(figures(template(form), random.Random(seed)))) == []


def test_every_form_has_its_equations() -> None:
    assert {form: len(equations(template(form))) for form in ("2019", "2021")} == {"2019": 45, "2021": 42}


@pytest.mark.parametrize("seed", range(120))
def test_truth_speaks_of_every_cell_of_the_form(seed: int) -> None:
    truth = generate(seed).truth
    keys = {str(key) for key in template(truth["template"]).fields}
    assert truth["cells"].keys() | set(truth["unscored"]) == keys
    assert not truth["cells"].keys() & set(truth["unscored"])
    assert {*truth["damaged"], *truth["expected_doubt"]} <= truth["cells"].keys()


@pytest.mark.parametrize("name", sorted(damage_names()))
def test_every_damage_finds_something_to_change(name: str) -> None:
    layouts = [layout for layout in LAYOUTS.values() if name not in DAMAGES or DAMAGES[name].fits(layout)]
    cases = (generate(seed, layout=layouts[seed % len(layouts)].name, damages=[name]) for seed in range(40))
    assert any(case.damages == (name,) for case in cases)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_clean_text_shows_every_value_and_label(name: str) -> None:
    for seed in range(3):
        case = generate(seed, layout=name, damages=[])
        plain = re.sub(r"<[^>]*>|\s", " ", case.text)
        shown = set(re.split(r"[\s|│]+", plain))
        assert {text for text in case.truth["cells"].values() if text} <= shown
        assert "行政许可" in case.text
        assert case.detectable


def test_the_file_is_in_the_encoding_it_claims() -> None:
    case = generate(5, layout="html", damages=["gb18030", "pinyin"])
    assert b"gb2312" in case.data
    assert case.data.decode("gb18030") == case.text
    assert generate(5, layout="tabs", damages=["windows_lines"]).data.count(b"\r\n") > 50


@pytest.mark.parametrize("seed", range(20))
def test_html_spans_fill_the_grid(seed: int) -> None:
    case = generate(seed, layout="html", damages=["missing_rows", "torn_row"])
    tables = TableReader.read(case.text)
    assert [set(widths) for widths in tables] == [{4}, {10}, {15}]


def test_a_look_alike_is_due_for_a_doubt_and_means_the_figure() -> None:
    clean = generate(11, layout="tabs", damages=[]).truth
    truth = generate(11, layout="tabs", damages=["look_alikes"]).truth
    assert truth["damaged"]
    for key in truth["damaged"]:
        reading = expect(truth["cells"][key], key)
        assert reading.interpreted
        assert reading.value == expect(clean["cells"][key], key).value


@pytest.mark.parametrize("name", sorted(UNDETECTABLE))
def test_an_error_is_hidden_exactly_when_no_equation_is_broken(name: str) -> None:
    """Tables with a line a row show each value, so that the text itself can be added up."""
    found = Counter()
    for seed in range(60):
        case = generate(seed, layout="tabs", damages=["blank_zeros_beside_totals", name])
        form = template(case.truth["template"])
        values = numbers(shown_in_tabs(case))
        contradicted = {key for equation in broken(form, values) for key in equation.keys}
        assert case.hidden.keys() == case.altered.keys() - contradicted
        assert set(case.altered.values()) <= {name}
        found.update(hidden=len(case.hidden), contradicted=len(case.altered.keys() & contradicted))
    assert found["hidden"]
    assert found["contradicted"] or name == "errors_that_cancel"


def test_an_altered_cell_shows_something_else_than_the_truth() -> None:
    for seed in range(60):
        case = generate(seed, damages=["changed_digit", "invisible_characters", "padded_values"])
        for key, text in case.hidden.items():
            assert expect(text, key).value != expect(case.truth["cells"][key], key).value
        assert case.altered.keys() <= case.truth["cells"].keys()


@pytest.mark.parametrize("name", sorted(set(damage_names()) - UNDETECTABLE.keys()))
def test_only_damages_named_beforehand_hide_errors(name: str) -> None:
    assert all(generate(seed, damages=[name]).detectable for seed in range(12))


def test_a_speck_in_an_empty_cell_keeps_its_equations_from_being_evaluated() -> None:
    form = template("2021")
    printed: dict[str, str | None] = {str(key): "0" for key in form.fields}
    draft = drafted(form, printed)
    wrong, speck = slots(draft, "remedies.review.upheld", "remedies.review.total")
    wrong.text, draft.altered[wrong.key or ""] = "3", "changed_digit"
    assert hidden_cells(draft) == {}
    speck.text, speck.noise, draft.altered[speck.key or ""] = "l", True, "noise_in_blanks"
    assert hidden_cells(draft) == {"remedies.review.upheld": "3"}
    speck.text, speck.noise = "\u200b3\xa0", False
    draft.altered[speck.key or ""] = "changed_digit"
    assert hidden_cells(draft).keys() == {"remedies.review.upheld", "remedies.review.total"}


def test_what_cannot_be_in_a_cell_is_not_hidden() -> None:
    form = template("2019")
    draft = drafted(form, {str(key): "0" for key in form.fields})
    (count,) = slots(draft, "proactive.administrative_licensing.decisions")
    draft.altered[count.key or ""] = "swapped_columns"
    for text, hides in (("-3", False), ("2.5", False), ("O3", False), ("/", True), ("3", True)):
        count.text = text
        assert bool(hidden_cells(draft)) is hides


def test_a_report_that_ends_within_a_torn_label_leaves_its_row_open() -> None:
    blocks = [block for form in templates() for block in form.table("applications").blocks]
    labels = {row.label.text for block in blocks for row in block.rows}
    found = 0
    for seed in range(120):
        case = generate(seed, layout="tabs", damages=["torn_row", "truncated_document"])
        last = [cell for cell in case.text.splitlines()[-1].split("\t") if cell]
        if len(last) == 1 and any(label.startswith(last[0]) and label != last[0] for label in labels):
            found += 1
            assert case.truth["unscored"]
    assert found


def test_an_office_mistake_is_in_the_truth_and_may_be_doubted() -> None:
    case = generate(2, layout="tabs", damages=["office_mistake"])
    failed = broken(template(case.truth["template"]), numbers(case.truth["cells"]))
    assert failed
    assert {key for equation in failed for key in equation.keys} <= set(case.truth["expected_doubt"])


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        generate(1, damages=["coffee"])
    with pytest.raises(KeyError):
        generate(1, layout="coffee")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_samples_are_read_with_nothing_wrong_in_silence(path: Path) -> None:
    truth = json.loads(Path(__file__).with_name("samples_truth").joinpath(f"{path.name}.truth.json").read_text("utf-8"))
    report = open_report(path)
    counts = score(truth, record(report, assess(report))).counts
    assert [counts[name] for name in ("silent", "lost", "unmarked")] == [0, 0, 0]
    known = [name for name in ("issuer", "year", "template") if truth[name] is not None]
    assert [counts[f"{name}_right"] for name in known] == [1] * len(known)
    assert "template" in known


def test_samples_have_figures_to_look_at() -> None:
    assert len(SAMPLES) >= 7
    assert any(" " in path.name for path in SAMPLES)


def shown_in_tabs(case: Case) -> dict[str, str | None]:
    """Return what stands in the value cells of a text with a line a table row and a column a grid column."""
    lines = iter([line.split("\t") for line in case.text.splitlines() if "\t" in line])
    shown: dict[str, str | None] = {}
    for table in template(case.truth["template"]).tables:
        for number in range(table.row_count):
            line = next(lines)
            for cell in table.grid:
                if cell.row == number and cell.key:
                    shown[str(cell.key)] = line[cell.column] if cell.column < len(line) else ""
    return shown


def drafted(form: Template, printed: dict[str, str | None]) -> Draft:
    draft = Draft(random.Random(1), form, LAYOUTS["tabs"], 2023, None, False, printed)
    draft.sheets = sheets(form, printed)
    return draft


def slots(draft: Draft, *keys: str) -> list[Slot]:
    found = {slot.key: slot for slot in draft.slots("value")}
    return [found[key] for key in keys]


class TableReader(HTMLParser):
    """Lays out the tables that have a body by their spans and gives the width of each row."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[int]] = []
        self._inside = False
        self._reach: dict[int, int] = {}  # rows still covered, by column
        self._column: int | None = None

    @classmethod
    def read(cls, text: str) -> list[list[int]]:
        reader = cls()
        reader.feed(text)
        return reader.tables

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody":
            self.tables.append([])
            self._inside, self._reach, self._column = True, {}, None
        elif tag == "tr":
            self._end_row()
            self._column = 0
        elif tag in ("td", "th") and self._inside:
            assert self._column is not None
            spans = dict(attrs)
            for _ in range(int(spans.get("colspan") or 1)):
                self._column = self._free(self._column)
                self._reach[self._column] = int(spans.get("rowspan") or 1)
                self._column += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._end_row()
            self._inside = False

    def _end_row(self) -> None:
        if self._inside and self._column is not None:
            self.tables[-1].append(self._free(self._column))
            self._reach = {column: rows - 1 for column, rows in self._reach.items()}

    def _free(self, column: int) -> int:
        while self._reach.get(column, 0) > 0:
            column += 1
        return column
