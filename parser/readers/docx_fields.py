"""The fields of a Word paragraph: which words are a field's code and which its result, and which have no result."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from parser.readers.package import attribute, child, local, number

NO_RESULT_NOTE = "格中的域没有结果，显示的内容没有读，请看原文"
_SHOW_NOTHING = frozenset({"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "HYPERLINK", "FORMTEXT"})


@dataclass
class _Field:
    """An open field; ``choice`` is what its drop-down list shows, ``shown`` whether its result has words."""

    choice: str | None = None
    code: str = ""
    has_result: bool = False
    shown: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether Word shows something for it, and the file does not say what."""
        kind = (self.code.split() or [""])[0].upper()
        return not self.shown and self.choice is None and kind not in _SHOW_NOTHING


@dataclass
class Fields:
    """The fields that are open at a place in a paragraph."""

    _open: list[_Field] = field(default_factory=list)

    @property
    def are_shown(self) -> bool:
        """Whether words here belong to no field's code."""
        return all(one.has_result for one in self._open)

    def begin(self, start: etree._Element | None = None, code: str = "") -> None:
        """Open the field that the element begins, or one with this code whose result follows."""
        self._open.append(_Field(_choice(start), code, start is None))

    def tell(self, code: str) -> None:
        """Go on with the code of the innermost field."""
        if self._open:
            self._open[-1].code += code

    def separate(self) -> None:
        """Begin the result of the innermost field."""
        if self._open:
            self._open[-1].has_result = True

    def show(self) -> None:
        """Take note that words are written here."""
        for one in self._open:
            one.shown = True

    def end(self) -> tuple[str, bool]:
        """Close the innermost field; return what its list shows, and whether what it shows is not known."""
        ended = self._open.pop() if self._open else _Field(shown=True)
        return ("" if ended.shown else ended.choice or ""), ended.is_empty


def _choice(start: etree._Element | None) -> str | None:
    """Return the entry of a drop-down list in a form that is shown, None where the field is none."""
    entries = child(start, "ffData", "ddList")
    if entries is None:
        return None
    given = (attribute(child(entries, name)) for name in ("result", "default"))
    at = number(next((index for index in given if index is not None), None))
    texts = [attribute(item) or "" for item in entries if local(item) == "listEntry"]
    return texts[at] if 0 <= at < len(texts) else None
