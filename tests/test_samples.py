"""The bundled samples: one for every situation, read right, with nothing wrong in silence."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from parser.export.record import record
from parser.paths import resource
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.conftest import ROOT
from tests.scoring import MUST_BE_ZERO, add, score

SAMPLES = sorted(resource("samples").iterdir())
TRUTH = ROOT / "tests" / "samples_truth"


def truth_of(path: Path) -> dict:  # type: ignore[type-arg]
    return json.loads((TRUTH / f"{path.name}.truth.json").read_text("utf-8"))


def test_every_sample_has_its_truth_and_every_truth_its_sample() -> None:
    assert [f"{path.name}.truth.json" for path in SAMPLES] == sorted(path.name for path in TRUTH.iterdir())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_a_sample_is_read_with_nothing_wrong_in_silence(path: Path) -> None:
    report = open_report(path)
    result = record(report, assess(report))
    scored = score(truth_of(path), result)
    assert scored.misses == []
    assert [scored.counts[name] for name in MUST_BE_ZERO] == [0, 0, 0]
    assert scored.counts["false_alarm"] == 0
    for name in ("issuer", "year", "template"):
        assert scored.counts[f"{name}_right"] == scored.counts[f"{name}_total"]


def test_the_samples_show_doubts_of_several_kinds() -> None:
    reasons: Counter[str] = Counter()
    for path in SAMPLES:
        report = open_report(path)
        for cell in record(report, assess(report))["cells"]:
            reasons.update(cell["reasons"])
    assert len(reasons) >= 3


def test_nearly_all_cells_of_the_samples_are_right() -> None:
    scores = []
    for path in SAMPLES:
        report = open_report(path)
        scores.append(score(truth_of(path), record(report, assess(report))))
    assert add(scores).value_right > 0.97
