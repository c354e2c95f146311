"""A workspace: a folder with `reports.csv`, the reports' files in `reports/`, and the built `dataset/`."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from corpus import own_table
from corpus.document import SCOPES, Document, digest, free_slug, printable, slug_of
from corpus.errors import WorkspaceError
from corpus.lock import LOCK, WAIT, held
from corpus.store import CannotWriteError, write_atomically

MANIFEST = "reports.csv"
COLUMNS = ("document", "file", "council", "period", "scope", "source", "licence", "added", "sha256")


def create(folder: Path) -> Path:
    """Make an empty workspace. Raises WorkspaceError where one is there already."""
    if (folder / MANIFEST).exists():
        raise WorkspaceError(f"{folder}: is a workspace already (it has a {MANIFEST}).")
    try:
        (folder / "reports").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(
            f"{folder}: cannot be made ({error.strerror or error}); choose another place."
        ) from error
    _write(folder, [])
    return folder


def read(folder: Path) -> list[Document]:
    """The documents of a workspace. Raises WorkspaceError where there is no manifest or it cannot be understood."""
    path = folder / MANIFEST
    if not path.exists():
        raise WorkspaceError(f"{folder}: is not a workspace (no {MANIFEST}); make one with: councilbench init {folder}")
    documents = [_document(folder, row, f"{path}, line {n}") for n, row in own_table.read(path, ("document", "file"))]
    _refuse_doubles(path, documents)
    return documents


def _document(folder: Path, row: own_table.Row, where: str) -> Document:
    if not row["document"] or not row["file"] or slug_of(Path(f"{row['document']}.x")) != row["document"]:
        raise WorkspaceError(
            f"{where}: needs the name of the document, which may stand in a file's name, and its file."
        )
    council, period, scope = (row.get(c, "") for c in ("council", "period", "scope"))
    if scope not in SCOPES:
        raise WorkspaceError(
            f"{where}: {scope!r} is no scope; it is one of {', '.join(filter(None, SCOPES))}, or empty."
        )
    return Document(
        slug=row["document"],
        path=folder / row["file"],
        council=own_table.council_in(where, council) if council else "",
        period=own_table.year_in(where, period) if period else "",
        scope=scope,
        source=row.get("source", ""),
        licence=row.get("licence", ""),
        added=row.get("added", ""),
        sha256=row.get("sha256", ""),
    )


def reports(folder: Path) -> list[Document]:
    """The documents of a workspace, of which there is at least one. Raises WorkspaceError where there is none, and as read does."""
    documents = read(folder)
    if not documents:
        raise WorkspaceError(f"{folder}: has no reports yet; add one with: councilbench add FILE")
    return documents


P = ParamSpec("P")
T = TypeVar("T")


def _alone(change: Callable[Concatenate[Path, P], T]) -> Callable[Concatenate[Path, P], T]:
    """A change of a workspace's manifest, with no other process changing it at the same time."""

    @wraps(change)
    def alone(folder: Path, *args: P.args, **kwargs: P.kwargs) -> T:
        read(folder)  # says what is wrong with the workspace before anything is written to it
        with held(folder / LOCK, wait=WAIT):
            return change(folder, *args, **kwargs)

    return alone


@_alone
def add(folder: Path, source: Path, council: str = "", period: str = "") -> Document:
    """Copy a report into a workspace and enter it in the manifest. Another report of its name keeps it; this one gets another.

    Raises WorkspaceError where the file is missing or the workspace has it already.
    """
    documents = read(folder)
    if not source.is_file():
        raise WorkspaceError(f"{source}: there is no such file.")
    new = Document("", source, council, period, source=source.name)
    return _enter(folder, documents, new, source.read_bytes(), str(source))


@_alone
def add_bytes(
    folder: Path, data: bytes, name: str, kind: str, source: str, council: str = "", period: str = ""
) -> Document:
    """Enter a report that came from the web, under a name of its own. Raises WorkspaceError where the workspace has just this content."""
    new = Document("", folder / "reports" / f"{name}.{kind}", council, period, source=source)
    return _enter(folder, read(folder), new, data, source)


def _enter(folder: Path, documents: list[Document], new: Document, data: bytes, told: str) -> Document:
    """Write a report's file and its row; its path says how it would like to be named, `told` what it is called in messages."""
    if not data:
        raise WorkspaceError(f"{told}: is empty (0 bytes); download it again.")
    known = sha256(data).hexdigest()
    if twin := next((d for d in documents if d.sha256 == known), None):
        raise WorkspaceError(f"{told}: the workspace already has a report named {twin.slug!r} with just this content.")
    slug = free_slug(new.path, [d.slug for d in documents])
    target = _free(folder / "reports" / f"{slug}{new.path.suffix.lower()}")
    write_atomically(target, lambda temporary: temporary.write_bytes(data))
    document = replace(
        new, slug=slug, path=target, source=printable(new.source), added=date.today().isoformat(), sha256=known
    )
    try:
        _write(folder, [*documents, document])
    except BaseException:
        target.unlink(missing_ok=True)  # a file without its row would never be found again
        raise
    return document


