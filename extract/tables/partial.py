"""Grids whose rules or shading do not close every cell: zebra rows, rules between rows only or columns only, no outer frame.

Columns come from the marks, rows from the marks and, where several rows stand between two of them, from the words.
Rows above and below that keep to the columns belong to the table too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.layout import rows_of, without_marks
from extract.model import Box, Cell, Table, Word, holds, passage, union
from extract.page import PageObjects, Shape
from extract.tables.alignment import YEAR, chunks_of, is_figure
from extract.tables.cells import without_empty
from extract.tables.marks import Mark, around, column_edges, crossed, groups_of, marks_of, positions, row_edges, spans
from extract.tables.spanning import with_spanning_labels
from extract.tables.titles import CAPTION, is_title

MAX_HEAD_LINES = 6
NEAR = 1.5
"""Of a letter's size: the room between the heads and the table, or between their lines, at most."""
ONE_ROW = 24.0
"""Points between two rules that leave room for one line, at most."""
MAX_ROW = 120.0
"""Points. Between two shaded rows lies one row, not half a page."""
LONGEST_LABEL, MAX_LABEL = 8, 8
"""Words in a line of a label, and lines of labels before their figures, at most."""
Columns = list[tuple[float, float]]


@dataclass
class _Line:
    """A line of words within the sides of a table."""

    words: list[Word]
    chunks: list[list[Word]]

    @property
    def top(self) -> float:
        return min(w.box[1] for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.box[3] for w in self.words)

    @property
    def size(self) -> float:
        return median(w.size for w in self.words) or self.bottom - self.top


WRAPPED = 0.5
"""Of a letter's size: the room between the lines of one cell, at most."""
APART = 0.45
"""Of a letter's size: room between two words at an edge that keeps them in their columns. A space is half as wide."""


def _line(row: list[Word], columns: Columns) -> _Line:
    """A line of words, cut where it is in any text and where room between two words lies on an edge between columns."""
    chunks: list[list[Word]] = []
    for chunk in chunks_of(row):
        chunks.append(chunk[:1])
        for left, right in pairwise(chunk):
            apart = right.box[0] - left.box[2] > APART * max(left.size, 6.0)
            if apart and any(left.box[2] - 1 <= x <= right.box[0] + 1 for x, _ in columns[1:]):
                chunks.append([])
            chunks[-1].append(right)
    return _Line(row, chunks)


def find_partly_ruled(page: PageObjects, shapes: list[Shape], words: list[Word]) -> list[Table]:
    """A table for each group of rules and shading, among the shapes of a page, that names two columns or more."""
    marks = marks_of(shapes, page.width, page.height)
    if not marks:
        return []
    groups = groups_of(marks, lambda above, below: _one_table(above, below, words))
    tables = []
    for group in groups:
        box = around(group)
        beside = [m for m in marks if holds(box, m.box, NEAR)]  # rules of its rows that end short of its first column
        tables += _tables(page.number, group, words, beside)
    return tables


def _one_table(above: Box, below: Box, words: list[Word]) -> bool:
    """True where what stands between two parts with the same sides can be rows of one table: no running text."""
    if below[1] - above[3] > MAX_ROW:
        return False
    between = [w for w in words if above[3] - 1 < (w.box[1] + w.box[3]) / 2 < below[1] + 1]
    level = [w for w in between if above[0] - 3 < w.box[0] and w.box[2] < above[2] + 3]
    if not level:
        return below[1] - above[3] < 40
    rows = rows_of(level)
    if len(rows) == 1 and below[1] - above[3] < ONE_ROW:
        return True  # heads in narrow columns stand as close as words do
    return not any(len(chunks_of(row)) == 1 and _width(row) > 0.75 * (above[2] - above[0]) for row in rows)


def _width(row: list[Word]) -> float:
    return row[-1].box[2] - row[0].box[0]


