"""A worksheet of openpyxl as the checks need it: its role, tables, looks and the text above."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl.utils import range_boundaries

from compare.workbook_check.book import Look, Place, Region, Sheet, words_of
from compare.workbook_check.colour import contrast, has_fill, rgb_of

MOST_TABLES = 100

_ROLES = {
    "cover": ("cover", "cover sheet", "cover page", "title page"),
    "contents": ("contents", "table of contents", "contents page", "list of tables", "index", "toc"),
    "notes": ("notes", "note", "footnotes", "notes page"),
}


def sheet_of(source: Any, drawn: frozenset[str], normal: float) -> Sheet:
    """A worksheet; `drawn` is what floats over its cells, `normal` the usual size of text."""
    # The cells that exist: a walk over rows and columns would make millions for one cell in the last corner.
    cells = {place: cell for place, cell in sorted(source._cells.items()) if _filled(cell)}
    texts = {place: words for place, cell in cells.items() if (words := words_of(cell))}
    role = _role(source.title)
    regions = tuple(_marked(table, cells) for table in itertools.islice(source.tables.values(), MOST_TABLES))
    if not regions and role != "cover":
        regions = tuple(looks_like_a_table(cells))
    within = {place for region in regions for place in region.cells}
    loose = {place: cell for place, cell in cells.items() if place not in within}
    top = min((region.top for region in regions), default=math.inf)
    said = tuple(texts[row, 1] for row, column in loose if column == 1 and 1 < row < top and (row, 1) in texts)
    looks = _looks(source, cells, normal)
    return Sheet(source.title, role, source, cells, texts, looks, regions, loose, said, _painted(source), drawn, normal)


def looks_like_a_table(cells: Mapping[Place, Any]) -> Iterator[Region]:
    """The block from the first to the last row with two filled cells, where there are two such rows."""
    filled = Counter(row for row, _ in cells)
    rows = [row for row, count in filled.items() if count > 1]
    if len(rows) > 1:
        top, bottom = min(rows), max(rows)
        inside = {p: c for p, c in cells.items() if top <= p[0] <= bottom}
        left, right = min(c for _, c in inside), max(c for _, c in inside)
        yield Region("", top, left, bottom, right, False, True, inside)


def _filled(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _role(title: str) -> str:
    """`cover`, `contents`, `notes` or `data`, by the name of a sheet."""
    plain = " ".join(re.sub(r"[_\-.]", " ", title).casefold().split())
    return next((role for role, names in _ROLES.items() if plain in names), "data")


def _marked(table: Any, cells: Mapping[Place, Any]) -> Region:
    left, top, right, bottom = range_boundaries(table.ref)
    inside = {p: c for p, c in cells.items() if top <= p[0] <= bottom and left <= p[1] <= right}
    return Region(table.displayName, top, left, bottom, right, True, table.headerRowCount > 0, inside)


def _looks(source: Any, cells: Mapping[Place, Any], normal: float) -> dict[Place, Look]:
    """The looks of filled cells and of those with a style; cells of one style share one."""
    styles: dict[int, Look] = {}
    looks: dict[Place, Look] = {}
    for place, cell in source._cells.items():
        if place in cells or cell.has_style:
            style = cell.style_id
            if style not in styles:
                styles[style] = _look(cell, normal)
            looks[place] = styles[style]
    return looks


def _look(cell: Any, normal: float) -> Look:
    font, fill = cell.font, cell.fill
    filled = has_fill(fill)
    background = "FFFFFF" if not filled else rgb_of(fill.fgColor) if fill.fill_type == "solid" else None
    return Look(
        wrapped=bool(cell.alignment.wrap_text),
        bold=bool(font.b),
        size=max(float(font.sz or normal), 1.0),
        heading=re.match(r"title|head", cell.style, re.IGNORECASE) is not None,
        superscript=font.vertAlign == "superscript",
        filled=filled,
        contrast=contrast(font.color, background),
        background=background,
        form=cell.number_format,
    )


def _painted(source: Any) -> tuple[str, ...]:
    """Rows and columns with a fill."""
    return tuple(
        f"{kind} {key}"
        for kind, dimensions in (("Row", source.row_dimensions), ("Column", source.column_dimensions))
        for key, dimension in dimensions.items()
        if dimension.has_style and has_fill(dimension.fill)
    )
