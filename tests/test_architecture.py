"""What holds for the whole tree, whoever changes it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from parser import paths
from tests.conftest import ROOT

MODULES = sorted([*ROOT.glob("parser/**/*.py"), *ROOT.glob("desktop/**/*.py")])
LOCKS = [ROOT / "build" / "requirements.lock", ROOT / "build" / "requirements-dev.lock"]
# In two halves, so that this file is not itself a finding.
REGISTRIES = ["".join(halves) for halves in [("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org")]]
REGISTRIES += ["".join(halves) for halves in [("deb.deb", "ian.org"), ("tuna.tsin", "ghua"), ("mirrors.ali", "yun")]]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _project_files() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def _run_python(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8").stdout


def _pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_is_small_enough_to_read_in_one_go(module: Path) -> None:
    limit = 200 if module.name == "main_window.py" else 300
    assert len(module.read_text(encoding="utf-8").splitlines()) <= limit


def test_every_module_says_in_its_name_what_it_is_about() -> None:
    assert not [_name(module) for module in MODULES if module.stem in {"utils", "util", "helpers", "misc", "common"}]


@pytest.mark.parametrize("module", [m for m in MODULES if m.is_relative_to(ROOT / "desktop")], ids=_name)
def test_no_error_is_lost_in_what_is_put_off(module: Path) -> None:
    """PySide forgets errors raised in ``QTimer.singleShot(0, owner, what)``: that is what ``soon`` is for."""
    calls = (node for node in ast.walk(ast.parse(module.read_bytes())) if isinstance(node, ast.Call))
    shots = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "singleShot"]
    assert not [shot.lineno for shot in shots if len(shot.args) == 3 and ast.unparse(shot.args[0]) == "0"]


def test_the_parser_and_its_help_start_without_qt() -> None:
    loaded = _run_python(
        "import contextlib, io, pkgutil, runpy, sys, parser\n"
        "for module in pkgutil.walk_packages(parser.__path__, 'parser.'):\n"
        "    if not module.name.endswith('__main__'): __import__(module.name)\n"
        "sys.argv = ['parser', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    runpy.run_module('parser', run_name='__main__')\n"
        "print(*sys.modules)"
    ).split()
    assert not [name for name in loaded if name.split(".")[0] in {"PySide6", "shiboken6", "desktop"}]


def test_no_file_names_a_package_registry() -> None:
    contents = {file: file.read_bytes() for file in _project_files()}
    assert contents
    assert not [f"{_name(file)}: {host}" for host in REGISTRIES for file in contents if host.encode() in contents[file]]


def test_the_build_folder_is_source() -> None:
    assert ROOT / "build" / "dev.py" in _project_files()


@pytest.mark.parametrize("lock", LOCKS, ids=_name)
def test_a_lock_pins_everything_by_hash_and_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    requirements = re.split(r"^(?=\S)", text.replace("\\\n", " "), flags=re.MULTILINE)[1:]
    assert requirements
    assert not [line for line in requirements if "==" not in line or "--hash=sha256:" not in line]


def test_the_development_lock_contains_the_runtime_lock() -> None:
    runtime, development = map(_pins, LOCKS)
    assert runtime.items() <= development.items()


def test_the_locks_hold_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, development = map(_pins, LOCKS)

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[\s\[;<>=!~]", requirement)[0].lower() for requirement in requirements}

    assert names(project["dependencies"]) <= runtime.keys()
    assert names(project["optional-dependencies"]["dev"]) <= development.keys()


def test_an_old_python_reads_the_set_up_script_far_enough_to_say_so() -> None:
    source = (ROOT / "build" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))


@pytest.fixture
def anew() -> Iterator[None]:
    """Let the place of the resources be found anew, and again after the test."""
    paths._root.cache_clear()
    yield
    paths._root.cache_clear()


@pytest.mark.usefixtures("anew")
def test_resources_are_found_in_a_checkout() -> None:
    assert paths.resource("templates") == ROOT / "resources" / "templates"


@pytest.mark.usefixtures("anew")
def test_resources_are_found_in_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "parser" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "parser" / "paths.py"))
    assert paths.resource("templates") == tmp_path.resolve() / "parser" / "_resources" / "templates"


@pytest.mark.usefixtures("anew")
def test_resources_are_found_in_a_frozen_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("templates") == tmp_path / "resources" / "templates"
