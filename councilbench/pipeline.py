"""One report from file to observations, and several with what went wrong for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

import extract
from compare.statistics import with_intervals
from corpus import corrections, manifest, own_breaks, reference_data
from corpus.corrections import Correction
from corpus.councils import could_mean, find, suggestions
from corpus.document import Document, files_in, free_slug, slug_of
from corpus.own_breaks import OwnBreak
from councilbench.second_reader import SecondReader
from normalise import indicators, periods, return_form
from normalise.asking.holding import Held, held_to_the_page
from normalise.asking.jury import judged, misses_what_is_plain, model_alone
from normalise.asking.page_lines import page_lines
from normalise.audit import Report, discrepancies
from normalise.breaks import marked
from normalise.comparability import gate
from normalise.corrections import corrected
from normalise.crosswalk import themes
from normalise.disclosure import suppress, without_small_counts
from normalise.ledger import Report as LedgerReport
from normalise.ledger import ledger
from normalise.observations import COLUMNS, failures
from normalise.reading.frontmatter import FrontMatter, recognise
from normalise.reading.interpreting import Fate, interpret, observations
from normalise.reading.trace import readings
from normalise.rows import grouped, records


class NotAReportError(Exception):
    """A document can be read but is no complaints report; the message says so."""


class UsageError(Exception):
    """An option cannot be understood; the message says what would be."""


@dataclass
class Result:
    """What became of one report."""

    document: Document
    observations: pd.DataFrame
    fates: list[Fate]
    text: str = ""
    """The running text, for what a report says without a number."""
    unread: tuple[str, ...] = ()
    """Titles of charts whose figures are pictures; "page 3" for a page that was not read."""
    notes: list[str] = field(default_factory=list)
    """Sentences for the user: what was taken from the file's name, which pages were not read."""
    refused: list[Held] = field(default_factory=list)
    """Answers of a second reader that do not stand on the page."""


@dataclass
class Run:
    """What became of several reports."""

    results: list[Result] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """A sentence for every file that could not be read, with its name."""
    reference: pd.DataFrame | None = None
    """Reference data of the workspace; None where there is no workspace."""
    credits: Sequence[dict[str, str]] = field(default_factory=reference_data.built_in_sources)
    """Where the reference data came from: `kind`, `source` and `licence` of each table."""
    breaks: list[OwnBreak] = field(default_factory=list)
    """Breaks in series that the workspace names."""
    agreeing: dict[str, int] = field(default_factory=dict)
    """Document -> comparisons of its figures that held, once `discrepancies` is known."""
    corrections: list[Correction] = field(default_factory=list)
    """Corrections of councils, from the workspace."""
    suppress_below: int = 0
    """Counts under this are withheld from everything that leaves the program; 0 withholds nothing."""

    @cached_property
    def observations(self) -> pd.DataFrame:
        frames = [r.observations for r in self.results if len(r.observations)]
        frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))
        frame, _ = corrected(frame, self.corrections) if self.corrections else (frame, [])
        return suppress(frame, self.suppress_below) if self.suppress_below else frame

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The files of the dataset, by name."""
        return {
            "observations": self.observations,
            "indicators": self.indicators,
            "discrepancies": self.discrepancies,
            "ledger": self.ledger,
            "themes": self.themes,
            "comparability": self.comparability,
            "readings": self.readings,
        }

    @cached_property
    def known(self) -> pd.DataFrame:
        """Reference data (corpus.reference_data): the workspace's, or what is built in."""
        return reference_data.built_in() if self.reference is None else self.reference

    @cached_property
    def readings(self) -> pd.DataFrame:
        """How each part of each figure's address was decided; without rows where small counts are withheld, which they hold."""
        fates = [] if self.suppress_below else [f for r in self.results for f in r.fates]
        return readings(fates)

    @property
    def sources(self) -> list[dict[str, str]]:
        """The reports, for whoever cites the dataset. Their licences are not known: a council's report is not always under an open one."""
        return [
            {
                "document": r.document.slug,
                "authority": r.document.council,
                "period": r.document.period,
                "title": r.document.path.name,
                "licence": "",
            }
            for r in self.results
        ]

    def unused_corrections(self) -> list[str]:
        """A sentence for every correction that fits no figure any more."""
        frames = [r.observations for r in self.results if len(r.observations)]
        return (
            corrected(pd.concat(frames, ignore_index=True), self.corrections)[1] if frames and self.corrections else []
        )

    @property
    def own(self) -> dict[str, tuple[str, str]]:
        """Document -> its own council and year."""
        return {r.document.slug: (r.document.council, r.document.period) for r in self.results}

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """What each report gives and what it is silent on."""
        rows = grouped(records(self.observations), ("document",))
        found = ledger(
            LedgerReport(
                r.document.slug,
                r.document.council,
                r.document.period,
                rows.get((r.document.slug,), []),
                r.text,
                r.unread,
            )
            for r in self.results
        )
        # The words of a report print what is withheld.
        return found.assign(evidence="") if self.suppress_below else found

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Themes with their standard subjects."""
        return themes(self.observations)

    @cached_property
    def comparability(self) -> pd.DataFrame:
        """What every indicator is made of, and whether it can stand beside another."""
        return gate(self.indicators, self.observations)

    @cached_property
    def discrepancies(self) -> pd.DataFrame:
        """Figures that contradict one another, in each report and between the reports."""
        reports = [Report(r.document.slug, records(r.observations), r.fates) for r in self.results]
        found = discrepancies(reports, self.known)
        self.agreeing = {report.document: report.passed.total() for report in reports}
        return found.iloc[:0] if self.suppress_below else found

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Indicators with intervals of all reports, those a report does not publish included."""
        computed = indicators.compute(self.observations, self.own, reference_data.exposures(self.known))
        if self.suppress_below:
            computed = without_small_counts(computed, self.suppress_below)
        return marked(with_intervals(computed), indicators.addresses(), self.breaks)


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


