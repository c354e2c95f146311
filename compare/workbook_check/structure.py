"""The whole workbook: properties, names and order of its worksheets, contents."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from compare.workbook_check.book import Book
from compare.workbook_check.items import Finding, found, short


def properties(book: Book) -> Iterator[Finding]:
    if not (book.source.properties.title or "").strip():
        yield found("document-title")
    language = (book.source.properties.language or "").strip()
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        said = f"the language {short(language)}, which is no language tag" if language else "no language"
        yield found("document-language", what=said)


def cursor(book: Book) -> Iterator[Finding]:
    sheets = book.source._sheets
    first = next((s for s in sheets if s.sheet_state == "visible"), sheets[0])
    active = book.source.active
    if active is not None and active.title != first.title:
        yield found("cursor", first.title, "A1", f"on the worksheet {short(active.title)}")
        return
    chosen = [s.activeCell for s in first.sheet_view.selection] if hasattr(first, "sheet_view") else []
    if chosen and "A1" not in chosen:
        yield found("cursor", first.title, str(chosen[0]), f"in cell {chosen[0]}")


def macros(book: Book) -> Iterator[Finding]:
    if any(re.search(r"vbaProject\.bin$|/macrosheets/|/activeX/", name, re.IGNORECASE) for name in book.members):
        yield found("macros")


_DEFAULT_NAME = re.compile(r"(sheet|feuil|tabelle|hoja|foglio|chart|worksheet)\s?\d*(\s?\(\d+\))?|copy of .*", re.IGNORECASE)  # fmt: skip


def sheet_names(book: Book) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name in book.names:
        key = re.sub(r"[\W_]", "", name.casefold()) or name
        if key in seen:
            yield found("sheet-name-unique", name, what=f"{short(seen[key])} and {short(name)}")
        seen.setdefault(key, name)
        if _DEFAULT_NAME.fullmatch(name.strip()):
            yield found("sheet-name", name, what=short(name))
        if name != name.strip():
            yield found("sheet-name-spaces", name, what=short(name))


_ORDER = ("cover", "contents", "notes", "data")


def sheet_order(book: Book) -> Iterator[Finding]:
    if all(sheet.role != "cover" for sheet in book.sheets):
        yield found("sheet-order", what="The workbook has no worksheet named Cover")
    for before, after in itertools.pairwise(book.sheets):
        if _ORDER.index(before.role) > _ORDER.index(after.role):
            yield found("sheet-order", after.title, what=f"The worksheet stands behind {short(before.title)}")
            return


def contents(book: Book) -> Iterator[Finding]:
    with_tables = [sheet for sheet in book.sheets if sheet.role == "data" and sheet.regions]
    lists = [sheet for sheet in book.sheets if sheet.role == "contents"]
    if not lists:
        if len(with_tables) > 1:
            yield found("contents", what="The workbook has several tables and no contents")
        return
    cells = [cell for sheet in lists for cell in sheet.cells.values()]
    listed = {" ".join(str(cell.value).casefold().split()) for cell in cells}
    for link in (cell.hyperlink for cell in cells if cell.hyperlink is not None):
        target = str(link.location or link.target or "").lstrip("#").rpartition("!")[0]
        listed.add(target.strip("'").replace("''", "'").casefold())
    for sheet in with_tables:
        name = " ".join(sheet.title.casefold().split())
        # A name of digits alone would be found in any number.
        inside = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") if not name.isdigit() else None
        if name not in listed and not (inside and any(inside.search(text) for text in listed)):
            yield found("contents", lists[0].title, what=f"The worksheet {short(sheet.title)} is not listed")


def chart_sheets(book: Book) -> Iterator[Finding]:
    for sheet in book.source.chartsheets:
        yield found("charts", sheet.title)
