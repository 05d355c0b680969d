"""What signs an edit: who sits at this computer, and what time it is.

What Python needs for either is loaded with the first edit: the window does not wait for it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@cache
def login_name() -> str:
    """Return the name of the person at this computer as the system knows it, ``''`` when it does not.

    Every edit asks, and a system with many users takes its time to answer.
    """
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def now() -> datetime:
    """Return the time with its zone."""
    from datetime import datetime

    return datetime.now().astimezone()
