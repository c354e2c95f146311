"""The labels along one side of a grid, taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from normalise.reading.labels import Label, label_of
from normalise.wordings import breakdowns_hinted


@dataclass
class Axis:
    """The labels along one side of a grid: which share of them may be members of each breakdown."""

    count: int
    coded: dict[str, float]
    loose: dict[str, float]
    """Share of labels with words that may name a member of each breakdown."""
    hinted: dict[str, float]
    plain: float
    """Share of labels that say nothing known."""
    dated: float
    staged: float
    procedural: float

    @classmethod
    def of(cls, texts: Sequence[tuple[str, ...]]) -> Axis:
        labels = [label_of(t[-1]) for t in dict.fromkeys(texts) if t]
        labels = [x for x in labels if not x.total]
        n = max(1, len(labels))
        coded, loose, hinted = Counter[str](), Counter[str](), Counter[str]()
        for x in labels:
            coded.update(x.candidates.keys())
            loose.update([*x.candidates, *x.loose])
            hinted.update(breakdowns_hinted(x.text))
        coded_share, loose_share, hinted_share = ({m: c / n for m, c in x.items()} for x in (coded, loose, hinted))
        return cls(
            len(labels), coded_share, loose_share, hinted_share,
            sum(x.says_nothing for x in labels) / n, sum(bool(x.period or x.quarter) for x in labels) / n,
            sum(bool(x.pieces.stages) for x in labels) / n, sum(bool(x.pieces.procedures) for x in labels) / n,
        )  # fmt: skip

    @cached_property
    def kind(self) -> str:
        """What the labels mostly are, in one word."""
        best = _most(self.coded)
        if self.dated >= 0.5:
            return "dates"
        if best[1] >= 0.5:
            return best[0]
        if self.staged >= 0.5:
            return "stages"
        hint = _most(self.hinted)
        if hint[1] >= 0.5:
            return "like " + hint[0]
        near = _most(self.loose)
        if near[1] >= 0.5:
            return "near " + near[0]
        return "plain" if self.plain >= 0.5 else "mixed"


def _most(shares: dict[str, float]) -> tuple[str, float]:
    """The breakdown with the largest share; of equal ones always the same, in whatever order they came."""
    return max(shares.items(), key=lambda x: (x[1], x[0]), default=("", 0.0))


def traits(label: Label | None) -> list[str]:
    """What one label says, in words: `total`, `period`, `coded` …; `missing` where there is none."""
    if label is None:
        return ["missing"]
    found = {
        "total": label.total,
        "change": label.change,
        "nothing": label.says_nothing,
        "band": bool(label.band),
        "period": bool(label.period),
        "quarter": bool(label.quarter),
        "stage": bool(label.pieces.stages),
        "authority": bool(label.authority),
        "procedure": bool(label.pieces.procedures),
        "coded": bool(label.candidates),
        "measured": bool(label.measures),
    }
    return [name for name, on in found.items() if on]


def kind_of(label: Label | None) -> str:
    """What one label mostly is, in one word."""
    if label is None:
        return "none"
    kinds = (
        ("nothing", label.says_nothing),
        ("code", label.candidates),
        ("measure", label.measures),
        ("period", label.period or label.quarter),
        ("stage", label.pieces.stages),
        ("unit", label.pieces.units),
        ("total", label.total),
    )
    return next((name for name, on in kinds if on), "other")
