"""Lists that stand for a chart, as accessible documents give them: "Upheld – Family Support: 7", a series and a category an entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from extract.model import Block, Cell, Paragraph, Passage, Table
from extract.tables.listed import FIGURE

_ENTRY = re.compile(rf"(?P<series>[^:;]{{2,90}}?)\s[–—-]\s(?P<category>[^:;]{{2,90}}?):\s*(?P<figure>{FIGURE})\.?")
LEAST = 3
"""Entries of a list."""


def with_listed_series(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document, each list of entries with a series, a category and a figure as a table: a series a column."""
    result: list[Block] = []
    for entries, run in groupby(blocks, key=lambda block: _entry(block) is not None):
        listed = list(run)
        table = _table([b for b in listed if isinstance(b, Paragraph)]) if entries else None
        result += [table] if table else listed
    return result


def _entry(block: Block) -> re.Match[str] | None:
    return _ENTRY.fullmatch(block.text) if isinstance(block, Paragraph) else None


def _table(paragraphs: list[Paragraph]) -> Table | None:
    """The entries as a table; None where no series has several of them, or a place in it would have two figures."""
    entries = [(p, match) for p in paragraphs if (match := _entry(p))]
    columns, rows = ([*dict.fromkeys(m[name] for _, m in entries)] for name in ("series", "category"))
    places = Counter((m["series"], m["category"]) for _, m in entries)
    if len(entries) < LEAST or len(columns) == len(entries) or max(places.values()) > 1:
        return None
    cells: dict[tuple[int, int], Cell] = {}
    for p, m in entries:
        row, column = rows.index(m["category"]) + 1, columns.index(m["series"]) + 1
        for place, name in (((0, column), "series"), ((row, 0), "category"), ((row, column), "figure")):
            cells.setdefault(place, Cell(_part(p.body, *m.span(name)), *place))
    first = entries[0][0]
    return Table([cells[place] for place in sorted(cells)], first.page, None, "list")


def _part(body: Passage, start: int, end: int) -> Passage:
    """The characters of a passage from start to end, which remember where they stand."""
    spans = [(max(a, start) - start, min(b, end) - start, word) for a, b, word in body.spans if a < end and start < b]
    return Passage(body.text[start:end], spans)