def _tables(page: int, marks: list[Mark], words: list[Word], beside: list[Mark]) -> list[Table]:
    box = around(marks)
    xs, ys = column_edges(marks), row_edges(marks)
    bare = all(m.kind == "v" for m in marks)
    xs = _outer_columns(xs, box, words) if bare else _with_names_of_groups(xs, box, words)
    if len(xs) < 3:
        return []
    columns = spans(xs)
    level = [w for w in words if xs[0] - 3 < (w.box[0] + w.box[2]) / 2 < xs[-1] + 3]
    lines = [_line(row, columns) for row in rows_of(level)]
    drawn = ys
    if len(ys) < 2:
        ys = _with_row_over(ys[0], lines)
    within = [n for n, line in enumerate(lines) if ys[0] - 1 < (line.top + line.bottom) / 2 < ys[-1] + 1]
    if not within:
        return []
    opening = [lines[n] for n in within if (lines[n].top + lines[n].bottom) / 2 < ys[1] + 1]
    headed = not any(_has_figures(line, columns) for line in opening)
    first = _with_heads(lines, within[0], ys[0], columns, headed)
    last = _with_rows_under(lines, within[-1], ys[-1], columns, ys)
    edges = sorted({min(ys[0], lines[first].top - 1), *drawn, max(ys[-1], lines[last].bottom + 1)})
    rows = _rows(lines[first : last + 1], positions(edges, 1.5), columns, not bare)
    tables = [_table(page, part, columns, marks, beside) for part in _parted(rows, columns)]
    return [t for t in tables if t is not None]


def _with_row_over(rule: float, lines: list[_Line]) -> list[float]:
    """The top and the foot of the heads that stand right over a rule, the only one of their table."""
    heads = [line for line in lines if 0 < rule - (line.top + line.bottom) / 2 < 2.5 * line.size]
    return [heads[-1].top - 1, rule] if heads else [rule, rule]


def _parted(rows: list[list[_Line]], columns: Columns) -> list[list[list[_Line]]]:
    """Rows cut where heads come again among the figures: another table, or another part with heads of its own."""
    parts: list[list[list[_Line]]] = [[]]
    filled: set[int] = set()
    for lines in rows:
        places = {_place(c, columns)[0]: c for line in lines for c in line.chunks}
        figures = {n for n, c in places.items() if n > 0 and is_figure(c)}
        heads = {n for n in places if n > 0} if not figures else set()
        again = len(heads & filled) > 1
        if again:
            parts.append([])
            filled = set()
        filled |= figures
        parts[-1].append(_without_caption(lines, columns) if again else lines)
    for part in parts:
        # Words alone at the end are the text under the table, or the caption of the next.
        while (
            part and sum(len(line.chunks) for line in part[-1]) == len(part[-1]) and not _any_figures(part[-1], columns)
        ):
            part.pop()
    return parts


def _any_figures(row: list[_Line], columns: Columns) -> bool:
    return any(_has_figures(line, columns) for line in row)


def _table(
    page: int, rows: list[list[_Line]], columns: Columns, marks: list[Mark], beside: list[Mark] | None = None
) -> Table | None:
    cells = [cell for n, row in enumerate(rows) for cell in _cells(row, n, columns, marks)]
    cells = with_spanning_labels(cells, columns, beside or marks)
    table = Table(without_empty(cells), page, union(c.box for c in cells if c.box), "partial")
    height, width = table.shape
    figures = sum(is_figure(_words_of(c)) for c in cells if c.column and c.text)
    return table if height > 1 and width > 1 and figures > 1 else None


def find_in_gutters(page: int, words: list[Word], separators: list[Box]) -> list[Table]:
    """The tables that words make whose columns are kept apart by empty space from top to bottom, heads left aside.

    `separators` are drawn lines and shaded boxes: no row reaches over one.
    """
    lines = [_Line(row, chunks_of(row)) for row in rows_of(words)]
    body = [n for n, line in enumerate(lines) if len(line.chunks) > 1 and any(map(is_figure, line.chunks[1:]))]
    columns = _gutters(lines[body[0] : body[-1] + 1]) if len(body) > 1 else []
    if len(columns) < 2:
        return []
    lines = [_line(line.words, columns) for line in lines]
    while lines and not _has_figures(lines[0], columns) and _names_the_table(lines[0], columns):
        lines = lines[1:]
    box = union(w.box for w in words) or (0.0, 0.0, 0.0, 0.0)
    levels = [y for s in separators if s[2] - s[0] > 0.5 * (box[2] - box[0]) for y in (s[1], s[3])]
    edges = positions([box[1] - 1, *[y for y in levels if box[1] < y < box[3]], box[3] + 1], 1.5)
    tables = [_table(page, part, columns, []) for part in _parted(_rows(lines, edges, columns, False), columns)]
    return [replace(t, method="gutters") for t in tables if t is not None]


