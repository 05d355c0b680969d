"""Generated reports are what they claim: consistent figures, a truth for every cell, damage where it is named."""

from __future__ import annotations

import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from parser.export.record import record
from parser.paths import resource
from parser.pipeline import open_report
from parser.rules.check import assess
from parser.templates.load import template
from tests.generator import LAYOUTS, damage_names, generate
from tests.generator.equations import broken, equations
from tests.generator.figures import figures
from tests.generator.registry import DAMAGES
from tests.scoring import expect, score

SAMPLES = sorted(resource("samples").iterdir())


def test_a_seed_always_gives_the_same_case() -> None:
    assert [generate(seed) for seed in range(30)] == [generate(seed) for seed in range(30)]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_figures_obey_every_equation(form: str) -> None:
    for seed in range(60):
        assert broken(template(form), figures(template(form), random.Random(seed))) == []


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


@pytest.mark.parametrize("seed", range(40))
def test_an_error_is_hidden_only_if_no_equation_speaks_of_it(seed: int) -> None:
    case = generate(seed, layout="tabs", damages=["changed_digit"])
    sums = [equation for equation in equations(template(case.truth["template"])) if not equation.at_least_zero]
    assert not any(key in equation.keys for key in case.hidden for equation in sums)


def test_an_office_mistake_is_in_the_truth_and_may_be_doubted() -> None:
    case = generate(2, layout="tabs", damages=["office_mistake"])
    failed = broken(template(case.truth["template"]), case.truth["cells"])
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
    assert [counts[f"{name}_right"] for name in ("issuer", "year", "template")] == [1, 1, 1]


def test_samples_have_figures_to_look_at() -> None:
    assert len(SAMPLES) >= 7
    assert any(" " in path.name for path in SAMPLES)


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
