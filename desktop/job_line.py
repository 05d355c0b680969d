"""What waits to be kept, in the order in which it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # brings the database, which the window does not wait for
    from parser.workspace.store import Store

Work = Callable[["Store"], object]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Something to do with the store: ``edits`` of the clerk's are kept by it; of those for one ``purpose`` the last
    alone counts."""

    work: Work
    edits: int = 0
    purpose: str = ""


class JobLine:
    """Jobs, the one that is being done or comes next in front. Not to be used by two threads at a time."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []

    def __bool__(self) -> bool:
        return bool(self._jobs)

    @property
    def first(self) -> Job:
        """The job that is being done or comes next; IndexError when there is none."""
        return self._jobs[0]

    @property
    def edits(self) -> int:
        """The number of edits that wait."""
        return sum(job.edits for job in self._jobs)

    def add(self, job: Job) -> None:
        """Put a job at the end, in place of another for its purpose that is not being done yet."""
        if job.purpose:
            self._jobs[1:] = [other for other in self._jobs[1:] if other.purpose != job.purpose]
        self._jobs.append(job)

    def remove(self, job: Job) -> None:
        """Take out a job that is done."""
        self._jobs.remove(job)
