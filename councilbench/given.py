"""What a user gives: councils, years, and paths of reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.councils import the_one
from corpus.document import Document, files_in, free_slug
from corpus.errors import UsageError
from normalise import periods


def given_council(name: str) -> str:
    """The short name of the council that a user gave, empty where none was. Raises UsageError as the_one does."""
    return the_one(name) if name else ""


def given_period(period: str) -> str:
    """A financial year that a user gave, as `2023-24`. Raises UsageError where it is none."""
    if not period:
        return ""
    said = [s.period for s in periods.said(str(period)) if s.exact and periods.is_year(s.period)]
    if len(said) != 1:
        raise UsageError(f"{period!r} is no financial year; write it as 2023-24")
    return said[0]


def documents_of(paths: str | Path | Sequence[Path | str], council: str = "", period: str = "") -> list[Document]:
    """Documents for a path, or several; a folder stands for the reports in it.

    A file that is named twice is read once; of two files of one name the second is named after its folder too, or its kind.
    """
    documents: dict[Path, Document] = {}
    if isinstance(paths, str | Path):
        paths = [paths]
    for path, archive in files_in([Path(p) for p in paths]):
        if path not in documents:
            slug = free_slug(path, [d.slug for d in documents.values()])
            documents[path] = Document(slug=slug, path=path, council=council, period=period, inside=archive)
    return list(documents.values())