def _gutters(lines: list[_Line]) -> Columns:
    """Columns of lines: what is left between stretches that hardly any line reaches into."""
    extents = sorted((c[0].box[0], c[-1].box[2]) for line in lines for c in line.chunks)
    whole = max(b for _, b in extents) - min(a for a, _ in extents)
    columns: Columns = []
    for a, b in extents:
        if b - a > 0.6 * whole:
            continue  # the name of a group of rows runs over the columns
        if columns and a < columns[-1][1] + 3:
            columns[-1] = (columns[-1][0], max(columns[-1][1], b))
        else:
            columns.append((a, b))
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    edges = [columns[0][0] - 2, *middles, columns[-1][1] + 40] if columns else []
    return spans(edges)


def rows_that_keep_to(columns: Columns, rows: list[list[Word]]) -> tuple[list[list[Cell]], int]:
    """Rows of cells that the first of some lines of words make in known columns, and how many lines they take.

    The first row must hold a label and a figure, in one line or in lines that stand close; no line reaches over an edge or leaves a gap.
    """
    lines: list[_Line] = []
    labels: list[_Line] = []
    """Lines of labels alone, which belong to the figures that follow, if any do."""
    for row in rows:
        line = _line(row, columns)
        places = [_place(c, columns) for c in line.chunks]
        above = [*lines, *labels]
        keeps = all(a == b for a, b in places) and len({a for a, _ in places}) == len(places)
        inside = line.words[0].box[0] > columns[0][0] - 4 and line.words[-1].box[2] < columns[-1][1] + 6
        wraps = bool(above) and line.top - above[-1].bottom < WRAPPED * line.size
        room = bool(above) and line.top - above[-1].bottom > 2.2 * line.size
        holds = _has_figures(line, columns) and (places[0][0] == 0 or wraps)
        if not keeps or not inside or room:
            break
        if all(a == 0 for a, _ in places):
            labels.append(line)
        elif holds or (wraps and lines):
            lines += [*labels, line]
            labels = []
        else:
            break
    while labels and lines and labels[0].top - lines[-1].bottom < WRAPPED * lines[-1].size:
        lines.append(labels.pop(0))
    return [_cells(part, n, columns, []) for n, part in enumerate(split_lines(lines, columns))], len(lines)


def _words_of(cell: Cell) -> list[Word]:
    return [word for _, _, word in cell.body.spans]


def _outer_columns(xs: list[float], box: Box, words: list[Word]) -> list[float]:
    """The edges of columns with room for the first and the last, which no rule closes."""
    level = [w for w in words if box[1] < (w.box[1] + w.box[3]) / 2 < box[3]]
    left = [w.box[0] for row in rows_of([w for w in level if w.box[2] < xs[0] + 1]) for w in chunks_of(row)[-1]]
    right = [w.box[2] for row in rows_of([w for w in level if w.box[0] > xs[-1] - 1]) for w in chunks_of(row)[0]]
    return [*([min(left) - 2] if left else []), *xs, *([max(right) + 2] if right else [])]


GROUP_NAMES = (140.0, 120.0)
"""Points: how wide a column of names of groups is at most, and how far from the table."""


def _with_names_of_groups(xs: list[float], box: Box, words: list[Word]) -> list[float]:
    """The edges of columns with one more at the left, where a few labels under one another stand beside the marks."""
    level = [w for w in words if box[1] - 2 < (w.box[1] + w.box[3]) / 2 < box[3] + 2 and w.box[2] < xs[0] + 1]
    rows = [chunks_of(row) for row in rows_of(level)]
    starts = [row[-1][0].box[0] for row in rows]
    if not rows or max(starts) - min(starts) > 4 or any(len(row) > 1 for row in rows):
        return xs
    if CAPTION.match(" ".join(w.text for w in rows[0][0])):
        return xs  # the table's own caption, in the margin
    wide, far = GROUP_NAMES
    ends = [row[-1][-1].box[2] for row in rows]
    sparse = len(rows) <= 0.6 * len({round(w.box[3]) for w in words if box[1] < w.box[3] < box[3] and w.box[0] > xs[0]})
    near = max(ends) - min(starts) < wide and xs[0] - max(ends) < far
    return [min(starts) - 2, *xs] if sparse and near else xs


def _place(chunk: list[Word], columns: Columns) -> tuple[int, int]:
    """First and last column that a chunk of words reaches into."""
    x0, x1 = chunk[0].box[0], chunk[-1].box[2]
    reached = [n for n, (a, b) in enumerate(columns) if min(x1, b) - max(x0, a) > 2.5]
    return (reached[0], reached[-1]) if reached else (_nearest((x0 + x1) / 2, columns),) * 2


