"""One report from file to observations, and several with what went wrong for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus import manifest, reference_data
from corpus.councils import could_mean, find, suggestions
from corpus.document import Document, files_in, free_slug
from corpus.errors import UsageError
from councilbench.building import bring_up_to_date
from councilbench.built import Built
from councilbench.reports import Result, read_document
from councilbench.runs import Run
from councilbench.watching import Silent, Watcher
from councilbench.workers import LIMITS, Limits, Outcome, outcomes
from normalise import periods

if TYPE_CHECKING:
    from councilbench.second_reader import SecondReader


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


T = TypeVar("T")


def each(
    documents: Iterable[Document],
    action: Callable[[Document], T],
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
) -> tuple[list[T], list[str]]:
    """Do something with each document: its results in the order of the documents, and a sentence for each that could not be read.

    With `workers` in so many child processes, which `limits` hold for; without in this one.
    """
    listed = list(documents)
    watcher = watcher or Silent()
    found: dict[int, Outcome] = {}
    watcher.start(listed)
    try:
        for outcome in outcomes(listed, action, workers, watcher, limits):
            found[outcome.number] = outcome
    finally:
        watcher.stop()
    told = [(listed[n], found[n]) for n in sorted(found)]
    return [o.value for _, o in told if not o.problem], [f"{d.shown}: {o.problem}" for d, o in told if o.problem]


def run(
    documents: Iterable[Document],
    second: SecondReader | None = None,
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
) -> Run:
    """Read documents; what cannot be read is named among the problems and the others go on."""
    return Run(*each(documents, partial(read_document, second=second), workers, watcher, limits))


def rows_only(document: Document, second: SecondReader | None = None) -> Result:
    """A report without the fates of its numbers, which take long to hand over."""
    return replace(read_document(document, second), fates=[], text="")


def build(
    workspace: Path | str,
    suppress_below: int = 0,
    second: SecondReader | None = None,
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
) -> Run:
    """A workspace with its reference data, breaks and corrections; what was not built before is read now, and kept in WORKSPACE/kept.

    Writes no dataset. Raises corpus.manifest.WorkspaceError where the folder is no workspace, UsageError where it has no reports.
    """
    workspace = Path(workspace)
    if not manifest.read(workspace):
        raise UsageError(f"{workspace}: has no reports yet; add one with: councilbench add FILE")
    built, _ = bring_up_to_date(workspace, second, workers, watcher, limits)
    return run_of(workspace, built, suppress_below)


def run_of(workspace: Path, built: Built, suppress_below: int = 0) -> Run:
    """What was built of a workspace."""
    documents = {d.slug: d for d in manifest.read(workspace)}
    results, problems = [], []
    for e in built.index.entries:
        document = replace(
            documents.get(e.slug) or Document(e.slug, workspace / "reports" / e.file),
            council=e.council, period=e.period, scope=e.scope, sha256=e.content,
        )  # fmt: skip
        if e.problem:
            problems.append(f"{document.shown}: {e.problem}")
        else:
            results.append(Result(document, [], [], "", tuple(e.unread), e.notes))
    return Run(
        results,
        problems,
        reference_data.load(workspace),
        reference_data.in_force(workspace),
        built.index.own_breaks,
        {e.slug: e.agreeing for e in built.index.entries},
        built.corrections,
        suppress_below,
        built,
    )


def documents_of(paths: Sequence[Path | str], council: str = "", period: str = "") -> list[Document]:
    """Documents for paths on the command line; a folder stands for the reports in it.

    A file that is named twice is read once; of two files of one name the second is named after its folder too, or its kind.
    """
    documents: dict[Path, Document] = {}
    for path, archive in files_in([Path(p) for p in paths]):
        if path not in documents:
            slug = free_slug(path, [d.slug for d in documents.values()])
            documents[path] = Document(slug=slug, path=path, council=council, period=period, inside=archive)
    return list(documents.values())
