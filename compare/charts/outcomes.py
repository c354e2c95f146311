"""Outcomes of decided stage 1 complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import fsum

import altair as alt
import pandas as pd

from compare import shown, theme
from compare.charts import parts
from compare.figure import Entry, Figure, value_text
from compare.finish import ROW, WIDTH, finish
from compare.groups import Comparison
from normalise.indicators import DECIDED
from normalise.rows import Row, grouped, records

WORDS = {
    "upheld": "Upheld",
    "partially_upheld": "Partly upheld",
    "not_upheld": "Not upheld",
    "inconclusive": "Inconclusive",
}
COLOURS = {
    "upheld": theme.DARK_BLUE,
    "partially_upheld": theme.TURQUOISE,
    "not_upheld": theme.DARK_PINK,
    "inconclusive": theme.ORANGE,
}


def figure(comparison: Comparison) -> Figure:
    """Stacked shares of upheld, partly upheld, not upheld and inconclusive among decided complaints."""
    shares = _shares(comparison)
    own = shares[shares["authority"] == comparison.focus]
    if len(own):
        largest = own.loc[own["share"].idxmax()]
        headline = f"{largest['outcome']}: {value_text(largest['share'], 'percent')} of {comparison.focus}'s decided complaints"
        alt_text = (
            f"Of the stage 1 complaints that {comparison.focus} decided, "
            + ", ".join(f"{value_text(r['share'], 'percent')} were {r['outcome'].lower()}" for _, r in own.iterrows())
            + "."
        )
    else:
        headline = f"{comparison.focus}: no separate outcomes found"
        alt_text = (
            f"Upheld, partly upheld and not upheld were not found separately in the report of {comparison.focus}."
        )
    drawn = _with_the_rest_pooled(comparison, shares) if shares["authority"].nunique() > parts.MANY else shares
    councils = parts.order(comparison, drawn) if len(drawn) else []
    rows = []
    by_council = dict(iter(shares.groupby("authority")))
    for council in comparison.members:
        found = by_council[council].set_index("category") if council in by_council else shares.iloc[:0]
        row = [Entry(shown.short_label(comparison, council))]
        gate = comparison.row(council, "stage_1_upheld_rate")
        mark, why = (
            shown.missing_mark(gate),
            (str(gate["reason"]) if gate is not None else "") or "not found separately",
        )
        for category in DECIDED:
            if category in found.index:
                r = found.loc[category]
                row.append(
                    Entry(
                        value_text(r["share"], "percent") + (f" ({r['value']:,.0f})" if r["unit"] == "count" else ""),
                        tuple(filter(None, [str(r["id"])])),
                        str(r["note"]),
                    )
                )
            else:
                row.append(Entry(mark, (), why))
        rows.append(row)
    absent = [c for c in comparison.members if c not in set(shares["authority"])]
    return Figure(
        slug="outcomes",
        theme="outcomes",
        headline=headline,
        subtitle=f"Outcomes as shares of decided stage 1 complaints, {parts.geography(comparison)}",
        chart=finish(_chart(drawn, councils), alt_text) if len(shares) else None,
        alt_text=alt_text,
        columns=["Council and year", *[WORDS[c] for c in DECIDED]],
        rows=rows,
        missing=[
            f"{shown.short_label(comparison, c)}: upheld and not upheld complaints at stage 1 that can be compared {shown.lacking([comparison.row(c, 'stage_1_upheld_rate')])}."
            for c in absent
        ],
        caveats=list(
            dict.fromkeys(f"{r['council'].splitlines()[0]}: {r['note']}." for _, r in shares.iterrows() if r["note"])
        ),
        data=shares[["authority", "category", "value", "unit", "share", "note"]],
    )


_USED = ("authority", "period", "procedure", "stage", "measure", "category", "unit", "value", "confidence", "id")


def _shares(comparison: Comparison) -> pd.DataFrame:
    """One row a council and outcome: its share of the decided complaints of one procedure, from counts, else from percentages."""
    every = comparison.observations
    counted = every["value"].notna() & every["measure"].isin(["outcome", "closed"])
    by_council = grouped(records(every.loc[counted, list(_USED)]), ("authority",))
    result = []
    for council in comparison.members:
        figures = by_council.get((council,), [])
        if not shown.usable(comparison.row(council, "stage_1_upheld_rate")):
            continue  # what makes no rate makes no shares: counted by issue, incomplete, withheld
        rows = _decided(figures)
        total = fsum(r["value"] for r in rows)
        if not total:
            continue
        note = "; ".join(_notes(rows[0], figures, comparison.below))
        result += [
            {
                "authority": council,
                "council": parts.label(comparison, r),
                "category": r["category"],
                "outcome": WORDS[r["category"]],
                "value": r["value"],
                "unit": r["unit"],
                "share": 100 * r["value"] / total,
                "place": DECIDED.index(r["category"]),
                "id": r["id"],
                "note": note,
            }
            for r in rows
        ]
    columns = ["authority", "council", "category", "outcome", "value", "unit", "share", "place", "id", "note"]
    return pd.DataFrame(result, columns=columns).sort_values(["authority", "place"], kind="stable")


def _decided(figures: Sequence[Row]) -> list[Row]:
    """The surest figure of each outcome, of the first stage, procedure and unit that has more than those not upheld; empty where none has."""
    for stage, procedure, unit in product(("stage_1", "any"), ("children_statutory", "all"), ("count", "percent")):
        found = _surest(
            r
            for r in figures
            if r["measure"] == "outcome"
            and r["category"] in DECIDED
            and (r["stage"], r["procedure"], r["unit"]) == (stage, procedure, unit)
        )
        if {"not_upheld"} < found.keys():
            return list(found.values())
    return []


def _surest(figures: Iterable[Row]) -> dict[str, Row]:
    """Category -> its surest figure, the surest first."""
    found: dict[str, Row] = {}
    for row in sorted(figures, key=lambda r: -(r["confidence"] or 0.0)):
        found.setdefault(row["category"], row)
    return found


def _notes(first: Row, figures: Sequence[Row], below: int) -> Iterator[str]:
    if first["procedure"] == "all":
        yield "statutory and corporate complaints together"
    if first["stage"] == "any":
        yield "published without a stage"
    unaccounted = _without_outcome(first, figures) if first["unit"] == "count" else 0
    if unaccounted > 0:
        number = "some" if unaccounted < below else f"{unaccounted:g}"
        yield f"{number} of the closed complaints {'has' if number == '1' else 'have'} no outcome given"
    if first["unit"] == "percent":
        yield "computed from published percentages, leaving out complaints that were not decided"


def _with_the_rest_pooled(comparison: Comparison, shares: pd.DataFrame) -> pd.DataFrame:
    """The focus council, and all others with counts together, for groups too large for a bar each."""
    own = shares[shares["authority"] == comparison.focus]
    rest = shares[(shares["authority"] != comparison.focus) & (shares["unit"] == "count")]
    sums = rest.groupby(["category", "outcome", "place"], sort=False)["value"].sum().reset_index()
    name = f"{rest['authority'].nunique()} other councils together"
    pooled = sums.assign(
        authority=name, council=name, unit="count", share=100 * sums["value"] / sums["value"].sum(), id="", note=""
    )
    return pd.concat([own, pooled[list(own.columns)]], ignore_index=True)


def _without_outcome(first: Row, figures: Sequence[Row]) -> float:
    """How many of the closed complaints of one procedure and stage the outcomes do not account for."""
    alike = [
        r for r in figures if (r["procedure"], r["stage"], r["unit"]) == (first["procedure"], first["stage"], "count")
    ]
    closed = sorted((r for r in alike if r["measure"] == "closed"), key=lambda r: -(r["confidence"] or 0.0))
    outcomes = _surest(r for r in alike if r["measure"] == "outcome" and r["category"] != "upheld_or_partially")
    return float(closed[0]["value"] - fsum(r["value"] for r in outcomes.values())) if closed else 0.0


def _chart(shares: pd.DataFrame, councils: list[str]) -> alt.TopLevelMixin:
    data = shares[["council", "outcome", "share", "place", "category"]].assign(
        shown=[f"{s:.0f}%" if s >= 5 else "" for s in shares["share"]]
    )
    words = [WORDS[c] for c in DECIDED]
    colour = alt.Color(
        "outcome:N",
        scale=alt.Scale(domain=words, range=[COLOURS[c] for c in DECIDED]),
        legend=alt.Legend(title=None, orient="top"),
    )
    x = alt.X(
        "share:Q",
        stack="zero",
        scale=alt.Scale(domain=[0, 100]),
        title="Share of decided complaints",
        axis=alt.Axis(labelExpr="datum.label + '%'", tickCount=6),
    )
    y = parts.council_axis(councils)
    base = alt.Chart(data).encode(y=y, order=alt.Order("place:Q"))
    bars = base.mark_bar(height=22, stroke="white", strokeWidth=1).encode(x=x, color=colour)
    dark = alt.FieldOneOfPredicate(field="category", oneOf=["upheld", "not_upheld"])
    text = base.mark_text(dx=-4, align="right", fontWeight="bold").encode(
        x=x, text="shown:N", detail="outcome:N", color=alt.condition(dark, alt.value("white"), alt.value("#0B0C0C"))
    )
    return alt.layer(bars, text).properties(width=WIDTH - 60, height=ROW * len(councils))
