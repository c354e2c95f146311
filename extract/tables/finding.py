"""Which parts of a page are tables, and their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from extract.layout import rows_of, without_marks
from extract.model import Box, Cell, Table, Word, holds, passage, union
from extract.page import PageObjects, Shape
from extract.tables.alignment import chunks_of, find_aligned, is_figure
from extract.tables.camelot_reader import find_mixed
from extract.tables.cells import without_empty
from extract.tables.data_tables import without_plot
from extract.tables.marks import MIN_EDGE, THIN
from extract.tables.partial import find_in_gutters, find_partly_ruled
from extract.tables.quality import Quality, quality
from extract.tables.sheets import without_text
from extract.tables.shifted import over_figures


class _Ruled:
    """The little of a pdfplumber page that its table finder asks for."""

    def __init__(self, edges: list[dict[str, Any]], width: float, height: float) -> None:
        self.edges = edges
        self.bbox = (0.0, 0.0, width, height)
        self.chars: list[dict[str, Any]] = []


def find_open_tables(page: PageObjects, words: list[Word], path: Path) -> list[Table]:
    """Tables without rulings in one region of a page: figures that stand below one another, then columns of words and figures."""
    separators = [s.box for s in page.shapes if s.box[2] - s.box[0] > 40 and s.box[3] - s.box[1] < 120]
    tables: list[Table] = []
    for table in find_aligned(page.number, words, separators):
        inside = [w for w in words if table.box and holds(table.box, w.box)]
        tables += map(over_figures, max([table], find_in_gutters(page.number, inside, separators), key=_soundness))
    boxes = [t.box for t in tables if t.box]
    rest = [w for w in words if not any(holds(b, w.box) for b in boxes)]
    return tables + find_mixed(page.number, page.height, rest, rows_of(rest), path)


def find_ruled_tables(page: PageObjects, words: list[Word], taken: list[Box]) -> list[Table]:
    """Tables with rulings or shaded cells, wherever they stand on the page. Nothing is looked for in the boxes `taken`.

    What the closed cells of the rulings, their unclosed rest, and the places of the words make of one part of the page
    compete there.
    """
    shapes = [s for s in page.shapes if not any(holds(b, s.box) for b in taken)]
    closed = _closed_tables(page, shapes, words)
    partly = find_partly_ruled(page, shapes, words)
    tables: list[Table] = []
    for place in _places([*closed, *partly]):
        inside = [w for w in words if holds(place, w.box)]
        rivals = [
            [t for t in closed if t.box and _overlap(t.box, place)],
            _apart([t for t in partly if t.box and _overlap(t.box, place)]),
            *_by_words(page.number, inside, [s.box for s in shapes if holds(place, s.box)]),
        ]
        best = max(rivals, key=_soundness)  # the first of equals
        for table in _with_labels(page, best, words, inside) or best:
            tables += [over_figures(without_plot(part)) for part in without_text(table)]
    return tables


def _with_labels(page: PageObjects, tables: list[Table], words: list[Word], inside: list[Word]) -> list[Table]:
    """A table whose boxes hold figures alone, with the labels that stand at its left; none where it has labels or there are none."""
    if len(tables) != 1 or not _opens_with_figures(tables[0]):
        return []
    x0, top, _, bottom = tables[0].box or (0.0, 0.0, 0.0, 0.0)
    beside = [w for w in words if w.box[2] < x0 + 2 and top - 2 < (w.box[1] + w.box[3]) / 2 < bottom + 2]
    if not beside:
        return []
    wider = max(_by_words(page.number, [*inside, *beside], []), key=_soundness)
    return wider if _soundness(wider) > _soundness(tables) else []


def _opens_with_figures(table: Table) -> bool:
    """True where each row begins with a figure, from the first row with one on."""
    opening = {c.row: is_figure(_words_of(c)) for c in sorted(table.cells, key=lambda c: -c.column) if c.text}
    first = min((row for row, figure in opening.items() if figure), default=0)
    rows = [figure for row, figure in opening.items() if row >= first]
    return len(rows) >= MIN_LINES and all(rows)


def _by_words(page: int, words: list[Word], separators: list[Box]) -> list[list[Table]]:
    """What the places of words alone make of a part of a page."""
    return [find_aligned(page, words, separators), find_in_gutters(page, words, separators)]


def _soundness(tables: Iterable[Table]) -> tuple[int, ...]:
    return astuple(sum(map(quality, tables), Quality()))


def _apart(tables: list[Table]) -> list[Table]:
    """Of tables that overlap, the soundest."""
    kept: list[Table] = []
    for table in sorted(tables, key=lambda t: _soundness([t]), reverse=True):
        if not any(table.box and t.box and _overlap(table.box, t.box) for t in kept):
            kept.append(table)
    return kept


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 2 and b[0] < a[2] - 2 and a[1] < b[3] - 2 and b[1] < a[3] - 2


def _places(tables: list[Table]) -> list[Box]:
    """The parts of the page that tables cover, those that overlap as one."""
    found: list[Box] = []
    for box in (t.box for t in tables if t.box):
        near = [b for b in found if _overlap(b, box)]
        found = [b for b in found if b not in near] + [union([box, *near]) or box]
    return sorted(found, key=lambda b: b[1])


def _closed_tables(page: PageObjects, shapes: list[Shape], words: list[Word]) -> list[Table]:
    """Tables of the cells that rulings or the sides of shaded boxes close."""
    grids = closed_cells(page, shapes)
    around = [_around(cells) for cells in grids]
    tables = []
    for n, cells in enumerate(grids):
        beside = [w for w in words if not any(holds(b, w.box) for k, b in enumerate(around) if k != n)]
        table = _table(page.number, _extended(cells, beside), words)
        if table is not None:
            tables.append(table)
    return tables


def closed_cells(page: PageObjects, shapes: Sequence[Shape]) -> list[list[Box]]:
    """The cells that rulings or the sides of shaded boxes close, grid by grid."""
    edges = [e for shape in shapes for e in _edges(shape)]
    if len(edges) < 4:
        return []
    from pdfplumber.table import TableFinder  # noqa: PLC0415  (slow to import; many pages need none)

    finder = TableFinder(_Ruled(edges, page.width, page.height), {"snap_tolerance": 3, "join_tolerance": 3})
    return [[(c[0], c[1], c[2], c[3]) for c in table.cells] for table in finder.tables]


def _edges(shape: Shape) -> list[dict[str, Any]]:
    x0, top, x1, bottom = shape.box
    width, height = x1 - x0, bottom - top
    if height <= THIN and width >= MIN_EDGE:
        return [_edge("h", x0, (top + bottom) / 2, x1, (top + bottom) / 2)]
    if width <= THIN and height >= MIN_EDGE:
        return [_edge("v", (x0 + x1) / 2, top, (x0 + x1) / 2, bottom)]
    if not shape.boxlike or width < MIN_EDGE or height < MIN_EDGE:
        return []
    return [
        _edge("h", x0, top, x1, top),
        _edge("h", x0, bottom, x1, bottom),
        _edge("v", x0, top, x0, bottom),
        _edge("v", x1, top, x1, bottom),
    ]


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "doctop": top,
    }


def _positions(values: list[float], tolerance: float = 2.0) -> list[float]:
    """Sorted values with near-equal ones taken together."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > tolerance:
            found.append(value)
    return found


