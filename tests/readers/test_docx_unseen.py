"""What is seen in a cell of a Word document, and its words do not tell, is doubted and never left out in silence."""

from __future__ import annotations

import io
import zipfile

import pytest

from parser.extract.report import extract
from parser.model.report import CellKey, State
from parser.readers.docx import read_docx
from parser.readers.docx_drawings import FLOATING_NOTE, INLINE_NOTE
from parser.readers.docx_fields import NO_RESULT_NOTE
from parser.readers.docx_words import PROMPT_NOTE, RAISED_NOTE, STRUCK_NOTE
from tests.extract.snippets import PROACTIVE_2021, REMEDIES
from tests.generator.word import cell, document, paragraph, result, run, table, text_box
from tests.readers.parts import changed

BLIP = '<a:graphic><a:graphicData><a:blip r:embed="rId9"/></a:graphicData></a:graphic>'
INLINE = f"<w:r><w:drawing><wp:inline>{BLIP}</wp:inline></w:drawing></w:r>"
FLOATING = INLINE.replace("wp:inline", "wp:anchor")
SHAPE = '<w:r><w:pict><v:shape style="width:20pt;{}"><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>'
OBJECT = SHAPE.format("").replace("w:pict", "w:object")
RAISED = '<w:vertAlign w:val="superscript"/>'
BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
STYLES = (
    '<w:style w:type="character" w:styleId="Raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Note"><w:basedOn w:val="Raised"/></w:style>'
    '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
)


def styled(body: str) -> bytes:
    data = document(body)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml")
    return changed(data, "word/styles.xml", styles.replace(b"</w:styles>", f"{STYLES}</w:styles>".encode()))


def seen(inside: str) -> tuple[str, list[str]]:
    """Return the text of a cell that holds these runs, and what is doubtful about it."""
    return seen_in(cell(paragraph(inside)))


def seen_in(written: str) -> tuple[str, list[str]]:
    found = read_docx(styled(table([cell(paragraph(run("行政许可"))) + written])), "报告.docx", "0")
    pieces = [piece for piece in found.pieces if piece.bounded]
    assert [piece.column for piece in pieces] == [0, 1]
    return pieces[1].text, [doubt.note for doubt in found.doubts.get(pieces[1].place, ())]


def drop_down(*entries: str, chosen: str = "", code: str = "FORMDROPDOWN") -> str:
    listed = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    data = f"<w:ffData><w:ddList>{chosen}{listed}</w:ddList></w:ffData>"
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{END}"


def code(words: str) -> str:
    return f"{BEGIN}<w:r><w:instrText> {words} </w:instrText></w:r>{END}"


@pytest.mark.parametrize("picture", [INLINE, SHAPE.format(""), OBJECT])
def test_a_picture_in_a_cell_is_doubted_beside_a_figure_too(picture: str) -> None:
    assert seen(picture) == ("", [INLINE_NOTE])
    assert seen(run("12") + picture) == ("12", [INLINE_NOTE])


@pytest.mark.parametrize("picture", [FLOATING, SHAPE.format("position: absolute")])
def test_a_floating_picture_is_doubted_only_where_nothing_else_stands(picture: str) -> None:
    assert seen(picture) == ("", [FLOATING_NOTE])
    assert seen(run("12") + picture) == ("12", [])


def test_a_picture_in_one_of_several_paragraphs_is_doubted() -> None:
    assert seen_in(cell(paragraph("") + paragraph(INLINE) + paragraph(""))) == ("", [INLINE_NOTE])


def test_lines_boxes_and_hidden_pictures_are_no_pictures() -> None:
    line = '<w:r><w:pict><v:line from="0,0" to="9,9"/></w:pict></w:r>'
    hidden = INLINE.replace("<wp:inline>", '<wp:inline><wp:docPr hidden="1"/>')
    assert seen(line) == seen(hidden) == ("", [])
    assert seen(text_box(paragraph(run("12")))) == ("12", [])


@pytest.mark.parametrize("mark", [RAISED, '<w:rStyle w:val="Raised"/>', '<w:rStyle w:val="Note"/>'])
def test_a_mark_raised_by_whatever_style_is_no_digit(mark: str) -> None:
    assert seen(run("12") + run("1", mark)) == ("12 1", [RAISED_NOTE])
    assert seen(run("3", mark)) == ("3", [RAISED_NOTE])


