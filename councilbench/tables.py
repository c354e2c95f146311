"""The tables of documents as read, before anything is made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import extract
from corpus.document import Document
from corpus.outputs import write_output, write_output_text
from extract.model import Table
from normalise.dataset import check_out

FORMATS = (".json", ".xlsx")
_CONFIDENCE = {
    "rulings": 0.95,
    "word": 0.98,
    "html": 0.98,
    "sheet": 0.95,
    "tabs": 0.95,
    "pipes": 0.98,
    "alignment": 0.85,
    "camelot": 0.7,
}
"""How far a grid found in each way may be relied on, others 0.8: an order of trust that was not yet measured."""


def tables_of(document: Document) -> list[dict[str, Any]]:
    """The tables of a document, one entry a page: `document`, `page`, `bbox`, `rows`, `method`, `confidence`.

    `page` is null for sources without pages; `bbox` is x0, top, x1, bottom in PDF points from the top left corner. A cell
    that spans several places stands in the first. Raises extract.UnreadableError for a file that cannot be read.
    """
    found = []
    for block in extract.read(document.path).blocks:
        if isinstance(block, Table):
            found += _entries(block, document.slug)
    return found


def _entries(table: Table, slug: str) -> list[dict[str, Any]]:
    height, width = table.shape
    rows = [[""] * width for _ in range(height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    parts: dict[int | None, list[list[str]]] = {}
    for r, row in enumerate(rows):
        parts.setdefault(table.pages.get(r, table.page), []).append(row)
    return [
        {
            "document": slug,
            "page": page,
            "bbox": [round(v, 1) for v in table.box] if table.box and page == table.page else None,
            "rows": part,
            "method": table.method,
            "confidence": _CONFIDENCE.get(table.method, 0.8),
        }
        for page, part in parts.items()
    ]


def write(tables: list[dict[str, Any]], path: Path) -> None:
    """Write tables as .json or as a workbook with a sheet each. Raises UnknownFormatError for other endings."""
    check_out(path, FORMATS)
    if path.suffix.lower() == ".json":
        write_output_text(path, json.dumps(tables, ensure_ascii=False, indent=1))
    else:
        write_output(path, lambda temporary: _workbook(tables, temporary))


def _workbook(tables: list[dict[str, Any]], path: Path) -> None:
    """A list of the tables, then a sheet for each; texts as texts."""
    from openpyxl import Workbook  # noqa: PLC0415  (slow to import)

    book = Workbook()
    contents = book.active
    contents.title = "Tables"
    contents.append(["sheet", "document", "page", "rows", "columns", "method", "confidence"])
    for n, table in enumerate(tables, 1):
        sheet = book.create_sheet(f"{n}")
        for r, row in enumerate(table["rows"], 1):
            for c, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(r, c)
                    cell.value, cell.data_type = text, "s"
        contents.append(
            [
                n,
                table["document"],
                table["page"],
                len(table["rows"]),
                len(table["rows"][0]),
                table["method"],
                table["confidence"],
            ]
        )
    book.save(path)
