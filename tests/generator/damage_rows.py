"""Rows that are missing, added, cut, repeated, shifted or torn."""

from __future__ import annotations

from parser.templates.load import template, templates
from tests.generator.model import Draft, Sheet, SheetRow, Slot
from tests.generator.registry import damage
from tests.generator.sheets import remove_row, sheets


@damage("sheet", 1.5)
def missing_rows(draft: Draft) -> bool:
    """One to three rows are not there at all."""
    rows = [(s, row) for s, row in draft.rows("data") if s.key != "remedies"]
    for sheet, row in draft.rng.sample(rows, min(len(rows), draft.rng.choice((1, 1, 2, 3)))):
        _lose(draft, row)
        remove_row(sheet, row)
    return bool(rows)


@damage("sheet", 1.5)
def truncated_table(draft: Draft) -> bool:
    """A table ends early; the next section follows as if nothing had happened."""
    sheet = draft.sheets[draft.rng.choice(("applications", "applications", "proactive"))]
    first = 4 if sheet.key == "applications" else 2
    start = draft.rng.randint(first, len(sheet.rows) - 1)
    for row in sheet.rows[start:]:
        _lose(draft, row)
    del sheet.rows[start:]
    while sheet.rows and sheet.rows[-1].kind in ("line", "head") and sheet.key == "proactive":
        sheet.rows.pop()
    return True


@damage("sheet")
def missing_table(draft: Draft) -> bool:
    """A table was an image or got lost: nothing of it is in the text."""
    sheet = draft.sheets[draft.rng.choice(("applications", "remedies", "remedies", "proactive"))]
    for row in sheet.rows:
        _lose(draft, row)
    sheet.rows.clear()
    return True


@damage("sheet", families=("text",))
def missing_header_rows(draft: Draft) -> bool:
    """Header lines of the tables are lost; the rows name themselves."""
    rows = [(s, row) for s, row in draft.rows("head", "line") if s.key != "remedies"]
    for sheet, row in draft.rng.sample(rows, min(len(rows), draft.rng.choice((1, 2, 4)))):
        sheet.rows.remove(row)
    return bool(rows)


@damage("sheet")
def extra_rows(draft: Draft) -> bool:
    """A row that the form does not have."""
    sheet = draft.sheets["proactive"]
    rows = [row for row in sheet.rows if row.kind == "data"]
    if not rows:
        return False
    after = draft.rng.choice(rows[:2])
    name = draft.rng.choice(("其他主动公开文件", "其他主动公开文件", "政策解读材料", "小计"))
    slots = [Slot(name, "label", 0), *(_stranger(draft, slot) for slot in after.values)]
    sheet.rows.insert(sheet.rows.index(after) + 1, SheetRow("extra", slots))
    return True


@damage("sheet", families=("text",))
def repeated_header(draft: Draft) -> bool:
    """The header of a table is printed again on the next page."""
    sheet = draft.sheets["applications"]
    body = [row for row in sheet.rows if row.kind == "data"]
    heads = [row for row in sheet.rows if row.kind == "head"]
    if len(body) < 4 or not heads:
        return False
    before = sheet.rows.index(draft.rng.choice(body[2:]))
    sheet.rows[before:before] = [
        SheetRow("head", [Slot(slot.text, "head", slot.column, slot.span) for slot in row.slots], set(row.covered))
        for row in heads
    ]
    return True


@damage("sheet", 4, layouts=("tabs",))
def shifted_row(draft: Draft) -> bool:
    """The values of a row stand one column too far left or right."""
    rows = [row for sheet, row in draft.rows("data") if sheet.key == "applications"]
    for row in draft.rng.sample(rows, min(len(rows), draft.rng.choice((1, 1, 2)))):
        row.shift = draft.rng.choice((-1, -1, 1))
        _blur_if_blank(draft, row)
    return bool(rows)


