"""Tables of which the labels came out first, a line each, and then the heads and the figures of their rows."""

from __future__ import annotations

import itertools
import re

from extract.tables.even import parts_of
from extract.tables.flattened import cut_heads, split_row
from extract.tables.textual import Found, is_figure, table_of

FEWEST, MOST, LONGEST = 3, 40, 70
"""Labels, and characters of one."""
_SENTENCE = re.compile(r"[a-z][.;:?!]$")


def labels_apart(lines: list[str], start: int) -> Found:
    """Labels, then heads, then as many rows of figures as there are labels, or one less: the first label is the corner then."""
    labels = [line.strip() for line in itertools.takewhile(_may_be_label, lines[start : start + MOST])]
    i = start + len(labels)
    if not FEWEST <= len(labels) < MOST or i >= len(lines):
        return [], start
    if not lines[i].strip():
        i += 1
        heads, i = (lines[i] if i < len(lines) else ""), i + 1
    else:
        labels, heads = labels[:-1], labels[-1]
    rows = list(itertools.takewhile(bool, map(_figures, lines[i : i + MOST])))
    found = _cut(heads, len(rows[0])) if rows and len({len(row) for row in rows}) == 1 else []
    if not found or len(rows) not in (len(labels), len(labels) - 1) or len(rows) < FEWEST:
        return [], start
    if i + len(rows) < len(lines) and lines[i + len(rows)].strip():
        return [], start
    corner = labels[0] if len(rows) < len(labels) else ""
    named = labels[len(labels) - len(rows) :]
    return [table_of([[corner, *found], *([n, *r] for n, r in zip(named, rows, strict=True))], "lines")], i + len(rows)


def _may_be_label(line: str) -> bool:
    text = line.strip()
    return bool(text) and len(text) < LONGEST and not _SENTENCE.search(text) and "\t" not in text and not _figures(text)


def _figures(line: str) -> list[str]:
    """The figures of a line that is nothing but two figures or more."""
    row = split_row(line)
    return row[1] if row and not row[0] and len(row[1]) > 1 and all(map(is_figure, row[1])) else []


def _cut(heads: str, width: int) -> list[str]:
    """The heads of a line, one for each column; none where they are not that many."""
    parts = parts_of(heads)
    if len(parts) == width > 1:
        return parts
    cut = cut_heads(heads, width)
    return cut[1] if cut and not cut[0] and len(cut[1]) == width else []
