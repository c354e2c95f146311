"""Tables that go on over a page break."""

from __future__ import annotations

from extract.model import Block, Cell, Table
from extract.numerals import cell_mentions


def join_across_pages(blocks: list[Block]) -> list[Block]:
    """Join a table that opens a page to the one that closed the page before, where their columns agree."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(last, Table) and _continues(last, block):
            repeated = _repeated_heads(last, block)
            height = last.shape[0]
            for cell in block.cells:
                if cell.row >= repeated:
                    last.cells.append(
                        Cell(
                            cell.body,
                            cell.row - repeated + height,
                            cell.column,
                            cell.row_span,
                            cell.column_span,
                            cell.box,
                        )
                    )
            last.pages.update({row - repeated + height: block.page for row in range(repeated, block.shape[0])})
            continue
        joined.append(block)
    return joined


def _continues(last: Table, block: Table) -> bool:
    if (
        last.page is None
        or block.page is None
        or block.page != max([last.page, *filter(None, last.pages.values())]) + 1
    ):
        return False
    if last.shape[1] != block.shape[1] or last.box is None or block.box is None:
        return False
    return (
        abs(last.box[0] - block.box[0]) < 6
        and abs(last.box[2] - block.box[2]) < 6
        and (_repeated_heads(last, block) > 0 or _opens_with_figures(block))
    )


def _texts(table: Table, row: int) -> list[str]:
    return [c.text if c else "" for c in table.grid()[row]]


def _repeated_heads(last: Table, block: Table) -> int:
    count = 0
    while count < min(last.shape[0], block.shape[0]) and count < 4 and _texts(last, count) == _texts(block, count):
        count += 1
    return count


def _opens_with_figures(block: Table) -> bool:
    return any(cell_mentions(text) for text in _texts(block, 0)[1:])
