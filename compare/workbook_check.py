"""Check of a workbook against the checklist for accessible spreadsheets.

The items are those of the Analysis Function's "Making spreadsheets accessible: a brief checklist of the basics" (with the marks
essential and desirable that aftables and gptables give them), its rules for shorthand in tables, and its checklist for
machine-readable spreadsheets, as far as a machine can test them. Items without a mark there are desirable; the rules for shorthand
are rules, so they are essential.

Workbooks come from anybody: sizes are checked before anything is read, document types are refused, and pictures, charts, pivot
tables, links to other files and macros are counted but never opened.
"""

from __future__ import annotations

import io
import itertools
import math
import posixpath
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

MOST_BYTES = 50_000_000
MOST_UNPACKED = 500_000_000
MOST_TIMES = 100
"""How many times its size a workbook may inflate to, once that is over 10 MB (the limit of Apache POI)."""
MOST_ELEMENTS = 10_000_000
MOST_CELLS = 3_000_000
"""Of a whole workbook; merged cells and cells under one link count one by one, because openpyxl makes a cell of each."""
MOST_TABLES = 100
LONG_TEXT = 50
"""Characters from which a text is long (the threshold of aftables for a wider column)."""
LONG_LINE = 120
"""Characters that a line of a sheet without tables may have before it runs off the screen."""
LEAST_CONTRAST = 4.5
"""Web Content Accessibility Guidelines 2.2, success criterion 1.4.3, for text of normal size."""

_E, _D = "essential", "desirable"

ITEMS: dict[str, tuple[str, str]] = {
    # Tables
    "table-markup": (_E, "tables are marked up as Excel tables"),
    "one-table": (_D, "a worksheet has one table"),
    "table-name": (_D, "tables have meaningful names"),
    "table-start": (_E, "tables start in column A"),
    "below-table": (_D, "nothing stands below a table"),
    "header-row": (_E, "a table has exactly one header row, marked as such"),
    "header-names": (_E, "column headings are filled and differ from each other"),
    "merged-cells": (_E, "no cells are merged"),
    "blank-rows": (_E, "no rows inside a table are blank"),
    "blank-columns": (_E, "no columns inside a table are blank"),
    "wrap-text": (_E, "long text is wrapped inside its cell"),
    "filters": (_D, "no filters are set"),
    "frozen-panes": (_D, "no panes are frozen or split"),
    "empty-cells": (_E, "empty cells in a table are explained above it"),
    "hidden": (_D, "no worksheets, rows or columns are hidden"),
    "column-width": (_D, "columns are wide enough for what they hold"),
    # Notes
    "superscript": (_E, "no superscript is used"),
    "footnote-symbols": (_E, "no symbols point to footnotes"),
    "note-form": (_D, "markers of notes are written [note 1]"),
    "note-in-data": (_D, "no markers of notes stand in data cells"),
    "note-missing": (_D, "every note that is referred to stands on a worksheet of notes"),
    "note-unused": (_D, "every note on the worksheet of notes is referred to"),
    "note-numbering": (_D, "notes are numbered from 1 without gaps"),
    # Formatting
    "link-text": (_E, "links have text that describes where they lead"),
    "sheet-title": (_E, "every worksheet has a title in cell A1"),
    "title-format": (_E, "titles are bold or in a heading style, and larger than other text"),
    "symbols": (_D, "no symbols or pictographs are used in place of words"),
    "header-footer": (_E, "no page headers or footers are used"),
    "text-boxes": (_E, "no text boxes, shapes or controls float over the cells"),
    "dividers": (_D, "no rows of dashes or the like divide a worksheet"),
    "fill": (_D, "no background fill is used"),
    "colour-rules": (_E, "colours set by rules do not carry a meaning alone"),
    "contrast": (_E, f"text has a contrast of at least {LEAST_CONTRAST} to 1"),
    "images": (_D, "no images are used"),
    "charts": (_D, "no charts are used"),
    "macros": (_D, "no macros or embedded controls are used"),
    # Structure
    "sheet-name-unique": (_E, "worksheets have names that differ from each other"),
    "sheet-name": (_D, "worksheets have meaningful names"),
    "sheet-name-spaces": (_D, "names of worksheets have no spaces at their ends"),
    "blank-sheet": (_E, "no worksheet is blank"),
    "column-a": (_E, "text outside tables stands in column A"),
    "table-count": (_E, "the number of tables is stated above the table"),
    "notes-statement": (_E, "a worksheet that refers to notes says where they are"),
    "source": (_E, "the source is stated above the table"),
    "sheet-order": (_D, "worksheets are in the order cover, contents, notes, tables"),
    "contents": (_D, "the contents list every worksheet with a table"),
    # Before publishing
    "document-title": (_E, "the document has a title among its properties"),
    "document-language": (_E, "the document has a language among its properties"),
    "cursor": (_E, "the workbook opens in cell A1 of the first worksheet"),
    # Shorthand
    "shorthand-known": (_E, "shorthand is one of the codes of the Analysis Function"),
    "shorthand-case": (_E, "shorthand is in lower case"),
    "shorthand-brackets": (_E, "shorthand is in square brackets"),
    "shorthand-explained": (_E, "shorthand is explained above the table, in column A"),
    "not-a-value": (_E, "no NA, dash, star, dots or the like stand in place of a value"),
    "number-with-marker": (_E, "no marker stands in the same cell as a number"),
    # Values
    "data-type": (_D, "a column holds one type of data"),
    "number-as-text": (_D, "numbers are stored as numbers"),
    "formulas": (_D, "cells hold values, not formulas"),
    "error-values": (_E, "no cell holds an error"),
    "cell-spaces": (_D, "texts have no spaces at their ends"),
}
"""Item code -> (level, what it asks for)."""

