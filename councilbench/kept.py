"""What was read of a report is kept by content, so that nothing is read twice.

A reading (blocks with words and places) is kept under the hash of the file and of the code that reads it, what was made of it under the
hash of the whole reading code, the vocabulary and the options as well: a change of vocabulary alone reads no page again. The hashes are
computed, so nobody can forget them. What is kept can be deleted at any time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.machinery import ModuleSpec
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document, digest
from corpus.shelf import Shelf, shelf_at
from extract.limits import limits

if TYPE_CHECKING:
    from councilbench.result import Result
    from extract.model import Reading

FOLDER = "kept"
ABOUT = "What councilbench has read, kept so that nothing is read twice. This folder can be deleted at any time: the next build reads the reports again.\n"
_ROOMS = ("corpus", "extract")
_MEANING = ("corpus", "extract", "normalise", "councilbench")
_READ_BY = ("pypdfium2", "pdfplumber", "pdfminer-six", "camelot-py", "lxml", "python-docx", "openpyxl", "rapidocr")


@cache
def code(rooms: tuple[str, ...]) -> str:
    """A hash of everything in some packages that decides what is read: modules, vocabulary, and the libraries beneath."""
    found = sha256(f"{sys.version_info[:2]}".encode())
    for name in _READ_BY:
        found.update(f"{name} {_version(name)}".encode())
    for room in rooms:
        root = Path(next(iter(_spec(room).submodule_search_locations or ())))
        for path in sorted(
            p for p in root.rglob("*") if p.suffix in (".py", ".csv", ".tsv") and "samples" not in p.parts
        ):
            found.update(path.relative_to(root).as_posix().encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _spec(room: str) -> ModuleSpec:
    """Where a package is, without loading it."""
    spec = find_spec(room)
    if spec is None:
        raise ModuleNotFoundError(room)
    return spec


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def content_of(path: Path) -> str:
    """The SHA-256 of a report, or of the files of a folder of web pages."""
    if not path.is_dir():
        return digest(path)
    whole = sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        whole.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def name_of(*parts: str) -> str:
    """A name for what rests on these."""
    return sha256("\0".join(parts).encode()).hexdigest()[:40]


@dataclass(frozen=True)
class Kept:
    """The readings, and what was made of them, of one folder."""

    folder: Path
    place: str = ""
    """Where else readings and results are kept, as `s3://bucket/folder`; empty for the folder itself."""

    @property
    def _readings(self) -> Shelf:
        return shelf_at(self.place or str(self.folder), "readings")

    @property
    def _results(self) -> Shelf:
        return shelf_at(self.place or str(self.folder), "results")

    def reading(self, name: str) -> Reading | None:
        """A reading that is kept."""
        from councilbench.packing import reading_from  # noqa: PLC0415  (only who reads reports needs it)

        return reading_from(self._readings.get(name))

    def keep_reading(self, name: str, reading: Reading) -> None:
        """Keep a reading. Raises corpus.store.CannotWriteError."""
        from councilbench.packing import packed_reading  # noqa: PLC0415

        self._readings.put(name, packed_reading(reading))

    def result(self, name: str, document: Document) -> Result | str | None:
        """What was made of a report, or why it is none; None where neither is kept."""
        from councilbench.packing import result_from  # noqa: PLC0415

        return result_from(self._results.get(name), document)

    def keep_result(self, name: str, result: Result | str) -> None:
        """Keep what was made of a report, or the sentence that says why it is none. Raises corpus.store.CannotWriteError."""
        from councilbench.packing import packed_result  # noqa: PLC0415

        self._results.put(name, packed_result(result))

    def keep_only(self, readings: set[str], results: set[str]) -> None:
        """Drop what no report of the workspace needs any more."""
        self._readings.keep_only(readings)
        self._results.keep_only(results)


@dataclass(frozen=True)
class Names:
    """Under which names a document is kept."""

    kept: Kept
    reading: str
    result: str

    @classmethod
    def of(cls, kept: Kept, document: Document, second: str = "", own: str = "") -> Names:
        """The names of a document whose `sha256` is known; `second` stands for a second reader with its replies, `own` for a user's wordings."""
        reading = name_of(document.sha256, document.path.suffix.lower(), code(_ROOMS), str(limits()))
        return cls(
            kept,
            reading,
            name_of(reading, code(_MEANING), document.slug, document.council, document.period, second, own),
        )
