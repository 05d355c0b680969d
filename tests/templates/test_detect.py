"""Which form a document uses is decided by its labels, part by part."""

from __future__ import annotations

from parser.templates.detect import Choice, Vote, choose, decisive
from parser.templates.labels import slots
from parser.templates.load import template, templates

FORMS = templates()


def labels(form: str) -> set[str]:
    found = slots(template(form))
    return {found[position].label.text for position in decisive(template(form), FORMS)}


def test_the_labels_that_tell_the_forms_apart_are_those_of_the_circulars() -> None:
    assert {"本年制发件数", "本年废止件数", "现行有效件数", "本年收费金额（单位：万元）"} <= labels("2021")
    assert {"本年新制作数量", "对外公开总数量", "上一年项目数量", "本年增/减", "政府集中采购"} <= labels("2019")


def test_labels_of_both_forms_tell_nothing() -> None:
    shared = {"规章", "行政许可", "总计", "一、本年新收政府信息公开申请数量", "规范性文件"}
    assert not shared & (labels("2019") | labels("2021"))


def test_nothing_telling_leaves_the_form_open() -> None:
    assert choose([]) == Choice(None, {})


def test_the_form_of_most_parts_is_taken_and_the_others_are_named() -> None:
    votes = [Vote("甲", "2021", 1), Vote("乙", "2021", 1), Vote("丙", "2019", 9), Vote("丙", "2019", 9)]
    assert choose(votes) == Choice("2021", {"丙": "2019"})


def test_a_part_that_speaks_for_both_forms_is_not_foreign() -> None:
    votes = [Vote("甲", "2021", 3), Vote("乙", "2019", 5), Vote("乙", "2021", 1), Vote("丙", "2021", 1)]
    assert choose(votes) == Choice("2021", {})


def test_a_tie_goes_to_the_greater_weight() -> None:
    assert choose([Vote("甲", "2019", 4), Vote("乙", "2021", 7)]).form == "2021"
    assert choose([Vote("甲", "2019", 7), Vote("乙", "2021", 4)]).form == "2019"
