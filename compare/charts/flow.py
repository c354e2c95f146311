"""How complaints of the focus council went from stage to stage, and where the group's shares would have put them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from compare import theme
from compare.benchmark import Benchmark, benchmark
from compare.charts import parts
from compare.figure import Figure, listed, value_text
from compare.finish import WIDTH, finish
from compare.groups import PROCEDURE_WORDS, Comparison
from compare.judging import NOT_COMPARED
from compare.sentences import verdict
from normalise.indicators import definition

STAGES = {
    "stage_1_received": "Stage 1",
    "stage_2_received": "Stage 2",
    "stage_3_received": "Stage 3",
    "ombudsman_received": "Ombudsman",
}
RATES = {"stage_2_received": "escalation_rate_1_to_2", "stage_3_received": "escalation_rate_2_to_3"}
NAMES = tuple(STAGES)


def figure(comparison: Comparison) -> Figure:
    """Bars of complaints received at each stage, each with its share of the stage before and the number at the group's share."""
    rows = comparison.indicators[
        (comparison.indicators["authority"] == comparison.focus) & comparison.indicators["value"].notna()
    ]
    own = rows.set_index("indicator")
    # Stages of another procedure would look like a way that complaints went.
    first = own["procedure"].get(NAMES[0], "")
    there = [n for n in NAMES if n in own.index and (own["procedure"][n] == first or n == NAMES[3])]
    alt_text, data = _told(comparison, own, there)
    heads, cells = parts.table(comparison, (*NAMES[:3], *RATES.values()))
    return Figure(
        slug="stage-flow",
        theme="escalation",
        headline=_headline(comparison, own),
        subtitle=f"Complaints of {comparison.focus} received at each stage, {comparison.periods[comparison.focus]}",
        chart=finish(_chart(data), alt_text) if len(set(there) - {NAMES[3]}) > 1 else None,
        alt_text=alt_text,
        columns=heads,
        rows=cells,
        missing=parts.missing(comparison, tuple(RATES.values())),
        caveats=[
            "A stage 2 complaint may have begun as a stage 1 complaint of the year before, so the shares follow no single complaint.",
            *parts.caveats(parts.rows_for(comparison, tuple(RATES.values()))),
        ],
        data=parts.data(comparison, (*NAMES, *RATES.values())),
    )


def _headline(comparison: Comparison, own: pd.DataFrame) -> str:
    rate = RATES["stage_2_received"]
    if rate in own.index:
        return f"{comparison.focus}: {own['value'][rate]:.0f} stage 2 for every 100 stage 1 complaints"
    return f"{comparison.focus}: no share that went on was found"


def _told(comparison: Comparison, own: pd.DataFrame, there: list[str]) -> tuple[str, pd.DataFrame]:
    said, rows = [], []
    for name in there:
        count = f"{own['value'][name]:,.0f}"
        procedure = own["procedure"][name]
        different = procedure != own["procedure"][there[0]]
        said.append(
            f"{count} at {'the ' if name.startswith('omb') else ''}{STAGES[name] if name.startswith('omb') else STAGES[name].lower()}"
            + (f" ({PROCEDURE_WORDS[procedure]})" if different else "")
        )
        rate = RATES.get(name, "")
        words, group = count, None
        if rate in own.index and own["comparability"][rate] != "not" and pd.notna(own["numerator"][rate]):
            words += f" ({value_text(own['value'][rate], 'percent')} of the stage before)"
            found = benchmark(comparison, rate)
            if found.value is not None:
                group = found.value * float(own["denominator"][rate]) / 100
        rows.append(
            {
                "stage": STAGES[name],
                "value": float(own["value"][name]),
                "words": words,
                "group": group,
                "end": max(float(own["value"][name]), group or 0.0),
                "link": f"#e-{str(own['inputs'][name]).split()[0]}",
            }
        )
    data = pd.DataFrame(rows, columns=["stage", "value", "words", "group", "end", "link"])
    if not said:
        return f"How many complaints reached each stage was not found in the report of {comparison.focus}.", data
    text = f"Complaints about {comparison.focus}: {listed(said)}."
    found = benchmark(comparison, RATES["stage_2_received"])
    if found.value is not None and RATES["stage_2_received"] in own.index:
        text += f" In the other councils {found.value:.0f} stage 2 complaints came for every 100 at stage 1. {_here(comparison, found)}"
    return (
        text
        + " A complaint that goes on was not settled in the complainant's eyes; few that go on may also mean that people do not know that they can.",
        data,
    )


def _here(comparison: Comparison, found: Benchmark) -> str:
    if found.judgement.word == NOT_COMPARED:
        return f"That of {comparison.focus} is not compared: {found.reason}."
    return verdict(comparison, definition(found.indicator), found)


def _chart(data: pd.DataFrame) -> alt.TopLevelMixin:
    stages = list(data["stage"])
    y = alt.Y("stage:N", title=None, scale=alt.Scale(domain=stages))
    top = max(float(data["value"].max()), 1.0)
    scale = alt.Scale(domain=[0, top * 1.45], nice=False)
    x = alt.X("value:Q", title=None, scale=scale, axis=None)
    base = alt.Chart(data)
    bars = base.mark_bar(color=theme.DARK_BLUE, height=30).encode(y=y, x=x, href="link:N")
    text = base.mark_text(align="left", dx=7).encode(
        y=y, x=alt.X("end:Q", title=None, scale=scale, axis=None), text="words:N"
    )
    known = base.transform_filter("isValid(datum.group)")
    mark = known.mark_tick(color=theme.DARK_PINK, thickness=3, size=38).encode(
        y=y, x=alt.X("group:Q", title=None, scale=scale, axis=None)
    )
    words = alt.Chart(pd.DataFrame({"words": ["Pink line: where the others' share would put it"]})).mark_text(
        align="left", color=theme.DARK_PINK
    )
    layers = [bars, mark, text]
    if data["group"].notna().any():
        layers.append(words.encode(x=alt.value(4), y=alt.value(48 * len(stages) + 10), text="words:N"))
    return alt.layer(*layers).properties(width=WIDTH, height=48 * len(stages))