_ADVICE: dict[str, str] = {
    "table-markup": "{what} not marked up as an Excel table; select the cells and use Insert, Table",
    "one-table": "The worksheet has {what} tables; give each its own worksheet",
    "table-name": "The table's name {what} says nothing; rename it under Table Design",
    "table-start": "The table does not start in column A; move it to the left edge",
    "below-table": "{what} stands below the table; move it above",
    "header-row": "The table {what}; give it exactly one, switched on under Table Design",
    "header-names": "{what}; give every column a heading of its own",
    "merged-cells": "The cells {what} are merged; unmerge them and fill each",
    "blank-rows": "The table has {what}; remove what is blank",
    "blank-columns": "The table has {what}; remove what is blank",
    "wrap-text": "{what} is long and not wrapped; use Wrap Text",
    "filters": "Filter buttons are switched on; switch them off under Data, Filter",
    "frozen-panes": "Panes are frozen or split; undo this under View",
    "empty-cells": "The table has {what}; fill them, or say above the table in column A why they are empty",
    "hidden": "{what} hidden; show or delete what is hidden",
    "column-width": "{what} is wider than its column; widen the column or wrap the text",
    "superscript": "{what} has superscript; write a marker such as [note 1] in ordinary characters",
    "footnote-symbols": "{what} has a symbol for a footnote; write a marker such as [note 1] instead",
    "note-form": "{what} refers to a note in another form; write [note 1]",
    "note-in-data": "{what} has a marker of a note in a data cell; put it in the heading or a column for notes",
    "note-missing": "Note {what} is nowhere explained; add it to a worksheet named Notes",
    "note-unused": "Note {what} is never referred to; write [note {what}] where it belongs, or remove it",
    "note-numbering": "{what}; number the notes from 1 without gaps",
    "link-text": "{what} does not say where the link leads; link words that describe the page",
    "sheet-title": "Cell A1 holds no title; write there what the worksheet shows",
    "title-format": "The title {what} does not look like one; make it bold or a heading, and larger than the text",
    "symbols": "{what} has a symbol that may be read out wrongly or not at all; use words",
    "header-footer": "The worksheet has a page header or footer; put what it says in column A",
    "text-boxes": "A text box, shape or control floats over the cells; put what it says in a cell",
    "dividers": "{what} is only there to divide the worksheet; remove it",
    "fill": "{what} a background fill; set it to No Fill, or the style of the table to None",
    "colour-rules": "A rule colours cells, which not everybody sees; say it in words in a column of its own",
    "contrast": "The text has a contrast of {what} to 1 with its background; use a darker colour, best black",
    "images": "The worksheet has an image; say in a cell what it shows, and remove it",
    "charts": "The worksheet has a chart; publish it elsewhere and keep its numbers in a table",
    "macros": "The workbook holds macros or embedded controls; save it as .xlsx without them",
    "sheet-name-unique": "The worksheets {what} can hardly be told apart by their names; rename one",
    "sheet-name": "The name {what} does not say what the worksheet holds; give it a meaningful one",
    "sheet-name-spaces": "The name {what} begins or ends with a space; take it off",
    "blank-sheet": "The worksheet is blank; delete it",
    "column-a": "{what} stands outside the table and not in column A; move it there",
    "table-count": "{what}; write “This worksheet contains one table.” in column A above the table, or as many as there are",
    "notes-statement": "The worksheet refers to notes and does not say where they are; say so in column A above the table",
    "source": "The source is not stated; write “Source: …” in column A above the table",
    "sheet-order": "{what}; put the cover first, then contents, notes and the tables",
    "contents": "{what}; list every worksheet with a table on a worksheet named Contents",
    "document-title": "The document has no title; write one under File, Info, Properties",
    "document-language": "The document has {what}; set it to en-GB among the document's properties",
    "cursor": "The workbook opens {what}; go to cell A1 of the first worksheet before you save it",
    "shorthand-known": "{what} is no known shorthand; use [x] for not available, [z] for not applicable or another code of the Analysis Function, each in its own brackets",
    "shorthand-case": "{what} has shorthand in capitals; use lower case",
    "shorthand-brackets": "{what} looks like shorthand without square brackets; put it in square brackets",
    "shorthand-explained": "{what} not explained; say what is meant in column A above the table",
    "not-a-value": "{what} stands in place of a value; use shorthand such as [x] or [z], or 0 for a true zero",
    "number-with-marker": "{what} has a number and a marker; leave the number, and put the marker in the heading or a column to the right",
    "data-type": "{what} is of another type than the rest of its column; keep one type in a column",
    "number-as-text": "{what} is a number stored as text; convert it to a number",
    "formulas": "The cell holds a formula; copy it and paste it as a value",
    "error-values": "The cell holds an error; put in the value, or shorthand such as [x]",
    "cell-spaces": "{what} begins or ends with a space; take it off",
}
"""Item code -> what to tell the user; `what` is the text of the first cell at fault unless a check says more."""

CODES_OF_SHORTHAND = ("b", "c", "e", "er", "f", "low", "k", "p", "r", "u", "w", "x", "z", "ns", "s", "ss", "sss")


class NotAWorkbookError(ValueError):
    """A file is no workbook that can be checked; the message says why, without the file's name."""


@dataclass(frozen=True)
class Finding:
    """One fault: the item of the checklist, its level, where it is, and how to put it right.

    `sheet` is empty for the whole workbook; `cell` is the first cell at fault, or empty.
    """

    item: str
    level: str
    sheet: str
    cell: str
    message: str


def check(path: Path) -> list[Finding]:
    """The faults of a workbook, those of the whole workbook first, then sheet by sheet.

    An item is found once a sheet, at the first cell at fault, with the number of further ones. Raises NotAWorkbookError for a
    file that is no .xlsx, is protected by a password, damaged or too large, OSError where it cannot be opened.
    """
    with path.open("rb") as handle:
        book = _open(handle)
    found = [finding for work in _BOOK_CHECKS for finding in work(book)]
    return found + [finding for sheet in book.sheets for work in _SHEET_CHECKS for finding in work(sheet)]


# What is checked: the cells of a workbook, in the shape that the checks need

_Place = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(frozen=True)
class _Look:
    """What a cell looks like, as far as the checklist asks."""

    wrapped: bool
    bold: bool
    size: float
    heading: bool
    superscript: bool
    filled: bool
    contrast: float | None
    background: str | None
    form: str


@dataclass(frozen=True)
class _Region:
    """A table: marked up as one, or a block of cells that looks like one. `cells` are its filled cells."""

    name: str
    top: int
    left: int
    bottom: int
    right: int
    marked: bool
    headed: bool
    cells: Mapping[_Place, Any]

    @property
    def corner(self) -> _Place:
        return self.top, self.left

    @property
    def first(self) -> int:
        """The first row under the headings."""
        return self.top + 1 if self.headed else self.top

    def body(self) -> Iterator[tuple[_Place, Any]]:
        """The filled cells under the headings."""
        return ((place, cell) for place, cell in self.cells.items() if place[0] >= self.first)

    def columns(self) -> dict[int, list[tuple[_Place, Any]]]:
        """The filled cells under the headings, by column."""
        columns: dict[int, list[tuple[_Place, Any]]] = {c: [] for c in sorted({c for _, c in self.cells})}
        for place, cell in self.body():
            columns[place[1]].append((place, cell))
        return columns

    def heading(self, column: int) -> str:
        """The heading of a column, or its letter."""
        cell = self.cells.get((self.top, column)) if self.headed else None
        return _words(cell).strip() if cell is not None and _words(cell).strip() else _letter(column)


@dataclass(frozen=True)
class _Sheet:
    """A worksheet.

    `cells` are its filled cells in reading order, `texts` the texts among them, `looks` of them and of empty cells with a style,
    `loose` the filled cells outside tables, `lines` the text in column A above, `painted` rows and columns with a fill.
    """

    title: str
    role: str
    source: Any
    cells: Mapping[_Place, Any]
    texts: Mapping[_Place, str]
    looks: Mapping[_Place, _Look]
    regions: tuple[_Region, ...]
    loose: Mapping[_Place, Any]
    lines: Mapping[int, str]
    painted: tuple[str, ...]
    drawn: frozenset[str]
    normal: float

    def said(self) -> list[str]:
        """The lines in column A above the table, without the title."""
        return [line for row, line in self.lines.items() if row > 1]


@dataclass(frozen=True)
class _Book:
    """A workbook. `names` are the names of sheets as they are stored, `members` those of the files in the package."""

    source: Any
    names: tuple[str, ...]
    members: tuple[str, ...]
    sheets: tuple[_Sheet, ...]


def _words(cell: Any) -> str:
    """The text of a cell, empty where it holds none."""
    if cell.data_type in {"f", "e"}:
        return ""
    return str(cell.value) if isinstance(cell.value, str | list) else ""


