"""The charts of the report; `FIGURES` is their order within the sections of their themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from altair.utils.schemapi import debug_mode

from compare.charts import (
    amounts,
    flow,
    funnel,
    intervals,
    ombudsman,
    outcomes,
    response_days,
    stage_volumes,
    standing,
    timeliness,
    trends,
)
from compare.figure import Figure
from compare.groups import Comparison

FIGURES: tuple[Callable[[Comparison], Figure | None], ...] = (
    standing.figure,
    stage_volumes.figure,
    intervals.of("stage_1_per_10000_children", "rate-per-child"),
    intervals.of("stage_1_per_1000_children_in_need", "rate-per-child-in-need"),
    timeliness.figure,
    funnel.of("stage_1_within_20_days", "timeliness-funnel"),
    response_days.figure,
    intervals.of("stage_1_within_timescale", "own-timescale"),
    intervals.of("stage_1_upheld_rate", "upheld-rate"),
    outcomes.figure,
    funnel.of("stage_1_upheld_rate", "upheld-funnel"),
    flow.figure,
    intervals.of("escalation_rate_1_to_2", "escalation-rate"),
    ombudsman.figure,
    intervals.of("child_voice_share", "child-voice"),
    amounts.of(
        "cost_per_stage_2_investigation",
        "costs",
        "Costs depend on how many complaints are investigated and how complex they are.",
    ),
    amounts.of(
        "compliments",
        "compliments",
        "Councils collect compliments in different ways; a number says how they are collected as much as how many there are.",
    ),
    trends.figure,
)
"""A figure that has nothing to say in a comparison may be None."""


def each_figure(comparison: Comparison) -> Iterator[Figure]:
    """Every figure of a comparison, in order, as it is made."""
    for make in FIGURES:
        # To hold each part of a chart to the schema takes a third of the time; the tests do it for every chart.
        with debug_mode(False):
            figure = make(comparison)
        if figure is not None:
            yield figure


def figures(comparison: Comparison) -> list[Figure]:
    """Every figure of a comparison, in order."""
    return list(each_figure(comparison))
