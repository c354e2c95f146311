"""What a user gives: councils, years, and paths of reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.councils import could_mean, find, suggestions
from corpus.document import Document, files_in, free_slug
from corpus.errors import UsageError
from normalise import periods


def given_council(name: str) -> str:
    """The short name of the one council that a user can mean. Raises UsageError where there is none, or several."""
    council = find(name) if name else None
    if name and council is None:
        meant = could_mean(name)
        if len(meant) == 1:
            return meant[0]
        close = meant or suggestions(name)
        hint = f"; did you mean {' or '.join(close[:4])}?" if close else ""
        raise UsageError(f"there is no council named {name!r}{hint}")
    return council.short_name if council else ""


def given_period(period: str) -> str:
    """A financial year that a user gave, as `2023-24`. Raises UsageError where it is none."""
    if not period:
        return ""
    said = [s.period for s in periods.said(period) if s.exact and periods.is_year(s.period)]
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