def _number(cell: Any) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  (slow to import)

    return str(get_column_letter(column))


def _name(place: _Place) -> str:
    return f"{_letter(place[1])}{place[0]}"


def _short(text: str) -> str:
    """A text for a message, on one line."""
    line = " ".join(text.split())
    return f"“{line[:37]}…”" if len(line) > 40 else f"“{line}”"


def _found(item: str, sheet: str = "", cell: str = "", what: str = "", others: int = 0) -> Finding:
    more = f" ({others:,} more on this worksheet)" if others else ""
    return Finding(item, ITEMS[item][0], sheet, cell, f"{_ADVICE[item].format(what=what)}{more}.")


def _at(item: str, sheet: _Sheet, places: Iterable[_Place], what: str = "") -> Iterator[Finding]:
    """One finding for all cells of a sheet that break an item: the first, and how many others; none for no cells."""
    listed = sorted(set(places))
    if listed:
        cell = sheet.cells.get(listed[0])
        text = what or _short(str(cell.value) if cell is not None else "")
        yield _found(item, sheet.title, _name(listed[0]), text, len(listed) - 1)


# Opening a file that may come from anybody

_DAMAGED = "is damaged, or no workbook in the .xlsx format; open it in Excel, save it as an Excel workbook (.xlsx) and try again"
_PASSWORD = "is protected by a password; open it in Excel, take the password off, save it and try again"
_TOO_LARGE = "is larger, or unpacks to more, than a published workbook does, and was not opened"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT = {"officeDocument", "core-properties", "worksheet", "chartsheet", "styles", "sharedStrings", "theme", "table", "hyperlink"}  # fmt: skip
"""Kinds of parts that are opened; the rest is taken out before openpyxl reads the workbook."""


def _open(handle: BinaryIO) -> _Book:
    try:
        _check_file(handle)
        with zipfile.ZipFile(handle) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks are about parts that are not checked
            _check_members(archive)
            _check_xml(archive)
            return _read(archive)
    except NotAWorkbookError:
        raise
    except Exception as error:  # openpyxl lets errors of zipfile and of its XML parsers through, of many kinds
        raise NotAWorkbookError(_DAMAGED) from error


def _check_file(handle: BinaryIO) -> None:
    """Raises NotAWorkbookError for a file that is too large or not in zip format."""
    if handle.seek(0, io.SEEK_END) > MOST_BYTES:
        raise NotAWorkbookError(_TOO_LARGE)
    handle.seek(0)
    if handle.read(len(_OLE)) == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in handle.read():
            raise NotAWorkbookError(_PASSWORD)
        raise NotAWorkbookError("is in the old .xls format; open it in Excel, save it as .xlsx and try again")
    if not zipfile.is_zipfile(handle):
        raise NotAWorkbookError(
            "is no workbook in the .xlsx format; save it as an Excel workbook (.xlsx) and try again"
        )
    handle.seek(0)


def _check_members(archive: zipfile.ZipFile) -> None:
    """Raises NotAWorkbookError for a zip file that is no workbook, is encrypted, or would inflate to too much."""
    members = archive.infolist()
    if any(m.flag_bits & 1 for m in members):
        raise NotAWorkbookError(_PASSWORD)
    if "[Content_Types].xml" not in {m.filename for m in members}:
        raise NotAWorkbookError(
            "is a zip file, but no workbook in the .xlsx format; save it as an Excel workbook (.xlsx) and try again"
        )
    # Other methods are not allowed in Office files, and Python unpacks them without a limit.
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise NotAWorkbookError(_DAMAGED)
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if unpacked > MOST_UNPACKED or (unpacked > 10_000_000 and unpacked > MOST_TIMES * packed):
        raise NotAWorkbookError(_TOO_LARGE)


