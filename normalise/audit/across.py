"""This year's column for last year against last year's report; what a report says of the Ombudsman against the Ombudsman's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from normalise.audit.figures import CERTAIN
from normalise.audit.finding import Finding, Report, place, subject_of
from normalise.rows import Row, grouped

_KEY = ("authority", "period", "procedure", "stage", "measure", "category", "unit")


def figures_of_last_year(reports: list[Report]) -> Iterator[tuple[str, Finding]]:
    """The later report's figure of an earlier year where that year's own report gives another; with the later document."""
    rows = [
        r
        for report in reports
        for r in report.rows
        if r["value"] is not None and r["authority"] and r["confidence"] >= CERTAIN
    ]
    own = {r.document: _own_period(r.rows) for r in reports if r.rows}
    for group in grouped(rows, _KEY).values():
        by_document = grouped(group, ("document",))
        period = group[0]["period"]
        first = next((d for (d,) in by_document if own[d] == period), None)
        if first is None or len(by_document) < 2:
            continue
        said = by_document.pop((first,))
        for (later,), again in by_document.items():
            if _values(said) & _values(again) or _bases_differ(said, again):
                continue
            a, b = said[0], again[0]
            if any(
                abs(round(x, n) - y) < 1e-9
                for x, y in ((a["value"], b["value"]), (b["value"], a["value"]))
                for n in (0, 1)
            ):
                continue
            yield (
                later,
                Finding(
                    "last_year",
                    subject_of(a),
                    a["value"],
                    b["value"],
                    f"{first}, {place(a['page'], a['quote'])}",
                    f"{later}, {place(b['page'], b['quote'])}",
                    f"The report for {period} gave {a['value']:g}; this one gives {b['value']:g} for that year.",
                ),
            )


def _own_period(rows: Sequence[Row]) -> str:
    """The year that most of a report's figures are of."""
    return Counter(r["period"] for r in rows).most_common(1)[0][0]


def _values(rows: Iterable[Row]) -> set[float]:
    return {r["value"] for r in rows}


def _bases_differ(a: Iterable[Row], b: Iterable[Row]) -> bool:
    known = {"", "unknown"}
    one, other = {r["base"] for r in a}, {r["base"] for r in b}
    return not (one | known) & other and not other & known


def ombudsman_figures(report: Report, reference: pd.DataFrame) -> Iterator[Finding]:
    """Upheld investigations that the Ombudsman counts for the whole council, where a report gives more for children's services.

    The Ombudsman's tables hold education and children's services together, or the whole council, so a smaller figure in the
    report is no contradiction; a larger one is.
    """
    table = reference[(reference["kind"] == "ombudsman") & reference["value"].notna()]
    if table.empty:
        return
    own = [r for r in report.rows if (r["stage"], r["unit"]) == ("ombudsman", "count") and r["value"] is not None]
    for row in (r for r in own if r["confidence"] >= CERTAIN):
        same = table[(table["council"] == row["authority"]) & (table["period"] == row["period"])]
        if row["measure"] == "received":
            same = same[same["measure"].isin(["received_children", "received", "total"])].sort_values("value")
        else:
            same = same[(same["measure"] == row["measure"]) & (same["category"] == row["category"])]
        if same.empty or row["value"] <= same.iloc[-1]["value"]:
            continue
        most = same.iloc[-1]
        yield Finding(
            "ombudsman",
            subject_of(row),
            row["value"],
            float(most["value"]),
            place(row["page"], row["quote"]),
            f"the Ombudsman's table for {row['period']}",
            f"The report gives {row['value']:g}; the Ombudsman counts {most['value']:g} for the whole council.",
        )
