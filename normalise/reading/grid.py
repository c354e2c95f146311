"""One table or chart with the texts around it, and what its sides say of each of its numbers."""

from __future__ import annotations

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
    def named(self) -> dict[str, list[str]]:
        """Measures that texts around the grid name without a member, with where."""
        found: dict[str, list[str]] = {}
        for source in self.sources:
            for measure, category in source.evidence.measures:
                if not category:
                    found.setdefault(measure, []).append(source.name)
        return {m: list(dict.fromkeys(v)) for m, v in found.items()}


def flags(grid: Grid, s: Statement) -> list[str]:
    """What bears on stage and procedure of a cell: totals over stages or procedures, sides that name them."""
    found = []
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
