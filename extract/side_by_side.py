"""Charts that stand beside one another on one baseline: two of a kind, or small ones, each with a title over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.bars import NEAR, Drawn, names_on_axis
from extract.chart_parts import NAMES, between
from extract.layout import rows_of
from extract.model import Bar, Box, Chart, Word, holds, union

OVER, UNDER, ASIDE = 70.0, 48.0, 60.0
"""Points over, under and beside the data labels in which titles and names stand."""


LEAST_OF_TWO, WIDEST = 4, 6
"""Bars of two charts, at least; and of the gaps between bars, so many may be the room between the two: a bar without length leaves one, too."""

Reader = Callable[..., Chart | None]
"""Of bars, the bounds that the chart keeps within, and whether an outline around it is to be passed over."""


def side_by_side(
    bars: list[Drawn], upright: bool, gutters: Sequence[float], read: Reader, labels: list[Word]
) -> list[Chart]:
    """The chart of some bars, or the several that stand beside one another on their baseline."""
    chart = read(bars, gutters)
    if not upright:
        return [chart] if chart is not None else []
    if chart is not None and (many := _small_multiples(chart, labels, gutters)):
        return many
    if chart is None or len({"%" in b.label.text for b in chart.bars}) != 1:
        parts = [read(part, edges, True) for part, edges in _on_scales_of_their_own(bars, labels)]
        if sound := [c for c in parts if c is not None and c.bars]:
            return sound
    twins = _twins(bars, gutters, read)
    if twins and (chart is None or not chart.bars or _named_alike(*twins)):
        return twins
    return [chart] if chart is not None else []


def _on_scales_of_their_own(bars: list[Drawn], labels: list[Word]) -> list[tuple[list[Drawn], list[float]]]:
    """The bars of small charts, told by the names under them, and where each chart begins and ends."""
    foot = max(b.box[3] for b in bars)
    left, right = min(b.box[0] for b in bars) - NEAR, max(b.box[2] for b in bars) + NEAR
    under = [w for w in labels if holds((left, foot, right, foot + UNDER), w.box)]
    starts = _starts(names_on_axis(bars, under, upright=True))
    edges = [left, *starts, right]
    parts = [[replace(b, label=None) for b in bars if a < b.centre(0) <= z] for a, z in pairwise(edges)]
    return [(part, edges) for part in parts if len(part) > 1] if starts else []


def _small_multiples(chart: Chart, words: list[Word], gutters: Sequence[float]) -> list[Chart]:
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


def _starts(names: Sequence[tuple[float, str]]) -> list[float]:
    """Where along an axis its names begin anew: half-way between the last name of one chart and the first of the next; nowhere where each
    name stands there once."""
    edges: list[float] = []
    seen: set[str] = set()
    for (before, _), (place, name) in pairwise([(0.0, ""), *sorted(names)]):
        if any(f"{a} ".startswith(f"{b} ") for other in seen for a, b in ((name, other), (other, name))):
            edges.append((before + place) / 2)
            seen = set()
        seen.add(name)
    return edges


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


def _twins(bars: list[Drawn], gutters: Sequence[float], read: Reader) -> list[Chart]:
    """Two charts that stand beside one another on one baseline; none where bars are those of one."""
    if len(bars) < LEAST_OF_TWO:
        return []
    ordered = sorted(bars, key=lambda b: b.box[0])
    gaps = sorted((a.box[2] - b.box[0], n) for n, (a, b) in enumerate(pairwise(ordered), 1))
    best: list[Chart] = []
    for _, n in gaps[:WIDEST]:
        bounds = [*gutters, (ordered[n - 1].box[2] + ordered[n].box[0]) / 2]
        parts = [read([replace(b, label=None) for b in part], bounds) for part in (ordered[:n], ordered[n:])]
        sound = [c for c in parts if c is not None and c.bars and len({"%" in b.label.text for b in c.bars}) == 1]
        if len(sound) == len(parts) and _bars_in(sound) > _bars_in(best):
            best = sound
    return best


def _bars_in(charts: list[Chart]) -> int:
    return sum(len(c.bars) for c in charts)


def _named_alike(a: Chart, b: Chart) -> bool:
    """True where the bars of two charts have the same names."""
    return {x.category for x in a.bars} == {x.category for x in b.bars}
