"""Word documents become what a reader of the printed page sees; a bad file is refused with a way out, never a crash."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from parser.errors import EmptyFile, FileTooLarge, PasswordProtected, ReportError, UnreadableFile
from parser.model.document import Document
from parser.model.place import TextSpan
from parser.readers import package
from parser.readers.docx import read_docx
from parser.readers.docx_numbers import format_number
from parser.readers.registry import read_document
from tests.bench.office_files import judge
from tests.generator.word import (
    HABITS,
    cell,
    document,
    level,
    numbered,
    paragraph,
    result,
    run,
    table,
    text_box,
    word_case,
)  # fmt: skip
from tests.readers.parts import changed
from tests.refused import refused

GENERATED = [(seed, form) for seed in range(7100, 7104) for form in ("2019", "2021")]


def read(body: str, *lists: str) -> Document:
    return read_docx(document(body, [(70 + n, levels) for n, levels in enumerate(lists)]), "报告.docx", "0")


def text(body: str, *lists: str) -> str:
    return read(body, *lists).text


def rows(body: str) -> list[list[str]]:
    """Return the cells of all tables, row by row."""
    found: dict[int, list[str]] = {}
    for piece in read(body).pieces:
        if piece.bounded:
            found.setdefault(piece.line, []).append(piece.text)
    return list(found.values())


def words(*texts: str) -> str:
    """Return cells with these texts."""
    return "".join(cell(paragraph(run(one))) for one in texts)


def value(inside: str) -> str:
    """Return the text of a cell that holds these runs."""
    return rows(table([words("行政许可") + cell(paragraph(inside))]))[0][1]


def refusal(data: bytes) -> ReportError:
    return refused(read_docx, data, "报告.docx", "0")


@pytest.mark.parametrize(("seed", "form"), GENERATED)
def test_filled_forms_are_read_without_a_fault(seed: int, form: str) -> None:
    case = word_case(seed, form)
    scored = judge(case.data, ".docx", case.truth)
    assert set(scored.kinds.values()) == {"right"}
    assert not scored.counts["misplaced"]


@pytest.mark.parametrize("habit", HABITS)
def test_no_habit_of_word_documents_hurts(habit: str) -> None:
    case = word_case(7200, "2021", [habit])
    assert set(judge(case.data, ".docx", case.truth).kinds.values()) == {"right"}


def test_every_piece_is_what_stands_at_its_place() -> None:
    body = paragraph(run("一、总体情况  全年公开12条")) + table([words("规章", "", "3"), words(" 行政许可 ", "1\n86")])
    found = read(body)
    for piece in found.pieces:
        assert isinstance(piece.place, TextSpan)
        assert found.text[piece.place.start : piece.place.end] == piece.text
    assert found.kind == "docx"


def test_merged_cells_stand_once_where_they_begin() -> None:
    body = table([
        cell(paragraph(run("一、新收")), 2) + words("14", ""),
        cell(paragraph(run("三、结果")), 1, "restart") + words("（一）予以公开", "6", "2"),
        cell(paragraph(run("")), 1, "continue") + words("（二）部分公开", "2", ""),
    ])  # fmt: skip
    assert rows(body) == [["一、新收", "14", ""], ["三、结果", "（一）予以公开", "6", "2"], ["（二）部分公开", "2", ""]]


def test_a_merged_cell_that_goes_on_in_the_next_table_is_not_blank() -> None:
    first = table([cell(paragraph(run("（四）无法提供")), 1, "restart") + words("1.不掌握", "3")])
    assert rows(first + table([cell(paragraph(""), 1, "continue") + words("2.另行制作", "4")]))[1] == [
        "2.另行制作",
        "4",
    ]


def test_an_old_horizontal_merge_stands_once() -> None:
    left, right = words("规章").replace("<w:tcPr>", '<w:tcPr><w:hMerge w:val="restart"/>'), words("")
    right = right.replace("<w:tcPr>", '<w:tcPr><w:hMerge w:val="continue"/>')
    assert rows(table([left + right + words("3")])) == [["规章", "3"]]


def test_a_table_inside_a_cell_stands_in_its_place() -> None:
    inner = cell(table([words("1", "2"), words("3", "4")]) + paragraph(""))
    assert rows(table([words("规章") + inner])) == [["规章", "1", "2"], ["3", "4"]]


def test_a_table_that_lays_out_the_page_is_no_table_of_figures() -> None:
    page = paragraph(run("一、总体情况")) + table([words("规章", "0")]) + paragraph(run("六、其他"))
    assert text(table([cell(page)])) == "一、总体情况\n规章\t0\n六、其他"


def test_prose_in_a_frame_keeps_its_paragraphs() -> None:
    assert text(table([cell(paragraph(run("长" * 100)) * 2)])) == "\n".join(["长" * 100] * 2)


def test_a_text_box_is_read_once() -> None:
    assert text(paragraph(run("前") + text_box(paragraph(run("标题")))) + paragraph(run("后"))) == "前\n标题\n后"


def test_a_figure_in_a_text_box_in_a_cell_is_read_once() -> None:
    assert value(text_box(paragraph(run("12")))) == "12"


def test_lettering_is_read() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="政府信息公开年度报告"/></v:shape></w:pict></w:r>'
    assert text(paragraph(shape)) == "政府信息公开年度报告"


@pytest.mark.parametrize(
    "inside",
    [
        '<w:del w:id="1"><w:r><w:delText>5</w:delText></w:r></w:del><w:ins w:id="2">{}</w:ins>',
        '<w:moveFrom w:id="1"><w:r><w:t>5</w:t></w:r></w:moveFrom><w:moveTo w:id="2">{}</w:moveTo>',
        '<w:ins w:id="2">{}<w:del w:id="1"><w:r><w:delText>5</w:delText></w:r></w:del></w:ins>',
        "{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>5</w:t></w:r>",
        '{}<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:smartTag><w:smartTagPr/>{}</w:smartTag>",
        '<w:fldSimple w:instr="=SUM(LEFT)">{}</w:fldSimple>',
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/>{}<w:bookmarkEnd w:id="0"/>',
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr></w:r>{}<w:r><w:softHyphen/></w:r>',
    ],
)
def test_a_value_is_found_in_whatever_wraps_it(inside: str) -> None:
    assert value(inside.format(run("3"))) == "3"


def test_of_a_field_only_its_result_shows() -> None:
    assert value(result(run("1") + run("2"))) == "12"
    assert value(result(result(run("7")), "IF")) == "7"
    assert value('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("8")) == ""
    assert value('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("8")) == "8"


def test_an_open_field_hides_nothing_in_the_next_paragraph() -> None:
    begin = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
    assert text(begin + paragraph(run("规章"))) == "规章"


def test_a_raised_or_struck_figure_is_not_run_together() -> None:
    assert value(run("3") + run("1", '<w:vertAlign w:val="superscript"/>')) == "3 1"
    assert value(run("3", "<w:strike/>") + run("1")) == "3 1"
    assert value(run("3", "<w:b/>") + run("1")) == "31"


def test_words_hidden_by_their_style_are_left_out() -> None:
    data = document(paragraph(run("甲") + run("乙", '<w:rStyle w:val="H"/>') + run("丙")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml")
    own = b'<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    assert read_docx(changed(data, "word/styles.xml", styles.replace(b"</w:styles>", own)), "", "").text == "甲丙"


def test_a_prompt_not_yet_filled_in_is_blank() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert value(control.format(run("单击此处输入文字"))) == ""
    assert value(control.format(run("0"))) == "0"


def test_controls_around_rows_and_cells_are_seen_through() -> None:
    around = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{around.format(words('规章'))}{words('3')}</w:tr>"
    assert rows(f"<w:tbl><w:tblPr/>{around.format(row)}</w:tbl>") == [["规章", "3"]]


def test_deleted_and_hidden_rows_and_cells_are_left_out() -> None:
    kept = table([words("规章", "1")])
    for gone in ('<w:del w:id="1"/>', "<w:hidden/>"):
        assert rows(kept.replace("</w:tbl>", f"<w:tr><w:trPr>{gone}</w:trPr>{words('规章', '2')}</w:tr></w:tbl>")) == [
            ["规章", "1"]
        ]
    deleted = words("9").replace("<w:tcPr>", '<w:tcPr><w:cellDel w:id="1"/>')
    assert rows(table([words("规章") + deleted + words("1")])) == [["规章", "1"]]


def test_a_paragraph_whose_mark_is_deleted_runs_on() -> None:
    torn = paragraph(run("二、主动公开"), '<w:rPr><w:del w:id="1"/></w:rPr>')
    assert text(torn + paragraph(run("政府信息情况"))) == "二、主动公开政府信息情况"


def test_a_table_of_contents_is_left_out() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{paragraph(run('一、总体情况 1'))}</w:sdtContent></w:sdt>"
    loose = paragraph(run("二、主动公开 2"), '<w:pStyle w:val="TOC1"/>')
    assert text(contents + loose + paragraph(run("一、总体情况"))) == "一、总体情况"


def test_tabs_and_line_breaks_are_kept() -> None:
    body = paragraph(run("一、总体情况\n行政许可") + "<w:r><w:tab/><w:t>186</w:t></w:r>")
    assert text(body) == "一、总体情况\n行政许可\t186"
    assert value(run("1\n2")) == "1 2"


def test_automatic_numbers_are_restored() -> None:
    outline = level("chineseCountingThousand", "%1、") + level("decimal", "%2.", 1) + level("decimal", "%1.%2.%3", 2)
    lines = (("总体情况", 0), ("公开", 1), ("申请", 1), ("主动公开", 0), ("规章", 1), ("细目", 2))
    body = "".join(paragraph(run(line), numbered(70, depth)) for line, depth in lines)
    assert text(body, outline).split("\n") == [
        "一、总体情况", "1.公开", "2.申请", "二、主动公开", "1.规章", "二.1.1 细目",
    ]  # fmt: skip
    legal = outline.replace('%1.%2.%3"/>', '%1.%2.%3"/><w:isLgl/>')
    assert text(body, legal).endswith("2.1.1 细目")


def test_an_automatic_number_does_not_run_into_a_figure() -> None:
    assert text(paragraph(run("5件"), numbered(70)), level("decimal", "%1.")) == "1. 5件"
    assert text(paragraph(run("规章"), numbered(70)), level("decimal", "%1")) == "1 规章"


def test_bullets_and_switched_off_numbers_add_nothing() -> None:
    assert text(paragraph(run("规章"), numbered(70)), level("bullet", "\uf0b7")) == "规章"
    assert text(paragraph(run("规章"), numbered(0)), level("decimal", "%1.")) == "规章"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("chineseCounting", "一 十 十一 二十 一百零五"), ("chineseCountingThousand", "一 十 十一 二十 一百零五"),
        ("decimal", "1 10 11 20 105"), ("decimalZero", "01 10 11 20 105"),
        ("ideographDigital", "一 一〇 一一 二〇 一〇五"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 壹佰零伍"), ("ideographTraditional", "甲 癸 11 20 105"),
        ("decimalEnclosedCircleChinese", "① ⑩ ⑪ ⑳ 105"), ("decimalFullWidth", "１ １０ １１ ２０ １０５"),
        ("upperRoman", "I X XI XX CV"), ("lowerLetter", "a j k t aaaaa"), ("unheardOf", "1 10 11 20 105"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(form: str, shown: str) -> None:
    assert [format_number(value, form) for value in (1, 10, 11, 20, 105)] == shown.split()


def test_digits_of_a_symbol_font_are_digits_and_other_signs_stay() -> None:
    assert value('<w:r><w:sym w:font="Symbol" w:char="F033"/></w:r>') == "3"
    assert value('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>') == "\uf0fc"


@pytest.mark.parametrize("suffix", [".docx", ".DOCX", ".docm", ".dotx", ".doc", ".wps", ".txt", ""])
def test_a_document_is_recognised_under_any_name(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(document(paragraph(run("一、总体情况"))))
    assert (read_document(path).kind, read_document(path).text) == ("docx", "一、总体情况")


def test_documents_of_the_strict_kind_are_read() -> None:
    data = document(table([words("规章", "3")]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("word/document.xml")
    strict = content.replace(
        b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml"
    )
    assert read_docx(changed(data, "word/document.xml", strict), "", "").text == "规章\t3"


def test_a_document_without_words_is_empty() -> None:
    assert isinstance(refusal(document(paragraph(""))), EmptyFile)
    scan = changed(document(paragraph("")), "word/media/image1.png", b"1")
    assert "图片" in str(refusal(scan))


def test_a_document_without_its_body_is_refused() -> None:
    data = document(paragraph(run("一")))
    assert "没有 Word 正文" in str(refusal(changed(data, "word/document.xml", None)))
    assert "没有 Word 正文" in str(refusal(changed(data, "word/document.xml", b"<a/>")))


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 400, b"", b"PK"])
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    assert isinstance(refusal(data), UnreadableFile)


def test_a_truncated_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(document(paragraph(run("一")))[:9000])
    with pytest.raises(UnreadableFile, match="已损坏"):
        read_document(path)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".doc"])
def test_a_file_with_a_password_is_named_as_such(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(PasswordProtected, match=r"打开密码；请在 Word/WPS 中去掉密码"):
        read_document(path)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = document(paragraph(run("一")))
    assert isinstance(refusal(changed(data, "word/media/a.bin", bytes(30 * 2**20))), FileTooLarge)
    monkeypatch.setattr(package, "MOST_UNPACKED", 10_000)
    assert isinstance(refusal(data), FileTooLarge)
    monkeypatch.undo()
    monkeypatch.setattr(package, "MOST_PART", 100)
    assert isinstance(refusal(data), FileTooLarge)


def test_entities_are_refused() -> None:
    body = b'<!DOCTYPE w [<!ENTITY a "9"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body>'
    bomb = body + b"<w:p><w:r><w:t>&a;&f;</w:t></w:r></w:p></w:body></w:document>"
    for content in (bomb, bomb.decode().encode("utf-16")):
        assert "实体" in str(refusal(changed(document(paragraph(run("一"))), "word/document.xml", content)))


def test_tables_inside_tables_without_end_are_refused_or_read() -> None:
    body = paragraph(run("3"))
    for _ in range(70):
        body = table([cell(body)])
    data = changed(
        document(""), "word/document.xml",
        f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'.encode(),
    )  # fmt: skip
    with contextlib.suppress(UnreadableFile):
        assert read_docx(data, "", "").text == "3"


def survives(data: bytes) -> None:
    """Read the file; a refusal is fine if it says what to do, any other error is not."""
    try:
        read_docx(data, "报告.docx", "0")
    except ReportError as error:
        if "；请" not in str(error):
            raise


def test_mutated_files_never_crash_the_reader() -> None:
    rng = random.Random(20_261_122)
    whole = word_case(7300, "2021", HABITS).data
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        content = archive.read("word/document.xml")
    for turn in range(100):
        data = bytearray(whole if turn % 2 else content)
        for _ in range(rng.randint(1, 30)):
            start = rng.randrange(len(data))
            data[start : start + rng.choice((0, 1, 1, 40))] = rng.randbytes(rng.choice((0, 1, 1, 9)))
        survives(bytes(data) if turn % 2 else changed(whole, "word/document.xml", bytes(data)))


def test_mutated_structure_never_crashes_the_reader() -> None:
    """Well-formed, but with elements and attributes exchanged: the kind of damage that reaches the walk itself."""
    rng = random.Random(20_261_123)
    whole = word_case(7301, "2019", HABITS).data
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name).decode() for name in ("word/document.xml", "word/numbering.xml")}
    names = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "fldChar", "del", "ins", "vMerge", "gridSpan"]
    names += ["numPr", "numId", "ilvl", "pPr", "rPr", "tcPr", "lvl"]
    for _ in range(100):
        name = rng.choice(list(parts))
        content = parts[name]
        for _ in range(rng.randint(1, 4)):
            old, new = rng.sample(names, 2)
            content = re.sub(rf"(</?w:){old}(?=[ />])", rf"\g<1>{new}", content)
        content = content.replace('w:val="1"', f'w:val="{rng.choice(("-1", "", "x", "99999999999", "2"))}"')
        survives(changed(whole, name, content.encode()))
