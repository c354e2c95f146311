"""The dataset on disk: CSV that opens right in Excel, Parquet, and workbooks in which a year stays a year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.outputs import check_place, write_output
from corpus.own_table import guarded

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".csv", ".parquet", ".xlsx")


class UnknownFormatError(UsageError):
    """A file name ends in none of the formats that can be written."""


def check_out(path: Path, formats: tuple[str, ...] = FORMATS) -> None:
    """Raises UnknownFormatError where a file name ends in none of the formats, corpus.outputs.NotOursError where another's file is there."""
    if path.suffix.lower() not in formats:
        raise UnknownFormatError(f"{path}: cannot be written; use a name that ends in {', '.join(formats)}.")
    check_place(path)


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as .csv (UTF-8 with byte-order mark), .parquet or .xlsx, in one step.

    Raises UnknownFormatError for other endings, corpus.store.CannotWriteError where the file cannot be written.
    """
    check_out(path)
    ending = path.suffix.lower()
    if ending == ".csv":
        write_output(path, lambda temporary: temporary.write_bytes(csv_head(frame.columns) + csv_lines(frame)))
    elif ending == ".parquet":
        write_output(path, lambda temporary: frame.to_parquet(temporary, index=False))
    else:
        write_output(path, lambda temporary: _workbook(frame, temporary))


def csv_head(columns: Iterable[str]) -> bytes:
    """The first line of a CSV file for Excel, with its byte-order mark."""
    return f"\ufeff{','.join(columns)}\r\n".encode()


def write_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], path: Path) -> None:
    """Write rows as the CSV that `write` would write of a frame of them. Raises corpus.store.CannotWriteError."""
    lines = lines_of([row[c] for c in columns] for row in rows)
    write_output(path, lambda temporary: temporary.write_bytes(csv_head(columns) + lines))


def csv_lines(frame: pd.DataFrame) -> bytes:
    """The rows of a frame as lines of that file."""
    from normalise.rows import tuples  # noqa: PLC0415  (loads pandas)

    return lines_of(tuples(frame))


def lines_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows of plain values as lines of that file."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([_safe(v) for v in row] for row in rows)
    return buffer.getvalue().encode()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe in front."""
    return guarded(value) if isinstance(value, str) else value


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A file of the dataset with the types of its columns in fields.csv; a missing text is empty."""
    from normalise.export.columns import fields_of  # noqa: PLC0415

    kinds = {"string": "str", "number": "float64", "integer": "Int64"}
    wanted = {f.column: kinds[f.type] for f in fields_of(name) if f.column in frame}
    texts = {c: "" for c, kind in wanted.items() if kind == "str"}
    return frame.fillna(texts).astype(wanted)


def _workbook(frame: pd.DataFrame, path: Path) -> None:
    """One sheet, texts as texts: "2009-10" is no date and "=1+1" no formula."""
    import pandas as pd  # noqa: PLC0415  (slow to import)
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("observations")
    for n, column in enumerate(frame.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = (
            32 if column in ("quote", "label", "category", "document") else 16
        )
    sheet.append(list(frame.columns))
    for record in frame.itertuples(index=False):
        cells: list[object] = []
        for value in record:
            if pd.isna(value):
                cells.append(None)
                continue
            cell = WriteOnlyCell(sheet, value=_plain(value))
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    book.properties.title = "councilbench"
    book.properties.language = "en-GB"
    book.save(path)


_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def _plain(value: object) -> object:
    """A value that a workbook can hold: no control characters."""
    return value.translate(_CONTROL) if isinstance(value, str) else value


def read_observations(path: Path) -> pd.DataFrame:
    """Read an observations file back with the types of the common model. Raises ValueError where columns are missing."""
    import pandas as pd  # noqa: PLC0415

    from normalise.codes import COLUMNS  # noqa: PLC0415

    if path.suffix.lower() == ".parquet":
        frame = pd.read_parquet(path)
    elif path.suffix.lower() == ".xlsx":
        frame = pd.read_excel(path, dtype=str, keep_default_na=False)
    else:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [c for c in COLUMNS if c not in frame.columns]
    if missing:
        raise ValueError(f"has no column {', '.join(missing)}")
    frame = frame[list(COLUMNS)]
    for column in ("value", "value_low", "value_high", "confidence", "page"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    frame["page"] = frame["page"].astype("Int64")
    return frame
