"""Tables that a user keeps in a workspace as CSV: rows with their line numbers, and errors that name them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from corpus.councils import find, suggestions
from corpus.manifest import WorkspaceError


def read(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Line number and cells of each row, without spaces around them; no rows without the file. Raises WorkspaceError where a column is missing."""
    if not path.exists():
        return []
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig", errors="replace"))))
    if rows and not set(columns) <= rows[0].keys():
        raise WorkspaceError(f"{path}: needs the columns {', '.join(columns)}.")
    return [(n, {c: (row[c] or "").strip() for c in columns}) for n, row in enumerate(rows, 2)]


def council_in(where: str, name: str) -> str:
    """The short name of a council that a row names. Raises WorkspaceError, with `where` it stands, for a name that is none."""
    council = find(name)
    if council is None:
        close = suggestions(name)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise WorkspaceError(f"{where}: there is no council named {name!r}{hint or '.'}")
    return council.short_name
