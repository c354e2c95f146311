"""Forms: grids of two or three columns whose cells hold running text, and perhaps tables; each cell is read by itself."""

from __future__ import annotations

from collections.abc import Sequence

from extract.layout import rows_of
from extract.model import Box, Word, holds, union
from extract.page import PageObjects
from extract.tables.alignment import is_figure
from extract.tables.finding import closed_cells

MOST_COLUMNS = 3
LONG = 12
"""Words from which on a cell is running text."""
FILLED = 5
"""Words in the middle line of running text, at least."""
SHARE = 0.75
"""Of the words of a form, so many stand in running text."""
FIGURES = 0.3
"""Cells with a figure alone for a row, at most; with more it is a table with long labels."""
NARROW = 0.6
"""Width of the first of two columns, where there is one row alone, as a share of that of the other, at most."""
TALL = 0.25
"""Of the height of the page: how far the lines between the columns of a form run together, at least."""


def form_cells(page: PageObjects, words: Sequence[Word]) -> list[Box]:
    """The forms of a page and their cells that hold words, as panels."""
    if page.crowded or not _has_columns(page):
        return []
    grids = closed_cells(page, page.shapes)
    found: list[Box] = []
    for cells in grids:
        if not _few_columns(cells):
            continue
        inner = [c for grid in grids if grid is not cells for c in grid if _smaller(c, cells)]
        if _is_form(cells, [w for w in words if not any(holds(c, w.box) for c in inner)]):
            filled = [c for c in cells if any(holds(c, w.box) for w in words)]
            found += [box for box in (union(filled), *filled) if box]
    return found


def _has_columns(page: PageObjects) -> bool:
    """True where boxes or lines are drawn down a good part of a page."""
    return sum(s.box[3] - s.box[1] for s in page.shapes if s.boxlike) > TALL * page.height


def _smaller(cell: Box, cells: Sequence[Box]) -> bool:
    """True for a cell of a grid that lies within one of the cells of another."""
    return any(holds(c, cell) and c[2] - c[0] > cell[2] - cell[0] and c[3] - c[1] > cell[3] - cell[1] for c in cells)


def _few_columns(cells: Sequence[Box]) -> bool:
    return 1 < len({round(c[0] / 3) for c in cells}) <= MOST_COLUMNS


def _is_form(cells: Sequence[Box], words: Sequence[Word]) -> bool:
    rows = len({round(c[1] / 3) for c in cells})
    if rows < 2:
        # A row that is left of a form at the foot of a page; columns of text with lines between them are none.
        first, *rest = sorted(cells)
        if len(rest) != 1 or first[2] - first[0] > NARROW * (rest[0][2] - rest[0][0]):
            return False
    inside = [[w for w in words if holds(c, w.box)] for c in cells]
    whole = sum(map(len, inside))
    if sum(map(is_figure, inside)) > FIGURES * rows:
        return False
    return whole > 0 and sum(len(held) for held in inside if _is_text(held)) >= SHARE * whole


def _is_text(words: list[Word]) -> bool:
    if len(words) < LONG or sum(w.text[:1].isalpha() for w in words) < SHARE * len(words):
        return False
    lines = sorted(map(len, rows_of(words)))
    return lines[len(lines) // 2] >= FILLED
