"""What a workbook held when it was sent, so that an edit in the wrong place is noticed and not ignored."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

PROPERTY = "councilbench sheets"
"""Custom property of the workbook: a digest for every worksheet but the one that is meant to be changed."""
RESTS_ON = "Rests on figures"
"""Column with the ids of the figures that values rest on."""


def seal(book: Any, changeable: str) -> None:
    """Note in an openpyxl workbook what its worksheets hold; `changeable` is the one that councils may change."""
    from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415  (slow to import)

    held = {page.title: _digest(page) for page in book.worksheets if page.title != changeable}
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=json.dumps(held)))


def edited_elsewhere(path: Path, changeable: str, ids: set[str]) -> list[str]:
    """A sentence for each other worksheet that was changed, and for the figures whose rows are gone; none for a workbook without a seal.

    `ids` are the figures that stand on the changeable worksheet. Raises what openpyxl raises for a damaged workbook.
    """
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(path)
    found = next((p.value for p in book.custom_doc_props.props if p.name == PROPERTY), "")
    try:
        held = json.loads(found) if found else {}
    except json.JSONDecodeError:
        held = {}
    said = [
        f"the worksheet {name!r} was changed; corrections are taken from the worksheet {changeable!r} alone, so make the change there"
        for name, digest in held.items()
        if name in book.sheetnames and _digest(book[name]) != digest
    ]
    gone = sorted(_rested_on(book) - ids) if held else []
    if gone:
        said.append(
            f"{'a row' if len(gone) == 1 else f'{len(gone)} rows'} of the worksheet {changeable!r} {'is' if len(gone) == 1 else 'are'} gone "
            f"({', '.join(gone[:5])}{', …' if len(gone) > 5 else ''}), which changes nothing; "
            "write [x] in the column Value where the report holds no such figure"
        )
    return said


def _digest(page: Any) -> str:
    """Of the texts and numbers of a worksheet; formulas are left out, because programs write them in ways of their own."""
    told = sha256()
    for line in page.iter_rows():
        for cell in line:
            value = cell.value
            if value is None or value == "" or (isinstance(value, str) and value.startswith("=")):
                continue
            text = f"{value:.9g}" if isinstance(value, int | float) else " ".join(str(value).split())
            told.update(f"{cell.coordinate}\t{text}\n".encode())
    return told.hexdigest()[:16]


def _rested_on(book: Any) -> set[str]:
    """The ids of figures that values of the workbook rest on."""
    found: set[str] = set()
    for page in book.worksheets:
        column = None
        for line in page.iter_rows(values_only=True):
            if column is None:
                column = line.index(RESTS_ON) if RESTS_ON in line else None
            elif column < len(line) and line[column]:
                found |= {name for name in str(line[column]).split() if len(name) == _ID_LENGTH}
    return found


_ID_LENGTH = 12
