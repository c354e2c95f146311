"""Which rows of a grid are heads and which columns labels."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.bracketed import named_figures, two_figures
from extract.model import Cell, Passage
from extract.numerals import cell_mentions

Grid = list[list[Cell | None]]
"""Rows of cells, as `Table.grid` gives them."""
_YEAR = re.compile(r"(?:19|20)\d\d[*†‡]*")
_PERIOD = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?[*†‡]*")


def holds_figure(cell: Cell | None) -> bool:
    """True for a cell that is a figure; "10 working days" may as well be the head of a column and is none."""
    found = cell_mentions(cell.text) if cell is not None else ()
    if cell is not None and not found:
        return bool(two_figures(cell.text)[0] or named_figures(cell.text)[0])
    return bool(found) and not (found[0].kind in ("working_days", "days") and "." not in found[0].printed)


def _is_row_of_years(row: list[Cell | None]) -> bool:
    """A row whose only figures are years, several of them or with words beside them, is a head."""
    texts = [c.text for c in row[1:] if c is not None and c.text]
    figures = [c.text for c in row[1:] if holds_figure(c) and c is not None]
    return (
        bool(figures)
        and len(texts) + (row[0] is not None and bool(row[0].text)) > 1
        and all(map(_YEAR.fullmatch, figures))
    )


def head_rows(grid: Grid) -> int:
    """How many rows at the top are heads."""
    count = widest = 0
    for n, row in enumerate(grid):
        filled = {id(c) for c in row if c is not None and c.text}
        group = len(filled) == 1 and row[0] is not None and bool(row[0].text)
        if (
            any(holds_figure(c) for c in row[1:])
            and not _is_row_of_years(row)
            and not (n and _counted(grid[n - 1], row))
        ):
            break
        if group and (widest > 1 or _groups_follow(grid, n)):
            break  # the name of the first group of rows
        widest = max(widest, len(filled))
        count += 1
    return count if count < len(grid) else 1


def _groups_follow(grid: Grid, n: int) -> bool:
    """True where figures stand right under row n, and another row further down holds a name alone as it does."""
    alone = [r for r, row in enumerate(grid) if r > n and len({id(c) for c in row if c is not None and c.text}) == 1]
    figures = n + 1 < len(grid) and any(map(holds_figure, grid[n + 1][1:])) and not _is_row_of_years(grid[n + 1])
    return figures and any(grid[r][0] is not None and grid[r][0].text for r in alone)  # type: ignore[union-attr]


def _counted(above: list[Cell | None], row: list[Cell | None]) -> dict[int, Cell]:
    """Columns that a row numbers from 1 under one head, "Stage" over 1, 2 and 3, each with that head; none where it does not."""
    filled = {c: cell for c, cell in enumerate(row) if c and cell is not None and cell.text and cell is not above[c]}
    if len(filled) < 2 or [cell.text for cell in filled.values()] != [str(n + 1) for n in range(len(filled))]:
        return {}
    named = {cell.text: cell for c in filled if (cell := above[c]) is not None and cell.text}
    name = next(iter(named.values()), None)
    if (
        name is None
        or len(named) > 1
        or holds_figure(name)
        or list(filled) != list(range(min(filled), max(filled) + 1))
    ):
        return {}
    return dict.fromkeys(filled, name)


def _join_counted(heads: Grid) -> None:
    """Write "Stage 1" where "Stage" stands over columns that are numbered. Changes the rows."""
    for above, row in pairwise(heads):
        for c, name in _counted(above, row).items():
            cell = row[c]
            if cell is not None:
                row[c] = replace(cell, body=Passage(f"{name.text} {cell.text}"))
                above[c] = None


def stretch_heads(heads: Grid) -> None:
    """Let a head of several columns stand over each of them, where it is written over one and the heads below repeat.

    "Stage" over columns numbered 1, 2 and 3 is put before each number. Over "Number, %, Number, %" each of two heads is that of a pair, wherever over its pair it stands; where the heads
    below repeat in no such blocks, a head is that of the columns on its right up to the next. Changes the rows.
    """
    if len(heads) < 2:
        return
    _join_counted(heads)
    last = [c.text if c is not None else "" for c in heads[-1]]
    named = [t for t in last[1:] if t]
    if len(named) <= len(set(named)):
        return
    block = _block_of(last)
    for row in heads[:-1]:
        if not (block and _spread_over_blocks(row, *block)):
            _spread_to_the_right(row)


def _block_of(last: list[str]) -> tuple[int, int] | None:
    """First column and width of the blocks in which the heads at the bottom repeat; None where they do not."""
    for first in range(1, len(last) - 1):
        texts = last[first:]
        for width in range(2, len(texts) // 2 + 1):
            whole = len(texts) % width == 0 and texts == texts[:width] * (len(texts) // width)
            if whole and all(texts[:width]) and len(set(texts[:width])) == width:
                return first, width
    return None


def _spread_over_blocks(row: list[Cell | None], first: int, width: int) -> bool:
    """Put the one head of each block over all its columns; False where a block has none, or several."""
    blocks = [row[n : n + width] for n in range(first, len(row), width)]
    texts = [{c.text: c for c in block if c is not None and c.text} for block in blocks]
    if any(len(found) != 1 for found in texts):
        return False
    for n, found in enumerate(texts):
        row[first + n * width : first + (n + 1) * width] = [next(iter(found.values()))] * width
    return True


def _spread_to_the_right(row: list[Cell | None]) -> None:
    for c in range(2, len(row)):
        cell = row[c]
        if (cell is None or not cell.text) and row[c - 1] is not None:
            row[c] = row[c - 1]


def label_columns(grid: Grid, heads: int) -> int:
    """How many columns at the left hold labels; none where a table's only row, or a share in each cell, begins with figures."""
    width = len(grid[0]) if grid else 0
    body = grid[heads:]
    if _is_all_figures(grid, heads):
        return 0
    for column in range(width):
        cells = _filled(body, column)
        if not cells:
            continue
        if sum(holds_figure(c) and not _YEAR.fullmatch(c.text) for c in cells) > 0.4 * len(cells):
            first = _filled(body, 0)
            # Outer labels stand for several rows; where each is its own, further columns of words are no labels, but years are.
            if column > 1 and len({c.text for c in first}) < len(body):
                return column
            return 1 + _columns_of_years(body, 1, column)
    return 1