def test_what_is_set_beside_its_style_is_as_set() -> None:
    assert seen(run("12") + run("1", '<w:rStyle w:val="Note"/><w:vertAlign w:val="baseline"/>')) == ("121", [])


def test_a_mark_moved_up_is_no_digit_and_a_cell_moved_up_is_as_any() -> None:
    up = '<w:position w:val="6"/>'
    assert seen(run("12") + run("1", up)) == ("12 1", [])
    assert seen(run("1", up) + run("2", up)) == ("12", [])
    assert seen(run("1", '<w:position w:val="0"/>') + run("2")) == ("12", [])


def test_the_writers_own_mark_of_a_note_is_no_digit() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    assert seen(run("12") + own) == ("12 1", [RAISED_NOTE])
    assert seen(own) == ("1", [RAISED_NOTE])
    assert seen(run("12") + '<w:r><w:footnoteReference w:id="2"/></w:r>') == ("12", [])


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Struck"/>'])
def test_what_is_struck_out_is_doubted_by_whatever_style(mark: str) -> None:
    assert seen(run("3", mark) + run("12")) == ("3 12", [STRUCK_NOTE])
    assert seen(run("3", mark)) == ("3", [STRUCK_NOTE])
    assert seen(run("3", '<w:rStyle w:val="Struck"/><w:strike w:val="0"/>')) == ("3", [])


@pytest.mark.parametrize("words", ["=SUM(A1:A12)", r"eq \o\ac(○,3)", r"SYMBOL 51 \f Symbol", ""])
def test_a_field_without_a_result_is_doubted(words: str) -> None:
    assert seen(code(words)) == ("", [NO_RESULT_NOTE])
    assert seen(result("", words)) == ("", [NO_RESULT_NOTE])
    assert seen(f'<w:fldSimple w:instr="{words}"/>') == ("", [NO_RESULT_NOTE])
    assert seen(result(run("3"), words)) == ("3", [])


def test_a_field_never_closed_is_doubted() -> None:
    assert seen(BEGIN + run("8")) == ("", [NO_RESULT_NOTE])


def test_fields_that_show_nothing_are_no_doubt() -> None:
    hidden = code("=A1").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    assert seen(code("XE 词条") + hidden + result("", "FORMTEXT")) == ("", [])


def test_of_a_drop_down_list_the_choice_shows() -> None:
    assert seen(drop_down("0", "12", "3", chosen='<w:result w:val="1"/>')) == ("12", [])
    assert seen(drop_down("0", "12", "3", chosen='<w:default w:val="2"/>')) == ("3", [])
    assert seen(drop_down("0", "12")) == ("0", [])
    assert seen(drop_down(chosen='<w:result w:val="1"/>')) == ("", [NO_RESULT_NOTE])


def test_a_prompt_not_yet_filled_in_is_doubted_wherever_its_control_stands() -> None:
    words = run("单击此处输入文字")
    assert seen(PROMPT.format(words)) == ("", [PROMPT_NOTE])
    assert seen_in(cell(PROMPT.format(paragraph(words)))) == ("", [PROMPT_NOTE])
    assert seen_in(PROMPT.format(cell(paragraph(words)))) == ("", [PROMPT_NOTE])
    assert seen(PROMPT.format(run("   "))) == ("", [])
    assert seen(PROMPT.format(run("0"))) == ("0", [])


def test_the_cell_of_the_form_is_unread_where_only_a_picture_stands_and_doubtful_beside_one() -> None:
    pictures = {"37": INLINE, "4": run("4") + INLINE, "186": run("186") + FLOATING}
    lines = (line.split("\t") for line in f"{PROACTIVE_2021}\n{REMEDIES}".split("\n"))
    rows = ["".join(cell(paragraph(pictures.get(text, run(text)))) for text in line) for line in lines]
    cells = extract(read_docx(document(table(rows)), "报告.docx", "0")).cells
    licensing, penalty, compulsion = (
        cells[CellKey("proactive", f"administrative_{row}", "decisions")]
        for row in ("licensing", "penalty", "compulsion")
    )
    assert (licensing.shown, licensing.doubts) == ("186", ())
    assert (penalty.state, [doubt.note for doubt in penalty.doubts]) == (State.UNREADABLE, [INLINE_NOTE])
    assert (compulsion.shown, [doubt.note for doubt in compulsion.doubts]) == ("4", [INLINE_NOTE])
