"""Stage 1 responses within 10 and 20 working days."""

from __future__ import annotations

from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import finish
from compare.groups import Comparison

NAMES = ("stage_1_within_10_days", "stage_1_within_20_days")


def figure(comparison: Comparison) -> Figure:
    """Bars with intervals. The limits are those of the Children Act 1989 Representations Procedure (England) Regulations 2006."""
    frame = parts.rows_for(comparison, NAMES)
    own = frame[frame["focus"]].set_index("indicator")["value"]
    if "stage_1_within_20_days" in own:
        share = value_text(own["stage_1_within_20_days"], "percent")
        headline = f"{comparison.focus} answered {share} of stage 1 complaints within 20 working days"
        twenty = frame[frame["indicator"] == "stage_1_within_20_days"]
        others = twenty[~twenty["focus"]]["value"]
        several = twenty[twenty["procedure"] == "all"]["authority"]
        alt_text = (
            f"{comparison.focus} answered {share} of the stage 1 complaints it responded to within 20 working days."
        )
        if len(others) > 1:
            alt_text += f" The other councils with figures range from {value_text(others.min(), 'percent')} to {value_text(others.max(), 'percent')}."
        if len(several):
            alt_text += f" Marked figures ({', '.join(several)}) cover several complaints procedures."
        if len(others) and twenty["lower_95"].notna().sum() > 1:
            alt_text += (
                " Where few complaints were answered, the intervals are wide and many councils cannot be told apart."
            )
        if twenty["lower_95"].isna().any():
            alt_text += " Where a council publishes a percentage only, no interval can be drawn."
    else:
        headline = f"{comparison.focus}: no share within 20 days found"
        alt_text = f"What share was answered within 20 working days was not found in the report of {comparison.focus}."
    titles = {
        "stage_1_within_10_days": "Within 10 working days",
        "stage_1_within_20_days": "Within 20 working days (the longest allowed)",
    }
    heads, rows = parts.table(comparison, NAMES, with_interval=True)
    councils = parts.order(comparison, frame)
    return Figure(
        slug="timeliness",
        headline=headline,
        subtitle=f"Share of stage 1 responses within 10 and 20 working days, with 95% intervals, {parts.geography(comparison)}",
        chart=finish(parts.panels(frame, councils, NAMES, titles, percent=True, intervals=True), alt_text)
        if len(frame)
        else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, NAMES),
        caveats=parts.caveats(frame),
    )
