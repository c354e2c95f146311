"""A share or rate of every council with its interval and the group's value: dots, and the judgement in words."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from compare import theme
from compare.benchmark import Benchmark, benchmark
from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import ROW, WIDTH, finish
from compare.groups import PROCEDURE_WORDS, Comparison
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
    alt_text = takeaway(comparison, d, own, found)
    return Figure(
        slug=slug,
        theme=d.theme,
        headline=_headline(comparison, d, own, found),
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


def _headline(comparison: Comparison, d: Indicator, own: pd.DataFrame, found: Benchmark) -> str:
    if own.empty:
        return f"{d.label}: no figure of {comparison.focus}"
    value = value_text(own.iloc[0]["value"], own.iloc[0]["unit"])
    if found.value is None or found.judgement.word == "not compared":
        return d.said(comparison.focus, value)
    group = value_text(found.value, d.unit)
    if found.judgement.word == "cannot be told apart":
        return f"{comparison.focus}'s {value} cannot be told apart from {group}"
    return f"{comparison.focus}'s {value} is {found.judgement.word} than the group's {group}"


def takeaway(comparison: Comparison, d: Indicator, own: pd.DataFrame, found: Benchmark) -> str:
    """What a reader should take away, computed from the numbers, with the hedge that they need."""
    if own.empty:
        held = parts.missing_mark(comparison.row(comparison.focus, d.indicator)) == "[c]"
        why = (
            "the figure of {} is withheld, because a number in it is small."
            if held
            else "no figure of {} that can be compared."
        )
        text = f"{d.label}: {why.format(comparison.focus)}"
        if found.value is not None:
            text += f" The {len(found.members)} other councils whose figures are like for like come to {value_text(found.value, d.unit)} together."
        return text
    row = own.iloc[0]
    text = f"{d.said(comparison.focus, value_text(row['value'], row['unit']))}{parts.of_counts(row)}{covering(row['procedure'])}."
    published = [c for c in row["caveat"].split("; ") if c.startswith("the council itself publishes")]
    if published:
        text += f" In its report {published[0]}."
    if found.judgement.word == "not compared":
        return text + f" It is not judged beside others, because {found.reason}."
    assert found.value is not None
    text += f" Taken together, the {len(found.members)} councils whose figures are like for like, {comparison.focus} among them, come to {value_text(found.value, d.unit)}."
    if found.judgement.word == "cannot be told apart":
        text += (
            f" Chance alone could put {comparison.focus} anywhere from {value_text(row['lower_95'], d.unit)} to {value_text(row['upper_95'], d.unit)}, so the two "
            "cannot be told apart."
        )
    else:
        better = f", which is {found.judgement.polarity}" if found.judgement.polarity else ""
        text += f" {comparison.focus} is {found.judgement.word}{better}, by more than chance would explain at 95%"
        text += " and at 99.8%." if found.judgement.sure else ", though not at 99.8%."
    if found.ranks and len(found.members) > FEWEST_RANKED:
        first, last = found.ranks
        text += (
            f" Its place among the {len(found.members)}, from the highest, could be {'only ' if first == last else 'anywhere from '}"
            f"{first}{'' if first == last else f' to {last}'}."
        )
    return text


def covering(procedure: str) -> str:
    """What a sentence says of a figure that is not of the children's statutory procedure alone."""
    return (
        ""
        if procedure == "children_statutory"
        else f", {PROCEDURE_WORDS[procedure]} taken together"
        if procedure == "all"
        else f", under the {PROCEDURE_WORDS[procedure]}"
    )


FEWEST_RANKED = 4
"""Up to so many councils a range of ranks says nothing."""


def left_out(found: Benchmark) -> list[str]:
    """Sentences on who is not in the group's value."""
    return [f"Not in the group's value: {line}." for line in found.left_out] if found.value is not None else []


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
    words = f"group: {value_text(found.value, d.unit)}" if found.value is not None else ""
    lines = parts.group_rule(found.value, scale, words) if found.value is not None else []
    return alt.layer(*lines, rule, *text, dot).properties(width=WIDTH - 60, height=(ROW + 8) * len(councils))
