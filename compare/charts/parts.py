"""What several charts share: rows for councils, bars, intervals, tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from compare import theme
from compare.figure import Entry, listed, value_text
from compare.finish import ROW
from compare.groups import PROCEDURE_WORDS, Comparison
from compare.shown import interval_text, missing_mark, notes, of_counts, short_label, usable
from normalise.indicators import NOT_FOUND, SEVERAL, definition
from normalise.rows import records


def label(comparison: Comparison, row: Mapping[str, Any] | pd.Series) -> str:
    """A council with its year, and its procedure where that is not the children's statutory one."""
    other = "" if row["procedure"] == "children_statutory" else f"\n({PROCEDURE_WORDS[row['procedure']]})"
    return f"{row['authority']}, {row['period']}{other}"


COUNCIL_AXIS = {"labelExpr": "split(datum.label, '\\n')", "labelLineHeight": 15}
"""Axis options for labels that may have a second line."""


def rows_for(comparison: Comparison, names: tuple[str, ...]) -> pd.DataFrame:
    """Rows of indicators that can be shown: a value, and not `not` comparable."""
    frame = comparison.indicators
    frame = frame[frame["indicator"].isin(names) & frame["value"].notna() & (frame["comparability"] != "not")].copy()
    frame["council"] = [label(comparison, row) for row in records(frame)]
    frame["focus"] = frame["authority"] == comparison.focus
    frame["shown"] = [
        value_text(v, u) + (" *" if c not in ("", SEVERAL) else "")
        for v, u, c in zip(frame["value"], frame["unit"], frame["caveat"], strict=True)
    ]
    return frame


def order(comparison: Comparison, frame: pd.DataFrame) -> list[str]:
    """Councils on the axis: the focus first, the others by name, never by rank."""
    place = {name: n for n, name in enumerate(comparison.members)}
    known = frame[["authority", "council"]].drop_duplicates()
    ranked = known.assign(n=known["authority"].map(place).fillna(len(place)))
    return list(ranked.sort_values(["n", "council"])["council"])


def missing(comparison: Comparison, names: tuple[str, ...]) -> list[str]:
    """A sentence for every reason why a value is not shown, with the councils and the indicators that it holds for."""
    reasons: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for council in comparison.members:
        own: dict[str, list[str]] = {}
        for name in names:
            row = comparison.row(council, name)
            if row is None:
                own.setdefault("not found in the report", []).append(name)
            elif not usable(row):
                own.setdefault(str(row["reason"]), []).append(name)
        for reason, without in own.items():
            reasons.setdefault((reason, tuple(without)), []).append(council)
    said = []
    for (reason, which), councils in reasons.items():
        told = len(which) == len(names) or reason.startswith(NOT_FOUND)
        what = "" if told else " (" + ", ".join(definition(w).label for w in which) + ")"
        whom = short_label(comparison, councils[0]) if len(councils) == 1 else _several(councils, comparison.focus)
        said.append(f"{whom}: {reason}{what}.")
    return said


def caveats(frame: pd.DataFrame) -> list[str]:
    """A sentence for every value with a caveat; one for all councils that share it."""
    shared: dict[tuple[str, str], list[str]] = {}
    for _, row in frame[frame["caveat"] != ""].iterrows():
        for caveat in str(row["caveat"]).split("; "):
            if caveat != SEVERAL:
                shared.setdefault((row["indicator"], caveat), []).append(row["council"].replace("\n", " "))
    return [f"{_several(councils)}, {definition(name).label}: {caveat}." for (name, caveat), councils in shared.items()]


def _several(councils: list[str], focus: str = "") -> str:
    """Councils as a sentence names them: all of them, or how many where they are many, the focus among them by name."""
    if len(councils) <= NAMED:
        return listed(councils)
    return f"{focus} and {len(councils) - 1} other councils" if focus in councils else f"{len(councils)} councils"


NAMED = 8
"""Councils up to which a sentence names them all."""


def table(
    comparison: Comparison, names: tuple[str, ...], with_interval: bool = False
) -> tuple[list[str], list[list[Entry]]]:
    """Heads and rows of the table beside a chart, with evidence for every value and [x] where there is none."""
    heads = ["Council and year"] + [definition(n).label for n in names]
    rows = []
    for council in comparison.members:
        entries = [Entry(short_label(comparison, council))]
        entries += [entry(comparison.row(council, name), with_interval) for name in names]
        rows.append(entries)
    return heads, rows


