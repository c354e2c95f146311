"""Tables that go on over a page break, or in the next column of a page."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.model import Block, Cell, Table, Word
from extract.numerals import cell_mentions
from extract.tables.alignment import chunks_of, head_cells
from extract.tables.partial import rows_that_keep_to

Extent = tuple[float, float]


def join_across_pages(blocks: list[Block]) -> list[Block]:
    """Join a table that opens a page to the one that closed the page before, where their columns agree."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        columns = _continues(last, block) if isinstance(block, Table) and isinstance(last, Table) else None
        if columns is None or not isinstance(block, Table) or not isinstance(last, Table):
            joined.append(block)
            continue
        repeated = _repeated_heads(last, block, columns)
        height = last.shape[0]
        for cell in block.cells:
            if cell.row >= repeated:
                last.cells.append(
                    Cell(
                        cell.body,
                        cell.row - repeated + height,
                        columns[cell.column],
                        cell.row_span,
                        cell.column_span,
                        cell.box,
                    )
                )
        last.pages.update({row - repeated + height: block.page for row in range(repeated, block.shape[0])})
    return joined


def _continues(last: Table, block: Table) -> list[int] | None:
    """The columns of `last` in which the columns of `block` go on, None where it does not continue."""
    if last.page is None or block.page is None or last.box is None or block.box is None:
        return None
    at = max([last.page, *filter(None, last.pages.values())])
    beside = block.page == at and block.box[0] > last.box[2] and not last.pages
    if block.page != at + 1 and not beside:
        return None
    # The next column of the page, or of the next page, begins further right or left.
    shift = block.box[0] - last.box[0]
    columns = _columns(last, block, shift if beside or abs(shift) > 30 else 0.0)
    if columns is None:
        return None
    if _repeated_heads(last, block, columns) > 0:
        return columns
    return columns if _opens_with_figures(block) and (not beside or last.shape[1] == block.shape[1]) else None


MAX_HEADS = 5


def heads_left_behind(table: Table, rows: list[list[Word]]) -> list[list[Word]]:
    """The last rows of a page that are the heads of the table which opens the next page; none where it has its own.

    They are cut into several pieces, each of which stands over a column.
    """
    if not _opens_with_figures(table):
        return []
    columns = _extents(table)
    found: list[list[Word]] = []
    for row in reversed(rows[-MAX_HEADS:]):
        chunks = chunks_of(row)
        over = [any(a < c[-1].box[2] + 2 and c[0].box[0] - 2 < b for a, b in columns.values()) for c in chunks]
        words = any(w.text[:1].isalpha() or re.match(r"(?:19|20)\d\d\b", w.text) for w in row)
        if len(chunks) < 2 or not all(over) or not words or len(row) > 6 * len(columns):
            break
        found.insert(0, row)
    return found


def with_heads(table: Table, rows: list[list[Word]]) -> None:
    """Put rows of words that stand over the columns of a table at its head."""
    columns = [extent for column, extent in sorted(_extents(table).items()) if column]
    heads = head_cells(rows, columns)
    height = max((c.row + 1 for c in heads), default=0)
    for cell in table.cells:
        cell.row += height
    table.pages = {row + height: page for row, page in table.pages.items()}
    table.cells[:0] = heads


def carry_over(table: Table, rows: list[list[Word]], page: int) -> int:
    """Add to the last table of a page the rows at the top of the next that keep to its columns. Returns how many lines they take."""
    extents = [extent for _, extent in sorted(_extents(table).items())]
    if len(extents) < 2 or len(extents) != table.shape[1]:
        return 0
    edges = [extents[0][0], *[(a[1] + b[0]) / 2 for a, b in pairwise(extents)], extents[-1][1]]
    found, taken = rows_that_keep_to(list(pairwise(edges)), rows)
    height = table.shape[0]
    for n, cells in enumerate(found):
        for cell in cells:
            cell.row = height + n
        table.cells += cells
        table.pages[height + n] = page
    return taken


def _extents(table: Table) -> dict[int, Extent]:
    found: dict[int, Extent] = {}
    for cell in table.cells:
        if cell.column_span == 1 and cell.box is not None and cell.text:
            a, b = found.get(cell.column, (cell.box[0], cell.box[2]))
            found[cell.column] = (min(a, cell.box[0]), max(b, cell.box[2]))
    return found


def _columns(last: Table, block: Table, shift: float) -> list[int] | None:
    """For each column of `block` the one of `last` that it stands under; None where they do not agree."""
    ours, theirs = _extents(last), _extents(block)
    if not ours or not theirs or block.shape[1] > last.shape[1]:
        return None
    found = []
    for column in range(block.shape[1]):
        if column not in theirs:
            if last.shape[1] != block.shape[1]:
                return None
            found.append(column)
            continue
        a, b = theirs[column][0] - shift, theirs[column][1] - shift
        if column == 0:
            if abs(a - ours.get(0, (a, b))[0]) > 8:
                return None
            found.append(0)
            continue
        under = [k for k, (x0, x1) in ours.items() if a < x1 + 3 and x0 - 3 < b]
        if not under:
            return None
        found.append(max(under, key=lambda k: min(b, ours[k][1]) - max(a, ours[k][0])))
    return found if all(x < y for x, y in pairwise(found)) else None


def _texts(table: Table, row: int) -> list[str]:
    return [c.text if c else "" for c in table.grid()[row]]


def _repeated_heads(last: Table, block: Table, columns: list[int]) -> int:
    count = 0
    while count < min(last.shape[0], block.shape[0]) and count < 4:
        ours, theirs = _texts(last, count), _texts(block, count)
        if [ours[k] for k in columns] != theirs or not any(theirs):
            break
        count += 1
    return count


def _opens_with_figures(block: Table) -> bool:
    return any(cell_mentions(text) for text in _texts(block, 0)[1:])
