"""A seed becomes a filled form as a Word document, with the habits of real ones: split tables, numbering, revisions."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.generator.filled import Filled, filled
from tests.generator.model import Sheet, SheetRow, Slot, Truth
from tests.generator.sheets import height

HABITS = (
    "split", "header_again", "numbered_headings", "numbered_labels", "revisions", "controls", "hidden", "notes",
    "fields", "framed", "title_box", "scattered_runs",
)  # fmt: skip
_PAGE = 8640  # its width in twentieths of a point
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CENTRED = '<w:jc w:val="center"/>'
_LIST = 77  # ids that the template of python-docx does not use
_NOTHING = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>88</w:t></w:r>"


@dataclass(frozen=True)
class WordCase:
    """A generated document: its bytes, its truth and the habits it shows."""

    seed: int
    data: bytes
    truth: Truth
    habits: tuple[str, ...]


def word_case(seed: int, form: str | None = None, habits: Sequence[str] | None = None) -> WordCase:
    """Return the Word document of ``seed``; ``habits`` from HABITS, by default the seed picks some."""
    report = filled(seed, form)
    rng = random.Random(f"word {seed}")
    chosen = tuple(h for h in HABITS if rng.random() < 0.35) if habits is None else tuple(habits)
    return WordCase(seed, _Writer(report, rng, frozenset(chosen)).document(), report.truth, chosen)


def run(text: str, properties: str = "") -> str:
    """Return a run of text as XML; a line break in it is a manual one."""
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph as XML around runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def numbered(list_id: int, level: int = 0) -> str:
    """Return the property that numbers a paragraph automatically."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def cell(content: str, span: int = 1, merge: str = "", unit: int = _PAGE // 10) -> str:
    """Return a table cell as XML around blocks; ``merge`` is '', 'restart' or 'continue'."""
    properties = f'<w:tcW w:w="{unit * span}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(rows: Sequence[str], columns: int = 10) -> str:
    """Return a table as XML around rows of cells."""
    grid = f'<w:gridCol w:w="{_PAGE // columns}"/>' * columns
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
    layout = f'<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    return f"<w:tbl>{layout}<w:tblGrid>{grid}</w:tblGrid>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def document(body: str, lists: Sequence[tuple[int, str]] = ()) -> bytes:
    """Return a docx file with this body; ``lists`` are ids and the levels of their numbering as XML."""
    made = docx.Document()
    element = made.element.body
    for old in list(element)[:-1]:
        element.remove(old)
    for item in parse_xml(f"<w:body {_NAMESPACES}>{body}</w:body>"):
        element.insert(len(element) - 1, item)
    numbering = made.part.numbering_part.element
    for list_id, levels in lists:
        number = f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'
        scheme = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">{levels}</w:abstractNum>'
        numbering.insert(0, parse_xml(scheme))
        numbering.append(parse_xml(number))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def level(form: str, pattern: str, depth: int = 0, extra: str = "") -> str:
    """Return the definition of one level of numbering as XML."""
    inner = (
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:suff w:val="nothing"/><w:lvlText w:val="{pattern}"/>'
    )
    return f'<w:lvl w:ilvl="{depth}">{inner}</w:lvl>'


