"""What a long piece of work tells those who wait for it, and how they stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from parser.errors import Cancelled
from parser.model.report import Report


class Progress(NamedTuple):
    """How far reading has come: the share done (0–1), what is being done, and the report as far as it is known.

    ``report`` is given whenever there is more of it than before; ``tables_done`` says that its tables are complete
    and only prose is still to come.
    """

    share: float
    what: str
    report: Report | None = None
    tables_done: bool = False


class Watch(NamedTuple):
    """Handed down to slow work: it reports through ``progress`` and asks ``cancelled`` at least once a second."""

    progress: Callable[[Progress], None] = lambda _: None
    cancelled: Callable[[], bool] = lambda: False

    def check(self) -> None:
        """Raise Cancelled if nobody waits for the result any more."""
        if self.cancelled():
            raise Cancelled("已停止读取；需要时可以重新读取这份文件")


UNWATCHED = Watch()
