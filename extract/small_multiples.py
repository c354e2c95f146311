"""Small charts of one kind beside one another on one baseline, each with a title over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.chart_parts import NAMES, between
from extract.layout import rows_of
from extract.model import Bar, Box, Chart, Word, holds, union

OVER, UNDER, ASIDE = 70.0, 48.0, 60.0
"""Points over, under and beside the data labels in which titles and names stand."""


def small_multiples(chart: Chart, words: list[Word], gutters: Sequence[float]) -> list[Chart]:
    """The small charts that were read as one, told by the names under their bars, which begin anew; none where each name stands there once,
    or a small chart has no title of its own."""
    runs = _runs(_alike(chart.bars))
    if len(runs) < 2 or {b.category for b in runs[0]} != {b.category for run in runs for b in run}:
        return []
    edges = [(_middle(a[-1]) + _middle(b[0])) / 2 for a, b in pairwise(runs)]
    labels = {id(b.label) for b in chart.bars}
    top = min(b.label.box[1] for b in chart.bars)
    around = union(b.label.box for b in chart.bars) or (0.0, 0.0, 0.0, 0.0)
    found = []
    for run in runs:
        box = union(b.label.box for b in run) or around
        left, right = between(box, [*gutters, *edges], around[0] - ASIDE, around[2] + ASIDE)
        over: Box = (left, top - OVER, right, top + 2)
        lines = rows_of([w for w in words if holds(over, w.box) and id(w) not in labels])
        if not lines or not NAMES.search(" ".join(w.text for w in lines[-1])):
            return []
        title = lines[-1]
        foot = around[3] + UNDER
        named = {part for b in run for part in b.category.split()}
        below = [w.box for w in words if w.text in named and holds((left, box[3], right, foot), w.box)]
        whole = union([box, *below, *(w.box for w in title)])
        found.append(Chart(" ".join(w.text for w in title), run, chart.page, whole))
    return found


def _alike(bars: Sequence[Bar]) -> list[Bar]:
    """The bars with their shortest names: under one of the small charts other words may follow."""
    names = {b.category for b in bars}
    short = {name: min((n for n in names if name.startswith(f"{n} ")), key=len, default=name) for name in names}
    return [replace(b, category=short[b.category]) for b in bars]


def _runs(bars: Sequence[Bar]) -> list[list[Bar]]:
    """The bars from left to right, cut where the name of one occurs again."""
    runs: list[list[Bar]] = []
    for bar in sorted(bars, key=_middle):
        if not runs or any((b.category, b.series) == (bar.category, bar.series) for b in runs[-1]):
            runs.append([])
        runs[-1].append(bar)
    return runs


def _middle(bar: Bar) -> float:
    return (bar.label.box[0] + bar.label.box[2]) / 2