def _index(position: float, positions: list[float]) -> int:
    return min(range(len(positions)), key=lambda i: abs(positions[i] - position))


def _table(page: int, boxes: list[Box], words: list[Word]) -> Table | None:
    """Cells with rows, columns and spans, or None where boxes are no table (a frame, a callout)."""
    xs = _positions([b[0] for b in boxes] + [b[2] for b in boxes])
    ys = _positions([b[1] for b in boxes] + [b[3] for b in boxes])
    outer = (xs[0], ys[0], xs[-1], ys[-1])
    inside = [w for w in words if holds(outer, w.box)]
    cells = []
    for box in boxes:
        content = [w for w in inside if holds(box, w.box, 0.0)]
        row, column = _index(box[1], ys), _index(box[0], xs)
        cells.append(
            Cell(
                body=passage(w for line in rows_of(content) for w in without_marks(line)),
                row=row,
                column=column,
                row_span=max(1, _index(box[3], ys) - row),
                column_span=max(1, _index(box[2], xs) - column),
                box=box,
            )
        )
    cells = _parted_lines(_parted_columns(without_empty(cells)))
    table = Table(cells, page, outer, "rulings")
    filled = [c for c in cells if c.text]
    rows, columns = table.shape
    if columns < 2 or rows < 2 or len(filled) < 4:
        return None
    return table


