"""A paragraph of a Word document becomes the words that a reader of the page sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from parser.readers.docx_styles import Styles
from parser.readers.package import attribute, child, is_on, local

_SKIPPED = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "del", "moveFrom", "delText", "instrText",
    "delInstrText", "fldData", "ffData", "footnoteReference", "endnoteReference", "commentReference", "annotationRef",
    "footnoteRef", "endnoteRef", "rt", "softHyphen", "lastRenderedPageBreak", "pgNum",
})  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset({"drawing", "pict", "object"})
_WHITE = re.compile(r"[ \t\r\n]+")
_DIGIT = re.compile(r"\d")


@dataclass
class Words:
    """What stands in one paragraph; ``boxes`` are the contents of text boxes anchored in it."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)


def words(paragraph: etree._Element, styles: Styles) -> Words:
    """Return what the paragraph shows: without deletions, hidden words, field codes, notes and comments."""
    reader = _Reader(styles, attribute(child(paragraph, "pPr", "pStyle")))
    reader.walk(paragraph)
    return Words("".join(reader.parts), reader.boxes)


def runs_on(properties: etree._Element | None) -> bool:
    """Return whether a paragraph with these properties (w:pPr) runs on into the next: its mark is deleted or hidden."""
    mark = child(properties, "rPr")
    deleted = child(mark, "del") is not None or child(mark, "moveFrom") is not None
    return deleted or is_on(child(mark, "vanish")) or is_on(child(mark, "specVanish"))


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return the one of several forms of the same content (mc:AlternateContent) that is shown."""
    forms = [form for form in alternatives if local(form) in ("Choice", "Fallback")]
    with_text = (form for form in forms if any(local(item) == "txbxContent" for item in form.iter()))
    return next(with_text, forms[0] if forms else None)


def control_content(control: etree._Element) -> etree._Element | None:
    """Return the content of a content control (w:sdt), None for a table of contents or a prompt not yet filled in."""
    properties = child(control, "sdtPr")
    content = child(control, "sdtContent")
    if attribute(child(properties, "docPartObj", "docPartGallery")) == "Table of Contents":
        return None
    if content is not None and is_on(child(properties, "showingPlcHdr")):
        prompt = "".join(item.text or "" for item in content.iter() if local(item) == "t")
        return content if _DIGIT.search(prompt) else None
    return content


@dataclass
class _Reader:
    styles: Styles
    style: str | None
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # of each open field whether its result has begun
    look: tuple[bool, bool] = (False, False)  # raised or lowered, struck out

    def walk(self, element: etree._Element) -> None:
        for item in element:
            name = local(item)
            if name in _SKIPPED:
                continue
            if name == "r" and self._is_hidden(item):
                self._keep_fields(item)
            elif name in _PICTURES:
                self._picture(item)
            elif name in ("AlternateContent", "sdt"):
                content = chosen(item) if name == "AlternateContent" else control_content(item)
                if content is not None:
                    self.walk(content)
            elif name == "txbxContent":
                self.boxes.append(item)
            elif name == "fldChar":
                self._field(attribute(item, "fldCharType"))
            elif not self._sign(item, name):
                self.walk(item)

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
        if not all(self.fields) or not text:
            return
        look = _look(item.getparent())
        if look != self.look:  # 3 and a raised 1 are not 31
            self.parts.append(" ")
            self.look = look
        self.parts.append(text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _keep_fields(self, run: etree._Element) -> None:
        for item in run:
            if local(item) == "fldChar":
                self._field(attribute(item, "fldCharType"))

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = child(run, "rPr")
        switch = child(properties, "vanish")
        if switch is not None:
            return is_on(switch)
        own = attribute(child(properties, "rStyle"))
        return self.styles.hides(own) or self.styles.hides(self.style)

    def _picture(self, picture: etree._Element) -> None:
        """Keep the text boxes of a drawing, and the words of lettering drawn as a shape."""
        if any(local(item) == "docPr" and attribute(item, "hidden") in ("1", "true") for item in picture.iter()):
            return
        skipped: set[etree._Element] = set()
        for item in picture.iter():
            if item in skipped or any(parent in skipped for parent in item.iterancestors()):
                continue
            if local(item) == "txbxContent":
                self.boxes.append(item)
                skipped.add(item)
            elif local(item) == "AlternateContent":
                kept = chosen(item)
                skipped.update(form for form in item if form is not kept)
            elif local(item) == "textpath":
                self.parts.append(attribute(item, "string") or "")


def _look(run: etree._Element | None) -> tuple[bool, bool]:
    properties = child(run, "rPr")
    raised = attribute(child(properties, "vertAlign")) in ("superscript", "subscript")
    return raised, is_on(child(properties, "strike")) or is_on(child(properties, "dstrike"))


def _symbol(item: etree._Element) -> str:
    """Return the character of a symbol font; digits of the font Symbol are digits, others stay private characters."""
    try:
        code = int(attribute(item, "char") or "", 16)
    except ValueError:
        return ""
    plain = (attribute(item, "font") or "").lower() == "symbol" and 0xF020 <= code <= 0xF07E
    code = code - 0xF000 if plain else code
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x10FFFF else ""
