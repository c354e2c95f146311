"""Years side by side: small multiples, cut where a series breaks or a year is missing."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from compare import theme
from compare.charts import parts
from compare.figure import Entry, Figure, value_text
from compare.finish import finish
from compare.groups import Comparison
from normalise.indicators import definition
from normalise.periods import before

NAMES = (
    "stage_1_received", "stage_1_within_10_days", "stage_1_within_20_days", "stage_1_upheld_rate", "escalation_rate_1_to_2", "ombudsman_received",
)  # fmt: skip
LINES = 8
"""Other councils up to which each has a grey line; beyond it the middle half of them is a band."""


def figure(comparison: Comparison) -> Figure:
    """The focus council's years in the strong colour, others in grey. A line is never drawn over a break or a missing year."""
    history = comparison.history
    own = (
        history[(history["authority"] == comparison.focus) & history["indicator"].isin(NAMES)]
        if len(history)
        else history
    )
    years = own.groupby("indicator")["period"].nunique() if len(own) else pd.Series(dtype=int)
    names = [n for n in NAMES if years.get(n, 0) > 1]
    alt_text = _takeaway(comparison, own, names)
    columns, rows = _table(own, names)
    return Figure(
        slug="trends",
        theme="trends",
        headline=f"{comparison.focus} over {max(years[n] for n in names)} years"
        if names
        else f"{comparison.focus}: one year only",
        subtitle=f"Figures of {comparison.focus} by year, as its reports give them" + _beside(comparison, names),
        chart=finish(_chart(comparison, names), alt_text) if names else None,
        alt_text=alt_text,
        columns=columns,
        rows=rows,
        missing=[] if names else [f"{comparison.focus}: add its reports for other years, and they are shown here."],
        caveats=_breaks(own, names),
        what="By year",
        data=history[history["indicator"].isin(names)][list(parts.DOWNLOAD)] if names else pd.DataFrame(),
    )


def _beside(comparison: Comparison, names: list[str]) -> str:
    """What is grey in the panels of shares, where anything is."""
    shares = [n for n in names if definition(n).unit == "percent"]
    history = comparison.history
    others = (
        history[history["indicator"].isin(shares) & (history["authority"] != comparison.focus)] if shares else history
    )
    if not shares or others.empty:
        return ""
    return (
        ", shares beside those of the other councils in grey"
        if len(comparison.members) <= LINES + 1
        else ", shares beside the middle half of the other councils in grey"
    )


def _takeaway(comparison: Comparison, own: pd.DataFrame, names: list[str]) -> str:
    if not names:
        return f"Only one year of {comparison.focus} is here, so there is no trend to show."
    said = []
    for name in names:
        rows = own[own["indicator"] == name].sort_values("period")
        first, last = rows.iloc[0], rows.iloc[-1]
        d = definition(name)
        cut = " (with a break in the series between)" if (rows["value_status"].iloc[1:] == "b").any() else ""
        overlap = (
            pd.notna(first["upper_95"])
            and pd.notna(last["upper_95"])
            and first["lower_95"] <= last["upper_95"]
            and last["lower_95"] <= first["upper_95"]
        )
        hedge = "; the intervals overlap, so this may be chance" if overlap else ""
        said.append(
            f"{d.label}: {value_text(first['value'], first['unit'])} in {first['period']}, {value_text(last['value'], last['unit'])} in {last['period']}{cut}{hedge}"
        )
    longest = max(own[own["indicator"] == n]["period"].nunique() for n in names)
    last = (
        "Two years are not enough to show a trend."
        if longest == 2
        else "Look at the whole line: its first and last year alone make no trend."
    )
    return f"{'. '.join(said)}. {last}"


def _breaks(own: pd.DataFrame, names: list[str]) -> list[str]:
    rows = own[own["indicator"].isin(names) & (own["value_status"] == "b")] if len(own) else own
    said = [
        f"{definition(r['indicator']).label}, {r['period']}: {part}."
        for _, r in rows.iterrows()
        for part in str(r["caveat"]).split("; ")
        if part.startswith("break in the series")
    ]
    return list(dict.fromkeys(said))


def _table(own: pd.DataFrame, names: list[str]) -> tuple[list[str], list[list[Entry]]]:
    rows = own[own["indicator"].isin(names)] if len(own) else own
    years = sorted(set(rows["period"])) if len(rows) else []
    cells = []
    for year in years:
        row = [Entry(year)]
        for name in names:
            found = rows[(rows["period"] == year) & (rows["indicator"] == name)]
            row.append(parts.entry(found.iloc[0] if len(found) else None, with_interval=True))
        cells.append(row)
    return ["Year", *(definition(n).label for n in names)], cells


