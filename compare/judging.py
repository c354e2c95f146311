"""One rule of judgement, for the words and for the funnel: is the council in focus what the others lead one to expect?

From the figures of the others follows a distribution of what one council more, of its size, would publish (beta-binomial for shares, negative
binomial for rates): chance in its own number, chance in theirs, and from ten others on the spread between councils. Where the published number lies
in the outer 5% of it, by a two-sided mid-P value, the council is called higher or lower: a cross-validatory predictive check (Marshall and Spiegelhalter
2003, Statistics in Medicine 22, 1649-1660), with mid-P values (Lancaster 1961) so that it holds its level for small numbers. `benchmarks/judgements.py`
simulates how often it calls councils different that are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

LEVELS = (0.95, 0.998)
"""The two levels of Fingertips and of funnel plots: worth a look, and outside (Office for Health Improvement and Disparities)."""
ENOUGH_FOR_SPREAD = 10
"""Other councils under which the spread between councils cannot be estimated well."""
HIGHER, LOWER, ALIKE, NOT_COMPARED = "higher", "lower", "no clear difference", "not compared"


@dataclass(frozen=True)
class Spread:
    """How much more councils differ than chance alone would make them."""

    phi: float
    """Mean squared z-score of the councils around their common value, over its degrees of freedom; about 1 where chance explains all."""
    tau2: float
    """Variance between councils, on the scale of the share or rate; 0 where chance explains all, or where it cannot be estimated."""
    councils: int

    @property
    def known(self) -> bool:
        """False where the councils are too few to tell the spread between them from chance."""
        return self.councils >= ENOUGH_FOR_SPREAD


@dataclass(frozen=True)
class Expectation:
    """What the others lead one to expect: the mean and the variance of the true share or rate of one council more."""

    mean: float
    variance: float
    share: bool
    """True for shares (0 to 1), false for rates (events for each one exposed)."""
    spread: Spread

    def p_value(self, count: float, denominator: float) -> float:
        """Two-sided mid-P value of a count on a denominator, 0 to 1."""
        tails = self._tails(denominator)
        at = min(round(count), len(tails) - 1)
        return float(min(1.0, 2 * min(tails[at], 1 - tails[at])))

    def limits(self, denominator: float, level: float = 0.95) -> tuple[float, float]:
        """The share or rate under and over which a council with this denominator is called different, as (lower, upper).

        Between two whole numbers, one called and one not, it lies where the mid-P value would reach the level: so a council lies outside
        exactly where it is called different. Under the first number that could be called, or over the last, the limit is the end of the scale.
        """
        tails, alpha = self._tails(denominator), 1 - level
        numbers = np.arange(len(tails), dtype=float)
        whole = round(denominator) if self.share else denominator
        low = 0.0 if tails[0] >= alpha / 2 else float(np.interp(alpha / 2, tails, numbers)) / whole
        last = tails[-1] <= 1 - alpha / 2
        high = (1.0 if self.share else np.inf) if last else float(np.interp(1 - alpha / 2, tails, numbers)) / whole
        return low, high

    def _tails(self, denominator: float) -> np.ndarray:
        """For each count from 0 on, the probability of fewer and half of that of just as many."""
        return _tails(self.mean, self.variance, self.share, round(denominator))


@lru_cache(maxsize=4096)
def _tails(mean: float, variance: float, share: bool, denominator: int) -> np.ndarray:
    from scipy.stats import betabinom, nbinom  # noqa: PLC0415  (slow to import)

    if share:
        strength = mean * (1 - mean) / min(variance, 0.98 * mean * (1 - mean)) - 1
        chances = betabinom.pmf(np.arange(denominator + 1), denominator, mean * strength, (1 - mean) * strength)
    else:
        shape = mean**2 / variance
        scale = shape / (shape + mean * denominator)
        most = mean * denominator + 12 * (mean * denominator + variance * denominator**2) ** 0.5 + 20
        chances = nbinom.pmf(np.arange(int(most) + 1), shape, scale)
    found: np.ndarray = np.cumsum(chances) - chances / 2
    return found


def expectation(counts: Sequence[float], denominators: Sequence[float], share: bool) -> Expectation:
    """What the counts of the other councils lead one to expect of one council more.

    With fewer than ten others, or where they differ no more than by chance, their figures taken together, with Jeffreys' prior. Else the mean and
    variance of a random-effects model (DerSimonian and Laird 1986), the variance enlarged for its being estimated by the square of the ratio of Student's
    quantile to the normal one, as in prediction intervals (Higgins, Thompson and Spiegelhalter 2009, JRSS A 172, 137-159).
    Raises ValueError for no others, or for denominators that are not positive.
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(denominators, dtype=float)
    if not len(x) or len(x) != len(n) or n.min() <= 0:
        raise ValueError("an expectation takes as many counts as positive denominators")
    spread = spread_of(counts, denominators, share)
    if not (spread.known and spread.tau2 > 0):
        whole = n.sum() + (1 if share else 0)
        mean = float((x.sum() + 0.5) / whole)
        variance = mean * (1 - mean) / (whole + 1) if share else mean / whole
        return Expectation(mean, variance, share, spread)
    from scipy.stats import norm, t  # noqa: PLC0415

    weights = 1 / (_variance(x.sum() / n.sum(), share) / n + spread.tau2)
    mean = float((weights * x / n).sum() / weights.sum())
    wider = (t.ppf(0.975, len(x) - 2) / norm.ppf(0.975)) ** 2
    return Expectation(mean, float(wider * (spread.tau2 + 1 / weights.sum())), share, spread)


