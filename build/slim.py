"""What stays out of the bundle, and what stands in for it: the difference between 490 and 300 MB.

Entries are PyInstaller's: name in the bundle, path, kind. The stand-ins are for Linux, where OpenCV's and Qt's wheels
are tied to libraries that they hardly use; on Windows they are not.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import icu_data

Entry = tuple[str, str, str]

# Never imported by the program, though by something it uses. Reasons stand behind those that are not plain.
MODULES = [
    "IPython",
    "PIL.AvifImagePlugin",  # a kind of picture that nobody scans to, 5 MB
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PIL._avif",
    "PIL._imagingft",  # writes text into pictures, 4 MB
    "PIL._imagingtk",
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "_hashlib",  # hashlib has all that is needed built in
    "_ssl",  # nothing here goes to a network; without both, OpenSSL stays out, 6 MB
    "bs4",
    "cryptography",
    "distutils",
    "doctest",
    "jinja2",
    "matplotlib",
    "lxml.objectify",
    "numpy.distutils",
    "numpy.f2py",
    "numpy.testing",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "pdb",
    "pkg_resources",
    "pytest",
    "readline",
    "scipy",
    "setuptools",
    "tkinter",
    "torch",
]

# rapidocr's ways to recognise other than by onnxruntime; they are not installed.
ENGINES = re.compile(r"rapidocr\.inference_engine\.(mnn|openvino|paddle|pytorch|tensorrt)\b")

# Files that come with a package and are never loaded: Qt's for embedded devices, networks and other languages …
_UNUSED = re.compile(
    r"""
      PySide6/(Qt/)?translations/(?!qtbase_zh_CN\.qm$)
    | PySide6/(Qt/)?plugins/(egldeviceintegrations|generic|networkinformation|tls|platformthemes/libqgtk3)
    | PySide6/(Qt/)?plugins/platforms/(lib)?q(direct2d|eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)
    | PySide6/(Qt/)?plugins/imageformats/(lib)?q(icns|pdf|tga|tiff|wbmp|webp)
    | PySide6/(.*/)?(lib)?Qt6(EglF|Network|Pdf|Qml|Quick|VirtualKeyboard)
    | PySide6/opengl32sw\.dll
    | cv2/(data/haarcascade|opencv_videoio_ffmpeg)
    """,
    re.VERBOSE,
)

_OPENCV = "cv2/cv2.abi3.so"
_ITS_LIBRARIES = "opencv_python_headless.libs/"
_VIDEO = tuple(f"{_ITS_LIBRARIES}{name}" for name in ("libavcodec", "libavformat", "libavutil", "libswscale"))
_ALGEBRA = f"{_ITS_LIBRARIES}libopenblas"
_ONE_OPENBLAS = Path(__file__).parent / "one_openblas.c"
_NO_VIDEO = """\
extern void abort(void) __attribute__((noreturn));
extern long write(int, const void *, unsigned long);
static void no_video(void) { write(2, "no video here\\n", 14); abort(); }
"""


def slim(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return the entries without what is never loaded; libraries that stand in for others are made in ``folder``.

    Raises SystemExit when a library is not as expected: a new version of a package needs a new look.
    """
    kept = [entry for entry in entries if not _UNUSED.match(_name(entry))]
    if sys.platform != "linux":
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    kept = _without_video(kept, folder)
    kept = _with_one_openblas(kept, folder)
    kept = _with_less_icu(kept, folder)
    kept = _without_orphans(kept)
    return [_stripped(entry, folder / "stripped") if _is_binary(entry) else entry for entry in kept]


def _without_video(entries: list[Entry], folder: Path) -> list[Entry]:
    """Replace FFmpeg (25 MB), without which OpenCV does not load and which no picture needs, by empty functions."""
    opencv = _source(entries, _OPENCV)
    wanted, versions = _wanted(opencv), _versions(opencv)

    def make(_: Path, target: Path) -> None:
        functions = {version: [name for name, of in wanted if of == version] for version in versions[target.name]}
        script = target.with_suffix(".map")
        script.write_text("".join(f"{version} {{ {'; '.join(names)}; }};\n" for version, names in functions.items()))
        code = [f"void {name}(void) {{ no_video(); }}\n" for names in functions.values() for name in names]
        _compile(_NO_VIDEO + "".join(code), target, f"-Wl,--version-script={script}")

    return list(_replaced(entries, lambda name: name.startswith(_VIDEO), make, folder))


def _with_one_openblas(entries: list[Entry], folder: Path) -> list[Entry]:
    """Let OpenCV do its linear algebra with NumPy's OpenBLAS instead of its own (39 MB)."""
    wanted = {name for name, _ in _wanted(_source(entries, _OPENCV))}
    numpys = next(entry[1] for entry in entries if _name(entry).startswith("numpy.libs/libscipy_openblas64_"))

    def make(original: Path, target: Path) -> None:
        _compile(_ONE_OPENBLAS.read_text("utf-8"), target, numpys, "-Wl,-rpath,$ORIGIN/../numpy.libs")
        if missing := (wanted & _defined(original)) - _defined(target):
            raise SystemExit(f"{_ONE_OPENBLAS.name} lacks what OpenCV calls: {', '.join(sorted(missing))}")

    return list(_replaced(entries, lambda name: name.startswith(_ALGEBRA), make, folder))