_NAMESPACES = (
    nsdecls("w", "wp", "r", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def text_box(content: str) -> str:
    """Return a run with a text box as Word writes it: once for new programs and once again for old ones."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    graphic = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    new = f"<w:drawing><wp:inline>{graphic}</wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    forms = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>"


def result(runs: str, code: str = "=SUM(LEFT)") -> str:
    """Return runs as the result of a field."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{separate}{runs}{end}"


class _Writer:
    def __init__(self, report: Filled, rng: random.Random, habits: frozenset[str]) -> None:
        self._report, self._rng, self._habits = report, rng, habits
        self._lists: list[tuple[int, str]] = [(_LIST, level("chineseCountingThousand", "%1、"))]

    def document(self) -> bytes:
        draft = self._report.draft
        title = "".join(paragraph(run(line, "<w:b/>"), _CENTRED) for line in draft.head)
        body = paragraph(text_box(title)) if "title_box" in self._habits else title
        body += "".join(self._prose(text) for text in draft.intro)
        for section in draft.sections:
            body += self._heading(section.heading)
            texts = ([section.remark] if section.remark else []) + section.paragraphs
            body += "".join(self._prose(text) for text in texts)
            if section.table:
                body += self._tables(draft.sheets[section.table])
        body += "".join(paragraph(run(line)) for line in draft.tail)
        if "framed" in self._habits:
            body = table([cell(body)])
        return document(body, self._lists)

    def _heading(self, text: str) -> str:
        if "numbered_headings" in self._habits:
            return paragraph(run(text.partition("、")[2]), numbered(_LIST))
        return paragraph(run(text))

    def _prose(self, text: str) -> str:
        if "notes" in self._habits:
            text_run = run(text) + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            return paragraph(text_run)
        return paragraph(run("　　" + text))

    def _tables(self, sheet: Sheet) -> str:
        rows = [self._row(sheet, row) for row in sheet.rows]
        heads = next((n for n, row in enumerate(sheet.rows) if row.kind == "data"), 0)
        if "split" not in self._habits or len(rows) < heads + 3:
            return table(rows, sheet.width)
        cut = self._rng.randrange(heads + 1, len(rows))
        again = rows[:heads] if "header_again" in self._habits and sheet.key == "applications" else []
        page_end = paragraph('<w:r><w:br w:type="page"/></w:r>')
        between = self._rng.choice((page_end, page_end, paragraph(""), ""))
        return table(rows[:cut], sheet.width) + between + table(again + rows[cut:], sheet.width)

    def _row(self, sheet: Sheet, row: SheetRow) -> str:
        cells = {slot.column: self._slot(sheet, row, slot) for slot in row.slots}
        for column, span in self._merged_above(sheet, row):
            cells[column] = cell(paragraph(""), span, "continue", _PAGE // sheet.width)
        return "".join(cells[column] for column in sorted(cells))

    def _merged_above(self, sheet: Sheet, row: SheetRow) -> list[tuple[int, int]]:
        number = sheet.rows.index(row)
        return [
            (slot.column, slot.span)
            for index, above in enumerate(sheet.rows[:number])
            for slot in above.slots
            if slot.column in row.covered and index + height(sheet, above, slot) > number
        ]

    def _slot(self, sheet: Sheet, row: SheetRow, slot: Slot) -> str:
        merge = "restart" if height(sheet, row, slot) > 1 else ""
        content = paragraph(self._value(slot.text), _CENTRED) if slot.role == "value" else self._label(sheet, row, slot)
        if "controls" in self._habits and slot.role == "value":
            content = f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        made = cell(content, slot.span, merge, _PAGE // sheet.width)
        if "controls" in self._habits and self._rng.random() < 0.1:
            return f"<w:sdt><w:sdtContent>{made}</w:sdtContent></w:sdt>"
        return made

    def _label(self, sheet: Sheet, row: SheetRow, slot: Slot) -> str:
        mark, dot, text = slot.text.partition(".")
        if "numbered_labels" in self._habits and dot and mark.isdigit():
            first = mark == "1"
            list_id = self._lists[-1][0] + first
            if first:
                self._lists.append((list_id, level("decimal", "%1.")))
            return paragraph(run(text), numbered(list_id))
        return "".join(paragraph(run(line)) for line in slot.text.split("\n"))

    def _value(self, text: str) -> str:
        """Return the runs of a value, perhaps wrapped in what does not show."""
        rng, habits = self._rng, self._habits
        runs = run(text) if text else ""
        if "scattered_runs" in habits and len(text) > 1:
            runs = "".join(run(sign, "<w:b/>" if n % 2 else "") for n, sign in enumerate(text))
        if "fields" in habits and text and rng.random() < 0.3:
            runs = result(runs)
        if "revisions" in habits and rng.random() < 0.3:
            old = '<w:del w:id="9" w:author="甲"><w:r><w:delText>97</w:delText></w:r></w:del>'
            runs = f'{old}<w:ins w:id="8" w:author="甲">{runs}</w:ins>' if runs else old
        if "hidden" in habits and rng.random() < 0.3:
            runs += _NOTHING
        if "notes" in habits and rng.random() < 0.2:
            runs += '<w:r><w:commentReference w:id="3"/></w:r>'
        return runs
