"""Addresses of reports that a workspace knows: `catalogue.csv` with columns `council`, `period`, `url`."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from corpus.councils import find
from corpus.manifest import WorkspaceError

FILE = "catalogue.csv"
COLUMNS = ("council", "period", "url")


@dataclass(frozen=True)
class Known:
    """A report that is known by its address."""

    council: str
    period: str
    url: str


def read(workspace: Path) -> list[Known]:
    """The addresses of a workspace; none without the file. Raises WorkspaceError for a row that cannot be understood, naming it."""
    path = workspace / FILE
    if not path.exists():
        return []
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig", errors="replace"))))
    if rows and not set(COLUMNS) <= rows[0].keys():
        raise WorkspaceError(f"{path}: needs the columns {', '.join(COLUMNS)}.")
    found = []
    for n, row in enumerate(rows, 2):
        council = find(row["council"] or "")
        if council is None:
            raise WorkspaceError(f"{path}, line {n}: there is no council named {row['council']!r}.")
        if not (row["url"] or "").strip():
            raise WorkspaceError(f"{path}, line {n}: has no address.")
        found.append(Known(council.short_name, (row["period"] or "").strip(), row["url"].strip()))
    return found
