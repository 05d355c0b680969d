"""The program becomes a folder that runs on a machine without Python: dist/nianbao.

Run by ``dev.py bundle`` in its environment, and by ``dev.py test`` with ``--check``, which is skipped where
none can be made. What is built is tested (tests/test_bundle.py), and its size and start times are shown.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "nianbao"
WORK = ROOT / "dist" / "work"  # not PyInstaller's own choice, ./build: that is source here
SAMPLES = ROOT / "resources" / "samples"
LARGEST = 330_000_000  # bytes
SKIPPED = 77  # the exit code of a check that cannot be made here; dev.py knows it too
_PAINTED = re.compile(rb"qt\.widgets\.painting: Flushing .* of MainWindow")
_PARTS = (
    ("Qt、PySide6", r"PySide6/|shiboken6/"),
    ("OpenCV", r"cv2/|opencv_python_headless\.libs/"),
    ("onnxruntime", r"onnxruntime/"),
    ("rapidocr 与识别模型", r"rapidocr/"),
    ("NumPy", r"numpy"),
    ("pandas", r"pandas"),
    ("Pillow、pdfium", r"PIL/|pillow\.libs/|pypdfium2"),
    ("lxml、RapidFuzz、shapely 等", r"[^/]+/"),
    ("系统库、Python", r""),
)


def main() -> int:
    """Build, test and measure the bundle; return the exit code."""
    parser = argparse.ArgumentParser(prog="bundle.py")
    parser.add_argument("--check", action="store_true", help="本机不能打包时跳过，不算失败")
    check = parser.parse_args().check
    if reason := obstacle():
        print(f"{'跳过 skipped' if check else '出错'}：{reason}", flush=True)
        return SKIPPED if check else 1
    build()
    show_sizes()
    environment = dict(os.environ, NIANBAO_BUNDLE=str(BUNDLE), QT_QPA_PLATFORM="offscreen")
    tests = [sys.executable, "-m", "pytest", "tests/test_bundle.py"]
    code = subprocess.run(tests, cwd=ROOT, env=environment, check=False).returncode
    if code == 0:
        show_start_times()
        print(f"\n打包完成 / The bundle is in: {BUNDLE}", flush=True)
    return code


def obstacle() -> str | None:
    """Return why no bundle can be made here, None when one can."""
    from PyInstaller.depend.bindepend import get_python_library_path  # type: ignore[import-untyped]
    from PyInstaller.exceptions import PythonLibraryNotFoundError  # type: ignore[import-untyped]

    try:
        get_python_library_path()
    except PythonLibraryNotFoundError:
        return "这个 Python 没有动态库，PyInstaller 不能使用（在 Debian 上安装 libpython3-dev）"
    needed = {"objdump": "binutils", "objcopy": "binutils", "strip": "binutils", "cc": "gcc"}
    missing = sorted({package for tool, package in needed.items() if not shutil.which(tool)})
    return f"缺少 {'、'.join(missing)}" if missing and sys.platform == "linux" else None


def build() -> None:
    """Make the bundle anew; raise SystemExit when PyInstaller cannot, which says why."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--workpath", str(WORK), "--distpath", str(BUNDLE.parent), str(ROOT / "build" / "nianbao.spec")]
    environment = dict(os.environ, PYINSTALLER_CONFIG_DIR=str(WORK / "cache"))
    if code := subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SystemExit(code)