def entry(row: Mapping[str, Any] | pd.Series | None, with_interval: bool = False) -> Entry:
    """A table cell for an indicator."""
    if row is None or pd.isna(row["value"]):
        return Entry(missing_mark(row), (), "" if row is None else str(row["reason"]))
    evidence = tuple(str(row["inputs"]).split())
    if row["comparability"] == "not":
        return Entry(f"{value_text(row['value'], row['unit'])}, not comparable", evidence, str(row["reason"]))
    text = value_text(row["value"], row["unit"]) + of_counts(row)
    if with_interval and (interval := interval_text(row)):
        text += f", 95% interval {interval}"
    return Entry(text, evidence, "; ".join(notes(row)))


def geography(comparison: Comparison) -> str:
    """How many councils, and which years."""
    years = sorted(set(comparison.periods.values()))
    span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}, each council's year beside its name"
    count = len(comparison.members)
    return f"{count} English council{'s' if count != 1 else ''}, {span}"


def data(comparison: Comparison, names: tuple[str, ...]) -> pd.DataFrame:
    """The rows behind a figure, for its download: one row a council and indicator, with the columns of DOWNLOAD."""
    frame = comparison.indicators[comparison.indicators["indicator"].isin(names)]
    place = {name: n for n, name in enumerate(comparison.members)}
    ordered = frame.assign(_c=frame["authority"].map(place), _i=frame["indicator"].map(names.index))
    return ordered.sort_values(["_c", "_i"], kind="stable")[list(DOWNLOAD)].reset_index(drop=True)


DOWNLOAD = (
    "authority", "period", "procedure", "indicator", "value", "unit", "numerator", "denominator", "base", "lower_95", "upper_95",
    "comparability", "caveat", "reason",
)  # fmt: skip

MANY = 40
"""Councils beyond which a chart shows one mark a council on a common line instead of a row a council."""


def council_axis(councils: list[str], labels: bool = True) -> alt.Y:
    """The axis of councils. The order is that of the scale's domain: a sort by name would put the names into an expression."""
    return alt.Y(
        "council:N", title=None, scale=alt.Scale(domain=councils), axis=alt.Axis(labels=labels, **COUNCIL_AXIS)
    )


def title_of(text: str) -> alt.TitleParams:
    """The title of a panel."""
    return alt.TitleParams(text, anchor="start", fontSize=13, fontWeight="bold", font=theme.FONT, color=theme.TEXT)


def links(frame: pd.DataFrame) -> pd.DataFrame:
    """With a column `link`: where a click on a mark leads, the evidence of the first figure that the value rests on."""
    return frame.assign(link=[f"#e-{str(i).split()[0]}" if str(i) else "" for i in frame["inputs"]])


TOOLTIP = [
    alt.Tooltip("council:N", title="Council and year"),
    alt.Tooltip("shown:N", title="Value"),
    alt.Tooltip("counts:N", title="Complaints"),
    alt.Tooltip("interval:N", title="95% interval"),
]
_COLUMNS = ["council", "value", "shown", "counts", "interval", "focus", "lower_95", "upper_95", "link"]


def plotted(frame: pd.DataFrame) -> pd.DataFrame:
    """What a chart of values needs of the rows of `rows_for`, with texts for its tooltips."""
    texts = links(frame)
    texts["counts"] = [
        f"{n:,.0f} of {d:,.0f}" if pd.notna(n) and pd.notna(d) else "not given"
        for n, d in zip(frame["numerator"], frame["denominator"], strict=True)
    ]
    texts["interval"] = [
        f"{value_text(low, u)} to {value_text(high, u)}" if pd.notna(low) else "none"
        for low, high, u in zip(frame["lower_95"], frame["upper_95"], frame["unit"], strict=True)
    ]
    return texts[_COLUMNS]


def text_over(base: alt.Chart, **options: Any) -> list[alt.Chart]:
    """A label that stays readable where a line runs behind it."""
    return [base.mark_text(stroke="white", strokeWidth=4, **options), base.mark_text(**options)]


def group_rule(value: float, scale: alt.Scale, text: str = "") -> list[alt.Chart]:
    """A dashed line at the group's value, with its words above."""
    base = alt.Chart(pd.DataFrame({"group": [value], "words": [text]}))
    x = alt.X("group:Q", scale=scale, title=None)
    rule = base.mark_rule(color=theme.DARK_PINK, strokeDash=[6, 4], strokeWidth=2).encode(x=x)
    words = base.mark_text(color=theme.DARK_PINK, dy=-8, fontWeight="bold").encode(x=x, y=alt.value(0), text="words:N")
    return [rule, words] if text else [rule]


