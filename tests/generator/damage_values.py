"""What happens to a printed value on its way into the text."""

from __future__ import annotations

from tests.generator.model import Draft, Slot
from tests.generator.registry import damage

_LOOK_ALIKE = {
    "0": "OOOOo〇口DQ",
    "1": "lllIII!]",
    "2": "ZZ",
    "5": "SS",
    "6": "bG",
    "8": "BB",
    "9": "gq",
}
_NOISE = ("I", ",", ".", "'", "·", "、", "，", "`", "l")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@damage("sheet", 2.5)
def look_alikes(draft: Draft) -> bool:
    """Letters stand for digits: O for 0, l for 1."""
    slots = [slot for slot in _numbers(draft) if any(char in _LOOK_ALIKE for char in slot.text)]
    busy = [slot for slot in slots if slot.text != "0"]
    pool = busy if busy and draft.rng.random() < 0.5 else slots
    picked = draft.rng.sample(pool, min(len(pool), draft.rng.randint(1, 5)))
    for slot in picked:
        places = [place for place, char in enumerate(slot.text) if char in _LOOK_ALIKE]
        place = draft.rng.choice(places)
        glyph = draft.rng.choice(_LOOK_ALIKE[slot.text[place]])
        slot.text = slot.text[:place] + glyph + slot.text[place + 1 :]
        assert slot.key is not None
        draft.cells[slot.key] = slot.text
        draft.damaged.add(slot.key)
    return bool(picked)


@damage("sheet")
def noise_in_blanks(draft: Draft) -> bool:
    """Specks and rules of the table are read as glyphs in empty cells."""
    blanks = [slot for slot in draft.slots("value") if slot.key and not slot.text.strip()]
    if not blanks:
        zeros = [slot for slot in draft.slots("value") if slot.key and slot.text == "0"]
        for slot in draft.rng.sample(zeros, min(len(zeros), 4)):
            slot.text = draft.cells[slot.key or ""] = ""
            blanks.append(slot)
    glyphs = _NOISE if draft.layout.name.startswith(("pipe", "cell", "markdown", "ruled")) else (*_NOISE, "|")
    picked = draft.rng.sample(blanks, min(len(blanks), draft.rng.randint(1, 4)))
    for slot in picked:
        slot.text, slot.noise = draft.rng.choice(glyphs), True
        draft.expected_doubt.add(slot.key or "")
    return bool(picked)


@damage("sheet")
def noise_beside_numbers(draft: Draft) -> bool:
    """A speck next to the figure: 0. or '3."""
    slots = _numbers(draft)
    for slot in draft.rng.sample(slots, min(len(slots), draft.rng.randint(1, 3))):
        glyph = draft.rng.choice((".", ",", "'", "、", "·", "`"))
        slot.text = slot.text + glyph if draft.rng.random() < 0.6 else glyph + slot.text
        draft.expected_doubt.add(slot.key or "")
    return bool(slots)


@damage("sheet", 1.5)
def changed_digit(draft: Draft) -> bool:
    """A digit is read as another one; only an equation can tell."""
    slots = _numbers(draft)
    busy = [slot for slot in slots if slot.text != "0"]
    pool = busy if busy and draft.rng.random() < 0.7 else slots
    picked = draft.rng.sample(pool, min(len(pool), draft.rng.choice((1, 1, 1, 2))))
    for slot in picked:
        places = [place for place, char in enumerate(slot.text) if char.isdecimal()]
        place = draft.rng.choice(places)
        others = [
            digit for digit in "0123456789" if digit != slot.text[place] and (place or len(places) == 1 or digit != "0")
        ]
        slot.text = slot.text[:place] + draft.rng.choice(others) + slot.text[place + 1 :]
    return bool(picked)


@damage("sheet")
def dropped_digit(draft: Draft) -> bool:
    """A digit of a longer number is lost."""
    slots = [slot for slot in _numbers(draft) if slot.text.isdigit() and len(slot.text) > 1]
    if not slots:
        return False
    slot = draft.rng.choice(slots)
    place = draft.rng.randrange(len(slot.text))
    slot.text = slot.text[:place] + slot.text[place + 1 :]
    return True


@damage("sheet")
def swapped_columns(draft: Draft) -> bool:
    """Two neighbouring values of a row change places."""
    pairs = [
        (left, right)
        for _, row in draft.rows("data")
        for left, right in zip(row.values, row.values[1:], strict=False)
        if left.text != right.text and left.text and right.text
    ]
    if not pairs:
        return False
    left, right = draft.rng.choice(pairs)
    left.text, right.text = right.text, left.text
    left.noise, right.noise = right.noise, left.noise
    return True


