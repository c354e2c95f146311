"""All checks over some reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from normalise.audit.across import figures_of_last_year, ombudsman_figures
from normalise.audit.changes import changes, impossible_dates
from normalise.audit.figures import (
    escalations,
    flows,
    outcomes_left_out,
    parts_of_wholes,
    shares_escalated,
    shares_without_a_whole,
    stated_twice,
    totals_of_stages,
)
from normalise.audit.finding import COLUMNS, Finding, Report
from normalise.audit.tables import table_shares, totals

ONE_REPORT: tuple[Callable[[Report], Iterable[Finding]], ...] = (
    stated_twice,
    totals,
    table_shares,
    changes,
    flows,
    escalations,
    shares_escalated,
    totals_of_stages,
    parts_of_wholes,
    outcomes_left_out,
    shares_without_a_whole,
    impossible_dates,
)


def discrepancies(reports: Iterable[Report], reference: pd.DataFrame | None = None) -> pd.DataFrame:
    """What contradicts itself in each report, between them, and with the Ombudsman's own table in the reference data.

    Returns a frame with the columns of COLUMNS.
    """
    listed = list(reports)
    rows = [f.row(report.document) for report in listed for check in ONE_REPORT for f in check(report)]
    rows += [f.row(document) for document, f in figures_of_last_year(listed)]
    if reference is not None and len(reference):
        rows += [f.row(report.document) for report in listed for f in ombudsman_figures(report, reference)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.drop_duplicates(["document", "check", "subject", "first", "second"]).reset_index(drop=True)
