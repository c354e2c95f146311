"""The council in focus beside the others of its group: their value, what may be said in words, and the range of ranks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from compare.groups import Comparison
from compare.judging import NOT_COMPARED, Expectation, Judgement, expectation, judge, reckoned_together
from compare.statistics import pooled, rank_range
from normalise import indicators
from normalise.comparability import unlike
from normalise.indicators import Indicator
from normalise.rows import records

SCALE = {"percent": 100.0, **indicators.PER}
"""What one unit of a share or rate is printed as."""
FEWEST = 2
"""Other councils that a group's value rests on at least: one alone is no group."""


@dataclass(frozen=True)
class Benchmark:
    """An indicator of the focus council beside the others of the group."""

    indicator: str
    value: float | None
    """The others' value on the indicator's own scale; None where too few councils are like for like."""
    others: tuple[str, ...]
    """The councils that the value rests on; the focus is none of them."""
    left_out: tuple[str, ...]
    """A sentence for every council with a figure that is not like for like."""
    judgement: Judgement
    """Its `told_apart` is on the indicator's own scale."""
    expected: Expectation | None
    """What the others lead one to expect, on the plain scale of shares or rates."""
    ranks: tuple[int, int] | None
    """First and last rank that the focus may have among itself and the others, 1 being the highest value."""
    reason: str
    """Why there is no value, or no judgement."""
    common_base: str = ""
    """What the others' shares were brought to, because the focus's is of that: `closed`; empty where they are as in the tables."""


def benchmark(comparison: Comparison, indicator: str) -> Benchmark:
    """The others' value of an indicator: the sum of numerators over the sum of denominators of the councils that are like for like.

    Counts, means and costs have no interval and so no judgement. Raises KeyError for a name that is no indicator.
    """
    if not comparison.benchmarks:
        found = {d.indicator: _benchmark(comparison, d) for d in indicators.definitions()}
        judged = reckoned_together({name: b.judgement for name, b in found.items()})
        comparison.benchmarks.update({name: replace(b, judgement=judged[name]) for name, b in found.items()})
    kept: Benchmark = comparison.benchmarks[indicator]
    return kept


def wholes(rows: pd.DataFrame, d: Indicator) -> pd.Series:
    """What each numerator is a share of by chance. Stage 2 complaints are no part of those at stage 1: of both, so many are of stage 2."""
    return rows["denominator"] + rows["numerator"] if d.kind == "escalation" else rows["denominator"]


def on_scale(value: float, d: Indicator) -> float:
    """A plain share or rate, of `wholes`, on the scale that the indicator is printed in."""
    if d.kind == "escalation":
        value = value / (1 - value) if value < 1 else float("inf")
    return SCALE[d.unit] * value


def _benchmark(comparison: Comparison, d: Indicator) -> Benchmark:
    rows = comparison.indicators
    rows = rows[(rows["indicator"] == d.indicator) & rows["value"].notna() & (rows["comparability"] != "not")]
    own = rows[rows["authority"] == comparison.focus]
    rows, converted = _on_the_base_of(comparison, own, rows, d)
    like, left_out = _like(rows, own.iloc[0] if len(own) else None, d.unit in SCALE)
    if d.unit not in SCALE:
        return _none(d.indicator, left_out, "numbers, means and costs are shown side by side and not judged")
    others = like[like["authority"] != comparison.focus]
    reason = _why_not(comparison, own, like, others)
    if len(others) < FEWEST:
        return _none(d.indicator, left_out, reason)
    value = SCALE[d.unit] * pooled(list(others["numerator"]), list(others["denominator"]))
    expected = expectation(list(others["numerator"]), list(wholes(others, d)), d.unit == "percent")
    found = Benchmark(
        d.indicator, value, tuple(others["authority"]), left_out, Judgement(NOT_COMPARED), expected, None, reason,
        "closed" if converted else "",
    )  # fmt: skip
    if reason:
        return found
    row = own.iloc[0]
    judged = judge(float(row["numerator"]), float(wholes(own, d).iloc[0]), expected, d.direction)
    assert judged.told_apart is not None
    low, high = judged.told_apart
    every = pd.concat([own, others])
    ranks = rank_range(list(every["numerator"]), list(wholes(every, d)), 0, d.unit == "percent")
    return replace(found, judgement=replace(judged, told_apart=(on_scale(low, d), on_scale(high, d))), ranks=ranks)


def _on_the_base_of(
    comparison: Comparison, own: pd.DataFrame, rows: pd.DataFrame, d: Indicator
) -> tuple[pd.DataFrame, bool]:
    """The rows with upheld shares of decided complaints as shares of closed ones, where the focus's is of those and their reports say how many; whether any is."""
    if d.kind != "upheld" or own.empty or own.iloc[0]["base"] != "closed":
        return rows, False
    stage = indicators.addresses()[d.indicator][1]
    changed = rows.copy()
    converted = False
    for index, row in rows[rows["base"] == "decided"].iterrows():
        published = comparison.published.get(str(row["authority"]), comparison.observations.iloc[:0])
        closed = published[
            (published["measure"] == "closed") & (published["stage"] == stage) & (published["unit"] == "count")
            & (published["procedure"] == row["procedure"]) & published["value"].notna()
        ]  # fmt: skip
        total = float(closed["value"].iloc[0]) if closed["value"].nunique() == 1 else 0.0
        if pd.notna(row["numerator"]) and total >= row["denominator"] > 0:
            changed.loc[index, ["denominator", "value"]] = [total, 100 * row["numerator"] / total]
            changed.loc[index, "base"] = "closed"
            converted = True
    return changed, converted


def _why_not(comparison: Comparison, own: pd.DataFrame, like: pd.DataFrame, others: pd.DataFrame) -> str:
    """Why the focus is not judged; empty where it is."""
    if own.empty:
        return f"{comparison.focus} has no figure"
    if own.index[0] not in like.index:
        return f"the report of {comparison.focus} does not say how many complaints its share is of"
    if len(others) < FEWEST:
        return f"fewer than {FEWEST} other councils have figures that are like for like"
    return ""


def _none(indicator: str, left_out: tuple[str, ...], reason: str) -> Benchmark:
    return Benchmark(indicator, None, (), left_out, Judgement(NOT_COMPARED), None, None, reason)


def _like(rows: pd.DataFrame, own: pd.Series | None, counted_only: bool) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows (with counts behind them) that are like for like with the focus council's, years apart, and a sentence for each that is not."""
    counted = rows[rows["numerator"].notna() & (rows["denominator"] > 0)] if counted_only else rows
    usual = own if own is not None else _usual(counted)
    pattern = usual.to_dict() if usual is not None else None  # a series looks each name up anew
    kept, said = [], []
    for index, row in zip(rows.index, records(rows), strict=True):
        reasons = [] if pattern is None else [r for r in unlike(pattern, row) if not r.startswith("different years")]
        if index not in counted.index:
            reasons.append("its report does not say how many complaints the share is of")
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
