"""The command line: exit codes, one line for each bad input, outputs that never overwrite each other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from parser import cli
from parser.errors import OutputError
from parser.export.workbook import write_workbook
from parser.model.finding import Assessment
from parser.model.report import CellKey, Edit
from parser.paths import resource
from tests.conftest import ROOT
from tests.extract.snippets import PROACTIVE_2021, written
from tests.forms import make_report

TITLE = "清河市水务局2023年政府信息公开工作年度报告\n"
WRONG_SUM = {"applications.new_received.total": "7"}


@dataclass
class Result:
    """What a call printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Result:
        code = cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Return a report without any error."""
    return Path(shutil.copy(next(resource("samples").glob("01*")), tmp_path / "清河市 农业农村局（2023）.txt"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "输出"


def outputs(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def empty(path: Path) -> None:
    path.write_bytes(b"")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20)


def without_tables(path: Path) -> None:
    path.write_text(f"{TITLE}一、总体情况\n全年公开信息30条。\n二、主动公开政府信息情况\n见附图。\n", "utf-8")


def of_2018(path: Path) -> None:
    text = "指标名称\t计量单位\t数量\n一、主动公开情况\n主动公开政府信息数\t条\t120\n制定规范性文件数\t件\t2\n"
    path.write_text(TITLE.replace("2023", "2018") + text, "utf-8")


def in_no_encoding(path: Path) -> None:
    path.write_bytes(bytes(range(128, 256)) * 40)


def binary(path: Path) -> None:
    path.write_bytes(b"\x00\x01\x02\x03" * 40)


def damaged_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(100))


def ofd(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04\x14\x00" + bytes(100))


def heic(path: Path) -> None:
    path.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(100))


def page_without_words(path: Path) -> None:
    path.write_text("<html><body><script>load()</script></body></html>", "utf-8")


BAD = [
    ("空.txt", empty, "文件是空的"),
    ("照片.png", picture, "图片"),
    ("照片.txt", picture, "图片"),
    ("照片.heic", heic, "另存为 JPG"),
    ("公文.ofd", ofd, "另存为 PDF"),
    ("报告.pdf", damaged_pdf, "PDF 文件已损坏"),
    ("很大.txt", huge, "50 MB"),
    ("没有表格.txt", without_tables, "没有找到年度报告的表格"),
    ("2018年.txt", of_2018, "2018 年的年度报告"),
    ("乱码.txt", in_no_encoding, "编码"),
    ("程序.bin", binary, "不是文字文件"),
    ("空网页.html", page_without_words, "没有文字"),
]


@pytest.mark.parametrize("command", ["extract", "check"])
@pytest.mark.parametrize(("name", "make", "wrong"), BAD, ids=[name for name, *_ in BAD])
def test_an_unreadable_input_is_one_line_with_what_is_wrong_and_what_to_do(
    name: str, make: Callable[[Path], None], wrong: str, command: str, run: Run, tmp_path: Path, out: Path
) -> None:
    make(tmp_path / name)
    result = run(command, tmp_path / name, *(["-o", out] if command == "extract" else []))
    assert (result.code, result.out) == (3, "")
    (message,) = result.messages
    assert message.startswith(f"{tmp_path / name}: ")
    assert wrong in message
    assert "；" in message
    assert not out.exists() or outputs(out) == []


def test_a_missing_file_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("check", tmp_path / "没有.txt")
    assert (result.code, result.messages) == (
        3,
        [f"{tmp_path / '没有.txt'}: 文件不存在；请确认路径，或文件是否已被移走"],
    )


def test_a_protected_file_is_one_line(run: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("check", good)
    assert result.code == 3
    (message,) = result.messages
    assert "没有读取权限；请" in message


def test_a_bad_input_does_not_stop_the_batch(run: Run, good: Path, out: Path, tmp_path: Path) -> None:
    for name, make, _ in BAD:
        make(tmp_path / name)
    result = run("extract", *(tmp_path / name for name, *_ in BAD), good, "-o", out)
    assert result.code == 1
    assert len(result.messages) == len(BAD)
    assert outputs(out) == [f"{good.name}.json"]


def test_a_good_report_becomes_one_json_file(run: Run, good: Path, out: Path) -> None:
    assert run("extract", good, "-o", out) == Result(0, "", "")
    record = json.loads((out / f"{good.name}.json").read_text("utf-8"))
    assert (record["schema"], record["source"]["name"], len(record["cells"])) == (1, good.name, 200)
    assert (record["issuer"], record["year"]) == ("清河市农业农村局", 2023)


def test_the_format_may_be_excel(run: Run, good: Path, out: Path) -> None:
    assert run("extract", good, "-o", out, "--format", "xlsx") == Result(0, "", "")
    assert outputs(out) == [f"{good.name}.xlsx"]
    assert "主动公开" in load_workbook(out / f"{good.name}.xlsx").sheetnames


def test_an_exported_workbook_is_an_input_too(run: Run, good: Path, out: Path) -> None:
    run("extract", good, "-o", out, "--format", "xlsx")
    run("extract", good, "-o", out)
    assert run("extract", out / f"{good.name}.xlsx", "-o", out).code == 0
    first, again = (json.loads((out / f"{good.name}{end}").read_text("utf-8")) for end in (".json", ".xlsx.json"))
    assert first["cells"] == again["cells"]


def test_inputs_of_the_same_name_never_overwrite_each_other(run: Run, good: Path, out: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("甲", "乙", "丙")]
    for n, folder in enumerate(folders):
        folder.mkdir()
        (folder / "年报.txt").write_text(good.read_text("utf-8").replace("清河市", "甲乙丙"[n] + "市"), "utf-8")
    assert run("extract", *(folder / "年报.txt" for folder in folders), folders[0] / "年报.txt", "-o", out).code == 0
    assert outputs(out) == ["年报.txt (2).json", "年报.txt (3).json", "年报.txt (4).json", "年报.txt.json"]
    issuers = {json.loads((out / name).read_text("utf-8"))["issuer"][0] for name in outputs(out)}
    assert issuers == set("甲乙丙")


def test_names_that_differ_only_in_case_get_outputs_of_their_own(
    run: Run, good: Path, out: Path, tmp_path: Path
) -> None:
    for folder, name in (("a", "Report.txt"), ("b", "report.TXT")):
        (tmp_path / folder).mkdir()
        shutil.copy(good, tmp_path / folder / name)
    assert run("extract", tmp_path / "a" / "Report.txt", tmp_path / "b" / "report.TXT", "-o", out).code == 0
    assert len({name.casefold() for name in outputs(out)}) == 2


def test_the_same_name_with_another_suffix_keeps_its_own_output(
    run: Run, good: Path, out: Path, tmp_path: Path
) -> None:
    for name in ("年报.txt", "年报.md"):
        shutil.copy(good, tmp_path / name)
    run("extract", tmp_path / "年报.txt", tmp_path / "年报.md", "-o", out)
    assert outputs(out) == ["年报.md.json", "年报.txt.json"]


def test_inputs_of_a_folder_keep_their_subfolders(run: Run, good: Path, out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "2023 年报"
    for part in ("县 直", "乡镇/柳林镇", ".隐藏"):
        (folder / part).mkdir(parents=True)
        shutil.copy(good, folder / part / "年报.txt")
    shutil.copy(good, folder / "~$年报.txt")
    (folder / "说明.json").write_text("{}", "utf-8")
    assert run("extract", folder, "-o", out).code == 0
    assert outputs(out) == ["乡镇/柳林镇/年报.txt.json", "县 直/年报.txt.json"]


def test_a_document_in_a_folder_that_cannot_be_read_is_named(run: Run, good: Path, out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    shutil.copy(good, folder / "好.txt")
    picture(folder / "照片.jpg")
    result = run("extract", folder, "-o", out)
    assert result.code == 1
    assert [message.split(": ")[0] for message in result.messages] == [str(folder / "照片.jpg")]
    assert outputs(out) == ["好.txt.json"]


def test_two_processes_do_the_same_work_as_one(run: Run, out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    shutil.copytree(resource("samples"), folder, ignore=shutil.ignore_patterns("*.pdf", "*.jpg"))  # slow to read
    empty(folder / "空.txt")
    one, two = (run("extract", folder, "-o", out / str(jobs), "--jobs", jobs) for jobs in (1, 2))
    assert one == two
    assert one.code == 1
    assert len(outputs(out / "1")) == len(list(folder.iterdir())) - 1
    for name in outputs(out / "1"):
        assert (out / "1" / name).read_bytes() == (out / "2" / name).read_bytes()


def test_an_output_folder_that_is_a_file_stops_the_work(run: Run, good: Path) -> None:
    result = run("extract", good, "-o", good)
    assert result.code == 3
    (message,) = result.messages
    assert "不是文件夹；请" in message


def test_an_output_folder_one_may_not_make_stops_the_work(
    run: Run, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = run("extract", good, "-o", out)
    assert result.code == 3
    (message,) = result.messages
    assert "没有写入权限" in message
    assert "；请" in message


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_disk_that_fills_up_stops_the_work_and_leaves_no_file(
    form: str, run: Run, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("parser.export.replace_file.os.fsync", fail)
    result = run("extract", good, good, "-o", out, "--format", form)
    assert result.code == 3
    (message,) = result.messages
    assert "磁盘空间不足" in message
    assert outputs(out) == []


def test_an_older_output_survives_a_failure(run: Run, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("extract", good, "-o", out)
    before = (out / f"{good.name}.json").read_bytes()

    def fail(*_: object) -> None:
        raise OutputError("无法写入；请换一个位置")

    monkeypatch.setattr("parser.batch.write_json", fail)
    assert run("extract", good, "-o", out).code == 3
    assert (out / f"{good.name}.json").read_bytes() == before


def test_an_output_is_replaced_by_a_second_run(run: Run, good: Path, out: Path) -> None:
    run("extract", good, "-o", out)
    good.write_text(good.read_text("utf-8").replace("186", "187"), "utf-8")
    run("extract", good, "-o", out)
    assert outputs(out) == [f"{good.name}.json"]
    assert '"187"' in (out / f"{good.name}.json").read_text("utf-8")


@pytest.mark.parametrize("command", ["extract", "check"])
def test_a_folder_with_nothing_to_read_is_one_line(command: str, run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "空文件夹").mkdir()
    result = run(command, tmp_path / "空文件夹", *(["-o", out] if command == "extract" else []))
    assert result.code == 3
    (message,) = result.messages
    assert "没有可读取的报告；请" in message


def test_check_prints_a_finding_a_line_and_fails_for_an_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "合计 不符.txt"
    path.write_text(written(values=WRONG_SUM), "utf-8")
    result = run("check", path)
    assert (result.code, result.err) == (1, "")
    for line in result.out.splitlines():
        assert line.startswith(f"{path}: ")
        severity, rule, message = line.removeprefix(f"{path}: ").split(" ", 2)
        assert severity in ("error", "warning", "info")
        assert rule.replace("-", "").isalnum()
        assert message
    assert f"{path}: error T3-ROW " in result.out


def test_check_passes_a_report_without_errors(run: Run, good: Path) -> None:
    result = run("check", good)
    assert result.code == 0
    assert "error" not in result.out


def test_check_counts_the_cells_that_must_be_compared_with_the_source(run: Run, good: Path) -> None:
    assert "X-DOUBT" not in run("check", good).out
    text = good.read_text("utf-8")
    good.write_text(re.sub(r"(?m)^(行政许可\s+)\d+$", r"\g<1>1O2", text), "utf-8")
    assert good.read_text("utf-8") != text
    result = run("check", good)
    assert result.code == 0
    assert f"{good}: info X-DOUBT 1 格存疑，须在核校窗口中对照原文" in result.out.splitlines()


def test_check_of_two_reports_in_a_file_says_so(run: Run, good: Path) -> None:
    text = good.read_text("utf-8")
    good.write_text(f"{text}\n\n{text.replace('2023年政府', '2022年政府')}", "utf-8")
    result = run("check", good)
    assert result.code == 0
    assert f"{good}: warning X-MULTI " in result.out


def test_check_goes_on_after_a_bad_input(run: Run, good: Path, tmp_path: Path) -> None:
    empty(tmp_path / "空.txt")
    result = run("check", tmp_path / "空.txt", good)
    assert result.code == 1
    assert len(result.messages) == 1


def test_a_table_alone_is_extracted_with_what_is_missing(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "表.txt").write_text(PROACTIVE_2021, "utf-8")
    assert run("extract", tmp_path / "表.txt", "-o", out).code == 0
    record = json.loads((out / "表.txt.json").read_text("utf-8"))
    states = {(cell["key"].partition(".")[0], cell["state"]) for cell in record["cells"]}
    assert states == {("proactive", "number"), ("applications", "absent"), ("remedies", "absent")}
    assert "X-ABSENT" in {finding["rule"] for finding in record["findings"]}


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ([], "nianbao review"),
        (["extract"], "缺少"),
        (["extract", "a.txt"], "缺少 -o"),
        (["extract", "-o", "out"], "缺少"),
        (["extract", "a.txt", "-o"], "-o 后面缺少内容"),
        (["extract", "a.txt", "-o", "out", "--jobs", "0"], "不小于 1 的整数"),
        (["extract", "a.txt", "-o", "out", "--jobs", "两个"], "不小于 1 的整数"),
        (["extract", "a.txt", "-o", "out", "--format", "pdf"], "--format 不能是"),
        (["extract", "a.txt", "-o", "out", "--quick"], "不认识 --quick"),
        (["check"], "缺少"),
        (["frobnicate"], "frobnicate"),
        (["review", "a.txt"], "nianbao review"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(arguments: list[str], wrong: str, run: Run) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "nianbao" in result.messages[0]
    assert wrong in result.messages[-1]


def test_help_is_no_misuse(run: Run) -> None:
    assert run("--help").code == 0
    assert "extract" in run("extract", "--help").out


def test_without_a_terminal_no_progress_is_shown(run: Run, good: Path, out: Path) -> None:
    assert run("extract", good, "-o", out).err == ""


def test_on_a_terminal_progress_is_shown(run: Run, good: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert "1/1" in run("extract", good, "-o", out).err


def test_the_module_is_the_command(good: Path) -> None:
    command = [sys.executable, "-m", "parser", "check", good]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_who_has_seen_enough_ends_the_work_quietly(good: Path) -> None:
    good.write_text(written(values=WRONG_SUM), "utf-8")
    command = f'"{sys.executable}" -m parser check {" ".join([f"{chr(34)}{good}{chr(34)}"] * 40)} | head -n 1'
    done = subprocess.run(command, cwd=ROOT, shell=True, capture_output=True, check=False)
    assert done.stderr == b""


def test_a_terminal_that_lacks_a_character_does_no_harm(good: Path) -> None:
    command = [sys.executable, "-m", "parser", "check", good.with_name("没有.txt")]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=environment)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


def test_what_a_person_has_explained_in_a_workbook_is_the_offices_own(run: Run, out: Path, tmp_path: Path) -> None:
    report = make_report(cells={"remedies.review.upheld": 2, "remedies.review.total": 3})
    key = CellKey("remedies", "review", "total")
    why = Edit(
        key, report.cells[key], report.cells[key], "原文如此：原件合计有误", "李四", datetime(2024, 1, 25, tzinfo=UTC)
    )
    book = tmp_path / "年报.xlsx"
    write_workbook(report.apply([why]), Assessment(), book)
    assert run("extract", book, "-o", out).code == 0
    findings = json.loads((out / "年报.xlsx.json").read_text("utf-8"))["findings"]
    assert [(f["rule"], f["verdict"]) for f in findings if f["severity"] == "error"] == [("T4-SUM", "source")]


def two_years(folder: Path) -> tuple[Path, Path]:
    """Write the reports of one office for 2022 and 2023; what was carried over is not what was carried forward."""
    folder.mkdir()
    files = folder / "a今年.txt", folder / "b去年.txt"
    files[0].write_text(written(), "utf-8")
    files[1].write_text(written().replace("2023年", "2022年"), "utf-8")
    return files


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_are_compared_with_the_year_before(run: Run, tmp_path: Path, out: Path, jobs: int) -> None:
    this_year, last_year = two_years(tmp_path / "年报")
    assert run("extract", tmp_path / "年报", "-o", out, "--jobs", jobs).code == 0
    found = json.loads((out / f"{this_year.name}.json").read_text("utf-8"))["findings"]
    carried = [finding for finding in found if finding["rule"] == "X-CARRY"]
    assert len(carried) == 7
    assert all(f"（2022 年报告：{last_year.name}）" in finding["message"] for finding in carried)
    assert "X-CARRY" not in (out / f"{last_year.name}.json").read_text("utf-8")


def test_check_compares_with_the_year_before(run: Run, tmp_path: Path) -> None:
    this_year, last_year = two_years(tmp_path / "年报")
    lines = run("check", this_year, last_year).out.splitlines()
    assert sum(line.startswith(f"{this_year}: warning X-CARRY") for line in lines) == 7
    assert not any(line.startswith(f"{last_year}: warning X-CARRY") for line in lines)
    assert not any("X-CARRY" in line for line in run("check", this_year).out.splitlines())
