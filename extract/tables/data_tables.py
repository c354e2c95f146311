"""The table of data that Excel sets under a chart, apart from what belongs to the chart: the numbers of its axis, the marks of its legend."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract.layout import BULLETS
from extract.model import Cell, Table, passage, union

LEAST = 3
"""So many numbers one over another, in even steps, are those of an axis."""


def without_plot(table: Table) -> Table:
    """A table without the numbers of an axis at its top, its title over all columns, and without marks before the names of series."""
    ticks = _ticks(table)
    cells = [_without_mark(c) if not c.column else c for c in table.cells if c.row >= ticks]
    axis = [c for c in cells if c.row == ticks and not c.column and _in_steps(c.text.split())]
    title = [c for c in cells if c.row == ticks and c.column and c.text]
    if axis and len(title) == 1:
        cells = [c for c in cells if c.row > ticks]
        cells.append(replace(title[0], column=1, column_span=table.shape[1] - 1))
    moved = sorted((replace(c, row=c.row - ticks) for c in cells), key=lambda c: (c.row, c.column))
    return replace(table, cells=moved, box=union(c.box for c in moved if c.box) or table.box)


def _ticks(table: Table) -> int:
    """How many rows at the top hold nothing but one number at the left, each as far from the one before."""
    numbers: list[str] = []
    for row in table.grid():
        filled = [c.text for c in row if c is not None and c.text]
        if len(filled) != 1 or row[0] is None or not filled[0].isdecimal():
            break
        numbers += filled
    return len(numbers) if _in_steps(numbers) else 0


def _in_steps(numbers: list[str]) -> bool:
    """True for the numbers of an axis."""
    if len(numbers) < LEAST or not all(n.isdecimal() for n in numbers):
        return False
    steps = {int(a) - int(b) for a, b in pairwise(numbers)}
    return len(steps) == 1 and steps != {0}


def _without_mark(cell: Cell) -> Cell:
    words = [word for _, _, word in cell.body.spans]
    return replace(cell, body=passage(words[1:])) if len(words) > 1 and words[0].text in BULLETS else cell
