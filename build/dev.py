#!/usr/bin/env python3
"""A bare machine becomes one where the window opens (``run``) and every check passes (``test``).

Only the standard library; syntax that Python 3.7 still reads, so that an old Python gets an answer, not a traceback.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "nianbao-stamp"
LOCK = ROOT / "build" / "requirements.lock"
DEV_LOCK = ROOT / "build" / "requirements-dev.lock"
SAMPLES = ROOT / "resources" / "samples"

# What Qt's xcb, wayland and offscreen platform plugins load: library -> Debian package.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What PyInstaller and build/slim.py call: program -> Debian package.
TOOLS = {"objdump": "binutils", "cc": "gcc"}

CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format --check", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as main; main()")),
    ("pytest", ("-m", "pytest")),
    ("bundle", ("build/bundle.py", "--check")),
)
SKIPPED = 77  # the exit code of a check that cannot be made on this machine

LAUNCH = "import sys; sys.argv[0] = 'nianbao'; from desktop.cli import main; sys.exit(main())"


class SetUpError(Exception):
    """The machine cannot be set up; the message says what to do."""


def main() -> int:
    """Do what the command line asks and return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description="准备环境，然后打开核校窗口、运行全部检查或打包")
    commands = parser.add_subparsers(dest="command", metavar="run | test | bundle | lock", required=True)
    command = commands.add_parser("run", help="打开核校窗口 / open the review window")
    command.add_argument("paths", nargs="*", metavar="PATH", help="报告文件或文件夹；不写则打开自带的样例")
    commands.add_parser("test", help="运行全部检查 / run every check that CI runs")
    commands.add_parser("bundle", help="打包成不需要 Python 的文件夹 / make dist/nianbao, which runs without Python")
    command = commands.add_parser("lock", help="重新锁定依赖版本 / renew build/requirements*.lock from pyproject.toml")
    command.add_argument("--upgrade", action="store_true", help="升级到最新的可用版本 / take the newest versions")
    arguments = parser.parse_args()
    if arguments.command == "run":
        return run(arguments.paths)
    if arguments.command == "test":
        return test()
    if arguments.command == "bundle":
        return _call([set_up(DEV_LOCK), str(ROOT / "build" / "bundle.py")], cwd=ROOT)
    return lock(upgrade=arguments.upgrade)


def run(paths: Sequence[str]) -> int:
    """Open the review window on ``paths`` or the samples; without a display, extract them to Excel."""
    python = set_up(LOCK)
    paths = list(paths) or [str(SAMPLES)]
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return _call([python, "-P", "-c", LAUNCH, "review", *paths])
    folder = _output_folder()
    say("没有图形界面，改为提取成 Excel 工作簿… / No display: extracting the reports to Excel workbooks instead …")
    code = _call([python, "-P", "-m", "parser", "extract", *paths, "-o", str(folder), "--format", "xlsx"])
    if folder.is_dir():
        say(f"结果在 / The workbooks are in: {folder}")
    return code


def test() -> int:
    """Run every check, all of them even when one fails; return 0 when none failed."""
    python = set_up(DEV_LOCK)
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    results = []
    for name, command in CHECKS:
        say("\n== " + name)
        start = time.monotonic()
        code = _call([python, *command], cwd=ROOT, env=environment)
        results.append((name, code, time.monotonic() - start))
    say("")
    words = {0: "通过 ok     ", SKIPPED: "跳过 skipped"}
    for name, code, seconds in results:
        say(f"{words.get(code, '失败 FAILED ')}  {name:20} {seconds:6.1f} s")
    return 0 if all(code in words for _, code, _ in results) else 1


