"""A file of the .xlsx format taken apart: its sheets, and what floats over their cells."""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.xml.functions import fromstring, tostring

from compare.workbook_check.book import Book
from compare.workbook_check.safety import DAMAGED, NotAWorkbookError, check_file, check_members, check_xml
from compare.workbook_check.sheets import sheet_of

_KEPT = {"officeDocument", "core-properties", "worksheet", "chartsheet", "styles", "sharedStrings", "theme", "table", "hyperlink"}  # fmt: skip
"""Kinds of parts that are opened; the rest is taken out before openpyxl reads the workbook."""


def opened(path: Path) -> Book:
    """A workbook; pictures, charts, pivot tables, links to other files and macros are counted but never opened.

    Raises NotAWorkbookError for a file that is no .xlsx, is protected by a password, damaged or too large, OSError where it cannot
    be opened.
    """
    with path.open("rb") as handle:
        try:
            check_file(handle)
            with zipfile.ZipFile(handle) as archive, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl's remarks are about parts that are not checked
                check_members(archive)
                check_xml(archive)
                return _book(archive)
        except NotAWorkbookError:
            raise
        except Exception as error:  # openpyxl lets errors of zipfile and of its XML parsers through, of many kinds
            raise NotAWorkbookError(DAMAGED) from error


def _book(archive: zipfile.ZipFile) -> Book:
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
    sheets = tuple(sheet_of(s, drawn.get(s.title, frozenset()), normal) for s in source.worksheets)
    return Book(source, names, tuple(archive.namelist()), sheets)


def _local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _parse(archive: zipfile.ZipFile, part: str) -> Any:
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
    return result