def _filled(body: Grid, column: int) -> list[Cell]:
    return [c for row in body if (c := row[column]) is not None and c.text]


def _columns_of_years(body: Grid, first: int, end: int) -> int:
    """How many columns from the first on hold nothing but years."""
    found = 0
    for column in range(first, end):
        cells = _filled(body, column)
        if not cells or not all(_PERIOD.fullmatch(c.text.strip()) for c in cells):
            break
        found += 1
    return found


def _is_all_figures(grid: Grid, heads: int) -> bool:
    """True for rows that begin with a figure under a head of its own, where no row can be told from others by it: one row, or shares."""
    body, first = grid[heads:], _filled(grid[heads:], 0)
    headed = 0 < heads < len(grid) and all(_filled(grid[:heads], c) for c in range(len(grid[0])))
    if not headed or len(first) < len(body) or not all(holds_figure(c) for row in body for c in row):
        return False
    return len(body) == 1 or any(m.kind == "percent" for c in first for m in cell_mentions(c.text))


TOTAL = re.compile(r"^(?:grand |overall |sub-?)?totals?\b|^all\b|^overall\b|\btotal$", re.IGNORECASE)


def outer_labels(body: Grid, labels: int) -> list[list[str]]:
    """For each row, its labels, those on the left for all rows of their group.

    A name of a group stands in the first of its rows; where the first row of all has none, it is taken to stand in the
    middle of its rows, which end with their total.
    """
    rows = [[row[c].text if row[c] is not None else "" for c in range(labels)] for row in body]  # type: ignore[union-attr]
    for c in range(labels - 1):
        column = [row[c] for row in rows]
        if rows and not column[0] and any(column):
            column = _named_in_the_middle(column, [row[-1] for row in rows])
        name = ""
        for row, text in zip(rows, column, strict=True):
            name = text or name
            row[c] = name
    return rows


_ENUMERATOR = re.compile(r"\(?(?P<n>\d{1,2}|[a-z])(?:[.):]\s*|\s+)(?=[A-Z‘“\"'])")


def without_enumerators(rows: list[list[str]]) -> list[list[str]]:
    """Labels of rows without the numbers or letters that count them up: "1 Poor communication", "2 Delay"."""
    found = [_ENUMERATOR.match(row[-1]) for row in rows if row and row[-1] and not TOTAL.search(row[-1])]
    marks = [m["n"] for m in found if m]
    counted = [str(n) for n in range(1, len(marks) + 1)], [chr(ord("a") + n) for n in range(min(26, len(marks)))]
    if len(marks) < 3 or len(marks) < len(found) - 1 or marks not in counted:
        return rows
    return [[*row[:-1], _ENUMERATOR.sub("", row[-1], count=1)] for row in rows]


def _named_in_the_middle(names: list[str], labels: list[str]) -> list[str]:
    """Names of groups moved to the first rows of these, where each stretch up to a total holds one; else none at all."""
    starts = [0, *[n + 1 for n, label in enumerate(labels[:-1]) if TOTAL.search(label)]]
    moved = [""] * len(names)
    for start, end in zip(starts, [*starts[1:], len(names)], strict=True):
        found = [t for t in names[start:end] if t]
        if len(found) != 1:
            return [""] * len(names)
        moved[start] = found[0]
    return moved


def texts_of(cells: list[Cell | None]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells:
        if cell is not None and cell.text and (not found or found[-1] != cell.text):
            found.append(cell.text)
    return tuple(found)
