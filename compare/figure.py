"""A figure of the report: a chart, its words, and the table beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from compare.wording import listed
from normalise.indicators import PER

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
"""The version that the specifications are written in, such as 6.1; the renderer holds several."""


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
    theme: str
    """The section that it stands in: a key of `normalise.indicators.THEMES`, `trends` or `coverage`."""
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
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
    """What the chart shows, for its download."""
    what: str = ""
    """What the figure is of, in a few words, where the subtitle is longer."""

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The chart as a Vega-Lite specification, empty without a chart."""
        with debug_mode(False):
            return self.chart.to_dict(validate=False) if self.chart is not None else {}

    def svg(self) -> str:
        """The chart as SVG text, empty without a chart. Text in it is escaped by the renderer."""
        return self._drawn if self.chart is not None else ""

    @cached_property
    def _drawn(self) -> str:
        import vl_convert  # noqa: PLC0415  (slow to import)

        svg: str = vl_convert.vegalite_to_svg(self.spec, vl_version=VEGA_LITE)
        return svg

    def png(self, scale: float = 2.0) -> bytes:
        """The chart as a PNG picture, empty without a chart."""
        if self.chart is None:
            return b""
        import vl_convert  # noqa: PLC0415

        picture: bytes = vl_convert.vegalite_to_png(self.spec, vl_version=VEGA_LITE, scale=scale)
        return picture


def value_text(value: float, unit: str) -> str:
    """A value as it is printed: "53%", "14.3%", "£1,234", "28.8 days"."""
    if unit == "percent":
        return f"{value:.0f}%" if abs(value - round(value)) < 0.05 or value >= 10 else f"{value:.1f}%"
    if unit == "gbp":
        return f"£{value:,.0f}"
    if unit in ("days", "working_days"):
        return f"{value:g} working days" if unit == "working_days" else f"{value:g} days"
    if unit in ("ratio", *PER):
        return f"{value:.1f}"
    return f"{value:,.0f}"


def sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it is a name."""
    return label if label.split(maxsplit=1)[0] in ("Ombudsman",) else label[:1].lower() + label[1:]


NAMED = 16
"""Councils up to which a sentence names them all."""


def named(councils: list[str], noun: str = "councils") -> str:
    """Councils as a sentence names them: all of them, or how many where they are many."""
    return listed(councils) if 0 < len(councils) <= NAMED else f"{len(councils)} {noun}"
