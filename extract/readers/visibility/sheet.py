"""Excel: which cells of a workbook are seen.

Source: ECMA-376-1:2016, 18.3.1.13 and 18.3.1.73 (columns and rows), 18.8.30 (number formats), 18.8.19 (indexed and
theme colours).
"""

from __future__ import annotations

import re
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import range_boundaries

from extract.readers.visibility import FAINTEST, SMALLEST

_THEME = {0: "FFFFFF", 1: "000000"}
"""The first two colours of a theme are white and black in all but a few; others are not looked up."""
_DARK_HEADS = re.compile(r"TableStyle(?:Medium|Dark|Light(?:[89]|1[0-4]))")
"""Styles of tables that may set the first and the last row off; of the light ones these do."""


class Look:
    """How a sheet looks."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._rows = {r for r, d in sheet.row_dimensions.items() if d.hidden or d.height == 0}
        self._columns: set[int] = set()
        for dimension in sheet.column_dimensions.values():
            if dimension.hidden or dimension.width == 0:
                first = dimension.min or 0
                self._columns.update(range(first, min(dimension.max or first, 16_384) + 1))
        if sheet.sheet_format.zeroHeight:
            self._rows |= {r for r in range(1, sheet.max_row + 1) if r not in sheet.row_dimensions}
        self._painted = [
            range_boundaries(part) for rule in sheet.conditional_formatting for part in str(rule.sqref).split()
        ]
        self._heads = [h for t in sheet.tables.values() for h in _set_off(t)]

    def hides_row(self, row: int) -> bool:
        return row in self._rows

    def hides(self, cell: Any) -> bool:
        """True for a cell whose value nobody sees."""
        if cell.row in self._rows or cell.column in self._columns:
            return True
        return _format_hides(cell) or self._plain(cell)

    def _plain(self, cell: Any) -> bool:
        """True where the font of the whole cell is struck out, tiny, or of the colour of what is behind it."""
        if isinstance(cell.value, CellRichText) or not cell.has_style:
            return False
        behind = any(_inside(cell, area) for area in (*self._painted, *self._heads))
        return _lost(cell.font, "" if behind else _paper(cell))


def parts_seen(cell: Any) -> str | None:
    """What is seen of a text that is set in several fonts; None for other values, and where all of it is."""
    value = cell.value
    if not isinstance(value, CellRichText):
        return None
    paper = _paper(cell)
    parts = [part.text if isinstance(part, TextBlock) else str(part) for part in value]
    kept = [
        text
        for text, part in zip(parts, value, strict=True)
        if not isinstance(part, TextBlock) or not _lost(part.font, paper)
    ]
    return "".join(kept) if len(kept) < len(parts) else None


def _lost(font: Any, paper: str) -> bool:
    """True for a font that is struck out, tiny, or of the colour of what is behind it."""
    ink = _colour(font.color, "000000")
    faint = bool(ink and paper and _apart(ink, paper) < FAINTEST)
    return bool(faint or font.strike or (font.sz is not None and font.sz < SMALLEST))


def _format_hides(cell: Any) -> bool:
    """True where the number format prints nothing for the value, as `;;;` does."""
    form = str(cell.number_format or "")
    if ";" not in form or cell.value is None:
        return False
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', form)
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return len(sections) > 3 and not sections[3].strip() if isinstance(value, str) else False
    if value > 0 or (value == 0 and len(sections) < 3):
        return not sections[0].strip()
    return not sections[1 if value < 0 else 2].strip()


def _set_off(table: Any) -> list[tuple[int, int, int, int]]:
    """Areas of a table that its style may fill with a dark colour."""
    style = table.tableStyleInfo.name if table.tableStyleInfo else None
    if not style or not _DARK_HEADS.match(style):
        return []
    x0, top, x1, bottom = range_boundaries(table.ref)
    if "Dark" in style:
        return [(x0, top, x1, bottom)]
    areas = [(x0, top, x1, top)] if table.headerRowCount != 0 else []
    if table.totalsRowCount:
        areas.append((x0, bottom, x1, bottom))
    if table.tableStyleInfo.showFirstColumn:
        areas.append((x0, top, x0, bottom))
    if table.tableStyleInfo.showLastColumn:
        areas.append((x1, top, x1, bottom))
    return areas


def _inside(cell: Any, area: tuple[int, int, int, int]) -> bool:
    return area[0] <= cell.column <= area[2] and area[1] <= cell.row <= area[3]


def _paper(cell: Any) -> str:
    """The colour behind a cell's text, empty where it is not known."""
    fill = cell.fill
    kind = getattr(fill, "fill_type", None)
    if kind is None or kind == "none":
        return "FFFFFF"
    return _colour(fill.fgColor, "") if kind == "solid" else ""


def _colour(colour: Any, default: str) -> str:
    """Six hexadecimal digits, empty where the colour is not known."""
    if colour is None:
        return default
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:].upper()
    if colour.type == "theme":
        return "" if colour.tint else _THEME.get(colour.theme, "")
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return str(COLOR_INDEX[colour.indexed])[-6:].upper()
    return default


def _apart(a: str, b: str) -> int:
    return max(abs(int(a[n : n + 2], 16) - int(b[n : n + 2], 16)) for n in (0, 2, 4))
