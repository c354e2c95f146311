"""How sound a grid is, so that several readings of one place can compete.

A grid is sound where every figure has a label and a head, no two figures of a row share both, totals add up, and figures
stand alone in their cells. The words themselves are not understood here.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass

from extract.layout import rows_of
from extract.model import Cell, Table
from extract.numerals import cell_mentions
from extract.tables.alignment import is_figure
from extract.tables.heads import Grid, head_rows, holds_figure, label_columns, stretch_heads, texts_of

_TOTAL = re.compile(r"\btotals?\b|^all$|^overall$", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Quality:
    """Compared in this order; more is better."""

    addressed: int = 0
    """Figures with a label and a head that no other figure of their row shares, less those with a shared one and crowded cells."""
    sums: int = 0
    """Rows and columns whose total is the sum of their parts."""
    alone: int = 0
    """Figures that stand alone in their cells, less cells with several under one another."""
    words: int = 0
    """Words in its cells."""
    columns: int = 0
    """Columns with words: of two grids that are equal else, the one that keeps labels apart."""

    def __add__(self, other: Quality) -> Quality:
        return Quality(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def quality(table: Table) -> Quality:
    """The quality of one grid."""
    grid = table.grid()
    if not grid or not grid[0]:
        return Quality()
    heads = head_rows(grid)
    labels = label_columns(grid, heads)
    over = [list(row) for row in grid[:heads]]
    stretch_heads(over)
    columns = [texts_of([row[c] for row in over]) for c in range(len(grid[0]))]
    addressed = clashes = 0
    seen: set[int] = set()
    group = ""
    for row in grid[heads:]:
        label = texts_of(row[:labels])
        filled = [c for c in range(labels, len(row)) if holds_figure(row[c]) and _is_new(row[c], seen)]
        if not filled:
            group = " ".join(label) or group
            continue
        keys = [columns[c] for c in filled]
        for key in keys:
            named = bool(label or group) and (bool(key) or len(filled) == 1)
            clashes += named and keys.count(key) > 1
            addressed += named and keys.count(key) == 1
    filled_columns = len({c.column for c in table.cells if c.text})
    words = {id(w) for c in table.cells for _, _, w in c.body.spans}
    crowded = sum(map(_crowded, table.cells))
    alone = sum(bool(c.text) and is_figure([w for _, _, w in c.body.spans]) for c in table.cells)
    return Quality(
        addressed - clashes - 2 * crowded, _sums(grid, heads, labels), alone - crowded, len(words), filled_columns
    )


def _is_new(cell: Cell | None, seen: set[int]) -> bool:
    """True for a figure that no cell before holds; overlapping cells hold one twice."""
    words = {id(w) for _, _, w in cell.body.spans} if cell is not None else set()
    if words & seen:
        return False
    seen |= words
    return True


def _crowded(cell: Cell) -> bool:
    """True for a cell that holds several figures one under another, or side by side."""
    words = [w for _, _, w in cell.body.spans]
    rows = rows_of(words)
    under = len(rows) > 1 and sum(all(is_figure([w]) for w in row) for row in rows) > 1
    beside = len(words) > 1 and not cell_mentions(cell.text) and all(is_figure([w]) for w in words)
    return under or beside


def _value(cell: Cell | None) -> float | None:
    found = cell_mentions(cell.text) if cell is not None else ()
    return found[0].value if len(found) == 1 and found[0].kind == "number" else None


def _sums(grid: Grid, heads: int, labels: int) -> int:
    """How many totals, of a last row or a last column called so, are the sum of what stands before them."""
    body = grid[heads:]
    held = 0
    last = body[-1] if body else []
    if last and _TOTAL.search(" ".join(texts_of(last[:labels]))):
        for c in range(labels, len(last)):
            held += _adds_up([_value(row[c]) for row in body[:-1]], _value(last[c]))
    if heads and grid and _TOTAL.search(" ".join(texts_of([row[-1] for row in grid[:heads]]))):
        for row in body:
            held += _adds_up([_value(cell) for cell in row[labels:-1]], _value(row[-1]))
    return held


def _adds_up(parts: list[float | None], total: float | None) -> bool:
    known = [p for p in parts if p is not None]
    return total is not None and len(known) > 1 and abs(sum(known) - total) < 0.01