def _with_less_icu(entries: list[Entry], folder: Path) -> list[Entry]:
    """Leave out ICU's data about languages and encodings that the program never meets (26 of 32 MB)."""

    def make(original: Path, target: Path) -> None:
        found = (re.search(r"\t([0-9a-f]{16})\s.*?(icudt\d+_dat)$", line) for line in _objdump("-T", original))
        size, symbol = next(match for match in found if match).groups()
        content = original.read_bytes()
        start = content.index(b"CmnD") - icu_data.MAGIC_AT
        data = target.with_suffix(".dat")
        data.write_bytes(icu_data.reduced(content[start : start + int(size, 16)]))
        code = f"""__asm__(".section .rodata\\n.balign 16\\n.globl {symbol}\\n.type {symbol}, %object\\n{symbol}:\\n"
            ".incbin \\"{data.name}\\"\\n.size {symbol}, .-{symbol}\\n.text\\n");\n"""
        _compile(code, target)

    return list(_replaced(entries, lambda name: posixpath.basename(name).startswith("libicudata."), make, folder))


def _replaced(
    entries: list[Entry], is_it: Callable[[str], bool], make: Callable[[Path, Path], None], folder: Path
) -> Iterator[Entry]:
    """Return the entries with new libraries for some; ``make`` gets the path of the old one and that of the new."""
    found = False
    for name, path, kind in entries:
        if kind != "SYMLINK" and is_it(name):
            target = folder / posixpath.basename(name)
            make(Path(path), target)
            path, found = str(target), True
        yield name, path, kind
    if not found:
        raise SystemExit(f"{make.__qualname__}: nothing to replace in the bundle")


def _without_orphans(entries: list[Entry]) -> list[Entry]:
    """Return the entries without the libraries that nothing in the bundle needs, now that others are gone."""
    libraries = {posixpath.basename(entry[0]): entry for entry in entries if _is_mere_library(entry)}
    needed: set[str] = {name for name in libraries if name.startswith("libpython")}
    new = {name for entry in entries if _is_binary(entry) and not _is_mere_library(entry) for name in _needs(entry)}
    new |= needed
    while new:
        needed |= new
        new = {name for library in new & libraries.keys() for name in _needs(libraries[library])} - needed
    kept = [entry for entry in entries if not _is_mere_library(entry) or posixpath.basename(entry[0]) in needed]
    names = {_name(entry) for entry in kept}
    return [entry for entry in kept if entry[2] != "SYMLINK" or _target(entry) in names]


def _stripped(entry: Entry, folder: Path) -> Entry:
    """Return the binary without its symbols for debuggers; as it is, where that would break it.

    Some wheels' libraries had their tables moved to the end of the file, and strip does not put them back in line.
    """
    target = folder / entry[0]
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "-o", str(target), entry[1]], check=True)
    segments = re.findall(
        r"LOAD off +(0x\w+) vaddr (0x\w+) paddr 0x\w+ align 2\*\*(\d+)", "\n".join(_objdump("-p", target))
    )
    is_sound = bool(segments) and all((int(at, 16) - int(to, 16)) % 2 ** int(bits) == 0 for at, to, bits in segments)
    return (entry[0], str(target), entry[2]) if is_sound else entry


def _is_binary(entry: Entry) -> bool:
    return entry[2] in ("BINARY", "EXTENSION")


def _is_mere_library(entry: Entry) -> bool:
    """Whether it is there for others: beside the program, or in a wheel's folder of libraries."""
    folder = posixpath.dirname(_name(entry))
    return entry[2] == "BINARY" and (not folder or folder.endswith(".libs") or folder == "PySide6/Qt/lib")


def _needs(entry: Entry) -> set[str]:
    return {line.split()[1] for line in _objdump("-p", Path(entry[1])) if line.startswith("  NEEDED")}


def _target(link: Entry) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(link[0]), link[1]))


def _name(entry: Entry) -> str:
    return entry[0].replace("\\", "/")


def _source(entries: Sequence[Entry], name: str) -> Path:
    return next(Path(entry[1]) for entry in entries if _name(entry) == name)


def _compile(code: str, target: Path, *more: str) -> None:
    """Make a library of C; without any system headers or libraries, so that Debian's package gcc is enough."""
    compiler = shutil.which("cc") or "gcc"
    source = target.with_suffix(".c")
    source.write_text(code, "utf-8")
    command = [compiler, "-shared", "-fPIC", "-O2", "-w", "-nostdlib", f"-Wl,-soname,{target.name}", "-o", str(target)]
    subprocess.run([*command, str(source), *more], cwd=target.parent, check=True)


def _wanted(library: Path) -> list[tuple[str, str]]:
    """Return what the library expects of others: name and version, ``''`` without one."""
    found = (re.search(r"\*UND\*\s+[0-9a-f]+\s+(?:\((\S+)\)\s+)?(\S+)$", line) for line in _objdump("-T", library))
    return [(match[2], match[1] or "") for match in found if match]


def _versions(library: Path) -> dict[str, list[str]]:
    """Return which versions the library expects of each other library."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _objdump("-p", library):
        if required := re.fullmatch(r"\s*required from (\S+):", line):
            current = found.setdefault(required[1], [])
        elif version := re.fullmatch(r"\s*0x\w+ 0x\w+ \d+ (\S+)", line):
            current.append(version[1])
    return found


def _defined(library: Path) -> set[str]:
    return {line.split()[-1] for line in _objdump("-T", library) if "\t" in line and "*UND*" not in line}


def _objdump(option: str, library: Path) -> list[str]:
    command = ["objdump", option, str(library)]
    environment = dict(os.environ, LC_ALL="C")
    return subprocess.run(command, capture_output=True, check=True, text=True, env=environment).stdout.splitlines()
