"""Heads that stand one column beside their figures, because a number or mark at the left of a row moved the whole."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Cell, Table
from extract.tables.heads import head_rows, holds_figure


def over_figures(table: Table) -> Table:
    """A table whose heads are moved by one column where one has no figures under it, one column of figures has no head, and all between
    have both."""
    grid = table.grid()
    if not grid or not grid[0] or any(c.column_span > 1 for c in table.cells if c.column):
        return table
    heads = head_rows(grid)
    columns = range(1, len(grid[0]))
    headed = {c for c in columns if any(_text(row[c]) for row in grid[:heads])}
    figured = {c for c in columns if any(holds_figure(row[c]) for row in grid[heads:])}
    used = {c for c in columns if any(_text(row[c]) for row in grid[heads:])}
    idle, bare = headed - used, figured - headed
    if len(idle) != 1 or len(bare) != 1:
        return table
    start, end = idle.pop(), bare.pop()
    step = 1 if end > start else -1
    between = range(start + step, end, step)
    if not all(c in headed and c in figured for c in between) or not between:
        return table
    moved = {start, *between}
    cells = [replace(c, column=c.column + step) if c.row < heads and c.column in moved else c for c in table.cells]
    taken = {(c.row, c.column) for c in cells if c.text}
    return replace(table, cells=[c for c in cells if c.text or (c.row, c.column) not in taken])


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""
