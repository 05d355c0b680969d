"""What a step of the clerk changes is shown once."""

from __future__ import annotations

import contextlib

from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.queue_model import WORDS_ROLE
from desktop.steps import Steps
from tests.desktop.conftest import COMPULSION, GRANTED, key
from tests.desktop.keys import Key, press, write
from tests.desktop.seen import let_follow


def _counted(steps: Steps) -> list[int]:
    ended: list[int] = []
    steps.ended.connect(lambda: ended.append(1))
    return ended


def test_steps_within_a_step_end_with_it(qtbot: QtBot) -> None:
    steps = Steps()
    ended = _counted(steps)
    with steps:
        steps.note()
        with steps:
            steps.note()
        assert not ended
    assert len(ended) == 1


def test_a_step_in_which_nothing_changed_has_no_end(qtbot: QtBot) -> None:
    steps = Steps()
    ended = _counted(steps)
    with steps:
        pass
    assert not ended


def test_what_has_changed_before_a_step_failed_is_shown(qtbot: QtBot) -> None:
    steps = Steps()
    ended = _counted(steps)
    with contextlib.suppress(KeyError), steps:
        steps.note()
        raise KeyError
    assert len(ended) == 1


def test_the_source_follows_once_after_several_steps(window: MainWindow, qtbot: QtBot) -> None:
    steps, followed = window.session.step, list[int]()
    let_follow(window)
    steps.followed.connect(lambda: followed.append(1))
    for name in (COMPULSION, GRANTED):
        window.session.go_to(key(name))
        assert steps.is_following
    assert not followed
    let_follow(window)
    assert len(followed) == 1
    mark = window.source.view.extraSelections()[-1]
    assert mark.cursor.selectionStart() == window.session.cell.place.start  # type: ignore[attr-defined, union-attr]


def test_a_value_typed_and_the_way_to_the_next_doubt_are_one_step(window: MainWindow) -> None:
    window.session.go_to(key(COMPULSION))
    write("4")
    ended = _counted(window.session.step)
    press(Key.Key_Return)
    assert window.session.key != key(COMPULSION)
    assert len(ended) == 1


def test_what_the_queue_says_of_a_report_follows_its_figures(window: MainWindow) -> None:
    session, queue = window.session, window.queue.view.queue
    let_follow(window)
    before = queue.index(queue.row_of(session.position)).data(WORDS_ROLE)
    session.go_to(key(GRANTED))
    session.review.accept()
    assert queue.index(queue.row_of(session.position)).data(WORDS_ROLE) == before
    let_follow(window)
    assert queue.index(queue.row_of(session.position)).data(WORDS_ROLE) != before
