"""Invented annual reports as the tab-separated text that real ones arrive as."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from parser.model.template import Table
from parser.templates.load import template

_PROSE = (
    "本单位认真贯彻落实《中华人民共和国政府信息公开条例》，围绕中心工作，坚持以公开为常态、不公开为例外，"
    "不断扩大主动公开范围，规范依申请公开办理流程，全年通过政府门户网站发布信息1286条，政策解读24篇。"
)


def report_text(
    form: str = "2021",
    values: Mapping[str, str] | None = None,
    issuer: str = "清河市农业农村局",
    year: int = 2023,
    last_row: str = "",
) -> str:
    """Return a whole report; ``values`` maps "table.row.column" to what is printed, everything else is 0.

    ``last_row`` cuts table 3 after that row.
    """
    printed = dict(values or {})
    lines = [f"{issuer}{year}年政府信息公开工作年度报告", ""]
    lines += [f"统计期限自{year}年1月1日起至{year}年12月31日止。", ""]
    for section in template(form).sections:
        lines += [f"{section.ordinal}、{section.title.text}", ""]
        tables = [table for table in template(form).tables if table.section == section.number]
        for table in tables:
            lines += _table(table, printed, last_row)
        if not tables:
            lines += [_PROSE if section.number == "1" else "无。" if section.number == "6" else _PROSE[:60] + "。", ""]
    assert not printed, f"unused: {sorted(printed)}"
    return "\n".join(lines)


def damaged_text() -> str:
    """Return the report with something of everything that goes wrong."""
    return report_text(values=_DOUBTFUL)


def _table(table: Table, printed: dict[str, str], last_row: str) -> list[str]:
    rows: dict[int, dict[int, str]] = {}
    cut = None
    for cell in table.grid:
        if cell.key is not None and cell.key.row == last_row:
            cut = cell.row
        text = cell.label.text if cell.label else printed.pop(str(cell.key), "0")
        rows.setdefault(cell.row, {})[cell.column] = text
    return [
        "\t".join(line.get(column, "") for column in range(table.column_count))
        for row, line in rows.items()
        if cut is None or row <= cut
    ] + [""]


def write_samples(folder: Path) -> list[Path]:
    """Write reports in every state a clerk meets; return their paths in queue order."""
    texts = {
        "清河市农业农村局2023年政府信息公开工作年度报告.txt": report_text(values=_DOUBTFUL),
        "清河市民政局2023年报.txt": report_text(issuer="清河市民政局", values=_GOOD),
        "清河市水利局2020年年度报告（定稿）.txt": report_text("2019", _OLD, "清河市水利局", 2020),
        "松林镇人民政府2023.txt": report_text(issuer="松林镇人民政府", last_row="unable_not_held"),
        "通讯录.txt": "清河市各单位通讯录\n\n办公室\t0000-0000000\n",
        "东岭街道办事处2023年度报告.txt": report_text(issuer="东岭街道办事处", values={"remedies.review.total": "1"}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def _row(row: str, *figures: str) -> dict[str, str]:
    columns = (
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_welfare_org",
        "legal_service_org",
        "other_org",
        "total",
    )
    return {f"applications.{row}.{column}": figure for column, figure in zip(columns, figures, strict=True)}


_GOOD = (
    _row("new_received", "21", "3", "0", "0", "1", "0", "25")
    | _row("carried_over", "2", "0", "0", "0", "0", "0", "2")
    | _row("granted", "12", "2", "0", "0", "0", "0", "14")
    | _row("partially_granted", "3", "0", "0", "0", "1", "0", "4")
    | _row("unable_not_held", "6", "1", "0", "0", "0", "0", "7")
    | _row("results_total", "21", "3", "0", "0", "1", "0", "25")
    | _row("carried_forward", "2", "0", "0", "0", "0", "0", "2")
    | {
        "proactive.normative_documents.issued": "4",
        "proactive.normative_documents.repealed": "1",
        "proactive.normative_documents.effective": "37",
        "proactive.administrative_licensing.decisions": "3624",
        "proactive.administrative_penalty.decisions": "118",
        "proactive.administrative_fees.amount_10k_yuan": "18.8710",
    }
)
_DOUBTFUL = _GOOD | {
    "proactive.rules.issued": "/",
    "proactive.rules.repealed": "/",
    "proactive.rules.effective": "/",
    "proactive.administrative_compulsion.decisions": "O",
    "applications.granted.natural_person": "17",
    "applications.partially_granted.other_org": "",
    "applications.partially_granted.total": "4",
    "applications.denied_internal_affairs.commercial_enterprise": "l",
    "applications.not_processed_repeated.natural_person": "见表",
    "applications.carried_forward.legal_service_org": "",
    "remedies.review.upheld": "2",
    "remedies.review.corrected": "1",
    "remedies.review.total": "4",
}
_OLD = {
    "proactive.normative_documents.newly_made": "6",
    "proactive.normative_documents.newly_disclosed": "6",
    "proactive.normative_documents.disclosed_total": "41",
    "proactive.administrative_licensing.items_last_year": "121",
    "proactive.administrative_licensing.items_change": "增7",
    "proactive.administrative_licensing.decisions": "303",
    "proactive.administrative_fees.items_change": "0/0",
    "proactive.centralized_procurement.project_count": "14个",
    "proactive.centralized_procurement.total_amount": "184719元",
}