def _nearest(x: float, columns: Columns) -> int:
    return min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - x))


def _with_heads(lines: list[_Line], first: int, top: float, columns: Columns, headed: bool) -> int:
    """The first line of the heads that stand above the marks of a table; `headed` where its first row is heads already."""
    n, limit = first, top
    while n > 0 and first - n < MAX_HEAD_LINES:
        line = lines[n - 1]
        # In a justified title room between two words may lie on an edge by chance.
        places = [_place(c, columns) for c in chunks_of(line.words)]
        title = _names_the_table(line, columns)
        sticks_out = line.words[0].box[0] < columns[0][0] - 4 or line.words[-1].box[2] > columns[-1][1] + 4
        # Above heads only heads of several columns are looked for, or lines between those of a taller head beside them.
        short = headed and len([a for a, _ in places if a > 0]) < 2 and line.bottom <= limit
        if (
            limit - line.bottom > NEAR * line.size
            or title
            or sticks_out
            or short
            or len(line.words) > 14 * len(columns)
        ):
            break
        n, limit = n - 1, line.top
    return first - len(_without_caption(lines[n : first + 1], columns)) + 1


def _without_caption(lines: list[_Line], columns: Columns) -> list[_Line]:
    """Lines of heads without those over the labels alone, which are the caption unless they go on in the line under them."""
    n = 0
    while n + 1 < len(lines) and not _goes_on(lines[n], lines[n + 1]):
        if not (_names_the_table(lines[n], columns) or all(_place(c, columns) == (0, 0) for c in lines[n].chunks)):
            break
        n += 1
    return lines[n:]


def _names_the_table(line: _Line, columns: Columns) -> bool:
    sides, figures = (columns[0][0], columns[-1][1]), (columns[1][0], columns[-1][1])
    first, last = _place(line.words, columns)
    return is_title(line.words, len(chunks_of(line.words)), last - first + 1, sides, figures)


def _goes_on(line: _Line, below: _Line) -> bool:
    """True for a label that wraps into the line under it, where other heads stand."""
    alike = line.words[0].bold == below.words[0].bold and abs(line.size - below.size) < 0.5
    return alike and below.top - line.bottom < 0.45 * line.size and len(line.chunks[0]) < 7


def _has_figures(line: _Line, columns: Columns) -> bool:
    """True for a line with figures outside the first column; years are heads."""
    texts = [" ".join(w.text for w in c) for c in line.chunks if is_figure(c) and _place(c, columns)[0] > 0]
    return any(not YEAR.match(text) for text in texts)


def _with_rows_under(lines: list[_Line], last: int, bottom: float, columns: Columns, ys: list[float]) -> int:
    """The last line of the rows that go on under the marks and keep to the columns."""
    heights = [b - a for a, b in pairwise(ys) if b - a > 6]
    pitch = min(median(heights) if heights else 20.0, 40.0)
    n, limit = last, bottom
    labels = 0
    """Lines of labels, not yet among the rows, whose figures may follow."""
    while n + labels + 1 < len(lines):
        line = lines[n + labels + 1]
        places = [_place(c, columns) for c in line.chunks]
        keeps = places[0][1] == places[0][0] and all(a[1] < b[0] for a, b in pairwise(places))
        near = line.top - limit <= pitch
        row = _has_figures(line, columns) and near and (len(places) > 1 or labels > 0)
        wraps = n > last and not labels and line.top - limit < WRAPPED * line.size
        label = near and all(a == 0 for a, _ in places) and len(line.words) <= LONGEST_LABEL and labels < MAX_LABEL
        if not keeps or not (row or label or (wraps and _continues_cells(lines[n], line, columns))):
            break
        if row or (wraps and _continues_cells(lines[n], line, columns)):
            n, labels = n + labels + 1, 0
        else:
            labels += 1
        limit = line.bottom
    return n


def _continues_cells(above: _Line, line: _Line, columns: Columns) -> bool:
    """True where every piece of a line stands under one in its own column, set alike."""
    over = {_place(c, columns)[0]: c[0] for c in above.chunks}
    under = {_place(c, columns)[0]: c[0] for c in line.chunks}
    return all(n in over and over[n].bold == word.bold for n, word in under.items())


