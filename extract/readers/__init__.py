"""Readers, one a format, chosen by what a file's first bytes are."""

from __future__ import annotations

from pathlib import Path

from extract.model import Reading, UnreadableError

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Office version"),
    (b"{\\rtf", "an RTF file"),
)


def read(path: Path) -> Reading:
    """Read a document. Raises UnreadableError with a sentence for the user where it cannot be read."""
    try:
        with path.open("rb") as handle:
            start = handle.read(1024)
    except FileNotFoundError as error:
        raise UnreadableError("there is no such file; check the name") from error
    except IsADirectoryError as error:
        raise UnreadableError("is a folder without reports in it") from error
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror or error})") from error
    if not start:
        raise UnreadableError("is empty (0 bytes); download it again")
    if b"%PDF-" in start:
        from extract.readers.pdf import read as read_pdf  # noqa: PLC0415  (PDFium is not needed for text)

        return read_pdf(path)
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            raise UnreadableError(f"is {name}, which is not read; save the report as PDF and try again")
    if start.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableError("is a web page, which is not read yet; print it to PDF and try again")
    if path.suffix.lower() == ".pdf":
        raise UnreadableError("is named .pdf but is no PDF; download it again from the council's website")
    from extract.readers.text import read as read_text  # noqa: PLC0415

    return read_text(path)
