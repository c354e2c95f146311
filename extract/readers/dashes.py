"""Dashed and dotted rules, which many programs draw dash by dash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.model import Box, union
from extract.page import Shape
from extract.tables.marks import MIN_EDGE, THIN

GAP = 6.0
"""Points between two dashes, at most. Where dashes meet, the borders of two cells do."""
LEAST = 5
"""So many dashes in line are a rule."""


def with_dashes_joined(shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes of a page, each run of dashes as one rule."""
    rest = list(shapes)
    for along in (0, 1):
        dashes = [s for s in rest if _is_dash(s.box, along)]
        if len(dashes) < LEAST:
            continue
        runs = [run for run in _runs(dashes, along) if len(run) >= LEAST]
        joined = {id(s) for run in runs for s in run}
        rest = [s for s in rest if id(s) not in joined] + [_rule(run) for run in runs]
    return rest


def _is_dash(box: Box, along: int) -> bool:
    length, thickness = box[along + 2] - box[along], box[3 - along] - box[1 - along]
    return length <= MIN_EDGE and thickness <= min(THIN, length + 0.5)  # what is longer is a rule itself


def _runs(dashes: Iterable[Shape], along: int) -> list[list[Shape]]:
    """Dashes one behind another on one line."""
    lines: dict[int, list[Shape]] = {}
    for dash in dashes:
        lines.setdefault(round(2 * (dash.box[1 - along] + dash.box[3 - along])), []).append(dash)
    runs: list[list[Shape]] = []
    for line in lines.values():
        line.sort(key=lambda s: s.box[along])
        runs.append(line[:1])
        for before, dash in pairwise(line):
            if not 0.3 < dash.box[along] - before.box[along + 2] < GAP:
                runs.append([])
            runs[-1].append(dash)
    return runs


def _rule(dashes: Sequence[Shape]) -> Shape:
    return replace(dashes[0], box=union(s.box for s in dashes) or dashes[0].box, rectangle=True, segments=4, area=0.0)
