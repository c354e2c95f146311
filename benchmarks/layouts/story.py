"""How designs go through a report: its front, headings and captions, the numbers of paragraphs, and long tables in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml.html import HtmlElement
from parts import HEADS, Cell, Grid, is_caption, opening, text_of

OWN = re.compile(r"(\d+\.\d+(?=\s)|\d{1,2}(?=\s+[A-Z]))\s+")
"""The number that a paragraph has of its own."""
LONG = 25
"""Rows beyond which a table goes by its groups."""

Spans = list[tuple[str, bool]]
"""Words, and whether they are bold."""


def front(items: list[HtmlElement]) -> int:
    """How many elements stand before the heading of the first text."""
    first = opening(items)
    return first - 1 if first > 1 and items[first - 1].tag in HEADS else first


def caption_of(element: HtmlElement | None) -> str:
    """The caption that the element after a table or chart is; empty where it is none."""
    return text_of(element) if is_caption(element) and not re.match(r"\d", text_of(element)) else ""


class Story:
    """The elements of a report, gone through one by one."""

    def __init__(self, items: list[HtmlElement]) -> None:
        self.items, self.at = items, front(items)
        self.front, rest = items[: self.at], items[self.at :]
        used = [tag for tag in HEADS if any(e.tag == tag for e in rest)]
        self.ranks = {tag: rank for rank, tag in enumerate(used)}
        """The rank of every tag of a heading that is used after the front."""

    def rest(self) -> Iterator[HtmlElement]:
        """The elements after the front but for those that are stepped over."""
        while self.at < len(self.items):
            self.at += 1
            yield self.items[self.at - 1]

    @property
    def following(self) -> HtmlElement | None:
        return self.items[self.at] if self.at < len(self.items) else None

    def caption(self) -> str:
        """The caption that follows, which is stepped over; empty where none does."""
        caption = caption_of(self.following)
        self.at += bool(caption)
        return caption


def spans(element: HtmlElement) -> Spans:
    """The words of an element, and whether they are bold."""
    said = [(element.text or "", False)]
    for e in element:
        said += [("".join(e.itertext()), e.tag in ("b", "strong")), (e.tail or "", False)]
    return [(re.sub(r"\s+", " ", words), bold) for words, bold in said if words] or [("", False)]


def numbered(element: HtmlElement) -> tuple[str, Spans]:
    """The own number of a paragraph, or nothing, and its words."""
    said = spans(element)
    words, bold = said[0]
    match = OWN.match(words)
    return (match[1], [(words[match.end() :], bold), *said[1:]]) if match else ("", said)


def opened(table: Grid) -> Grid:
    """A long table with the name of a group in each of its rows."""
    cells: list[Cell] = []
    name = ""
    for c in table.cells:
        if c.column or c.rows == 1 or table.height <= LONG:
            cells.append(c)
            continue
        name = c.text or name
        cells += [Cell(c.row + i, 0, 1, c.columns, name, c.head) for i in range(c.rows)]
    return Grid(cells, table.height, table.width)


def cuts(table: Grid, heads: int) -> list[range]:
    """The rows of each part of a table: a long one goes by groups, where its rows have names in common."""
    names = [row[0] for row in table.texts]
    grouped = table.height > LONG and len(set(names)) < len(names) / 2
    new = [r for r in range(heads + 1, table.height) if grouped and names[r] != names[r - 1]]
    edges = [heads, *new, table.height]
    return [range(a, b) for a, b in pairwise(edges)]


def weights(rows: list[list[str]], least: int = 5) -> list[float]:
    """Weights of columns by what is in them."""
    columns = list(zip(*rows, strict=True))
    longest = [max(map(len, column)) for column in columns]
    words = [max(len(w) for text in column for w in [*text.split(), ""]) for column in columns]
    return [max(min(n, 160) ** 0.7, word, least) for n, word in zip(longest, words, strict=True)]
