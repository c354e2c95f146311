"""One table or chart with the texts around it, and what its sides say of each of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from extract.statement import Statement
from normalise.reading.axes import Axis
from normalise.reading.evidence import Source, evidence
from normalise.reading.labels import label_of


@dataclass
class Grid:
    """One table or chart with the texts around it."""

    statements: list[Statement]
    sources: list[Source]
    """Caption, corner, paragraph before, headings, title; nearest first."""
    document: list[str] = field(default_factory=list)
    """What says whether the document is about complaints (`Outlook.kind`)."""

    @cached_property
    def chart(self) -> bool:
        return self.statements[0].method == "chart"

    @cached_property
    def axes(self) -> dict[str, Axis]:
        """Rows and columns as breakdowns."""
        return {
            "row": Axis.of([s.rows for s in self.statements]),
            "column": Axis.of([s.columns for s in self.statements]),
        }

    @cached_property
    def told_apart(self) -> dict[str, set[str]]:
        """Side -> procedures that single labels of it name."""
        sides = {
            "row": {t for s in self.statements for t in s.rows},
            "column": {t for s in self.statements for t in s.columns},
        }
        return {
            side: {w[0] for t in texts if len(w := evidence(t, "label").whom) == 1} for side, texts in sides.items()
        }

    @cached_property
    def classes_around(self) -> set[str]:
        """Classes of the words of caption, headings and labels."""
        labels = {t for s in self.statements for t in (*s.rows, *s.columns)}
        return {c for x in self.sources for c in x.evidence.classes}.union(
            *(evidence(t, "label").classes for t in labels)
        )

    @cached_property
    def sums(self) -> dict[str, set[int]]:
        """Side -> its places whose counts are the sums of all the others': the total, whatever it is called."""
        counts: dict[tuple[int, int], float] = {}
        for s in self.statements:
            if s.kind == "number" and s.value is not None:
                counts.setdefault(s.place, s.value)
        return {side: _sums(counts, n) for n, side in enumerate(SIDES)}

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """Measures that texts around the grid name without a member, with where."""
        found: dict[str, list[str]] = {}
        for source in self.sources:
            for measure, category in source.evidence.measures:
                if not category:
                    found.setdefault(measure, []).append(source.name)
        return {m: list(dict.fromkeys(v)) for m, v in found.items()}


SIDES = ("row", "column")
FEWEST_PARTS = 3
"""Counts that a total is the sum of; of two it may be so by chance."""


def _sums(counts: Mapping[tuple[int, int], float], side: int) -> set[int]:
    """The rows (side 0) or columns (1) of which every count, or all but one, is the sum of those in line with it."""
    lines: dict[int, list[float]] = {}
    for at, value in counts.items():
        lines.setdefault(at[1 - side], []).append(value)
    fits: dict[int, list[bool]] = {}
    for at, value in counts.items():
        line = lines[at[1 - side]]
        if len(line) > FEWEST_PARTS and value:
            fits.setdefault(at[side], []).append(abs(sum(line) - 2 * value) < 0.5)
    return {place for place, found in fits.items() if any(found) and sum(found) >= len(found) - 1}


def sums_on(grid: Grid, s: Statement) -> list[str]:
    """The sides on which a cell stands in a place that sums the others up."""
    return [side for n, side in enumerate(SIDES) if s.place[n] in grid.sums[side]]


def flags(grid: Grid, s: Statement) -> list[str]:
    """What bears on stage and procedure of a cell: totals over stages or procedures, sides that name them."""
    found = [f"sum of {side}s" for side in sums_on(grid, s)]
    for side, texts in (("row", s.rows), ("column", s.columns)):
        label = label_of(texts[-1]) if texts else None
        axis = grid.axes[side]
        for name, share_named in (("stages", axis.staged), ("procedures", axis.procedural)):
            if share_named >= 0.3:
                total = label is not None and (
                    label.total or not (label.pieces.stages if name == "stages" else label.pieces.procedures)
                )
                found.append(
                    f"{'total' if label is not None and label.total else 'unnamed' if total else 'member'} of {name}"
                )
    return found


def procedures_apart(grid: Grid, s: Statement) -> list[tuple[str, tuple[str, ...]]]:
    """Sides whose labels tell procedures, or the people that they are for, apart; each with what the cell's own label names."""
    found = []
    for side, texts in (("row", s.rows), ("column", s.columns)):
        if texts and len(grid.told_apart[side]) > 1:
            own = [evidence(t, "label").whom for t in reversed(texts)]
            found.append((side, next((w for w in own if w), ())))
    return found
