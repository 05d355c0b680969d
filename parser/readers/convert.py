"""Documents of older or other word processors become docx (or xlsx), by a LibreOffice installed on the machine."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from parser.errors import UnreadableFile, UnsupportedFormat

SECONDS = 60  # one conversion may take
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
_DOCUMENT = {"docx": "这份文档不是 docx 格式", "xlsx": "这份表格不是 xlsx 格式"}
_PROGRAMS = {"docx": "Word 或 WPS", "xlsx": "Excel 或 WPS"}

_log = logging.getLogger(__name__)


def converted(data: bytes, suffix: str, target: str) -> bytes:
    """Return the document as ``target`` (docx or xlsx); ``suffix`` names the format that ``data`` is in.

    Raises UnsupportedFormat when no LibreOffice is installed, UnreadableFile when it cannot open the file or takes
    longer than SECONDS. WPS has no command for this.
    """
    program = find_office()
    save = f"请用 {_PROGRAMS[target]} 打开，点“文件 → 另存为”，类型选 {target}，保存后读取新文件"
    if program is None:
        raise UnsupportedFormat(f"{_DOCUMENT[target]}，没有安装 LibreOffice 时不能读取；{save}")
    result = run_office(program, data, suffix, target)
    if result is None:
        raise UnreadableFile(f"{_DOCUMENT[target]}，没能转换（打不开，或超过 {SECONDS} 秒）；{save}")
    return result


def run_office(program: str, data: bytes, suffix: str, target: str) -> bytes | None:
    """Return what LibreOffice makes of the document, None when it made nothing in time.

    It works in a folder of its own, also for its settings, so that a LibreOffice the user has open is left alone.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, result = folder / f"report{suffix}", folder / "out" / f"report.{target}"
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", target, "--outdir", str(result.parent), str(source),
        ]  # fmt: skip
        _run(command, folder)
        return result.read_bytes() if result.is_file() else None


def find_office() -> str | None:
    """Return the path of LibreOffice's program, None if it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _run(command: Sequence[str], folder: Path) -> None:
    """Run the program; when it does not end in time it is killed with its children."""
    foreign = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH")  # a frozen bundle's own, not LibreOffice's
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key not in foreign},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        _log.warning("conversion took longer than %d s", SECONDS)
    finally:
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
