"""Excel workbooks: each block of filled cells of a sheet is a table, single lines of words are its headings."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from corpus.archive import text_inside
from extract.layout import text_passage
from extract.limits import limits
from extract.model import Block, Cell, Heading, Paragraph, Reading, Table, UnreadableError
from extract.readers import visibility
from extract.readers.visibility.sheet import Look, parts_seen

MOST_COLUMNS = 120
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})")
MOST_MERGED = 200_000
"""Cells that a workbook may merge: openpyxl makes an object of each."""


def read(path: Path) -> Reading:
    """Read a workbook. Raises UnreadableError where it is damaged or empty."""
    from openpyxl import load_workbook  # noqa: PLC0415  (only needed for workbooks)

    _check_sheets(path)
    try:
        book = load_workbook(path, data_only=True, rich_text=True)
    except Exception as error:  # openpyxl lets errors of zipfile and its XML parser through
        raise UnreadableError("is a damaged Excel workbook; open it in Excel, save it again, and try again") from error
    reading = Reading([], 1)
    hidden = False
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden = hidden or any(shown(cell) for row in _rows(sheet) for cell in row)
            continue
        reading.blocks.append(Heading(sheet.title, 2, None))
        if sheet.max_row > limits().rows or sheet.max_column > MOST_COLUMNS:
            reading.warnings.append(
                f"of sheet {sheet.title!r} the first {limits().rows:,} rows and {MOST_COLUMNS} columns were read"
            )
        blocks, more = _sheet(sheet)
        reading.blocks += blocks
        hidden = hidden or more
    if hidden:
        reading.warnings.append(visibility.warning())
    if not any(isinstance(b, Table | Paragraph) for b in reading.blocks):
        raise UnreadableError("is an empty workbook, or its formulas were never calculated; save it again in Excel")
    return reading


def _check_sheets(path: Path) -> None:
    """Raises UnreadableError for sheets that are too large to load."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415

    most = limits().megabytes * 1_000_000 // 3
    merged = 0
    for name, size in text_inside(path).items():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        if size > most:
            raise UnreadableError(
                f"has a sheet of more than {most // 1_000_000} MB, a register of cases and no report; keep the sheets with the figures and try again"
            )
        with zipfile.ZipFile(path) as book:
            for area in _MERGED.findall(book.read(name)):
                left, top, right, bottom = range_boundaries(area.decode())
                merged += (right - left + 1) * (bottom - top + 1)
    if merged > MOST_MERGED:
        raise UnreadableError(
            f"has merged areas of more than {MOST_MERGED:,} cells; undo the merging of whole rows and columns in Excel and try again"
        )


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(
        max_row=min(sheet.max_row, limits().rows), max_col=min(sheet.max_column, MOST_COLUMNS)
    )
    return rows


def _sheet(sheet: Any) -> tuple[list[Block], bool]:
    """The blocks of a sheet, and whether it has cells that cannot be seen."""
    spans = {(m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1) for m in sheet.merged_cells}
    look = Look(sheet)
    hidden = False
    blocks: list[Block] = []
    rows: list[list[tuple[int, str, int, int]]] = []
    for row in _rows(sheet):
        filled = []
        for cell in row:
            text, lost = _seen(cell, look)
            hidden = hidden or lost
            if text:
                filled.append((cell.column, text, *spans.get((cell.row, cell.column), (1, 1))))
        if look.hides_row(row[0].row):
            continue
        if filled and not (len(filled) == 1 and not rows):
            rows.append(filled)
        else:
            blocks += _block(rows)
            rows = []
            blocks += [_line(text) for _, text, _, _ in filled]
    return blocks + _block(rows), hidden


def _seen(cell: Any, look: Look) -> tuple[str, bool]:
    """What a cell shows, and whether it holds more than that."""
    text = shown(cell)
    if not text:
        return "", False
    if look.hides(cell):
        return "", cell.value != 0 and visibility.has_words(text)  # a nought that is left blank tells nothing
    part = parts_seen(cell)
    return (text, False) if part is None else (" ".join(part.split()), True)


def _line(text: str) -> Block:
    """A line of words alone: a heading, or a note where it is long."""
    return Heading(text, 4, None) if len(text) < 110 and not text.endswith(".") else Paragraph(text_passage(text), None)


def _block(rows: list[list[tuple[int, str, int, int]]]) -> list[Block]:
    if not rows:
        return []
    if len(rows) == 1:
        return [Paragraph(text_passage(" – ".join(text for _, text, _, _ in rows[0])), None)]
    first = min(column for row in rows for column, *_ in row)
    cells = [
        Cell(text_passage(text), r, column - first, min(down, len(rows) - r), across)
        for r, row in enumerate(rows)
        for column, text, down, across in row
    ]
    return [Table(cells, None, None, "sheet")]


def shown(cell: Any) -> str:
    """A cell's value as Excel shows it, as far as reports need: percentages, money, whole numbers, dates."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d %B %Y}"
    if isinstance(value, int | float):
        form = str(cell.number_format or "")
        if "%" in form:
            return f"{round(value * 100, 4):g}%"
        text = f"{round(value, 4):.10g}"
        return f"£{text}" if "£" in form else text
    return " ".join(str(value).split())
