"""A form for councils that publish no report: made as a workbook, and taken back in with `method` `supplied`."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.councils import find, valid_on
from corpus.outputs import write_output
from extract.model import UnreadableError
from extract.readers import check_office
from normalise import periods
from normalise.codes import rows_of

TITLE = "Complaints about children's social care: return form"
SHEET = "Figures"
COVER = "About this return"
HEADS = ("Figure", "Unit", "Value", "Remarks", "Row")
_UNITS = {"count": "complaints", "working_days": "working days", "gbp": "pounds"}
_ASKED = ("Council", "Year", "Completed by", "Date")


def rows() -> list[dict[str, str]]:
    """The figures that the form asks for, as rows of `vocabulary/return_form.csv`."""
    text = (files("normalise") / "vocabulary" / "return_form.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def write(path: Path, council: str = "", period: str = "") -> None:
    """Write an empty form (.xlsx), with council and year filled in where they are given."""
    write_output(path, lambda temporary: _write(temporary, council, period))


def _write(path: Path, council: str, period: str) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  (slow to import)
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.worksheet.table import Table  # noqa: PLC0415

    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = COVER
    given = {"Council": council, "Year": period}
    lines = [
        (TITLE, ""),
        (
            "Please fill in column B below, and column C of the sheet Figures. Leave empty what you do not record; write 0 only for none.",
            "",
        ),
        ("Years run from 1 April to 31 March and are written as 2023-24. Save the workbook and send it back.", ""),
        *((name, given.get(name, "")) for name in _ASKED),
    ]
    for line in lines:
        cover.append(list(line))
    cover["A1"].font = Font(bold=True, size=16)
    cover.column_dimensions["A"].width, cover.column_dimensions["B"].width = 60, 32
    for cell in cover["A"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in cover["B"]:
        cell.number_format = "@"
    sheet = book.create_sheet(SHEET)
    sheet.append(list(HEADS))
    for n, row in enumerate(rows(), 1):
        sheet.append([row["label"], _UNITS[row["unit"]], None, None, n])
    for column, width in zip("ABCDE", (52, 16, 14, 40, 8), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.add_table(Table(displayName="figures", ref=f"A1:E{sheet.max_row}"))
    book.properties.title = TITLE
    book.properties.language = "en-GB"
    book.save(path)


def is_form(path: Path) -> bool:
    """True for a workbook that is a return form, whatever its name."""
    if path.suffix.lower() != ".xlsx":
        return False
    try:
        check_office(path)
        from openpyxl import load_workbook  # noqa: PLC0415

        book = load_workbook(path, read_only=True)
        try:
            return {COVER, SHEET} <= set(book.sheetnames)
        finally:
            book.close()
    except Exception:  # not a workbook that can be opened: no form
        return False


def read(path: Path, slug: str, council: str = "", period: str = "") -> tuple[list[dict[str, Any]], str, str]:
    """The figures of a form that was sent back as rows of the common model, with the council and the year that it names.

    `council` and `period` given by the user win. Raises UnreadableError for a form without council, year or figures, and for a
    value that is no number, naming the row.
    """
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        cover = {
            str(r[0]): str(r[1] or "").strip() for r in book[COVER].iter_rows(max_col=2, max_row=40, values_only=True)
        }
        lines = list(book[SHEET].iter_rows(min_row=2, max_col=5, max_row=400, values_only=True))
    finally:
        book.close()
    found = find(council or cover.get("Council", ""))
    if found is None:
        raise UnreadableError(f"is a return form that does not name its council; fill in {COVER!r}, cell B4")
    said = period or next(
        (s.period for s in periods.said(cover.get("Year", "")) if s.exact and periods.is_year(s.period)), ""
    )
    if not said:
        raise UnreadableError(f"is a return form that does not say its year; fill in {COVER!r}, cell B5, as 2023-24")
    asked = rows()
    by_label = {row["label"].casefold(): row for row in asked}
    result: list[dict[str, Any]] = []
    on = valid_on(found.short_name, _end(said))
    for at, line in enumerate(lines, 2):
        label, _, value, remark = (list(line) + [None] * 5)[:4]
        row = by_label.get(" ".join(str(label or "").split()).casefold())
        if row is None or value is None or str(value).strip() == "":
            continue
        result.append(
            {
                **{k: row[k] for k in ("procedure", "stage", "measure", "category", "label", "unit")},
                "document": slug, "authority": found.short_name, "authority_code": on.gss_code if on else "",
                "la_number": on.la_number if on else "", "period": said, "scope": "children", "value": _number(value, at, str(label)),
                "value_low": None, "value_high": None, "value_status": "", "base": "", "status": "published", "method": "supplied",
                "page": None, "bbox": "", "confidence": 0.99,
                "quote": f"Return form, sheet {SHEET}, row {at}: {label}" + (f" ({remark})" if remark else ""),
            }
        )  # fmt: skip
    if not result:
        raise UnreadableError(f"is a return form without figures; fill in column C of the sheet {SHEET}")
    for row in result:
        row["quote"] = row["quote"][:240]
    return rows_of(result), found.short_name, said


def _end(period: str) -> Any:
    from datetime import date  # noqa: PLC0415

    return date(periods.start_of(period) + 1, 3, 31)


def _number(value: object, at: int, label: str) -> float:
    text = str(value).replace(",", "").replace("£", "").strip()
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise UnreadableError(
            f"is a return form in which {label!r} (sheet {SHEET}, row {at}) is {value!r}, which is no number; correct it, or leave it empty"
        )
    return number