@_alone
def add_version(folder: Path, slug: str, data: bytes, kind: str) -> Document:
    """Enter what a report's source has now; the file that was there before stays beside it. Raises WorkspaceError."""
    documents = read(folder)
    document = _named(documents, slug)
    target = _free(folder / "reports" / f"{document.slug}.{kind}")
    write_atomically(target, lambda temporary: temporary.write_bytes(data))
    changed = replace(document, path=target, added=date.today().isoformat(), sha256=sha256(data).hexdigest())
    _write(folder, [changed if d.slug == document.slug else d for d in documents])
    return changed


def _free(path: Path) -> Path:
    """The path, or one with a number, where nothing lies yet."""
    numbered = (path.with_stem(f"{path.stem}.{n}") for n in itertools.count(2))
    return next(p for p in itertools.chain([path], numbered) if not p.exists())


@_alone
def update(folder: Path, slug: str, source: Path) -> Document:
    """Put a changed file in the place of a report; its entry keeps council and year.

    Raises WorkspaceError where the report or the file is missing, or the file is the one that is there.
    """
    documents = read(folder)
    document = _named(documents, slug)
    if not source.is_file():
        raise WorkspaceError(f"{source}: there is no such file.")
    if not source.stat().st_size:
        raise WorkspaceError(f"{source}: is empty (0 bytes); download it again. {slug!r} is as it was.")
    if digest(source) == document.sha256:
        raise WorkspaceError(f"{source}: is the file that the workspace has for {slug!r}; nothing was changed.")
    target = document.path.with_suffix(source.suffix.lower())
    write_atomically(target, lambda temporary: shutil.copyfile(source, temporary))
    if target != document.path:
        document.path.unlink(missing_ok=True)
    changed = replace(document, path=target, source=source.name, added=date.today().isoformat(), sha256=digest(target))
    _write(folder, [changed if d.slug == document.slug else d for d in documents])
    return changed


@_alone
def remove(folder: Path, slug: str) -> Document:
    """Take a report out of a workspace, with the copy that the workspace made of it. Raises WorkspaceError where there is none of that name."""
    documents = read(folder)
    document = _named(documents, slug)
    if document.path.resolve().is_relative_to((folder / "reports").resolve()):
        document.path.unlink(missing_ok=True)  # before its row goes: one that is open in another program stays as it is
    _write(folder, [d for d in documents if d.slug != document.slug])
    return document


def _named(documents: list[Document], slug: str) -> Document:
    found = [d for d in documents if d.slug.casefold() == slug.casefold()]
    if not found:
        raise WorkspaceError(
            f"the workspace has no report named {slug!r}; its reports are {', '.join(d.slug for d in documents) or 'none'}."
        )
    return found[0]


@_alone
def record(
    folder: Path,
    recognised: dict[str, tuple[str, str, str]],
    contents: dict[str, str],
    given: dict[str, tuple[str, str]],
) -> list[Document]:
    """Fill gaps of the manifest with the council, year and scope recognised in the reports; what a person entered stays.

    `given` are the council and year that a person entered; what an earlier build filled in gives way where the file is another now. `contents` are the SHA-256 of the files as they were read; returns the reports whose file is another than the one that was added.
    """
    before = read(folder)
    documents, changed = [], []
    for d in before:
        council, period, scope = recognised.get(d.slug, ("", "", ""))
        content = contents.get(d.slug) or d.sha256
        if d.sha256 and content != d.sha256:
            changed.append(d)
        if d.slug in recognised:
            own_council, own_period = given.get(d.slug, ("", ""))
            d = replace(d, council=own_council or council, period=own_period or period, scope=d.scope or scope)  # noqa: PLW2901
        documents.append(replace(d, sha256=content))
    if documents != before:
        _write(folder, documents)
    return changed


def _refuse_doubles(path: Path, documents: list[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.slug.casefold() in seen:
            raise WorkspaceError(f"{path}: the document {document.slug!r} stands there twice; rename one of the two.")
        seen.add(document.slug.casefold())


def _write(folder: Path, documents: list[Document]) -> None:
    """Write the manifest; what it was saved as, and the columns that a person added, stay."""
    path = folder / MANIFEST
    before = own_table.table(path, ("document", "file"))
    entered = {row["document"]: row for _, row in before.rows}
    columns = [*before.columns, *(c for c in COLUMNS if c not in before.columns)]
    own_table.write(
        path,
        columns if before.rows else COLUMNS,
        [{**entered.get(d.slug, {}), **_row(folder, d)} for d in documents],
        before.encoding,
    )


def _row(folder: Path, d: Document) -> own_table.Row:
    file = d.path.relative_to(folder).as_posix() if d.path.is_relative_to(folder) else str(d.path)
    return dict(
        zip(COLUMNS, (d.slug, file, d.council, d.period, d.scope, d.source, d.licence, d.added, d.sha256), strict=True)
    )
