"""What the designs share: the words of an element, the grid of a table, what a chart says, fonts, and where words may be cut."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from lxml.html import HtmlElement


def text_of(element: HtmlElement) -> str:
    """All text in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def rich(element: HtmlElement) -> str:
    """The text of an element as HTML, what is bold in it bold."""
    inner = (
        (f"<b>{escape(text_of(e))}</b>" if e.tag in ("b", "strong") else escape(text_of(e))) + escape(e.tail or "")
        for e in element
    )
    return escape(element.text or "") + "".join(inner)


def quoted(words: str) -> str:
    """A string of Typst's language."""
    return json.dumps(words, ensure_ascii=False)


HEADS = ("h1", "h2", "h3", "h4")
PARAGRAPH = re.compile(r"(\d+\.\d+)\s+(?=\S)")
"""The number of a paragraph, before its words."""
FIGURE = re.compile(r"[£(]?[\d,.]+\s?%?\)?|[–-]|")
"""What a cell says that has a figure, a dash or nothing."""


def number(text: str) -> float:
    """The value of a printed figure; 0 where there is none."""
    return float(re.sub(r"[^\d.]", "", text) or 0)


def is_figure(text: str) -> bool:
    return bool(FIGURE.fullmatch(text))


def is_total(label: str) -> bool:
    return bool(re.match(r"total\b", label, re.I))


def is_caption(element: HtmlElement | None) -> bool:
    """Whether the element after a table is a line that names it."""
    return (
        element is not None and element.tag == "p" and len(text_of(element)) < 60 and not text_of(element).endswith(".")
    )


def opening(items: list[HtmlElement]) -> int:
    """How many elements stand before the first long text or table: what goes on a cover."""
    return next(i for i, e in enumerate(items) if (e.tag in ("p", "ul") and len(text_of(e)) > 60) or e.tag == "table")


def cover(items: list[HtmlElement]) -> int:
    """The same without the headings of the first text."""
    first = opening(items)
    while first > 2 and items[first - 1].tag in ("h2", "h3"):
        first -= 1
    return first


def font(name: str) -> str:
    """The file of an installed font, such as `Lato-Bold`."""
    path = next(Path("/usr/share/fonts").rglob(f"{name}.ttf"), None)
    if path is None:
        raise FileNotFoundError(f"needs the font {name}")
    return str(path)


@dataclass(frozen=True)
class Cell:
    row: int
    column: int
    rows: int
    columns: int
    text: str
    head: bool


@dataclass(frozen=True)
class Grid:
    """The cells of a table at their places."""

    cells: list[Cell]
    height: int
    width: int

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells by the row in which they start."""
        return [[c for c in self.cells if c.row == row] for row in range(self.height)]

    @property
    def places(self) -> dict[tuple[int, int], Cell]:
        """The cell of every row and column, a merged one at all of its places."""
        return {
            (c.row + down, c.column + right): c
            for c in self.cells
            for down in range(c.rows)
            for right in range(c.columns)
        }

    @property
    def firsts(self) -> list[list[Cell | None]]:
        """The cell that begins in every row and column; None where a merged one goes on, an empty one where none is."""
        places = self.places
        return [
            [
                None if c is not None and (c.row, c.column) != (y, x) else c or Cell(y, x, 1, 1, "", False)
                for x in range(self.width)
                for c in [places.get((y, x))]
            ]
            for y in range(self.height)
        ]

    @property
    def texts(self) -> list[list[str]]:
        """What stands in every row and column, the text of a merged cell at all of its places."""
        places = self.places
        return [
            [places[row, column].text if (row, column) in places else "" for column in range(self.width)]
            for row in range(self.height)
        ]

    @property
    def heads(self) -> int:
        """How many rows are the head: short head cells, from the second row on without figures."""
        for row, cells in enumerate(self.rows):
            short = all(c.head and len(c.text) < 90 for c in cells)
            if not short or (row and any(re.search(r"\d", c.text) for c in cells)):
                return row
        return self.height


def grid(table: HtmlElement) -> Grid:
    """A table by rows and columns; cells that reach beyond the last row are cut there."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(table.iter("tr"))
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            down, right = min(int(cell.get("rowspan") or 1), len(rows) - y), int(cell.get("colspan") or 1)
            taken |= {(y + i, x + j) for i in range(down) for j in range(right)}
            cells.append(Cell(y, x, down, right, text_of(cell), cell.tag == "th"))
            x += right
    return Grid(cells, len(rows), 1 + max(x for _, x in taken))


