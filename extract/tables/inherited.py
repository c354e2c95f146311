"""Tables in text that stand under the heads of the table before them: "Answered on time", and the same rows again."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Block, Heading, Paragraph, Table
from extract.tables.textual import is_figure

MOST_BETWEEN, LONGEST = 2, 60
"""Blocks between two such tables, and characters of one of them."""


def with_heads_of_before(blocks: list[Block]) -> list[Block]:
    """The blocks of a text; a table without heads whose rows are called as those of the one before takes the heads of that one."""
    result: list[Block] = []
    last: Table | None = None
    between = 0
    for block in blocks:
        if not isinstance(block, Table):
            between += 1 if _is_short(block) else MOST_BETWEEN + 1
            result.append(block)
            continue
        table = _with_heads(block, last) if last and between <= MOST_BETWEEN and _goes_on(last, block) else block
        last, between = (table if _heads(table) else None), 0
        result.append(table)
    return result


def _is_short(block: Block) -> bool:
    text = block.text if isinstance(block, Heading) else block.body.text if isinstance(block, Paragraph) else ""
    return 0 < len(text) < LONGEST


def _goes_on(above: Table, table: Table) -> bool:
    return not _heads(table) and _labels(above) == _labels(table) and above.shape[1] >= table.shape[1]


def _heads(table: Table) -> int:
    """How many rows stand over the first with a figure."""
    rows = [c.row for c in table.cells if c.column and is_figure(c.text)]
    return min(rows, default=0)


def _labels(table: Table) -> list[str]:
    first = _heads(table)
    return [c.text for c in sorted(table.cells, key=lambda c: c.row) if c.column == 0 and c.row >= first and c.text]


def _with_heads(table: Table, other: Table) -> Table:
    height, width = _heads(other), table.shape[1]
    heads = [c for c in other.cells if c.row < height and c.column < width]
    return replace(table, cells=[*heads, *(replace(c, row=c.row + height) for c in table.cells)])
