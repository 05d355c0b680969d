"""The project's scorer: hand-made cases, and agreement with the acceptance scorer where that is at hand."""

from __future__ import annotations

import importlib.util
import random
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.generator import Truth, generate
from tests.scoring import add, canonical, expect, score

OFFICIAL = Path(__file__).resolve().parents[2] / "shared" / "tools" / "score.py"
KEY = "applications.granted.natural_person"


def cell(state: str = "number", value: str | None = "3", *, doubtful: bool = False, **more: Any) -> dict[str, Any]:
    return {"key": KEY, "state": state, "value": value, "doubtful": doubtful, "unit": None, "raw": value, **more}


def judge(printed: str | None, record: dict[str, Any] | None, **truth: Any) -> str:
    scored = score({"cells": {KEY: printed}} | truth, {"cells": [record] if record else []})
    return scored.kinds[KEY]


@pytest.mark.parametrize(
    ("printed", "state", "value"),
    [
        ("0", "number", "0"),
        ("\u3000 18.8710\xa0", "number", "18.871"),
        ("1,234", "number", "1234"),
        ("１２", "number", "12"),
        ("增7", "number", "7"),
        ("减2", "number", "-2"),
        ("14个", "number", "14"),
        ("[bookmark: _GoBack]1", "number", "1"),
        ("O", "number", "0"),
        ("", "blank", None),
        ("—", "mark", None),
        ("增", "unreadable", None),
        (None, "absent", None),
    ],
)
def test_printed_cells_mean_what_the_contract_says(printed: str | None, state: str, value: str | None) -> None:
    assert (expect(printed).state, expect(printed).value) == (state, value)


def test_a_fraction_is_a_number_only_where_changes_are_counted() -> None:
    assert expect("3/1", "proactive.administrative_licensing.items_change").value == "2"
    assert expect("3/1", KEY).state == "unreadable"


def test_padding_and_zeros_do_not_matter() -> None:
    assert [canonical(text) for text in ("+07.50", "-0.0", "100", ".5")] == ["7.5", "0", "100", "0.5"]


def test_right_value_is_right_and_a_needless_doubt_is_a_false_alarm() -> None:
    assert judge("3", cell()) == "right"
    assert judge("3", cell(doubtful=True)) == "false_alarm"
    assert judge("3", cell(doubtful=True), expected_doubt=[KEY]) == "right"


def test_interpreted_characters_need_a_doubt() -> None:
    assert judge("l3", cell(value="13")) == "unmarked"
    assert judge("l3", cell(value="13", doubtful=True)) == "right"
    assert judge("3", cell(), damaged=[KEY]) == "unmarked"
    assert judge("3", cell(), damaged=[KEY], expected_doubt=[KEY]) == "right"


def test_a_wrong_cell_is_caught_only_if_it_says_so() -> None:
    assert judge("3", cell(value="8", doubtful=True)) == "caught"
    assert judge("3", cell("unreadable", None)) == "caught"
    assert judge("3", cell(value="8")) == "silent"
    assert judge("3", cell("blank", None)) == "silent"
    assert judge("3", cell("absent", None)) == "lost"
    assert judge("3", None) == "silent"


def test_a_money_unit_must_be_kept() -> None:
    assert judge("3万元", cell(unit="万元")) == "right"
    assert judge("3万元", cell()) == "silent"
    assert judge("3个", cell()) == "right"


def test_unreadable_and_absent_cells_are_right_when_they_say_so() -> None:
    assert judge("增", cell("unreadable", None)) == "right"
    assert judge(None, cell("absent", None)) == "right"
    assert judge(None, cell("blank", None)) == "silent"


def test_issuer_year_and_form_are_counted_where_known() -> None:
    truth = {"cells": {}, "issuer": "清河市财政局", "year": 2023, "template": None}
    counts = score(truth, {"cells": [], "issuer": "清河市财政局", "year": 2022}).counts
    assert (counts["issuer_right"], counts["year_right"], counts["year_total"], counts["template_total"]) == (
        1,
        0,
        1,
        0,
    )


def test_scores_add_up() -> None:
    one = score({"cells": {KEY: "3"}}, {"cells": [cell(value="4")]})
    total = add([one, one])
    assert total.counts["silent"] == 2
    assert [miss.key for miss in total.misses] == [KEY, KEY]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the acceptance scorer is not at hand")
@pytest.mark.parametrize("seed", range(40))
def test_agrees_with_the_acceptance_scorer_on_spoilt_results(seed: int) -> None:
    truth = generate(seed).truth
    result = spoilt_result(truth, random.Random(seed))
    counts, _ = official().score(truth, result)
    assert +score(truth, result).counts == +Counter(counts)


def official() -> ModuleType:
    spec = importlib.util.spec_from_file_location("official_score", OFFICIAL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt_result(truth: Truth, rng: random.Random) -> dict[str, Any]:
    """Return a result that is right except for random cells and fields."""
    cells = []
    for key, printed in truth["cells"].items():
        due = expect(printed, key)
        record = cell(due.state, due.value, unit=due.money, suggestion=None) | {"key": key}
        if rng.random() < 0.3:
            record |= {"doubtful": rng.random() < 0.5, "suggestion": rng.choice((None, due.value, "7"))}
        if rng.random() < 0.3:
            state = rng.choice(("number", "blank", "mark", "unreadable", "absent"))
            record |= {"state": state, "value": rng.choice(("0", "12", "3.50")) if state == "number" else None}
        if rng.random() < 0.97:
            cells.append(record)
    rng.shuffle(cells)
    return {"cells": cells, "issuer": rng.choice((truth["issuer"], None)), "year": truth["year"], "template": "2021"}
