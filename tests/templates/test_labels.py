"""Labels are compared by what they say, however a site, an editor or an OCR program has written them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.templates.characters import characters
from parser.templates.labels import SlotKind, label_index, normalise, slots, wordings
from parser.templates.load import template, templates

FORMS = templates()
CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
PRINTED = st.text(st.one_of(CHINESE, st.sampled_from('（）()，、.．:：“”" \u3000\xa0\t12３abé[]-—')), max_size=24)


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("第二十条(一)项", "第二十条（一）项"),
        ("第二十条  第 (六) 项", "第二十条第（六）项"),
        ("第二十条　第（五）项", "第二十条第（五）项"),
        ("本年增/减", "本年增／减"),
        ("本年新\n制作数量", "本年新制作数量"),
        ("规 章", "规章"),
        ("規章", "规章"),
        ("規範性檔案", "规范性文件"),
        ("行政規范性文件", "行政规范性文件"),
        ("本年制發(fā)件數(shù)", "本年制发件数"),
        ("文(wen)件(jian)公(gong)(gong)開(kai)(kai)", "文件公开"),
        ("行政許(xǔ)可", "行政许可"),
        ("2.其他法律行政法规禁止公开", "2．其他法律行政法规禁止公开"),
        ('3.危及"三安全一稳定"', "3.危及“三安全一稳定”"),
        ("（三） 不予公开", "(三)不予公开"),
        ("自\n然\n人", "自然人"),
        ("商业\xa0企业", "商业企业"),
        ("[bookmark: _GoBack]规章", "规章"),
        ("法律\u200b服务\ufeff机构", "法律服务机构"),
        ("**总计**", "总计"),
    ],
)
def test_the_same_label_in_another_dress_is_the_same(printed: str, official: str) -> None:
    assert normalise(printed) == normalise(official)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行政许可", "行政处罚"),
        ("1.重复申请", "2.重复申请"),
        ("其他", "其它"),
        ("（四）1.", "（五）1."),
        ("结果维持", "结果纠正"),
    ],
)
def test_different_labels_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(PRINTED)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(PRINTED)
def test_nothing_but_letters_digits_and_chinese_characters_is_left(text: str) -> None:
    assert all((char.isascii() and char.isalnum()) or "\u4e00" <= char <= "\u9fff" for char in normalise(text))


@given(PRINTED, st.sampled_from([" ", "　", "\xa0", "\n", "\t", "，", "、", "/"]), st.integers(0, 24))
def test_a_space_or_a_stop_anywhere_makes_no_difference(text: str, space: str, place: int) -> None:
    if "(" not in text and "（" not in text and "[" not in text and "檔" not in text:
        assert normalise(text[:place] + space + text[place:]) == normalise(text)


def test_simplification_is_one_character_for_one() -> None:
    simplify = characters().simplify
    assert len(simplify) > 100
    for source, target in simplify.items():
        assert len(target) == 1
        assert simplify.get(ord(target), target) == target, f"{chr(source)} → {target} would be simplified once more"


@given(st.text(CHINESE, max_size=30))
def test_simplification_keeps_every_place(text: str) -> None:
    assert len(text.translate(characters().simplify)) == len(text)


def test_every_official_label_is_written_in_simplified_characters() -> None:
    for form in FORMS:
        for slot in slots(form):
            assert slot.label.text == slot.label.text.translate(characters().simplify)


def test_an_explanation_in_brackets_may_be_missing() -> None:
    assert "本年收费金额" in wordings("本年收费金额（单位：万元）")
    assert "规章" in wordings("規章(設區的市、自治州人民政府填報)")
    assert wordings("规章") == ("规章",)


def test_an_ordinal_in_brackets_is_no_explanation() -> None:
    assert wordings("第二十条第（一）项") == ("第二十条第一项",)
    assert wordings("（七）总计") == ("七总计",)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_row_of_a_form_has_one_label_and_every_value_a_row(form) -> None:  # type: ignore[no-untyped-def]
    labelled = [(slot.table.key, slot.row) for slot in slots(form) if slot.table and slot.row]
    assert len(labelled) == len(set(labelled))
    assert {(key.table, key.row) for key in form.fields if key.table != "remedies"} == set(labelled)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_labels_keep_the_order_of_the_form(form) -> None:  # type: ignore[no-untyped-def]
    found = slots(form)
    assert [slot.position for slot in found] == list(range(len(found)))
    rows = [slot.row for slot in found if slot.row]
    assert rows == [row.key for table in form.tables[:2] for block in table.blocks for row in block.rows]
    assert [s.part for s in found if s.kind is SlotKind.SECTION] == [f"section/{n}" for n in range(1, 7)]


def test_every_wording_of_every_form_is_in_the_index() -> None:
    index = label_index(FORMS)
    for form in FORMS:
        for slot in slots(form):
            for text in (slot.label.text, *slot.label.aliases):
                assert (form.id, slot.position) in index[normalise(text)]


def test_a_label_without_its_number_is_in_the_index_too() -> None:
    index = label_index(FORMS)
    form = template("2021")
    rows = {slot.row: slot.position for slot in slots(form) if slot.row}
    assert ("2021", rows["denied_state_secret"]) in index[normalise("属于国家秘密")]
    assert ("2021", rows["granted"]) in index[normalise("予以公开")]
    assert ("2021", rows["denied_state_secret"]) in index[normalise("（三）不予公开1.属于国家秘密")]
