"""A seed becomes a case: figures, prose, sheets, layout, damages, truth."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parser.templates.load import template, template_due
from tests.generator.equations import broken, explanations, numbers
from tests.generator.figures import figures
from tests.generator.hidden import altered_cells, figures_in_text, hidden_cells, settle, shown_readings
from tests.generator.layouts import LAYOUTS
from tests.generator.model import Case, Chunk, Draft, Layout, Section, Truth
from tests.generator.offices import Office, heading, office, signature
from tests.generator.page import page
from tests.generator.prose import Narrator
from tests.generator.registry import DAMAGES, STAGES, Damage
from tests.generator.sheets import sheets

PLANNED = ("wrong_form", "two_reports")  # decided before anything is drawn, so not functions of a draft
_YEARS = (2019, 2020, 2020, 2021, 2021, 2022, 2023, 2023, 2024, 2025)


def generate(seed: int, *, layout: str | None = None, damages: Sequence[str] | None = None) -> Case:
    """Return the case of ``seed``.

    ``layout`` and ``damages`` are names of LAYOUTS and damage_names(); by default the seed picks a layout and none
    to three damages. The case lists the damages that found something to change. KeyError for an unknown name.
    """
    rng = random.Random(seed)
    style = LAYOUTS[layout or rng.choices(tuple(LAYOUTS), [item.weight for item in LAYOUTS.values()])[0]]
    chosen = _choose(rng, style) if damages is None else tuple(damages)
    unknown = [name for name in chosen if name not in DAMAGES and name not in PLANNED]
    if unknown:
        raise KeyError(unknown[0])
    draft, place = _draft(rng, style.name, wrong_form="wrong_form" in chosen)
    applied = [name for name in chosen if name in PLANNED]
    for stage in STAGES:
        if stage == "sheet":
            draft.sheets = sheets(draft.form, draft.cells)
        elif stage == "text":
            draft.chunks = _chunks(draft)
        for name in chosen:
            item = DAMAGES.get(name)
            if item and item.stage == stage and item.fits(style) and _apply(item, draft):
                applied.append(name)
    if style.name == "deduplicated":
        draft.vague |= _deduplicate(draft.chunks)
    _judge(draft)
    altered, hidden = altered_cells(draft), hidden_cells(draft)
    if "two_reports" in chosen:
        second, _ = _draft(rng, style.name, wrong_form=False)
        second.sheets = sheets(second.form, second.cells)
        draft.chunks.extend([Chunk("page", ["", ""]), *_chunks(second)])
    text = _text(draft, place)
    return replace(
        _case(seed, draft, tuple(applied), text), altered=altered, hidden=hidden, vague=frozenset(draft.vague)
    )


def damage_names() -> tuple[str, ...]:
    """Return the names of all damages."""
    return (*PLANNED, *DAMAGES)


def _choose(rng: random.Random, layout: Layout) -> tuple[str, ...]:
    pool = {name: item.weight for name, item in DAMAGES.items() if item.fits(layout)}
    pool |= {"wrong_form": 0.8, "two_reports": 0.4}
    chosen: list[str] = []
    for _ in range(rng.choices((0, 1, 2, 3), (8, 37, 35, 20))[0]):
        name = rng.choices(tuple(pool), tuple(pool.values()))[0]
        del pool[name]
        chosen.append(name)
    return tuple(sorted(chosen, key=damage_names().index))


def _draft(rng: random.Random, layout: str, *, wrong_form: bool) -> tuple[Draft, str]:
    year = rng.choice(_YEARS)
    due = template_due(year)
    assert due is not None
    form = template({"2019": "2021", "2021": "2019"}[due.id]) if wrong_form else due
    bureau = office(rng)
    title = heading(bureau, year, rng)
    signed = not title.names or rng.random() < 0.7
    cells = figures(form, rng)
    issuer = bureau.name if title.names or signed else None
    draft = Draft(rng, form, LAYOUTS[layout], year, issuer, title.names, cells)
    teller = Narrator(bureau, year, cells, rng)
    draft.head = list(title.lines)
    draft.intro = teller.intro(with_period=not title.dates)
    draft.sections = _sections(draft, teller)
    draft.tail = signature(bureau, year, rng) if signed else []
    return draft, _place(bureau)


def _place(bureau: Office) -> str:
    return bureau.place or "清河市"


def _sections(draft: Draft, teller: Narrator) -> list[Section]:
    tables = {table.section: table.key for table in draft.form.tables}
    prose = {"1": teller.overview(), "5": teller.problems(), "6": teller.other_matters()}
    return [
        Section(
            section.number,
            f"{section.ordinal}、{section.title.text}",
            prose.get(section.number, []),
            tables.get(section.number),
            teller.remark() if section.number in tables else None,
        )
        for section in draft.form.sections
    ]


def _chunks(draft: Draft) -> list[Chunk]:
    gap = [""] if draft.layout.gap else []
    indent = draft.rng.choice(("", "", "　　", "    ")) if draft.layout.family == "text" else ""
    chunks = [Chunk("title", [line, *gap]) for line in draft.head]
    chunks += [Chunk("intro", [indent + line, *gap]) for line in draft.intro]
    for section in draft.sections:
        chunks.append(Chunk("heading", [section.heading, *gap]))
        texts = ([section.remark] if section.remark else []) + section.paragraphs
        chunks += [Chunk("prose", [indent + text, *gap]) for text in texts]
        if section.table:
            sheet = draft.sheets[section.table]
            blocks = draft.layout.render(sheet, draft.rng) if sheet.rows else []
            if len(blocks) == len(sheet.rows):
                chunks += [Chunk("row", lines, sheet.key, row) for lines, row in zip(blocks, sheet.rows, strict=True)]
            else:  # a header laid out as a whole, then the data rows
                data = [row for row in sheet.rows if row.kind == "data"]
                if all(not slot.text.strip() for row in data for slot in row.values):
                    draft.unscored.update(key for row in data for key in row.keys)  # nothing of it can be recognised
                chunks.append(Chunk("row", blocks[0], sheet.key))
                chunks += [Chunk("row", lines, sheet.key, row) for lines, row in zip(blocks[1:], data, strict=True)]
            chunks.append(Chunk("gap", [*gap]))
    return chunks + [Chunk("tail", [line, *gap]) for line in draft.tail]


def _apply(item: Damage, draft: Draft) -> bool:
    """Do the damage and note which cells it made to say something else; return whether it found any to change."""
    before = shown_readings(draft)
    found = item.act(draft)
    draft.altered.update(
        (key, item.name) for key, reading in shown_readings(draft).items() if reading != before.get(key, reading)
    )
    return found


def _judge(draft: Draft) -> None:
    """Note which cells may be doubted because of the layout, of what they show or of the equations."""
    if not draft.layout.bounded:
        for _, row in draft.rows("data"):
            if any(not slot.text.strip() for slot in row.values):
                draft.vague.update(row.keys)
    draft.expected_doubt |= draft.vague
    settle(draft)
    for equation in broken(draft.form, numbers(draft.cells)):
        draft.expected_doubt.update(equation.keys)
    draft.expected_doubt |= explanations(draft.form, figures_in_text(draft))


def _text(draft: Draft, place: str) -> str:
    if draft.layout.family == "html":
        charset = draft.charset or ("gb2312" if draft.encoding == "gb18030" else "utf-8")
        return "\n".join(page(draft.chunks, draft.head[-1], place, charset, draft.rng))
    if draft.layout.name == "deduplicated":
        _deduplicate(draft.chunks)  # a second report loses lines too
    return "\n".join(line for chunk in draft.chunks for line in chunk.lines).strip("\n") + "\n"


def _deduplicate(chunks: Iterable[Chunk]) -> set[str]:
    """Remove every line that repeats an earlier one; return the cells of the rows that lost some."""
    seen: set[str] = set()
    touched: set[str] = set()
    for chunk in chunks:
        kept = []
        for line in chunk.lines:
            if line.strip() and line.strip() in seen:
                touched.update(chunk.row.keys if chunk.row else ())
                continue
            seen.add(line.strip())
            kept.append(line)
        chunk.lines = kept
    return touched


def _case(seed: int, draft: Draft, applied: tuple[str, ...], text: str) -> Case:
    printed = {key: text for key, text in draft.cells.items() if key not in draft.unscored}
    truth: Truth = {
        "issuer": draft.issuer,
        "year": draft.year,
        "template": draft.form.id,
        "cells": printed,
        "damaged": _kept(draft.damaged, printed),
        "expected_doubt": _kept(draft.expected_doubt, printed),
        "unscored": sorted(draft.unscored),
    }
    data = text.replace("\n", draft.newline).encode(
        draft.encoding, errors="xmlcharrefreplace" if draft.layout.family == "html" else "strict"
    )
    suffix = draft.rng.choice(draft.layout.suffixes)
    return Case(seed, draft.layout.name, applied, text, data, suffix, truth)


def _kept(keys: Iterable[str], printed: dict[str, str | None]) -> list[str]:
    return sorted(key for key in keys if printed.get(key) is not None)
