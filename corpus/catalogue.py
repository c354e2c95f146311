"""Addresses of reports that a workspace knows: `catalogue.csv` with columns `council`, `period`, `url`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus import own_table
from corpus.errors import WorkspaceError

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
    found = []
    for n, row in own_table.read(path, COLUMNS):
        if not row["url"]:
            raise WorkspaceError(f"{path}, line {n}: has no address.")
        where = f"{path}, line {n}"
        year = own_table.year_in(where, row["period"]) if row["period"] else ""
        found.append(Known(own_table.council_in(where, row["council"]), year, row["url"]))
    return found
