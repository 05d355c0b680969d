"""A cell of a page's table becomes the words that a browser shows in it, and what is in doubt about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html

from parser.model.report import Doubt, Reason
from parser.readers.html_styles import Styles, is_hidden, own_style

SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "select", "button", "textarea",
    "svg", "iframe", "object",
})  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_APART = frozenset({"br", "p", "div", "li", "sup", "sub", "del", "s", "strike"})  # 3<sup>1</sup> is not 31
_CONTROLS = frozenset({"input", "select", "textarea"})
_PICTURES = frozenset({"img", "svg", "object", "canvas", "embed", "iframe", "video"})
_READINGS = frozenset({"rt", "rp", "rtc"})  # small signs above the words
_TYPED = frozenset({"text", "number", "search", "tel", "url", "email"})
_BOXES = frozenset({"checkbox", "radio"})
_DATA = re.compile(r"json|template|x-handlebars", re.IGNORECASE)  # scripts that nothing runs
_WORDS = re.compile(r"(?!万元)[\u3400-\u9fff]{2}")  # of a label; a figure has a unit at the most
_FIGURE = re.compile(r"-?\d[\d.,]*")
_SMALLEST = 3  # pixels: what is smaller keeps columns apart, or counts visitors

_PICTURE_NOTE = "格中是图片，读不出数，请看原文"
_BESIDE_NOTE = "格中除“{}”外还有图片，请看原文"
_SCRIPT_NOTE = "格中有脚本，所显示的数可能与读到的不同，请看原文"
_HIDDEN_NOTE = "格中的“{}”按网页的样式不显示，没有读入"
_FAINT_NOTE = "格中的“{}”在网页上多半看不见，请看原文"
_READING_NOTE = "格中的“{}”是上方的小字，没有读入"
_CHOICE_NOTE = "格中是选择框，读到的是它默认显示的一项，请看原文"
_BOX_NOTE = "格中是勾选框，不是数，请看原文"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows; ``lacks`` stands for what shows there and is no text, ``''`` if all of it is."""

    text: str
    doubts: tuple[Doubt, ...] = ()
    lacks: str = ""


def is_hidden_itself(element: html.HtmlElement) -> bool:
    """Return whether the element says of itself that it is not shown."""
    return element.get("hidden") is not None or is_hidden(own_style(element))


def cell_text(cell: html.HtmlElement) -> str:
    """Return the words that a browser shows in the element."""
    return read_cell(cell, Styles()).text


def read_cell(cell: html.HtmlElement, styles: Styles) -> Shown:
    """Return what a browser shows in the cell, with spaces around what stands apart from the words beside it."""
    reader = _Reader(styles)
    reader.inside(cell)
    text = reader.text()
    if _WORDS.search(text):
        return Shown(text)
    row = cell.getparent()
    for outer in (cell, *(() if row is None else (row,))):
        if text and (styles.hides(outer) or styles.conceals(outer)):
            reader.notes.append(_FAINT_NOTE.format(text))
    if reader.pictures:
        reader.notes.append(_BESIDE_NOTE.format(text) if text else _PICTURE_NOTE)
    doubts = tuple(Doubt(Reason.LOW_CONFIDENCE, note) for note in dict.fromkeys(reader.notes))
    if text or not (reader.pictures or reader.has_script):
        return Shown(text, doubts)
    figure = next(filter(None, reader.pictures), "")
    return Shown(text, doubts, (f"［图片：{figure}］" if figure else "［图片］") if reader.pictures else "［脚本］")


@dataclass
class _Reader:
    styles: Styles
    parts: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # of each the figure that it is said to show, or ''
    notes: list[str] = field(default_factory=list)
    has_script: bool = False

    def text(self) -> str:
        return _SPACES.sub(" ", "".join(self.parts)).strip()

    def inside(self, element: html.HtmlElement) -> None:
        self.parts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not is_hidden_itself(child):
                self._element(child)
            self.parts.append(child.tail or "")

    def _element(self, element: html.HtmlElement) -> None:
        if element.tag == "script":
            self._script(element)
        elif element.tag in _READINGS or (element.tag not in _PICTURES and self.styles.hides(element)):
            self._left_out(element)
        elif element.tag in _CONTROLS:
            self._control(element)
        elif element.tag in _PICTURES:
            self._picture(element)
        elif element.tag not in SKIPPED:
            self._words(element)

    def _words(self, element: html.HtmlElement) -> None:
        is_faint = self.styles.conceals(element)
        space = " " if is_faint or element.tag in _APART or self.styles.stands_apart(element) else ""
        words = _said(element)
        if is_faint and words:
            self.notes.append(_FAINT_NOTE.format(words))
        self.parts.append(space)
        self.inside(element)
        self.parts.append(space)

    def _left_out(self, element: html.HtmlElement) -> None:
        words = _said(element)
        if words:
            note = _READING_NOTE if element.tag in _READINGS else _HIDDEN_NOTE
            self.notes.append(note.format(words))

    def _script(self, element: html.HtmlElement) -> None:
        is_run = _DATA.search(element.get("type") or "") is None and (element.text or element.get("src"))
        if is_run:
            self.has_script = True
            self.notes.append(_SCRIPT_NOTE)

    def _control(self, element: html.HtmlElement) -> None:
        kind = (element.get("type") or "text").lower()
        if element.tag == "select":
            self._choice(element)
        elif element.tag == "textarea":
            self.parts.append(f" {element.text or ''} ")
        elif kind in _TYPED:
            self.parts.append(element.get("value") or "")
        elif kind in _BOXES:
            self.notes.append(_BOX_NOTE)
        elif kind == "image":
            self._picture(element)

    def _choice(self, element: html.HtmlElement) -> None:
        """Write the choice that is shown: the last one marked so, else the first one."""
        choices = list(element.iter("option"))
        chosen = [choice for choice in choices if choice.get("selected") is not None]
        if choices and not chosen:
            self.notes.append(_CHOICE_NOTE)
        for choice in chosen[-1:] or choices[:1]:
            self.parts.append(f" {choice.text or ''} ")

    def _picture(self, element: html.HtmlElement) -> None:
        declared = self.styles.of(element)
        sizes = [element.get(side) or declared.get(side) or "" for side in ("width", "height")]
        if is_hidden(declared) or any(re.fullmatch(rf"[0-{_SMALLEST - 1}](?:px)?", size) for size in sizes):
            return
        said = _SPACES.sub("", element.get("alt") or "")
        self.pictures.append(said if _FIGURE.fullmatch(said) else "")


def _said(element: html.HtmlElement) -> str:
    return _SPACES.sub(" ", "".join(element.itertext())).strip()
