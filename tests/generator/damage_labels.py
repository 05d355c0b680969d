"""What happens to the labels: other wordings, breaks, garbled and torn characters."""

from __future__ import annotations

import re

from tests.generator.data import words
from tests.generator.glyphs import CONFUSED
from tests.generator.model import Draft, Slot
from tests.generator.registry import damage

_VARIANTS: dict[str, list[str]] = words("labels")["variants"]
_BREAKS: dict[str, str] = words("labels")["breaks"]
_HALF = str.maketrans("（），：．、；", "(),:.、;")
_NUMBERING = tuple((f"{number}.", f"{number}、") for number in range(1, 9))


@damage("sheet", 2)
def label_variants(draft: Draft) -> bool:
    """Labels in other wordings seen in real reports."""
    slots = [slot for slot in _labels(draft) if slot.text in _VARIANTS]
    share = draft.rng.choice((0.2, 0.5, 1.0))
    for slot in slots:
        if draft.rng.random() < share:
            slot.text = draft.rng.choice(_VARIANTS[slot.text])
    return bool(slots)


@damage("sheet", 1.5)
def label_breaks(draft: Draft) -> bool:
    """Labels broken inside their cell as the page printed them: 本年新⏎制作数量."""
    slots = [slot for slot in _labels(draft) if slot.text in _BREAKS]
    for slot in slots:
        slot.text = _BREAKS[slot.text]
    return bool(slots)


@damage("sheet")
def label_spaces(draft: Draft) -> bool:
    """Spaces of all kinds inside labels: 规　章, (三) 不予公开."""
    pad = draft.rng.choice((" ", "\xa0", "　", "  ")) if draft.layout.bounded else "\xa0"
    slots = list(_labels(draft))
    for slot in slots:
        if len(slot.text) > 1 and draft.rng.random() < 0.4:
            place = draft.rng.randint(1, len(slot.text) - 1)
            slot.text = slot.text[:place] + pad + slot.text[place:]
    return True


@damage("sheet", 1.5)
def punctuation_mix(draft: Draft) -> bool:
    """Half and full width brackets, colons and points mixed."""
    share = draft.rng.choice((0.3, 0.6, 1.0))
    numbering = draft.rng.random() < 0.3
    for slot in _labels(draft):
        if draft.rng.random() < share:
            slot.text = slot.text.translate(_HALF)
        for old, new in _NUMBERING if numbering else ():
            slot.text = slot.text.replace(old, new) if slot.text.startswith(old) else slot.text
    return True


@damage("sheet")
def header_digits(draft: Draft) -> bool:
    """A header label with a digit in it: 保留4位小数, 指2020年办件量."""
    more = {
        "本年收费金额（单位：万元）": "本年收费金额(单位:万元,保留4位小数)",
        "采购总金额": "采购总金额（单位：万元，保留2位小数）",
        "上一年项目数量": f"上一年项目数量（指{draft.year - 1}年事项数）",
        "处理决定数量": f"处理决定数量（指{draft.year}年办件量）",
        "本年增/减": f"本年增/减（指{draft.year}年增加或减少的事项数，减用负值表示，如-8）",
    }
    slots = [slot for slot in _labels(draft) if slot.text in more]
    for slot in slots:
        slot.text = more[slot.text]
    return bool(slots)


@damage("sheet", 2)
def garbled_labels(draft: Draft) -> bool:
    """OCR reads one or two characters of some labels wrongly."""
    slots = [slot for slot in _labels(draft) if any(char in CONFUSED for char in slot.text)]
    picked = draft.rng.sample(slots, min(len(slots), draft.rng.choice((2, 4, 8, 16))))
    for slot in picked:
        for _ in range(2 if len(slot.text) > 6 and draft.rng.random() < 0.4 else 1):
            place = draft.rng.choice([p for p, char in enumerate(slot.text) if char in CONFUSED] or [0])
            slot.text = (
                slot.text[:place]
                + draft.rng.choice(CONFUSED.get(slot.text[place], slot.text[place]))
                + slot.text[place + 1 :]
            )
    return bool(picked)


@damage("sheet")
def numbering_lost(draft: Draft) -> bool:
    """Automatic numbering of Word does not reach the text: 属于国家秘密 for 1.属于国家秘密."""
    which = draft.rng.choice(
        (r"\d\.", r"\d\.", r"（[一二三四五六七]）", r"[一二三四]、", r"\d\.|（[一二三四五六七]）|[一二三四]、")
    )
    for slot in _labels(draft):
        if slot.role in ("label", "group"):
            slot.text = re.sub(f"^(?:{which})", "", slot.text)
    return True


@damage("sheet")
def group_in_label(draft: Draft) -> bool:
    """The label of a group stands in the cell of its first row: （三）不予公开1.属于国家秘密."""
    rows = [row for _, row in draft.rows("data") if row.label and any(slot.role == "group" for slot in row.slots)]
    for row in draft.rng.sample(rows, min(len(rows), draft.rng.choice((1, 2, 4)))):
        groups = [slot for slot in row.slots if slot.role == "group"]
        assert row.label is not None
        row.label.text = groups[-1].text + draft.rng.choice(("", "", " ", "\n")) + row.label.text
        groups[-1].text = ""
    return bool(rows)


@damage("sheet")
def label_tail_in_value(draft: Draft) -> bool:
    """The last characters of a label stand in the value's cell: 行政事业性收到⇥贵 0."""
    rows = [
        row
        for _, row in draft.rows("data")
        if row.label and len(row.label.text) > 3 and row.values and row.values[0].text
    ]
    if not rows:
        return False
    for row in draft.rng.sample(rows, min(len(rows), draft.rng.choice((1, 2, 3)))):
        label, value = row.label, row.values[0]
        assert label is not None
        cut = len(label.text) - draft.rng.choice((1, 1, 2))
        tail = label.text[cut:]
        if draft.rng.random() < 0.5:
            tail = draft.rng.choice(CONFUSED.get(tail[0], tail[0])) + tail[1:]
        label.text, value.text = label.text[:cut], f"{tail} {value.text}"
        draft.expected_doubt.add(value.key or "")
    return True


@damage("sheet")
def label_over_two_cells(draft: Draft) -> bool:
    """Labels of table two are cut over two columns: 第二十条⇥第(六)⇥项."""
    sheet = draft.sheets["proactive"]
    if sheet.key not in draft.sheets or not sheet.rows:
        return False
    sheet.width += 1
    for slot in sheet.slots():
        slot.column += slot.column > 0
    for row in sheet.rows:
        first = row.slots[0] if row.slots else None
        if first and first.role in ("label", "line") and len(first.text) > 3 and draft.rng.random() < 0.4:
            cut = draft.rng.randint(2, len(first.text) - 1)
            row.slots.insert(1, Slot(first.text[cut:], first.role, 1, max(first.span - 1, 1)))
            first.text, first.span = first.text[:cut], 1
            draft.expected_doubt.update(row.keys)
        elif first and row.kind != "line":
            first.span += 1
    return True


def _labels(draft: Draft) -> list[Slot]:
    return [slot for slot in draft.slots("line", "head", "group", "label") if slot.text]
