"""Grids that hold a page's text, too, as printed worksheets do: the rows of text are text, and what is between them are the tables."""

from __future__ import annotations

from dataclasses import replace

from extract.layout import BULLET, NUMBERING
from extract.model import Cell, Table, union
from extract.tables.cells import without_empty

LONG = 9
"""Words from which on the only cell of a row is running text."""


TITLES = 2
"""Rows of a single wide cell at the ends of a grid, from which on they are titles around the table; one may be a head."""


def without_text(table: Table) -> list[Table]:
    """The tables in a grid, none of whose rows are running text; the grid itself where it holds no such row."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    one_column = table.shape[1] < 2
    text = {n for n, cells in rows.items() if _is_text(cells) or one_column}
    titles = len(rows) - len(_between_titles(sorted(rows), rows)) if not text else 0
    if not text and titles < TITLES:
        return [table]
    parts: list[list[int]] = [[]]
    for n in sorted(rows):
        if n in text:
            parts.append([])
        else:
            parts[-1].append(n)
    trimmed = [_between_titles(part, rows) for part in parts]
    return [_part(table, part) for part in trimmed if len(part) > 1]


def _own(cells: list[Cell]) -> list[Cell]:
    """The cells of a row without the number or bullet of a paragraph."""
    return [c for c in cells if not (c.column == 0 and (NUMBERING.match(c.text) or BULLET.match(c.text)))]


def _is_text(cells: list[Cell]) -> bool:
    own = _own(cells)
    return len(own) == 1 and len(own[0].text.split()) >= LONG and (own[0].column_span > 1 or len(own) < len(cells))


def _between_titles(part: list[int], rows: dict[int, list[Cell]]) -> list[int]:
    """Rows without those of a single wide cell at their beginning and end: titles of what stands under them."""

    def title(n: int) -> bool:
        own = _own(rows[n])
        return not own or (len(own) == 1 and (own[0].column_span > 1 or len(own) < len(rows[n])))

    while part and title(part[0]):
        part = part[1:]
    while part and title(part[-1]):
        part = part[:-1]
    return part


def _part(table: Table, part: list[int]) -> Table:
    first, last = part[0], part[-1]
    cells = [
        replace(c, row=c.row - first, row_span=min(c.row_span, last - c.row + 1))
        for c in table.cells
        if first <= c.row <= last
    ]
    return replace(table, cells=without_empty(cells), box=union(c.box for c in cells if c.box))