def panels(
    frame: pd.DataFrame,
    councils: list[str],
    names: tuple[str, ...],
    titles: dict[str, str],
    percent: bool,
    intervals: bool,
    group: dict[str, float] | None = None,
    limits: dict[str, dict[str, float]] | None = None,
) -> alt.TopLevelMixin:
    """Small multiples side by side: one panel an indicator, one bar a council, labelled directly.

    `group` gives the group's value of an indicator, drawn as a dashed line; `limits` statutory limits by their words, drawn as solid lines. With
    more than MANY councils each panel is a line with one mark a council.
    """
    if len(councils) > MANY:
        return strips(frame, names, titles, percent, group or {})
    names = tuple(n for n in names if n in set(frame["indicator"]))
    aside = intervals or bool(limits)
    width = 600 // len(names) - (110 if limits else 60 if intervals else 20)
    parts: list[Any] = []
    for n, name in enumerate(names):
        data = frame[frame["indicator"] == name]
        lines = (limits or {}).get(name, {})
        top = 100.0 if percent else max([1.0, *data["value"], *lines.values()])
        scale = alt.Scale(domain=[0, top * (1.0 if percent else 1.18)], nice=False)
        y = council_axis(councils, labels=n == 0)
        x = alt.X(
            "value:Q",
            scale=scale,
            title=None,
            axis=alt.Axis(format=".0f", tickCount=3, labelExpr="datum.label + '%'" if percent else "datum.label"),
        )
        base = alt.Chart(plotted(data)).encode(tooltip=TOOLTIP)
        fill = alt.condition("datum.focus", alt.value(theme.DARK_BLUE), alt.value(theme.GREY))
        right = alt.value(width + 6)
        bars = base.mark_bar(height=18, stroke=theme.DARK_GREY, strokeWidth=0.6)
        marks = [bars.encode(y=y, x=x, color=fill, href="link:N")]
        if intervals:
            marks.append(
                base.mark_rule(color=theme.TEXT, strokeWidth=1.6).encode(
                    y=y, x=alt.X("lower_95:Q", scale=scale, title=None), x2="upper_95:Q"
                )
            )
        if name in (group or {}):
            marks += group_rule((group or {})[name], scale, "others")
        for words, limit in lines.items():
            line = alt.Chart(pd.DataFrame({"limit": [limit], "words": [words]}))
            at = alt.X("limit:Q", scale=scale, title=None)
            marks.append(line.mark_rule(color=theme.DARK_PINK, strokeWidth=2).encode(x=at))
            marks.append(
                line.mark_text(color=theme.DARK_PINK, dy=-8, align="left", dx=-6).encode(
                    x=at, y=alt.value(0), text="words:N"
                )
            )
        # Beside an interval or a limit a label would be struck through, so there it stands in a column at the right.
        text = base.mark_text(align="left", dx=0 if aside else 4)
        marks.append(text.encode(y=y, x=right if aside else x, text="shown:N"))
        panel = alt.layer(*marks).properties(width=width, height=ROW * len(councils), title=title_of(titles[name]))
        parts.append(panel)
    return alt.hconcat(*parts, spacing=(100 if limits else 70) if aside else 24)


def strips(
    frame: pd.DataFrame, names: tuple[str, ...], titles: dict[str, str], percent: bool, group: dict[str, float]
) -> alt.TopLevelMixin:
    """One line an indicator with a mark for every council, the focus labelled: for groups too large for a row each."""
    rows: list[Any] = []
    for name in [n for n in names if n in set(frame["indicator"])]:
        data = plotted(frame[frame["indicator"] == name])
        top = 100.0 if percent else max([1.0, *data["value"]])
        scale = alt.Scale(domain=[0, top * (1.0 if percent else 1.05)], nice=False)
        x = alt.X(
            "value:Q",
            scale=scale,
            title=None,
            axis=alt.Axis(labelExpr="datum.label + '%'" if percent else "datum.label"),
        )
        base = alt.Chart(data).encode(x=x, tooltip=TOOLTIP)
        others = base.transform_filter("!datum.focus").mark_tick(
            color=theme.DARK_GREY, opacity=0.45, thickness=1.5, size=26
        )
        own = base.transform_filter("datum.focus")
        marks = [
            others.encode(y=alt.value(38)),
            own.mark_tick(color=theme.DARK_BLUE, thickness=5, size=36).encode(y=alt.value(38)),
        ]
        marks.append(
            own.mark_text(color=theme.DARK_BLUE, fontWeight="bold", dy=30).encode(y=alt.value(38), text="council:N")
        )
        if name in group:
            marks += group_rule(group[name], scale, "others")
        count = f"{titles[name]} ({len(data)} councils, a line each)"
        rows.append(alt.layer(*marks).properties(width=660, height=80, title=title_of(count)))
    return alt.vconcat(*rows, spacing=12)