def _extended(boxes: list[Box], words: list[Word]) -> list[Box]:
    """The cells of a grid, with rows under it and columns beside it that belong to it though no lines are drawn around them."""
    boxes = boxes + _columns_beside(boxes, words)
    return boxes + _rows_under(boxes, words)


_BESIDE = 60.0
"""Points between a grid and a column of labels or figures beside it, at most."""


def _columns_beside(boxes: list[Box], words: list[Word]) -> list[Box]:
    """Cells for words that stand in line with the rows of a grid, at its left or right, in most of its rows."""
    x0, top, x1, bottom = _around(boxes)
    rows = sorted({(round(b[1]), round(b[3])) for b in boxes if any(b[1] < w.box[1] + 2 < b[3] for w in words)})
    level = [w for w in words if top - 1 < (w.box[1] + w.box[3]) / 2 < bottom + 1]
    found: list[Box] = []
    for left in (True, False):
        side = [w for w in level if (w.box[2] < x0 + 2 if left else w.box[0] > x1 - 2)]
        near = [chunks_of(row)[-1 if left else 0] for row in rows_of(side)]
        inner = [b for b in boxes if abs((b[0] - x0) if left else (b[2] - x1)) < 2]
        fit = {b[1] for b in inner for c in near if b[1] - 1 < (c[0].box[1] + c[0].box[3]) / 2 < b[3] + 1}
        if len(near) < min(3, max(2, len(inner))) or len(fit) < 0.6 * len(inner) or len(near) > 1.3 * len(rows):
            continue
        if min((x0 - c[-1].box[2]) if left else (c[0].box[0] - x1) for c in near) > _BESIDE:
            continue
        if max(map(len, near)) > (12 if left else 5) or (not left and sum(map(is_figure, near)) < 0.5 * len(near)):
            continue
        edge = (min(c[0].box[0] for c in near) - 2) if left else (max(c[-1].box[2] for c in near) + 2)
        found += [(edge, b[1], x0, b[3]) if left else (x1, b[1], edge, b[3]) for b in inner]
    return found


def _rows_under(boxes: list[Box], words: list[Word]) -> list[Box]:
    """Cells for rows that go on under a grid: their words keep to its columns, and most of these hold figures as above."""
    x0, _, x1, bottom = _around(boxes)
    last = [b for b in boxes if abs(b[3] - bottom) < 2]
    columns = sorted((b[0], b[2]) for b in last)
    height = min(b[3] - b[1] for b in last)
    if len(columns) < 2 or height > 40:
        return []
    found: list[Box] = []
    for row in rows_of([w for w in words if w.box[1] > bottom - 1 and x0 - 2 < w.box[0] and w.box[0] < x1]):
        top, end = min(w.box[1] for w in row), max(w.box[3] for w in row)
        chunks = chunks_of(row)
        held = [next((c for c in columns if c[0] - 2 < k[0].box[0] and k[-1].box[2] < c[1] + 4), None) for k in chunks]
        figures = sum(is_figure(k) for k in chunks[1:])
        whole = len(chunks) >= max(2, len(columns) - 1) and figures >= 0.5 * (len(columns) - 1)
        if top - bottom > 0.8 * height or None in held or len(set(held)) < len(held) or not whole:
            break
        found += [(left, bottom, right, end + 1) for left, right in columns]
        bottom = end + 1
    return found


