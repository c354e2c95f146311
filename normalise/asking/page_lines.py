"""A document as numbered lines: what a second reader is shown, and where the numbers of each line stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.model import Cell, Chart, Heading, Paragraph, Passage, Reading, Table
from extract.numerals import mentions
from extract.statement import Statement, quote_of


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
    bodies: list[Passage] = field(default_factory=list)
    """Its words with their places: of a row of a table, cell by cell."""
    scanned: bool = False

    _loose: dict[tuple[int, int, int], Statement | None] = field(default_factory=dict)

    def loose(self, printed: str) -> list[Statement]:
        """Numbers that stand in the line so printed and are none of its statements: of several in a cell, or like a reference's.

        Parts of dates, years and names of stages are no numbers here either.
        """
        alone = re.compile(rf"(?<![\w.,/]){re.escape(printed.strip())}(?![\w/]|[.,]\d)", re.IGNORECASE)
        found = []
        for n, body in enumerate(self.bodies):
            for start, end in (match.span() for match in alone.finditer(body.text)):
                if (n, start, end) not in self._loose:
                    self._loose[n, start, end] = self._figure(n, body, start, end)
                found.append(self._loose[n, start, end])
        return [s for s in found if s is not None]

    def _figure(self, n: int, body: Passage, start: int, end: int) -> Statement | None:
        around = [m for m in mentions(body.text) if m.start < end and start < m.end]
        own = mentions(body.text[start:end])
        if len(own) != 1 or not own[0].statistic or not all(m.statistic or m.kind == "reference" for m in around):
            return None
        return Statement(
            printed=own[0].printed,
            value=own[0].value,
            kind=own[0].kind,
            low=own[0].low,
            high=own[0].high,
            method="table" if len(self.bodies) > 1 else "sentence",
            page=self.page,
            box=body.box(start, end),
            quote=quote_of(self.text),
            group=f"l{self.number}",
            place=(n, start),
            ocr=self.scanned,
        )


def page_lines(reading: Reading, statements: Sequence[Statement]) -> list[PageLine]:
    """Every line of a document that holds words, with the numbers in it."""
    lines: list[PageLine] = []
    places: dict[tuple[str, int], PageLine] = {}

    def add(block: int, page: int | None, text: str, place: tuple[str, int], bodies: Sequence[Passage] = ()) -> None:
        text = " ".join(text.split())
        if text:
            scanned = page in reading.ocr_pages
            lines.append(PageLine(len(lines) + 1, page, text, block, bodies=list(bodies), scanned=scanned))
            places[place] = lines[-1]

    for n, block in enumerate(reading.blocks):
        if isinstance(block, Heading):
            add(n, block.page, f"{'#' * min(max(block.level, 1), 4)} {block.text}", (f"h{n}", -1))
        elif isinstance(block, Paragraph):
            add(n, block.page, f"- {block.text}" if block.bullet else block.text, (f"p{n}", -1), [block.body])
        elif isinstance(block, Table):
            for r, cells in enumerate(_rows(block)):
                text = "| " + " | ".join(cell.text if cell else "" for cell in cells) + " |"
                add(n, block.pages.get(r, block.page), text, (f"t{n}", r), [cell.body for cell in cells if cell])
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


def _rows(table: Table) -> list[list[Cell | None]]:
    """The rows of a table; a cell over several places stands in the first."""
    rows = []
    seen: set[int] = set()
    for row in table.grid():
        cells = []
        for cell in row:
            cells.append(cell if id(cell) not in seen else None)
            seen.add(id(cell))
        rows.append(cells)
    return rows
