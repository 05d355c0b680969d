"""What the styles of a Word document say about its paragraphs and words: hidden, numbered, a table of contents."""

from __future__ import annotations

from lxml import etree

from parser.readers.package import attribute, child, local

_DEEPEST = 20  # a chain of styles longer than this runs in a circle


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the style definitions (styles.xml)."""
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        for item in () if root is None else root:
            if local(item) == "style":
                key = attribute(item, "styleId") or ""
                self._styles[key] = item
                if attribute(item, "type") == "paragraph" and attribute(item, "default") in ("1", "true", "on"):
                    self._default = key

    def look(self, key: str | None, name: str) -> etree._Element | None:
        """Return the property of that name (``vanish``, ``vertAlign``) that the style gives its words."""
        given = (child(style, "rPr", name) for style in self._chain(key))
        return next((item for item in given if item is not None), None)

    def is_contents(self, key: str | None) -> bool:
        """Return whether paragraphs of the style are lines of a table of contents."""
        name = attribute(child(self._styles.get(key or ""), "name")) or key or ""
        return name.lower().replace(" ", "").rstrip("0123456789") == "toc" and name.lower() != "toc"

    def numbering(self, key: str | None) -> tuple[str | None, str | None, str | None]:
        """Return the list id and depth that a paragraph's style gives it, and the style that says so."""
        for style in self._chain(key or self._default):
            numbered = child(style, "pPr", "numPr")
            list_id = attribute(child(numbered, "numId"))
            if list_id is not None:
                return list_id, attribute(child(numbered, "ilvl")), attribute(style, "styleId")
        return None, None, None

    def _chain(self, key: str | None) -> list[etree._Element]:
        """Return the style and those it is based on."""
        chain: list[etree._Element] = []
        while key in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[key])
            key = attribute(child(chain[-1], "basedOn"))
        return chain
