"""A TOML file describes a form; what it describes wrongly is said in Chinese, with the file's name."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from parser.errors import TemplateError
from parser.model.report import CellKey
from parser.model.template import Table, Template
from parser.paths import resource
from parser.templates import load as loading
from parser.templates.load import load, template, template_due, templates

FORMS = templates()
GRIDS = [(form, table) for form in FORMS for table in form.tables]
SOURCE = resource("templates", "2021.toml").read_text("utf-8")


def test_the_two_national_forms_are_there() -> None:
    assert [form.id for form in FORMS] == ["2019", "2021"]
    assert [len(form.fields) for form in FORMS] == [198, 200]


@pytest.mark.parametrize(("form", "counts"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))], ids=str)
def test_every_table_has_its_number_of_fields(form: str, counts: tuple[int, ...]) -> None:
    keys = [key.table for key in template(form).fields]
    assert tuple(keys.count(name) for name in ("proactive", "applications", "remedies")) == counts


@pytest.mark.parametrize(("form", "table"), GRIDS, ids=lambda value: getattr(value, "id", getattr(value, "key", "")))
def test_the_grid_tiles_the_table_exactly(form: Template, table: Table) -> None:
    places = [
        (row, column)
        for cell in table.grid
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(places) == sorted(product(range(table.row_count), range(table.column_count)))


@pytest.mark.parametrize(("form", "table"), GRIDS, ids=lambda value: getattr(value, "id", getattr(value, "key", "")))
def test_every_field_stands_once_in_the_grid(form: Template, table: Table) -> None:
    keys = [cell.key for cell in table.grid if cell.key]
    assert keys == [key for key in form.fields if key.table == table.key]
    assert all((cell.label is None) != (cell.key is None) for cell in table.grid)


@pytest.mark.parametrize(
    ("year", "form"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021"), (2031, "2021")]
)
def test_the_year_tells_which_form_is_due(year: int, form: str | None) -> None:
    due = template_due(year)
    assert (due.id if due else None) == form


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("applications.denied_state_secret.natural_person", "（三）不予公开 › 1.属于国家秘密·自然人"),
        ("applications.granted.total", "（一）予以公开·总计"),
        ("applications.new_received.total", "一、本年新收政府信息公开申请数量·总计"),
        ("proactive.rules.issued", template("2021").fields[CellKey.parse("proactive.rules.issued")].name),
    ],
)
def test_the_address_of_a_cell_names_the_group_of_its_row(key: str, address: str) -> None:
    assert template("2021").address(CellKey.parse(key)) == address


def test_an_unknown_form_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        template("2018")


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_forms_agree_with_the_reference(form: str, shared: Path) -> None:
    reference = json.loads((shared / "labels.json").read_text("utf-8"))["formats"][form]
    ours = template(form)
    assert ours.circular == reference["circular"]
    assert _of_table(ours, "proactive") == _of_reference(reference["table2"])
    columns = [(entry["key"], entry["label"]) for entry in reference["table3"]["columns"]]
    wanted = [(r["key"], r["label"], r.get("path", []), columns) for r in reference["table3"]["rows"]]
    found = [
        (row.key, row.label.text, [part.text for part in row.path], [(c.key, c.label.text) for c in block.columns])
        for block in ours.table("applications").blocks
        for row in block.rows
    ]
    assert [(key, *map(_plain, _joined(label, path)), cells) for key, label, path, cells in found] == [
        (key, *map(_plain, _joined(label, path)), cells) for key, label, path, cells in wanted
    ]
    remedies = ours.table("remedies").blocks[0]
    assert [row.key for row in remedies.rows] == [entry["key"] for entry in reference["table4"]["groups"]]
    assert [(c.key, c.label.text) for c in remedies.columns] == [
        (entry["key"], entry["label"]) for entry in reference["table4"]["columns"]
    ]


def test_the_section_titles_agree_with_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "labels.json").read_text("utf-8"))["sections"]
    for form in FORMS:
        assert [(s.ordinal, s.title.text) for s in form.sections] == [(s["no"], s["title"]) for s in reference]


def test_a_third_form_dropped_into_the_folder_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("2019.toml", "2021.toml"):
        (tmp_path / name).write_text(resource("templates", name).read_text("utf-8"), "utf-8")
    third = SOURCE.replace('id = "2021"', 'id = "2030"').replace("due_from = 2021", "due_from = 2030")
    (tmp_path / "2030.toml").write_text(third.replace("现行有效件数", "年末有效件数"), "utf-8")
    (tmp_path / "说明.txt").write_text("不是格式文件", "utf-8")
    monkeypatch.setattr(loading, "resource", lambda *_: tmp_path)
    templates.cache_clear()
    try:
        assert [form.id for form in templates()] == ["2019", "2021", "2030"]
        due = [template_due(year) for year in (2020, 2029, 2030, 2031)]
        assert [form.id for form in due if form is not None] == ["2019", "2021", "2030", "2030"]
        field = template("2030").fields[CellKey("proactive", "rules", "effective")]
        assert field.name == "规章·年末有效件数"
    finally:
        templates.cache_clear()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "2021"', ""),
        ("due_from = 2021", ""),
        ("sections = [", "sections = ["[:-1]),
        ('{ key = "issued", label = "本年制发件数"', '{ label = "本年制发件数"'),
        ('kind = "amount"', 'kind = "money"'),
        ('label = "规章"', "label = 7"),
        ('label = "规章"', 'label = ""'),
        ('key = "repealed"', 'key = "issued"'),
        ('{ label = "申请人情况", columns = 7 }', '{ label = "申请人情况", columns = 8 }'),
        ('{ label = "申请人情况", columns = 7 }', '{ label = "申请人情况", columns = 6 }'),
        ('{ label = "申请人情况", columns = 7 }', '"申请人情况"'),
        ("widths = [24, 24, 24, 24]", "widths = [24, 24, 24]"),
        ("widths = [24, 24, 24, 24]", "widths = 24"),
        ('kind = "empty_section"', ""),
        ('severity = "error"', 'severity = "fatal"'),
    ],
    ids=lambda text: re.sub(r"\W+", " ", text)[:24],
)
def test_a_malformed_form_is_refused_in_chinese(old: str, new: str, tmp_path: Path) -> None:
    assert old in SOURCE
    file = tmp_path / "2030.toml"
    file.write_text(SOURCE.replace(old, new, 1), "utf-8")
    with pytest.raises(TemplateError, match=r"^格式文件 2030\.toml 有误（.+）；请改正或移走该文件后重试$"):
        load(file)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "规章".encode("gb18030"), b"tables = []\n"])
def test_a_file_that_is_no_form_at_all_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "9999.toml"
    file.write_bytes(content)
    with pytest.raises(TemplateError, match=r"9999\.toml"):
        load(file)


def test_a_missing_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"2030\.toml"):
        load(tmp_path / "2030.toml")


def _of_table(form: Template, key: str) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    return [
        (
            row.key,
            row.label.text,
            block.line.text if block.line else "",
            [(column.key, column.label.text) for column in block.columns],
        )
        for block in form.table(key).blocks
        for row in block.rows
    ]


def _of_reference(rows: list[dict]) -> list[tuple[str, str, str, list[tuple[str, str]]]]:  # type: ignore[type-arg]
    return [
        (row["key"], row["label"], row["item"], [(column["key"], column["label"]) for column in row["columns"]])
        for row in rows
    ]


def _joined(label: str, path: list[str]) -> tuple[str, str]:
    return label, "›".join(path)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