class _Tally:
    """Counts what would cost memory, and refuses document types, which a workbook never has."""

    def __init__(self) -> None:
        self.elements = self.cells = 0

    def doctype(self, *_: object) -> None:
        raise NotAWorkbookError("holds an XML document type, as no program writes it, and was not opened")

    def element(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        kind = name.rpartition(":")[2]
        if kind == "c":
            self.cells += 1
        elif kind in {"mergeCell", "hyperlink"}:
            self.cells += _area(attributes.get("ref", ""))
        if self.elements > MOST_ELEMENTS or self.cells > MOST_CELLS:
            raise NotAWorkbookError("has more cells than can be checked; split it and check the parts")


def _area(reference: str) -> int:
    """How many cells a reference covers; 0 where it is none."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415  (slow to import)

    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    return int(((right or 16_384) - (left or 1) + 1) * ((bottom or 1_048_576) - (top or 1) + 1))


def _check_xml(archive: zipfile.ZipFile) -> None:
    """Raises NotAWorkbookError for XML that is broken, has a document type, or holds too much."""
    tally = _Tally()
    for member in archive.infolist():
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = tally.doctype
        parser.StartElementHandler = tally.element
        try:
            with archive.open(member) as stream:
                while chunk := stream.read(1_000_000):
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            # What is XML is told by trying, since parts may have any name; pictures fail at their first byte.
            if member.filename.endswith((".xml", ".rels")):
                raise NotAWorkbookError(_DAMAGED) from error


def _local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _parse(archive: zipfile.ZipFile, part: str) -> Any:
    from openpyxl.xml.functions import fromstring  # noqa: PLC0415  (slow to import)

    return fromstring(archive.read(part))


def _relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Relations of a part (of the package, for an empty name) as (identifier, kind, part that is meant)."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return []
    return [
        (
            element.get("Id", ""),
            element.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
        )
        for element in _parse(archive, path)
        if _local(element.tag) == "Relationship" and element.get("TargetMode") != "External"
    ]


def _read(archive: zipfile.ZipFile) -> _Book:
    from openpyxl import load_workbook  # noqa: PLC0415  (slow to import)

    workbook = next((part for _, kind, part in _relations(archive, "") if kind == "officeDocument"), "")
    if workbook not in archive.namelist() or _local(_parse(archive, workbook).tag) != "workbook":
        raise NotAWorkbookError("is no workbook; save it as an Excel workbook (.xlsx) and try again")
    names, drawn = _sheets_and_drawings(archive, workbook)
    source = load_workbook(_bare(archive, workbook), rich_text=True, keep_links=False)
    if not source.worksheets:
        raise NotAWorkbookError(
            "holds no worksheet; open it in Excel, save it as an Excel workbook (.xlsx) and try again"
        )
    normal = next((float(s.font.sz) for s in source._named_styles if s.name == "Normal" and s.font.sz), 11.0)
    known: dict[int, _Look] = {}
    sheets = tuple(_sheet(s, drawn.get(s.title, frozenset()), normal, known) for s in source.worksheets)
    return _Book(source, names, tuple(archive.namelist()), sheets)


def _sheets_and_drawings(archive: zipfile.ZipFile, workbook: str) -> tuple[tuple[str, ...], dict[str, frozenset[str]]]:
    """Names of the sheets as they are stored (openpyxl makes them unique), and what is drawn over each."""
    parts = {identifier: part for identifier, _, part in _relations(archive, workbook)}
    names: list[str] = []
    drawn: dict[str, frozenset[str]] = {}
    for element in _parse(archive, workbook).iter():
        if _local(element.tag) == "sheet":
            identifier = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
            names.append(element.get("name", ""))
            drawn[names[-1]] = frozenset(_drawn(archive, parts.get(identifier, "")))
    return tuple(names), drawn


_SHAPES = {"pic": "image", "contentPart": "image", "sp": "box", "cxnSp": "box", "graphicFrame": "chart"}
_PARTS_OVER_CELLS = {"image": "image", "ctrlProp": "box", "control": "box"}


def _drawn(archive: zipfile.ZipFile, sheet: str) -> Iterator[str]:
    """What floats over the cells of a sheet: `image`, `box`, `chart`."""
    for _, kind, part in _relations(archive, sheet):
        if kind in _PARTS_OVER_CELLS:
            yield _PARTS_OVER_CELLS[kind]
        elif kind == "drawing" and part in archive.namelist():
            waiting = [_parse(archive, part)]
            while waiting:
                element = waiting.pop()
                name = _local(element.tag)
                if name in _SHAPES:
                    yield _SHAPES[name]
                if name != "Fallback":  # what older programs show in place of a newer chart
                    waiting += list(element)


def _bare(archive: zipfile.ZipFile, workbook: str) -> io.BytesIO:
    """The workbook with only the parts that are checked, so that openpyxl meets no picture, chart, pivot table or defined name."""
    from openpyxl.xml.functions import tostring  # noqa: PLC0415  (slow to import)

    def without(part: str, unwanted: Callable[[Any], bool]) -> bytes:
        root = _parse(archive, part)
        for element in [e for e in root if unwanted(e)]:
            root.remove(element)
        return bytes(tostring(root))

    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bare:
        for name in dict.fromkeys(archive.namelist()):
            if name.endswith(".rels"):
                data = without(name, lambda e: e.get("Type", "").rpartition("/")[2] not in _KEPT)
            elif name == workbook:
                data = without(name, lambda e: _local(e.tag) in {"pivotCaches", "externalReferences", "definedNames"})
            elif name == "docProps/custom.xml":
                continue
            else:
                data = archive.read(name)
            bare.writestr(name, data)
    result.seek(0)
    return result


# Sheets and tables

_ROLES = {
    "cover": ("cover", "cover sheet", "cover page", "title page"),
    "contents": ("contents", "table of contents", "contents page", "list of tables", "index", "toc"),
    "notes": ("notes", "note", "footnotes", "notes page"),
}


def _role(title: str) -> str:
    """`cover`, `contents`, `notes` or `data`, by the name of a sheet."""
    plain = " ".join(re.sub(r"[_\-.]", " ", title).casefold().split())
    return next((role for role, names in _ROLES.items() if plain in names), "data")


def _sheet(source: Any, drawn: frozenset[str], normal: float, known: dict[int, _Look]) -> _Sheet:
    # The cells that exist: a walk over rows and columns would make millions for one cell in the last corner.
    cells = {place: cell for place, cell in sorted(source._cells.items()) if _filled(cell)}
    texts = {place: words for place, cell in cells.items() if (words := _words(cell))}
    looks = {place: _look(c, normal, known) for place, c in source._cells.items() if place in cells or c.has_style}
    role = _role(source.title)
    regions = tuple(_marked(table, cells) for table in itertools.islice(source.tables.values(), MOST_TABLES))
    if not regions and role != "cover":
        regions = tuple(_looks_like_a_table(cells))
    within = {place for region in regions for place in region.cells}
    loose = {place: cell for place, cell in cells.items() if place not in within}
    top = min((region.top for region in regions), default=None)
    lines = {
        row: texts[row, 1] for row, column in loose if column == 1 and (row, 1) in texts and (top is None or row < top)
    }
    painted = tuple(
        f"{kind} {key}"
        for kind, dimensions in (("Row", source.row_dimensions), ("Column", source.column_dimensions))
        for key, dimension in dimensions.items()
        if dimension.has_style and dimension.fill.fill_type not in {None, "none"}
    )
    return _Sheet(source.title, role, source, cells, texts, looks, regions, loose, lines, painted, drawn, normal)


def _filled(cell: Any) -> bool:
    return cell.value is not None and not (isinstance(cell.value, str | list) and not str(cell.value).strip())


def _marked(table: Any, cells: Mapping[_Place, Any]) -> _Region:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415  (slow to import)

    left, top, right, bottom = range_boundaries(table.ref)
    inside = {p: c for p, c in cells.items() if top <= p[0] <= bottom and left <= p[1] <= right}
    headed = table.headerRowCount is None or table.headerRowCount > 0
    return _Region(table.displayName or "", top, left, bottom, right, True, headed, inside)


def _looks_like_a_table(cells: Mapping[_Place, Any]) -> Iterator[_Region]:
    """The block from the first to the last row with two filled cells, where there are two such rows."""
    filled = Counter(row for row, _ in cells)
    rows = [row for row, count in filled.items() if count > 1]
    if len(rows) > 1:
        top, bottom = min(rows), max(rows)
        inside = {p: c for p, c in cells.items() if top <= p[0] <= bottom}
        left, right = min(c for _, c in inside), max(c for _, c in inside)
        yield _Region("", top, left, bottom, right, False, True, inside)


def _look(cell: Any, normal: float, known: dict[int, _Look]) -> _Look:
    """What a cell looks like; cells of one style share it."""
    key = cell.style_id
    if key not in known:
        known[key] = _look_of_style(cell, normal)
    return known[key]


def _look_of_style(cell: Any, normal: float) -> _Look:
    font, fill = cell.font, cell.fill
    filled = fill.fill_type not in {None, "none"}
    background = "FFFFFF" if not filled else _rgb(fill.fgColor) if fill.fill_type == "solid" else None
    return _Look(
        wrapped=bool(cell.alignment.wrap_text),
        bold=bool(font.b),
        size=max(float(font.sz or normal), 1.0),
        heading=re.match(r"title|head", str(cell.style), re.IGNORECASE) is not None,
        superscript=font.vertAlign == "superscript",
        filled=filled,
        contrast=_contrast(font.color, background),
        background=background,
        form=str(cell.number_format or ""),
    )


def _rgb(colour: Any) -> str | None:
    """A colour as six hexadecimal digits; None for colours of a theme or of the system, which vary."""
    from openpyxl.styles.colors import COLOR_INDEX  # noqa: PLC0415  (slow to import)

    if colour is None:
        return None
    if colour.type == "rgb" and isinstance(colour.rgb, str) and re.fullmatch(r"[0-9A-Fa-f]{8}", colour.rgb):
        return colour.rgb[2:]
    if colour.type == "indexed" and 0 <= colour.indexed < min(64, len(COLOR_INDEX)):
        return str(COLOR_INDEX[colour.indexed])[2:]
    return None


def _luminance(rgb: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(colour: Any, background: str | None) -> float | None:
    """Contrast ratio after WCAG 2.2, from 1 to 21; None where a colour is not known."""
    rgb = _rgb(colour)
    if rgb is None or background is None:
        return None
    dark, light = sorted((_luminance(rgb), _luminance(background)))
    return (light + 0.05) / (dark + 0.05)


# The whole workbook


def _properties(book: _Book) -> Iterator[Finding]:
    if not (book.source.properties.title or "").strip():
        yield _found("document-title")
    language = (book.source.properties.language or "").strip()
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        said = f"the language {_short(language)}, which is no language tag" if language else "no language"
        yield _found("document-language", what=said)


def _cursor(book: _Book) -> Iterator[Finding]:
    sheets = book.source._sheets
    first = next((s for s in sheets if s.sheet_state == "visible"), sheets[0])
    active = book.source.active
    if active is not None and active.title != first.title:
        yield _found("cursor", first.title, "A1", f"on the worksheet {_short(active.title)}")
        return
    chosen = [s.activeCell for s in first.sheet_view.selection] if hasattr(first, "sheet_view") else []
    if chosen and "A1" not in chosen:
        yield _found("cursor", first.title, str(chosen[0]), f"in cell {chosen[0]}")


def _macros(book: _Book) -> Iterator[Finding]:
    if any(re.search(r"vbaProject\.bin$|/macrosheets/|/activeX/", name, re.IGNORECASE) for name in book.members):
        yield _found("macros")


_DEFAULT_NAME = re.compile(r"(sheet|feuil|tabelle|hoja|foglio|chart|worksheet)\s?\d*(\s?\(\d+\))?|copy of .*", re.IGNORECASE)  # fmt: skip


def _sheet_names(book: _Book) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name in book.names:
        key = re.sub(r"[\W_]", "", name.casefold()) or name
        if key in seen:
            yield _found("sheet-name-unique", name, what=f"{_short(seen[key])} and {_short(name)}")
        seen.setdefault(key, name)
        if _DEFAULT_NAME.fullmatch(name.strip()):
            yield _found("sheet-name", name, what=_short(name))
        if name != name.strip():
            yield _found("sheet-name-spaces", name, what=_short(name))


_ORDER = ("cover", "contents", "notes", "data")


def _sheet_order(book: _Book) -> Iterator[Finding]:
    if all(sheet.role != "cover" for sheet in book.sheets):
        yield _found("sheet-order", what="The workbook has no worksheet named Cover")
    for before, after in itertools.pairwise(book.sheets):
        if _ORDER.index(before.role) > _ORDER.index(after.role):
            yield _found("sheet-order", after.title, what=f"The worksheet stands behind {_short(before.title)}")
            return


def _contents(book: _Book) -> Iterator[Finding]:
    with_tables = [sheet for sheet in book.sheets if sheet.role == "data" and sheet.regions]
    lists = [sheet for sheet in book.sheets if sheet.role == "contents"]
    if not lists:
        if len(with_tables) > 1:
            yield _found("contents", what="The workbook has several tables and no contents")
        return
    cells = [cell for sheet in lists for cell in sheet.cells.values()]
    listed = {" ".join(str(cell.value).casefold().split()) for cell in cells}
    for link in (cell.hyperlink for cell in cells if cell.hyperlink is not None):
        target = str(link.location or link.target or "").lstrip("#").rpartition("!")[0]
        listed.add(target.strip("'").replace("''", "'").casefold())
    for sheet in with_tables:
        name = " ".join(sheet.title.casefold().split())
        # A name of digits alone would be found in any number.
        inside = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") if not name.isdigit() else None
        if name not in listed and not (inside and any(inside.search(text) for text in listed)):
            yield _found("contents", lists[0].title, what=f"The worksheet {_short(sheet.title)} is not listed")


_NOTE = re.compile(r"\[note \d{1,4}\]")
_ANY_NOTE = re.compile(r"\[\s?note\s?(\d{1,4})\s?\]", re.IGNORECASE)
_LIKE_A_NOTE = re.compile(
    r"[\[(]\s?(?:foot)?notes?[ .:]{0,2}\d[^\[\]()]{0,30}[\])]|\[(?:fn ?)?\d{1,3}\]", re.IGNORECASE
)


def _notes(book: _Book) -> Iterator[Finding]:
    """Notes that are referred to against the rows of the worksheet of notes."""
    used: dict[int, tuple[str, str]] = {}
    for sheet in book.sheets:
        if sheet.role != "notes":
            for place, words in sheet.texts.items():
                for number in _ANY_NOTE.findall(words):
                    used.setdefault(int(number), (sheet.title, _name(place)))
    rows = [row for sheet in book.sheets if sheet.role == "notes" for row in _note_rows(sheet)]
    known = {number for number, _, _ in rows}
    for number, (title, cell) in sorted(used.items()):
        if number not in known:
            yield _found("note-missing", title, cell, str(number))
    for number, title, cell in rows:
        if number not in used:
            yield _found("note-unused", title, cell, str(number))
    for expected, (number, title, cell) in enumerate(rows, 1):
        if number != expected:
            yield _found("note-numbering", title, cell, f"Note {number} stands where note {expected} should")
            return


def _note_rows(sheet: _Sheet) -> Iterator[tuple[int, str, str]]:
    """Numbers in the first column of a worksheet of notes, as (number, sheet, cell)."""
    table = sheet.regions[0] if sheet.regions else None
    for place, cell in table.body() if table else sheet.cells.items():
        match = re.fullmatch(r"\[?\s?(?:note)?\s?(\d{1,4})\s?\]?", str(cell.value).strip(), re.IGNORECASE)
        if match and place[1] == (table.left if table else 1):
            yield int(match[1]), sheet.title, _name(place)


def _chart_sheets(book: _Book) -> Iterator[Finding]:
    for sheet in book.source.chartsheets:
        yield _found("charts", sheet.title)


# Tables on a sheet

_DEFAULT_TABLE = re.compile(r"(table|tableau|tabelle|tabla|tabela|tabella)\d+|__anonymous_sheet_db__\d*", re.IGNORECASE)


def _markup(sheet: _Sheet) -> Iterator[Finding]:
    for region in sheet.regions:
        if not region.marked:
            yield from _at("table-markup", sheet, [region.corner], "The cells look like a table and are")
    if not sheet.regions and sheet.role in {"contents", "notes"} and sheet.cells:
        yield _found("table-markup", sheet.title, what=f"The {sheet.role} are")
    elif sheet.regions:
        for region in _looks_like_a_table(sheet.loose):
            yield from _at("table-markup", sheet, [region.corner], "Cells outside the table look like one more and are")
    if len(sheet.source.tables) > 1:
        yield from _at("one-table", sheet, [sheet.regions[1].corner], str(len(sheet.source.tables)))


def _table_names_and_places(sheet: _Sheet) -> Iterator[Finding]:
    for region in sheet.regions:
        if region.marked and _DEFAULT_TABLE.fullmatch(region.name):
            yield from _at("table-name", sheet, [region.corner], _short(region.name))
        if region.left > 1:
            yield from _at("table-start", sheet, [region.corner])
    if sheet.regions:
        bottom = max(region.bottom for region in sheet.regions)
        yield from _at("below-table", sheet, (place for place in sheet.loose if place[0] > bottom))


def _headings(sheet: _Sheet) -> Iterator[Finding]:
    for region in sheet.regions:
        if not region.headed:
            yield from _at("header-row", sheet, [region.corner], "has no header row")
            continue
        if _second_header(region):
            yield from _at("header-row", sheet, [(region.first, region.left)], "seems to have two header rows")
        row = {c: str(cell.value).strip() for (r, c), cell in region.cells.items() if r == region.top}
        nameless = next((c for c in range(region.left, region.right + 1) if c not in row), None)
        if nameless is None:
            nameless = next((c for c, words in row.items() if re.fullmatch(r"Column\d+", words)), None)
        if nameless is not None:
            yield from _at("header-names", sheet, [(region.top, nameless)], "A column has no heading")
        same = [n for n, count in Counter(words.casefold() for words in row.values()).items() if count > 1]
        if same:
            column, words = [(c, words) for c, words in row.items() if words.casefold() == same[0]][1]
            yield from _at(
                "header-names", sheet, [(region.top, column)], f"Two columns have the heading {_short(words)}"
            )


def _second_header(region: _Region) -> bool:
    """True where the first row under the headings has words in every column that holds numbers further down."""
    tops = []
    for column in region.columns().values():
        below = [cell for (row, _), cell in column if row > region.first]
        if any(map(_number, below)) and all(_number(cell) or _markers(_words(cell)) for cell in below):
            tops.append(next((_words(cell) for (row, _), cell in column if row == region.first), ""))
    return bool(tops) and all(
        re.search(r"[A-Za-z]{2}", words) and not _markers(words) and not _no_value(words) for words in tops
    )


def _merged(sheet: _Sheet) -> Iterator[Finding]:
    ranges = {(m.min_row, m.min_col): m.coord for m in sheet.source.merged_cells.ranges}
    if ranges:
        yield from _at("merged-cells", sheet, ranges, ranges[min(ranges)])


def _blanks(sheet: _Sheet) -> Iterator[Finding]:
    """Blank rows and columns of tables, and single empty cells that nothing above the table explains."""
    explained = any(re.search(r"\b(blank|empty)\b", line, re.IGNORECASE) for line in sheet.said())
    for region in sheet.regions:
        body = dict(region.body())
        rows, columns = {r for r, _ in body}, {c for _, c in body}
        if count := region.bottom + 1 - region.first - len(rows):
            row = next(r for r in range(region.first, region.bottom + 1) if r not in rows)
            yield from _at("blank-rows", sheet, [(row, region.left)], _many(count, "blank row"))
        if rows and (count := region.right + 1 - region.left - len(columns)):
            column = next(c for c in range(region.left, region.right + 1) if c not in columns)
            yield from _at("blank-columns", sheet, [(region.top, column)], _many(count, "blank column"))
        if not explained and (count := len(rows) * len(columns) - len(body)):
            place = next((r, c) for r in sorted(rows) for c in sorted(columns) if (r, c) not in body)
            yield from _at("empty-cells", sheet, [place], _many(count, "empty cell"))


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _hiding(sheet: _Sheet) -> Iterator[Finding]:
    source = sheet.source
    filtered = [
        str(source.auto_filter.ref or ""),
        *(str(t.ref) for t in source.tables.values() if t.autoFilter is not None),
    ]
    for area in [area for area in filtered if area][:1]:
        yield _found("filters", sheet.title, area.split(":", maxsplit=1)[0])
    if source.sheet_view.pane is not None:
        yield _found("frozen-panes", sheet.title, str(source.sheet_view.pane.topLeftCell or ""))
    if source.sheet_state != "visible":
        yield _found("hidden", sheet.title, what="The worksheet is")
    rows = [row for row, dimension in source.row_dimensions.items() if dimension.hidden or dimension.ht == 0]
    if rows:
        yield from _at("hidden", sheet, ((row, 1) for row in rows), "A row is")
    columns = [d.min or 1 for d in source.column_dimensions.values() if d.hidden or d.width == 0]
    if columns:
        yield from _at("hidden", sheet, ((1, column) for column in columns), "A column is")


# Width of columns


def _widths(sheet: _Sheet) -> Callable[[int], float]:
    """Width of a column in characters."""
    form = sheet.source.sheet_format
    usual = float(form.defaultColWidth or (form.baseColWidth or 8) + 0.43)
    known: dict[int, float] = {}
    for dimension in sheet.source.column_dimensions.values():
        if dimension.min and dimension.max and dimension.width:
            known |= dict.fromkeys(range(dimension.min, min(dimension.max, 16_384) + 1), float(dimension.width))
    return lambda column: known.get(column, usual)


def _fit(sheet: _Sheet) -> Iterator[Finding]:
    """Texts and numbers that do not fit in their columns; two characters are let pass, since letters differ in width."""
    width = _widths(sheet)
    merged = {(m.min_row, m.min_col) for m in sheet.source.merged_cells.ranges}
    long: list[_Place] = []
    narrow: list[_Place] = []
    for place, cell in sheet.cells.items():
        if place in merged:
            continue
        look, words = sheet.looks[place], sheet.texts.get(place, "")
        room = (width(place[1]) + 2) * sheet.normal / look.size
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
    yield from _at("wrap-text", sheet, long)
    yield from _at("column-width", sheet, narrow)


def _shown_length(cell: Any, form: str) -> int:
    """How many characters a number or date needs at least; a General number is rounded to fit, but not its whole part."""
    value = cell.value
    if isinstance(value, datetime | date):
        return 8
    if not _number(cell) or not math.isfinite(value) or abs(value) > 1e15:
        return 0
    decimals = re.search(r"0\.(0+)", form)
    whole = f"{abs(value) * (100 if '%' in form else 1):{',' if ',' in form else ''}.0f}"
    return len(whole) + (len(decimals[0]) - 1 if decimals else 0) + (value < 0) + ("%" in form) + ("£" in form)


# Notes and symbols

_RAISED = re.compile(r"(?<!\bm)(?<!\bkm)(?<!\bcm)[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ]")
_FOOTNOTE = re.compile(r"[†‡]|[\w)%](?:\*{1,3}|§{1,2})(?=[\s,.;:)]|$)|\s\*{1,3}$|^(?:\*{1,3}|§{1,2})\s?[A-Za-z]")
_SYMBOLS = re.compile(r"[←-⇿⌀-➿⤀-⯿\U0001F000-\U0001FAFF]")
_DIVIDER = re.compile(r"[\s\-_=~–—―─━═*#|]*[\-_=~–—―─━═*#|]{3}[\s\-_=~–—―─━═*#|]*")


def _signs(sheet: _Sheet) -> Iterator[Finding]:
    dividers = {place for place, words in sheet.texts.items() if len(words) < 300 and _DIVIDER.fullmatch(words)}
    texts = {place: words for place, words in sheet.texts.items() if place not in dividers and not _no_value(words)}
    body = {place for region in sheet.regions for place, _ in region.body()}
    yield from _at("dividers", sheet, dividers)
    yield from _at("superscript", sheet, (place for place in sheet.cells if _raised(sheet, place)))
    yield from _at(
        "footnote-symbols", sheet, (place for place, words in texts.items() if _FOOTNOTE.search(words.strip()))
    )
    wordless = {place for place in body & texts.keys() if not any(sign.isalnum() for sign in texts[place])}
    yield from _at("symbols", sheet, wordless | {place for place, words in texts.items() if _SYMBOLS.search(words)})


def _raised(sheet: _Sheet, place: _Place) -> bool:
    """True where a cell, a part of its text, or one of its characters is superscript; square and cubic metres are not meant."""
    if sheet.looks[place].superscript or _RAISED.search(sheet.texts.get(place, "")):
        return True
    return any(getattr(font, "vertAlign", None) == "superscript" for font in _fonts(sheet.cells[place]))


def _fonts(cell: Any) -> list[Any]:
    """The fonts of the parts of a text that is formatted in parts."""
    return [run.font for run in cell.value if hasattr(run, "font")] if isinstance(cell.value, list) else []


_WHERE_NOTES_ARE = re.compile(
    r"\bnotes?\b.{0,80}\b(?:work)?(?:sheet|tab|page|listed|found)|\b(?:see|refer)\b.{0,80}\bnotes?\b", re.IGNORECASE
)


def _note_markers(sheet: _Sheet) -> Iterator[Finding]:
    texts = sheet.texts
    first = {place for region in sheet.regions for place, _ in region.body() if place[1] == region.left}
    wrong = {p for p, words in texts.items() if any(not _NOTE.fullmatch(m[0]) for m in _LIKE_A_NOTE.finditer(words))}
    yield from _at("note-form", sheet, wrong - first if sheet.role == "notes" else wrong)
    marked = {place for place, words in texts.items() if _ANY_NOTE.search(words)}
    in_data = [
        place
        for region in sheet.regions
        for place, _ in region.body()
        if place in marked - first
        and not re.search(r"note", region.heading(place[1]), re.IGNORECASE)
        and not any(sign.isalpha() for sign in _MARKER.sub("", texts[place]))
    ]
    yield from _at("note-in-data", sheet, in_data)
    stated = any(_WHERE_NOTES_ARE.search(_ANY_NOTE.sub("", line)) for line in sheet.said())
    if marked and sheet.regions and sheet.role != "notes" and not stated:
        yield _found("notes-statement", sheet.title, _name(min(marked)))


# Text above a table

_SOURCE = re.compile(r"^\s*(data )?sources?\b|\bsources?:|\bsourced from\b", re.IGNORECASE)
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TABLES = re.compile(rf"\b(a|\d{{1,3}}|{'|'.join(_COUNTS)}) (?:[\w-]{{1,20}} ){{0,2}}tables?\b", re.IGNORECASE)


def _column_a(sheet: _Sheet) -> Iterator[Finding]:
    bottom = max((region.bottom for region in sheet.regions), default=None)
    yield from _at("column-a", sheet, (p for p in sheet.loose if p[1] > 1 and (bottom is None or p[0] <= bottom)))
    if not sheet.regions:
        return
    counts = [_count(match[1]) for line in sheet.said() if (match := _TABLES.search(line))]
    tables = len(sheet.source.tables)
    if not counts:
        yield _found("table-count", sheet.title, what="The number of tables is not stated")
    elif tables and tables not in counts:
        yield _found("table-count", sheet.title, what=f"The number of tables is given as {counts[0]} and is {tables}")
    if sheet.role == "data" and not any(_SOURCE.search(line) for line in sheet.said()):
        yield _found("source", sheet.title)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 1 if word.lower() == "a" else _COUNTS.index(word.lower())


def _title(sheet: _Sheet) -> Iterator[Finding]:
    if not sheet.cells:
        if not sheet.drawn:
            yield _found("blank-sheet", sheet.title)
        return
    if (1, 1) not in sheet.loose:
        yield _found("sheet-title", sheet.title, "A1")
        return
    look = sheet.looks[1, 1]
    sizes = Counter(sheet.looks[place].size for place in sheet.cells if place != (1, 1))
    body = sizes.most_common(1)[0][0] if sizes else sheet.normal
    if not (look.bold or look.heading) or look.size <= body:
        yield from _at("title-format", sheet, [(1, 1)])


# Formatting

_URL = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
_EMPTY_LINK = re.compile(
    r"(?:click |tap |press |follow |see |read |find out )?(?:on )?"
    r"(?:here|link|this|more|website|web ?page|page|this link|this page|download)|.*\bclick here\b.*",
    re.IGNORECASE | re.DOTALL,
)


def _links(sheet: _Sheet) -> Iterator[Finding]:
    linked = {place: sheet.texts.get(place, "") for place, cell in sheet.cells.items() if cell.hyperlink is not None}
    empty = {place for place, words in linked.items() if _EMPTY_LINK.fullmatch(words.strip(" .>…")[:500])}
    yield from _at("link-text", sheet, empty | {place for place, words in sheet.texts.items() if _URL.search(words)})


_DRAWN = {"box": "text-boxes", "image": "images", "chart": "charts"}


def _page(sheet: _Sheet) -> Iterator[Finding]:
    parts = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    if any(getattr(sheet.source, part, None) for part in parts):
        yield _found("header-footer", sheet.title)
    for kind in sorted(sheet.drawn):
        yield _found(_DRAWN[kind], sheet.title)


_STYLE_WITH_FILL = re.compile(r"TableStyle(Medium|Dark)\d+|TableStyleLight(8|9|10|11|12|13|14)")


def _fill(sheet: _Sheet) -> Iterator[Finding]:
    """Background fill of cells, even of empty ones, of whole rows and columns, and of tables."""
    cells = [place for place, look in sheet.looks.items() if look.filled]
    yield from _at("fill", sheet, cells, "The cell has")
    if sheet.painted and not cells:
        yield _found("fill", sheet.title, what=f"{sheet.painted[0]} has", others=len(sheet.painted) - 1)
    for table in sheet.source.tables.values():
        style = table.tableStyleInfo
        name = (style.name or "") if style is not None else ""
        striped = name.startswith("TableStyleLight") and (style.showRowStripes or style.showColumnStripes)
        if striped or _STYLE_WITH_FILL.fullmatch(name):
            start = str(table.ref).split(":", maxsplit=1)[0]
            yield _found("fill", sheet.title, start, f"The style of the table, {name}, gives it")
            return


def _colours(sheet: _Sheet) -> Iterator[Finding]:
    weak = {place: ratio for place in sheet.cells if (ratio := _weakest(sheet, place)) < LEAST_CONTRAST}
    if weak:
        yield from _at("contrast", sheet, weak, f"{math.floor(10 * weak[min(weak)]) / 10}")
    for area in sheet.source.conditional_formatting:
        if any(_colours_only(rule) for rule in area.rules):
            yield _found("colour-rules", sheet.title, re.split(r"[: ]", str(area.sqref))[0])
            return


def _weakest(sheet: _Sheet, place: _Place) -> float:
    """The lowest contrast in a cell; 21 where no colour is known."""
    look = sheet.looks[place]
    known = [look.contrast, *(_contrast(font.color, look.background) for font in _fonts(sheet.cells[place]))]
    return min((ratio for ratio in known if ratio is not None), default=21.0)


def _colours_only(rule: Any) -> bool:
    """True for colour scales, bars and icons, and for rules that set a fill or a colour of text."""
    if rule.type in {"colorScale", "dataBar", "iconSet"}:
        return True
    style = rule.dxf
    return style is not None and (style.fill is not None or (style.font is not None and style.font.color is not None))


# Shorthand

_MARKER = re.compile(r"\[([^\[\]]{1,30})\]")
_ONLY_MARKERS = re.compile(r"\s*(?:\[[^\[\]]{1,30}\]\s?){1,10}")
_CODE = re.compile(rf"(?:{'|'.join(CODES_OF_SHORTHAND)})\d?")
_NUMBER_AND_MARKER = re.compile(r"[^\w\[]{0,3}\d[\d,.]*\s?%?\s?(?:(?:\[[^\[\]]{1,30}\]|\([a-z]{1,3}\))\s?)+")
_NO_VALUES = {
    "na", "n/a", "n.a.", "n.a", "-", "--", "–", "—", "−", "*", "**", ":", ".", "..", "...", "…", "~", "†", "‡", "nan", "null",
}  # fmt: skip


def _no_value(words: str) -> bool:
    return len(words) < 30 and words.strip().casefold() in _NO_VALUES


def _markers(words: str) -> list[str]:
    """What stands in square brackets in a cell that holds nothing else, without notes; empty for other cells."""
    if len(words) > 100 or not _ONLY_MARKERS.fullmatch(words):
        return []
    return [marker for marker in _MARKER.findall(words) if not re.match(r"note", marker, re.IGNORECASE)]


def _is_bare_code(words: str) -> bool:
    return len(words) < 30 and _CODE.fullmatch(words.strip().strip("()").lower()) is not None


def _is_number_and_marker(words: str) -> bool:
    return len(words) < 60 and _NUMBER_AND_MARKER.fullmatch(words.strip()) is not None


def _shorthand(sheet: _Sheet) -> Iterator[Finding]:
    used: dict[str, _Place] = {}
    unknown: list[_Place] = []
    capital: list[_Place] = []
    labels = {place for region in sheet.regions for place in region.cells if place[1] == region.left}
    for place, words in sheet.texts.items():
        alone = _markers(words) if place not in sheet.loose else []
        for marker in alone or _MARKER.findall(words):
            if _CODE.fullmatch(marker.lower()):
                if marker != marker.lower():
                    capital.append(place)
                # Shorthand alone in the first column is a list of shorthand, which explains itself.
                if place == (1, 1) or (place not in sheet.loose and not (alone and place in labels)):
                    used.setdefault(marker.lower(), place)
            elif alone:
                unknown.append(place)
    yield from _at("shorthand-known", sheet, unknown)
    yield from _at("shorthand-case", sheet, capital)
    # A marker alone explains nothing: words must go with it.
    lines = [line for line in sheet.said() if re.search(r"[A-Za-z]{3}", _MARKER.sub("", line))]
    explained = {marker.lower() for line in lines for marker in _MARKER.findall(line)}
    missing = {code: place for code, place in used.items() if code not in explained}
    if missing and sheet.regions and sheet.role == "data":
        codes = ", ".join(f"[{code}]" for code in missing)
        what = f"{codes} {'is' if len(missing) == 1 else 'are'}"
        yield _found("shorthand-explained", sheet.title, _name(min(missing.values())), what)


def _values(sheet: _Sheet) -> Iterator[Finding]:
    """Cells in tables that hold something else than a value or shorthand."""
    no_value: list[_Place] = []
    bare: list[_Place] = []
    marked: list[_Place] = []
    for region in sheet.regions:
        for column, cells in region.columns().items():
            numeric = any(_number(cell) for _, cell in cells)
            label = column == region.left or re.search(r"year|period|date", region.heading(column), re.IGNORECASE)
            for place, words in ((p, sheet.texts[p]) for p, _ in cells if p in sheet.texts):
                if _no_value(words):
                    no_value.append(place)
                elif numeric and _is_bare_code(words):
                    bare.append(place)
                elif not label and _is_number_and_marker(words) and not _ANY_NOTE.search(words):
                    marked.append(place)
    yield from _at("not-a-value", sheet, no_value)
    yield from _at("shorthand-brackets", sheet, bare)
    yield from _at("number-with-marker", sheet, marked)


# Values

_TEXT_NUMBER = re.compile(r"[-+−]?\s?[£$€]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?\s?%?")
_CODES_AND_YEARS = re.compile(
    r"(?<![a-z])(?:codes?|ids?|ref|reference|years?|periods?|dates?|phone|telephone|postcode|notes?|sheet|worksheet|page|row|version)(?![a-z])",
    re.IGNORECASE,
)


def _is_text_number(words: str) -> bool:
    plain = words.strip()
    return len(plain) < 31 and _TEXT_NUMBER.fullmatch(plain) is not None and re.match(r"0\d", plain) is None


def _types(sheet: _Sheet) -> Iterator[Finding]:
    """Columns of more than one type, and numbers stored as text, other than codes and years."""
    mixed: list[_Place] = []
    as_text: list[_Place] = []
    for region in sheet.regions if sheet.role == "data" else ():
        for column, cells in region.columns().items():
            kinds: dict[str, list[_Place]] = {}
            for place, cell in cells:
                kinds.setdefault(_kind(cell, sheet.texts.get(place, "")), []).append(place)
            kinds.pop("", None)
            digits = kinds.pop("number in text", [])
            years = all(re.fullmatch(r"(19|20)\d\d", sheet.texts[place].strip()) for place in digits)
            mostly = not years and len(digits) >= sum(map(len, kinds.values()))
            if digits and ("number" in kinds or mostly) and not _CODES_AND_YEARS.search(region.heading(column)):
                as_text += digits
            elif digits:
                kinds["text"] = kinds.get("text", []) + digits
            if len(kinds) > 1:
                mixed += min(kinds.items(), key=lambda pair: len(pair[1]))[1]
    yield from _at("data-type", sheet, mixed)
    yield from _at("number-as-text", sheet, as_text)


def _kind(cell: Any, words: str) -> str:
    """Type of a value; empty for shorthand and for what other items find."""
    if words:
        if _markers(words) or _ANY_NOTE.fullmatch(words.strip()) or _no_value(words):
            return ""
        if _is_bare_code(words) or _is_number_and_marker(words):
            return ""
        return "number in text" if _is_text_number(words) else "text"
    if cell.data_type in {"f", "e"}:
        return ""
    if isinstance(cell.value, bool):
        return "logical"
    return "date" if isinstance(cell.value, datetime | date | time | timedelta) else "number"


_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


def _cells(sheet: _Sheet) -> Iterator[Finding]:
    """Formulas, errors, and spaces at the ends of texts."""
    formulas = {place for place, cell in sheet.cells.items() if cell.data_type == "f"}
    yield from _at("formulas", sheet, formulas)
    yield from _at(
        "error-values",
        sheet,
        (
            place
            for place, cell in sheet.cells.items()
            if cell.data_type == "e"
            or str(cell.value).strip() in _ERRORS
            or (place in formulas and "#REF!" in str(cell.value))
        ),
    )
    yield from _at("cell-spaces", sheet, (place for place, words in sheet.texts.items() if words != words.strip()))


_BOOK_CHECKS: tuple[Callable[[_Book], Iterator[Finding]], ...] = (
    _properties, _cursor, _macros, _sheet_names, _sheet_order, _contents, _notes, _chart_sheets,
)  # fmt: skip
_SHEET_CHECKS: tuple[Callable[[_Sheet], Iterator[Finding]], ...] = (
    _title, _column_a, _markup, _table_names_and_places, _headings, _merged, _blanks, _hiding, _fit, _signs, _note_markers,
    _links, _page, _fill, _colours, _shorthand, _values, _types, _cells,
)  # fmt: skip
