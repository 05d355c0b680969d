"""The bundle that ``build/bundle.py`` has made works on a machine without Python, network or screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from parser import cli
from parser.paths import resource
from tests.conftest import ROOT

if "NIANBAO_BUNDLE" not in os.environ:
    pytest.skip("needs a bundle, which build/dev.py bundle makes", allow_module_level=True)

from build import bundle  # a folder, not the distribution of this name

BUNDLE = Path(os.environ["NIANBAO_BUNDLE"])
INSIDE = BUNDLE / "_internal"
SAMPLES = sorted(path for path in resource("samples").iterdir() if path.is_file())
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="nothing stands in for a library there")
Run = Callable[..., subprocess.CompletedProcess[str]]


@cache
def _offline() -> tuple[str, ...]:
    """Return what to put before a command so that it has no network, where this is permitted."""
    for command in (("unshare", "--net"), ("unshare", "--net", "--map-root-user")):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return (shutil.which("unshare") or "", *command[1:])
    return ()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [*_offline(), str(bundle.program(BUNDLE)), *map(str, arguments)]
        environment = bundle.clean_environment(tmp_path / "home")
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, check=False, text=True, encoding="utf-8"
        )

    return call


def _cells(record: Path) -> dict[str, tuple[str, str, bool]]:
    cells = json.loads(record.read_text("utf-8"))["cells"]
    return {cell["key"]: (cell["state"], cell["value"], cell["doubtful"]) for cell in cells}


def test_it_is_small_enough() -> None:
    assert sum(bundle.files(BUNDLE).values()) <= bundle.LARGEST


@pytest.mark.parametrize(
    "pattern",
    [
        "resources/templates/2021.toml",
        "resources/characters.toml",
        "resources/icons/*.svg",
        "resources/manual/images/*",
        "PySide6/**/qtbase_zh_CN.qm",
        "rapidocr/config.yaml",
        "rapidocr/models/PP-OCRv6_rec_small.onnx",
        "licenses/numpy/*",
    ],
)
def test_it_holds_what_the_program_reads(pattern: str) -> None:
    assert list(INSIDE.glob(pattern))


@on_linux
def test_every_library_finds_those_it_needs() -> None:
    environment = dict(os.environ, LD_LIBRARY_PATH=str(INSIDE), LC_ALL="C")
    libraries = [path for path in INSIDE.rglob("*.so*") if path.is_file() and not path.is_symlink()]
    assert len(libraries) > 100
    missing = []
    for library in libraries:
        command = ["ldd", str(library)]
        done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
        lines = (done.stdout + done.stderr).splitlines()
        missing += [f"{library.name}: {line.strip()}" for line in lines if "not found" in line or "error while" in line]
    assert missing == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_it_reads_a_report_as_the_source_does(sample: Path, run: Run, tmp_path: Path) -> None:
    done = run("extract", sample, "-o", tmp_path / "bundle")
    assert (done.returncode, done.stderr) == (0, "")
    assert cli.main(["extract", str(sample), "-o", str(tmp_path / "source")]) == 0
    name = f"{sample.name}.json"
    assert _cells(tmp_path / "bundle" / name) == _cells(tmp_path / "source" / name)


def test_it_writes_workbooks_with_several_processes(run: Run, tmp_path: Path) -> None:
    done = run("extract", resource("samples"), "-o", tmp_path / "out", "--format", "xlsx", "--jobs", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == len(SAMPLES)
    for workbook in (tmp_path / "out").glob("*.xlsx"):
        assert "主动公开" in load_workbook(workbook).sheetnames


def test_its_commands_speak_chinese_where_the_language_is_not_set(run: Run) -> None:
    assert "打开核校窗口" in run("--help").stdout
    assert "输出文件夹" in run("extract", "--help").stdout
    assert run("check", "没有.txt").stderr.startswith("没有.txt: 文件不存在")


def test_its_window_opens_and_stays(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [*_offline(), str(bundle.program(BUNDLE)), "review", str(resource("samples"))]
    with bundle.window(command, bundle.clean_environment(home)) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        if sys.platform == "linux":
            loaded = Path(f"/proc/{process.pid}/maps").read_text("utf-8")
            assert str(INSIDE / "PySide6/Qt/plugins/platforms/libqoffscreen.so") in loaded
            assert f"{sys.base_prefix}/lib/python3.{sys.version_info[1]}/" not in loaded
            assert str(ROOT / ".venv") not in loaded
    if sys.platform != "win32":
        assert process.returncode == -15  # it had to be told to go
    assert not [log for log in home.rglob("*.log") if log.read_text("utf-8")]


def _printed(code: str, stand_in: str | None = None) -> str:
    """Return what ``code`` prints here, with a library from the bundle in the place of the one installed here."""
    environment = dict(os.environ)
    if stand_in:
        library = next(INSIDE.glob(stand_in))
        environment["LD_PRELOAD"] = str(library)
        code += f"""
