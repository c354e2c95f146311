"""The one door through which every chart leaves: theme, description and size are put on here and nowhere else."""

from __future__ import annotations

import altair as alt

from compare import theme

WIDTH = 640
"""Pixels of the plot area of a chart with one panel."""
ROW = 38
"""Pixels a council."""


def finish(chart: alt.TopLevelMixin, description: str) -> alt.TopLevelMixin:
    """A chart with the theme and its description for screen readers."""
    finished = chart.properties(description=description) if hasattr(chart, "properties") else chart.copy(deep=True)
    finished.config = alt.Config(**theme.config())
    return finished
