"""The resource that says how figures are worded."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.errors import TemplateError
from parser.paths import resource
from parser.prose.figures import _keys
from parser.prose.vocabulary import load, vocabulary
from parser.templates.load import templates


def test_every_subject_has_cells_in_a_form() -> None:
    for subject in vocabulary().subjects:
        for cells in (*subject.cells, *subject.with_carried_over):
            assert any(_keys(form.id, cells) for form in templates()), cells


def test_every_rule_of_a_subject_is_a_rule_of_every_form() -> None:
    narrated = {subject.rule for subject in vocabulary().subjects}
    for form in templates():
        assert narrated == {rule.id for rule in form.rules if rule.kind == "narrated"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plain = [", "plane = ["),
        ('"[上下]半年"', '"([上下]半年"'),
        ("[topics]", "[themes]"),
        ('rule = "X-CAT"', "rule = X"),
    ],
)
def test_a_damaged_resource_is_refused_with_the_reason(tmp_path: Path, old: str, new: str) -> None:
    text = resource("narrative.toml").read_text("utf-8")
    assert old in text
    file = tmp_path / "narrative.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TemplateError, match=r"narrative\.toml"):
        load(file)
