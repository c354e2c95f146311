"""Tables on a worksheet: markup, place, headings, blanks, and what is hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from compare.workbook_check.book import Region, Sheet, at, is_number, words_of
from compare.workbook_check.items import Finding, found, short
from compare.workbook_check.marks import markers, no_value
from compare.workbook_check.sheets import looks_like_a_table

_DEFAULT_TABLE = re.compile(r"(table|tableau|tabelle|tabla|tabela|tabella)\d+|__anonymous_sheet_db__\d*", re.IGNORECASE)


def markup(sheet: Sheet) -> Iterator[Finding]:
    for region in sheet.regions:
        if not region.marked:
            yield from at("table-markup", sheet, [region.corner], "The cells look like a table and are")
    if not sheet.regions and sheet.role in {"contents", "notes"} and sheet.cells:
        yield found("table-markup", sheet.title, what=f"The {sheet.role} are")
    elif sheet.regions:
        for region in looks_like_a_table(sheet.loose):
            yield from at("table-markup", sheet, [region.corner], "Cells outside the table look like one more and are")
    if len(sheet.source.tables) > 1:
        yield from at("one-table", sheet, [sheet.regions[1].corner], str(len(sheet.source.tables)))


def names_and_places(sheet: Sheet) -> Iterator[Finding]:
    for region in sheet.regions:
        if region.marked and _DEFAULT_TABLE.fullmatch(region.name):
            yield from at("table-name", sheet, [region.corner], short(region.name))
        if region.left > 1:
            yield from at("table-start", sheet, [region.corner])
    yield from at("below-table", sheet, (place for place in sheet.loose if place[0] > sheet.bottom))


def headings(sheet: Sheet) -> Iterator[Finding]:
    for region in sheet.regions:
        if not region.headed:
            yield from at("header-row", sheet, [region.corner], "has no header row")
            continue
        if _second_header(region):
            yield from at("header-row", sheet, [(region.first, region.left)], "seems to have two header rows")
        row = {c: str(cell.value).strip() for (r, c), cell in region.cells.items() if r == region.top}
        nameless = next((c for c in range(region.left, region.right + 1) if c not in row), None)
        if nameless is None:
            nameless = next((c for c, words in row.items() if re.fullmatch(r"Column\d+", words)), None)
        if nameless is not None:
            yield from at("header-names", sheet, [(region.top, nameless)], "A column has no heading")
        same = [n for n, count in Counter(words.casefold() for words in row.values()).items() if count > 1]
        if same:
            column, words = [(c, words) for c, words in row.items() if words.casefold() == same[0]][1]
            yield from at("header-names", sheet, [(region.top, column)], f"Two columns have the heading {short(words)}")


def _second_header(region: Region) -> bool:
    """True where the first row under the headings has words in every column that holds numbers further down."""
    tops = []
    for column in region.columns().values():
        below = [cell for (row, _), cell in column if row > region.first]
        if any(map(is_number, below)) and all(is_number(cell) or markers(words_of(cell)) for cell in below):
            tops.append(next((words_of(cell) for (row, _), cell in column if row == region.first), ""))
    return bool(tops) and all(
        re.search(r"[A-Za-z]{2}", words) and not markers(words) and not no_value(words) for words in tops
    )


def merged(sheet: Sheet) -> Iterator[Finding]:
    ranges = {(m.min_row, m.min_col): m.coord for m in sheet.source.merged_cells.ranges}
    if ranges:
        yield from at("merged-cells", sheet, ranges, ranges[min(ranges)])


def blanks(sheet: Sheet) -> Iterator[Finding]:
    """Blank rows and columns of tables, and single empty cells that nothing above the table explains."""
    explained = any(re.search(r"\b(blank|empty)\b", line, re.IGNORECASE) for line in sheet.said)
    for region in sheet.regions:
        body = dict(region.body())
        rows, columns = {r for r, _ in body}, {c for _, c in body}
        if count := region.bottom + 1 - region.first - len(rows):
            row = next(r for r in range(region.first, region.bottom + 1) if r not in rows)
            yield from at("blank-rows", sheet, [(row, region.left)], _many(count, "blank row"))
        if rows and (count := region.right + 1 - region.left - len(columns)):
            column = next(c for c in range(region.left, region.right + 1) if c not in columns)
            yield from at("blank-columns", sheet, [(region.top, column)], _many(count, "blank column"))
        if not explained and (count := len(rows) * len(columns) - len(body)):
            place = next((r, c) for r in sorted(rows) for c in sorted(columns) if (r, c) not in body)
            yield from at("empty-cells", sheet, [place], _many(count, "empty cell"))


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def hiding(sheet: Sheet) -> Iterator[Finding]:
    source = sheet.source
    filtered = [source.auto_filter.ref, *(t.ref for t in source.tables.values() if t.autoFilter is not None)]
    if area := next(filter(None, filtered), ""):
        yield found("filters", sheet.title, area.partition(":")[0])
    if source.sheet_view.pane is not None:
        yield found("frozen-panes", sheet.title, str(source.sheet_view.pane.topLeftCell or ""))
    if source.sheet_state != "visible":
        yield found("hidden", sheet.title, what="The worksheet is")
    rows = [row for row, d in source.row_dimensions.items() if d.hidden or d.ht == 0]
    yield from at("hidden", sheet, ((row, 1) for row in rows), "A row is")
    columns = [d.min for d in source.column_dimensions.values() if d.hidden or d.width == 0]
    yield from at("hidden", sheet, ((1, column) for column in columns), "A column is")
