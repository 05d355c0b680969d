"""What cannot be read is refused with one sentence: what is wrong; what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

import pytest

from parser.errors import ReportError

P = ParamSpec("P")


def refused(read: Callable[P, object], *given: P.args, **options: P.kwargs) -> ReportError:
    """Return the error that reading ends with; its message must name a way out."""
    with pytest.raises(ReportError) as caught:
        read(*given, **options)
    wrong, *remedy = str(caught.value).split("；")
    assert wrong
    assert len(remedy) == 1
    assert "请" in remedy[0]
    assert "\n" not in str(caught.value)
    return caught.value
