"""A share or rate of every council with its interval and the others' value: dots, and the judgement in words."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from compare import sentences, theme
from compare.benchmark import Benchmark, benchmark
from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import ROW, WIDTH, finish
from compare.groups import Comparison
from normalise.indicators import Indicator, definition


def of(indicator: str, slug: str) -> Callable[[Comparison], Figure]:
    """The figure of one indicator, as a function of a comparison."""

    def figure(comparison: Comparison) -> Figure:
        return _figure(comparison, definition(indicator), slug)

    return figure


def _figure(comparison: Comparison, d: Indicator, slug: str) -> Figure:
    frame = parts.rows_for(comparison, (d.indicator,))
    found = benchmark(comparison, d.indicator)
    own = frame[frame["focus"]]
    councils = parts.order(comparison, frame)
    heads, rows = parts.table(comparison, (d.indicator,), with_interval=True)
    alt_text = sentences.takeaway(comparison, d, own, found)
    return Figure(
        slug=slug,
        theme=d.theme,
        headline=sentences.figure_headline(comparison, d, own, found),
        subtitle=f"{d.label}, with 95% intervals, {parts.geography(comparison)}",
        chart=finish(_chart(frame, councils, d, found), alt_text) if len(frame) else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, (d.indicator,)),
        caveats=[*parts.caveats(frame), *left_out(found)],
        data=parts.data(comparison, (d.indicator,)),
        what=d.label,
    )


def left_out(found: Benchmark) -> list[str]:
    """Sentences on who is not in the others' value."""
    return [f"Not in the others' value: {line}." for line in found.left_out] if found.value is not None else []


def _chart(frame: pd.DataFrame, councils: list[str], d: Indicator, found: Benchmark) -> alt.TopLevelMixin:
    percent = d.unit == "percent"
    group = {d.indicator: found.value} if found.value is not None else {}
    if len(councils) > parts.MANY:
        return parts.strips(frame, (d.indicator,), {d.indicator: d.label}, percent, group)
    top = max([1.0, *frame["value"], *frame["upper_95"].dropna(), *group.values()]) * 1.05
    scale = alt.Scale(domain=[0, min(100.0, top) if percent else top], nice=False)
    y = parts.council_axis(councils)
    axis = alt.Axis(tickCount=6, labelExpr="datum.label + '%'" if percent else "datum.label")
    x = alt.X("value:Q", scale=scale, title=None, axis=axis)
    base = alt.Chart(parts.plotted(frame)).encode(y=y, tooltip=parts.TOOLTIP)
    colour = alt.condition("datum.focus", alt.value(theme.DARK_BLUE), alt.value(theme.DARK_GREY))
    rule = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("lower_95:Q", scale=scale, title=None), x2="upper_95:Q", color=colour
    )
    shape = alt.condition("datum.focus", alt.value("circle"), alt.value("diamond"))
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x=x, color=colour, shape=shape, href="link:N")
    text = [t.encode(x=x, text="shown:N") for t in parts.text_over(base, align="center", dy=-13)]
    words = f"others: {value_text(found.value, d.unit)}" if found.value is not None else ""
    lines = parts.group_rule(found.value, scale, words) if found.value is not None else []
    return alt.layer(*lines, rule, *text, dot).properties(width=WIDTH - 60, height=(ROW + 8) * len(councils))
