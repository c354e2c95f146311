"""Errors that a user can put right; their message is a sentence that names the file, the cause and the way out."""

from __future__ import annotations


class UserError(Exception):
    """Something stands in the way."""

    @property
    def sentence(self) -> str:
        """The message, with its full stop."""
        return str(self) if str(self).endswith((".", "?")) else f"{self}."


class WorkspaceError(UserError):
    """Something about a workspace that its user has to put right; the message says what."""


class UsageError(UserError):
    """An option or a name cannot be understood; the message says what would be."""