def _rows(lines: list[_Line], edges: list[float], columns: Columns, closed: bool) -> list[list[_Line]]:
    """Lines by row: those between two edges, cut where several of them hold figures."""
    result: list[list[_Line]] = []
    for top, bottom in pairwise(edges):
        mine = [line for line in lines if top <= (line.top + line.bottom) / 2 < bottom]
        result += split_lines(mine, columns, closed)
    return result


def split_lines(lines: list[_Line], columns: Columns, closed: bool = False) -> list[list[_Line]]:
    """Lines of one stretch of a table as rows: each has the figures of one line and the lines of words that belong to it.

    `closed` where marks on both sides make the stretch a row, if it has not several lines of figures.
    """
    starts = [n for n, line in enumerate(lines) if _has_figures(line, columns)]
    if not starts or (closed and len(starts) < 2):
        return [lines] if lines else []
    gaps = [b.top - a.bottom for a, b in pairwise(lines)]
    cuts = [_head_lines(lines, starts[0], columns)]
    cuts += [_cut(lines, gaps, a, b) for a, b in pairwise(starts)]
    bounds = sorted({0, *cuts, len(lines)})
    return [lines[a:b] for a, b in pairwise(bounds)]


def _head_lines(lines: list[_Line], first: int, columns: Columns) -> int:
    """How many lines above the first line of figures are heads: those with words in other columns than the labels'."""
    n = first
    while n > 0 and all(_place(c, columns)[0] == 0 for c in lines[n - 1].chunks):
        n -= 1
    return n if n else (first if first and n == 0 and _wide_gap(lines, first) else 0)


def _wide_gap(lines: list[_Line], at: int) -> bool:
    return lines[at].top - lines[at - 1].bottom > 0.6 * lines[at].size


def _cut(lines: list[_Line], gaps: list[float], a: int, b: int) -> int:
    """The first line after the figures in line `a` that belongs with those in line `b`: after the widest gap."""
    between = gaps[a:b]
    widest = max(between)
    if widest > min(between) + 0.2 * lines[a].size:
        return a + 1 + between.index(widest)
    alone = [n for n in range(a + 1, b) if lines[n].words]
    if not alone:
        return b
    # Nothing but even lines: figures in the first line of their labels, or in the middle of them.
    labelled = any(w.box[0] < lines[b].chunks[0][0].box[0] + 1 for w in lines[a].words[:1])
    return b if labelled else a + 1 + (b - a - 1) // 2


def _cells(lines: list[_Line], row: int, columns: Columns, marks: list[Mark]) -> list[Cell]:
    """The cells of one row. Words that reach over an edge, in a row that has none drawn there, make one wide cell."""
    top, bottom = min(x.top for x in lines), max(x.bottom for x in lines)
    drawn = [crossed(marks, x, top, bottom) for _, x in columns[:-1]]
    groups = _joined(lines, columns, drawn)
    found: dict[int, list[Word]] = {}
    for line in lines:
        for chunk in line.chunks:
            for word in chunk:
                at = _nearest_group((word.box[0] + word.box[2]) / 2, groups, columns)
                found.setdefault(at, []).append(word)
    cells = []
    for n, (a, b) in enumerate(groups):
        words = [w for line in rows_of(found.get(n, [])) for w in without_marks(line)]
        box = (columns[a][0], top - 1, columns[b][1], bottom + 1)
        cells.append(Cell(passage(words), row, a, 1, b - a + 1, box))
    return cells


def _nearest_group(x: float, groups: list[tuple[int, int]], columns: Columns) -> int:
    for n, (a, b) in enumerate(groups):
        if columns[a][0] <= x <= columns[b][1]:
            return n
    return 0 if x < columns[0][0] else len(groups) - 1


def _joined(lines: list[_Line], columns: Columns, drawn: list[bool]) -> list[tuple[int, int]]:
    """First and last column of each cell of a row."""
    reaching = [False] * (len(columns) - 1)
    for line in lines:
        for chunk in line.chunks:
            a, b = _place(chunk, columns)
            if len(chunk) > 1 and any(is_figure([w]) for w in chunk[1:]) and a < b:
                continue  # cells whose figures nearly meet
            for edge in range(a, b):
                reaching[edge] = True
    some = any(drawn)
    joined = [(reaching[n] or some) and not drawn[n] for n in range(len(drawn))]
    groups: list[tuple[int, int]] = []
    for n in range(len(columns)):
        if groups and joined[n - 1]:
            groups[-1] = (groups[-1][0], n)
        else:
            groups.append((n, n))
    return groups
