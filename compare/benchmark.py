"""The council in focus beside its group: the group's value, what may be said in words, and the range of ranks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compare.groups import Comparison
from compare.statistics import LEVELS, Dispersion, Judgement, dispersion, interval_of, judge, pooled, rank_range
from normalise import indicators
from normalise.comparability import unlike

SCALE = {"percent": 100.0, **indicators.PER}
"""What one unit of a share or rate is printed as."""
FEWEST = 3
"""Councils, the focus included, that a group's value rests on at least: of two, each could compute the other."""


@dataclass(frozen=True)
class Benchmark:
    """An indicator of the focus council beside the group."""

    indicator: str
    value: float | None
    """The group's value on the indicator's own scale; None where too few councils are like for like."""
    members: tuple[str, ...]
    """The councils that the value rests on, the focus included where it is one of them."""
    left_out: tuple[str, ...]
    """A sentence for every council with a figure that is not like for like."""
    judgement: Judgement
    spread: Dispersion | None
    ranks: tuple[int, int] | None
    """First and last rank that the focus may have among `members`, 1 being the highest value."""
    reason: str
    """Why there is no value, or no judgement."""


def benchmark(comparison: Comparison, indicator: str) -> Benchmark:
    """The group's value of an indicator: the sum of numerators over the sum of denominators of the councils that are like for like.

    Counts, means and costs have no interval and so no judgement. Raises KeyError for a name that is no indicator.
    """
    if indicator not in comparison.benchmarks:
        comparison.benchmarks[indicator] = _benchmark(comparison, indicator)
    found: Benchmark = comparison.benchmarks[indicator]
    return found


def _benchmark(comparison: Comparison, indicator: str) -> Benchmark:
    definition = indicators.definition(indicator)
    rows = comparison.indicators
    rows = rows[(rows["indicator"] == indicator) & rows["value"].notna() & (rows["comparability"] != "not")]
    own = rows[rows["authority"] == comparison.focus]
    like, left_out = _like(rows, own.iloc[0] if len(own) else None, definition.unit in SCALE)
    if definition.unit not in SCALE:
        return _none(indicator, left_out, "numbers and means without an interval are shown side by side and not judged")
    if own.empty:
        reason = f"{comparison.focus} has no figure"
    elif own.index[0] not in like.index:
        reason = f"how many complaints the share of {comparison.focus} rests on was not found"
    elif len(like) < FEWEST:
        reason = f"fewer than {FEWEST - 1} other councils have figures that are like for like"
    else:
        reason = ""
    if len(like) < FEWEST:
        return _none(indicator, left_out, reason or "too few councils have figures that are like for like")
    scale = SCALE[definition.unit]
    centre = pooled(list(like["numerator"]), list(like["denominator"]))
    members = tuple(like["authority"])
    spread = _spread(like, centre, definition.unit)
    if reason:
        return Benchmark(indicator, scale * centre, members, left_out, Judgement("not compared"), spread, None, reason)
    row = own.iloc[0]
    narrow, wide = (interval_of(row["numerator"], row["denominator"], definition.unit, level) for level in LEVELS)
    judgement = judge(narrow, wide, scale * centre, definition.direction)
    ranks = rank_range(
        list(like["numerator"]),
        list(like["denominator"]),
        members.index(comparison.focus),
        definition.unit == "percent",
    )
    return Benchmark(indicator, scale * centre, members, left_out, judgement, spread, ranks, "")


def _none(indicator: str, left_out: tuple[str, ...], reason: str) -> Benchmark:
    return Benchmark(indicator, None, (), left_out, Judgement("not compared"), None, None, reason)


def _like(rows: pd.DataFrame, own: pd.Series | None, counted_only: bool) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows (with counts behind them) that are like for like with the focus council's, years apart, and a sentence for each that is not."""
    counted = rows[rows["numerator"].notna() & (rows["denominator"] > 0)] if counted_only else rows
    pattern = own if own is not None else _usual(counted)
    kept, said = [], []
    for index, row in rows.iterrows():
        reasons = [] if pattern is None else [r for r in unlike(pattern, row) if not r.startswith("different years")]
        if index not in counted.index:
            reasons.append("how many complaints the share rests on was not found")
        if reasons:
            said.append(f"{row['authority']}: {'; '.join(reasons)}")
        else:
            kept.append(index)
    return rows.loc[kept], tuple(said)


def _usual(rows: pd.DataFrame) -> pd.Series | None:
    """What the others are held against where the focus has no figure: the most usual kind of row."""
    if rows.empty:
        return None
    kind = rows.groupby(["procedure", "base"]).size().idxmax()
    return rows[(rows["procedure"] == kind[0]) & (rows["base"] == kind[1])].iloc[0]


def _spread(rows: pd.DataFrame, centre: float, unit: str) -> Dispersion | None:
    """Overdispersion on the plain scale of shares or rates; None where the centre leaves no room for chance."""
    variance = centre * (1 - centre) if unit == "percent" else centre
    if variance <= 0:
        return None
    values = rows["numerator"] / rows["denominator"]
    return dispersion(list(values), list(variance / rows["denominator"]), centre)
