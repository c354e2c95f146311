"""Which parts of a page are read one after another: bands across the page, and the columns of pages set in two columns."""

from __future__ import annotations

import re
from statistics import median

from extract.layout import rows_of
from extract.model import Word

MIN_ROWS = 5
"""Rows with words on both sides of a gutter, before a page counts as set in columns."""
_STEP = 3.0
_CLEAR = 3.5
"""Points that a gutter is free of words to either side of its middle."""


def regions(words: list[Word], width: float) -> list[list[Word]]:
    """The words of a page in regions, in reading order; in each region lines run from its left to its right."""
    rows = rows_of(words)
    result: list[list[Word]] = []
    _split(rows, width, result)
    return [region for region in result if region]


def _split(rows: list[list[Word]], width: float, result: list[list[Word]]) -> None:
    found = _gutter(rows, width)
    if found is None:
        result.append([w for row in rows for w in row])
        return
    start, end, x = found
    if start:
        _split(rows[:start], width, result)
    inside = [w for row in rows[start:end] for w in row]
    result.append([w for w in inside if w.box[2] <= x])
    result.append([w for w in inside if w.box[2] > x])
    if end < len(rows):
        _split(rows[end:], width, result)


def _gutter(rows: list[list[Word]], width: float) -> tuple[int, int, float] | None:
    """Rows from start to end that a gutter at x parts into two columns of running text; the longest such run."""
    best: tuple[int, int, int, float] | None = None
    x = 0.28 * width
    while x < 0.72 * width:
        start = 0
        while start < len(rows):
            if _blocked(rows[start], x):
                start += 1
                continue
            end = start
            both = 0
            while end < len(rows) and not _blocked(rows[end], x):
                both += rows[end][0].box[2] < x < rows[end][-1].box[0]
                end += 1
            if both >= MIN_ROWS and (best is None or both > best[0]) and _running_text(rows[start:end], x):
                best = (both, start, end, x)
            start = end
        x += _STEP
    return None if best is None else best[1:]


def _blocked(row: list[Word], x: float) -> bool:
    return any(w.box[0] - _CLEAR < x < w.box[2] + _CLEAR for w in row)


def _running_text(rows: list[list[Word]], x: float) -> bool:
    """True where both sides are read by themselves: one at least is running text that fills its column, the other holds words too.

    The label and figure columns of a table are no such sides: labels are short, or the other side has hardly a word.
    """
    filled = 0
    for left in (True, False):
        counts, extents = [], []
        for row in rows:
            side = [w for w in row if (w.box[2] <= x) == left]
            if side:
                counts.append(sum(bool(re.search(r"[A-Za-z]{2}", w.text)) for w in side))
                extents.append((side[0].box[0], side[-1].box[2]))
        if len(counts) < 4 or sum(counts) < 25:
            return False
        start, end = min(e[0] for e in extents), max(e[1] for e in extents)
        full = sum(e[1] - e[0] > 0.75 * (end - start) for e in extents)
        filled += (median(counts) >= 4 and full > 0.45 * len(extents)) or (
            sum(c >= 4 for c in counts) > 0.4 * len(counts) and full > 0.4 * len(extents)
        )
    return filled >= 1
