"""Funnel plots: shares against the number of complaints that they rest on, with the limits that chance alone would keep to."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from compare import theme
from compare.benchmark import Benchmark, benchmark, on_scale
from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import WIDTH, finish
from compare.groups import Comparison
from compare.judging import LEVELS
from compare.sentences import spread
from compare.wording import capitalised
from normalise.indicators import EXPOSED, Indicator, definition

POINTS = 100
"""Points of a limit's line, spaced by their logarithm as in PHEindicatormethods."""
FEWEST = 5
"""Councils under which a funnel plot shows nothing that a table does not."""
NAMED = 12
"""Councils up to which every point is named; beyond it only the focus and those outside the outer limits."""


def of(indicator: str, slug: str) -> Callable[[Comparison], Figure | None]:
    """The funnel plot of one share or rate, as a function of a comparison; None where too few councils are like for like."""

    def figure(comparison: Comparison) -> Figure | None:
        return _figure(comparison, definition(indicator), slug)

    return figure


def _figure(comparison: Comparison, d: Indicator, slug: str) -> Figure | None:
    found = benchmark(comparison, d.indicator)
    if found.value is None or len(found.others) + 1 < FEWEST:
        return None
    frame = parts.rows_for(comparison, (d.indicator,))
    frame = frame[frame["authority"].isin((comparison.focus, *found.others))]
    placed = _placed(frame, d, found)
    outside = placed[placed["beyond"] == LEVELS[1]] if len(placed) else placed
    heads, rows = parts.table(comparison, (d.indicator,), with_interval=True)
    alt_text = _takeaway(comparison, d, found, placed)
    caveats = [f"Not in the funnel: {line}." for line in found.left_out]
    caveats.insert(0, spread(found))
    return Figure(
        slug=slug,
        theme=d.theme,
        headline=f"{len(outside) or 'None'} of {len(placed)} councils outside the outer limits",
        subtitle=f"{d.label} against the number of complaints, with limits at 95% and 99.8%, {parts.geography(comparison)}",
        chart=finish(_chart(placed, d, found), alt_text),
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=[],
        caveats=caveats,
        data=parts.data(comparison, (d.indicator,)),
    )


def limits(d: Indicator, found: Benchmark, denominator: float, level: float) -> tuple[float, float]:
    """The limits at a denominator, on the indicator's own scale: those of the rule by which the focus is judged."""
    assert found.expected is not None
    low, high = found.expected.limits(denominator, level)
    return on_scale(low, d), on_scale(high, d)


def _placed(frame: pd.DataFrame, d: Indicator, found: Benchmark) -> pd.DataFrame:
    """The councils with `beyond`: the widest limits that they lie outside, 0 where they lie inside both."""
    beyond = []
    for _, row in frame.iterrows():
        out = 0.0
        for level in LEVELS:
            low, high = limits(d, found, row["denominator"], level)
            out = level if not low <= row["value"] <= high else out
        beyond.append(out)
    return frame.assign(beyond=beyond)


def _takeaway(comparison: Comparison, d: Indicator, found: Benchmark, placed: pd.DataFrame) -> str:
    assert found.value is not None
    inner, outer = ((placed["beyond"] >= level).sum() for level in LEVELS)
    text = (
        f"{d.label}: of {len(placed)} councils around the {value_text(found.value, d.unit)} of the others, {outer or 'none'} lie outside the 99.8% limits and "
        f"{inner - outer or 'none'} more outside the 95% limits."
    )
    own = placed[placed["focus"]]
    if len(own):
        where = {
            0.0: "inside both limits",
            LEVELS[0]: "outside the 95% but inside the 99.8% limits",
            LEVELS[1]: "outside both limits",
        }
        text += f" {comparison.focus} lies {where[float(own.iloc[0]['beyond'])]}."
    return text + " By chance alone about one council in 20 would lie outside the 95% limits."


def _chart(placed: pd.DataFrame, d: Indicator, found: Benchmark) -> alt.TopLevelMixin:
    assert found.value is not None
    largest = float(placed["denominator"].max()) * 1.1
    xs = np.unique(np.geomspace(max(1.0, float(placed["denominator"].min()) / 2), largest, POINTS))
    names = {LEVELS[0]: "95%", LEVELS[1]: "99.8%"}
    lines = pd.DataFrame(
        [
            {"x": float(x), "low": low, "high": high, "level": names[level]}
            for level in LEVELS
            for x in xs
            for low, high in [limits(d, found, float(x), level)]
        ]
    )
    percent = d.unit == "percent"
    top = 100.0 if percent else max(float(placed["value"].max()), float(lines["high"].quantile(0.9))) * 1.1
    scale = alt.Scale(domain=[0, top], nice=False, clamp=True)
    across = alt.Scale(domain=[0, largest], nice=False)
    y_axis = alt.Axis(
        tickCount=6, labelExpr="datum.label + '%'" if percent else "datum.label", grid=True, ticks=True, domain=True
    )
    of_what = "Complaints that the share is of" if percent else capitalised(EXPOSED[d.denominator].words)
    x = alt.X("x:Q", scale=across, title=of_what)
    dash = alt.StrokeDash("level:N", scale=alt.Scale(domain=["95%", "99.8%"], range=[[2, 3], [1, 0]]), legend=None)
    limit = alt.Chart(lines).mark_line(color=theme.DARK_GREY, strokeWidth=1.3)
    layers: list[alt.Chart] = [
        limit.encode(x=x, y=alt.Y(f"{side}:Q", scale=scale, title=None, axis=y_axis), strokeDash=dash)
        for side in ("low", "high")
    ]
    last = lines.sort_values("x").groupby("level").last().reset_index()
    words = alt.Chart(last).mark_text(align="left", dx=4)
    layers.append(words.encode(x="x:Q", y=alt.Y("high:Q", scale=scale), text="level:N"))
    centre = alt.Chart(
        pd.DataFrame({"y": [found.value], "x": [largest], "words": [f"others {value_text(found.value, d.unit)}"]})
    )
    layers.append(
        centre.mark_rule(color=theme.DARK_PINK, strokeDash=[6, 4], strokeWidth=2).encode(y=alt.Y("y:Q", scale=scale))
    )
    layers.append(
        centre.mark_text(color=theme.DARK_PINK, align="left", dx=4, fontWeight="bold").encode(
            x="x:Q", y=alt.Y("y:Q", scale=scale), text="words:N"
        )
    )
    data = parts.plotted(placed).assign(x=list(placed["denominator"]))
    named = placed["focus"] | (len(placed) <= NAMED) | (placed["beyond"] == LEVELS[1])
    data["name"] = [a if show else "" for a, show in zip(placed["authority"], named, strict=True)]
    base = alt.Chart(data).encode(x=x, y=alt.Y("value:Q", scale=scale), tooltip=parts.TOOLTIP)
    others, own = base.transform_filter("!datum.focus"), base.transform_filter("datum.focus")
    layers.append(
        others.mark_point(filled=True, shape="diamond", size=80, color=theme.DARK_GREY, opacity=0.8).encode(
            href="link:N"
        )
    )
    layers.append(others.mark_text(dy=-12, fontSize=12).encode(text="name:N"))
    layers.append(own.mark_point(filled=True, size=150, color=theme.DARK_BLUE, opacity=1).encode(href="link:N"))
    layers.append(own.mark_text(dy=-14, fontWeight="bold", color=theme.DARK_BLUE).encode(text="name:N"))
    return alt.layer(*layers).properties(width=WIDTH, height=340)
