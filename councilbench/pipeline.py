"""One report from file to observations, and several with what went wrong for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import manifest, reference_data
from corpus.document import Document
from councilbench.building import at_work, bring_up_to_date
from councilbench.built import Built
from councilbench.reports import read_document
from councilbench.result import Result
from councilbench.runs import Run
from councilbench.watching import Watcher
from councilbench.workers import LIMITS, Limits, each

if TYPE_CHECKING:
    from councilbench.second_reader import SecondReader
    from normalise.wordings import Wording


def run(
    documents: Iterable[Document],
    second: SecondReader | None = None,
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
    own: Sequence[Wording] = (),
) -> Run:
    """Read documents, with a user's own wordings if there are any; what cannot be read is named among the problems and the others go on."""
    return Run(*each(documents, partial(read_document, second=second, own=tuple(own)), workers, watcher, limits))


def build(
    workspace: Path | str,
    suppress_below: int = 0,
    second: SecondReader | None = None,
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
) -> Run:
    """A workspace with its reference data, breaks and corrections; what was not built before is read now, and kept in WORKSPACE/kept.

    Writes no dataset. Raises corpus.errors.WorkspaceError where the folder is no workspace, or has no reports.
    """
    workspace = Path(workspace)
    manifest.reports(workspace)
    with at_work(workspace):
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
