"""Zipped folders of reports."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

MOST_FILES = 500
MOST_BYTES = 500_000_000
"""Unpacked; a zip file that inflates to more is no folder of reports."""

_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "content.xml": "odf"}
_folders: list[tempfile.TemporaryDirectory[str]] = []
"""Unpacked files live until the program ends; the directories remove themselves then."""


class ArchiveError(Exception):
    """A zip file cannot be unpacked; the message says why, without the file's name."""


def kind_of(file: Path | BinaryIO) -> str:
    """What a file in zip format is: `docx`, `xlsx`, `pptx`, `odf`, `zip`, or empty where it is not in zip format or damaged."""
    if isinstance(file, Path) and not file.is_file():
        return ""  # a pipe would be waited for, and a device read without end
    try:
        if not zipfile.is_zipfile(file):
            return ""
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    return next((kind for name, kind in _OFFICE.items() if name in names), "zip")


def kind_of_bytes(data: bytes) -> str:
    """What bytes are: `pdf`, `html`, or what kind_of says; empty for anything else."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return kind_of(io.BytesIO(data))
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        "html"
        if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) and b"<html" in data[:8192].lower()
        else ""
    )


def check_size(path: Path) -> None:
    """Raises ArchiveError where a file in zip format would inflate to more than any report, or to other than its directory says."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > 20 * MOST_FILES or sum(m.file_size for m in members) > MOST_BYTES:
                raise ArchiveError("inflates to far more than a report holds and was not opened")
            if archive.testzip() is not None:  # reads piece by piece; who reads a whole member trusts its directory
                raise ArchiveError("is damaged: its parts are not what its directory says; download it again")
    except RuntimeError as error:
        raise ArchiveError("is protected by a password; save a copy without one, and try again") from error
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise ArchiveError("is damaged; download it again") from error


def text_inside(path: Path) -> dict[str, int]:
    """Name -> bytes of the parts of an Office file that hold text, as its directory says."""
    with zipfile.ZipFile(path) as archive:
        return {m.filename: m.file_size for m in archive.infolist() if m.filename.endswith((".xml", ".rels"))}


def unpack(path: Path, kinds: tuple[str, ...]) -> list[Path]:
    """The files of certain kinds (endings) in a zip file, unpacked to a temporary folder, sorted by name.

    Raises ArchiveError where the archive is damaged, encrypted, too large, or holds nothing of these kinds.
    """
    try:
        check_size(path)
        with zipfile.ZipFile(path) as archive:
            members = [
                m
                for m in archive.infolist()
                if not m.is_dir()
                and PurePosixPath(m.filename).suffix.lower() in kinds
                and not any(
                    part != ".." and part.startswith((".", "__MACOSX")) for part in PurePosixPath(m.filename).parts
                )
            ]
            if not members:
                raise ArchiveError(f"holds no reports ({', '.join(kinds)})")
            if len(members) > MOST_FILES:
                raise ArchiveError(f"holds more than {MOST_FILES} files; unpack it and choose the reports")
            folder = tempfile.TemporaryDirectory(prefix="councilbench-")
            _folders.append(folder)
            found: list[Path] = []
            for member in sorted(members, key=lambda m: m.filename):
                # Only names are used, so that no member can be written elsewhere; numbers keep equal ones apart.
                place = PurePosixPath(member.filename.replace("\\", "/"))
                above = place.parent.name.strip(". ")[-80:] or path.stem[-80:]
                target = Path(folder.name, str(len(found)), above, place.name[-150:])
                target.parent.mkdir(parents=True)
                target.write_bytes(archive.read(member))
                found.append(target)
            return found
    except RuntimeError as error:
        raise ArchiveError("is protected by a password; unpack it first and add the files") from error
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise ArchiveError("is a damaged zip file; download it again") from error
