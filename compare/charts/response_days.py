"""Mean days to answer, beside the limits of the Regulations."""

from __future__ import annotations

from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import finish
from compare.groups import Comparison

NAMES = ("stage_1_mean_response_days", "stage_2_mean_response_days")
LIMITS: dict[str, dict[str, float]] = {
    "stage_1_mean_response_days": {"10": 10, "20 at most": 20},
    "stage_2_mean_response_days": {"25": 25, "65 at most": 65},
}
"""Working days at stages 1 and 2, and the longest that an extension allows (SI 2006/1738; guidance Getting the Best from Complaints)."""


def figure(comparison: Comparison) -> Figure:
    """Bars of mean days with the limits as lines. A mean has no interval here, because reports do not print the spread."""
    frame = parts.rows_for(comparison, NAMES)
    own = frame[frame["focus"]].set_index("indicator")
    said = [
        f"{value_text(own['value'][n], own['unit'][n])} at stage {n[6]}, where {min(LIMITS[n].values()):g} working days are the limit and "
        f"{max(LIMITS[n].values()):g} the longest allowed"
        for n in NAMES
        if n in own.index
    ]
    if said:
        first = own.iloc[0]
        headline = f"{comparison.focus} took {value_text(first['value'], first['unit'])} on average"
        alt_text = f"On average {comparison.focus} took {' and '.join(said)}. A mean hides late answers: some may be far over a limit that the mean keeps."
    else:
        headline = f"{comparison.focus}: no mean response time found"
        alt_text = f"A mean response time was not found in the report of {comparison.focus}."
    heads, rows = parts.table(comparison, NAMES)
    titles = {n: f"Stage {n[6]}, days on average" for n in NAMES}
    councils = parts.order(comparison, frame)
    chart = (
        parts.panels(frame, councils, NAMES, titles, percent=False, intervals=False, limits=LIMITS)
        if len(frame)
        else None
    )
    return Figure(
        slug="response-days",
        theme="timeliness",
        headline=headline,
        subtitle=f"Mean days to answer at stages 1 and 2, with the statutory limits in working days, {parts.geography(comparison)}",
        chart=finish(chart, alt_text) if chart is not None else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, NAMES),
        caveats=parts.caveats(frame),
        data=parts.data(comparison, NAMES),
    )
