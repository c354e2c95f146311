"""Texts and numbers against the width of their columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from compare.workbook_check.book import Place, Sheet, at, is_number
from compare.workbook_check.items import Finding

LONG_TEXT = 50
"""Characters from which a text is long (the threshold of aftables for a wider column)."""
LONG_LINE = 120
"""Characters that a line of a sheet without tables may have before it runs off the screen."""


def fit(sheet: Sheet) -> Iterator[Finding]:
    """Texts and numbers that do not fit in their columns; two characters are let pass, since letters differ in width."""
    widths = _widths(sheet)
    merged = {(m.min_row, m.min_col) for m in sheet.source.merged_cells.ranges}
    long: list[Place] = []
    narrow: list[Place] = []
    for place, cell in sheet.cells.items():
        if place in merged:
            continue
        look, words = sheet.looks[place], sheet.texts.get(place, "")
        room = (widths[place[1]] + 2) * sheet.normal / look.size
        if not words:
            if _shown_length(cell, look.form) > room:
                narrow.append(place)
        elif look.wrapped:
            if max(map(len, words[:5_000].split()), default=0) > room and "://" not in words:
                narrow.append(place)
        elif len(words) > room:
            # Beside an empty cell outside a table a line is shown whole, unless it runs off the screen.
            if place not in sheet.loose or (place[0], place[1] + 1) in sheet.cells:
                (long if len(words) > LONG_TEXT else narrow).append(place)
            elif not sheet.regions and len(words) > LONG_LINE:
                long.append(place)
    yield from at("wrap-text", sheet, long)
    yield from at("column-width", sheet, narrow)


def _widths(sheet: Sheet) -> Mapping[int, float]:
    """Columns with their widths in characters."""
    form = sheet.source.sheet_format
    usual = float(form.defaultColWidth or (form.baseColWidth or 8) + 0.43)
    widths: dict[int, float] = defaultdict(lambda: usual)
    for dimension in sheet.source.column_dimensions.values():
        if dimension.max and dimension.width:
            widths |= dict.fromkeys(range(dimension.min, min(dimension.max, 16_384) + 1), float(dimension.width))
    return widths


def _shown_length(cell: Any, form: str) -> int:
    """How many characters a number or date needs at least; a General number is rounded to fit, but not its whole part."""
    value = cell.value
    if isinstance(value, date):
        return 8
    if not (is_number(cell) and -1e15 <= value <= 1e15):
        return 0
    decimals = re.search(r"0\.(0+)", form)
    whole = f"{abs(value) * (100 if '%' in form else 1):{',' if ',' in form else ''}.0f}"
    return len(whole) + (len(decimals[0]) - 1 if decimals else 0) + (value < 0) + ("%" in form) + ("£" in form)
