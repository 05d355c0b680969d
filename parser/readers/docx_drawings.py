"""A drawing or embedded object in a Word document: the text boxes and lettering in it, and whether it is a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from parser.readers.package import attribute, local

DRAWINGS = frozenset({"drawing", "pict", "object"})
INLINE_NOTE = "格中有图片，图片中的内容没有读，请看原文"
FLOATING_NOTE = "格上浮着图片，图片中的内容没有读，请看原文"
_PICTURES = frozenset({"blip", "imagedata", "chart", "relIds", "contentPart", "OLEObject", "control"})


@dataclass
class Drawing:
    """What a drawing holds; ``note`` says so in words if there is a picture in it, which nobody reads here."""

    boxes: list[etree._Element] = field(default_factory=list)
    lettering: str = ""
    note: str | None = None


def read_drawing(element: etree._Element) -> Drawing:
    """Return the text boxes of a drawing, the words drawn as a shape, and whether there is a picture; hidden: none."""
    drawing = Drawing()
    if any(local(item) == "docPr" and attribute(item, "hidden") in ("1", "true") for item in element.iter()):
        return drawing
    skipped: set[etree._Element] = set()
    for item in element.iter():
        name = local(item)
        if item in skipped or any(parent in skipped for parent in item.iterancestors()):
            continue
        if name == "txbxContent":
            drawing.boxes.append(item)
            skipped.add(item)
        elif name == "AlternateContent":
            kept = chosen(item)
            skipped.update(form for form in item if form is not kept)
        elif name == "textpath":
            drawing.lettering += attribute(item, "string") or ""
        elif name in _PICTURES:
            drawing.note = FLOATING_NOTE if _floats(element) else INLINE_NOTE
    return drawing


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return the one of several forms of the same content (mc:AlternateContent) that is shown."""
    forms = [form for form in alternatives if local(form) in ("Choice", "Fallback")]
    with_text = (form for form in forms if any(local(item) == "txbxContent" for item in form.iter()))
    return next(with_text, forms[0] if forms else None)


def _floats(drawing: etree._Element) -> bool:
    """Whether the drawing is only anchored here, and may be shown elsewhere: a seal."""
    styles = (attribute(item, "style") or "" for item in drawing.iter())
    is_absolute = any("position:absolute" in style.replace(" ", "") for style in styles)
    return is_absolute or any(local(item) == "anchor" for item in drawing)