def _around(boxes: list[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _words_of(cell: Cell) -> list[Word]:
    return [word for _, _, word in cell.body.spans]


def _parted_columns(cells: list[Cell]) -> list[Cell]:
    """Cells that run over several columns because only the heads have lines between them: figures go to their columns."""
    result: list[Cell] = []
    for cell in cells:
        parts = _in_columns(cell, cells) if cell.column_span > 1 and cell.row_span == 1 else []
        result += parts or [cell]
    return result


def _in_columns(cell: Cell, cells: list[Cell]) -> list[Cell]:
    """A wide cell cut into those of the columns that it spans; none where its words do not keep to them."""
    if cell.box is None:
        return []
    edges: dict[int, tuple[float, float]] = {}
    for other in cells:
        if other.column_span == 1 and other.box and cell.column <= other.column < cell.column + cell.column_span:
            edges.setdefault(other.column, (other.box[0], other.box[2]))
    found: dict[int, list[list[Word]]] = {}
    for row in rows_of(_words_of(cell)):
        for chunk in chunks_of(row):
            middle = (chunk[0].box[0] + chunk[-1].box[2]) / 2
            within = [n for n, (x0, x1) in edges.items() if x0 - 1 <= middle <= x1 + 1]
            if not within or chunk[0].box[0] < edges[within[0]][0] - 6 or chunk[-1].box[2] > edges[within[0]][1] + 6:
                return []
            found.setdefault(within[0], []).append(chunk)
    figures = sum(is_figure(c) for chunks in found.values() for c in chunks)
    if len(found) < 2 or (not figures and len(found) < 3):
        return []
    _, top, _, bottom = cell.box
    return [
        Cell(passage(w for c in chunks for w in c), cell.row, n, box=(edges[n][0], top, edges[n][1], bottom))
        for n, chunks in sorted(found.items())
    ]


MIN_LINES = 3
"""Figures under one another in a cell, before its row is cut into lines."""


def _parted_lines(cells: list[Cell]) -> list[Cell]:
    """Rows that hold several lines of figures because no lines are drawn between them, cut into rows."""
    result: list[Cell] = []
    offset = 0
    for n in range(max((c.row for c in cells), default=-1) + 1):
        mine = [c for c in cells if c.row == n]
        lines = _lines_of_figures(mine)
        if not lines or any(c.row < n < c.row + c.row_span for c in cells):
            result += [replace(c, row=c.row + offset) for c in mine]
            continue
        for k, line in enumerate(lines):
            for cell in mine:
                words = [w for w in _words_of(cell) if id(w) in line]
                if words:
                    box = union(w.box for w in words)
                    result.append(replace(cell, body=passage(words), row=n + offset + k, box=box))
        offset += len(lines) - 1
    return result


def _lines_of_figures(cells: list[Cell]) -> list[set[int]]:
    """The words (by identity) of each line of a row, where every line is a label with its figures; else none."""
    if any(c.row_span > 1 for c in cells):
        return []
    owner = {id(w): c.column for c in cells for w in _words_of(c)}
    labels = min(owner.values(), default=0)
    rows = rows_of([w for c in cells for w in _words_of(c)])
    by_column = [_by(row, owner) for row in rows]
    figures = Counter(c for row in by_column for c, words in row.items() if c != labels and is_figure(words))
    whole = Counter(c for row in by_column for c in row if c != labels)
    columns = [c for c, count in figures.items() if count == whole[c]]
    least = MIN_LINES if len(columns) < 2 else 2
    if not columns or max(figures[c] for c in columns) < least or len(columns) < len(whole):
        return []
    starts = [n for n, row in enumerate(by_column) if len(row) > (labels in row)]
    if any(labels not in by_column[n] for n in starts):
        return []
    lines: list[set[int]] = []
    for n, row in enumerate(rows):
        if n in starts or not lines:
            lines.append(set())
        lines[-1] |= {id(w) for w in row}
    return lines if starts[0] == 0 else []


def _by(row: list[Word], owner: dict[int, int]) -> dict[int, list[Word]]:
    """Words of a line by the column they stand in."""
    found: dict[int, list[Word]] = {}
    for word in row:
        found.setdefault(owner[id(word)], []).append(word)
    return found