@damage("sheet")
def torn_row(draft: Draft) -> bool:
    """A page break tears the label of a row: its tail stands in a row of its own, values beside one of the two."""
    rows = [(sheet, row) for sheet, row in draft.rows("data") if row.label and len(row.label.text) > 5]
    if not rows:
        return False
    sheet, row = draft.rng.choice(rows)
    label = row.label
    assert label is not None
    cut = draft.rng.randint(3, len(label.text) - 2)
    tail = Slot(label.text[cut:], "label", label.column, label.span)
    label.text = label.text[:cut]
    empty = [Slot("", "value", slot.column, slot.span) for slot in row.values]
    covered = row.covered | {slot.column for slot in row.slots if slot.role == "group"}
    below = SheetRow("extra", [tail, *empty], covered)
    if draft.rng.random() < 0.4:  # the values stand beside the tail
        below = SheetRow("data", [tail, *row.values], covered)
        row.slots = [slot for slot in row.slots if slot.role != "value"] + empty
        row.kind = "extra"
        below.upper = row
    sheet.rows.insert(sheet.rows.index(row) + 1, below)
    draft.expected_doubt.update(row.keys + below.keys)
    return True


@damage("sheet")
def torn_group(draft: Draft) -> bool:
    """The label of a group is cut by a page end, or lost: （四）无 ∥ 法提供."""
    found = [
        (sheet, index, slot)
        for sheet in draft.sheets.values()
        for index, row in enumerate(sheet.rows[:-1])
        for slot in row.slots
        if slot.role == "group" and slot.column in sheet.rows[index + 1].covered
    ]
    if not found:
        return False
    sheet, index, slot = draft.rng.choice(found)
    if draft.rng.random() < 0.3:
        slot.text = ""
        return True
    cut = draft.rng.randint(2, max(2, len(slot.text) - 1))
    following = sheet.rows[index + 1]
    following.covered.discard(slot.column)
    following.slots.insert(
        sum(s.column < slot.column for s in following.slots), Slot(slot.text[cut:], "group", slot.column, slot.span)
    )
    slot.text = slot.text[:cut]
    return True


@damage("sheet")
def mixed_forms(draft: Draft) -> bool:
    """One block of the other form stands in the report."""
    other = template(next(form.id for form in templates() if form.id != draft.form.id))
    foreign = sheets(other, {str(key): str(draft.rng.choice((0, 0, 3, 12))) for key in other.fields})["proactive"]
    sheet = draft.sheets["proactive"]
    blocks, spares = _blocks(sheet), _blocks(foreign)
    number = draft.rng.choice((1, 2, 3))
    if len(blocks) <= number:
        return False
    old, new = blocks[number], spares[number]
    start = sheet.rows.index(old[0])
    names = {row.key for row in draft.form.table("proactive").blocks[number].rows}
    for row in old:
        sheet.rows.remove(row)
        draft.cells.update((key, None) for key in row.keys if key.split(".")[1] not in names)  # without a line above
    draft.unscored.update(key for key in draft.cells if key.split(".")[1] in names)
    for row in new:
        for slot in row.slots:
            slot.key = None
    sheet.rows[start:start] = new
    return True


def _blocks(sheet: Sheet) -> list[list[SheetRow]]:
    blocks: list[list[SheetRow]] = []
    for row in sheet.rows:
        if row.kind == "line" or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _lose(draft: Draft, row: SheetRow) -> None:
    draft.cells.update(dict.fromkeys(row.keys))
    draft.damaged.difference_update(row.keys)
    draft.expected_doubt.difference_update(row.keys)


def _stranger(draft: Draft, slot: Slot) -> Slot:
    return Slot(str(draft.rng.choice((0, 7, 86, 255))), "value", slot.column, slot.span)


def _blur_if_blank(draft: Draft, row: SheetRow) -> None:
    if any(not slot.text.strip() for slot in row.values):
        draft.vague.update(row.keys)
