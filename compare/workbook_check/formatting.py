"""Formatting: page headers, what floats over the cells, fill and colours."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from compare.workbook_check.book import Place, Sheet, at, fonts_of
from compare.workbook_check.colour import contrast
from compare.workbook_check.items import LEAST_CONTRAST, Finding, found

_DRAWN = {"box": "text-boxes", "image": "images", "chart": "charts"}


def page(sheet: Sheet) -> Iterator[Finding]:
    parts = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    if any(getattr(sheet.source, part) for part in parts):
        yield found("header-footer", sheet.title)
    for kind in sorted(sheet.drawn):
        yield found(_DRAWN[kind], sheet.title)


_STYLE_WITH_FILL = re.compile(r"TableStyle(Medium|Dark)\d+|TableStyleLight(8|9|10|11|12|13|14)")


def fill(sheet: Sheet) -> Iterator[Finding]:
    """Background fill of cells, even of empty ones, of whole rows and columns, and of tables."""
    cells = [place for place, look in sheet.looks.items() if look.filled]
    yield from at("fill", sheet, cells, "The cell has")
    if sheet.painted and not cells:
        yield found("fill", sheet.title, what=f"{sheet.painted[0]} has", others=len(sheet.painted) - 1)
    for table in sheet.source.tables.values():
        style = table.tableStyleInfo
        name = (style.name or "") if style is not None else ""
        striped = name.startswith("TableStyleLight") and (style.showRowStripes or style.showColumnStripes)
        if striped or _STYLE_WITH_FILL.fullmatch(name):
            corner = table.ref.partition(":")[0]
            yield found("fill", sheet.title, corner, f"The style of the table, {name}, gives it")
            return


def colours(sheet: Sheet) -> Iterator[Finding]:
    weak = {place: ratio for place in sheet.cells if (ratio := _weakest(sheet, place)) < LEAST_CONTRAST}
    if weak:
        yield from at("contrast", sheet, weak, f"{math.floor(10 * weak[min(weak)]) / 10}")
    for area in sheet.source.conditional_formatting:
        if any(_colours_only(rule) for rule in area.rules):
            yield found("colour-rules", sheet.title, re.split(r"[: ]", str(area.sqref))[0])
            return


def _weakest(sheet: Sheet, place: Place) -> float:
    """The lowest contrast in a cell; 21 where no colour is known."""
    look = sheet.looks[place]
    known = [look.contrast, *(contrast(font.color, look.background) for font in fonts_of(sheet.cells[place]))]
    return min((ratio for ratio in known if ratio is not None), default=21.0)


def _colours_only(rule: Any) -> bool:
    """True for colour scales, bars and icons, and for rules that set a fill or a colour of text."""
    if rule.type in {"colorScale", "dataBar", "iconSet"}:
        return True
    style = rule.dxf
    return style is not None and (style.fill is not None or (style.font is not None and style.font.color is not None))
