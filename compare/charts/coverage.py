"""What can be compared, and what the reports are silent on: grids of words in cells."""

from __future__ import annotations

import altair as alt
import pandas as pd

from compare import theme
from compare.finish import finish
from compare.groups import Comparison

FILLS = {
    "comparable": theme.DARK_BLUE, "caveat": theme.LIGHT_BLUE, "not": "#FFFFFF", "silent": "#EEEEEE",
    "published": theme.DARK_BLUE, "true zero": theme.DARK_BLUE, "suppressed": theme.LIGHT_BLUE, "only as a share": theme.LIGHT_BLUE,
    "in words only": theme.LIGHT_BLUE, "only as a chart": "#FFFFFF", "unreadable": "#FFFFFF", "not applicable": "#FFFFFF", "not published": "#EEEEEE",
}  # fmt: skip
"""Cell colours; every cell says its state in words too, and has an outline."""
WORDS = {
    "comparable": "yes", "caveat": "caveat", "not": "no", "silent": "[x]", "published": "yes", "true zero": "0", "suppressed": "[c]",
    "only as a share": "share", "in words only": "words", "only as a chart": "chart", "unreadable": "[x2]", "not applicable": "[z]",
    "not published": "[x]",
}  # fmt: skip


def heat_grid(comparison: Comparison, cells: pd.DataFrame, description: str) -> alt.TopLevelMixin | None:
    """Cells (`row`, `council`, `state`) as a grid, councils across; over 12 councils as bars of how many are in each state. None without cells."""
    if cells.empty:
        return None
    data = cells.assign(words=cells["state"].map(WORDS), fill=cells["state"].map(FILLS))
    rows = list(dict.fromkeys(data["row"]))
    y = alt.Y("row:N", title=None, scale=alt.Scale(domain=rows), axis=alt.Axis(labelLimit=330))
    if cells["council"].nunique() > ACROSS:
        return finish(_bars(data, rows, y), description)
    councils = [c for c in comparison.members if c in set(data["council"])]
    x = alt.X(
        "council:N",
        title=None,
        scale=alt.Scale(domain=councils),
        axis=alt.Axis(orient="top", labelAngle=-35, labelAlign="left", domain=False, ticks=False, grid=False),
    )
    base = alt.Chart(data).encode(x=x, y=y)
    box = base.mark_rect(stroke=theme.DARK_GREY, strokeWidth=0.7).encode(color=alt.Color("fill:N", scale=None))
    dark = alt.condition(f"datum.fill === '{theme.DARK_BLUE}'", alt.value("white"), alt.value(theme.TEXT))
    text = base.mark_text(fontSize=12).encode(text="words:N", color=dark)
    return finish(
        alt.layer(box, text).properties(
            width=min(110, 420 // len(councils) + 20) * len(councils), height=24 * len(rows)
        ),
        description,
    )


ACROSS = 12
"""Councils that fit across a grid."""


def _bars(data: pd.DataFrame, rows: list[str], y: alt.Y) -> alt.TopLevelMixin:
    counts = data.groupby(["row", "state", "words", "fill"], sort=False).size().rename("count").reset_index()
    order = {state: n for n, state in enumerate(FILLS)}
    counts = counts.assign(place=counts["state"].map(order))
    counts["label"] = [
        f"{w} {n}" if n > 0.12 * data["council"].nunique() else ""
        for w, n in zip(counts["words"], counts["count"], strict=True)
    ]
    base = alt.Chart(counts).encode(y=y, x=alt.X("count:Q", title="Councils"), order="place:Q")
    bars = base.mark_bar(stroke=theme.DARK_GREY, strokeWidth=0.7, height=18).encode(
        color=alt.Color("fill:N", scale=None)
    )
    dark = alt.condition(f"datum.fill === '{theme.DARK_BLUE}'", alt.value("white"), alt.value(theme.TEXT))
    text = base.mark_text(align="right", dx=-4, fontSize=11).encode(text="label:N", detail="state:N", color=dark)
    return alt.layer(bars, text).properties(width=420, height=24 * len(rows))
