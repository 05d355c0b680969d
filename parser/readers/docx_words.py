"""A paragraph of a Word document becomes the words that a reader of the page sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from parser.readers.docx_drawings import DRAWINGS, chosen, read_drawing
from parser.readers.docx_fields import NO_RESULT_NOTE, Fields
from parser.readers.docx_styles import Styles
from parser.readers.package import attribute, child, is_on, local, number

_SKIPPED = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "del", "moveFrom", "delText",
    "delInstrText", "fldData", "ffData", "footnoteReference", "endnoteReference", "commentReference", "annotationRef",
    "footnoteRef", "endnoteRef", "rt", "softHyphen", "lastRenderedPageBreak", "pgNum",
})  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = ("footnoteReference", "endnoteReference")
PROMPT_NOTE = "格中只有尚未填写的提示文字，没有数"
RAISED_NOTE = "格中有上标或下标，可能是注码，请看原文"
STRUCK_NOTE = "格中有划去的字，请看原文"
_WHITE = re.compile(r"[ \t\r\n]+")
_DIGIT = re.compile(r"\d")


@dataclass
class Words:
    """What stands in one paragraph; ``boxes`` are the contents of text boxes anchored in it.

    ``notes`` say what a reader of the page sees there, and the text does not tell.
    """

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def words(paragraph: etree._Element, styles: Styles) -> Words:
    """Return what the paragraph shows: without deletions, hidden words, field codes, notes and comments."""
    reader = _Reader(styles, attribute(child(paragraph, "pPr", "pStyle")))
    reader.is_prompt = any(local(above) == "sdt" and _is_unfilled(above) for above in paragraph.iterancestors())
    reader.walk(paragraph)
    reader.finish()
    return Words("".join(reader.parts), reader.boxes, tuple(reader.notes))


def runs_on(properties: etree._Element | None) -> bool:
    """Return whether a paragraph with these properties (w:pPr) runs on into the next: its mark is deleted or hidden."""
    mark = child(properties, "rPr")
    deleted = child(mark, "del") is not None or child(mark, "moveFrom") is not None
    return deleted or is_on(child(mark, "vanish")) or is_on(child(mark, "specVanish"))


def control_content(control: etree._Element) -> etree._Element | None:
    """Return the content of a content control (w:sdt), None for a table of contents."""
    if attribute(child(control, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents":
        return None
    return child(control, "sdtContent")


def _is_unfilled(control: etree._Element) -> bool:
    """Whether a content control shows the prompt that asks to fill it in; one with digits may be a figure."""
    content = child(control, "sdtContent")
    if content is None or not is_on(child(control, "sdtPr", "showingPlcHdr")):
        return False
    return not _DIGIT.search("".join(item.text or "" for item in content.iter() if local(item) == "t"))


@dataclass
class _Reader:
    styles: Styles
    style: str | None
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    notes: dict[str, None] = field(default_factory=dict)
    look: tuple[bool, bool] = (False, False)  # raised or lowered, struck out
    is_prompt: bool = False  # within a content control not yet filled in

    def walk(self, element: etree._Element) -> None:
        for item in element:
            name = local(item)
            if name in _SKIPPED:
                continue
            if name == "r" and self._is_hidden(item):
                self._keep_fields(item)
            elif name in DRAWINGS:
                self._drawing(item)
            elif name == "txbxContent":
                self.boxes.append(item)
            elif not (self._wrapper(item, name) or self._field(item, name) or self._sign(item, name)):
                self.walk(item)

    def finish(self) -> None:
        """Note a field that has shown nothing to the paragraph's end."""
        if not self.fields.are_shown:
            self._note(NO_RESULT_NOTE)

    def _wrapper(self, item: etree._Element, name: str) -> bool:
        """Read what an element wraps of which not all is shown; return whether it was one."""
        if name not in ("AlternateContent", "sdt"):
            return False
        content = chosen(item) if name == "AlternateContent" else control_content(item)
        if content is not None:
            before = self.is_prompt
            self.is_prompt = before or (name == "sdt" and _is_unfilled(item))
            self.walk(content)
            self.is_prompt = before
        return True

    def _sign(self, item: etree._Element, name: str) -> bool:
        """Write what stands for characters; return whether the element was that."""
        if name == "t":
            self._write(_WHITE.sub(" ", item.text or ""), item)
        elif name in _SIGNS:
            self._write(_SIGNS[name], item)
        elif name == "sym":
            self._write(_symbol(item), item)
        else:
            return False
        return True

    def _write(self, text: str, item: etree._Element) -> None:
        if not self.fields.are_shown or not text:
            return
        if text.strip():
            self.fields.show()
        if self.is_prompt:
            if text.strip():
                self._note(PROMPT_NOTE)
            return
        look = self._look(item, is_word=bool(text.strip()))
        if look != self.look:  # 3 and a raised 1 are not 31
            self.parts.append(" ")
            self.look = look
        self.parts.append(text)

    def _note(self, note: str) -> None:
        self.notes[note] = None

    def _field(self, item: etree._Element, name: str) -> bool:
        """Follow where fields begin and end; return whether the element is part of one."""
        if name == "fldSimple":
            self.fields.begin(code=attribute(item, "instr") or "")
            self.walk(item)
            self._end_field(item)
        elif name == "instrText":
            self.fields.tell(item.text or "")
        elif name == "fldChar":
            kind = attribute(item, "fldCharType")
            if kind == "begin":
                self.fields.begin(item)
            elif kind == "separate":
                self.fields.separate()
            elif kind == "end":
                self._end_field(item)
        else:
            return False
        return True

    def _end_field(self, item: etree._Element) -> None:
        choice, is_unknown = self.fields.end()
        self._write(choice, item)
        if is_unknown and self.fields.are_shown:
            self._note(NO_RESULT_NOTE)

    def _keep_fields(self, run: etree._Element) -> None:
        """Follow the fields through a hidden run."""
        notes = dict(self.notes)
        for item in run:
            if local(item) in ("fldChar", "instrText"):
                self._field(item, local(item))
        self.notes = notes

    def _is_hidden(self, run: etree._Element) -> bool:
        return is_on(self._given(run, "vanish"))

    def _given(self, run: etree._Element | None, name: str) -> etree._Element | None:
        """Return the property of the run: its own, or that of its style, or else of its paragraph's."""
        properties = child(run, "rPr")
        own = child(properties, name)
        if own is None:
            own = self.styles.look(attribute(child(properties, "rStyle")), name)
        return own if own is not None else self.styles.look(self.style, name)

    def _look(self, item: etree._Element, *, is_word: bool) -> tuple[bool, bool]:
        """Return how the words are set; note what may be no part of the figure: a whole cell may stand a bit higher."""
        run = item.getparent()
        is_mark = attribute(self._given(run, "vertAlign")) in ("superscript", "subscript") or _has_own_mark(run)
        is_struck = is_on(self._given(run, "strike")) or is_on(self._given(run, "dstrike"))
        if is_mark and is_word:
            self._note(RAISED_NOTE)
        if is_struck and is_word:
            self._note(STRUCK_NOTE)
        return is_mark or number(attribute(self._given(run, "position"))) > 0, is_struck

    def _drawing(self, element: etree._Element) -> None:
        """Keep the text boxes of a drawing, and the words of lettering drawn as a shape."""
        drawing = read_drawing(element)
        self.boxes += drawing.boxes
        self.parts.append(drawing.lettering)
        if drawing.note:
            self._note(drawing.note)


def _has_own_mark(run: etree._Element | None) -> bool:
    """Whether the run is the mark of a note that the writer chose, which stands for the automatic one."""
    notes = (item for item in (() if run is None else run) if local(item) in _NOTES)
    return any(attribute(item, "customMarkFollows") in ("1", "true", "on") for item in notes)


def _symbol(item: etree._Element) -> str:
    """Return the character of a symbol font; digits of the font Symbol are digits, others stay private characters."""
    try:
        code = int(attribute(item, "char") or "", 16)
    except ValueError:
        return ""
    plain = (attribute(item, "font") or "").lower() == "symbol" and 0xF020 <= code <= 0xF07E
    code = code - 0xF000 if plain else code
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x10FFFF else ""
