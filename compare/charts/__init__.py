"""The charts of the report, one file each; `FIGURES` is their order."""

from __future__ import annotations

from collections.abc import Callable

from compare.charts import ombudsman, outcomes, stage_volumes, timeliness, upheld_rate
from compare.figure import Figure
from compare.groups import Comparison

FIGURES: tuple[Callable[[Comparison], Figure], ...] = (
    stage_volumes.figure,
    timeliness.figure,
    outcomes.figure,
    upheld_rate.figure,
    ombudsman.figure,
)