def lock(*, upgrade: bool) -> int:
    """Write both locks anew: versions and hashes for every platform, no index addresses."""
    with tempfile.TemporaryDirectory() as folder:
        _must([sys.executable, "-m", "venv", folder], "无法建立临时的虚拟环境")
        python = str(Path(sysconfig.get_path("scripts", "venv", {"base": folder})) / "python")
        _must([python, "-m", "pip", "install", "--quiet", "uv"], "无法安装 uv，请检查网络")
        compiler = [python, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", "--universal"]
        compiler += ["--python-version", f"{OLDEST[0]}.{OLDEST[1]}", "--fork-strategy", "fewest", "--generate-hashes"]
        compiler += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
        compiler += ["--upgrade"] if upgrade else []
        _must([*compiler, "--output-file", str(LOCK)], "无法锁定依赖")
        _must([*compiler, "--extra", "dev", "--constraint", str(LOCK), "--output-file", str(DEV_LOCK)], "无法锁定依赖")
    return 0


def set_up(lock: Path) -> str:
    """Return the Python of a virtual environment that holds ``lock``; quick when it already does."""
    _prepare_system(TOOLS if lock == DEV_LOCK else {})
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(VENV)}))
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    complete = python.exists() and site.is_dir() and STAMP.is_file()
    if complete and STAMP.read_text() in (_fingerprint(lock), _fingerprint(DEV_LOCK)):  # DEV_LOCK contains LOCK
        return str(python)
    if not complete:
        say(f"正在建立虚拟环境 {VENV} …")
        _must([sys.executable, "-m", "venv", "--clear", str(VENV)], f"无法建立虚拟环境 {VENV}")
    say("正在安装依赖（首次约需几分钟，以后不再重复）… / Installing the locked dependencies (first time only) …")
    pip = [str(python), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    pip += ["--disable-pip-version-check", "--no-input"] + ([] if sys.stdout.isatty() else ["--quiet"])
    _must([*pip, "--requirement", str(lock)], "依赖没有装好，请看上面的提示；若是网络不通，请联网或设置 pip 镜像后重试")
    _make_importable(site, scripts)
    STAMP.write_text(_fingerprint(lock))
    return str(python)


def say(message: str) -> None:
    """Print at once, also when a child process prints next."""
    print(message, flush=True)


def _prepare_system(tools: dict[str, str]) -> None:
    """Install ``tools`` and what Qt needs from the system, or say what is missing; never fail for it."""
    missing = _missing_from_system(tools)
    if not missing:
        return
    if not shutil.which("apt-get"):
        say(f"缺少以下系统组件，窗口可能打不开，请用系统的软件管理器安装：{'、'.join(missing)}")
        return
    packages = sorted(set(missing.values()))
    become_root = _root_prefix()
    if become_root is not None:
        say(f"正在安装系统组件（约需一两分钟）… / Installing system packages: {' '.join(packages)}")
        apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        _call([*apt, "update"], stdout=subprocess.DEVNULL)
        install = [*apt, "install", "-y", "--no-install-recommends", *packages]
        if _call(install, stdout=subprocess.DEVNULL) == 0:
            return
    say("缺少系统组件，窗口可能打不开。请运行：")
    say(f"    sudo apt-get update && sudo apt-get install {' '.join(packages)}")


def _missing_from_system(tools: dict[str, str]) -> dict[str, str]:
    """Return what is missing: library or program -> Debian package."""
    if sys.platform != "linux":
        return {}
    missing = {tool: package for tool, package in tools.items() if not shutil.which(tool)}
    if not importlib.util.find_spec("ensurepip"):
        missing["venv"] = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    if Path(ldconfig).exists():
        known = {line.split(" ", 1)[0] for line in _output([ldconfig, "-p"]).replace("\t", "").splitlines()}
        missing.update((library, package) for library, package in LIBRARIES.items() if library not in known)
    if not shutil.which("fc-list"):
        missing["fc-list"] = "fontconfig"
    if not _output(["fc-list", ":lang=zh"]):
        missing["中文字体"] = "fonts-noto-cjk"
    return missing


def _root_prefix() -> list[str] | None:
    """Return what to put before a command that only root may run; None when there is no way without a password."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _make_importable(site: Path, scripts: Path) -> None:
    """Put the project on the environment's path, and the ``nianbao`` command beside its Python."""
    # Relative, so plain ASCII: Python reads .pth files in the system's encoding.
    (site / "nianbao.pth").write_text(os.path.relpath(ROOT, site) + "\n", encoding="ascii")
    if os.name == "nt":
        (scripts / "nianbao.cmd").write_text(f'@"%~dp0python.exe" -P -c "{LAUNCH}" %*\n', encoding="ascii")
        return
    script = scripts / "nianbao"
    script.write_text(f'#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -c "{LAUNCH}" "$@"\n')
    script.chmod(0o755)


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def _output_folder() -> Path:
    for name in ("文档", "Documents"):
        if (Path.home() / name).is_dir():
            return Path.home() / name / "年报核校"
    return Path.cwd() / "nianbao-output"


def _output(command: Sequence[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, check=False, text=True, errors="replace").stdout
    except OSError:
        return ""


def _call(
    command: Sequence[str], cwd: Path | None = None, env: dict[str, str] | None = None, stdout: int | None = None
) -> int:
    return subprocess.run(command, cwd=cwd, env=env, stdout=stdout, check=False).returncode


def _must(command: Sequence[str], otherwise: str) -> None:
    if _call(command, cwd=ROOT) != 0:
        raise SetUpError(otherwise)


def _other_python() -> str | None:
    """Return a Python that will do, when this one is too old or too new."""
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    found = (shutil.which(f"python3.{minor}") for minor in minors)
    return next((python for python in found if python and _output([python, "--version"])), None)


def _start() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that cannot show Chinese
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        python = _other_python()
        if python:
            return _call([python, __file__, *sys.argv[1:]])
        say(f"需要 Python 3.11、3.12 或 3.13，当前是 {sys.version.split()[0]}。请安装后用它运行本命令。")
        say("Python 3.11, 3.12 or 3.13 is needed: install one and run this command with it.")
        return 2
    try:
        return main()
    except SetUpError as error:
        say(f"出错：{error}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(_start())
