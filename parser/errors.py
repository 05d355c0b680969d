"""One error class a situation the user can meet; the message says what is wrong and what to do."""

from __future__ import annotations


class ReportError(Exception):
    """The world's fault, not ours: shown to the user as it stands. ``str(error)`` is "what is wrong；what to do"."""


class UnreadableFile(ReportError):
    """The file cannot be opened or decoded."""


class UnsupportedFormat(ReportError):
    """The file is of a kind that no reader handles."""


class PasswordProtected(ReportError):
    """The file opens only with a password."""


class PasswordNeeded(PasswordProtected):
    """A password given to the reader would open the file: none was given, or a wrong one."""


class EmptyFile(ReportError):
    """The file holds nothing to read."""


class FileTooLarge(ReportError):
    """The file is larger than any annual report can be."""


class NoTables(ReportError):
    """The text holds none of the tables of the national forms."""


class FormerForm(NoTables):
    """A report on 2018 or before, which had indicator lists of its own instead of the national tables."""


class TemplateError(ReportError):
    """A template file does not describe a form."""


class OutputError(ReportError):
    """The output cannot be written."""


class Cancelled(ReportError):
    """The user stopped the work."""


class WorkspaceError(ReportError):
    """The workspace cannot be used as it is."""


class WorkspaceInUse(WorkspaceError):
    """Another program, or another window, has the workspace open for writing."""


class WorkspaceTooNew(WorkspaceError):
    """The workspace was written by a newer version of this program."""


class WorkspaceUnwritable(WorkspaceError):
    """Nothing can be kept at the moment: full disk, vanished network drive, no permission. A later try may succeed."""


class WorkspaceDamaged(WorkspaceError):
    """What is kept in the workspace cannot be understood."""
