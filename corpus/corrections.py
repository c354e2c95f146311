"""Corrections that councils sent in, kept in the workspace: a row each in `corrections.csv`, with who, when and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from corpus import own_table
from corpus.errors import WorkspaceError
from corpus.lock import LOCK, WAIT, held

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


def read(workspace: Path, rule: Callable[[Correction], str] = lambda _: "") -> list[Correction]:
    """Every correction of a workspace, oldest first; none where there is no file. `rule` says what is wrong with one, empty where nothing is.

    Raises corpus.errors.WorkspaceError for a file that cannot be read and a correction that is against a rule, naming the line.
    """
    path = workspace / FILE
    found = []
    for n, row in own_table.read(path, COLUMNS):
        correction = Correction(**{c: row[c] for c in COLUMNS})
        if correction.now and not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]+)?", correction.now):
            raise WorkspaceError(
                f"{path}, line {n}: {correction.now!r} is no number; write it as 1040 or 12.5, or leave it empty for a figure that is taken out."
            )
        if not re.fullmatch(r"(?:19|20)\d\d(?:-\d\d(?: [QH][1-4])?)?", correction.period):
            raise WorkspaceError(
                f"{path}, line {n}: {correction.period!r} is no financial year; Excel may have made a date of it. Write it as 2023-24."
            )
        if wrong := rule(correction):
            raise WorkspaceError(f"{path}, line {n}: {wrong}; put it right, or take the line out.")
        found.append(correction)
    return found


def add(workspace: Path, corrections: list[Correction]) -> None:
    """Keep more corrections. A later one of the same figure wins; the earlier ones stay in the file as its history."""
    with held(workspace / LOCK, wait=WAIT):
        own_table.write(workspace / FILE, COLUMNS, [asdict(c) for c in [*read(workspace), *corrections]])
