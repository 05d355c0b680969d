from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.keeper import Keeper
from desktop.models.wording import about_keeping
from parser.errors import WorkspaceUnwritable
from parser.model.finding import Assessment
from parser.workspace.kept import Opened
from parser.workspace.store import Store
from tests.forms import make_report
from tests.workspace.samples import PERSONS, TOTAL, loaded, reading, typed

A, B = Path("/甲.txt"), Path("/乙.txt")
Make = Callable[[], Keeper]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "工作区"


@pytest.fixture
def make(qtbot: QtBot, folder: Path) -> Iterator[Make]:
    """Return a function that makes a keeper and waits until it has been answered."""
    keepers: list[Keeper] = []

    def start() -> Keeper:
        keeper = Keeper(folder, lambda _report: Assessment())
        keepers.append(keeper)
        answers: list[object] = []
        keeper.opened.connect(answers.append)
        keeper.refused.connect(lambda *words: answers.append(words))
        keeper.open()
        qtbot.waitUntil(lambda: bool(answers))
        return keeper

    yield start
    for keeper in keepers:
        keeper.close()


class Stuck:
    """Stands in for ``Store.append``: fails or hangs as long as it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.why: Exception | None = None
        self.hang = Event()
        self.hang.set()
        real = Store.append

        def append(store: Store, *what: object) -> None:
            self.hang.wait(10)
            if self.why is not None:
                raise self.why
            real(store, *what)  # type: ignore[arg-type]

        monkeypatch.setattr(Store, "append", append)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Stuck:
    return Stuck(monkeypatch)


def test_what_was_kept_is_there_the_next_time(make: Make, qtbot: QtBot, folder: Path) -> None:
    first, report = make(), make_report()
    first.add([B, A])
    first.begin_reading(A, reading(report))
    first.append(A, [typed(report, 7)])
    first.leave_at(A, TOTAL)
    first.close()
    again = Keeper(folder, lambda _report: Assessment())
    opened, kept = [], []
    again.opened.connect(opened.append)
    again.loaded.connect(lambda found, _assessment: kept.append(found))
    again.open()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == [Opened([B, A], [], A, [], is_read_only=False, folders=[])]
    again.load([B, A])
    qtbot.waitUntil(lambda: len(kept) == 2)
    assert [found.path for found in kept] == [B, A]
    assert kept[0].report is None
    assert kept[1].report == report.apply([typed(report, 7)])
    assert kept[1].cell == TOTAL
    again.close()


def test_a_full_disk_is_said_and_everything_is_kept_in_order_once_there_is_room(
    make: Make, qtbot: QtBot, folder: Path, disk: Stuck
) -> None:
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    disk.why = WorkspaceUnwritable("磁盘空间不足；请清理磁盘后重试")
    expected = report
    for value in (1, 2, 3):
        edit = typed(expected, value)
        expected = expected.apply([edit])
        keeper.append(A, [edit])
    qtbot.waitUntil(lambda: keeper.trouble != "")
    assert (keeper.unkept, keeper.is_late, keeper.settle(0)) == (3, True, False)
    keeper.retry()
    qtbot.wait(20)
    assert keeper.unkept == 3
    disk.why = None
    with qtbot.waitSignal(keeper.changed):
        keeper.retry()
    qtbot.waitUntil(lambda: not keeper.is_late)
    assert (keeper.unkept, keeper.trouble) == (0, "")
    keeper.close()
    assert loaded(Store(folder, may_write=False), A).report == expected


def test_an_edit_is_painted_before_it_is_kept_unless_somebody_waits_for_the_disk(
    make: Make, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    assert keeper.settle(10)
    qtbot.waitUntil(lambda: not keeper._jobs)
    monkeypatch.setattr("desktop.keeper.moment_left", lambda: 60.0)
    first = typed(report, 1)
    keeper.append(A, [first])
    qtbot.wait(20)
    assert keeper.unkept == 1
    assert keeper.settle(10)
    second = typed(report.apply([first]), 2)
    keeper.append(A, [second])
    keeper.close()
    assert loaded(Store(folder, may_write=False), A).report == report.apply([first]).apply([second])


def test_the_next_edit_tries_again_by_itself(make: Make, qtbot: QtBot, disk: Stuck) -> None:
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    disk.why = WorkspaceUnwritable("网络盘断开；请重试")
    keeper.append(A, [typed(report, 1)])
    qtbot.waitUntil(lambda: keeper.trouble != "")
    disk.why = None
    keeper.append(A, [typed(report, 2, TOTAL)])
    qtbot.waitUntil(lambda: not keeper.unkept and not keeper.trouble)


def test_a_disk_that_does_not_answer_holds_up_nobody(
    make: Make, qtbot: QtBot, disk: Stuck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.keeper._STUCK", 50)
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    disk.hang.clear()
    keeper.append(A, [typed(report, 1), typed(report, 2, TOTAL)])
    assert not keeper.is_late
    qtbot.waitUntil(lambda: keeper.is_late)
    assert keeper.unkept == 2
    qtbot.waitUntil(lambda: "没有响应" in keeper.trouble)
    disk.hang.set()
    qtbot.waitUntil(lambda: not keeper.is_late and not keeper.trouble)


def test_a_second_edit_on_its_way_is_said_and_no_third_waits(
    make: Make, qtbot: QtBot, disk: Stuck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.keeper._A_KEY", 0.02)
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    assert keeper.settle(5)
    waits: list[float] = []
    real = keeper.settle
    monkeypatch.setattr(keeper, "settle", lambda patience: waits.append(patience) or real(patience))
    disk.hang.clear()
    keeper.append(A, [typed(report, 1)])
    assert not keeper.is_late  # it is the one on its way
    with qtbot.waitSignal(keeper.changed):
        keeper.append(A, [typed(report, 2, TOTAL)])
    assert keeper.is_late
    assert about_keeping(keeper) == "正在保存 2 处…"
    keeper.append(A, [typed(report, 3, TOTAL)])
    assert waits == [0.02, 0.02]
    disk.hang.set()
    qtbot.waitUntil(lambda: not keeper.is_late)
    assert about_keeping(keeper) == "已自动保存"


@pytest.mark.parametrize("quick", [0.0, 60.0])
def test_a_slow_disk_is_waited_for_again_once_it_is_quick(
    make: Make, qtbot: QtBot, disk: Stuck, monkeypatch: pytest.MonkeyPatch, quick: float
) -> None:
    monkeypatch.setattr("desktop.keeper._A_KEY", 0.02)
    monkeypatch.setattr("desktop.keeper._QUICK", quick)
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    disk.hang.clear()
    keeper.append(A, [typed(report, 1)])
    keeper.append(A, [typed(report, 2, TOTAL)])
    disk.hang.set()
    qtbot.waitUntil(lambda: not keeper.is_late)
    assert keeper._is_slow == (quick == 0)


def test_reports_are_loaded_while_nothing_can_be_written(make: Make, qtbot: QtBot, disk: Stuck) -> None:
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    disk.why = WorkspaceUnwritable("磁盘空间不足；请重试")
    keeper.append(A, [typed(report, 1)])
    qtbot.waitUntil(lambda: keeper.trouble != "")
    with qtbot.waitSignal(keeper.loaded):
        keeper.load([A])


def test_a_bug_is_reported_and_costs_no_edit(make: Make, qtbot: QtBot, disk: Stuck) -> None:
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    disk.why = RuntimeError("ours")
    with qtbot.captureExceptions() as caught:
        keeper.append(A, [typed(report, 1)])
        qtbot.waitUntil(lambda: bool(caught) and keeper.trouble != "")
    assert keeper.unkept == 1
    assert "内部错误" in keeper.trouble


def test_the_preferred_report_is_loaded_first(make: Make, qtbot: QtBot) -> None:
    keeper, found = make(), []
    keeper.loaded.connect(lambda kept, _assessment: found.append(kept.path))
    paths = [Path(f"/{number}.txt") for number in range(6)]
    with keeper._turn:
        keeper._loads.extend(paths)
        keeper.prefer(paths[4])
    keeper.retry()
    qtbot.waitUntil(lambda: len(found) == 6)
    assert found[0] == paths[4]


def test_a_second_keeper_is_refused_and_may_look(make: Make, qtbot: QtBot) -> None:
    first, report = make(), make_report()
    first.begin_reading(A, reading(report))
    second = make()
    assert not second.is_open
    with qtbot.waitSignal(second.refused) as refused:
        second.retry()
    assert refused.args is not None
    assert "打开" in refused.args[0]
    assert refused.args[1] is True
    with qtbot.waitSignal(second.opened):
        second.open_read_only()
    assert second.is_read_only
    with qtbot.waitSignal(second.loaded):
        second.load([A])
    second.append(A, [typed(report, 1)])
    assert second.unkept == 0
    assert first.settle()


def test_a_workspace_let_go_can_be_opened_by_the_next(make: Make, qtbot: QtBot) -> None:
    first, second = make(), make()
    first.close()
    with qtbot.waitSignal(second.opened):
        second.retry()
    assert not second.is_read_only


def test_closing_keeps_what_waits(make: Make, folder: Path) -> None:
    keeper, report = make(), make_report()
    keeper.begin_reading(A, reading(report))
    for value in range(30):
        edit = typed(report, value)
        report = report.apply([edit])
        keeper.append(A, [edit])
    keeper.close()
    assert loaded(Store(folder, may_write=False), A).report == report
    assert report.cells[PERSONS].shown == "29"