loaded = {{line.split(maxsplit=5)[-1].strip() for line in open("/proc/self/maps") if "{library.name}" in line}}
assert loaded == {{"{library}"}}, loaded
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@on_linux
def test_opencv_calculates_with_the_openblas_of_numpy() -> None:
    code = """
import cv2
import numpy as np
random = np.random.default_rng(7)
for kind, near in ((np.float32, 2e-2), (np.float64, 1e-8)):
    close = lambda found, right: np.testing.assert_allclose(found, right, rtol=near, atol=near)
    square, right = (random.normal(size=(150, 150)).astype(kind) for _ in range(2))
    tall = random.normal(size=(200, 120)).astype(kind)
    definite = square @ square.T + 150 * np.eye(150, dtype=kind)
    determinant = np.linalg.det(definite.astype(float) / 150)
    close(cv2.gemm(square, right, 2, definite, 3), 2 * square @ right + 3 * definite)
    close(cv2.gemm(square, right, 1, None, 0, flags=cv2.GEMM_1_T), square.T @ right)
    pair, other = (random.normal(size=(150, 150, 2)).astype(kind) for _ in range(2))
    close(cv2.gemm(pair, other, 1, None, 0) @ [1, 1j], (pair @ [1, 1j]) @ (other @ [1, 1j]))
    close(cv2.solve(definite, right, flags=cv2.DECOMP_LU)[1], np.linalg.solve(definite, right))
    close(cv2.solve(definite, right[:, :1].copy(), flags=cv2.DECOMP_LU)[1], np.linalg.solve(definite, right[:, :1]))
    close(cv2.solve(definite, right, flags=cv2.DECOMP_CHOLESKY)[1], np.linalg.solve(definite, right))
    close(cv2.solve(tall, tall[:, :3] * 2, flags=cv2.DECOMP_QR)[1], np.eye(120)[:, :3] * 2)
    close(cv2.solve(tall, tall[:, :1] * 2, flags=cv2.DECOMP_SVD)[1], np.eye(120)[:, :1] * 2)
    close(cv2.invert(definite, flags=cv2.DECOMP_CHOLESKY)[1] @ definite, np.eye(150))
    close(cv2.determinant(definite / 150) / determinant, 1)
    values, left, across = cv2.SVDecomp(tall)
    close(left * values.ravel() @ across, tall)
    close(np.prod(cv2.eigenNonSymmetric(definite / 150)[0]) / determinant, 1)
"""
    assert _printed(code, "opencv_python_headless.libs/libopenblas*") == ""


@on_linux
def test_qt_does_with_what_is_left_of_icu_as_it_did_with_all() -> None:
    code = """
import ctypes
from pathlib import Path
import PySide6
from PySide6.QtCore import QByteArray, QCollator, QDate, QDateTime, QLocale, QTime, QTimeZone
chinese = QLocale("zh_CN")
collator = QCollator(chinese)
print(sorted(["张", "李", "白", "阿", "重庆", "长沙", "a", "10", "9"], key=collator.sortKey))
collator.setNumericMode(True)
print(sorted(["10", "9"], key=collator.sortKey), chinese.toUpper("iß"), chinese.toLower("ÀÉ"))
zone = QTimeZone(QByteArray(b"Asia/Shanghai"))
print(zone.isValid(), zone.displayName(QTimeZone.TimeType.StandardTime, locale=chinese))
print(chinese.toString(QDateTime(QDate(2023, 1, 2), QTime(3, 4), zone)))
icu = next(Path(PySide6.__file__).parent.glob("Qt/lib/libicuuc.so.*"))
convert = getattr(ctypes.CDLL(icu), f"ucnv_convert_{icu.suffix[1:]}")
for encoding in ("GB18030", "GBK", "GB2312", "Big5", "ISO-8859-1"):
    target, source = ctypes.create_string_buffer(40), "中文".encode(encoding, "replace")
    length = convert(b"UTF-8", encoding.encode(), target, 40, source, len(source), ctypes.byref(ctypes.c_int()))
    print(encoding, target.raw[:length].decode())
"""
    printed = _printed(code)
    assert printed.count("中文") == 4
    assert _printed(code, "PySide6/Qt/lib/libicudata*") == printed
