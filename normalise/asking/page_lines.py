"""A document as numbered lines: what a second reader is shown, and where the numbers of each line stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Chart, Heading, Paragraph, Reading, Table
from extract.statement import Statement


@dataclass
class PageLine:
    """One line: a heading, a paragraph, a row of a table, or a bar of a chart."""

    number: int
    """1-based, through the whole document."""
    page: int | None
    text: str
    block: int
    """Place of the block that it belongs to; the rows of one table have one."""
    statements: list[Statement] = field(default_factory=list)
    """The numbers that stand in it, in order."""


def page_lines(reading: Reading, statements: Sequence[Statement]) -> list[PageLine]:
    """Every line of a document that holds words, with the numbers in it."""
    lines: list[PageLine] = []
    places: dict[tuple[str, int], PageLine] = {}

    def add(block: int, page: int | None, text: str, place: tuple[str, int]) -> None:
        text = " ".join(text.split())
        if text:
            lines.append(PageLine(len(lines) + 1, page, text, block))
            places[place] = lines[-1]

    for n, block in enumerate(reading.blocks):
        if isinstance(block, Heading):
            add(n, block.page, f"{'#' * min(max(block.level, 1), 4)} {block.text}", (f"h{n}", -1))
        elif isinstance(block, Paragraph):
            add(n, block.page, f"- {block.text}" if block.bullet else block.text, (f"p{n}", -1))
        elif isinstance(block, Table):
            for r, cells in enumerate(_rows(block)):
                add(n, block.pages.get(r, block.page), cells, (f"t{n}", r))
        elif isinstance(block, Chart):
            for r, name in enumerate(dict.fromkeys(b.category for b in block.bars)):
                told = "; ".join(f"{b.series}: {b.label.text}".lstrip(": ") for b in block.bars if b.category == name)
                add(n, block.page, f"{block.title} | {name} | {told}".lstrip(" |"), (f"c{n}", r))
    for s in statements:
        block_name, row = s.group.split(".")[0], -1
        if block_name[0] in "tc":
            row = int(s.group.split(".")[1]) if s.group.count(".") > 1 else s.place[0]
        if line := places.get((block_name, row)):
            line.statements.append(s)
    return lines


def _rows(table: Table) -> list[str]:
    """The rows of a table with bars between their cells; a cell over several places stands in the first."""
    rows = []
    seen: set[int] = set()
    for row in table.grid():
        cells = []
        for cell in row:
            cells.append(cell.text if cell is not None and id(cell) not in seen else "")
            seen.add(id(cell))
        rows.append("| " + " | ".join(cells) + " |")
    return rows
