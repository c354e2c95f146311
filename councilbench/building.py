"""Building a workspace: what changed is read, in child processes, and everything else is taken from the build before."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import corrections, manifest, own_breaks, reference_sources
from corpus.corrections import Correction
from corpus.document import Document
from corpus.lock import held
from corpus.store import mend, replacing, write_text
from councilbench.afar import put_up
from councilbench.built import DATASET, INDEX, OWN, Assembly, Built, Entry, Index, stat_of
from councilbench.built import FOLDER as BUILT
from councilbench.kept import ABOUT, FOLDER, Kept, Names, code, content_of, name_of
from councilbench.making import Made, Making
from councilbench.watching import Silent, Watcher
from councilbench.workers import LIMITS, Limits, Outcome, outcomes
from normalise import own_wordings
from normalise.codes import MEASURES
from normalise.correction_rules import against_the_rules

if TYPE_CHECKING:
    from councilbench.second_reader import SecondReader
    from normalise.wordings import Wording

_ALL = ("corpus", "extract", "normalise", "compare", "councilbench")
"""What decides what is built of a report."""


def kept_corrections(workspace: Path) -> list[Correction]:
    """The corrections of a workspace. Raises corpus.errors.WorkspaceError for one that is against the rules of the common model."""
    return corrections.read(workspace, against_the_rules)


@dataclass(frozen=True)
class Job:
    """A report of the workspace, and whether it is as it was when it was built last."""

    document: Document
    entry: Entry
    same: bool

    @property
    def as_told(self) -> Document:
        """The document as the reading is told of it."""
        council, period = self.entry.given
        return replace(self.document, council=council, period=period, sha256=self.entry.content)


@dataclass(frozen=True)
class _Plan:
    """What a workspace holds now beside what was built of it."""

    workspace: Path
    second: SecondReader | None
    place: str = ""
    """Where readings are kept, if not in the workspace."""

    @cached_property
    def kept(self) -> Kept:
        return Kept(self.workspace / FOLDER, self.place)

    @cached_property
    def before(self) -> Built | None:
        return Built.of(self.kept.folder)

    @cached_property
    def corrections(self) -> dict[str, tuple[Correction, ...]]:
        """Document -> its corrections."""
        found: dict[str, tuple[Correction, ...]] = {}
        for c in kept_corrections(self.workspace):
            found[c.document] = (*found.get(c.document, ()), c)
        return found

    @cached_property
    def reference(self) -> str:
        return reference_sources.fingerprint(self.workspace)

    @cached_property
    def replies(self) -> str:
        return self.second.fingerprint() if self.second else ""

    @cached_property
    def jobs(self) -> list[Job]:
        return [self._job(d) for d in manifest.read(self.workspace)]

    @cached_property
    def own(self) -> tuple[Wording, ...]:
        return own_wordings.read(self.workspace / own_wordings.FILE)

    def names(self, document: Document) -> Names:
        return Names.of(self.kept, document, self.replies, own_wordings.fingerprint(self.own))

    def _job(self, document: Document) -> Job:
        old = self.before.by_slug.get(document.slug) if self.before else None
        size, changed = stat_of(document.path)
        content = old.content if old and (old.size, old.changed) == (size, changed) else _content(document.path)
        given = (document.council, document.period)
        if old and given == (old.council, old.period):
            given = old.given  # what the last build recognised stands in the manifest since then
        new = Job(document, Entry(document.slug, document.path.name, size, changed, content, given), same=False)
        own = [str(c) for c in self.corrections.get(document.slug, ())]
        new.entry.rests_on = name_of(self.names(new.as_told).result, code(_ALL), self.reference, *own)
        if old and old.rests_on == new.entry.rests_on and not old.passing:
            return Job(document, replace(old, size=size, changed=changed, rows=dict(old.rows)), same=True)
        return new

    @cached_property
    def index(self) -> Index:
        """What will have been built."""
        listed = kept_corrections(self.workspace)
        known = {j.document.slug for j in self.jobs}
        return Index(
            [j.entry for j in self.jobs],
            code(_ALL),
            [asdict(c) for c in listed],
            [asdict(b) for b in own_breaks.read(self.workspace, MEASURES)],
            self.reference,
            self.second.name if self.second else "rules",
            [
                f"the correction of {c.authority} {c.period}, {c.measure} {c.stage} is of {c.document!r}, which the workspace does not have"
                for c in listed
                if c.document not in known
            ],
            own_wordings.fingerprint(self.own),
        )


@contextmanager
def at_work(workspace: Path) -> Iterator[None]:
    """Hold a workspace while it is built, and mend what a build that was killed left behind.

    Raises corpus.errors.WorkspaceError, corpus.lock.LockedError while another process builds it, corpus.store.CannotWriteError.
    """
    manifest.read(workspace)
    kept = workspace / FOLDER
    with held(kept / "lock"):
        mend(kept / BUILT)
        mend(workspace / DATASET)
        yield


def bring_up_to_date(
    workspace: Path,
    second: SecondReader | None = None,
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
    cluster: str = "",
    place: str = "",
) -> tuple[Built, int]:
    """Build what changed since the last build: what is built now, and how many reports were made anew.

    `place` is where readings are kept instead of in the workspace (`s3://bucket/folder`, or a folder); with `cluster` the reports lie there, too,
    so that workers need not see the workspace. The workspace has to be held by `at_work`.
    Raises corpus.errors.WorkspaceError, corpus.store.CannotWriteError, corpus.shelf.PlaceError.
    """
    plan = _Plan(workspace, second, place)
    anew = [j for j in plan.jobs if not j.same]
    if plan.before and not anew and plan.before.index.like(plan.index):
        if plan.before.index != plan.index:
            write_text(plan.before.folder / INDEX, plan.index.as_json())
        return plan.before, 0
    # What frames take to load passes while the children read; where nothing changed, none is needed.
    threading.Thread(target=import_module, args=("councilbench.together",), daemon=True).start()
    plan.kept.folder.mkdir(parents=True, exist_ok=True)
    (plan.kept.folder / "README.txt").write_text(ABOUT, encoding="utf-8")
    with replacing(plan.kept.folder / BUILT) as folder:
        _assemble(
            folder,
            plan,
            _made(plan, anew, watcher or Silent(), {"workers": workers, "limits": limits, "cluster": cluster}),
        )
        from councilbench.together import put_together  # noqa: PLC0415

        put_together(folder, plan.index, plan.before, {j.entry.slug for j in anew})
        (folder / INDEX).write_text(plan.index.as_json(), encoding="utf-8")
    names = [plan.names(j.as_told) for j in plan.jobs]
    if not place:  # another workspace may need what this one does not
        plan.kept.keep_only({n.reading for n in names}, {n.result for n in names})
    return Built(plan.kept.folder / BUILT, plan.index), len(anew)


def _content(path: Path) -> str:
    try:
        return content_of(path)
    except OSError:
        return ""


def _made(plan: _Plan, anew: Sequence[Job], watcher: Watcher, how: dict[str, Any]) -> Iterator[Outcome]:
    """What became of the reports that are made anew, in their order; `how` is handed on to `outcomes`."""
    documents = [job.as_told for job in anew]
    names = {d.slug: plan.names(d) for d in documents}
    making = Making(names, plan.corrections, plan.workspace, plan.reference, plan.second, plan.own)
    if plan.place and how["cluster"]:
        making = replace(making, place=plan.place)
        put_up(making, documents)
    early: dict[int, Outcome] = {}
    following = 0
    watcher.start(documents)
    try:
        for outcome in outcomes(documents, making, watcher=watcher, **how):
            early[outcome.number] = outcome
            while following in early:
                yield early.pop(following)
                following += 1
    finally:
        watcher.stop()


def _assemble(folder: Path, plan: _Plan, made: Iterator[Outcome]) -> None:
    """Write the tables of each report by itself, in the order of the manifest."""
    assembly = Assembly(folder, OWN, plan.before)
    for job in plan.jobs:
        if job.same:
            assembly.add(job.entry, None)
            continue
        outcome, entry = next(made), job.entry
        from councilbench.tabling import empty, from_bytes  # noqa: PLC0415  (the children are at work by now)

        tables = empty()
        entry.problem, entry.passing = outcome.problem, outcome.passing
        if isinstance(outcome.value, Made):
            tables = {name: from_bytes(data) for name, data in outcome.value.tables.items()}
            for name in ("council", "period", "scope", "notes", "unread", "agreeing"):
                setattr(entry, name, getattr(outcome.value, name))
        assembly.add(entry, tables)
    assembly.close()


BESIDE = (corrections.FILE, own_breaks.FILE, "the reference data")
"""What a build takes in without reading a report."""


def changed_since(workspace: Path, built: Built) -> list[str]:
    """What of a workspace is not as it was when it was built: names of reports, of BESIDE, `wordings.csv`, and the program itself."""
    listed = manifest.read(workspace)
    found = [d.slug for d in listed if d.slug not in built.by_slug or _differs(d, built.by_slug[d.slug])]
    found += sorted(set(built.by_slug) - {d.slug for d in listed})
    if [asdict(c) for c in kept_corrections(workspace)] != built.index.corrections:
        found.append(BESIDE[0])
    if [asdict(b) for b in own_breaks.read(workspace, MEASURES)] != built.index.breaks:
        found.append(BESIDE[1])
    if reference_sources.fingerprint(workspace) != built.index.reference:
        found.append(BESIDE[2])
    if own_wordings.fingerprint(own_wordings.read(workspace / own_wordings.FILE)) != built.index.wordings:
        found.append(own_wordings.FILE)
    return found if built.index.code == code(_ALL) else [*found, "the program itself"]


def _differs(document: Document, entry: Entry) -> bool:
    told = (document.council, document.period)
    if told not in (entry.given, (entry.council, entry.period)):
        return True
    return stat_of(document.path) != (entry.size, entry.changed) and _content(document.path) != entry.content
