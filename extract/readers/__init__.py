"""Readers, one a format, chosen by what a file's first bytes are."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.archive import ArchiveError, check_size, kind_of, text_inside, unpack
from corpus.document import KINDS
from extract.limits import limits
from extract.model import Reading, UnreadableError

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an Office file of an old version, or one with a password"),
    (b"{\\rtf", "an RTF file"),
)
_TABLE_OF_DATA = re.compile(rb"(?:\xef\xbb\xbf)?[a-z][a-z0-9_]*(?:[,;\t][a-z][a-z0-9_]*){4,}\r?\n")
"""The first line of a CSV file: names of columns, without a blank."""
_OFFICE = {"pptx": "a PowerPoint presentation", "odf": "an OpenDocument file"}


def read(path: Path) -> Reading:
    """Read a document, or a folder of the web pages of one report.

    Raises UnreadableError with a sentence for the user where it cannot be read.
    """
    if path.is_dir():
        from extract.readers import html  # noqa: PLC0415  (each format loads only what it needs)

        if not html.pages_in(path):
            raise UnreadableError("is a folder without web pages in it")
        return html.read(path)
    if path.exists() and not path.is_file():
        raise UnreadableError("is no ordinary file; give the report itself")
    try:
        with path.open("rb") as handle:
            start = handle.read(2048)
    except FileNotFoundError as error:
        raise UnreadableError("there is no such file; check the name") from error
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror or error})") from error
    if not start:
        raise UnreadableError("is empty (0 bytes); download it again")
    if b"%PDF-" in start[:1024]:
        from extract.readers import pdf  # noqa: PLC0415

        return pdf.read(path)
    if start.startswith(b"PK\x03\x04"):
        return _office(path)
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            raise UnreadableError(f"is {name}, which is not read; save the report as PDF or .docx and try again")
    if _is_html(start) or (path.suffix.lower() in (".html", ".htm") and start.lstrip().startswith(b"<")):
        from extract.readers import html  # noqa: PLC0415

        return html.read(path)
    if path.suffix.lower() == ".pdf":
        raise UnreadableError("is named .pdf but is no PDF; download it again from the council's website")
    if _TABLE_OF_DATA.match(start):
        raise UnreadableError(
            "is a table of data such as councilbench writes, and no report; give the report itself, or the folder of a saved dataset"
        )
    from extract.readers import text  # noqa: PLC0415

    return text.read(path)


def _office(path: Path) -> Reading:
    kind = kind_of(path)
    if kind == "zip":
        try:
            unpack(path, KINDS)
        except ArchiveError as error:
            raise UnreadableError(str(error)) from error
        raise UnreadableError("is a zip file of several reports; unpack it and give one of them")
    if not kind:
        raise UnreadableError("is a damaged Office or zip file; download it again")
    if kind in _OFFICE:
        raise UnreadableError(f"is {_OFFICE[kind]}, which is not read; save the report as PDF and try again")
    check_office(path)
    if kind == "docx":
        from extract.readers import docx  # noqa: PLC0415

        return docx.read(path)
    from extract.readers import xlsx  # noqa: PLC0415

    return xlsx.read(path)


def check_office(path: Path) -> None:
    """Raises UnreadableError for a Word document or workbook that would take too long, or too much memory, to open."""
    try:
        check_size(path)
        size = sum(text_inside(path).values())
    except ArchiveError as error:
        raise UnreadableError(f"{error}; check that it is the right file") from error
    if size > limits().megabytes * 1_000_000:
        raise UnreadableError(
            f"holds more than {limits().megabytes} MB of text, far more than a complaints report; check that it is the right file"
        )


def _is_html(start: bytes) -> bool:
    head = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    head = re.sub(r"^(?:\s|<\?xml[^>]*\?>|<!--.*?-->)+", "", head.lstrip("\ufeff\u00ef\u00bb\u00bf"), flags=re.DOTALL)
    return re.match(r"<(?:!doctype\s+html|html|head|body|main|article|h1|div)\b", head, re.IGNORECASE) is not None