def read_report(
    path: Path | str, council: str = "", period: str = "", slug: str = "", second: SecondReader | None = None
) -> Result:
    """Read one report. `council` (short name) and `period` given by the user win over what the report says; a second
    reader is heard beside the rules, or instead of them.

    Raises extract.UnreadableError for a file that cannot be read, NotAReportError for one that is no complaints report.
    """
    path = Path(path)
    name = slug or slug_of(path)
    if return_form.is_form(path):
        return _supplied(path, name, council, period)
    reading = extract.read(path)
    front, overruled = front_of(reading, name, council, period)
    notes = overruled + front.notes + reading.warnings
    fates, held, heard = _fates(reading, name, front, second)
    notes += heard
    frame = observations(fates)
    if not len(frame):
        if heard and second is not None and second.only:
            raise NotAReportError("; ".join(heard))
        if reading.text.lower().count("complain") < 3:
            raise NotAReportError(
                "does not look like a complaints report: it hardly mentions complaints; check that it is the right file"
            )
        if not front.period:
            raise NotAReportError("does not say which year it is about; give it with --period 2023-24")
        raise NotAReportError(
            "holds no complaint statistics that could be read; check that it is the annual complaints report"
        )
    if not front.council:
        notes.append("the report does not name its council; give it with --council NAME")
    broken = failures(frame)
    if len(broken):
        notes.append(
            f"{len(broken)} rows broke a rule of the common model and were left out: "
            + "; ".join(sorted(set(broken["rule"].astype(str)))[:3])
        )
        frame = frame.drop(index=[i for i in broken["row"].dropna().astype(int) if i in frame.index]).reset_index(
            drop=True
        )
    document = Document(slug=name, path=path, council=front.council, period=front.period, scope=front.scope)
    unread = [b.title for b in reading.blocks if isinstance(b, extract.Chart) and (b.unread or not b.bars)]
    unread += [f"page {n}" for n in reading.unread_pages]
    refused = [h for h in held if h.refusal]
    return Result(document, frame, fates, reading.text, tuple(unread), notes, refused)


