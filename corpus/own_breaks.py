"""Breaks in series that a user knows of: `breaks.csv` in the workspace (columns council, measure, from_period, what)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus import own_table
from corpus.manifest import WorkspaceError

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
        if not re.fullmatch(r"(?:19|20)\d\d-\d\d", row["from_period"]):
            raise WorkspaceError(f"{path}, line {n}: {row['from_period']!r} is no financial year; write it as 2023-24.")
        found.append(OwnBreak(council, row["measure"], row["from_period"], row["what"]))
    return found
