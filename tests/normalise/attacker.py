"""An attacker who has a release and knows the field, written without a look at how the release was made.

Assumes every sum that the true figures bear out (somebody may guess it), that shares are rounded, and the printed bounds of what is withheld. For a withheld count
the smallest and the largest whole number that agree with all of it are found with HiGHS.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

Key = tuple[str, str, str, str, str, float]
"""Period, procedure, stage, measure, category, and the true value: one number printed twice is one number."""
FURTHER = {"stage_1": "stage_2", "stage_2": "stage_3"}
PARTS = ("outcome", "complainant", "theme", "response_time")


@dataclass
class Attack:
    """What is known of one council: variables with bounds, and equations and inequalities over them."""

    truth: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, truth: float, low: float = 0, high: float = 1e5) -> int:
        self.truth.append(truth)
        self.low.append(low)
        self.high.append(high)
        return len(self.truth) - 1

    def know(self, terms: dict[int, float], low: float, high: float) -> None:
        """A relation, which the truth must bear out: an attacker who assumes what is not so is no test."""
        value = sum(c * self.truth[v] for v, c in terms.items())
        assert low - 1e-6 <= value <= high + 1e-6
        self.rows.append((terms, low, high))

    def adds_up(self, parts: list[int], whole: int) -> bool:
        """Knows the sum where it is one."""
        if sum(self.truth[p] for p in parts) != self.truth[whole]:
            return False
        self.know({**dict.fromkeys(parts, 1.0), whole: -1.0}, 0, 0)
        return True

    def at_most(self, parts: list[int], whole: int) -> None:
        if sum(self.truth[p] for p in parts) <= self.truth[whole]:
            self.know({**dict.fromkeys(parts, 1.0), whole: -1.0}, -np.inf, 0)

    def end(self, target: int, sign: int) -> float:
        """The smallest (sign 1) or the largest (-1) value that the target may have."""
        near, edge = {target}, {target}
        while edge:  # what is not linked with it through withheld numbers tells nothing
            linked = {v for terms, _, _ in self.rows if edge & terms.keys() for v in terms}
            edge = {v for v in linked - near if self.low[v] < self.high[v]}
            near |= edge
        order = sorted(near)
        place = {v: n for n, v in enumerate(order)}
        matrix, low, high = [], [], []
        for terms, least, most in self.rows:
            if near.isdisjoint(terms):
                continue
            line = np.zeros(len(order))
            fixed = 0.0
            for v, c in terms.items():
                if v in place:
                    line[place[v]] += c
                else:
                    fixed += c * self.low[v]
            matrix.append(line)
            low.append(least - fixed)
            high.append(most - fixed)
        cost = np.zeros(len(order))
        cost[place[target]] = sign
        limits = Bounds([self.low[v] for v in order], [self.high[v] for v in order])
        relations = [LinearConstraint(np.array(matrix), low, high)] if matrix else []
        found = milp(cost, integrality=np.ones(len(order)), bounds=limits, constraints=relations)
        assert found.status == 0, found.message
        return abs(round(found.fun))


def attack(published: pd.DataFrame, truth: pd.DataFrame) -> tuple[Attack, dict[Key, int], dict[Key, int]]:
    """What an attacker knows; the variables of counts that some row has, and of those that only shares come to."""
    known = Attack()
    shown, rows = published.to_dict("records"), truth.to_dict("records")
    counts: dict[Key, int] = {}
    for out, r in zip(shown, rows, strict=True):
        if r["unit"] != "count":
            continue
        key = (r["period"], r["procedure"], r["stage"], r["measure"], r["category"], r["value"])
        if key not in counts:
            counts[key] = known.variable(r["value"])
        v = counts[key]
        printed = pd.notna(out["value"])
        low, high = (out["value"], out["value"]) if printed else (min(out["value_low"], r["value"]), out["value_high"])
        known.low[v], known.high[v] = max(known.low[v], low), min(known.high[v], high)
    rests = _sums(known, counts)
    return known, counts, {**_shares(known, counts, shown, rows), **rests}


def _sums(known: Attack, counts: dict[Key, int]) -> dict[Key, int]:
    """Learns the sums; returns what complainants, outcomes and times leave of their total, which is a count of people too."""
    at: dict[tuple[str, ...], int] = {key[:5]: v for key, v in counts.items()}
    for (period, procedure, stage, measure, category), v in at.items():

        def here(
            p: str = period, pr: str = procedure, s: str = stage, m: str = measure, c: str = category
        ) -> list[int]:
            return [at[p, pr, s, m, c]] if (p, pr, s, m, c) in at else []

        if stage == "any":
            stages = [x for s in ("stage_1", "stage_2", "stage_3") for x in here(s=s)]
            for n in range(1, len(stages) + 1):
                for some in itertools.combinations(stages, n):
                    known.adds_up(list(some), v)
        if procedure == "all":
            known.adds_up([x for p in ("children_statutory", "corporate") for x in here(pr=p)], v)
        quarters = [x for q in range(1, 5) for x in here(p=f"{period} Q{q}")]
        if quarters and not known.adds_up(quarters, v):
            known.at_most(quarters, v)
        if measure == "received":
            for x in here(m="closed"):
                known.adds_up([x], v)
            for x in here(m="investigated"):
                known.at_most([x], v)
            for x in here(s=FURTHER.get(stage, "")):
                known.at_most([x], v)
        if measure == "escalated":
            for x in here(m="received", s=FURTHER[stage]):
                known.adds_up([v], x)
        if measure == "investigated":
            found = [x for c in ("upheld", "not_upheld") for x in here(m="outcome", c=c)]
            if not known.adds_up(found, v):
                known.at_most(found, v)
        if measure == "theme_upheld":
            for x in here(m="theme"):
                known.at_most([v], x)
        if category == "upheld_or_partially":
            known.adds_up([x for c in ("upheld", "partially_upheld") for x in here(c=c)], v)
    groups: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for (*place, category), v in at.items():
        if place[3] in PARTS:
            groups[tuple(place)][category] = v
    rests: dict[Key, int] = {}
    for place, parts in groups.items():
        order = ("received", "closed") if place[3] in ("complainant", "theme") else ("closed", "received")
        wholes = [at[*place[:3], m, ""] for m in order if (*place[:3], m, "") in at]
        rest = _parts(known, place[3], parts, wholes)
        if rest is not None and place[3] != "theme":
            rests[*place, "the rest", known.truth[rest]] = rest  # type: ignore[index]
    return rests


def _parts(known: Attack, measure: str, parts: dict[str, int], wholes: list[int]) -> int | None:
    """The parts of a breakdown against each other and against what they may be parts of; returns what they leave of the first of these."""
    alone = [v for c, v in parts.items() if c not in ("upheld_or_partially", "within_20")]
    rest = None
    for whole in wholes:
        if not known.adds_up(alone, whole):
            known.at_most(alone, whole)
            left = known.truth[whole] - sum(known.truth[v] for v in alone)
            if whole == wholes[0] and left > 0 and "within_20" not in parts:
                rest = known.variable(left)
                known.adds_up([*alone, rest], whole)
        for c in ("within_20", "upheld_or_partially"):
            if c in parts:
                known.at_most([parts[c]], whole)
    if measure == "response_time" and {"within_10", "within_20"} <= parts.keys():
        known.at_most([parts["within_10"]], parts["within_20"])
    return rest


def _shares(
    known: Attack, counts: dict[Key, int], shown: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> dict[Key, int]:
    """Shares of what is received, closed, decided, investigated, or of all parts together: of every total that they fit."""
    at = {key[:5]: v for key, v in counts.items()}
    told: dict[Key, int] = {}
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for out, r in zip(shown, rows, strict=True):
        if r["unit"] != "percent":
            continue
        place = (r["period"], r["procedure"], r["stage"])
        digits = len(f"{r['value']:g}".partition(".")[2])
        half = 0.5 * 10**-digits
        for base in ("received", "closed", "investigated"):
            whole = at.get((*place, base, ""))
            if whole is None or not known.truth[whole] or r["base"] not in ("unknown", base):
                continue
            own = at.get((*place, r["measure"], r["category"]))
            size = known.truth[whole]
            count = known.truth[own] if own is not None else round(r["value"] * size / 100)
            if abs(100 * count / size - r["value"]) > half + 1e-9 or count > size:
                continue
            if own is None:
                key = (*place, r["measure"], r["category"], count)
                own = told[*key, base] = known.variable(count)  # type: ignore[index]
                known.at_most([own], whole)
                sums[place, r["measure"], whole, r["document"]].append(own)
            if pd.notna(
                out["value"]
            ):  # whole numbers; exactly on the edge either of two ways to round may have been taken
                scale = 2 * 10**digits
                known.know({own: 100.0 * scale, whole: -(round(scale * r["value"]) - 1.0)}, 0, np.inf)
                known.know({own: 100.0 * scale, whole: -(round(scale * r["value"]) + 1.0)}, -np.inf, 0)
    for (_, measure, whole, _), parts in sums.items():
        if measure != "response_time":
            known.adds_up(parts, whole)
    return told


def recovered(published: pd.DataFrame, truth: pd.DataFrame, below: int) -> tuple[int, list[str]]:
    """How many small counts were attacked, and those that are known to be small, in words."""
    known, counts, told = attack(published, truth)
    tried, lost = 0, []
    for key, v in {**counts, **told}.items():
        if key[3] == "compliments" or not 0 < known.truth[v] < below:
            continue
        tried += 1
        most = known.end(v, -1)
        if most < below:
            lost.append(f"{' '.join(map(str, key))}: {known.end(v, 1):g} to {most:g}")
    return tried, lost
