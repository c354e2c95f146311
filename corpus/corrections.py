"""Corrections that councils sent in, kept in the workspace: a row each in `corrections.csv`, with who, when and why."""

from __future__ import annotations

import csv
import re
from dataclasses import asdict, dataclass, fields
from io import StringIO
from pathlib import Path

from corpus.manifest import WorkspaceError
from corpus.store import write_text

FILE = "corrections.csv"


@dataclass(frozen=True)
class Correction:
    """One published figure as a council says that it should be."""

    id: str
    """The observation's id; empty for a figure that the program did not read."""
    document: str
    authority: str
    period: str
    scope: str
    procedure: str
    stage: str
    measure: str
    category: str
    unit: str
    base: str
    was: str
    """The value that was read; empty for a figure that was not."""
    now: str
    """The right value; empty where the report holds no such figure."""
    who: str
    when: str
    """The day on which it was taken in, as 2026-03-31."""
    why: str

    def sentence(self) -> str:
        """What was corrected, by whom, when and why."""
        what = " ".join(filter(None, (self.measure, self.category, self.stage, self.period))).replace("_", " ")
        change = (
            f"{self.was} to {self.now}"
            if self.was and self.now
            else f"{self.was} taken out"
            if self.was
            else f"{self.now} added"
        )
        return f"{self.authority}: {what}: {change} by {self.who} on {self.when}: {self.why}"


COLUMNS = tuple(f.name for f in fields(Correction))


def read(workspace: Path) -> list[Correction]:
    """Every correction of a workspace, oldest first; none where there is no file.

    Raises corpus.manifest.WorkspaceError for a file without the columns of COLUMNS.
    """
    path = workspace / FILE
    if not path.exists():
        return []
    try:
        rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: cannot be read; save it from Excel as CSV UTF-8.") from error
    missing = [c for c in COLUMNS if rows and c not in rows[0]]
    if missing:
        raise WorkspaceError(
            f"{path}: has no column {', '.join(missing)}; take the file back from a copy, or import the corrections again."
        )
    found = []
    for n, row in enumerate(rows, 2):
        correction = Correction(**{c: _unguarded((row[c] or "").strip()) for c in COLUMNS})
        if correction.now and not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]+)?", correction.now):
            raise WorkspaceError(
                f"{path}, line {n}: {correction.now!r} is no number; write it as 1040 or 12.5, or leave it empty for a figure that is taken out."
            )
        if not re.fullmatch(r"(?:19|20)\d\d(?:-\d\d(?: [QH][1-4])?)?", correction.period):
            raise WorkspaceError(
                f"{path}, line {n}: {correction.period!r} is no financial year; Excel may have made a date of it. Write it as 2023-24."
            )
        found.append(correction)
    return found


_LEADS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the start of a formula (OWASP ASVS 1.2.10); such a text gets an apostrophe in front."""


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_LEADS) else text


def add(workspace: Path, corrections: list[Correction]) -> None:
    """Keep more corrections. A later one of the same figure wins; the earlier ones stay in the file as its history."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for correction in [*read(workspace), *corrections]:
        writer.writerow({k: f"'{v}" if v.startswith(_LEADS) else v for k, v in asdict(correction).items()})
    write_text(workspace / FILE, "\ufeff" + text.getvalue())
