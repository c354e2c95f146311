"""Reports that a workspace takes from the web."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import catalogue, manifest
from corpus.document import Document
from corpus.errors import WorkspaceError
from corpus.fetch import Candidate, Fetched, Fetcher, FetchError, UnchangedError, candidates
from corpus.store import write_atomically
from councilbench.kept import FOLDER

KINDS = ("pdf", "docx", "xlsx", "html")
MOST_NAMED = 12


@dataclass(frozen=True)
class Taken:
    """What became of one address."""

    url: str
    document: Document | None = None
    said: str = ""
    """What to tell, a sentence without its full stop."""
    failed: bool = False


def add_address(
    workspace: Path, url: str, fetcher: Fetcher, council: str = "", period: str = "", page: bool = False
) -> Taken:
    """Take the report at an address into a workspace; of a page that links to reports these are named, unless the page itself is the report.

    Raises corpus.errors.WorkspaceError, corpus.store.CannotWriteError.
    """
    known = next((d for d in manifest.read(workspace) if d.source == url), None)
    try:
        found = fetcher.fetch(url, _version_of(workspace, known) if known else "")
    except UnchangedError:
        assert known is not None  # nothing else has a version to ask by
        return _as_it_was(known)
    except FetchError as error:
        return Taken(url, said=str(error), failed=True)
    if found.kind not in KINDS:
        return Taken(
            url, said="is no PDF, Word, Excel or web page; download it in a browser and add the file", failed=True
        )
    if found.kind == "html" and not page and (linked := candidates(found)):
        return Taken(url, said=_named(linked), failed=True)
    _remember(workspace, url, found)
    if known is not None:
        return _again(workspace, known, found)
    document = manifest.add_bytes(workspace, found.data, found.name, found.kind, url, council, period)
    return Taken(url, document, f"added {document.slug}")


VERSIONS = "addresses.json"
"""Address -> what the server called the version that was taken, and its SHA-256; among what is kept and may be deleted."""


def _versions(workspace: Path) -> dict[str, list[str]]:
    try:
        found = json.loads((workspace / FOLDER / VERSIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _version_of(workspace: Path, known: Document) -> str:
    """What the server called the version that the workspace has; empty where it has another."""
    match _versions(workspace).get(known.source):
        case [str(etag), known.sha256]:
            return etag
    return ""


def _remember(workspace: Path, url: str, found: Fetched) -> None:
    if found.etag:
        (workspace / FOLDER).mkdir(exist_ok=True)
        text = json.dumps({**_versions(workspace), url: [found.etag, found.sha256]}, indent=1, sort_keys=True)
        write_atomically(workspace / FOLDER / VERSIONS, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def _as_it_was(known: Document) -> Taken:
    return Taken(known.source, known, f"{known.slug} is as it was")


def _again(workspace: Path, known: Document, found: Fetched) -> Taken:
    if known.sha256 == found.sha256:
        return _as_it_was(known)
    manifest.add_version(workspace, known.slug, found.data, found.kind)
    return Taken(
        known.source,
        known,
        f"{known.slug} has changed at its source; the new version is used from now on, the old one stays as {known.path.name}",
    )


def _named(linked: Sequence[Candidate]) -> str:
    listed = [f"  {c.url}  ({c.words})" for c in linked[:MOST_NAMED]]
    more = [f"  and {len(linked) - MOST_NAMED} more"] if len(linked) > MOST_NAMED else []
    return "\n".join(
        [
            "is a page that links to documents; add the one that is the report, or the page itself with --page:",
            *listed,
            *more,
        ]
    )


def fetch_catalogue(workspace: Path, fetcher: Fetcher, again: bool = False) -> Iterator[Taken]:
    """Take what `catalogue.csv` names and the workspace does not have yet; with `again` also look whether the others have changed.

    Raises corpus.errors.WorkspaceError, corpus.store.CannotWriteError.
    """
    for known in catalogue.read(workspace):
        there = any(d.source == known.url for d in manifest.read(workspace))
        if again or not there:
            try:
                yield add_address(workspace, known.url, fetcher, known.council, known.period)
            except WorkspaceError as error:
                yield Taken(known.url, said=str(error), failed=True)


def whereabouts(workspace: Path, councils: Sequence[str]) -> Iterator[str]:
    """A line for each council: years that are there, known only by address, and missing between the first and the last of the group."""
    there = {(d.council, d.period) for d in manifest.read(workspace)}
    known = {(k.council, k.period) for k in catalogue.read(workspace)} - there
    years = sorted({period for council, period in there | known if council in councils and period})
    for council in councils:
        parts = {
            "there": [y for y in years if (council, y) in there],
            "known by address only": [y for y in years if (council, y) in known],
            "missing": [y for y in years if (council, y) not in there | known],
        }
        said = "; ".join(f"{what}: {', '.join(listed)}" for what, listed in parts.items() if listed)
        yield f"{council}: {said or 'no report is known'}"
