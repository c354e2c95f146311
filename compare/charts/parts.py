"""What several charts share: rows for councils, bars, intervals, tables."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from compare import theme
from compare.figure import Entry, value_text
from compare.finish import ROW
from compare.groups import PROCEDURE_WORDS, Comparison
from normalise.indicators import NOT_FOUND, SEVERAL, definition


def label(comparison: Comparison, row: pd.Series) -> str:
    """A council with its year, and its procedure where that is not the children's statutory one."""
    other = "" if row["procedure"] == "children_statutory" else f"\n({PROCEDURE_WORDS[row['procedure']]})"
    return f"{row['authority']}, {row['period']}{other}"


COUNCIL_AXIS = {"labelExpr": "split(datum.label, '\\n')", "labelLineHeight": 15}
"""Axis options for labels that may have a second line."""


def short_label(comparison: Comparison, council: str) -> str:
    """A council with the year that is shown of it."""
    return f"{council}, {comparison.periods[council]}"


def rows_for(comparison: Comparison, names: tuple[str, ...]) -> pd.DataFrame:
    """Rows of indicators that can be shown: a value, and not `not` comparable."""
    frame = comparison.indicators
    frame = frame[frame["indicator"].isin(names) & frame["value"].notna() & (frame["comparability"] != "not")].copy()
    frame["council"] = [label(comparison, row) for _, row in frame.iterrows()]
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
    return list(known.assign(n=known["authority"].map(place)).sort_values(["n", "council"])["council"])


def missing(comparison: Comparison, names: tuple[str, ...]) -> list[str]:
    """A sentence for every council and indicator without a value to show, with the reason."""
    said = []
    for council in comparison.members:
        reasons: dict[str, list[str]] = {}
        for name in names:
            rows = comparison.indicators[
                (comparison.indicators["authority"] == council) & (comparison.indicators["indicator"] == name)
            ]
            if rows.empty:
                reasons.setdefault("not found in the report", []).append(name)
            elif pd.isna(rows.iloc[0]["value"]) or rows.iloc[0]["comparability"] == "not":
                reasons.setdefault(str(rows.iloc[0]["reason"]), []).append(name)
        for reason, which in reasons.items():
            told = len(which) == len(names) or reason.startswith(NOT_FOUND)
            what = "" if told else " (" + ", ".join(definition(w).label for w in which) + ")"
            said.append(f"{short_label(comparison, council)}: {reason}{what}.")
    return said


def caveats(frame: pd.DataFrame) -> list[str]:
    """A sentence for every value with a caveat."""
    return [
        f"{row['council'].replace(chr(10), ' ')}, {definition(row['indicator']).label}: {row['caveat']}."
        for _, row in frame[frame["caveat"] != ""].iterrows()
        if row["caveat"] != SEVERAL
    ]


def table(
    comparison: Comparison, names: tuple[str, ...], with_interval: bool = False
) -> tuple[list[str], list[list[Entry]]]:
    """Heads and rows of the table beside a chart, with evidence for every value and [x] where there is none."""
    heads = ["Council and year"] + [definition(n).label for n in names]
    rows = []
    for council in comparison.members:
        entries = [Entry(short_label(comparison, council))]
        for name in names:
            found = comparison.indicators[
                (comparison.indicators["authority"] == council) & (comparison.indicators["indicator"] == name)
            ]
            entries.append(entry(found.iloc[0] if len(found) else None, with_interval))
        rows.append(entries)
    return heads, rows


def entry(row: pd.Series | None, with_interval: bool = False) -> Entry:
    """A table cell for an indicator."""
    if row is None or pd.isna(row["value"]):
        return Entry("[x]", (), "" if row is None else str(row["reason"]))
    evidence = tuple(str(row["inputs"]).split())
    if row["comparability"] == "not":
        return Entry(f"{value_text(row['value'], row['unit'])}, not comparable", evidence, str(row["reason"]))
    text = value_text(row["value"], row["unit"])
    if pd.notna(row["denominator"]) and row["unit"] == "percent":
        text += f" ({row['numerator']:,.0f} of {row['denominator']:,.0f})"
    if with_interval and pd.notna(row["lower_95"]):
        text += f", 95% interval {row['lower_95']:.0f}% to {row['upper_95']:.0f}%"
    notes = [c for c in str(row["caveat"]).split("; ") if c and c != SEVERAL]
    if row["procedure"] != "children_statutory":
        notes.insert(0, PROCEDURE_WORDS[row["procedure"]])
    return Entry(text, evidence, "; ".join(dict.fromkeys(notes)))


def geography(comparison: Comparison) -> str:
    """How many councils, and which years."""
    years = sorted(set(comparison.periods.values()))
    span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}, each council's year beside its name"
    count = len(comparison.members)
    return f"{count} English council{'s' if count != 1 else ''}, {span}"


def panels(
    frame: pd.DataFrame,
    councils: list[str],
    names: tuple[str, ...],
    titles: dict[str, str],
    percent: bool,
    intervals: bool,
) -> alt.TopLevelMixin:
    """Small multiples side by side: one panel an indicator, one bar a council, labelled directly."""
    width = 600 // len(names) - (60 if intervals else 20)
    parts: list[Any] = []
    for n, name in enumerate(names):
        data = frame[frame["indicator"] == name]
        top = 100.0 if percent else max(float(data["value"].max()) if len(data) else 1.0, 1.0)
        scale = alt.Scale(domain=[0, top * (1.0 if percent else 1.18)], nice=False)
        y = alt.Y(
            "council:N",
            sort=councils,
            title=None,
            scale=alt.Scale(domain=councils),
            axis=alt.Axis(labels=n == 0, **COUNCIL_AXIS),
        )
        x = alt.X(
            "value:Q",
            scale=scale,
            title=None,
            axis=alt.Axis(format=".0f", tickCount=3, labelExpr="datum.label + '%'" if percent else "datum.label"),
        )
        base = alt.Chart(data[["council", "value", "shown", "focus", "lower_95", "upper_95"]])
        fill = alt.condition("datum.focus", alt.value(theme.DARK_BLUE), alt.value(theme.GREY))
        right = alt.value(width + 6)
        marks = [base.mark_bar(height=18, stroke=theme.DARK_GREY, strokeWidth=0.6).encode(y=y, x=x, color=fill)]
        if intervals:
            marks.append(
                base.mark_rule(color="#0B0C0C", strokeWidth=1.6).encode(
                    y=y, x=alt.X("lower_95:Q", scale=scale, title=None), x2="upper_95:Q"
                )
            )
        # Beside an interval a label would be struck through, so there it stands in a column at the right.
        text = base.mark_text(align="left", dx=0 if intervals else 4)
        marks.append(text.encode(y=y, x=right if intervals else x, text="shown:N"))
        title = alt.TitleParams(
            titles[name], anchor="start", fontSize=13, fontWeight="bold", font=theme.FONT, color="#0B0C0C"
        )
        parts.append(alt.layer(*marks).properties(width=width, height=ROW * len(councils), title=title))
    return alt.hconcat(*parts, spacing=70 if intervals else 24)
