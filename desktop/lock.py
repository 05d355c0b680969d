"""A file that opens only with a password: what is known of it while the window is open, and never written down."""

from __future__ import annotations


class Lock:
    """``password`` is what the clerk gave for the file, None when nothing was."""

    def __init__(self) -> None:
        self.is_shut = False  # the file was tried, and a password is to be asked for
        self.is_wrong = False  # because the one that was given does not open it
        self.password: str | None = None
        self._is_guess = False

    def give(self, password: str, *, is_guess: bool = False) -> None:
        """Try this password from now on; a guess was given for another file, and is not called wrong."""
        self.password, self.is_shut, self.is_wrong, self._is_guess = password, False, False, is_guess

    def refuse(self, tried: str | None) -> None:
        """Ask for a password: ``tried`` has not opened the file. An old answer does not count once there is another."""
        if self.password in (None, tried):
            self.is_shut, self.is_wrong, self.password = True, tried is not None and not self._is_guess, None

    def open(self) -> None:
        """Ask for nothing: the file has been read."""
        self.is_shut = self.is_wrong = False
