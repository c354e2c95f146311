"""Tables without rulings: rows whose figures stand below one another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from extract.layout import NUMBERING, rows_of
from extract.model import Cell, Table, Word, passage, union
from extract.numerals import cell_mentions

_PLACEHOLDER = re.compile(r"^[–—-]+$|^n/?a$|^\.$", re.IGNORECASE)


@dataclass
class _Row:
    chunks: list[list[Word]]
    """Words of the row, cut where the space is wider than between words."""

    @property
    def top(self) -> float:
        return min(w.box[1] for chunk in self.chunks for w in chunk)

    @property
    def bottom(self) -> float:
        return max(w.box[3] for chunk in self.chunks for w in chunk)

    @property
    def size(self) -> float:
        return median(w.size for chunk in self.chunks for w in chunk)

    def figures(self) -> int:
        """How many chunks after the first are figures."""
        return sum(_figure(chunk) for chunk in self.chunks[1:])


def _text(chunk: list[Word]) -> str:
    return " ".join(w.text for w in chunk)


def _figure(chunk: list[Word]) -> bool:
    text = _text(chunk)
    return bool(cell_mentions(text) or _PLACEHOLDER.match(text))


def find_aligned(page: int, words: list[Word]) -> list[Table]:
    """Borderless tables among words that are in no ruled table."""
    rows = [_Row(chunks_of(row)) for row in rows_of(words)]
    tables = []
    i = 0
    while i < len(rows):
        end = _run(rows, i)
        if end - i >= 2 and sum(r.figures() >= 1 for r in rows[i:end]) >= 2:
            start = _heads(rows, i)
            table = _grid(page, rows[start:end], i - start)
            if table is not None:
                tables.append(table)
                i = end
                continue
        i += 1
    return tables


def chunks_of(row: list[Word]) -> list[list[Word]]:
    """The words of a row, cut where the space is wider than between words."""
    chunks: list[list[Word]] = []
    for word in row:
        if chunks and word.box[0] - chunks[-1][-1].box[2] <= 0.9 * max(word.size, 6):
            chunks[-1].append(word)
        else:
            chunks.append([word])
    if len(chunks) > 1 and NUMBERING.match(_text(chunks[0])):
        # A paragraph number before its text is no column.
        chunks = [chunks[0] + chunks[1], *chunks[2:]]
    return chunks


def _run(rows: list[_Row], start: int) -> int:
    """The end of the rows from `start` that each have a label and figures in the same columns."""
    first = rows[start]
    if first.figures() < 1 or first.figures() < len(first.chunks) - 1:
        return start
    centres = [_centre(c) for c in first.chunks[1:]]
    end = start + 1
    while end < len(rows):
        row = rows[end]
        if row.top - rows[end - 1].bottom > 3.0 * row.size:
            break
        body = row.chunks[1:]
        if body and all(_figure(c) for c in body) and all(min(abs(_centre(c) - x) for x in centres) < 25 for c in body):
            centres += [_centre(c) for c in body]
            end += 1
            continue
        # A label that wraps, or the heading of a group of rows, stands alone in the first column.
        wraps = (
            len(row.chunks) == 1
            and row.chunks[0][-1].box[2] < min(centres)
            and end + 1 < len(rows)
            and rows[end + 1].figures() >= 1
        )
        if not wraps:
            break
        end += 1
    return end


def _centre(chunk: list[Word]) -> float:
    return (chunk[0].box[0] + chunk[-1].box[2]) / 2


def _heads(rows: list[_Row], first: int) -> int:
    """The first of the heading rows above the figures: words over the columns of figures."""
    left = min(c[0].box[0] for c in rows[first].chunks[1:]) if len(rows[first].chunks) > 1 else 0
    start = first
    while start > 0 and first - start < 4:
        row = rows[start - 1]
        if rows[start].top - row.bottom > 1.6 * row.size:
            break
        over = [
            c for c in row.chunks if c[-1].box[2] > left - 40 and c[0].box[0] > rows[first].chunks[0][0].box[0] + 30
        ]
        prose = len(row.chunks) == 1 and len(row.chunks[0]) > 6
        if not over or prose or (len(row.chunks) == 1 and row.chunks[0][0].box[0] < left - 60):
            break
        start -= 1
    return start


def _grid(page: int, rows: list[_Row], heads: int) -> Table | None:
    body = rows[heads:]
    starts: list[tuple[float, float]] = []
    for row in body:
        for chunk in row.chunks[1:]:
            starts.append((chunk[0].box[0], chunk[-1].box[2]))
    columns = _bands(starts)
    if not columns:
        return None
    cells: list[Cell] = []
    number = 0
    label_row: int | None = None
    for r, row in enumerate(rows):
        is_head = r < heads
        if not is_head and len(row.chunks) == 1 and label_row is not None and _closer_above(rows, r):
            # A label that wraps belongs to the row above.
            above = next(c for c in cells if c.row == label_row and c.column == 0)
            for word in row.chunks[0]:
                above.body.append(word)
            continue
        for chunk in row.chunks:
            column = _column(
                chunk, columns, first=chunk is row.chunks[0] and (not is_head or chunk[0].box[0] < columns[0][0] - 30)
            )
            span = _span(chunk, columns, column) if is_head else 1
            cells.append(Cell(passage(chunk), number, column, 1, span, union(w.box for w in chunk)))
        if not is_head:
            label_row = number
        number += 1
    box = union(c.box for c in cells if c.box)
    return Table(_merge_places(cells), page, box, "alignment")


def _closer_above(rows: list[_Row], r: int) -> bool:
    above = rows[r].top - rows[r - 1].bottom
    below = rows[r + 1].top - rows[r].bottom if r + 1 < len(rows) else 1e9
    return above <= below and not rows[r].chunks[0][0].bold


def _bands(extents: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Columns as the unions of overlapping extents."""
    bands: list[tuple[float, float]] = []
    for x0, x1 in sorted(extents):
        if bands and x0 <= bands[-1][1] + 1:
            bands[-1] = (bands[-1][0], max(bands[-1][1], x1))
        else:
            bands.append((x0, x1))
    return bands


def _column(chunk: list[Word], columns: list[tuple[float, float]], first: bool) -> int:
    if first:
        return 0
    centre = _centre(chunk)
    return 1 + min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - centre))


def _span(chunk: list[Word], columns: list[tuple[float, float]], column: int) -> int:
    x0, x1 = chunk[0].box[0], chunk[-1].box[2]
    covered = [i + 1 for i, band in enumerate(columns) if band[0] < x1 and x0 < band[1]]
    return len(covered) if column in covered and covered[0] == column else 1


def _merge_places(cells: list[Cell]) -> list[Cell]:
    """One cell a place: chunks that fell into the same column are one text."""
    found: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        key = (cell.row, cell.column)
        if key in found:
            for _, _, word in cell.body.spans:
                found[key].body.append(word)
            found[key].box = union(b for b in (found[key].box, cell.box) if b)
        else:
            found[key] = cell
    return list(found.values())
