"""Check of a workbook against the checklist for accessible spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from compare.workbook_check import formatting, notes, shorthand, structure, tables, texts, values, widths
from compare.workbook_check.book import Book, Sheet
from compare.workbook_check.items import ITEMS, Finding
from compare.workbook_check.opening import opened
from compare.workbook_check.safety import NotAWorkbookError

__all__ = ["ITEMS", "Finding", "NotAWorkbookError", "check"]

_OF_BOOKS: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    structure.properties,
    structure.cursor,
    structure.macros,
    structure.sheet_names,
    structure.sheet_order,
    structure.contents,
    notes.notes,
    structure.chart_sheets,
)
_OF_SHEETS: tuple[Callable[[Sheet], Iterator[Finding]], ...] = (
    texts.title,
    texts.column_a,
    tables.markup,
    tables.names_and_places,
    tables.headings,
    tables.merged,
    tables.blanks,
    tables.hiding,
    widths.fit,
    texts.signs,
    notes.markers,
    texts.links,
    formatting.page,
    formatting.fill,
    formatting.colours,
    shorthand.codes,
    shorthand.instead_of_values,
    values.types,
    values.cells,
)


def check(path: Path) -> list[Finding]:
    """The faults of a workbook, those of the whole workbook first, then sheet by sheet.

    An item is found once a sheet, at the first cell at fault, with the number of further ones. Raises NotAWorkbookError for a
    file that is no .xlsx, is protected by a password, damaged or too large, OSError where it cannot be opened.
    """
    book = opened(path)
    found = [finding for work in _OF_BOOKS for finding in work(book)]
    return found + [finding for sheet in book.sheets for work in _OF_SHEETS for finding in work(sheet)]
