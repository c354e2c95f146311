"""What is built of one report by itself: in a child process, handed over as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from corpus.corrections import Correction
from corpus.document import Document
from councilbench.kept import Names

if TYPE_CHECKING:
    from councilbench.second_reader import SecondReader
    from normalise.wordings import Wording


@dataclass
class Made:
    """The tables of one report."""

    council: str
    period: str
    scope: str
    notes: list[str]
    unread: list[str]
    agreeing: int
    tables: dict[str, bytes]


@dataclass(frozen=True)
class Making:
    """What a report is made with."""

    names: Mapping[str, Names]
    corrections: Mapping[str, tuple[Correction, ...]]
    workspace: Path
    reference: str
    """A hash of the workspace's reference data."""
    second: SecondReader | None
    own: tuple[Wording, ...] = ()
    """Wordings of the workspace."""
    place: str = ""
    """Where reports and reference data lie for workers that do not see the workspace; empty where they do."""

    loads: ClassVar[str] = "councilbench.tabling"
    """What children load once for all of them; the parent has no need of it before they hand something over."""

    def __call__(self, document: Document) -> Made:
        """Everything that is built of one report. Raises as councilbench.reports.read_report does."""
        from councilbench.tabling import made_of  # noqa: PLC0415

        if not self.place:
            return made_of(document, self)
        from councilbench.afar import brought  # noqa: PLC0415

        with brought(self, document) as (making, here):
            return made_of(here, making)
