"""Tiles: boxes that each hold one figure set large and the words that say of what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from extract.layout import rows_of
from extract.model import Box, Cell, Table, Word, holds, passage, union
from extract.numerals import cell_mentions
from extract.page import PageObjects
from extract.strips import strips_of
from extract.tables.alignment import chunks_of, is_figure

WIDTH, HEIGHT = (36.0, 280.0), (24.0, 160.0)
"""Points: the least and the most that a tile measures."""
OVER_NAME = 1.35
"""Times as large as the words of its tile is a figure set large."""
OVER_PAGE, MOST_FIGURES = 1.15, 200
"""Times as large as the words of its page is a figure of a tile, and how many of these a page has at most."""
MOST_WORDS = 24
APART, LEVEL = 28.0, 0.5
"""Points between the tiles of one set, at most; the share of the lower that two beside one another have in common."""


TITLE = 2.5
"""Of its letters: how far over a set its title stands, at most."""


@dataclass(frozen=True)
class _Tile:
    box: Box
    figure: list[Word]
    name: list[Word]
    more: list[tuple[list[Word], list[Word]]]
    """Further figures, each behind its name."""


def find_tiles(page: PageObjects, taken: list[Box]) -> list[Table]:
    """Sets of two tiles or more, each as a table: a row a tile, the title of the set as its corner."""
    usual = median(w.size for w in page.words) if page.words else 0.0
    large = [w.box for w in page.words if w.size > OVER_PAGE * usual and any(map(str.isdigit, w.text))]
    tiles: list[_Tile] = []
    boxes = [*(s.box for s in page.shapes if s.boxlike), *strips_of(page, page.words)]
    for box in boxes if len(large) < MOST_FIGURES else ():
        if not any(holds(box, figure) for figure in large):
            continue
        width, height = box[2] - box[0], box[3] - box[1]
        if not WIDTH[0] < width < WIDTH[1] or not HEIGHT[0] < height < HEIGHT[1]:
            continue
        if any(holds(t, box) for t in taken) or any(holds(box, other.box, 2.0) for other in tiles):
            continue
        if tile := _tile(box, [w for w in page.words if holds(box, w.box)]):
            tiles.append(tile)
    loose = [w for w in page.words if not any(holds(t.box, w.box) for t in tiles)]
    lines = _joined([[t] for t in tiles], _level)
    sets = _joined(lines, lambda a, b: _under(a, b, loose))
    return _tables([s for s in sets if len(s) > 1], page)


def _tables(sets: list[list[_Tile]], page: PageObjects) -> list[Table]:
    """A table a set; titled sets of the same names one under another are the rows of one table."""
    names = [tuple(_text(t.name) for t in s) for s in sets]
    alike = [[s for s, mine in zip(sets, names, strict=True) if mine == these] for these in dict.fromkeys(names)]
    tables: list[Table] = []
    for same in alike:
        rows = [(_over(s, page), s) for s in same]
        if len(rows) == 1 or not all(title for title, _ in rows) or any(t.more for s in same for t in s):
            tables += [_table(s, page) for s in same]
            continue
        stacks: list[list[tuple[list[Word], list[_Tile]]]] = []
        for title, tiles in sorted(rows, key=lambda r: (round(r[1][0].box[0]), r[1][0].box[1])):
            above = stacks[-1][-1][1] if stacks else []
            if above and 0 < title[0].box[1] - max(t.box[3] for t in above) < APART and _in_column(above, tiles):
                stacks[-1].append((title, tiles))
            else:
                stacks.append([(title, tiles)])
        tables += [_grid(stack, page.number) for stack in stacks]
    return tables


def _in_column(a: list[_Tile], b: list[_Tile]) -> bool:
    return abs(min(t.box[0] for t in a) - min(t.box[0] for t in b)) < APART


def _grid(rows: list[tuple[list[Word], list[_Tile]]], page: int) -> Table:
    """Sets of the same names as one table: a row a set, with its title, and a column a name."""
    cells = [Cell(passage(tile.name), 0, n) for n, tile in enumerate(rows[0][1], 1)]
    for row, (title, tiles) in enumerate(rows, 1):
        cells.append(Cell(passage(title), row, 0, box=union(w.box for w in title)))
        cells += [Cell(passage(t.figure), row, n, box=t.box) for n, t in enumerate(tiles, 1)]
    boxes = [t.box for _, tiles in rows for t in tiles] + [w.box for title, _ in rows for w in title]
    return Table(cells, page, union(boxes), "tiles")


def _tile(box: Box, words: list[Word]) -> _Tile | None:
    """A box as a tile; None where it holds no large figure, or nothing that names it."""
    if not 1 < len(words) <= MOST_WORDS:
        return None
    size = max(w.size for w in words)
    large = [w for w in words if w.size > size / OVER_NAME]
    rest = [w for w in words if w not in large]
    if not is_figure(large) or len(rows_of(large)) > 1 or len(cell_mentions(" ".join(w.text for w in large))) != 1:
        return None
    name: list[list[Word]] = []
    more: list[tuple[list[Word], list[Word]]] = []
    for row in rows_of(rest):
        *label, value = row
        if not is_figure([value]) or not (label or name):
            name.append(row)
        elif len(chunks_of(row)) > 1 or value.text.endswith("%"):
            more.append((label or name.pop(), [value]))
        else:
            name.append(row)
    words = [w for row in name for w in row]
    return _Tile(box, large, words, more) if any(w.text[:1].isalpha() for w in words) else None


def _table(tiles: list[_Tile], page: PageObjects) -> Table:
    box = _around(tiles)
    title = _title(tiles, page)
    heads = list(dict.fromkeys(_text(label) for t in tiles for label, _ in t.more))
    cells = [Cell(passage(title), 0, 0)] if title else []
    cells += [Cell(passage(label), 0, 2 + n) for n, label in enumerate(_labels(tiles, heads))]
    for n, tile in enumerate(tiles, 1 if cells else 0):
        cells += [Cell(passage(tile.name), n, 0, box=tile.box), Cell(passage(tile.figure), n, 1, box=tile.box)]
        for label, value in tile.more:
            cells.append(Cell(passage(value), n, 2 + heads.index(_text(label)), box=tile.box))
    return Table(cells, page.number, union([box, *(w.box for w in title)]) or box, "tiles")


def _labels(tiles: list[_Tile], heads: list[str]) -> list[list[Word]]:
    """The words of each head, from the first tile that has it."""
    named = {_text(label): label for t in reversed(tiles) for label, _ in t.more}
    return [named[head] for head in heads]


def _title(tiles: list[_Tile], page: PageObjects) -> list[Word]:
    """The short line right over a set of tiles, in letters no larger than theirs: a heading stays one."""
    row = _over(tiles, page)
    return row if row and row[0].size <= 1.15 * tiles[0].name[0].size else []


def _over(tiles: list[_Tile], page: PageObjects) -> list[Word]:
    """The short line right over a set of tiles; a text goes on."""
    box = _around(tiles)
    over = [w for w in page.words if w.box[3] <= box[1] + 2 and w.box[2] > box[0] and w.box[0] < box[2]]
    rows = sorted(rows_of(over), key=lambda r: r[0].box[3])[-2:]
    if not rows:
        return []
    row, size = rows[-1], rows[-1][0].size
    near = box[1] - row[0].box[3] < TITLE * size
    goes_on = len(rows) > 1 and row[0].box[1] - rows[0][0].box[3] < 0.8 * size
    return row if near and not goes_on and len(row) < MOST_WORDS / 2 and not row[-1].text.endswith((".", ",")) else []


def _text(words: list[Word]) -> str:
    return " ".join(w.text for w in words)


def _joined(sets: list[list[_Tile]], near: Callable[[Box, Box], bool]) -> list[list[_Tile]]:
    """Sets of tiles, those near one another as one."""
    found: list[list[_Tile]] = []
    for mine in sets:
        others = [s for s in found if near(_around(s), _around(mine))]
        found = [s for s in found if s not in others] + [[*(t for s in others for t in s), *mine]]
    return found


def _around(tiles: list[_Tile]) -> Box:
    return union(t.box for t in tiles) or tiles[0].box


def _level(a: Box, b: Box) -> bool:
    """True for tiles beside one another."""
    level = min(a[3], b[3]) - max(a[1], b[1]) > LEVEL * min(a[3] - a[1], b[3] - b[1])
    return level and max(a[0], b[0]) - min(a[2], b[2]) < APART


def _under(a: Box, b: Box, loose: list[Word]) -> bool:
    """True for lines of tiles under one another, with no words between them."""
    left, right = max(a[0], b[0]), min(a[2], b[2])
    top, bottom = min(a[3], b[3]), max(a[1], b[1])
    between = (left, top, right, bottom)
    return right > left and bottom - top < APART and not any(holds(between, w.box, 1.0) for w in loose)
