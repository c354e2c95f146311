"""Tables that a user keeps in a workspace as CSV: rows with their line numbers, and errors that name the line.

Who edits them uses Excel: what a file is saved as stays (UTF-8 or Windows-1252), and so do columns that the program does not know. What is
damaged is told and never guessed: a row that is cut short would be read as one that says less.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.councils import the_one
from corpus.errors import UsageError, WorkspaceError
from corpus.store import write_atomically

Row = dict[str, str]
LEADS = ("=", "+", "-", "@", "\t", "\r", "\x00")
"""What a spreadsheet would take for the start of a formula (OWASP ASVS 1.2.10); such a text gets an apostrophe in front."""
_YEAR = re.compile(r"((?:19|20)\d\d)\s?[-/–]\s?(?:19|20)?(\d\d)")
UTF_8, WINDOWS = "utf-8-sig", "cp1252"


@dataclass(frozen=True)
class OwnTable:
    """A table as it stands in its file."""

    columns: tuple[str, ...]
    rows: list[tuple[int, Row]]
    """Line number and cells, without spaces around them and without what guards a formula."""
    encoding: str = UTF_8


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("Bury")
    ("'=1+1", 'Bury')
    """
    return f"'{text}" if text.lstrip(" ").startswith(LEADS) else text


def unguarded(text: str) -> str:
    """The text itself."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(LEADS) else text


def table(path: Path, columns: Sequence[str]) -> OwnTable:
    """A table with these columns and perhaps others; one without rows where there is no file.

    Raises WorkspaceError for a file that cannot be opened or is damaged, and for a column that is missing, naming file and line.
    """
    if not path.exists():
        return OwnTable(tuple(columns), [])
    text, encoding = _decoded(path)
    lines = _lines(path, text)
    if not lines:
        return OwnTable(tuple(columns), [], encoding)
    at, head = lines[0]
    names = [name.strip() for name in head]
    if len(names) == 1 and ";" in names[0]:
        raise WorkspaceError(
            f"{path}, line {at}: is separated by semicolons; save it from Excel as CSV with commas, or replace each semicolon by a comma."
        )
    if missing := [c for c in columns if c not in names]:
        raise WorkspaceError(
            f"{path}, line {at}: has no column {' and no column '.join(missing)}; the columns are {', '.join(columns)}."
        )
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise WorkspaceError(f"{path}, line {at}: has the column {twice[0]} twice; take one of them out.")
    rows = []
    for number, cells in lines[1:]:
        if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
            raise WorkspaceError(
                f"{path}, line {number}: has {len(cells)} cells where the first line has {len(names)}; the file was cut or a comma is missing or too many. "
                "Put the line right, or take the file back from a copy."
            )
        rows.append((number, {n: unguarded(c.strip()) for n, c in zip(names, cells, strict=False) if n}))
    return OwnTable(tuple(filter(None, names)), rows, encoding)


def read(path: Path, columns: Sequence[str]) -> list[tuple[int, Row]]:
    """Line number and cells of each row; no rows without the file. Raises as table does."""
    return table(path, columns).rows


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]], encoding: str = UTF_8) -> None:
    """Write a table in one step; a character that the encoding does not have makes it UTF-8. Raises corpus.store.CannotWriteError."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(row.get(c, "")) for c in columns] for row in rows)
    try:
        data = out.getvalue().encode(encoding)
    except UnicodeEncodeError:
        data = out.getvalue().encode(UTF_8)
    write_atomically(path, lambda temporary: temporary.write_bytes(data))


def _decoded(path: Path) -> tuple[str, str]:
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise WorkspaceError(f"{path}: is a folder where a file should be; move it away.") from error
    except OSError as error:
        raise WorkspaceError(
            f"{path}: cannot be opened ({error.strerror or error}); close it in other programs, or ask for the right to read it."
        ) from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WorkspaceError(f'{path}: is saved as "Unicode text" (UTF-16); save it from Excel as CSV UTF-8.')
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise WorkspaceError(f"{path}, line {line}: is damaged or no CSV file; take it back from a copy.")
    try:
        return data.decode(UTF_8), UTF_8
    except UnicodeDecodeError:
        return data.decode(WINDOWS, "replace"), WINDOWS


def _lines(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of each line that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begin, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise WorkspaceError(
            f"{path}, line {begin}: is damaged ({error}); a quotation mark may be missing. Put the line right, or take the file back from a copy."
        ) from error
    return found


def council_in(where: str, name: str) -> str:
    """The short name of a council that a row names. Raises WorkspaceError, with `where` it stands, for a name that is none."""
    try:
        return the_one(name)
    except UsageError as error:
        raise WorkspaceError(f"{where}: {error.sentence}") from error


def year_in(where: str, text: str) -> str:
    """A year that a row names: a financial year as 2009-10, a calendar year as 2009. Raises WorkspaceError, with `where` it stands, for what is none."""
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return text
    match = _YEAR.fullmatch(text)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise WorkspaceError(
            f"{where}: {text!r} is no financial year; write it as 2009-10. Where Excel has made a date of it, set the column to Text first."
        )
    return f"{match[1]}-{match[2]}"
