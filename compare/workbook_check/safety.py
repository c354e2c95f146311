"""What is refused before anything of a workbook is read, because it may come from anybody."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO
from xml.parsers import expat

from openpyxl.utils import range_boundaries

MOST_BYTES = 50_000_000
MOST_UNPACKED = 500_000_000
MOST_TIMES = 100
"""How many times its size a workbook may inflate to, once that is over 10 MB (the limit of Apache POI)."""
MOST_ELEMENTS = 10_000_000
MOST_CELLS = 3_000_000
"""Of a whole workbook; merged cells and cells under one link count one by one, because openpyxl makes a cell of each."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "is damaged, or no workbook in the .xlsx format; open it in Excel, save it as an Excel workbook (.xlsx) and try again"
_PASSWORD = "is protected by a password; open it in Excel, take the password off, save it and try again"
_TOO_LARGE = "is larger, or unpacks to more, than a published workbook does, and was not opened"


class NotAWorkbookError(ValueError):
    """A file is no workbook that can be checked; the message says why, without the file's name."""


def check_file(handle: BinaryIO) -> None:
    """Raises NotAWorkbookError for a file that is too large or not in zip format."""
    if handle.seek(0, io.SEEK_END) > MOST_BYTES:
        raise NotAWorkbookError(_TOO_LARGE)
    handle.seek(0)
    if handle.read(len(OLE)) == OLE:
        if "EncryptedPackage".encode("utf-16-le") in handle.read():
            raise NotAWorkbookError(_PASSWORD)
        raise NotAWorkbookError("is in the old .xls format; open it in Excel, save it as .xlsx and try again")
    if not zipfile.is_zipfile(handle):
        raise NotAWorkbookError(
            "is no workbook in the .xlsx format; save it as an Excel workbook (.xlsx) and try again"
        )


def check_members(archive: zipfile.ZipFile) -> None:
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
        raise NotAWorkbookError(DAMAGED)
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
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    return ((right or 16_384) - (left or 1) + 1) * ((bottom or 1_048_576) - (top or 1) + 1)


def check_xml(archive: zipfile.ZipFile) -> None:
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
                raise NotAWorkbookError(DAMAGED) from error
