"""All checks over some reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

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

    Returns a frame with the columns of COLUMNS, report after report.
    """
    listed = list(reports)
    found = {report.document: within(report, reference) for report in listed}
    for document, finding in figures_of_last_year(listed):
        found[document].append(finding)
    return frame_of([f.row(document) for document, findings in found.items() for f in findings])


def within(report: Report, reference: pd.DataFrame | None = None) -> list[Finding]:
    """What contradicts itself in one report, and with the Ombudsman's own table; how many comparisons held is in `passed` then."""
    found = [f for check in ONE_REPORT for f in check(report)]
    return found if reference is None else [*found, *ombudsman_figures(report, reference)]


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Findings as a frame with the columns of COLUMNS, each once."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.drop_duplicates(["document", "check", "subject", "first", "second"]).reset_index(drop=True)
