"""Labels that stand for several rows because the rules between these rows leave them out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract.model import Cell, passage, union
from extract.tables.marks import Mark

COVERED = 0.6
"""The share of a column's width from which a rule is said to run under it."""


def with_spanning_labels(cells: list[Cell], columns: list[tuple[float, float]], marks: list[Mark]) -> list[Cell]:
    """The cells of a grid, those of the first column put together where no rule parts them though one parts what stands beside them.

    A label that is set in the middle or at the foot of its rows so becomes the label of each. Cells stay as they are where each row has
    a label of its own.
    """
    rules = [m for m in marks if m.kind == "h"]
    rows = sorted({c.row for c in cells})
    labels = {c.row: c for c in cells if c.column == 0 and c.column_span == 1 and c.box}
    groups: list[list[int]] = []
    for above, row in pairwise([-1, *rows]):
        joined = above in labels and row in labels and _runs_beside(labels[above], labels[row], columns, rules)
        if groups and joined:
            groups[-1].append(row)
        else:
            groups.append([row])
    spanning = [g for g in groups if 0 < sum(bool(labels[n].text) for n in g if n in labels) < len(g)]
    taken = {n for g in spanning for n in g}
    kept = [c for c in cells if c.column or c.row not in taken]
    return kept + [_one([labels[n] for n in g]) for g in spanning]


def _runs_beside(above: Cell, below: Cell, columns: list[tuple[float, float]], rules: list[Mark]) -> bool:
    """Whether a rule between two rows runs under the other columns and leaves out the first."""
    if above.box is None or below.box is None:
        return False
    low, high = (above.box[1] + above.box[3]) / 2, (below.box[1] + below.box[3]) / 2
    between = [m.xs for m in rules if low < sum(m.ys) / 2 < high]
    return any(_covers(between, c) for c in columns[1:]) and not _covers(between, columns[0])


def _covers(rules: list[tuple[float, float]], column: tuple[float, float]) -> bool:
    width = column[1] - column[0]
    return sum(max(0.0, min(b, column[1]) - max(a, column[0])) for a, b in rules) > COVERED * width


def _one(cells: list[Cell]) -> Cell:
    words = [w for c in cells for _, _, w in c.body.spans]
    return replace(cells[0], body=passage(words), row_span=len(cells), box=union(c.box for c in cells if c.box))
