"""Regions that look like tables but have columns of words as well as figures: read by camelot.

Only the grid is taken from camelot; the words in the cells are our own, so that every number keeps its box.
"""

from __future__ import annotations

import logging
import warnings
from itertools import pairwise
from pathlib import Path

from extract.model import Box, Cell, Table, Word, holds, passage, union
from extract.numerals import cell_mentions
from extract.tables.alignment import chunks_of

MIN_ROWS = 3


def find_mixed(page: int, height: float, words: list[Word], rows: list[list[Word]], path: Path) -> list[Table]:
    """Tables among rows of words that are in no table yet."""
    tables = []
    for region in _regions(rows):
        tables += _read(page, height, region, words, path)
    return tables


def _regions(rows: list[list[Word]]) -> list[Box]:
    """Runs of rows that are cut into the same three columns or more, with figures among them."""
    regions: list[Box] = []
    run: list[list[Word]] = []

    def close() -> None:
        figures = sum(bool(cell_mentions(" ".join(w.text for w in c))) for row in run for c in chunks_of(row)[1:])
        if len(run) >= MIN_ROWS and figures >= MIN_ROWS:
            box = union(w.box for row in run for w in row)
            if box:
                regions.append((box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3))
        run.clear()

    for row in rows:
        chunks = chunks_of(row)
        starts = [c[0].box[0] for c in chunks]
        above = [c[0].box[0] for c in chunks_of(run[-1])] if run else starts
        aligned = sum(any(abs(a - b) < 12 for b in above) for a in starts)
        if len(chunks) >= 3 and aligned >= 2:
            run.append(row)
        else:
            close()
            if len(chunks) >= 3:
                run.append(row)
    close()
    return regions


def _read(page: int, height: float, region: Box, words: list[Word], path: Path) -> list[Table]:
    import camelot  # noqa: PLC0415  (takes most of a second to import, and few pages need it)

    logging.getLogger("camelot").setLevel(logging.ERROR)
    area = f"{region[0]:.0f},{height - region[1]:.0f},{region[2]:.0f},{height - region[3]:.0f}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = camelot.read_pdf(str(path), pages=str(page), flavor="stream", table_areas=[area])
        except Exception:  # camelot's parser refuses files that PDFium reads; then there is no second opinion
            return []
    tables = []
    for table in found:
        xs = [c[0] for c in table.cols] + [table.cols[-1][1]]
        ys = [height - r[0] for r in table.rows] + [height - table.rows[-1][1]]
        cells = []
        for r, (top, bottom) in enumerate(pairwise(ys)):
            for c, (x0, x1) in enumerate(pairwise(xs)):
                box = (x0, top, x1, bottom)
                inside = [w for w in words if holds(box, w.box, 0)]
                cells.append(Cell(passage(inside), r, c, box=box))
        if _sound(cells):
            tables.append(Table(cells, page, region, "camelot"))
    return tables


def _sound(cells: list[Cell]) -> bool:
    """True where figures stand alone in their cells: a cell with several figures means columns run together."""
    alone = sum(bool(cell_mentions(c.text)) for c in cells)
    crowded = sum(len([w for w in c.text.split() if cell_mentions(w)]) > 1 and not cell_mentions(c.text) for c in cells)
    return alone >= MIN_ROWS and crowded <= 0.1 * alone
