"""Breaks in series that a user knows of: `breaks.csv` in the workspace (columns council, measure, from_period, what)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus import own_table
from corpus.errors import WorkspaceError

FILE = "breaks.csv"
COLUMNS = ("council", "measure", "from_period", "what")


@dataclass(frozen=True)
class OwnBreak:
    """A council changed how it counts: from `from_period` on, a measure (empty: every measure) is not like before."""

    council: str
    measure: str
    from_period: str
    what: str


def read(workspace: Path, measures: Collection[str]) -> list[OwnBreak]:
    """The breaks of a workspace, none without the file. Raises WorkspaceError for a row that cannot be understood, naming it.

    `measures` are the codes that a row may name; one that names none is of every measure.
    """
    path = workspace / FILE
    found = []
    for n, row in own_table.read(path, COLUMNS):
        council = own_table.council_in(f"{path}, line {n}", row["council"])
        year = own_table.year_in(f"{path}, line {n}", row["from_period"])
        if row["measure"] not in ("", *measures) or not row["what"]:
            wrong = f"{row['measure']!r} is no measure" if row["what"] else "does not say what changed"
            raise WorkspaceError(
                f"{path}, line {n}: {wrong}; a row has a council, a measure such as received (none for all), the first year of the new way, and what changed."
            )
        found.append(OwnBreak(council, row["measure"], year, row["what"]))
    return found
