"""What charts of all kinds are made of: outlines, titles, legends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.layout import rows_of
from extract.model import Box, Word, holds
from extract.page import PageObjects, Shape
from extract.tables.alignment import chunks_of, is_figure

Colour = tuple[int, int, int]

LEGEND_MARK = 12.0
"""Points. Filled squares up to this size are marks of a legend."""

NAMES = re.compile(r"[A-Za-z]|\b(?:19|20)\d\d\b")
"""What the name of a series or category has: a letter, or a year."""


def is_mark(shape: Shape) -> bool:
    """True for what may be the coloured square or dot of a legend."""
    width, height = shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]
    return 3 < width <= LEGEND_MARK and abs(width - height) < 2


def between(box: Box, gutters: Sequence[float], left: float, right: float) -> tuple[float, float]:
    """Left and right limits that leave the column of a box, where the page has columns, only with it."""
    before = [g for g in gutters if g <= box[0] + 2]
    after = [g for g in gutters if g >= box[2] - 2]
    return max([left, *before]), min([right, *after])


def frames_of(page: PageObjects) -> list[Box]:
    """Boxes drawn around something large, the plot area and outline of charts."""
    return [
        s.box
        for s in page.shapes
        if s.boxlike
        and s.box[2] - s.box[0] > 120
        and s.box[3] - s.box[1] > 70
        and s.box[3] - s.box[1] < 0.8 * page.height
    ]


LONG_LINE = 14
"""Words. A line of so many is running text, which stands around a chart and not in it."""


def outline(around: list[Box], page: PageObjects) -> Box:
    """Of the boxes around a chart its own: the largest within the innermost panel, which may hold more than one."""
    panels = {s.box for s in page.shapes if s.rounded}

    def area(box: Box) -> float:
        return (box[2] - box[0]) * (box[3] - box[1])

    panel = min((f for f in around if f in panels), key=area, default=None)
    inside = [f for f in around if f not in panels and (panel is None or area(f) < area(panel))]
    prose = [c[0].box for row in rows_of(page.words) for c in chunks_of(row) if len(c) >= LONG_LINE]
    own = [f for f in inside if not any(holds(f, box) for box in prose)] or sorted(inside, key=area)[:1]
    return max(own, key=area, default=panel or around[0])


def legend_of(
    shapes: list[Shape], words: list[Word], region: Box, colours: set[Colour]
) -> dict[Colour, tuple[str, list[Word]]]:
    """Colour -> the words beside its mark."""
    marks = [s for s in shapes if s.fill in colours and holds(region, s.box) and is_mark(s)]
    entries: dict[Colour, tuple[str, list[Word]]] = {}
    for mark in marks:
        beside = words_beside(mark, marks, words)
        if (
            beside
            and mark.fill is not None
            and mark.fill not in entries
            and NAMES.search(" ".join(w.text for w in beside))
        ):
            entries[mark.fill] = (" ".join(w.text for w in beside), beside)
    return entries


def words_beside(mark: Shape, marks: list[Shape], words: list[Word]) -> list[Word]:
    """The words to the right of a legend mark, up to the next mark."""
    middle = (mark.box[1] + mark.box[3]) / 2
    end = min(
        (m.box[0] for m in marks if m is not mark and m.box[0] > mark.box[2] and abs(m.box[1] - mark.box[1]) < 4),
        default=1e9,
    )
    row = sorted(
        (w for w in words if w.box[1] - 2 <= middle <= w.box[3] + 2 and mark.box[2] - 1 <= w.box[0] < end),
        key=lambda w: w.box[0],
    )
    found: list[Word] = []
    for word in row:
        if word.box[0] - (found[-1].box[2] if found else mark.box[2]) > 14:
            break
        found.append(word)
    return [*found, *_wrapped(found, marks, words)] if found else []


WRAPS = 0.6
"""Room between the lines of one name, in heights of a letter."""


def _wrapped(first: list[Word], marks: list[Shape], words: list[Word]) -> list[Word]:
    """The words of a legend's name that stand under its first line, up to the next mark."""
    starts = [w.box[0] for w in first[:2]]
    found: list[Word] = []
    last = first
    for row in rows_of([w for w in words if w.box[1] > first[0].box[3] - 2 and w.box[0] > starts[0] - 3]):
        middle = (row[0].box[1] + row[0].box[3]) / 2
        mine = next((c for c in chunks_of(row) if any(abs(c[0].box[0] - x) < 3 for x in starts)), [])
        level = any(m.box[1] - 1 < middle < m.box[3] + 1 and m.box[0] < starts[0] for m in marks)
        alike = bool(mine) and abs(mine[0].size - first[-1].size) < 0.5 and mine[0].bold == first[-1].bold
        if level or not alike or mine[0].box[1] - last[0].box[3] > WRAPS * first[0].size:
            break
        found += mine
        last = mine
    return found


_WORD = re.compile(r"[A-Za-z]{3}")
LINES, SHORT = 3, 3
"""Lines of a title, at most, and words of one that goes on in smaller letters."""


def title_words(words: list[Word], region: Box, framed: bool = False) -> list[Word]:
    """The lines at the top of a chart's region that are no axis ticks; in an outline they begin at its top."""
    lines: list[list[Word]] = []
    for row in rows_of(words):
        named = (NAMES if framed else _WORD).search(" ".join(w.text for w in row))
        if row[0].box[1] > region[1] + 70 or not named:
            break
        if any(is_figure(c) for c in chunks_of(row)[1:]):
            if framed and lines:
                break  # the first name on the axis, with its value
            lines = []  # a row of a table
            continue
        if lines and _outranks(row, lines[-1]):
            lines = []  # what stands over the title is no part of it
        elif lines and _outranks(lines[-1], row):
            # A line in smaller letters goes on with a short title; what follows is the chart.
            lines = [*lines, row] if len(lines[-1]) <= SHORT else lines if framed else [row]
            if framed:
                break
            continue
        lines.append(row)
    return [w for line in (lines[:LINES] if framed else lines[-LINES:]) for w in line]


def _outranks(row: list[Word], other: list[Word]) -> bool:
    """True for a line in larger or bolder letters than another."""
    return row[0].size > other[0].size + 0.5 or (row[0].bold and not other[0].bold)
