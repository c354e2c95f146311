"""A workbook in the shape that the checks need."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from compare.workbook_check.items import Finding, found, short

Place = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(frozen=True)
class Look:
    """What a cell looks like, as far as the checklist asks."""

    wrapped: bool
    bold: bool
    size: float
    heading: bool
    superscript: bool
    filled: bool
    contrast: float | None
    background: str | None
    form: str


@dataclass(frozen=True)
class Region:
    """A table: marked up as one, or a block of cells that looks like one. `cells` are its filled cells."""

    name: str
    top: int
    left: int
    bottom: int
    right: int
    marked: bool
    headed: bool
    cells: Mapping[Place, Any]

    @property
    def corner(self) -> Place:
        return self.top, self.left

    @property
    def first(self) -> int:
        """The first row under the headings."""
        return self.top + 1 if self.headed else self.top

    def body(self) -> Iterator[tuple[Place, Any]]:
        """The filled cells under the headings."""
        return ((place, cell) for place, cell in self.cells.items() if place[0] >= self.first)

    def columns(self) -> dict[int, list[tuple[Place, Any]]]:
        """The filled cells under the headings, by column."""
        columns: dict[int, list[tuple[Place, Any]]] = {c: [] for c in sorted({c for _, c in self.cells})}
        for place, cell in self.body():
            columns[place[1]].append((place, cell))
        return columns

    def heading(self, column: int) -> str:
        """The heading of a column, or its letter."""
        cell = self.cells.get((self.top, column)) if self.headed else None
        words = words_of(cell).strip() if cell is not None else ""
        return words or get_column_letter(column)


@dataclass(frozen=True)
class Sheet:
    """A worksheet.

    `cells` are its filled cells in reading order, `texts` the texts among them, `looks` of them and of empty cells with a style,
    `loose` the filled cells outside tables, `said` the lines in column A above the table without the title, `painted` rows and
    columns with a fill, `drawn` what floats over the cells, `normal` the usual size of text.
    """

    title: str
    role: str
    source: Any
    cells: Mapping[Place, Any]
    texts: Mapping[Place, str]
    looks: Mapping[Place, Look]
    regions: tuple[Region, ...]
    loose: Mapping[Place, Any]
    said: tuple[str, ...]
    painted: tuple[str, ...]
    drawn: frozenset[str]
    normal: float

    @property
    def bottom(self) -> float:
        """The last row of the tables; endless where there is none."""
        return max((region.bottom for region in self.regions), default=math.inf)


@dataclass(frozen=True)
class Book:
    """A workbook. `names` are the names of sheets as they are stored, `members` those of the files in the package."""

    source: Any
    names: tuple[str, ...]
    members: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def words_of(cell: Any) -> str:
    """The text of a cell, empty where it holds none."""
    if cell.data_type in {"f", "e"}:
        return ""
    return str(cell.value) if isinstance(cell.value, str | list) else ""


def fonts_of(cell: Any) -> list[Any]:
    """The fonts of the parts of a text that is formatted in parts."""
    return [run.font for run in cell.value if hasattr(run, "font")] if isinstance(cell.value, list) else []


def is_number(cell: Any) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def name_of(place: Place) -> str:
    """The name of a cell, such as A1."""
    return f"{get_column_letter(place[1])}{place[0]}"


def at(item: str, sheet: Sheet, places: Iterable[Place], what: str = "") -> Iterator[Finding]:
    """One finding for all cells of a sheet that break an item: the first, and how many others; none for no cells."""
    listed = sorted(set(places))
    if listed:
        cell = sheet.cells.get(listed[0])
        text = what or short(str(cell.value) if cell is not None else "")
        yield found(item, sheet.title, name_of(listed[0]), text, len(listed) - 1)
