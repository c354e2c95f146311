"""Complaints to the Local Government and Social Care Ombudsman."""

from __future__ import annotations

import pandas as pd

from compare import shown
from compare.charts import parts
from compare.figure import Figure, value_text
from compare.finish import finish
from compare.groups import Comparison

NAMES = ("ombudsman_received", "ombudsman_upheld_rate")


def figure(comparison: Comparison) -> Figure:
    """Numbers received. The share upheld rests on so few investigations that it stands in the table only, with its interval."""
    frame = parts.rows_for(comparison, NAMES[:1])
    row = comparison.row(comparison.focus, NAMES[0])
    if row is not None and pd.notna(row["value"]):
        received = value_text(row["value"], "count")
        headline = f"The Ombudsman received {received} about {comparison.focus}"
        alt_text = (
            f"The Ombudsman received {received} complaints or enquiries about {comparison.focus}, as its report counts them. Such small numbers change from "
            "year to year without meaning anything."
        )
    elif shown.missing_mark(row) == "[c]":
        headline = f"{comparison.focus}: the number for the Ombudsman is withheld"
        alt_text = f"How many complaints about {comparison.focus} went to the Ombudsman is withheld, because the number is small."
    else:
        headline = f"{comparison.focus}: no number for the Ombudsman found"
        alt_text = f"How many complaints went to the Ombudsman was not found in the report of {comparison.focus}."
    heads, rows = parts.table(comparison, NAMES, with_interval=True)
    return Figure(
        slug="ombudsman",
        theme="ombudsman",
        headline=headline,
        subtitle=f"Complaints and enquiries received by the Ombudsman as the councils report them, {parts.geography(comparison)}",
        chart=finish(
            parts.panels(
                frame,
                parts.order(comparison, frame),
                NAMES[:1],
                {NAMES[0]: "Complaints and enquiries received"},
                percent=False,
                intervals=False,
            ),
            alt_text,
        )
        if len(frame)
        else None,
        alt_text=alt_text,
        columns=heads,
        rows=rows,
        missing=parts.missing(comparison, NAMES),
        caveats=parts.caveats(frame),
        data=parts.data(comparison, NAMES),
    )
