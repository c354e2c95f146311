"""Labels of a table in text that wrap over two rows and more: "Looked After Children", then "& Leaving Care 36 3 39"."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.layout import text_passage
from extract.model import Block, Cell, Table
from extract.tables.heads import TOTAL

_OF_TEXT = ("lines", "spaces", "tabs", "pipes")
"""Ways of finding a table in text."""
_GOES_ON = re.compile(r"(?:[&,/–-]|\b(?:and|or|of|for|to|the|with|in|by|a|an)|(?:[’']s|s[’']))$", re.IGNORECASE)
"""How a text ends that is no whole label."""
_NO_NAME = re.compile(r"^[–—•-]\s|[:.]$")
_BEGUN = re.compile(r"[a-z(&/]|[–-](?!\s)")
"""How a text begins that is the rest of a label."""


_COUNTED = re.compile(r"(?:(?P<group>\S.*?)\s+)?(?P<word>[A-Za-z]+) (?P<number>\d)")
"""A label that ends in a word and its number, perhaps behind the name of a group: "Corporate Stage 1", "Stage 2"."""


def with_groups_carried_on(block: Block) -> Block:
    """A table in which the name of a group stands but in the first of its rows, "Corporate Stage 1", "Stage 2", with the name in each."""
    if not isinstance(block, Table) or block.method not in _OF_TEXT:
        return block
    group, last = "", ("", 0)
    cells: list[Cell] = []
    for cell in sorted(block.cells, key=lambda c: (c.row, c.column)):
        counted = _COUNTED.fullmatch(cell.text) if cell.column == 0 else None
        if counted and not counted["group"] and group and (counted["word"], int(counted["number"]) - 1) == last:
            cells.append(replace(cell, body=text_passage(f"{group} {cell.text}")))
        else:
            cells.append(cell)
            named = counted["group"] or "" if counted else ""
            group = ("" if TOTAL.match(named) else named) if cell.column == 0 else group
        if cell.column == 0:
            last = (counted["word"], int(counted["number"])) if counted else ("", 0)
    return replace(block, cells=cells)


def with_whole_labels(block: Block) -> Block:
    """A table whose labels are put together where a row holds but the beginning of the label of the next; other blocks as they are.

    A row without figures may as well be the name of the group of rows under it. It is the beginning of a label where its end, or the
    beginning of the next, says so; then each is in that table, unless it plainly names a group. Where none says so, they are where each names one row only.
    """
    if not isinstance(block, Table) or block.method not in _OF_TEXT:
        return block
    rows = _rows_of(block)
    names = _names_in(rows)
    plain = {n for n in names if _says_so(rows[n], rows[n + 1])}
    alone = [
        n for n in names if " " in rows[n][0].text
    ]  # a word alone, such as "Worse", may be a cell that has slipped
    if plain - {n for n in plain if _is_name(rows[n + 1])}:
        wrapped = plain | {n for n in names if 0 in rows[n + 1] and not _names_group(rows[n], rows[n + 1])}
    elif len(alone) > 1 and all(n + 2 in names or _ends(rows, n + 2) for n in names):
        wrapped = plain | set(alone)
    else:
        wrapped = plain
    return _joined(block, wrapped) if wrapped else block


def _names_in(rows: list[dict[int, Cell]]) -> list[int]:
    """Places of rows of words alone, which name a group or begin a label; one in small letters right under the heads is the rest of these."""
    found: list[int] = []
    for n, row in enumerate(rows[1:-1], 1):
        rest = _is_name(row) and row[0].text[0].islower() and n - 1 not in found
        if _is_name(row) and not rest and not _is_total(row) and not _is_total(rows[n + 1]):
            found.append(n)
    return found


def _names_group(row: dict[int, Cell], below: dict[int, Cell]) -> bool:
    """True for a name in capitals over one that is not, and for one over "Stage 1"."""
    counted = _COUNTED.fullmatch(below[0].text)
    return (row[0].text.isupper() and not below[0].text.isupper()) or bool(counted and not counted["group"])


def _rows_of(table: Table) -> list[dict[int, Cell]]:
    rows: list[dict[int, Cell]] = [{} for _ in range(table.shape[0])]
    for cell in table.cells:
        if cell.text:
            rows[cell.row][cell.column] = cell
    return rows


def _is_name(row: dict[int, Cell]) -> bool:
    """A row of a label alone."""
    return list(row) == [0] and len(row[0].text) < 60 and not _NO_NAME.search(row[0].text)


def _is_total(row: dict[int, Cell]) -> bool:
    return 0 in row and TOTAL.match(row[0].text) is not None


def _says_so(row: dict[int, Cell], below: dict[int, Cell]) -> bool:
    return 0 in below and (_GOES_ON.search(row[0].text) is not None or _BEGUN.match(below[0].text) is not None)


def _ends(rows: list[dict[int, Cell]], n: int) -> bool:
    """True after the last row, or before the total or a row without a label."""
    return n >= len(rows) or _is_total(rows[n]) or 0 not in rows[n]


def _joined(table: Table, wrapped: set[int]) -> Table:
    """The table with the labels of some rows put before those of the rows that follow them."""
    begun: dict[int, str] = {}
    cells: list[Cell] = []
    place = {n: n - sum(k < n for k in wrapped) for n in range(table.shape[0])}
    for n, row in enumerate(_rows_of(table)):
        before = begun.get(n, "")
        label = " ".join(filter(None, [before, row[0].text])) if 0 in row else before
        if n in wrapped:
            begun[n + 1] = label
            continue
        if label:
            cells.append(Cell(text_passage(label), place[n], 0))
        cells += [replace(c, row=place[n]) for k, c in sorted(row.items()) if k]
    return replace(table, cells=cells)
