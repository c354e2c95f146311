"""Headings that stand in the margin, beside the first lines of their text."""

from __future__ import annotations

import re
from collections import Counter

from extract.layout import rows_of
from extract.model import Word
from extract.tables.alignment import chunks_of

LONG, LEAST, MOST = 5, 6, 12
"""Words of a line of text, lines that begin at one place before that is the edge of the text, and words of a heading."""
CLEAR = 4.0
"""Points between a heading in the margin and the text."""
WRAPS = 1.0
"""Room between the lines of one heading, in heights of a letter."""


def at_side_headings(words: list[Word]) -> list[list[Word]]:
    """The words of a page in parts, in reading order: each heading of the margin, and the text before, between and behind them."""
    groups = _side_headings(words)
    parts: list[list[Word]] = []
    heads = {id(w) for group in groups for w in group}
    rest = [w for w in words if id(w) not in heads]
    for group in groups:
        top = min(w.box[1] for w in group)
        above = [w for w in rest if (w.box[1] + w.box[3]) / 2 < top]
        parts += [above, group]
        gone = {id(w) for w in above}
        rest = [w for w in rest if id(w) not in gone]
    return [part for part in (*parts, rest) if part]


def _side_headings(words: list[Word]) -> list[list[Word]]:
    """The headings left of the edge at which the lines of the text begin, from top to bottom."""
    lines = [c for row in rows_of(words) for c in chunks_of(row) if len(c) >= LONG]
    starts = Counter(round(c[0].box[0]) for c in lines)
    edge, many = starts.most_common(1)[0] if starts else (0, 0)
    if many < LEAST or any(c[0].box[0] < edge - CLEAR for c in lines):
        return []
    groups: list[list[list[Word]]] = []
    for row in rows_of([w for w in words if w.box[2] < edge - CLEAR]):
        last = groups[-1][-1] if groups else None
        if last and row[0].box[1] - last[0].box[3] < WRAPS * row[0].size and row[0].bold == last[0].bold:
            groups[-1].append(row)
        else:
            groups.append([row])
    found = [[w for row in group for w in row] for group in groups]
    return [group for group in found if _is_heading(group)]


def _is_heading(words: list[Word]) -> bool:
    text = " ".join(w.text for w in words)
    return len(words) <= MOST and all(w.bold for w in words) and re.search(r"[A-Za-z]{4}", text) is not None
