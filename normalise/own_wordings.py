"""Wordings that a user teaches the reading: `wordings.csv` in the workspace, with the columns of `vocabulary/wordings.csv`.

A row says what words mean in the common model: `dissatisfied*,outcome,upheld,,,,,,`. The mini-language is that of `normalise.wordings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

from corpus import own_table
from corpus.errors import UsageError, WorkspaceError
from normalise.codes import BASES, CATEGORIES, MEASURES, PROCEDURES, STAGES, UNITS, category_fits
from normalise.phrase import phrase
from normalise.wordings import FIELDS, Wording
from normalise.words import canonical

FILE = "wordings.csv"
COLUMNS = ("wording", *FIELDS, "where", "note")
WHERE = ("label", "corner", "heading", "text", "near")
_CODES = {"measure": MEASURES, "stage": STAGES, "procedure": PROCEDURES, "unit": UNITS, "base": set(BASES)}


def read(path: Path) -> tuple[Wording, ...]:
    """The wordings of a file, none without it. Raises WorkspaceError for a row that cannot be used, naming file and line."""
    return tuple(_wording(f"{path}, line {n}", row) for n, row in own_table.read(path, COLUMNS))


def given(path: Path | str) -> tuple[Wording, ...]:
    """The wordings of a file that a user names, none for "". Raises UsageError where there is no such file, and as `read` does."""
    if path and not Path(path).is_file():
        raise UsageError(f"{path}: there is no such file of wordings.")
    return read(Path(path)) if path else ()


def fingerprint(own: Sequence[Wording]) -> str:
    """A hash of wordings, empty for none."""
    rows = [(*astuple(w)[:-2], sorted(w.where)) for w in own]
    return sha256(repr(rows).encode()).hexdigest()[:16] if rows else ""


def _wording(where: str, row: own_table.Row) -> Wording:
    if not canonical(row["wording"].replace("|", " ")):
        raise WorkspaceError(f"{where}: has no wording; write the words in the first column, or take the line out.")
    for column, codes in _CODES.items():
        if row[column] and row[column] not in codes:
            raise WorkspaceError(
                f"{where}: {row[column]!r} is no {column}; it may be {', '.join(sorted(codes - {''}))}."
            )
    measure, category = row["measure"], row["category"]
    if category and not (measure and category_fits(measure, category)):
        known = f"; it may be {', '.join(sorted(CATEGORIES[measure]))}" if measure in CATEGORIES else ""
        raise WorkspaceError(f"{where}: {category!r} is no category of the measure {measure!r}{known}.")
    if not any(row[c] for c in FIELDS):
        raise WorkspaceError(f"{where}: says nothing of {row['wording']!r}; give it a measure, a stage or a procedure.")
    if wrong := sorted(set(row["where"].split()) - set(WHERE)):
        raise WorkspaceError(
            f"{where}: {wrong[0]!r} is no place; where may be {', '.join(WHERE)}, or empty for all of them."
        )
    if row["wording"].count("(") != row["wording"].count(")") or row["wording"].count("[") != row["wording"].count("]"):
        raise WorkspaceError(f"{where}: {row['wording']!r} opens a bracket that it does not close.")
    if not phrase(row["wording"].lower()).needs:
        raise WorkspaceError(f"{where}: {row['wording']!r} has no word that must be there; take the brackets off one.")
    return Wording(
        row["wording"].lower(), **{f: row[f] for f in FIELDS}, where=frozenset(row["where"].split()), note=row["note"]
    )
