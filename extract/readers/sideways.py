"""Tables set sideways on upright pages: their letters and rules turned upright, as a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.layout import rows_of
from extract.model import Block, Box, Chart, Table, union
from extract.page import PageObjects
from extract.readers.letters import Letter, upright_words
from extract.tables.alignment import chunks_of
from extract.tables.textual import is_figure

MIN_ROWS = 3
"""Rows with figures before letters that run up or down a page are a table and no heads of columns (of several tables) or running head."""


def upright(page: PageObjects, letters: Sequence[Letter]) -> PageObjects | None:
    """What is set sideways on a page, turned; None where it is no table. The words know where they stand on the page."""
    down = sum(x.down for x in letters) > len(letters) / 2
    turn, back = _turns(down, page)
    mine = [x for x in letters if x.down == down and x.text.strip()]
    words = [
        replace(word, printed=back(word.box))
        for word in upright_words([replace(x, box=turn(x.box)) for x in mine], page.number)
    ]
    rows = [chunks_of(row) for row in rows_of(words)]
    if (
        sum(len(row) > 1 and any(is_figure(" ".join(w.text for w in chunk)) for chunk in row[1:]) for row in rows)
        < MIN_ROWS
    ):
        return None
    around = union(x.box for x in mine)
    shapes = [replace(s, box=turn(s.box)) for s in page.shapes if around and _near(s.box, around)]
    return PageObjects(
        page.number, page.height, page.width, words, shapes, crowded=page.crowded, turned="down" if down else "up"
    )


def turned_back(blocks: Sequence[Block], page: PageObjects) -> list[Block]:
    """Blocks of an upright page with the boxes of the page that it was set on, sideways. Changes the tables and charts."""
    whole = replace(page, width=page.height, height=page.width)
    _, back = _turns(page.turned == "down", whole)
    for block in blocks:
        if isinstance(block, Table | Chart) and block.box:
            block.box = back(block.box)
        if isinstance(block, Table):
            for cell in block.cells:
                cell.box = back(cell.box) if cell.box else None
        if isinstance(block, Chart):
            block.bars = [replace(bar, label=replace(bar.label, box=back(bar.label.box))) for bar in block.bars]
    return list(blocks)


def _turns(down: bool, page: PageObjects) -> tuple[Callable[[Box], Box], Callable[[Box], Box]]:
    """From a page to its sideways text set upright, and back."""
    w, h = page.width, page.height
    if down:
        return (lambda b: (b[1], w - b[2], b[3], w - b[0])), (lambda b: (w - b[3], b[0], w - b[1], b[2]))
    return (lambda b: (h - b[3], b[0], h - b[1], b[2])), (lambda b: (b[1], h - b[2], b[3], h - b[0]))


def _near(box: Box, around: Box) -> bool:
    slack = 40.0
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return around[0] - slack <= x <= around[2] + slack and around[1] - slack <= y <= around[3] + slack
