"""What readers hand over: one model of a document for every format.

All boxes are (x0, top, x1, bottom) in PDF points from the top left corner of the page as displayed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

Box = tuple[float, float, float, float]


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all of them, None for none."""
    listed = list(boxes)
    if not listed:
        return None
    return (
        min(b[0] for b in listed),
        min(b[1] for b in listed),
        max(b[2] for b in listed),
        max(b[3] for b in listed),
    )


def holds(outer: Box, inner: Box, slack: float = 0.5) -> bool:
    """True where the middle of `inner` lies in `outer`, give or take `slack` points."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - slack <= x <= outer[2] + slack and outer[1] - slack <= y <= outer[3] + slack


@dataclass(frozen=True, eq=False)
class Word:
    """A word as printed. Two of the same letters in the same place are two: words are compared by which they are."""

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    page: int | None = None
    turned: bool = False
    """Set sideways, as heads of narrow columns are."""
    printed: Box | None = None
    """Where it stands on the page as displayed, if `box` is that of a skewed page set upright."""


@dataclass
class Passage:
    """Running text that remembers where each of its words stands on the page."""

    text: str = ""
    spans: list[tuple[int, int, Word]] = field(default_factory=list)

    def append(self, word: Word, separator: str = " ") -> None:
        if self.text:
            self.text += separator
        self.spans.append((len(self.text), len(self.text) + len(word.text), word))
        self.text += word.text

    def box(self, start: int, end: int) -> Box | None:
        """The box of the characters from start to end; None for text without a page.

        Characters of one word are taken as equally wide, so a number inside a word gets a box of its own.
        """
        boxes = []
        for first, last, word in self.spans:
            if first < end and start < last:
                x0, top, x1, bottom = word.printed or word.box
                step = (x1 - x0) / max(last - first, 1)
                boxes.append((x0 + step * max(start - first, 0), top, x0 + step * (min(end, last) - first), bottom))
        return union(boxes)

    def page(self, start: int) -> int | None:
        """The page on which the character at `start` stands."""
        return next((word.page for first, last, word in self.spans if first <= start < last), None)

    def extend(self, other: Passage) -> None:
        """Run on with another passage, as over a page break."""
        shift = len(self.text) + 1
        self.text += " " + other.text
        self.spans += [(first + shift, last + shift, word) for first, last, word in other.spans]


DIVISION = "\u2010"
"""The hyphen by which a browser or a typesetter divides a word at the end of a line; what its author wrote has another."""


def passage(words: Iterable[Word]) -> Passage:
    """Words in reading order as one passage, divided ones put together."""
    result = Passage()
    listed = list(words)
    separator = " "
    for word, after in zip_longest(listed, listed[1:]):
        divided = word.text.endswith(DIVISION) and after is not None and after.text[:1].islower()
        result.append(replace(word, text=word.text[:-1]) if divided else word, separator)
        separator = "" if divided else " "
    return result


@dataclass
class Heading:
    text: str
    level: int
    page: int | None
    number: str = ""
    """Its number as printed, without dots at the end: `4.2`."""


@dataclass
class Paragraph:
    """A paragraph or list item."""

    body: Passage
    page: int | None
    bullet: bool = False
    lead: str = ""
    """Bold words that the paragraph opens with, as a heading inside the line."""
    footnote: bool = False
    number: str = ""
    """Number of the paragraph as printed, without dots at the end: `4.2`."""

    @property
    def text(self) -> str:
        return self.body.text


@dataclass
class Cell:
    """One cell of a grid, with the rows and columns that it spans."""

    body: Passage
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None

    @property
    def text(self) -> str:
        return " ".join(self.body.text.split())


@dataclass
class Table:
    cells: list[Cell]
    page: int | None
    box: Box | None
    method: str
    """How the grid was found: `rulings`, `camelot`, `alignment` on pages; `tabs`, `pipes`, `spaces`, `lines` in text;
    `word`, `html`, `sheet` where the source has tables; `list` for entries of a list."""
    pages: dict[int, int | None] = field(default_factory=dict)
    """Row -> page, for rows that stand on a later page than the table's first."""

    @property
    def shape(self) -> tuple[int, int]:
        return (
            max((c.row + c.row_span for c in self.cells), default=0),
            max((c.column + c.column_span for c in self.cells), default=0),
        )

    def grid(self) -> list[list[Cell | None]]:
        """Rows of cells; a spanning cell stands in every place that it covers."""
        height, width = self.shape
        rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for r in range(cell.row, cell.row + cell.row_span):
                for c in range(cell.column, cell.column + cell.column_span):
                    rows[r][c] = cell
        return rows


@dataclass(frozen=True)
class Bar:
    """One data label of a chart and what it stands for."""

    label: Word
    category: str
    series: str


@dataclass
class Chart:
    title: str
    bars: list[Bar]
    page: int | None
    box: Box | None
    unread: str = ""
    """Why figures of this chart could not be read, empty where they could."""


Block = Heading | Paragraph | Table | Chart


@dataclass
class Reading:
    """A document as read: its blocks in reading order."""

    blocks: list[Block]
    pages: int
    warnings: list[str] = field(default_factory=list)
    unread_pages: list[int] = field(default_factory=list)
    """Pages that are pictures only and were not read, 1-based."""
    ocr_pages: list[int] = field(default_factory=list)
    """Pages that were read by OCR, 1-based."""

    @property
    def text(self) -> str:
        """All running text and headings, a line a block."""
        lines = []
        for block in self.blocks:
            if isinstance(block, Heading | Paragraph):
                lines.append(block.text)
            elif isinstance(block, Table):
                lines += [cell.text for cell in block.cells]
        return "\n".join(lines)


class UnreadableError(Exception):
    """A file cannot be read; the message says why and what to do, without the file's name."""
