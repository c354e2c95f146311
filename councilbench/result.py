"""What became of one report."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.document import Document

if TYPE_CHECKING:
    import pandas as pd

    from normalise.reading.interpreting import Fate
    from normalise.rows import Row


class NotAReportError(Exception):
    """A document can be read but is no complaints report; the message says so."""


@dataclass
class Result:
    """What became of one report."""

    document: Document
    rows: list[Row]
    """Its figures as rows of the common model."""
    fates: list[Fate]
    text: str = ""
    """The running text, for what a report says without a number."""
    unread: tuple[str, ...] = ()
    """Titles of charts whose figures are pictures; "page 3" for a page that was not read."""
    notes: list[str] = field(default_factory=list)
    """Sentences for the user: what was taken from the file's name, which pages were not read."""
    refused: list[str] = field(default_factory=list)
    """A sentence for each answer of a second reader that does not stand on the page."""

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The rows as a frame that keeps the rules of the common model."""
        from normalise.rows import kept_to_the_rules  # noqa: PLC0415  (reading alone needs no frames)

        return kept_to_the_rules(self.rows)[0]
