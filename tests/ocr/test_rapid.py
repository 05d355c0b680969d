"""Crops go to the model in batches of one width, and what it answers becomes text; with a model made of rules."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from parser.ocr import rapid
from parser.ocr.engine import Grey
from parser.ocr.rapid import RapidRecogniser

CHARACTERS = "0123456789.-/O字"
CLASSES = ["", *CHARACTERS, " "]  # of the model: the blank first, the space last
Step = dict[str, float]  # how likely each character is at one place of the crop


class Model:
    """Takes the darkest grey of a crop for what it says: the steps that ``says`` has for it, else a digit."""

    def __init__(self) -> None:
        self.batches: list[Any] = []
        self.says: dict[int, Sequence[Step]] = {}

    def get_inputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name="x")]

    def get_modelmeta(self) -> SimpleNamespace:
        return SimpleNamespace(custom_metadata_map={"character": "\n".join(CHARACTERS)})

    def run(self, _outputs: None, inputs: dict[str, Any]) -> list[Any]:
        batch = inputs["x"]
        self.batches.append(batch)
        greys = [round((float(image[0, 24].min()) + 1) * 127.5) for image in batch]
        answers = [self.says.get(grey, [{str(grey // 20): 0.9}]) for grey in greys]
        output = np.zeros((len(batch), max(map(len, answers)), len(CLASSES)), np.float32)
        for number, steps in enumerate(answers):
            for place, step in enumerate(steps):
                for character, share in step.items():
                    output[number, place, CLASSES.index(character)] = share
        return [output]


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def recogniser(model: Model, monkeypatch: pytest.MonkeyPatch) -> RapidRecogniser:
    monkeypatch.setattr(rapid, "session", lambda *_args, **_options: model)
    return RapidRecogniser(workers=2)


def crop(grey: int, width: int = 40, height: int = 48) -> Grey:
    return np.full((height, width), grey, np.uint8)


def test_no_crops_are_no_answers_and_no_work_for_the_model(recogniser: RapidRecogniser, model: Model) -> None:
    assert recogniser.read([]) == []
    assert model.batches == []


def test_answers_come_in_the_order_of_the_crops_whatever_their_widths(recogniser: RapidRecogniser) -> None:
    crops = [crop(20 * (n * 7 % 10), width=24 + 97 * (n * 5 % 8), height=24 + 12 * (n % 4)) for n in range(60)]
    assert [answer.text for answer in recogniser.read(crops)] == [str(n * 7 % 10) for n in range(60)]


def test_a_batch_has_one_width_and_takes_no_more_memory_than_it_may(recogniser: RapidRecogniser, model: Model) -> None:
    recogniser.read([crop(20, width) for width in (1, 30, 32, 33, 39, 40, 41, 200, 400, 800) for _ in range(30)])
    shapes = [batch.shape for batch in model.batches]
    assert {shape[1:3] for shape in shapes} == {(3, 48)}
    assert {shape[3] for shape in shapes} == {32, 40, 48, 200, 400, 800}
    assert sum(shape[0] for shape in shapes) == 300
    assert all(count == 1 or count * width <= 768 for count, _, _, width in shapes)
    by_width = {width: sum(shape[3] == width for shape in shapes) for width in (32, 40, 200, 800)}
    assert by_width == {32: 4, 40: 5, 200: 10, 800: 30}  # 90 of 24 at a time, 90 of 19, 30 of 3, 30 of 1


def test_a_crop_has_its_own_proportions_with_paper_beside_it(recogniser: RapidRecogniser, model: Model) -> None:
    recogniser.read([crop(0, width=25, height=24)])
    recogniser.read([crop(0, width=9000, height=48)])
    narrow, wide = (batch[0, 0, 24] for batch in model.batches)
    assert narrow.tolist() == [1.0] * 3 + [-1.0] * 50 + [1.0] * 3
    assert wide.shape == (1600,)


def read(recogniser: RapidRecogniser, model: Model, *steps: Step) -> Any:
    model.says = {100: steps}
    return recogniser.read([crop(100)])[0]


def test_a_character_seen_in_several_places_is_one_unless_something_stands_between(
    recogniser: RapidRecogniser, model: Model
) -> None:
    one, none = {"1": 0.9}, {"": 0.9}
    answer = read(recogniser, model, none, one, {"1": 0.7}, none, one, {"2": 0.8}, none)
    assert (answer.text, answer.figure) == ("112", "112")
    assert answer.confidence == pytest.approx(0.8)  # the least sure character, where it is seen best


def test_a_space_is_no_matter_of_being_sure(recogniser: RapidRecogniser, model: Model) -> None:
    answer = read(recogniser, model, {"1": 0.9}, {" ": 0.3}, {"2": 0.95})
    assert (answer.text, answer.confidence) == ("1 2", pytest.approx(0.9))


def test_nothing_seen_is_no_text_and_not_sure(recogniser: RapidRecogniser, model: Model) -> None:
    answer = read(recogniser, model, {"": 0.99}, {"": 0.9})
    assert (answer.text, answer.confidence, answer.figure, answer.figure_confidence) == ("", 0.0, "", 0.0)


def test_what_looks_like_a_figure_counts_for_it_where_figures_are_looked_for(
    recogniser: RapidRecogniser, model: Model
) -> None:
    answer = read(recogniser, model, {"3": 0.9}, {"": 0.9}, {"O": 0.6, "0": 0.3})
    assert (answer.text, answer.figure) == ("3O", "30")
    assert answer.figure_confidence == pytest.approx(0.9)
    assert read(recogniser, model, {"字": 0.9, "7": 0.05}).figure == "7"


def test_the_rival_has_the_runner_up_in_the_place_of_the_least_sure_character(
    recogniser: RapidRecogniser, model: Model
) -> None:
    answer = read(recogniser, model, {"1": 0.95}, {"": 0.9}, {"4": 0.55, "1": 0.4})
    assert (answer.figure, answer.rival) == ("14", "11")
    assert read(recogniser, model, {"1": 0.95}, {"4": 0.97, "1": 0.01}).rival == ""  # hardly any
    assert read(recogniser, model, {"1": 0.7}, {"1": 0.6, "": 0.35}).rival == ""  # the same without it