def metadata(folder: Path) -> list[tuple[str, str]]:
    """Return a file, made in ``folder``, by which the program knows its version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    file = folder / "METADATA"
    file.write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8")
    return [(str(file), f"{project['name'].replace('-', '_')}-{project['version']}.dist-info")]


def licenses() -> list[tuple[str, str]]:
    """Return the licences of everything in the runtime lock: path, and folder in the bundle."""
    lock = (ROOT / "build" / "requirements.lock").read_text("utf-8")
    found = []
    for name in re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE):
        try:
            files = distribution(name).files or ()
        except PackageNotFoundError:  # needed on another system
            continue
        texts = [
            file for file in files if re.search(r"(?i)(^|/)(licen[cs]es?|copying|notice|thirdparty)\b[^/]*$", str(file))
        ]
        texts += [file for file in files if "/licenses/" in str(file).lower() and file not in texts]
        found += [(str(file.locate()), f"licenses/{name}") for file in texts if file.suffix not in (".py", ".pyc")]
    return found


def draw_icon(folder: Path) -> Path:
    """Return the program's icon as a picture, made in ``folder``; PyInstaller turns it into what Windows wants."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(256, 256, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "resources" / "icons" / "nianbao.svg")).render(painter)
    painter.end()
    file = folder / "nianbao.png"
    image.save(str(file))
    return file


def files(bundle: Path) -> dict[str, int]:
    """Return name -> size in bytes of every file in the bundle; a symbolic link has none."""
    return {
        path.relative_to(bundle).as_posix(): path.stat().st_size
        for path in bundle.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def show_sizes() -> None:
    """Print how large the bundle is, and its parts."""
    rest, sizes = files(BUNDLE), {}
    for part, pattern in _PARTS:
        names = [name for name in rest if re.match(pattern, name.removeprefix("_internal/"))]
        sizes[part] = sum(rest.pop(name) for name in names)
    for part, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"{size / 1e6:8.1f} MB  {part}")
    total = sum(sizes.values())
    print(f"{total / 1e6:8.1f} MB  合计（{total} 字节；不得超过 {LARGEST / 1e6:.0f} MB）", end="")
    if du := shutil.which("du"):
        blocks = subprocess.run([du, "-sm", str(BUNDLE)], capture_output=True, check=True, text=True).stdout.split()[0]
        print(f"；占用磁盘 {blocks} MiB", end="")
    print(flush=True)


def show_start_times() -> None:
    """Print how long the bundle and the source take to paint the window, and to read one report."""
    sample = next(SAMPLES.glob("01*"))
    commands = ([str(program(BUNDLE))], [sys.executable, "-m", "desktop"])
    with tempfile.TemporaryDirectory() as home:
        rows = (
            ("窗口画出 / window painted", ["review", str(SAMPLES)], _seconds_to_paint),
            ("提取一份 / one report read", ["extract", str(sample), "-o", home], _seconds_to_end),
        )
        for what, arguments, measure in rows:
            times = []
            for command in commands:
                environment = clean_environment(Path(home))
                times.append(statistics.median(measure([*command, *arguments], environment) for _ in range(5)))
            bundled, source = times
            print(f"{what}: {bundled:.2f} s，源代码 {source:.2f} s，{bundled / source:.2f} 倍", flush=True)


def program(bundle: Path) -> Path:
    """Return the program in the bundle that has a console."""
    return bundle / ("nianbao-cli.exe" if sys.platform == "win32" else "nianbao")


def clean_environment(home: Path) -> dict[str, str]:
    """Return the environment of somebody who has just logged in to a machine without Python, a screen or a language."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    home.mkdir(parents=True, exist_ok=True)
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def window(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command that opens the window, wait until Qt says that it is painted, and end it afterwards.

    Raises RuntimeError with what it printed when it ends before, or has no window within a minute.
    """
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "output").open("wb") as output:
        environment = {**environment, "QT_LOGGING_RULES": "qt.widgets.painting.debug=true"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=output, stdout=output)
        try:
            _wait_until_painted(process, Path(folder) / "output")
            yield process
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_painted(process: subprocess.Popen[bytes], output: Path) -> None:
    end = time.monotonic() + 60
    while not _PAINTED.search(printed := output.read_bytes()):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"no window; {process.args!r} printed: {printed.decode(errors='replace')}")
        time.sleep(0.005)


def _seconds_to_paint(command: Sequence[str], environment: Mapping[str, str]) -> float:
    start = time.monotonic()
    with window(command, environment):
        return time.monotonic() - start


def _seconds_to_end(command: Sequence[str], environment: Mapping[str, str]) -> float:
    start = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