def segments(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one indicator by council and year, with `segment`: a council has a new one after a break and after a missing year."""
    rows = rows.sort_values(["authority", "period"], kind="stable")
    number, last, result = 0, ("", ""), []
    for council, year, status in zip(rows["authority"], rows["period"], rows["value_status"], strict=True):
        if council != last[0]:
            number = 0
        elif status == "b" or before(year) != last[1]:
            number += 1
        result.append(number)
        last = (council, year)
    return rows.assign(segment=result)


def _chart(comparison: Comparison, names: list[str]) -> alt.TopLevelMixin:
    history = comparison.history
    panels: list[Any] = []
    shown = history[history["indicator"].isin(names)]
    mine = shown[shown["authority"] == comparison.focus]
    first, last = min(mine["period"]), max(mine["period"])
    shown = shown[(shown["period"] >= first) & (shown["period"] <= last)]
    years = sorted(set(shown["period"]))
    for name in names:
        rows = shown[shown["indicator"] == name]
        percent = definition(name).unit == "percent"
        cut = segments(rows)
        # The focus council alone sets the scale of counts: a council ten times its size would press its line flat.
        own = cut[cut["authority"] == comparison.focus]
        top = float(own["value"].max()) * 1.25 or 1.0
        if percent:
            top = 100.0 if max(top, float(cut["value"].quantile(0.75))) > 50 else 50.0
        data = parts.links(cut).assign(
            focus=cut["authority"] == comparison.focus,
            line=[
                f"{place} {s}"
                for place, s in zip(cut["authority"].astype("category").cat.codes, cut["segment"], strict=True)
            ],
            shown=[value_text(v, u) for v, u in zip(cut["value"], cut["unit"], strict=True)],
            council=cut["authority"],
            broken=cut["value_status"] == "b",
        )[["period", "value", "focus", "line", "shown", "council", "broken", "link"]]
        panels.append(_panel(data, years, top, percent, definition(name).label, len(set(cut["authority"])) - 1))
    across = [alt.hconcat(*panels[i : i + 2], spacing=40) for i in range(0, len(panels), 2)]
    return alt.vconcat(*across, spacing=24)


def _panel(
    data: pd.DataFrame, years: list[str], top: float, percent: bool, label: str, others: int
) -> alt.TopLevelMixin:
    x = alt.X(
        "period:N", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(labelAngle=-45 if len(years) > 5 else 0)
    )
    axis = alt.Axis(tickCount=4, labelExpr="datum.label + '%'" if percent else "datum.label", grid=True)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False, clamp=True), axis=axis)
    tooltip = [
        alt.Tooltip("council:N", title="Council"),
        alt.Tooltip("period:N", title="Year"),
        alt.Tooltip("shown:N", title="Value"),
    ]
    # The others' rows are left out where they are not drawn, so that the page stays small.
    base = alt.Chart(data[data["focus"]]).encode(x=x, y=y, tooltip=tooltip)
    layers: list[alt.Chart] = []
    rest = data[~data["focus"]]
    if percent and 0 < others <= LINES:
        grey = alt.Chart(rest).encode(x=x, y=y, detail="line:N", tooltip=tooltip)
        layers += [
            grey.mark_line(color=theme.GREY, strokeWidth=1.5),
            grey.mark_point(color=theme.DARK_GREY, size=14, filled=True, opacity=0.6),
        ]
    elif percent and others > LINES:
        band = rest.groupby("period")["value"].quantile([0.25, 0.75]).unstack().reset_index()
        band.columns = pd.Index(["period", "low", "high"])
        area = alt.Chart(band).mark_area(color=theme.GREY, opacity=0.55)
        layers.append(area.encode(x=x, y=alt.Y("low:Q", scale=alt.Scale(domain=[0, top])), y2="high:Q"))
    own = base
    layers.append(own.mark_line(color=theme.DARK_BLUE, strokeWidth=3).encode(detail="line:N"))
    layers.append(own.mark_point(color=theme.DARK_BLUE, size=60, filled=True, opacity=1).encode(href="link:N"))
    layers.append(own.mark_text(dy=-13, fontWeight="bold").encode(text="shown:N"))
    broken = own.transform_filter("datum.broken")
    layers.append(
        broken.mark_rule(color=theme.DARK_PINK, strokeDash=[3, 3]).encode(x=x, y=alt.value(0), y2=alt.value(150))
    )
    layers.append(broken.mark_text(color=theme.DARK_PINK, text="[b]", align="left", dx=3).encode(x=x, y=alt.value(146)))
    return alt.layer(*layers).properties(width=290, height=150, title=parts.title_of(label))
