"""Stage 1 responses within 10 and 20 working days."""

from __future__ import annotations

from compare.benchmark import benchmark
from compare.charts import parts
from compare.charts.intervals import left_out
from compare.figure import Figure, value_text
from compare.finish import finish
from compare.groups import Comparison
from compare.sentences import takeaway
from normalise.indicators import definition

NAMES = ("stage_1_within_10_days", "stage_1_within_20_days")


def figure(comparison: Comparison) -> Figure:
    """Bars with intervals. The limits are those of the Children Act 1989 Representations Procedure (England) Regulations 2006."""
    frame = parts.rows_for(comparison, NAMES)
    own = frame[frame["focus"]].set_index("indicator")["value"]
    found = benchmark(comparison, "stage_1_within_20_days")
    alt_text = takeaway(
        comparison,
        definition("stage_1_within_20_days"),
        frame[frame["focus"] & (frame["indicator"] == NAMES[1])],
        found,
    )
    if NAMES[1] in own:
        headline = f"{comparison.focus} answered {value_text(own[NAMES[1]], 'percent')} within 20 working days"
        if found.judgement.polarity:
            headline += f", {'' if found.judgement.firm else 'perhaps '}{found.judgement.word} than the others"
    else:
        headline = f"{comparison.focus}: no share within 20 days found"
    without = (
        ["Where a council publishes a percentage only, no interval can be drawn."]
        if frame["lower_95"].isna().any()
        else []
    )
    group = {n: b.value for n in NAMES if (b := benchmark(comparison, n)).value is not None}
    titles = {
        "stage_1_within_10_days": "Within 10 working days (the limit)",
        "stage_1_within_20_days": "Within 20 (the longest allowed)",
    }
    heads, rows = parts.table(comparison, NAMES, with_interval=True)
    councils = parts.order(comparison, frame)
    return Figure(
        slug="timeliness",
        theme="timeliness",
        headline=headline,
        subtitle=f"Share of stage 1 responses within 10 and 20 working days, with 95% intervals, {parts.geography(comparison)}",
        chart=finish(parts.panels(frame, councils, NAMES, titles, percent=True, intervals=True, group=group), alt_text)
        if len(frame)
        else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, NAMES),
        caveats=[*parts.caveats(frame), *left_out(found), *without],
        data=parts.data(comparison, NAMES),
    )
