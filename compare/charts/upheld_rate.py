"""The share of decided stage 1 complaints that was upheld or partly upheld."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from compare import theme
from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import ROW, WIDTH, finish
from compare.groups import Comparison

NAMES = ("stage_1_upheld_rate",)


def figure(comparison: Comparison) -> Figure:
    """Dots with 95% Wilson intervals. A high share is neither good nor bad: it may show candour as well as fault."""
    frame = parts.rows_for(comparison, NAMES)
    own = frame[frame["focus"]]
    if len(own):
        value = value_text(own.iloc[0]["value"], "percent")
        kind = "closed" if own.iloc[0]["base"] == "closed" else "decided"
        headline = f"{value} of {comparison.focus}'s {kind} complaints were upheld or partly upheld"
        of = f"the {own.iloc[0]['denominator']:,.0f} " if pd.notna(own.iloc[0]["denominator"]) else ""
        alt_text = f"At {comparison.focus} {value} of {of}{kind} stage 1 complaints were upheld or partly upheld."
        published = [c for c in own.iloc[0]["caveat"].split("; ") if c.startswith("the council itself publishes")]
        if published:
            alt_text += f" In its report {published[0]}."
        others = frame[~frame["focus"] & frame["lower_95"].notna()]
        low, high = own.iloc[0]["lower_95"], own.iloc[0]["upper_95"]
        if not pd.isna(low) and len(others):
            overlapping = ((others["lower_95"] <= high) & (others["upper_95"] >= low)).sum()
            alt_text += f" Its interval, {low:.0f}% to {high:.0f}%, overlaps with those of {overlapping} of the {len(others)} other councils shown with an interval."
    else:
        headline = f"{comparison.focus}: no upheld rate that can be compared"
        alt_text = f"A share of decided complaints that were upheld was not found in the report of {comparison.focus}."
    councils = parts.order(comparison, frame)
    heads, rows = parts.table(comparison, NAMES, with_interval=True)
    return Figure(
        slug="upheld-rate",
        headline=headline,
        subtitle=f"Upheld and partly upheld as a share of decided stage 1 complaints, with 95% intervals, {parts.geography(comparison)}",
        chart=finish(_chart(frame, councils), alt_text) if len(frame) else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, NAMES),
        caveats=parts.caveats(frame),
    )


def _chart(frame: Any, councils: list[str]) -> alt.TopLevelMixin:
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y(
        "council:N", sort=councils, title=None, scale=alt.Scale(domain=councils), axis=alt.Axis(**parts.COUNCIL_AXIS)
    )
    base = alt.Chart(frame[["council", "value", "shown", "focus", "lower_95", "upper_95"]])
    colour = alt.condition("datum.focus", alt.value(theme.DARK_BLUE), alt.value(theme.DARK_GREY))
    x = alt.X(
        "value:Q",
        scale=scale,
        title="Share of decided complaints",
        axis=alt.Axis(tickCount=6, labelExpr="datum.label + '%'"),
    )
    rule = base.mark_rule(strokeWidth=2).encode(
        y=y, x=alt.X("lower_95:Q", scale=scale, title="Share of decided complaints"), x2="upper_95:Q", color=colour
    )
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(
        y=y, x=x, color=colour, shape=alt.condition("datum.focus", alt.value("circle"), alt.value("diamond"))
    )
    text = base.mark_text(align="center", dy=-13).encode(y=y, x=x, text="shown:N")
    return alt.layer(rule, dot, text).properties(width=WIDTH - 60, height=(ROW + 8) * len(councils))
