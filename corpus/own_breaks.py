"""Breaks in series that a user knows of: `breaks.csv` in the workspace (columns council, measure, from_period, what)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus import own_table

FILE = "breaks.csv"
COLUMNS = ("council", "measure", "from_period", "what")


@dataclass(frozen=True)
class OwnBreak:
    """A council changed how it counts: from `from_period` on, a measure (empty: every measure) is not like before."""

    council: str
    measure: str
    from_period: str
    what: str


def read(workspace: Path) -> list[OwnBreak]:
    """The breaks of a workspace, none without the file. Raises WorkspaceError for a row that cannot be understood, naming it."""
    path = workspace / FILE
    found = []
    for n, row in own_table.read(path, COLUMNS):
        council = own_table.council_in(f"{path}, line {n}", row["council"])
        year = own_table.year_in(f"{path}, line {n}", row["from_period"])
        found.append(OwnBreak(council, row["measure"], year, row["what"]))
    return found