def spread_of(counts: Sequence[float], denominators: Sequence[float], share: bool) -> Spread:
    """How much councils differ: phi = Q / (k - 1), and tau² = (Q - (k - 1)) / (Σw - Σw² / Σw), not under 0 (DerSimonian and Laird 1986).

    Q is the sum of the squared z-scores around the common value, w one over the sampling variance under it. Not winsorised: drawn-in z-scores have a mean
    square of .6 to .7 by chance alone, and the council in focus, whose figure is in question, is none of those that the spread is taken from.
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(denominators, dtype=float)
    centre = x.sum() / n.sum()
    variance = _variance(centre, share) / n
    if len(x) < 2 or centre <= 0 or variance.min() <= 0:
        return Spread(1.0, 0.0, len(x))
    q, w, k = float((((x / n) - centre) ** 2 / variance).sum()), 1 / variance, len(x)
    tau2 = max(0.0, (q - (k - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
    return Spread(q / (k - 1), tau2 if k >= ENOUGH_FOR_SPREAD else 0.0, k)


def _variance(centre: float, share: bool) -> float:
    return float(centre * (1 - centre)) if share else float(centre)


@dataclass(frozen=True)
class Judgement:
    """What may be said of the council in focus beside the others."""

    word: str
    """HIGHER, LOWER, ALIKE or NOT_COMPARED."""
    polarity: str = ""
    """`better` or `worse`, only for an indicator with a direction and only where the word is higher or lower."""
    p_value: float | None = None
    firm: bool = True
    """False where it is called different by itself, but not once all comparisons of the report are reckoned with."""
    told_apart: tuple[float, float] | None = None
    """The values under and over which the council would have been called different, on the scale that `judge` was given."""

    def text(self) -> str:
        """The judgement as words for a table."""
        if self.word not in (HIGHER, LOWER):
            return self.word
        return ("" if self.firm else "perhaps ") + self.word + (f" ({self.polarity})" if self.polarity else "")


def judge(count: float, denominator: float, others: Expectation, direction: str = "") -> Judgement:
    """Hold a count against what the others lead one to expect, at 95%.

    `direction` is `higher` or `lower` where that is better, else empty: then no better or worse is said.
    """
    p = others.p_value(count, denominator)
    limits = others.limits(denominator)
    if p >= 1 - LEVELS[0]:
        return Judgement(ALIKE, p_value=p, told_apart=limits)
    word = HIGHER if count / denominator > others.mean else LOWER
    return Judgement(word, ("better" if word == direction else "worse") if direction else "", p, True, limits)


def reckoned_together(judgements: Mapping[str, Judgement], level: float = 0.95) -> dict[str, Judgement]:
    """Judgements of one report, each with whether it is firm: at most one report in twenty calls anything firmly that is only chance (Holm 1979)."""
    looks = sorted((j.p_value, name) for name, j in judgements.items() if j.p_value is not None)
    firm: set[str] = set()
    for n, (p, name) in enumerate(looks):
        if p >= (1 - level) / (len(looks) - n):
            break
        firm.add(name)
    return {name: replace(j, firm=name in firm or j.p_value is None) for name, j in judgements.items()}
