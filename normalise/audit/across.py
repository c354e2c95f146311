"""This year's column for last year against last year's report; what a report says of the Ombudsman against the Ombudsman's table."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from normalise.audit.figures import CERTAIN
from normalise.audit.finding import Finding, Report, place, subject_of

_KEY = ["authority", "period", "procedure", "stage", "measure", "category", "unit"]


def figures_of_last_year(reports: list[Report]) -> Iterator[tuple[str, Finding]]:
    """The later report's figure of an earlier year where that year's own report gives another; with the later document."""
    frames = [r.observations for r in reports if len(r.observations)]
    if len(frames) < 2:
        return
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[frame["value"].notna() & (frame["authority"] != "") & (frame["confidence"] >= CERTAIN)]
    own = {r.document: _own_period(r.observations) for r in reports if len(r.observations)}
    for _, group in frame.groupby(_KEY, sort=False):
        documents = list(dict.fromkeys(group["document"]))
        if len(documents) < 2:
            continue
        period = group.iloc[0]["period"]
        first = next((d for d in documents if own[d] == period), None)
        if first is None:
            continue
        said = group[group["document"] == first]
        for later in documents:
            again = group[group["document"] == later]
            if later == first or set(said["value"]) & set(again["value"]) or _bases_differ(said, again):
                continue
            a, b = said.iloc[0], again.iloc[0]
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
                    float(a["value"]),
                    float(b["value"]),
                    f"{first}, {place(a['page'], a['quote'])}",
                    f"{later}, {place(b['page'], b['quote'])}",
                    f"The report for {period} gave {a['value']:g}; this one gives {b['value']:g} for that year.",
                ),
            )


def _own_period(frame: pd.DataFrame) -> str:
    """The year that most of a report's figures are of."""
    return str(frame["period"].value_counts().idxmax())


def _bases_differ(a: pd.DataFrame, b: pd.DataFrame) -> bool:
    known = {"", "unknown"}
    return not ((set(a["base"]) | known) & set(b["base"])) and not (set(b["base"]) & known)


def ombudsman_figures(report: Report, reference: pd.DataFrame) -> Iterator[Finding]:
    """Upheld investigations that the Ombudsman counts for the whole council, where a report gives more for children's services.

    The Ombudsman's tables hold education and children's services together, or the whole council, so a smaller figure in the
    report is no contradiction; a larger one is.
    """
    table = reference[(reference["kind"] == "ombudsman") & reference["value"].notna()]
    own = report.observations
    own = own[
        (own["stage"] == "ombudsman") & (own["unit"] == "count") & own["value"].notna() & (own["confidence"] >= CERTAIN)
    ]
    for _, row in own.iterrows():
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
            float(row["value"]),
            float(most["value"]),
            place(row["page"], row["quote"]),
            f"the Ombudsman's table for {row['period']}",
            f"The report gives {row['value']:g}; the Ombudsman counts {most['value']:g} for the whole council.",
        )
