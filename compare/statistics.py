"""Uncertainty of shares and rates, and ranges of ranks, by published methods; judgements are in `compare.judging`.

SciPy holds the distributions and Wilson's interval. What it does not hold follows the papers named in each function. Shares and rates are plain proportions here (0.53, not 53) unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import fsum

import numpy as np
import pandas as pd

from normalise.indicators import PER, Indicator, definition

STEPS = 400
"""Values that a council may have, equally likely ones, over which the chances of its ranks are taken."""


@lru_cache(maxsize=100_000)
def wilson(successes: float, total: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a share, without continuity correction, as (lower, upper) between 0 and 1.

    Wilson (1927), the method of the Office for Health Improvement and Disparities for proportions. `successes` and `total`
    are counts. Raises ValueError where the total is not positive or smaller than the successes.
    """
    if total <= 0 or not 0 <= successes <= total:
        raise ValueError(f"{successes:g} of {total:g} is no share")
    from scipy.stats import binomtest  # noqa: PLC0415  (slow to import)

    interval = binomtest(round(successes), round(total)).proportion_ci(confidence_level=level, method="wilson")
    return float(interval.low), float(interval.high)


@lru_cache(maxsize=100_000)
def poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Interval of a Poisson count: exact (chi-squared) under 10, Byar's approximation from 10 up, as (lower, upper).

    Methods of the Association of Public Health Observatories, technical briefing 3 (2008); exact limits after Garwood (1936), Byar's
    after Breslow and Day (1987). Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"{count:g} is no count")
    if count < 10:
        return exact_poisson(count, level)
    z = _normal(0.5 + level / 2)
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    return lower, more * (1 - 1 / (9 * more) + z / (3 * more**0.5)) ** 3


def exact_poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Exact limits of a Poisson count by the chi-squared distribution (Garwood 1936), as (lower, upper); 0 has the lower limit 0."""
    from scipy.stats import chi2  # noqa: PLC0415  (slow to import)

    alpha = 1 - level
    lower = float(chi2.ppf(alpha / 2, 2 * count) / 2) if count else 0.0
    return lower, float(chi2.ppf(1 - alpha / 2, 2 * count + 2) / 2)


def _normal(probability: float) -> float:
    """The standard normal quantile."""
    from scipy.stats import norm  # noqa: PLC0415  (slow to import)

    return float(norm.ppf(probability))


def pooled(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """The group's value: the sum of the numerators over the sum of the denominators, never a mean of shares.

    The benchmark of Fingertips and of PHEindicatormethods (`phe_funnels`). Raises ValueError where the denominators add up to nothing.
    """
    whole = float(fsum(denominators))
    if whole <= 0:
        raise ValueError("a group without a denominator has no value")
    return float(fsum(numerators)) / whole


def rank_range(
    numerators: Sequence[float], denominators: Sequence[float], focus: int, share: bool = True
) -> tuple[int, int]:
    """The ranks that a council may have, as (first, last) with 95% probability, 1 being the highest value.

    The ranks of Goldstein and Spiegelhalter (1996) and Marshall and Spiegelhalter (1998), which they simulate: each council has the posterior of
    Jeffreys' prior, Beta for shares and Gamma for rates. Given the value of the council at position `focus`, how many others lie over it is a sum of independent
    chances (Poisson binomial), so its distribution is computed, at equally likely values of the council.
    """
    from scipy.stats import beta, gamma  # noqa: PLC0415  (slow to import)

    x, n = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    levels = (np.arange(STEPS) + 0.5) / STEPS
    rest = np.arange(len(x)) != focus
    if share:
        own = beta.ppf(levels, x[focus] + 0.5, n[focus] - x[focus] + 0.5)[:, None]
        over = beta.sf(own, x[rest] + 0.5, n[rest] - x[rest] + 0.5)
    else:
        own = gamma.ppf(levels, x[focus] + 0.5)[:, None] / n[focus]
        over = gamma.sf(own * n[rest], x[rest] + 0.5)
    chances = np.zeros((STEPS, len(x)))
    chances[:, 0] = 1.0
    for chance in over.T[:, :, None]:
        chances[:, 1:] = chances[:, 1:] * (1 - chance) + chances[:, :-1] * chance
        chances[:, :1] *= 1 - chance
    up_to = np.cumsum(chances.mean(axis=0))
    first, last = np.searchsorted(up_to, [0.025, 0.975])
    return int(first) + 1, min(int(last) + 1, len(x))


def interval_of(numerator: float, denominator: float, d: Indicator, level: float = 0.95) -> tuple[float, float] | None:
    """The interval of an indicator on its own scale (per cent, per 10,000, per 1,000), Wilson's or Poisson's by its unit; None where there is none.

    Escalation is a ratio of two counts of one year, not a share: its interval is that of the share of stage 2 in both, as odds.
    """
    if pd.isna(numerator) or pd.isna(denominator) or denominator <= 0 or numerator < 0:
        return None
    if d.kind == "escalation":
        low, high = wilson(float(numerator), float(numerator + denominator), level)
        return 100 * low / (1 - low), 100 * high / (1 - high)
    if d.unit == "percent" and numerator <= denominator:
        low, high = wilson(float(numerator), float(denominator), level)
        return 100 * low, 100 * high
    if d.unit in PER:
        low, high = poisson(float(numerator), level)
        return PER[d.unit] * low / denominator, PER[d.unit] * high / denominator
    return None


def with_intervals(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators with `lower_95` and `upper_95` filled: Wilson's for shares of counted complaints, as odds for escalation, Poisson for rates."""
    frame = indicators.copy()
    columns = zip(frame["value"], frame["numerator"], frame["denominator"], frame["indicator"], strict=True)
    limits = [None if pd.isna(value) else interval_of(n, d, definition(name)) for value, n, d, name in columns]
    frame["lower_95"] = pd.Series([x[0] if x else None for x in limits], index=frame.index, dtype=float)
    frame["upper_95"] = pd.Series([x[1] if x else None for x in limits], index=frame.index, dtype=float)
    return frame
