"""Tiles: boxes that each hold one figure set large and the words that say of what."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from extract.layout import rows_of
from extract.model import Box, Cell, Table, Word, holds, passage, union
from extract.numerals import cell_mentions
from extract.page import PageObjects
from extract.tables.alignment import chunks_of, is_figure

WIDTH, HEIGHT = (36.0, 280.0), (24.0, 160.0)
"""Points: the least and the most that a tile measures."""
OVER_NAME = 1.35
"""Times as large as the words of its tile is a figure set large."""
OVER_PAGE, MOST_FIGURES = 1.15, 200
"""Times as large as the words of its page is a figure of a tile, and how many of these a page has at most."""
MOST_WORDS = 24
APART = 28.0
"""Points between the tiles of one set, at most."""


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
    for shape in page.shapes if len(large) < MOST_FIGURES else ():
        box = shape.box
        if not any(holds(box, figure) for figure in large):
            continue
        width, height = box[2] - box[0], box[3] - box[1]
        if not shape.boxlike or not WIDTH[0] < width < WIDTH[1] or not HEIGHT[0] < height < HEIGHT[1]:
            continue
        if any(holds(t, box) for t in taken) or any(holds(box, other.box, 2.0) for other in tiles):
            continue
        if tile := _tile(box, [w for w in page.words if holds(box, w.box)]):
            tiles.append(tile)
    sets: list[list[_Tile]] = []
    for tile in tiles:
        near = [s for s in sets if any(_near(tile.box, other.box) for other in s)]
        sets = [s for s in sets if s not in near] + [[*(t for s in near for t in s), tile]]
    return [_table(found, page) for found in sets if len(found) > 1]


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
    box = union(t.box for t in tiles) or tiles[0].box
    title = _title(tiles, box, page)
    heads = list(dict.fromkeys(" ".join(w.text for w in label) for t in tiles for label, _ in t.more))
    cells = [Cell(passage(title), 0, 0)] if title else []
    cells += [Cell(passage(label), 0, 2 + n) for n, label in enumerate(_labels(tiles, heads))]
    for n, tile in enumerate(tiles, 1 if cells else 0):
        cells += [Cell(passage(tile.name), n, 0, box=tile.box), Cell(passage(tile.figure), n, 1, box=tile.box)]
        for label, value in tile.more:
            cells.append(Cell(passage(value), n, 2 + heads.index(" ".join(w.text for w in label)), box=tile.box))
    return Table(cells, page.number, union([box, *(w.box for w in title)]) or box, "tiles")


def _labels(tiles: list[_Tile], heads: list[str]) -> list[list[Word]]:
    """The words of each head, from the first tile that has it."""
    named = {" ".join(w.text for w in label): label for t in reversed(tiles) for label, _ in t.more}
    return [named[head] for head in heads]


def _title(tiles: list[_Tile], box: Box, page: PageObjects) -> list[Word]:
    """The short line right over a set of tiles, in letters no larger than theirs; a heading stays one, and a text goes on."""
    over = [w for w in page.words if w.box[3] <= box[1] + 2 and w.box[2] > box[0] and w.box[0] < box[2]]
    rows = sorted(rows_of(over), key=lambda r: r[0].box[3])[-2:]
    if not rows:
        return []
    row, size = rows[-1], rows[-1][0].size
    near = box[1] - row[0].box[3] < TITLE * size and size <= 1.15 * tiles[0].name[0].size
    goes_on = len(rows) > 1 and row[0].box[1] - rows[0][0].box[3] < 0.8 * size
    return row if near and not goes_on and len(row) < MOST_WORDS / 2 and not row[-1].text.endswith((".", ",")) else []


def _near(a: Box, b: Box) -> bool:
    """True for tiles beside or under one another."""
    level = min(a[3], b[3]) > max(a[1], b[1]) and max(a[0], b[0]) - min(a[2], b[2]) < APART
    under = min(a[2], b[2]) > max(a[0], b[0]) and max(a[1], b[1]) - min(a[3], b[3]) < APART
    return level or under
