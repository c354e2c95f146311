"""Where the council in focus stands on every indicator that was judged: one picture, each on a scale of its own."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from compare import shown, theme
from compare.benchmark import SCALE, Benchmark, benchmark
from compare.charts import parts
from compare.figure import Entry, Figure, value_text
from compare.finish import finish
from compare.groups import Comparison
from compare.judging import NOT_COMPARED
from normalise.indicators import Indicator, definitions

_ROW = 44
_WIDTH = 300
_ENDS = 2.2
"""How far the scale goes to either side, where 1 is the limit from which on a council is called different."""


def figure(comparison: Comparison) -> Figure:
    """A band a row from the lower to the higher value that would be called different, the others' value in its middle, and a dot for the focus."""
    judged = [(d, b) for d in definitions() if (b := benchmark(comparison, d.indicator)).judgement.word != NOT_COMPARED]
    alt_text = _told(comparison, judged)
    heads, rows = table(comparison)
    return Figure(
        slug="standing",
        theme="summary",
        headline=f"Where {comparison.focus} stands",
        subtitle="Grey: the range expected from chance alone, around the others' figure. Outside it, a council is called higher or lower.",
        chart=finish(_chart(comparison, judged), alt_text) if judged else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=[],
        caveats=[],
        data=_data(comparison),
    )


def _data(comparison: Comparison) -> pd.DataFrame:
    """The focus council's rows of every share and rate."""
    rows = parts.data(comparison, tuple(d.indicator for d in definitions() if d.unit in SCALE))
    return rows[rows["authority"] == comparison.focus].reset_index(drop=True)


def _told(comparison: Comparison, judged: list[tuple[Indicator, Benchmark]]) -> str:
    if not judged:
        return f"Nothing of {comparison.focus} could be judged beside the others."
    said = [f"{d.label}: {b.judgement.text()}" for d, b in judged]
    return f"{comparison.focus} beside the other councils. {'; '.join(said)}."


def table(comparison: Comparison) -> tuple[list[str], list[list[Entry]]]:
    """Heads and rows: every share and rate of the focus with its interval, the others' value, and the judgement or why there is none."""
    heads = ["Indicator", comparison.focus, "95% interval", "Others together", "Judgement"]
    rows = []
    for d in definitions():
        row = comparison.row(comparison.focus, d.indicator)
        found = benchmark(comparison, d.indicator)
        if d.unit not in SCALE or row is None or not shown.usable(row):
            continue
        interval = shown.interval_text(row) or "[x]"
        group = "[x]" if found.value is None else f"{value_text(found.value, d.unit)} ({len(found.others)} councils)"
        word = found.judgement.text()
        value = Entry(value_text(row["value"], d.unit), tuple(str(row["inputs"]).split()))
        rows.append(
            [
                Entry(d.label),
                value,
                Entry(interval),
                Entry(group),
                Entry(f"{word}: {found.reason}" if found.reason else word),
            ]
        )
    return heads, rows


def place(value: float, found: Benchmark) -> float:
    """Where a value stands on the scale of a row: 0 is the others' value, -1 and 1 the limits from which on it is called different."""
    assert found.value is not None and found.judgement.told_apart is not None
    low, high = found.judgement.told_apart
    if value >= found.value:
        room = high - found.value
        return (value - found.value) / room if 0 < room < float("inf") else 0.0
    return (value - found.value) / (found.value - max(low, 0.0)) if found.value > max(low, 0.0) else 0.0


def _mark(at: float) -> str:
    return "circle" if abs(at) <= _ENDS else "triangle-right" if at > 0 else "triangle-left"


def _chart(comparison: Comparison, judged: list[tuple[Indicator, Benchmark]]) -> alt.TopLevelMixin:
    rows = []
    for d, b in judged:
        row = comparison.row(comparison.focus, d.indicator)
        assert row is not None and b.value is not None
        ends = [min(max(place(float(row[k]), b), -_ENDS), _ENDS) for k in ("lower_95", "upper_95")]
        rows.append(
            {
                "row": "\n".join(textwrap.wrap(d.label, 30)),
                "place": min(max(place(float(row["value"]), b), -_ENDS), _ENDS),
                "mark": _mark(place(float(row["value"]), b)),
                "low": ends[0], "high": ends[1], "from": -1.0, "to": 1.0,
                "told": f"{value_text(row['value'], d.unit)}, others {value_text(b.value, d.unit)}: {b.judgement.text()}",
                "link": f"#e-{str(row['inputs']).split()[0]}",
            }
        )  # fmt: skip
    base = alt.Chart(pd.DataFrame(rows))
    y = alt.Y(
        "row:N", title=None, scale=alt.Scale(domain=[r["row"] for r in rows]), axis=alt.Axis(**parts.COUNCIL_AXIS)
    )
    scale = alt.Scale(domain=[-_ENDS, _ENDS], nice=False)
    words = "datum.value == 0 ? 'as the others' : datum.value < 0 ? 'lower' : 'higher'"
    axis = alt.Axis(values=[-1.6, 0, 1.6], labelExpr=words, orient="top", grid=False, ticks=False, domain=False)
    x = alt.X("place:Q", scale=scale, title=None, axis=axis)
    band = base.mark_bar(color=theme.FURNITURE, stroke=theme.GREY, height=26).encode(
        y=y, x=alt.X("from:Q", scale=scale, title=None, axis=axis), x2="to:Q"
    )
    centre = base.mark_rule(color=theme.DARK_PINK, strokeDash=[4, 3], strokeWidth=2).encode(x=alt.datum(0, scale=scale))
    interval = base.mark_rule(color=theme.DARK_BLUE, strokeWidth=2).encode(
        y=y, x=alt.X("low:Q", scale=scale, title=None, axis=axis), x2="high:Q"
    )
    # What lies beyond the scale is an arrow at its end.
    dot = base.mark_point(filled=True, size=130, color=theme.DARK_BLUE, opacity=1).encode(
        y=y, x=x, href="link:N", shape=alt.Shape("mark:N", scale=None)
    )
    text = base.mark_text(align="left").encode(y=y, x=alt.value(_WIDTH + 10), text="told:N")
    return alt.layer(band, centre, interval, dot, text).properties(width=_WIDTH, height=_ROW * len(rows))
