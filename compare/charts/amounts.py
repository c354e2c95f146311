"""Amounts that are shown side by side and not judged: compliments, costs."""

from __future__ import annotations

from collections.abc import Callable

from compare.charts import parts
from compare.figure import Figure, sentence, value_text
from compare.finish import finish
from compare.groups import Comparison
from normalise.indicators import definition


def of(indicator: str, slug: str, warning: str) -> Callable[[Comparison], Figure]:
    """Bars of one amount, as a function of a comparison. `warning` says what the amount does not show."""

    def figure(comparison: Comparison) -> Figure:
        d = definition(indicator)
        frame = parts.rows_for(comparison, (indicator,))
        own = frame[frame["focus"]]
        if len(own):
            value = value_text(own.iloc[0]["value"], own.iloc[0]["unit"])
            headline = d.said(comparison.focus, value)
            alt_text = f"{headline}. {warning}"
        else:
            headline = f"{d.label}: no figure of {comparison.focus}"
            alt_text = f"A figure was not found in the report of {comparison.focus}: {sentence(d.label)}. {warning}"
        heads, rows = parts.table(comparison, (indicator,))
        councils = parts.order(comparison, frame)
        titles = {indicator: d.label}
        chart = (
            parts.panels(frame, councils, (indicator,), titles, percent=False, intervals=False) if len(frame) else None
        )
        return Figure(
            slug=slug,
            theme=d.theme,
            headline=headline,
            subtitle=f"{d.label}, {parts.geography(comparison)}",
            chart=finish(chart, alt_text) if chart is not None else None,
            alt_text=alt_text,
            columns=heads,
            rows=rows,
            missing=parts.missing(comparison, (indicator,)),
            caveats=parts.caveats(frame),
            data=parts.data(comparison, (indicator,)),
            what=d.label,
        )

    return figure
