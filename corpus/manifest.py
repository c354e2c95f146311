"""A workspace: a folder with `reports.csv`, the reports' files in `reports/`, and the built `dataset/`."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.document import Document, digest, slug_of
from corpus.store import write_atomically, write_text

MANIFEST = "reports.csv"
COLUMNS = ("document", "file", "council", "period", "scope", "source", "licence", "added", "sha256")


class WorkspaceError(Exception):
    """Something about a workspace that its user has to put right; the message says what."""


def create(folder: Path) -> Path:
    """Make an empty workspace. Raises WorkspaceError where one is there already."""
    if (folder / MANIFEST).exists():
        raise WorkspaceError(f"{folder}: is a workspace already (it has a {MANIFEST}).")
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    _write(folder, [])
    return folder


def read(folder: Path) -> list[Document]:
    """The documents of a workspace. Raises WorkspaceError where there is no manifest or it cannot be understood."""
    path = folder / MANIFEST
    if not path.exists():
        raise WorkspaceError(f"{folder}: is not a workspace (no {MANIFEST}); make one with: councilbench init {folder}")
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    rows = list(csv.DictReader(io.StringIO(text)))
    missing = [name for name in ("document", "file") if rows and name not in rows[0]]
    if missing:
        raise WorkspaceError(
            f"{path}: has no column {' and no column '.join(missing)}; the columns are {', '.join(COLUMNS)}."
        )
    documents = [
        Document(
            slug=row["document"],
            path=folder / row["file"],
            council=row.get("council") or "",
            period=row.get("period") or "",
            scope=row.get("scope") or "",
            source=row.get("source") or "",
            licence=row.get("licence") or "",
            added=row.get("added") or "",
            sha256=row.get("sha256") or "",
        )
        for row in rows
    ]
    _refuse_doubles(documents)
    return documents


def add(folder: Path, source: Path, council: str = "", period: str = "") -> Document:
    """Copy a report into a workspace and enter it in the manifest.

    Raises WorkspaceError where the file is missing or its name is taken.
    """
    documents = read(folder)
    if not source.is_file():
        raise WorkspaceError(f"{source}: there is no such file.")
    slug = slug_of(source)
    if any(d.slug.casefold() == slug.casefold() for d in documents):
        raise WorkspaceError(
            f"{source}: the workspace already has a report named {slug!r}; rename the file, or remove the old entry."
        )
    target = folder / "reports" / f"{slug}{source.suffix.lower()}"
    write_atomically(target, lambda temporary: shutil.copyfile(source, temporary))
    document = Document(
        slug=slug,
        path=target,
        council=council,
        period=period,
        source=source.name,
        added=date.today().isoformat(),
        sha256=digest(target),
    )
    _write(folder, [*documents, document])
    return document


def record(folder: Path, recognised: dict[str, Document]) -> None:
    """Fill gaps of the manifest with what was recognised in the reports; what a person entered stays."""
    documents = []
    for document in read(folder):
        found = recognised.get(document.slug, document)
        documents.append(
            replace(
                document,
                council=document.council or found.council,
                period=document.period or found.period,
                scope=document.scope or found.scope,
            )
        )
    _write(folder, documents)


def _refuse_doubles(documents: list[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.slug.casefold() in seen:
            raise WorkspaceError(
                f"{MANIFEST}: the document {document.slug!r} stands there twice; rename one of the two."
            )
        seen.add(document.slug.casefold())


def _write(folder: Path, documents: list[Document]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for d in documents:
        file = d.path.relative_to(folder).as_posix() if d.path.is_relative_to(folder) else str(d.path)
        writer.writerow([d.slug, file, d.council, d.period, d.scope, d.source, d.licence, d.added, d.sha256])
    write_text(folder / MANIFEST, "\ufeff" + buffer.getvalue())
