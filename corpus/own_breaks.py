"""Breaks in series that a user knows of: `breaks.csv` in the workspace (columns council, measure, from_period, what)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.councils import find
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
    if not path.exists():
        return []
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig", errors="replace"))))
    if rows and not set(COLUMNS) <= rows[0].keys():
        raise WorkspaceError(f"{path}: needs the columns {', '.join(COLUMNS)}.")
    found = []
    for n, row in enumerate(rows, 2):
        council = find(row["council"])
        if council is None:
            raise WorkspaceError(f"{path}, line {n}: there is no council named {row['council']!r}.")
        if not re.fullmatch(r"(?:19|20)\d\d-\d\d", row["from_period"].strip()):
            raise WorkspaceError(f"{path}, line {n}: {row['from_period']!r} is no financial year; write it as 2023-24.")
        found.append(
            OwnBreak(council.short_name, row["measure"].strip(), row["from_period"].strip(), row["what"].strip())
        )
    return found
