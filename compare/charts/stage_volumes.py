"""Complaints received at each stage."""

from __future__ import annotations

from compare import shown
from compare.charts import parts
from compare.figure import Figure, listed
from compare.finish import finish
from compare.groups import PROCEDURE_WORDS, Comparison

NAMES = ("stage_1_received", "stage_2_received", "stage_3_received")


def figure(comparison: Comparison) -> Figure:
    """Bars of complaints received at stages 1, 2 and 3. More complaints are neither better nor worse."""
    frame = parts.rows_for(comparison, NAMES)
    own = frame[frame["focus"]].set_index("indicator")
    mixed = own["procedure"].nunique() > 1
    there = [n for n in NAMES if n in own.index]
    said = [
        f"{own['value'][n]:,.0f} at stage {n[6]}" + (f" ({PROCEDURE_WORDS[own['procedure'][n]]})" if mixed else "")
        for n in there
    ]
    headline = (
        f"{comparison.focus} received {own['value'][there[0]]:,.0f} complaints at stage {there[0][6]}"
        if said
        else f"{comparison.focus}: no numbers by stage"
    )
    alt_text = (
        f"Complaints that {comparison.focus} received: {listed(said)}."
        if said
        else f"Numbers by stage of {comparison.focus} {shown.lacking(comparison.row(comparison.focus, n) for n in NAMES)}."
    )
    alt_text += " Numbers depend on how many children a council serves and on how easy it is to complain; they say nothing about quality."
    councils = parts.order(comparison, frame)
    titles = {n: f"Stage {n[6]}" for n in NAMES}
    heads, rows = parts.table(comparison, NAMES)
    return Figure(
        slug="stage-volumes",
        theme="volumes",
        headline=headline,
        subtitle=f"Complaints received at stages 1, 2 and 3, each on a scale of its own, {parts.geography(comparison)}",
        chart=finish(parts.panels(frame, councils, NAMES, titles, percent=False, intervals=False), alt_text)
        if len(frame)
        else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, NAMES),
        caveats=parts.caveats(frame),
        data=parts.data(comparison, NAMES),
        what="Complaints received by stage",
    )
