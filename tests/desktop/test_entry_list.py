from __future__ import annotations

from pathlib import Path

import pytest

from desktop.entries import Entry
from desktop.entry_list import EntryList
from parser.model.finding import Assessment
from parser.workspace.kept import Fingerprint
from tests.forms import make_report


def entry(name: str, issuer: str | None = None, content: str = "") -> Entry:
    made = Entry(Path(f"/{name}.txt"))
    if issuer is not None:
        made.take(make_report(issuer=issuer), Assessment())
    made.fingerprint = Fingerprint(1, 1, content) if content else None
    return made


@pytest.fixture
def entries() -> EntryList:
    return EntryList()


def test_each_is_found_by_its_file_and_by_itself(entries: EntryList) -> None:
    first, second, third = entry("甲"), entry("乙"), entry("丙")
    entries.extend([first, second])
    entries.extend([third])
    assert entries.of(Path("/乙.txt")) is second
    assert [entries.position_of(one) for one in (first, second, third)] == [0, 1, 2]
    assert entries.remove(second) == 1
    assert (entries.of(Path("/乙.txt")), entries.position_of(second), entries.position_of(third)) == (None, None, 1)
    assert entries.entries == [first, third]


def test_the_same_office_and_year_is_a_twin_and_so_is_a_copy(entries: EntryList) -> None:
    one, same, other = entry("甲", "县农业局"), entry("乙", "县农业局"), entry("丙", "县林业局")
    copy, original = entry("丁", None, "ab"), entry("戊", "县水利局", "ab")
    entries.extend([one, same, other, copy, original])
    twins = [entries.twins_of(each) for each in (one, same, other, copy, original)]
    assert twins == [[], [one], [], [], [copy]]


def test_a_report_that_now_says_something_else_is_no_twin_any_more(entries: EntryList) -> None:
    one, other = entry("甲", "县农业局"), entry("乙", "县农业局")
    entries.extend([one, other])
    entries.twins_of(one)
    assert entries.twins_of(other) == [one]
    one.take(make_report(issuer="县林业局"), Assessment())
    assert entries.twins_of(one) == []
    assert entries.twins_of(other) == []


def test_what_was_removed_is_nobodys_twin(entries: EntryList) -> None:
    one, other = entry("甲", "县农业局"), entry("乙", "县农业局")
    entries.extend([one, other])
    entries.twins_of(one)
    entries.remove(one)
    assert entries.twins_of(other) == []


def test_no_entry_is_looked_at_for_the_sake_of_another(entries: EntryList, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [entry(str(number), f"单位{number}", f"{number}") for number in range(200)]
    entries.extend(many)
    looks: list[Entry] = []
    real = Entry.marks.fget
    monkeypatch.setattr(Entry, "marks", property(lambda self: looks.append(self) or real(self)))
    for each in many:
        entries.twins_of(each)
    assert looks == many
