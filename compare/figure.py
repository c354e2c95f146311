"""A figure of the report: a chart, its words, and the table beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import altair as alt


@dataclass(frozen=True)
class Entry:
    """One cell of a table: what is shown, and the observations that it rests on."""

    text: str
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass
class Figure:
    """Everything that goes with a chart."""

    slug: str
    headline: str
    """The main message, in at most about ten words."""
    subtitle: str
    """Measure, geography and period."""
    chart: alt.TopLevelMixin | None
    """None where no council has figures for it."""
    alt_text: str
    """What a reader should take away, computed from the numbers."""
    columns: list[str]
    rows: list[list[Entry]]
    """The first entry of a row is its heading."""
    missing: list[str] = field(default_factory=list)
    """Who is not in the chart and why, a sentence each."""
    caveats: list[str] = field(default_factory=list)

    def svg(self) -> str:
        """The chart as SVG text, empty without a chart. Text in it is escaped by the renderer."""
        if self.chart is None:
            return ""
        import vl_convert  # noqa: PLC0415  (slow to import)

        spec: dict[str, Any] = self.chart.to_dict()
        svg: str = vl_convert.vegalite_to_svg(spec)
        return svg


def value_text(value: float, unit: str) -> str:
    """A value as it is printed: "53%", "14.3%", "£1,234", "28.8 days"."""
    if unit == "percent":
        return f"{value:.0f}%" if abs(value - round(value)) < 0.05 or value >= 10 else f"{value:.1f}%"
    if unit == "gbp":
        return f"£{value:,.0f}"
    if unit in ("days", "working_days"):
        return f"{value:g} working days" if unit == "working_days" else f"{value:g} days"
    if unit == "ratio":
        return f"{value:.1f}"
    return f"{value:,.0f}"


def listed(items: list[str]) -> str:
    """Items as a sentence lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
