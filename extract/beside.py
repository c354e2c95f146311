"""Running text that stands in a column beside a table or chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.layout import rows_of
from extract.model import Box, Word, union
from extract.page import Shape
from extract.regions import Gutter
from extract.tables.alignment import chunks_of, is_figure

MOST_ACROSS = 2
"""Lines that may run over a gutter known from other pages: titles."""
LEAST, WORDS, FULL, LEVEL = 4, 4, 0.45, 0.5
"""What a column of running text has at least: lines, words in the middle one, and the share of lines that fill it; and the share of them that
stand level with something at the other side, at most: labels of a table stand level with its figures."""

SHAPES, BREADTH, TALL, CLOSE, LARGEST, GAP = 3, 100.0, 40.0, 8.0, 0.4, 1.6
"""What is drawn counts as one thing from so many shapes, so wide and tall, so close to one another, in points, none of them larger than this share
of the page; and the room between lines of one text, in heights of a letter."""


def is_free(x: float, rows: Sequence[Sequence[Word]]) -> bool:
    """True where hardly a line of a page runs over a place across it."""
    across = sum(c[0].box[0] < x - 2 and c[-1].box[2] > x + 2 for row in rows for c in chunks_of(list(row)))
    return across <= MOST_ACROSS


def gutters_beside(
    rows: Sequence[Sequence[Word]], shapes: Sequence[Shape], width: float, height: float
) -> list[Gutter]:
    """The gutters between what is drawn on a page, such as a table or the bars of a chart, and running text in a column at its side."""
    found: list[Gutter] = []
    words = [w for row in rows for w in row]
    for x0, top, x1, bottom in _drawings([s.box for s in shapes], width, height):
        for x, left in ((x0, True), (x1, False)):
            level = Gutter(x, top, bottom)
            mine, other = _sides(words, level, left)
            if mine and _runs(mine, other):
                level = Gutter(_edge(mine, x, left), top, bottom)
                found.append(_extended(level, rows, left, median(w.size for w in mine)))
    return found


def _edge(words: list[Word], drawn: float, left: bool) -> float:
    """Between running text and what is drawn beside it, close to the text: data labels may stand beside what is drawn."""
    chunks = [c for row in rows_of(words) for c in chunks_of(row)]
    lines = [c for c in chunks if len(c) >= WORDS]
    if not lines:
        return drawn
    if left:
        edge = min(drawn, max(c[-1].box[2] for c in lines) + 2)
        between = [c for c in chunks if c[0].box[0] >= edge]
    else:
        edge = max(drawn, min(c[0].box[0] for c in lines) - 2)
        between = [c for c in chunks if c[-1].box[2] <= edge]
    return edge if all(map(is_figure, between)) else drawn


def _drawings(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """The boxes around things that are drawn close to one another."""
    done: list[tuple[Box, int]] = []
    groups: list[tuple[Box, int]] = []
    for box in sorted(boxes, key=lambda b: b[1]):
        if (box[2] - box[0]) * (box[3] - box[1]) > LARGEST * width * height:
            continue
        # What ends over a box is close to none that follows: a page may hold thousands.
        done += [g for g in groups if g[0][3] + CLOSE < box[1]]
        near = [g for g in groups if _close(g[0], box)]
        groups = [g for g in groups if g[0][3] + CLOSE >= box[1] and g not in near]
        groups.append((union([box, *(g[0] for g in near)]) or box, 1 + sum(g[1] for g in near)))
    return [b for b, many in (*done, *groups) if many >= SHAPES and b[2] - b[0] > BREADTH and b[3] - b[1] > TALL]


def _close(a: Box, b: Box) -> bool:
    return a[0] < b[2] + CLOSE and b[0] < a[2] + CLOSE and a[1] < b[3] + CLOSE and b[1] < a[3] + CLOSE


def _extended(gutter: Gutter, rows: Sequence[Sequence[Word]], left: bool, size: float) -> Gutter:
    """A gutter over all lines of the text beside it, which may begin higher and end lower than what is drawn."""
    top, bottom = gutter.top, gutter.bottom

    def goes_on(row: Sequence[Word], gap: float) -> bool:
        here = [w for w in row if (w.box[2] <= gutter.x) == left]
        across = any(c[0].box[0] < gutter.x - 2 and c[-1].box[2] > gutter.x + 2 for c in chunks_of(list(row)))
        alike = bool(here) and abs(here[0].size - size) < 0.2 * size
        return alike and not across and gap < GAP * size

    for row in rows:
        if row[0].box[3] > bottom and goes_on(row, row[0].box[1] - bottom):
            bottom = max(w.box[3] for w in row) + 1
    for row in reversed(rows):
        if row[0].box[1] < top and goes_on(row, top - row[0].box[3]):
            top = min(w.box[1] for w in row) - 1
    return Gutter(gutter.x, top, bottom)


def without_text_beside(words: list[Word], shapes: Sequence[Shape], gutters: Sequence[Gutter]) -> list[Word]:
    """The words of a page without columns of running text in which nothing is drawn, beside which something is."""
    for gutter in gutters:
        drawn = [s for s in shapes if gutter.top < (s.box[1] + s.box[3]) / 2 < gutter.bottom]
        for left in (True, False):
            mine, other = _sides(words, gutter, left)
            here = [s for s in drawn if (s.box[0] < gutter.x if left else s.box[2] > gutter.x)]
            if drawn and not here and _runs(mine, other):
                gone = {id(w) for w in mine}
                words = [w for w in words if id(w) not in gone]
    return words


OVER, BLANK = 40.0, 2.0
"""How far over a table or chart the text beside it begins, at most, in points, and the blank over such text, in heights of a letter."""


def bands_at(rows: Sequence[Sequence[Word]], items: Sequence[Box]) -> list[list[Sequence[Word]]]:
    """The rows of a page in bands, each from where a text begins that stands at the left of a table or chart, after a blank."""
    starts = {y for item in items if (y := _start_beside(rows, item)) is not None}
    # Nothing may reach over the edge of a band.
    edges = sorted(y for y in starts if not any(w.box[1] < y - 1 and w.box[3] > y + 1 for row in rows for w in row))
    bands = [
        [row for row in rows if top <= (row[0].box[1] + row[0].box[3]) / 2 < bottom]
        for top, bottom in pairwise([float("-inf"), *edges, float("inf")])
    ]
    return [band for band in bands if band]


def _start_beside(rows: Sequence[Sequence[Word]], item: Box) -> float | None:
    """Where the text at the left of a table or chart begins, if it follows a blank and runs on."""
    left = rows_of([w for row in rows for w in row if w.box[2] < item[0]])
    for n, line in enumerate(left[1:], 1):
        top, size = line[0].box[1], line[0].size
        near = item[1] - OVER < top < item[1] + size
        blank = top - max(w.box[3] for w in left[n - 1]) > BLANK * size
        runs = n + 1 < len(left) and left[n + 1][0].box[1] - line[0].box[3] < size and len(line) >= WORDS
        if near and blank and runs:
            return top - 1
    return None


def cut_beside(rows: Sequence[Sequence[Word]], gutters: Sequence[Gutter], items: Sequence[Box]) -> list[list[Word]]:
    """The words of a page in parts: cut at the gutters that have a table or chart on one side, where its words are gone that made the gutter plain."""
    parts = [[w for row in rows for w in row]]
    for gutter in gutters:
        level = [b for b in items if gutter.top < (b[1] + b[3]) / 2 < gutter.bottom]
        if len({b[0] < gutter.x for b in level if b[2] <= gutter.x or b[0] >= gutter.x}) == 1:
            parts = [cut for part in parts for cut in _cut(part, gutter)]
    return parts


def _cut(words: list[Word], gutter: Gutter) -> list[list[Word]]:
    """What stands over a gutter, at its left, at its right, and under it."""
    over = [w for w in words if w.box[3] <= gutter.top]
    under = [w for w in words if w.box[1] >= gutter.bottom]
    left, right = _sides(words, gutter, left=True)
    taken = {id(w) for part in (over, under, left, right) for w in part}
    rest = [w for w in words if id(w) not in taken]
    return [part for part in (over, left + rest, right, under) if part]


def _sides(words: Sequence[Word], gutter: Gutter, left: bool) -> tuple[list[Word], list[Word]]:
    """The words on one side of a gutter, and those on the other."""
    level = [w for w in words if gutter.top < (w.box[1] + w.box[3]) / 2 < gutter.bottom]
    mine = [w for w in level if (w.box[2] <= gutter.x) == left]
    return mine, [w for w in level if (w.box[2] <= gutter.x) != left]


def _runs(mine: list[Word], other: list[Word]) -> bool:
    """True for lines of running text that keep to heights of their own."""
    lines = rows_of(mine)
    if len(lines) < LEAST or not other:
        return False
    start, end = min(w.box[0] for w in mine), max(w.box[2] for w in mine)
    full = sum(line[-1].box[2] - line[0].box[0] > 0.75 * (end - start) for line in lines)
    feet = {round(w.box[3]) for w in other}
    level = sum(bool({round(line[0].box[3]) + d for d in (-1, 0, 1)} & feet) for line in lines)
    return median(map(len, lines)) >= WORDS and full > FULL * len(lines) and level < LEVEL * len(lines)
