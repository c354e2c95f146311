"""How likely a reading is right: from the decisions themselves, and from what the document's other figures say of it.

`vocabulary/calibration.csv` holds the weights of a logistic regression and the steps of an isotonic one, both fitted on
annotated documents whose writers the weights had not seen (`benchmarks/reading/fit.py`).
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalise.reading.arithmetic import clashing
from normalise.reading.read import NOTHING, Read

WRITTEN_FROM = 0.5
"""Readings that are likelier wrong than right are no observations; `check` lists them."""
SLOTS = ("what", "stage", "procedure", "period")
OF_DOCUMENT = ("title", "document")
"""What names a period where the words around a number name none: what was taken for the document's."""
Features = dict[str, float]


@dataclass(frozen=True)
class Calibration:
    """Weights of the features, and steps from a score to a probability."""

    weights: Features
    steps: tuple[tuple[float, float], ...]

    def confidence(self, features: Features) -> float:
        """The probability that a reading is right."""
        score = math.fsum(self.weights.get(name, 0.0) * value for name, value in features.items())
        k = bisect_right([s for s, _ in self.steps], score) - 1
        return round(self.steps[max(0, k)][1], 3)


@cache
def calibration() -> Calibration:
    """The calibration that the package was fitted with."""
    weights: Features = {}
    steps = []
    with (files("normalise") / "vocabulary" / "calibration.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["kind"] == "weight":
                weights[row["name"]] = float(row["value"])
            else:
                steps.append((float(row["name"]), float(row["value"])))
    return Calibration(weights, tuple(sorted(steps)))


def _logit(p: float) -> float:
    p = min(max(p, 0.005), 0.995)
    return math.log(p / (1 - p))


def features_of(reads: Sequence[Read], doubts: int = 0, period_chance: float = 1.0) -> dict[int, Features]:
    """Place of a reading -> what bears on its being right.

    `doubts` counts what was taken from the file's name; `period_chance` is how likely the document's own period is the one that was taken for it,
    which the readings rest on whose own words name no year.
    """
    clash = clashing(reads)
    keys: dict[tuple[str, ...], Counter[float]] = defaultdict(Counter)
    for r in reads:
        if r.what != NOTHING and r.statement.value is not None:
            keys[r.key][r.statement.value] += 1
    sums = _sums(reads)
    unsure = sum(r.what == NOTHING and r.choices["what"].probability < 0.8 for r in reads) / max(1, len(reads))
    likely = sum(r.what != NOTHING and r.probability > 0.5 for r in reads)
    result = {}
    for n, r in enumerate(reads):
        if r.what == NOTHING:
            continue
        values = keys[r.key]
        found = {"constant": 1.0, "all": _logit(r.probability)}
        found |= {slot: _logit(r.choices[slot].probability) for slot in SLOTS if slot in r.choices}
        found["weakest"] = min(found[slot] for slot in SLOTS if slot in found)
        found[f"method {r.statement.method}"] = 1.0
        found["said again"] = float(values[r.statement.value] > 1) if r.statement.value is not None else 0.0
        # A report may well contradict itself: only what is not sure by itself loses by it.
        found["contradicted"] = (1 - r.probability) * (len(values) > 1)
        found["clash"] = float(n in clash)
        found[f"sum {sums.get(n, 'unknown')}"] = 1.0
        found["unsure numbers"] = unsure
        own = r.choices["period"].option.source in OF_DOCUMENT
        found["own period"] = math.log(period_chance) if own else 0.0
        found["few figures"] = float(likely < 6)
        found["from the file's name"] = float(doubts > 0)
        result[n] = found
    return result


_PARTS = ("outcome", "response_time", "complainant", "channel", "theme", "service")


def _sums(reads: Sequence[Read]) -> dict[int, str]:
    """Place of a part of a breakdown -> whether the parts that stand together add up to a total of the same stage."""
    wholes: dict[tuple[str, str, str], set[float]] = defaultdict(set)
    sets: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n, r in enumerate(reads):
        s = r.statement
        if r.what == NOTHING or r.unit != "count" or s.value is None:
            continue
        place = (r.value("stage"), r.value("procedure"), r.value("period"))
        if r.what[0] in ("received", "closed"):
            wholes[place].add(s.value)
        elif r.what[0] in _PARTS:
            sets[(s.group.rsplit(".", 1)[0] if s.sentence else s.group, r.what[0], *place)].append(n)
    result = {}
    for (_, _, *where), members in sets.items():
        if len(members) >= 3:
            total = sum(reads[n].statement.value or 0 for n in members)
            totals = wholes.get((str(where[0]), str(where[1]), str(where[2])), set())
            fits = "fits" if total in totals else "differs" if totals else "unknown"
            result.update(dict.fromkeys(members, fits))
    return result
