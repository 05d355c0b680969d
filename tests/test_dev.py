"""What the command that runs every check says of them, and returns."""

from __future__ import annotations

import sys

import pytest

from build import bundle, dev  # a folder, not the distribution of this name

RETURNED = {"did well": 0, "cannot be made here": bundle.SKIPPED, "went wrong": 1}


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (["did well"], 0, ["通过 ok"]),
        (["did well", "cannot be made here"], 0, ["通过 ok", "跳过 skipped"]),
        (["went wrong", "cannot be made here"], 1, ["失败 FAILED", "跳过 skipped"]),
    ],
)
def test_a_check_that_cannot_be_made_is_said_to_be_skipped(
    names: list[str], code: int, said: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "set_up", lambda _lock: sys.executable)
    monkeypatch.setattr(dev, "CHECKS", [(name, ("-c", f"raise SystemExit({RETURNED[name]})")) for name in names])
    assert dev.test() == code
    lines = capsys.readouterr().out.splitlines()[-len(names) :]
    assert [line.startswith(words) for line, words in zip(lines, said, strict=True)] == [True] * len(names)


def test_a_bundle_that_cannot_be_made_is_skipped_when_checked_and_fails_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundle, "obstacle", lambda: "缺少 gcc")
    monkeypatch.setattr(sys, "argv", ["bundle.py", "--check"])
    assert bundle.main() == dev.SKIPPED
    monkeypatch.setattr(sys, "argv", ["bundle.py"])
    assert bundle.main() == 1