def front_of(reading: extract.Reading, slug: str, council: str, period: str) -> tuple[FrontMatter, list[str]]:
    """What a document says of itself, and a sentence for each part of it that the user overrules."""
    front = recognise(reading, slug)
    overruled = []
    if council:
        if front.council not in ("", council) and not any("council" in n for n in front.notes):
            overruled.append(
                f"the report names {front.council}, but {council} was given and is used; check which is right"
            )
        front.council = council
        front.notes = [n for n in front.notes if "council" not in n]
    if period:
        if periods.is_year(front.period) and front.period != period and not any("year" in n for n in front.notes):
            overruled.append(
                f"the report seems to be for {front.period}, but {period} was given and is used; check which is right"
            )
        front.period = period
        front.notes = [n for n in front.notes if "year" not in n]
    return front, overruled


def _fates(
    reading: extract.Reading, slug: str, front: FrontMatter, second: SecondReader | None
) -> tuple[list[Fate], list[Held], tuple[str, ...]]:
    """The fate of every number as the readers that are heard have it, the second one's answers, and what to tell of it."""
    statements = extract.statements(reading)
    if second is None:
        return interpret(statements, slug, front, reading), [], ()
    lines = page_lines(reading, statements)
    said = second.on(lines, slug)
    held = held_to_the_page(said.answers, lines, slug, front)
    if second.only:
        return model_alone(statements, held), held, said.notes
    shown = {id(s) for line in lines if line.number in said.lines for s in line.statements}
    shown -= {id(h.statement) for h in held if h.refusal}  # what was said of them is not known, so it is no silence
    fates = interpret(statements, slug, front, reading)
    if why := misses_what_is_plain(fates, held, shown):
        return fates, held, (*said.notes, why)
    return judged(fates, held, shown), held, said.notes


def _supplied(path: Path, name: str, council: str, period: str) -> Result:
    """A return form that a council filled in."""
    frame, who, year = return_form.read(path, name, council, period)
    return Result(Document(slug=name, path=path, council=who, period=year, scope="children"), frame, [])


Progress = Callable[[Sequence[Document]], Iterable[Document]]
T = TypeVar("T")


def each(
    documents: Iterable[Document], action: Callable[[Document], T], progress: Progress = lambda listed: listed
) -> tuple[list[T], list[str]]:
    """Do something with documents one after another: its results, and a sentence for each that could not be read."""
    results: list[T] = []
    problems: list[str] = []
    for document in progress(list(documents)):
        try:
            results.append(action(document))
        except (extract.UnreadableError, NotAReportError) as error:
            problems.append(f"{document.shown}: {error}.")
        except Exception as error:  # a bug must not take the other reports down
            problems.append(
                f"{document.shown}: could not be read because of an error in councilbench ({type(error).__name__}: {error}); please report it."
            )
    return results, problems


def run(
    documents: Iterable[Document], progress: Progress = lambda listed: listed, second: SecondReader | None = None
) -> Run:
    """Read documents one after another; what cannot be read is named among the problems and the others go on."""
    return Run(*each(documents, partial(_read, second=second), progress))


def build(
    workspace: Path | str,
    progress: Progress = lambda listed: listed,
    suppress_below: int = 0,
    second: SecondReader | None = None,
) -> Run:
    """Read every report of a workspace, with its reference data, breaks and corrections. Writes nothing.

    Raises corpus.manifest.WorkspaceError where the folder is no workspace, UsageError where it has no reports.
    """
    workspace = Path(workspace)
    documents = manifest.read(workspace)
    if not documents:
        raise UsageError(f"{workspace}: has no reports yet; add one with: councilbench add FILE")
    done = run(documents, progress, second)
    done.reference, done.credits = reference_data.load(workspace), reference_data.in_force(workspace)
    done.breaks = own_breaks.read(workspace)
    done.corrections = corrections.read(workspace)
    done.suppress_below = suppress_below
    return done


def _read(document: Document, second: SecondReader | None) -> Result:
    result = read_report(document.path, document.council, document.period, document.slug, second)
    result.document = replace(
        document, council=result.document.council, period=result.document.period, scope=result.document.scope
    )
    return result


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
