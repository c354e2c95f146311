"""Several reports together: the frames of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from compare.statistics import with_intervals
from corpus import reference_data
from corpus.corrections import Correction
from corpus.own_breaks import OwnBreak
from councilbench.result import Result
from normalise import indicators
from normalise.audit import Report, discrepancies
from normalise.breaks import marked
from normalise.comparability import gate
from normalise.corrections import corrected
from normalise.crosswalk import themes
from normalise.dataset import typed
from normalise.disclosure import suppress, without_told
from normalise.ledger import Report as LedgerReport
from normalise.ledger import ledger
from normalise.reading.trace import readings
from normalise.rows import Row, grouped, kept_to_the_rules, records

if TYPE_CHECKING:
    from councilbench.built import Built
    from councilbench.saved import Saved

TABLES = ("observations", "indicators", "discrepancies", "ledger", "themes", "comparability", "readings")
"""The files of a dataset."""


@dataclass
class Run:
    """What became of several reports: read just now, or taken from what was built."""

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
    built: Built | Saved | None = None
    """Where the frames lie, if they were built before."""

    def __repr__(self) -> str:
        from_built = " built before" if self.built else ""
        return f"<Run of {len(self.results)} reports{from_built}, {len(self.problems)} problems>"

    def of(self, councils: Collection[str]) -> Run:
        """The reports of some councils (short names)."""
        return replace(self, results=[r for r in self.results if r.document.council in councils])

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The files of the dataset, by name."""
        return {name: getattr(self, name) for name in TABLES}

    def _frame(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A file of the dataset as it was built, or made now; what is withheld is never what was built."""
        if not self.built or self.suppress_below:
            return typed(name, make())
        frame = self.built.frame(name)
        mine = frame["document"].isin(list(self.own))
        return frame if mine.all() else frame[mine].reset_index(drop=True)

    @cached_property
    def checked(self) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
        """The figures as read and corrected, and what to tell: a document, or nothing, with a sentence."""
        if self.built:
            frame = self.built.frame("observations")
            return frame[frame["document"].isin(list(self.own))].reset_index(drop=True), []
        frame, broken = kept_to_the_rules(row for r in self.results for row in r.rows)
        frame, unused = corrected(frame, self.corrections) if self.corrections else (frame, [])
        return frame, [*broken.items(), *(("", said) for said in unused)]

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Published figures, with the corrections of councils in them."""
        frame = self.checked[0]
        return suppress(frame, self.suppress_below) if self.suppress_below else frame

    @cached_property
    def known(self) -> pd.DataFrame:
        """Reference data (corpus.reference_data): the workspace's, or what is built in."""
        return reference_data.built_in() if self.reference is None else self.reference

    @cached_property
    def readings(self) -> pd.DataFrame:
        """How each part of each figure's address was decided; without rows where small counts are withheld, which they hold."""
        fates = [] if self.suppress_below else [f for r in self.results for f in r.fates]
        return self._frame("readings", lambda: readings(fates))

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

    @property
    def own(self) -> dict[str, tuple[str, str]]:
        """Document -> its own council and year."""
        return {r.document.slug: (r.document.council, r.document.period) for r in self.results}

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """What each report gives and what it is silent on."""
        # The words of a report print what is withheld.
        return self._frame("ledger", lambda: self._ledger().assign(**({"evidence": ""} if self.suppress_below else {})))

    def _ledger(self) -> pd.DataFrame:
        texts = self.built.texts() if self.built else {r.document.slug: r.text for r in self.results}
        return ledger(
            LedgerReport(d.slug, d.council, d.period, self._rows.get((d.slug,), []), texts[d.slug], r.unread)
            for r in self.results
            for d in (r.document,)
        )

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Themes with their standard subjects."""
        return self._frame("themes", lambda: themes(self.observations))

    @cached_property
    def comparability(self) -> pd.DataFrame:
        """What every indicator is made of, and whether it can stand beside another."""
        return self._frame("comparability", lambda: gate(self.indicators, self.observations))

    @cached_property
    def discrepancies(self) -> pd.DataFrame:
        """Figures that contradict one another, in each report and between the reports."""
        return self._frame("discrepancies", self._discrepancies)

    def _discrepancies(self) -> pd.DataFrame:
        if self.suppress_below:
            return discrepancies([])
        reports = [self.audited(r) for r in self.results]
        found = discrepancies(reports, self.known)
        self.agreeing = {report.document: report.passed.total() for report in reports}
        return found

    def audited(self, result: Result) -> Report:
        """A report as the audit looks at it."""
        return Report(result.document.slug, self._rows.get((result.document.slug,), []), result.fates)

    @cached_property
    def _rows(self) -> dict[tuple[str], list[Row]]:
        return grouped(records(self.observations), ("document",))

    @cached_property
    def computed(self) -> pd.DataFrame:
        """Indicators with intervals of each report by itself: breaks in series are not marked yet."""
        computed = indicators.compute(self.observations, self.own, reference_data.exposures(self.known))
        if self.suppress_below:
            computed = without_told(computed, self.suppress_below)
        return typed("indicators", with_intervals(computed))

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Indicators with intervals of all reports, those a report does not publish included."""
        return self._frame("indicators", lambda: marked(self.computed, indicators.addresses(), self.breaks))