@dataclass(frozen=True)
class Drawn:
    """A bar chart as `neutral.chart` draws it, or that a table makes."""

    title: str
    series: dict[str, str]
    """Colour or column -> name, which is empty for the only series of a neutral chart."""
    rows: list[tuple[str, dict[str, str]]]
    """Category and its values by series, as printed."""

    @property
    def categories(self) -> list[str]:
        return [name for name, _ in self.rows]

    @property
    def names(self) -> list[str]:
        return list(self.series.values())

    @property
    def values(self) -> dict[tuple[int, int], str]:
        """The values by place of category and series."""
        return {
            (i, j): row[colour]
            for i, (_, row) in enumerate(self.rows)
            for j, colour in enumerate(self.series)
            if colour in row
        }

    @property
    def highest(self) -> float:
        return max(map(number, self.values.values()), default=0) or 1

    @property
    def dated(self) -> bool:
        """Whether its only series goes by years."""
        return len(self.series) == 1 and all(re.match(r"(19|20)\d\d", name) for name in self.categories)


MARK = "7"
"""Height of the marks of a legend, in which bars are higher."""


def read_chart(svg: HtmlElement) -> Drawn:
    """What a neutral chart says: each bar and each mark stands right before its words."""
    title, series, rows, colour, mark = "", {}, [], "", False
    for e in svg:
        if e.tag == "rect":
            colour, mark = e.get("fill"), e.get("height") == MARK
            series.setdefault(colour, "")
        elif e.get("text-anchor") == "middle":
            title = e.text or ""
        elif e.get("text-anchor") == "end":
            rows.append((e.text, {}))
        elif mark:
            series[colour] = e.text
        else:
            rows[-1][1][colour] = e.text
    return Drawn(title, series, rows)


def _unit(text: str) -> str:
    """How a figure is printed; empty for what is no plain figure."""
    match = re.fullmatch(r"([\d,]+)(\.\d+)?(%?)", text)
    return f"0{',' * (',' in match[1])}{len(match[2] or '')}{match[3]}" if match else ""


def charts_of(table: Grid) -> tuple[list[Drawn], list[str]] | None:
    """The charts that a table of figures makes, one for each unit, and notes; None where it has to stay a table."""
    heads, rows, places = table.heads, table.rows, table.places
    below = range(heads, table.height)
    if heads not in (1, 2) or any(all(c.head for c in rows[r]) for r in below) or any(c.rows > 1 for c in table.cells):
        return None
    notes = [f"{places[r, 0].text}: {places[r, 1].text}" for r in below if places[r, 1].columns > 1]
    kept = [r for r in below if places[r, 1].columns == 1]
    if len(kept) > 14 or max(len(places[r, 0].text) for r in kept) > 36:
        return None
    units: dict[str, list[int]] = {}
    for column in range(1, table.width):
        found = {_unit(places[r, column].text) for r in kept if places[r, column].text}
        if len(found) != 1 or "" in found:
            return None
        units.setdefault(found.pop(), []).append(column)
    if any(len(columns) > 3 for columns in units.values()):
        return None
    charts = []
    for columns in units.values():
        shown, single = kept, len(columns) == 1
        if single and places[kept[-1], 0].text.lower() == "total":
            notes.append(f"{places[kept[-1], 0].text}: {places[kept[-1], 1].text}")
            shown = kept[:-1]
        names = {
            str(c): " ".join(dict.fromkeys(places[r, c].text for r in range(heads) if places[r, c].text))
            for c in columns
        }
        lines = [(places[r, 0].text, {str(c): places[r, c].text for c in columns if places[r, c].text}) for r in shown]
        title = ": ".join(filter(None, [places[0, 0].text, *(names.values() if single else ())]))
        charts.append(Drawn(title, names, lines))
    return charts, notes


@cache
def _patterns() -> dict[str, list[int]]:
    """TeX hyphenation patterns by their letters; none where groff is not installed."""
    return {
        re.sub(r"\d", "", word): [int(d or 0) for d in re.split(r"[.a-z]", word)]
        for path in Path("/usr/share/groff").glob("*/tmac/hyphen.us")
        for word in re.findall(r"^[.a-z0-9]+$", path.read_text(encoding="latin-1"), re.M)
    }


def shy(match: re.Match[str]) -> str:
    """A word with soft hyphens where it may be cut."""
    word = match.group()
    dotted = f".{word.lower()}."
    level = [0] * (len(dotted) + 1)
    for i in range(len(dotted)):
        for j in range(i + 1, min(len(dotted), i + 9) + 1):
            for k, value in enumerate(_patterns().get(dotted[i:j], ())):
                level[i + k] = max(level[i + k], value)
    return "".join(
        c if i < 2 or i > len(word) - 3 or level[i + 1] % 2 == 0 else "\u00ad" + c for i, c in enumerate(word)
    )
