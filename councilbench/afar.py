"""What workers on other machines need of a workspace, put by content where they can get it: reports and reference data."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.document import Document
from corpus.reference_sources import FOLDER
from corpus.shelf import PlaceError, Shelf, shelf_at
from councilbench.making import Making

SOURCES = "sources"


def put_up(making: Making, documents: Sequence[Document]) -> None:
    """Put reports and reference data on the shelf of sources, unless they are there. Raises corpus.shelf.PlaceError."""
    shelf = shelf_at(making.place, SOURCES)
    for document in documents:
        if document.sha256 and not shelf.has(document.sha256):
            shelf.put(document.sha256, _bytes_of(document.path))
    if making.reference and not shelf.has(making.reference):
        shelf.put(making.reference, _zipped(making.workspace / FOLDER))


@contextmanager
def brought(making: Making, document: Document) -> Iterator[tuple[Making, Document]]:
    """A report with its reference data in a temporary folder of the machine that reads it. Raises corpus.shelf.PlaceError."""
    shelf = shelf_at(making.place, SOURCES)
    with tempfile.TemporaryDirectory(prefix="councilbench-") as home:
        path = Path(home) / "report" / document.path.name
        path.parent.mkdir()
        data = _taken(shelf, document.sha256, making.place)
        if document.path.suffix:
            path.write_bytes(data)
        else:
            _unpack(data, path)
        if making.reference:
            _unpack(_taken(shelf, making.reference, making.place), Path(home) / FOLDER)
        yield replace(making, workspace=Path(home)), replace(document, path=path)


def _taken(shelf: Shelf, name: str, place: str) -> bytes:
    data = shelf.get(name)
    if data is None:
        raise PlaceError(f"{place}: no longer holds a report that is to be read; build again")
    return data


def _bytes_of(path: Path) -> bytes:
    """A report, or a folder of web pages as a zip file."""
    return _zipped(path) if path.is_dir() else path.read_bytes()


def _zipped(folder: Path) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
    return found.getvalue()


def _unpack(data: bytes, folder: Path) -> None:
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)  # what put_up packed itself
