"""Layouts that come from pages: text of a PDF, and a saved web page."""

from __future__ import annotations

import html
import random

from tests.generator.layout_tabs import inline, spaced
from tests.generator.model import Sheet, SheetRow, Slot
from tests.generator.sheets import height

STACKED_HEAD = [
    "行政复议 行政诉讼",
    "未经复议直接起诉 复议后起诉",
    "结 结 其 尚",
    "结 结 其 尚 结 结 其 尚",
    "果 果 他 未",
    "总计 果 果 他 未 总 果 果 他 未 总",
    "维 纠 结 审",
    "维 纠 结 审 计 维 纠 结 审 计",
    "持 正 果 结",
    "持 正 果 结 持 正 果 结",
]


def pdf_text(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """The values of a row on one line, wrapped labels above and below them, vertical groups scattered (淮安)."""
    if sheet.key == "remedies" and rng.random() < 0.6:
        cut = rng.choice((0, 0, 5))  # the groups stand on lines of their own
        return [list(STACKED_HEAD), *(_in_two(_values(row), cut) for row in sheet.rows if row.kind == "data")]
    wide = rng.choice((12, 14, 18))
    groups = _scattered_groups(sheet, rng)
    lines = []
    for row in sheet.rows:
        if row.kind != "data":
            lines.append(_head(row, wide))
        else:
            lines.append(groups.get(id(row), []) + _wrapped(row, wide))
    return lines


def stacked_head(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Spaces between cells; the header of the third table has its characters stacked."""
    if sheet.key == "remedies":
        return [list(STACKED_HEAD), *([_values(row)] for row in sheet.rows if row.kind == "data")]
    return [[spaced(row, " ")] for row in sheet.rows]


def html_table(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Table rows with colspan and rowspan; cells plain, in paragraphs or in spans as Word saves them."""
    style = rng.choice(("plain", "paragraph", "word", "indented", "th", "unclosed"))
    return [_html_row(sheet, row, style) for row in sheet.rows]


def html_bare(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Table rows that lost their colspan and rowspan."""
    return [["<tr>" + "".join(f"<td>{_escape(slot.text)}</td>" for slot in row.slots) + "</tr>"] for row in sheet.rows]


def _values(row: SheetRow) -> str:
    return " ".join(slot.text for slot in row.values if slot.text.strip())


def _in_two(values: str, cut: int) -> list[str]:
    parts = values.split(" ")
    return [" ".join(parts[:cut]), " ".join(parts[cut:])] if cut and len(parts) > cut else [values]


def _head(row: SheetRow, wide: int) -> list[str]:
    texts = [inline(slot.text, "") for slot in row.slots if slot.text]
    if not texts:
        return []
    if len(texts[0]) > wide and len(texts) > 1:
        first, *rest = _wrap(texts[0], wide)
        return [first, " ".join(texts[1:]), *rest]
    return [" ".join(texts)]


def _wrapped(row: SheetRow, wide: int) -> list[str]:
    label = row.label
    text = inline(label.text, "") if label else ""
    parts = _wrap(text, wide)
    values = _values(row)
    middle = len(parts) // 2
    if len(parts) % 2:  # the values stand beside the middle line of the label
        gap = "" if row.values and row.values[0].glued else " "
        parts[middle] = f"{parts[middle]}{gap}{values}".strip()
    elif values:
        parts.insert(middle, values)
    return parts


def _wrap(text: str, wide: int) -> list[str]:
    return [text[start : start + wide] for start in range(0, len(text), wide)] or [""]


def _scattered_groups(sheet: Sheet, rng: random.Random) -> dict[int, list[str]]:
    """Return the lines of vertical group labels, by the row before which they stand."""
    lines: dict[int, list[str]] = {}
    for index, row in enumerate(sheet.rows):
        for slot in row.slots:
            if slot.role == "group":
                _scatter(sheet, index, slot, height(sheet, row, slot), lines, rng)
    return lines


def _scatter(sheet: Sheet, index: int, slot: Slot, rows: int, lines: dict[int, list[str]], rng: random.Random) -> None:
    text = inline(slot.text, "")
    pieces = list(text) if rows > 12 and rng.random() < 0.5 else _wrap(text, rng.choice((3, 4, 8)))
    start = index + max(0, (rows - len(pieces)) // 2)
    for offset, piece in enumerate(pieces):
        target = sheet.rows[min(start + offset, len(sheet.rows) - 1)]
        lines.setdefault(id(target), []).append(piece)


def _html_row(sheet: Sheet, row: SheetRow, style: str) -> list[str]:
    cells = [_html_cell(sheet, row, slot, style) for slot in row.slots]
    if style == "unclosed":  # as HTML 4 allowed
        return ["<tr>" + "".join(cell.replace("</td>", "") for cell in cells)]
    if style == "indented":
        return ["      <tr>", *(f"        {cell}" for cell in cells), "      </tr>"]
    return ["<tr>" + "".join(cells) + "</tr>"]


def _html_cell(sheet: Sheet, row: SheetRow, slot: Slot, style: str) -> str:
    spans = f' colspan="{slot.span}"' if slot.span > 1 else ""
    rows = height(sheet, row, slot)
    spans += f' rowspan="{rows}"' if rows > 1 else ""
    text = _escape(slot.text) or ("&nbsp;" if style != "plain" else "")
    if style == "paragraph":
        text = f"<p>{text}</p>"
    elif style == "word":
        text = f'<p class="MsoNormal" align="center"><span style="font-family:宋体;font-size:9pt">{text}</span></p>'
    tag = "th" if style == "th" and slot.role in ("head", "line") else "td"
    return f"<{tag}{spans}>{text}</{tag}>"


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>").replace("\xa0", "&nbsp;")