@damage("sheet", 1.5)
def padded_values(draft: Draft) -> bool:
    """Spaces of all kinds stand around the values."""
    pads = draft.rng.choice(((" ",), ("\xa0",), ("　", "　　", " "), (" ", "\xa0", "　")))
    if not draft.layout.bounded:
        pads = ("\xa0",)
    for slot in draft.slots("value"):
        if slot.text and draft.rng.random() < 0.6:
            pad = draft.rng.choice(pads)
            slot.text = pad + slot.text if draft.rng.random() < 0.6 else slot.text + pad
        elif not slot.text and draft.layout.bounded and draft.rng.random() < 0.5:
            slot.text = draft.rng.choice(pads)
    return True


@damage("sheet")
def full_width_digits(draft: Draft) -> bool:
    """Some figures are typed in full width."""
    share = draft.rng.choice((0.1, 0.5, 1.0))
    slots = [slot for slot in _numbers(draft) if draft.rng.random() < share]
    for slot in slots:
        slot.text = slot.text.translate(_FULL_WIDTH)
    return bool(slots)


@damage("sheet")
def bookmark_in_cell(draft: Draft) -> bool:
    """A Word bookmark got into a cell; programs that rule tables with characters do not print bookmarks."""
    slots = _numbers(draft)
    if not slots or draft.layout.name == "ruled":
        return False
    slot = draft.rng.choice(slots)
    slot.text = draft.rng.choice(("[bookmark: _GoBack]", "[bookmark: OLE_LINK1]", "[bookmark: _Toc2]")) + slot.text
    return True


@damage("sheet", 0.7)
def errors_that_cancel(draft: Draft) -> bool:
    """A figure and its total are misread alike: nothing contradicts them."""
    slots = {slot.key: slot for slot in _numbers(draft)}
    group = draft.rng.choice(("review", "litigation_direct", "litigation_after_review"))
    part = slots.get(f"remedies.{group}.{draft.rng.choice(('upheld', 'corrected', 'other_result', 'pending'))}")
    total = slots.get(f"remedies.{group}.total")
    if part is None or total is None:
        return False
    more = draft.rng.randint(1, 6)
    part.text, total.text = str(int(part.text) + more), str(int(total.text) + more)
    return True


@damage("sheet", 0.7)
def float_counts(draft: Draft) -> bool:
    """A spreadsheet printed counts as 3.0."""
    slots = [slot for slot in _numbers(draft) if "." not in slot.text]
    for slot in slots:
        slot.text += ".0"
    return bool(slots)


@damage("sheet")
def invisible_characters(draft: Draft) -> bool:
    """Zero-width spaces and soft hyphens of a web editor inside labels and figures."""
    glyph = draft.rng.choice(("\u200b", "\ufeff", "\u200b", "\xad", "\u200e"))
    for slot in draft.slots():
        if slot.text and draft.rng.random() < 0.3:
            place = draft.rng.choice((0, len(slot.text), draft.rng.randint(0, len(slot.text))))
            place = max(place, slot.text.find("]") + 1)  # the editor knows nothing of Word's bookmarks
            slot.text = slot.text[:place] + glyph + slot.text[place:]
    return True


@damage("sheet", layouts=("lines_led_by_tab", "html", "html_bare", "cell_and_pipe_alternate"))
def wrapped_value(draft: Draft) -> bool:
    """A long figure is broken inside its narrow cell: 59237.⏎2449."""
    slots = [slot for slot in _numbers(draft) if len(slot.text) > 3]
    if not slots:
        return False
    slot = draft.rng.choice(slots)
    cut = draft.rng.randint(2, len(slot.text) - 1)
    slot.text = f"{slot.text[:cut]}\n{slot.text[cut:]}"
    draft.expected_doubt.add(slot.key or "")
    return True


@damage("sheet", layouts=("spaces", "pdf_text", "stacked_head"))
def glued_values(draft: Draft) -> bool:
    """No space between a label and its first figure: 1.属于国家秘密0 0 0 0 0 0 0."""
    share = draft.rng.choice((0.2, 1.0))
    for _, row in draft.rows("data"):
        label = row.label
        if label and row.values and row.values[0].text and draft.rng.random() < share:
            row.values[0].glued = True
    return True


def _numbers(draft: Draft) -> list[Slot]:
    """Return the value slots that show digits and nothing odd yet."""
    return [
        s
        for s in draft.slots("value")
        if s.key and s.text.replace(".", "", 1).isascii() and s.text.replace(".", "", 1).isdigit()
    ]
