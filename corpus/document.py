"""A report as the corpus knows it: whose it is, for which year, and where its bytes are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.archive import ArchiveError, kind_of, unpack

KINDS = (".pdf", ".docx", ".html", ".htm", ".xlsx", ".txt", ".md")
"""Endings of the files that a folder is searched for. What a file really is, its content tells."""

SCOPES = ("children", "education", "adults", "council", "")


@dataclass(frozen=True)
class Document:
    """One published report."""

    slug: str
    """The stem of its file; names the report in every output."""
    path: Path
    council: str = ""
    """Official short name, empty where neither the report nor the user says it."""
    period: str = ""
    """English financial year as `2023-24`."""
    scope: str = ""
    """What the report covers: `children`, `education`, `adults`, `council`, or empty where unclear."""
    source: str = ""
    """Where the file came from, as given by the user."""
    licence: str = ""
    added: str = ""
    """ISO date on which it was added to the workspace."""
    sha256: str = ""
    inside: Path | None = None
    """The zip file that the report was unpacked from."""

    @property
    def shown(self) -> str:
        """Where the report is, for messages."""
        return f"{self.inside}/{self.path.name}" if self.inside else str(self.path)


def slug_of(path: Path) -> str:
    """The report's slug: the stem of its file, with characters that file systems dislike replaced.

    >>> slug_of(Path("Bury 2023/24: final.pdf".replace("/", "-")))
    'Bury 2023-24- final'
    """
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", printable(path.stem)).strip() or "report"


def printable(name: str) -> str:
    """A file's name as text that can be written; the bytes of one that is no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode()


def free_slug(path: Path, taken: Collection[str]) -> str:
    """The report's slug; where another file has it, with the name of its folder before it, or the kind of file or a number behind it.

    >>> free_slug(Path("oldham/report.pdf"), {"report"})
    'oldham-report'
    """
    slug = slug_of(path)
    folder = slug_of(path.resolve().parent / f"{path.resolve().parent.name}.x")
    named = (slug, f"{folder}-{slug}", f"{slug}-{path.suffix.lower().strip('.')}")
    used = {name.casefold() for name in taken}
    numbered = (f"{slug}-{n}" for n in itertools.count(2))
    return next(name for name in itertools.chain(named, numbered) if name.casefold() not in used)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as hexadecimal digits."""
    return sha256(path.read_bytes()).hexdigest()


def files_in(paths: list[Path]) -> list[tuple[Path, Path | None]]:
    """The files meant by paths, each with the zip file that it came out of.

    A folder stands for the reports directly and indirectly inside it, sorted; so does a zip file. A path that does not
    exist is kept, so that its reader can say so, and so is a zip file that cannot be unpacked.
    """
    found: list[tuple[Path, Path | None]] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if _is_report(p)) if path.is_dir() else [path]
        for file in inside:
            try:
                found += [(p, file) for p in unpack(file, KINDS)] if kind_of(file) == "zip" else [(file, None)]
            except ArchiveError:
                found.append((file, None))
    return found


def _is_report(path: Path) -> bool:
    # "~$report.docx" is what Word leaves beside an open document.
    return path.is_file() and path.suffix.lower() in (*KINDS, ".zip") and not path.name.startswith(("~$", "."))
